"""The open reports that are offered to a person who writes one of the same: what they may know of each, and no more.

What is confidential is never offered. Of a report that the person may not read, nothing is told but its number, since
when it is open, and which words of their own draft it has too.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, bindparam, exists, func, select

from models.case.attachment import Attachment
from models.case.case import Case, CaseState
from models.case.draft import ReportDraft
from models.case.joined_report import THERE, JoinedReport
from models.case.journey import FELLOW
from models.case.question import Remark
from models.case.sop_version import SopVersion
from models.case.task import Task
from models.office.person import Person
from models.queries import lists
from models.repository.reader import Reader
from models.rules.actions import Verb
from models.rules.sop import Sop
from models.search.likeness import LASTS, READ, Alike, Told, alike

MOST = 200
"""Open reports that are compared with a draft, the newest."""

_NEWEST = (
    select(
        Case.id,
        Case.number,
        func.substr(Case.text, 1, READ).label("text"),
        Case.opened_at,
        Case.joined,
        Person.unit,
        Task.step,
        Task.started_at,
    )
    .join(Person, Person.id == Case.reporter_id)
    .join(Task, and_(Task.case_id == Case.id, Task.closed_at.is_(None)))
    .join(SopVersion, SopVersion.id == Case.sop_version_id)
    .where(
        Case.state == CaseState.OPEN,
        ~Case.confidential,
        Case.opened_at >= bindparam("since"),
        Case.reporter_id != bindparam("person"),
        SopVersion.code == bindparam("sop"),
        ~exists().where(JoinedReport.case_id == Case.id, JoinedReport.person_id == bindparam("person")),
    )
    .order_by(Case.id.desc())
    .limit(MOST)
)
"""By the index of what is open: the newest reports of others, of which the person is no part and never was."""

_FELLOWS = (
    select(Remark.case_id, func.substr(Remark.text, 1, READ))
    .where(
        Remark.case_id.in_(bindparam("cases", expanding=True)),
        Remark.capacity == FELLOW,
        exists().where(JoinedReport.case_id == Remark.case_id, JoinedReport.person_id == Remark.by_id, THERE),
    )
    .order_by(Remark.id)
)


NOBODY = 0
"""The number of no person: an official may merge also what is their own report."""

_OF_LATE = timedelta(days=30)
"""How long ago a case may have been opened that is offered to be merged with."""

_CHOICES = 6
"""Cases that are offered to be merged with."""


@dataclass(frozen=True, slots=True)
class Mergeable:
    """A case with which another may be merged; `alike` tells that both are like each other."""

    case_id: int
    number: str
    subject: str
    alike: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """An open report that a draft may become a part of.

    `common` are the words of the draft that it has too, as the draft spells them. `subject` is its first line for a
    person who sees the case whole, "" for anybody else.
    """

    case_id: int
    number: str
    since: datetime
    common: Sequence[str]
    subject: str


def offers(reader: Reader, draft: ReportDraft, *, sop: str) -> list[Offer]:
    """Return the open reports that are like a draft, the likest first; none for one that could be part of no other.

    That is a confidential one, one that follows an earlier case, one from a group, and one that waits. `sop` is the
    code of the SOP that the draft goes by.
    """
    apart = draft.confidential or draft.previous_case_id is not None or draft.from_group is not None
    person = reader.person_by_id(draft.person_id)
    if apart or draft.waits_until is not None or not draft.text.strip() or person is None:
        return []
    known = reader.rules.sops[sop]
    if not known.permits(Verb.JOIN):
        return []
    wanted = {"since": reader.at - LASTS, "person": person.id, "sop": sop}
    found = {row.id: row for row in reader.session.execute(_NEWEST, wanted) if _is_before_review(known, row.step)}
    more = defaultdict[int, list[str]](list)
    if with_fellows := [row.id for row in found.values() if row.joined]:
        for case_id, text in reader.session.execute(_FELLOWS, {"cases": with_fellows}):
            more[case_id].append(text)
    told = [Told(row.id, (row.text, *more[row.id]), row.unit or "", row.opened_at) for row in found.values()]
    likest = alike(draft.text, person.unit or "", told, at=reader.at)
    whole = _readable(reader, person, likest)
    return [
        Offer(one.key, row.number, row.opened_at, one.common, _subject(row.text) if one.key in whole else "")
        for one in likest
        for row in (found[one.key],)
    ]


def mergeable(reader: Reader, case: Case, person: Person) -> list[Mergeable]:
    """Return the open cases of the same SOP with which this one may be merged, as `person` sees them whole.

    Those that are like it come first, the newest after them. None of them is confidential or being handled.
    """
    sop = case.sop
    wanted = {"since": reader.at - _OF_LATE, "person": NOBODY, "sop": sop.code}
    rows = {row.id: row for row in reader.session.execute(_NEWEST, wanted) if row.id != case.id}
    waiting = {one: row for one, row in rows.items() if row.started_at is None and _is_before_review(sop, row.step)}
    seen = lists.seen_whole(reader, person, set(waiting))
    told = [Told(one, (row.text,), row.unit or "", row.opened_at) for one, row in waiting.items() if one in seen]
    likest = [one.key for one in alike(case.text, case.reporter.unit or "", told, at=reader.at)]
    newest = [one for one in waiting if one in seen and one not in likest]
    chosen = [*likest, *newest][:_CHOICES]
    return [Mergeable(one, rows[one].number, _subject(rows[one].text), alike=one in likest) for one in chosen]


def words_of(reader: Reader, case_ids: Iterable[int]) -> list[tuple[int, str, int]]:
    """Return what was reported in some cases: the number of each, its words, and how many files its reporter gave."""
    wanted = sorted(case_ids)
    if not wanted:
        return []
    files = select(func.count()).where(Attachment.case_id == Case.id, Attachment.added_by_id == Case.reporter_id)
    found = select(Case.id, Case.text, files.scalar_subquery()).where(Case.id.in_(wanted)).order_by(Case.id)
    return [(case_id, text, count) for case_id, text, count in reader.session.execute(found)]


def had_part(reader: Reader, case_id: int | None, person_id: int | None) -> bool:
    """Whether a report of a person is a part of a case beside the first one, or was."""
    theirs = exists().where(JoinedReport.person_id == person_id, JoinedReport.case_id == case_id)
    return bool(reader.session.scalar(select(theirs)))


def _readable(reader: Reader, person: Person, likest: Sequence[Alike]) -> set[int]:
    """Return which of the cases the person sees whole; asked of those alone who hold a post or are admins."""
    official = person.is_admin or reader.office().posts_of(person)
    return lists.seen_whole(reader, person, {one.key for one in likest}) if official else set()


def _is_before_review(sop: Sop, step: int) -> bool:
    """Whether the work of a case at this step is not handed in; its SOP may have had other steps when it began."""
    if not 1 <= step <= len(sop.steps):
        return False
    kind = sop.step(step).kind.rules
    return kind.assigns or kind.handles


def _subject(text: str) -> str:
    return " ".join(text.strip().partition("\n")[0].split())
