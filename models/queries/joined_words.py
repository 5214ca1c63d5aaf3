"""What a person wrote in the cases that they joined, by which they find these cases again.

A person who says “saya juga” reads their own words of the case, its number and where it stands. Words of its first
reporter and of officials find it for them no more than they are shown to them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo

from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import Session, aliased

from models.case.case import Case, CaseState
from models.case.joined_report import THERE, JoinedReport
from models.case.journey import FELLOW
from models.case.question import Remark
from models.office.person import Person
from models.search import terms

MOST = 500
"""Cases that a person joined, the newest, that a search looks through."""

_BEFORE = aliased(Case)
"""The case that a joined report was, until it was joined."""

_JOINED = (
    select(Case.id, Case.number, Case.opened_at, Case.state, Remark.text, _BEFORE.text)
    .select_from(JoinedReport)
    .join(Case, Case.id == JoinedReport.case_id)
    .outerjoin(_BEFORE, _BEFORE.id == JoinedReport.from_case_id)
    .outerjoin(
        Remark,
        and_(Remark.case_id == Case.id, Remark.by_id == JoinedReport.person_id, Remark.capacity == FELLOW),
    )
    .where(JoinedReport.person_id == bindparam("person"), THERE, Case.reporter_id != bindparam("person"))
    .order_by(JoinedReport.case_id.desc(), Remark.id)
    .limit(MOST)
)


@dataclass(frozen=True, slots=True)
class JoinedCase:
    """A case that a person joined: the texts of it that are theirs, and the terms of what they may read of it."""

    case_id: int
    is_open: bool
    texts: Sequence[str]
    terms: frozenset[str]


def joined_by(session: Session, person: Person, zone: tzinfo) -> list[JoinedCase]:
    """Return the cases that `person` joined and is still a part of, the newest first; months are those of `zone`."""
    texts, known = dict[int, dict[str, None]](), dict[int, JoinedCase]()
    for case_id, number, opened_at, state, *written in session.execute(_JOINED, {"person": person.id}):
        own = texts.setdefault(case_id, {})
        own.update(dict.fromkeys(one for one in written if one))
        about = {*terms.of_number(number), terms.of_month(opened_at.astimezone(zone))}
        about |= terms.of_words(terms.SHARED, own) | ({terms.OVER} if state != CaseState.OPEN else set())
        known[case_id] = JoinedCase(case_id, state == CaseState.OPEN, list(own), frozenset(about))
    return list(known.values())
