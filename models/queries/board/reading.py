"""Reading the board: the open cases that a person looks over, the worst first.

What is open is read by the index of the open tasks, whole and narrow: how late something is follows from the calendar,
which no database knows. Only the lines of the page that is shown are read in full.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from models.case.case import Case, CaseState
from models.case.task import Task
from models.office.office import Office
from models.office.overseeing import Scope
from models.office.person import Person, includes
from models.office.seating import Because
from models.office.tenure import Capacity
from models.repository.reader import Reader
from models.rules.board_filters import StepOfSop, Wanted
from models.rules.period import Period
from models.rules.standard import Standard
from models.rules.urgency import Urgency

_OPEN = (
    select(
        *(Task.id, Task.step, Task.post, Task.due_at, Task.paused_at),
        *(Task.assignee_id, Task.not_by, Task.mandate, Task.raised_from),
        *(Case.number, Case.urgency, Case.confidential, Case.opened_at),
    )
    .join(Case, Case.id == Task.case_id)
    .where(Task.closed_at.is_(None), Case.state == CaseState.OPEN)
)

_LINES = select(Task, Case).join(Case, Case.id == Task.case_id).options(joinedload(Case.sop_version))


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who may decide a task now, and as what.

    `hears` is whether they can be written to, `away` whether they are away without a Plh.
    """

    name: str
    capacity: Capacity
    hears: bool = True
    away: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """An open case on the board.

    `subject` is empty where the case is confidential. `mine` tells whether the person who looks may decide its task: to
    others a confidential case is an ordinary one. `late` is by how many seconds of office time the deadline is over, as
    the clock of the task stands at `seen_at`; a task that pauses, since `paused_at`, is not late. `raised_from` and
    `because` tell in whose place it is decided, None where in nobody's; `by_admins` that the admins decide.
    """

    task_id: int
    case_id: int
    number: str
    subject: str
    urgency: Urgency
    step: int
    steps: int
    post: str
    holders: tuple[Holder, ...]
    raised_from: str | None
    because: Because | None
    by_admins: bool
    due_at: datetime
    measure: Standard
    seen_at: datetime
    late: int
    paused_at: datetime | None
    opened_at: datetime
    mine: bool


@dataclass(frozen=True, slots=True)
class Board:
    """One page of the board: `total` cases on all pages, of which `late` are late; `page` counts from 0."""

    lines: tuple[Line, ...]
    total: int
    late: int
    page: int


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters could be set to: the steps and the posts at which something is open, each with how much."""

    steps: tuple[tuple[StepOfSop, int], ...] = ()
    posts: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Place:
    """What tells who decides a task."""

    post: str
    assignee_id: int | None
    not_by: tuple[int, ...]
    mandate: bool
    raised_from: str | None

    def deciders(self, office: Office) -> list[Person]:
        """Return who may decide a task there, as `Task.deciders` has it."""
        task = Task(
            post=self.post,
            assignee_id=self.assignee_id,
            not_by=list(self.not_by),
            mandate=self.mandate,
            raised_from=self.raised_from,
        )
        return task.deciders(office)


@dataclass(frozen=True, slots=True)
class _Row:
    """An open task, as narrow as it can be sorted and sieved."""

    task_id: int
    number: str
    step: int
    place: _Place
    urgency: Urgency
    due_at: datetime
    paused: bool
    late: int
    opened_at: datetime
    mine: bool

    @property
    def step_of_sop(self) -> StepOfSop:
        return StepOfSop(self.number.partition("-")[0], self.step)

    @property
    def rank(self) -> tuple[int, int, int, datetime, int]:
        """Its place: what is late the longest comes first, then what is urgent and due the soonest, then pauses."""
        return int(self.paused), -self.late, 0 if self.late else self.urgency.rank, self.due_at, self.task_id


@dataclass(slots=True)
class _Sieve:
    """Who decides what, asked once for each place; and what of the board the filters leave."""

    office: Office
    person: Person
    known: dict[_Place, list[Person]] = field(default_factory=dict)

    def deciders(self, place: _Place) -> list[Person]:
        if place not in self.known:
            self.known[place] = place.deciders(self.office)
        return self.known[place]

    def is_mine(self, place: _Place) -> bool:
        return includes(self.deciders(place), self.person.id)


def board(reader: Reader, person: Person, scope: Scope, wanted: Wanted, *, page: int, size: int) -> Board:
    """Return a page of the open cases that `person` looks over, or the last page where there are fewer.

    It takes as many statements for many cases as for one, and reads nothing of cases that are over.
    """
    sieve = _Sieve(reader.office(), person)
    found = sorted(_sieved(reader, _rows(reader, sieve, scope), wanted), key=lambda row: row.rank)
    shown = min(max(page, 0), max(0, -(-len(found) // size) - 1))
    chosen = found[shown * size : (shown + 1) * size]
    lines = _lines(reader, sieve, chosen)
    return Board(lines, len(found), sum(row.late > 0 for row in found), shown)


def late_tasks(reader: Reader, person: Person, scope: Scope, wanted: Wanted) -> list[int]:
    """Return the tasks on the board that are late, the latest first."""
    sieve = _Sieve(reader.office(), person)
    found = _sieved(reader, _rows(reader, sieve, scope), replace(wanted, late=True))
    return [row.task_id for row in sorted(found, key=lambda row: row.rank)]


def choices(reader: Reader, person: Person, scope: Scope, wanted: Wanted) -> Choices:
    """Return what the filters for the step and the post could be set to beside the others that are set.

    The steps come in the order of their SOP, the posts in that of the office file.
    """
    rows = _rows(reader, _Sieve(reader.office(), person), scope)
    steps = Counter(row.step_of_sop for row in _sieved(reader, rows, replace(wanted, step=None)))
    posts = Counter(row.place.post for row in _sieved(reader, rows, replace(wanted, post=None)))
    order = [post.code for post in reader.rules.office.posts]
    known = sorted(posts, key=lambda post: order.index(post) if post in order else len(order))
    ordered = sorted(steps, key=lambda step: (step.prefix, step.number))
    return Choices(tuple((one, steps[one]) for one in ordered), tuple((one, posts[one]) for one in known))


def _rows(reader: Reader, sieve: _Sieve, scope: Scope) -> list[_Row]:
    """Return what is open within the scope, and what waits for the person who looks."""
    desks = sieve.office.desks_of(sieve.person)
    statement = _OPEN if scope.everything else _OPEN.where(or_(Task.post.in_(scope.posts), Task.post.in_(desks)))
    calendar, at, rows = reader.calendar, reader.at, list[_Row]()
    for found in reader.session.execute(statement):
        place = _Place(found.post, found.assignee_id, tuple(found.not_by), found.mandate, found.raised_from)
        # Only a task at one's own desk can be one's own: nobody is asked who decides the others.
        mine = found.post in desks and sieve.is_mine(place)
        if not (scope.everything or found.post in scope.posts or mine):
            continue
        late = calendar.late(found.due_at, at) if found.paused_at is None and found.due_at < at else 0
        rows.append(
            _Row(
                task_id=found.id,
                number=found.number,
                step=found.step,
                place=place,
                urgency=Urgency(found.urgency) if mine or not found.confidential else Urgency.ORDINARY,
                due_at=found.due_at,
                paused=found.paused_at is not None,
                late=late,
                opened_at=found.opened_at,
                mine=mine,
            )
        )
    return rows


def _sieved(reader: Reader, rows: Sequence[_Row], wanted: Wanted) -> list[_Row]:
    """Return the rows that the filters leave."""
    zone = reader.calendar.zone
    month = Period.month(reader.at.astimezone(zone).date())

    def passes(row: _Row) -> bool:
        if (wanted.late and not row.late) or (wanted.urgent and row.urgency is Urgency.ORDINARY):
            return False
        if wanted.month and not month.first <= row.opened_at.astimezone(zone).date() <= month.last:
            return False
        return wanted.step in {None, row.step_of_sop} and wanted.post in {None, row.place.post}

    return [row for row in rows if passes(row)]


def _lines(reader: Reader, sieve: _Sieve, rows: Sequence[_Row]) -> tuple[Line, ...]:
    if not rows:
        return ()
    chosen = _LINES.where(Task.id.in_([row.task_id for row in rows]))
    found: Mapping[int, tuple[Task, Case]] = {task.id: (task, case) for task, case in reader.session.execute(chosen)}
    return tuple(_line(reader, sieve, row, *found[row.task_id]) for row in rows if row.task_id in found)


def _line(reader: Reader, sieve: _Sieve, row: _Row, task: Task, case: Case) -> Line:
    return Line(
        task_id=task.id,
        case_id=case.id,
        number=case.number,
        subject="" if case.confidential else case.subject,
        urgency=row.urgency,
        step=task.step,
        steps=len(case.sop_version.sop.steps),
        post=task.post,
        holders=tuple(_holder(sieve.office, task, person) for person in sieve.deciders(row.place)),
        raised_from=task.raised_from,
        because=task.raised_because,
        by_admins=task.by_admins,
        due_at=task.due_at,
        measure=task.measure,
        seen_at=task.seen_at(reader.at),
        late=row.late,
        paused_at=task.paused_at,
        opened_at=case.opened_at,
        mine=row.mine,
    )


def _holder(office: Office, task: Task, person: Person) -> Holder:
    tenure = None if task.by_admins else office.tenure(person, task.post, given_to=task.assignee_id)
    capacity = Capacity.ADMIN if tenure is None else Capacity(tenure.capacity)
    return Holder(person.name, capacity, hears=person.hears, away=person.id in office.away)
