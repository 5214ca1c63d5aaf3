"""Reading the register: one pass over the cases by their key, page by page, with what belongs to the cases of a page.

All of it is read in the caller's one transaction, so that a register shows one instant. What is in memory is one page,
and the names of the people.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import BindParameter, Select, and_, bindparam, func, or_, select
from sqlalchemy import Row as SqlRow
from sqlalchemy.orm import aliased

from models.case.case import Case, CaseState
from models.case.evaluation import Evaluation
from models.case.joined_report import JoinedReport
from models.case.sight import Sight
from models.case.sop_version import SopVersion
from models.case.task import Chase, Task
from models.office.person import Person
from models.office.seating import Because
from models.office.tenure import ActingAs, Capacity, Post, Tenure
from models.queries.register.rows import CaseRow, ChaseRow, Row, StepRow, TenureRow
from models.queries.register.sights import Sights
from models.queries.register.stays import Stay, Times, times, touches, was_late_in
from models.queries.register.wanted import Wanted
from models.repository.calendars import Calendars
from models.repository.reader import Reader
from models.rules.actions import BY_OTHERS, Outcome
from models.rules.ladder import RungKind
from models.rules.urgency import Urgency

T = TypeVar("T")

_Found = SqlRow[*tuple[Any, ...]]
_Statement = Select[*tuple[Any, ...]]

Progress = Callable[[float], None]
"""Is told which share of the cases has been read, from 0 to 1."""

PAGE = 500
"""Cases of a page. Each statement names the cases of one page: SQLite takes so many values, also in old versions."""

_OTHER = aliased(Case)
"""The case that one was merged into."""

_CASES = (
    select(
        Case.id,
        Case.number,
        Case.text,
        Case.urgency,
        Case.confidential,
        Case.reporter_id,
        Case.opened_at,
        Case.closed_at,
        Case.state,
        Case.round,
        Case.helped,
        Case.joined,
        _OTHER.number.label("merged_into"),
        SopVersion.id.label("version_id"),
        SopVersion.code,
        SopVersion.version,
    )
    .join(SopVersion, SopVersion.id == Case.sop_version_id)
    .outerjoin(_OTHER, _OTHER.id == Case.joined_to_id)
    .where(Case.id > bindparam("after"))
    .order_by(Case.id)
    .limit(PAGE)
)

_OF_CASES: BindParameter[int] = bindparam("cases", expanding=True)

_TASKS = (
    select(
        Task.id,
        Task.case_id,
        Task.step,
        Task.round,
        Task.post,
        Task.raised_from,
        Task.raised_because,
        Task.assignee_id,
        Task.standard,
        Task.opened_at,
        Task.started_at,
        Task.due_at,
        Task.closed_at,
        Task.outcome,
        Task.decided_by_id,
        Task.decided_as,
        Task.instructions,
        Task.note,
        Task.late_by,
        Task.late_reason,
        Task.late_reason_by_id,
        Task.late_reason_as,
        Task.paused_at,
        Task.pauses,
        Task.clock_from,
        Task.extensions,
    )
    .where(Task.case_id.in_(_OF_CASES))
    .order_by(Task.case_id, Task.id)
)

_OPEN = select(Task).where(Task.id.in_(bindparam("tasks", expanding=True)))

_PEOPLE = select(Person.id, Person.name, Person.nip, Person.unit, Person.restricted_in)

_RESULTS = (
    select(Evaluation.case_id, Evaluation.result, Evaluation.author_id)
    .where(Evaluation.case_id.in_(_OF_CASES), Evaluation.submitted_at.is_not(None))
    .order_by(Evaluation.case_id, Evaluation.revision)
)

_CHASES = (
    select(Chase.task_id, Chase.kind, Chase.due_at, Chase.fired_at)
    .join(Task, Task.id == Chase.task_id)
    .where(Task.case_id.in_(_OF_CASES))
    .order_by(Chase.task_id, Chase.ordinal)
)

_FELLOWS = (
    select(JoinedReport.case_id, JoinedReport.person_id, JoinedReport.helped)
    .where(JoinedReport.case_id.in_(_OF_CASES), JoinedReport.parted_at.is_(None))
    .order_by(JoinedReport.case_id, JoinedReport.id)
)

_TENURES = (
    select(
        Tenure.post,
        Post.title,
        Tenure.person_id,
        Tenure.capacity,
        Tenure.starts_at,
        Tenure.ends_at,
        Tenure.stands_for_id,
    )
    .join(Post, Post.code == Tenure.post)
    .order_by(Tenure.starts_at, Tenure.id)
)


@dataclass(frozen=True, slots=True)
class _Known:
    """A person of the register. `restricted` says that their words may stand in no case that is over."""

    name: str
    nip: str
    unit: str
    restricted: bool


class Register:
    """The register as a `reader` finds it. `sights` says what of confidential cases may stand in it."""

    def __init__(self, reader: Reader, wanted: Wanted, *, sights: Sights, progress: Progress | None = None) -> None:
        self._reader = reader
        self._session = reader.session
        self._wanted = wanted
        self._sights = sights
        self._progress = progress
        self._file = reader.office_file
        self._calendar = reader.calendar
        self._calendars = Calendars(self._session, reader.rules.office.calendar)
        self._people = {
            row.id: _Known(row.name, row.nip, row.unit, row.restricted_in is not None)
            for row in self._session.execute(_PEOPLE)
        }
        self._activities: dict[int, dict[int, str]] = {}

    def rows(self) -> Iterator[Row]:
        """Yield each case, then its stays, then their chases; at the end the people in posts."""
        for page in self._pages():
            yield from self._page(page)
        yield from self._tenures()

    def _pages(self) -> Iterator[Sequence[_Found]]:
        statement, last = self._narrowed(_CASES), 0
        newest = self._session.scalar(select(func.max(Case.id))) or 0
        while page := self._session.execute(statement, {"after": last}).all():
            yield page
            last = page[-1].id
            if self._progress is not None:
                self._progress(last / newest)

    def _narrowed(self, cases: _Statement) -> _Statement:
        wanted, zone = self._wanted, self._calendar.zone
        if wanted.period is not None:
            starts, ends = wanted.period.starts(zone), wanted.period.ends(zone)
            cases = cases.where(Case.opened_at < ends, or_(Case.closed_at.is_(None), Case.closed_at >= starts))
        if wanted.sop is not None:
            cases = cases.where(SopVersion.code == wanted.sop)
        if wanted.post is not None:
            there = or_(Task.post == wanted.post, Task.raised_from == wanted.post)
            cases = cases.where(select(Task.id).where(and_(Task.case_id == Case.id, there)).exists())
        return cases

    def _page(self, page: Sequence[_Found]) -> Iterator[Row]:
        found = {"cases": [case.id for case in page]}
        tasks = _grouped(self._session.execute(_TASKS, found).all(), lambda task: task.case_id)
        chases = _grouped(self._session.execute(_CHASES, found).all(), lambda chase: chase.task_id)
        results = {row.case_id: row for row in self._session.execute(_RESULTS, found).all()}
        confidential = [case.id for case in page if case.confidential]
        sights = self._sights(confidential) if confidential else {}
        fellows = self._fellows([case.id for case in page if case.joined])
        deciding = self._deciding([task.id for of_case in tasks.values() for task in of_case if task.closed_at is None])
        for case in page:
            sight = sights.get(case.id, Sight.POSITION) if case.confidential else Sight.WHOLE
            stays = [(task, self._times(task)) for task in tasks[case.id]]
            shown = [(task, took) for task, took in stays if self._is_wanted(task, took)]
            if not shown and (self._wanted.post is not None or self._wanted.late):
                continue
            yield self._case(case, stays, sight, results.get(case.id), fellows[case.id])
            for task, took in shown:
                yield self._step(case, task, took, sight, deciding)
            for task, _ in shown:
                yield from (self._chase(case, task, one) for one in chases[task.id] if self._lies_in(one.fired_at))

    def _times(self, task: _Found) -> Times:
        # What was closed goes by the calendar of that day, as its verdict does.
        calendar = self._calendars.at(task.closed_at) if task.closed_at is not None else self._calendar
        return times(Stay.of(task), calendar, at=self._reader.at)

    def _is_wanted(self, task: _Found, took: Times) -> bool:
        wanted = self._wanted
        if wanted.post is not None and wanted.post not in {task.post, task.raised_from}:
            return False
        if wanted.late:
            return was_late_in(took, wanted.period, self._calendar)
        return wanted.period is None or touches(Stay.of(task), wanted.period, self._calendar)

    def _lies_in(self, at: datetime) -> bool:
        period, zone = self._wanted.period, self._calendar.zone
        return period is None or period.starts(zone) <= at < period.ends(zone)

    def _deciding(self, open_tasks: Sequence[int]) -> dict[int, str]:
        """Return who may decide each of the open tasks now, by the numbers of their rows."""
        if not open_tasks:
            return {}
        office = self._reader.office()
        tasks = self._session.scalars(_OPEN, {"tasks": open_tasks})
        return {task.id: _listed(person.name for person in task.deciders(office)) for task in tasks}

    def _fellows(self, joined: Sequence[int]) -> defaultdict[Hashable, list[_Found]]:
        """Return the reports of others that are a part of some cases; most pages have none, and cost no statement."""
        found = self._session.execute(_FELLOWS, {"cases": joined}).all() if joined else []
        return _grouped(found, lambda one: one.case_id)

    def _case(
        self,
        case: _Found,
        stays: Sequence[tuple[_Found, Times]],
        sight: Sight,
        result: _Found | None,
        fellows: Sequence[_Found],
    ) -> CaseRow:
        whole, own = sight is Sight.WHOLE, sight in {Sight.WHOLE, Sight.OWN}
        reporter = self._people[case.reporter_id]
        return CaseRow(
            number=case.number,
            sop=case.code,
            version=case.version,
            reporter=reporter.name if own else "",
            unit=reporter.unit if own else "",
            urgency=Urgency(case.urgency) if own else None,
            confidential=case.confidential,
            text=case.text if own and self._may_stand(case, case.reporter_id) else "",
            opened_at=case.opened_at,
            closed_at=case.closed_at,
            state=CaseState(case.state),
            round=case.round,
            steps=len(stays),
            late=sum(took.late_by > 0 for _, took in stays),
            took=max(0, self._calendar.between(case.opened_at, case.closed_at or self._reader.at)),
            waits_at=next((self._file.short_of(task.post) for task, _ in stays if task.closed_at is None), ""),
            result=result.result if result is not None and whole and self._may_stand(case, result.author_id) else "",
            helped=case.helped if own else None,
            fellows=self._others(case, fellows) if whole else [],
            merged_into=case.merged_into or "",
            fellows_helped=sum(one.helped is True for one in fellows) if own else 0,
            fellows_not_helped=sum(one.helped is False for one in fellows) if own else 0,
        )

    def _others(self, case: _Found, fellows: Iterable[_Found]) -> list[str]:
        """Return the names of the other reporters, each once: a person may have reported the same twice."""
        people = dict.fromkeys(one.person_id for one in fellows)
        return [self._people[one].name for one in people if one != case.reporter_id]

    def _step(self, case: _Found, task: _Found, took: Times, sight: Sight, deciding: dict[int, str]) -> StepRow:
        person, acting = self._decider(task, deciding)
        shown = sight is Sight.WHOLE and self._may_stand(case, task.decided_by_id)
        return StepRow(
            number=case.number,
            sop=case.code,
            round=task.round,
            step=task.step,
            activity=self._activity(case.version_id, task.step),
            post=self._file.short_of(task.post),
            raised_from=self._file.short_of(task.raised_from) if task.raised_from is not None else "",
            raised_because=Because(task.raised_because) if task.raised_because is not None else None,
            given_to=self._name(task.assignee_id),
            person=person,
            capacity=acting,
            opened_at=task.opened_at,
            started_at=task.started_at,
            due_at=task.due_at,
            closed_at=task.closed_at,
            standard=task.standard,
            extensions=[str(one["span"]) for one in task.extensions],
            used=took.used,
            waited=took.waited,
            late_by=took.late_by,
            outcome=Outcome(task.outcome) if task.outcome is not None else None,
            instructions=task.instructions if shown else [],
            note=task.note if shown else "",
            **self._explained(case, task, sight),
        )

    def _explained(self, case: _Found, task: _Found, sight: Sight) -> dict[str, Any]:
        """Return why a stay was late, who said so, and as what; nothing where the reader may not read it."""
        shown = sight is Sight.WHOLE and self._may_stand(case, task.late_reason_by_id) and bool(task.late_reason)
        acting = ActingAs.parse(task.late_reason_as or "") if shown else None
        return {
            "late_reason": task.late_reason if shown else "",
            "late_reason_by": self._name(task.late_reason_by_id) if shown else "",
            "late_reason_as": acting.capacity if acting is not None else None,
        }

    def _decider(self, task: _Found, deciding: dict[int, str]) -> tuple[str, Capacity | None]:
        """Return whose the task was, or is, and as what they decided it."""
        if task.closed_at is None:
            return deciding.get(task.id, ""), None
        if task.outcome in BY_OTHERS:
            return self._name(task.assignee_id), None
        acting = ActingAs.parse(task.decided_as or "")
        return self._name(task.decided_by_id), acting.capacity if acting is not None else None

    def _chase(self, case: _Found, task: _Found, chase: _Found) -> ChaseRow:
        return ChaseRow(
            number=case.number,
            sop=case.code,
            round=task.round,
            step=task.step,
            post=self._file.short_of(task.post),
            kind=RungKind(chase.kind),
            due_at=chase.due_at,
            fired_at=chase.fired_at,
        )

    def _tenures(self) -> Iterator[TenureRow]:
        """Yield the times in posts that lie at least partly in the period; a case or its SOP does not narrow them."""
        wanted, zone, found = self._wanted, self._calendar.zone, _TENURES
        if wanted.period is not None:
            found = found.where(
                Tenure.starts_at < wanted.period.ends(zone),
                or_(Tenure.ends_at.is_(None), Tenure.ends_at >= wanted.period.starts(zone)),
            )
        if wanted.post is not None:
            found = found.where(Tenure.post == wanted.post)
        for row in self._session.execute(found):
            person = self._people[row.person_id]
            yield TenureRow(
                post=self._file.short_of(row.post),
                title=row.title,
                person=person.name,
                nip=person.nip,
                capacity=Capacity(row.capacity),
                starts_at=row.starts_at,
                ends_at=row.ends_at,
                stands_for=self._name(row.stands_for_id),
            )

    def _may_stand(self, case: _Found, author_id: int | None) -> bool:
        """Whether what a person wrote may stand in the row: a restriction holds once the case is over."""
        return case.closed_at is None or author_id is None or not self._people[author_id].restricted

    def _name(self, person_id: int | None) -> str:
        return self._people[person_id].name if person_id is not None else ""

    def _activity(self, version_id: int, step: int) -> str:
        """Return the short wording of a step in a version of an SOP; each version is read once."""
        if version_id not in self._activities:
            sop = self._session.get_one(SopVersion, version_id).sop
            self._activities[version_id] = {one.number: one.short for one in sop.steps}
        return self._activities[version_id].get(step, "")


def _grouped(found: Iterable[T], key: Callable[[T], Hashable]) -> defaultdict[Hashable, list[T]]:
    groups = defaultdict[Hashable, list[T]](list)
    for one in found:
        groups[key(one)].append(one)
    return groups


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)
