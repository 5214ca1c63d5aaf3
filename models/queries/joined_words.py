"""What a person wrote in the cases that they joined, by which they find these cases again.

A person who says “saya juga” reads their own words of the case, its number and where it stands. Words of its first
reporter and of officials find it for them no more than they are shown to them.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

from sqlalchemy import Row, bindparam, select
from sqlalchemy.orm import Session

from models.case.case import Case, CaseState
from models.case.joined_report import THERE, JoinedReport
from models.case.journey import FELLOW
from models.case.question import Remark
from models.office.person import Person
from models.search import terms

MOST = 60
"""Cases that a person joined, the newest, that a search looks through."""

_JOINED = (
    select(JoinedReport.case_id, JoinedReport.from_case_id)
    .where(JoinedReport.person_id == bindparam("person"), THERE)
    .order_by(JoinedReport.case_id.desc())
    .limit(MOST + 1)
)
_CASES = select(Case.id, Case.number, Case.opened_at, Case.state, Case.reporter_id, Case.text).where(
    Case.id.in_(bindparam("cases", expanding=True))
)
_WRITTEN = (
    select(Remark.case_id, Remark.text)
    .where(
        Remark.case_id.in_(bindparam("cases", expanding=True)),
        Remark.by_id == bindparam("person"),
        Remark.capacity == FELLOW,
        Remark.text != "",
    )
    .order_by(Remark.id)
)


@dataclass(frozen=True, slots=True)
class JoinedCase:
    """A case that a person joined: the texts of it that are theirs, and the terms of what they may read of it."""

    case_id: int
    is_open: bool
    texts: Sequence[str]
    terms: frozenset[str]


def joined_by(session: Session, person: Person, zone: tzinfo) -> tuple[list[JoinedCase], bool]:
    """Return the cases that `person` joined and is still a part of, the newest first; months are those of `zone`.

    The second value says that there are older ones, which are left out.
    """
    every = session.execute(_JOINED, {"person": person.id}).all()
    joined, older = every[:MOST], len(every) > MOST
    if not joined:
        return [], older
    before = [one.from_case_id for one in joined if one.from_case_id is not None]
    cases = {one.id: one for one in session.execute(_CASES, {"cases": [*(one.case_id for one in joined), *before]})}
    texts = defaultdict[int, list[str]](list)
    for case_id, from_case_id in joined:
        if from_case_id is not None and cases[from_case_id].text:
            texts[case_id].append(cases[from_case_id].text)
    for case_id, text in session.execute(_WRITTEN, {"cases": [one.case_id for one in joined], "person": person.id}):
        texts[case_id].append(text)
    case_ids = dict.fromkeys(one.case_id for one in joined if cases[one.case_id].reporter_id != person.id)
    return [_joined(cases[one], texts[one], zone) for one in case_ids], older


def _joined(case: Row[*tuple[Any, ...]], texts: Sequence[str], zone: tzinfo) -> JoinedCase:
    about = {*terms.of_number(case.number), terms.of_month(case.opened_at.astimezone(zone))}
    is_open = case.state == CaseState.OPEN
    over = set[str]() if is_open else {terms.OVER}
    return JoinedCase(case.id, is_open, texts, frozenset(about | over | terms.of_words(terms.SHARED, texts)))
