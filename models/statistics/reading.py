"""Reading figures: sums of whole years, months and days, and what was closed a moment ago.

All statements go by an index, and none reads the journal of what is counted. They belong to readers: nothing is locked.
"""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import load_only

from models.case.case import Case, CaseState
from models.case.sop_version import SopVersion
from models.case.task import Task
from models.case.verdict import Count
from models.office.person import Person, includes
from models.queries import verdicts
from models.repository.reader import Reader
from models.statistics.cells import MINUTES, Cells, Key, Sums
from models.statistics.counting import IS_UNCOUNTED, uncounted
from models.statistics.days import untallied
from models.statistics.facts import Facts
from models.statistics.figures import Came, OpenNow
from models.statistics.spans import Covered
from models.statistics.statements import (
    ANY,
    during,
    named,
    named_of_times,
    sums_of_spans,
    sums_of_stretches,
    times_of_spans,
    times_of_stretches,
)
from models.statistics.tables import Basis, Stretch
from models.statistics.tallying import key_of, minutes_of, sums_of
from models.statistics.wanted import Wanted

MOST_UNCOUNTED = 300
"""Tasks that are counted along while figures are read. Where more wait, as after an upgrade, the reader is told."""


_OF_OPEN_TASKS = (
    *(Task.case_id, Task.step, Task.post, Task.raised_from, Task.raised_because, Task.assignee_id, Task.not_by),
    *(Task.mandate, Task.opened_at, Task.due_at, Task.paused_at),
)
"""What is read of open tasks, which are hundreds on each page: of all their columns that would take longest."""


class Statistics:
    """The figures as a `reader` finds them."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._session = reader.session
        self._zone = reader.calendar.zone

    @cached_property
    def behind(self) -> int:
        """How many closed tasks are in no figure yet, because too many wait to be counted."""
        waiting = uncounted(self._session)
        return waiting if waiting > MOST_UNCOUNTED else 0

    @cached_property
    def fresh(self) -> Sequence[Stretch]:
        """The stretches of tasks that were closed and are not counted yet."""
        if self.behind:
            return ()
        waiting = self._session.scalars(select(Task.id).where(IS_UNCOUNTED).order_by(Task.id)).all()
        return list(Facts(self._session, office=self._reader.office_file).of(waiting))

    def cells(self, wanted: Wanted, apart: AbstractSet[str], *, basis: Basis = Basis.CLOSED) -> Cells:
        """Return what was closed (or opened) in the period; the cells are told apart by these fields of `Key`.

        With `MINUTES` among them also how long closed stays took, told apart by desk and people alone.
        """
        found = Cells()
        covered = Covered.of(wanted.period, self._zone, self._untallied)
        for statement in self._sums(wanted, covered, apart, basis):
            for row in self._session.execute(statement):
                values = dict(zip(named(apart), row, strict=False))
                found.put(ANY._replace(**values), Sums.of(row[len(values) :]))
        timed = MINUTES in apart
        for statement in self._times(wanted, covered, apart) if timed else ():
            for *desk, minutes, stays in self._session.execute(statement):
                found.took(_of_times(apart, desk), minutes, stays)
        for stretch in self.fresh_in(wanted, basis):
            whole = key_of(stretch, basis)
            found.put(ANY._replace(**{name: getattr(whole, name) for name in named(apart)}), sums_of(stretch, basis))
            if timed and stretch.closing:
                desk = [getattr(whole, name) for name in named_of_times(apart)]
                found.took(_of_times(apart, desk), minutes_of(stretch))
        return found

    def fresh_in(self, wanted: Wanted, basis: Basis = Basis.CLOSED) -> list[Stretch]:
        """Return the stretches that are not counted yet and fall into what is wanted."""
        starts, ends = wanted.period.starts(self._zone), wanted.period.ends(self._zone)
        instants = ((one.closed_at if basis is Basis.CLOSED else one.opened_at, one) for one in self.fresh)
        return [one for at, one in instants if at is not None and starts <= at < ends and wanted.takes(one)]

    def came(self, wanted: Wanted) -> Came:
        """Return what came in the period: of the cases and tasks that are closed by now, and of those that are open."""
        found = Sums()
        for sums in self.cells(wanted, frozenset(), basis=Basis.OPENED).sums.values():
            found.add(sums)
        return Came(found.ends + len(self.begun_in(wanted)), found.stays + len(self.opened_in(wanted)))

    def begun_in(self, wanted: Wanted) -> list[tuple[Task, Case]]:
        """Return the open tasks that are the first of a case which came in the period, the oldest first."""
        found = [(task, of) for task, of in self.opened_in(wanted) if task.opened_at == of.opened_at]
        earliest = select(func.min(Task.id)).where(Task.case_id.in_([of.id for _, of in found])).group_by(Task.case_id)
        first = set(self._session.scalars(earliest)) if found else set[int]()
        return [(task, of) for task, of in found if task.id in first]

    def opened_in(self, wanted: Wanted) -> list[tuple[Task, Case]]:
        """Return the tasks that were opened in the period and are open still, the oldest first."""
        starts, ends = wanted.period.starts(self._zone), wanted.period.ends(self._zone)
        found = [(task, of) for task, of in self._open(wanted) if starts <= task.opened_at < ends]
        return sorted(found, key=lambda one: (one[0].opened_at, one[0].id))

    def open_now(self, wanted: Wanted) -> OpenNow:
        """Return what is open now, whatever the period."""
        found = self._open(wanted)
        oldest = min((of for _, of in found), key=lambda one: (one.opened_at, one.id), default=None)
        late = sum(self.is_late(task) for task, _ in found)
        return OpenNow(len(found), late, oldest.opened_at if oldest else None, oldest.number if oldest else "")

    def open_tasks(self, wanted: Wanted, *, late: bool) -> list[tuple[Task, Case]]:
        """Return what is open now, or late, the oldest case first."""
        found = [(task, of) for task, of in self._open(wanted) if not late or self.is_late(task)]
        return sorted(found, key=lambda one: (one[1].opened_at, one[1].id))

    def is_late(self, task: Task) -> bool:
        """Whether an open task is past its deadline, as its lists say; not while its clock stands still."""
        return self._reader.calendar.late(task.due_at, task.seen_at(self._reader.at)) > 0

    def verdicts(self, wanted: Wanted) -> Count:
        """Return what reporters said of the results of cases that ended in the period."""
        return verdicts.counted(self._reader, wanted.period, sop=wanted.sop).get("", Count())

    def names(self, person_ids: Iterable[int]) -> dict[int, str]:
        """Return what people are called, by their numbers."""
        people = select(Person.id, Person.name).where(Person.id.in_(sorted(set(person_ids))))
        return dict(self._session.execute(people).all())

    @cached_property
    def _all_open(self) -> Sequence[Row[Task, Case, str]]:
        statement = (
            select(Task, Case, SopVersion.code)
            .join(Case, Case.id == Task.case_id)
            .join(SopVersion, SopVersion.id == Case.sop_version_id)
            .where(Task.closed_at.is_(None), Case.state == CaseState.OPEN)
            .options(load_only(*_OF_OPEN_TASKS), load_only(Case.number, Case.opened_at))
        )
        return self._session.execute(statement).all()

    def _open(self, wanted: Wanted) -> list[tuple[Task, Case]]:
        office, found = self._reader.office(), []
        for task, of, sop in self._all_open:
            post = task.raised_from or task.post
            if wanted.sop not in {None, sop} or wanted.step not in {None, task.step} or wanted.post not in {None, post}:
                continue
            if wanted.posts is not None and post not in wanted.posts:
                continue
            if wanted.person is not None and not includes(task.deciders(office), wanted.person):
                continue
            found.append((task, of))
        return found

    @cached_property
    def _untallied(self) -> frozenset[date]:
        return untallied(self._session)

    def _sums(self, wanted: Wanted, covered: Covered, apart: AbstractSet[str], basis: Basis) -> Iterator[Select[Any]]:
        if covered.spans:
            yield sums_of_spans(wanted, covered.spans, apart, basis)
        for edge in covered.edges:
            yield sums_of_stretches(wanted, during(edge, basis), apart, basis)

    def _times(self, wanted: Wanted, covered: Covered, apart: AbstractSet[str]) -> Iterator[Select[Any]]:
        if covered.spans:
            yield times_of_spans(wanted, covered.spans, apart)
        for edge in covered.edges:
            yield times_of_stretches(wanted, during(edge, Basis.CLOSED), apart)


def _of_times(apart: AbstractSet[str], desk: Sequence[Any]) -> Key:
    return ANY._replace(**dict(zip(named_of_times(apart), desk, strict=True)))


def versions_of(sop: str) -> Select[int]:
    """Return which rows are the versions of an SOP."""
    return select(SopVersion.id).where(SopVersion.code == sop)
