"""Reading figures: sums of whole months and years, the edges of a period, and what was closed a moment ago.

All statements go by an index, and none reads the journal of what is counted. They belong to readers: nothing is locked.
"""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Integer, Row, Select, String, and_, case, func, literal, or_, select, type_coerce
from sqlalchemy.orm import InstrumentedAttribute

from models.case.case import Case, CaseState
from models.case.sop_version import SopVersion
from models.case.task import Task
from models.office.person import Person, includes
from models.repository.reader import Reader
from models.statistics.cells import NO_CLOSING, NOBODY, SUMMED, Cells, Key, Sums, put
from models.statistics.counting import IS_UNCOUNTED, key_of, sums_of, uncounted
from models.statistics.facts import Facts
from models.statistics.figures import Came, OpenNow, Verdicts
from models.statistics.holding import Hold
from models.statistics.tables import Basis, Stretch, Tally
from models.statistics.wanted import Covered, Wanted

MOST_UNCOUNTED = 2_000
"""Tasks that are counted along while figures are read. Where more wait, as after an upgrade, the reader is told."""

_ANY = Key("", 0, "", NOBODY, NOBODY, Hold.OWN, "", NO_CLOSING)
"""What stands in a key for what the cells are not told apart by."""

_CLOSES = Stretch.closing


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
        """Return what was closed (or opened) in the period; the cells are told apart by these fields of `Key`."""
        found: Cells = {}
        covered = Covered.of(wanted.period, self._zone)
        for statement in self._statements(wanted, covered, apart, basis):
            for row in self._session.execute(statement):
                values = dict(zip(_named(apart), row, strict=False))
                put(found, _ANY._replace(**values), Sums.of(row[len(values) :]))
        for stretch in self.fresh_in(wanted, basis):
            whole = key_of(stretch, basis)
            put(found, _ANY._replace(**{name: getattr(whole, name) for name in _named(apart)}), sums_of(stretch, basis))
        return found

    def fresh_in(self, wanted: Wanted, basis: Basis = Basis.CLOSED) -> list[Stretch]:
        """Return the stretches that are not counted yet and fall into what is wanted."""
        starts, ends = wanted.period.starts(self._zone), wanted.period.ends(self._zone)
        instants = ((one.closed_at if basis is Basis.CLOSED else one.opened_at, one) for one in self.fresh)
        return [one for at, one in instants if at is not None and starts <= at < ends and wanted.takes(one)]

    def came(self, wanted: Wanted) -> Came:
        """Return what came in the period: of the cases and tasks that are closed by now, and of those that are open."""
        found = Sums()
        for sums in self.cells(wanted, frozenset(), basis=Basis.OPENED).values():
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

    def verdicts(self, wanted: Wanted) -> Verdicts:
        """Return what reporters said of the results of cases that ended in the period."""
        counted: dict[bool | None, int] = dict(self._session.execute(_said(wanted, self._zone)).all())
        return Verdicts(counted.get(True, 0), counted.get(False, 0))

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

    def _statements(
        self, wanted: Wanted, covered: Covered, apart: AbstractSet[str], basis: Basis
    ) -> Iterable[Select[Any]]:
        if covered.spans:
            yield _of_spans(wanted, covered.spans, apart, basis)
        for starts, ends in covered.edges:
            at = Stretch.closed_at if basis is Basis.CLOSED else Stretch.opened_at
            yield sums_of_stretches(wanted, and_(at >= starts, at < ends), apart, basis)


def narrowed(entity: type[Tally] | type[Stretch], wanted: Wanted) -> list[ColumnElement[bool]]:
    """Return the conditions under which a row is among what is wanted, whatever its time."""
    found = [
        column == value
        for column, value in ((entity.sop, wanted.sop), (entity.step, wanted.step), (entity.post, wanted.post))
        if value is not None
    ]
    if wanted.posts is not None:
        found.append(entity.post.in_(sorted(wanted.posts)))
    if wanted.person is not None:
        found.append(or_(entity.person_id == wanted.person, entity.decider_id == wanted.person))
    return found


def _named(apart: AbstractSet[str]) -> list[str]:
    return [name for name in Key._fields if name in apart]


def _of_spans(wanted: Wanted, spans: Sequence[int], apart: AbstractSet[str], basis: Basis) -> Select[Any]:
    columns: list[InstrumentedAttribute[Any]] = [getattr(Tally, name) for name in _named(apart)]
    sums = [func.sum(getattr(Tally, name)).cast(Integer) for name in SUMMED]
    chosen = Tally.basis == basis, Tally.span.in_(spans)
    return select(*columns, *sums).where(*chosen, *narrowed(Tally, wanted)).group_by(*columns)


def sums_of_stretches(
    wanted: Wanted, during: ColumnElement[bool], apart: AbstractSet[str], basis: Basis
) -> Select[Any]:
    """Return the statement that sums stretches as their tallies would: the fields of `Key`, then those of `Sums`."""
    real = {"sop", "step", "post"} if basis is Basis.OPENED else set(Key._fields)
    columns = [_EXPRESSIONS[name] if name in real else literal(_ANY[_PLACE[name]]) for name in _named(apart)]
    one = _SUMMED_OF_STRETCH if basis is Basis.CLOSED else _SUMMED_OF_OPENING
    sums = [func.sum(one[name]) for name in SUMMED]
    told_apart = [_EXPRESSIONS[name] for name in _named(apart) if name in real]
    return select(*columns, *sums).where(during, *narrowed(Stretch, wanted)).group_by(*told_apart)


_PLACE = {name: place for place, name in enumerate(Key._fields)}

_EXPRESSIONS: dict[str, ColumnElement[Any]] = {
    "sop": Stretch.sop.expression,
    "step": Stretch.step.expression,
    "post": Stretch.post.expression,
    "person_id": func.coalesce(Stretch.person_id, NOBODY),
    "decider_id": func.coalesce(Stretch.decider_id, NOBODY),
    "how": Stretch.how.expression,
    "outcome": func.coalesce(type_coerce(Stretch.outcome, String), ""),
    "minutes": case((_CLOSES, Stretch.stay_used // 60), else_=NO_CLOSING),
}

_SUMMED_OF_STRETCH: dict[str, ColumnElement[Any]] = {
    "held": case((Stretch.again, 0), else_=1),
    "stays": case((_CLOSES, 1), else_=0),
    "late_stays": case((Stretch.stay_late > 0, 1), else_=0),
    "lates": case((Stretch.turned_late, 1), else_=0),
    "used": Stretch.used.expression,
    "waited": Stretch.waited.expression,
    "asked": Stretch.asked.expression,
    "late": Stretch.late.expression,
    "reminders": Stretch.reminders.expression,
    "ends": case((Stretch.ends, 1), else_=0),
    "corrected": case((and_(Stretch.ends, Stretch.rounds > 0), 1), else_=0),
    "rounds": case((Stretch.ends, Stretch.rounds), else_=0),
}

_SUMMED_OF_OPENING: dict[str, ColumnElement[Any]] = {
    **dict.fromkeys(SUMMED, literal(0)),
    "stays": literal(1),
    "ends": case((Stretch.first, 1), else_=0),
}


def _said(wanted: Wanted, zone: ZoneInfo) -> Select[bool | None, int]:
    """Return the statement that counts what reporters said."""
    starts, ends = wanted.period.starts(zone), wanted.period.ends(zone)
    said = Case.helped.is_not(None), Case.closed_at >= starts, Case.closed_at < ends
    counted = select(Case.helped, func.count()).where(*said).group_by(Case.helped)
    return counted if wanted.sop is None else counted.where(Case.sop_version_id.in_(versions_of(wanted.sop)))


def versions_of(sop: str) -> Select[int]:
    """Return which rows are the versions of an SOP."""
    return select(SopVersion.id).where(SopVersion.code == sop)
