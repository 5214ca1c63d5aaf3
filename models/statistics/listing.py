"""The cases that a number was made of, page by page: the newest first, what waits to be counted before the rest."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, or_, select, union_all

from models.case.case import Case
from models.case.joined_report import JoinedReport
from models.queries.verdicts import OF_FELLOWS
from models.repository.reader import Reader
from models.rules.actions import Outcome
from models.rules.complete import complete
from models.rules.period import Period
from models.statistics.days import is_tallied
from models.statistics.days_of_pages import Counted, days_of
from models.statistics.holding import Hold
from models.statistics.reading import Statistics, versions_of
from models.statistics.statements import during, narrowed
from models.statistics.tables import Basis, Stretch, Tally
from models.statistics.wanted import Wanted


class Number(StrEnum):
    """A number that opens the cases it was made of.

    Cases that came or ended, or were corrected; closed tasks, all of them, or those late, in time, returned, reminded
    of, or with a wait for the reporter; what is open, or late, now; what reporters said; what one person held, what
    turned late there, and what they decided; what turned late by how it was held.
    """

    CAME = "came"
    ENDED = "ended"
    CORRECTED = "corrected"
    STAYS = "stays"
    LATE = "late"
    IN_TIME = "in-time"
    RETURNED = "returned"
    REMINDED = "reminded"
    WAITED = "waited"
    OPEN = "open"
    OPEN_LATE = "open-late"
    HELPED = "helped"
    NOT_HELPED = "not-helped"
    QUICK = "quick"
    SLOW = "slow"
    CLEAR = "clear"
    UNCLEAR = "unclear"
    HELD = "held"
    TURNED_LATE = "turned-late"
    DECIDED = "decided"
    LATE_OWN = "late-own"
    LATE_PLH = "late-plh"
    LATE_RAISED = "late-raised"
    LATE_ADMINS = "late-admins"
    LATE_SHARED = "late-shared"
    LATE_ABSENT = "late-absent"
    LATE_VACANT = "late-vacant"


LATE_BY_HOLD: Mapping[Hold, Number] = complete(Hold, {one: Number(f"late-{one.value}") for one in Hold})
"""The number of what turned late while it was held in a way."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A case behind a number: at which step, when that was closed (or opened), and by how much it was late there."""

    case_id: int
    number: str
    step: int
    at: datetime
    late: int


@dataclass(frozen=True, slots=True)
class _Told:
    """Which stretches a number is made of: in SQL, the same of one in memory, and how many by tallies."""

    condition: Callable[[Wanted], ColumnElement[bool]]
    holds: Callable[[Stretch, Wanted], bool]
    counted: Counted
    basis: Basis = Basis.CLOSED


def _held_by(wanted: Wanted) -> ColumnElement[bool]:
    return Stretch.person_id == wanted.person


def _tallied_for(wanted: Wanted) -> ColumnElement[bool]:
    return Tally.person_id == wanted.person


def _turned_late(how: Hold) -> _Told:
    return _Told(
        lambda _: and_(Stretch.turned_late, Stretch.how == how),
        lambda one, _: one.turned_late and one.how is how,
        Counted(Tally.lates.expression, lambda _: Tally.how == how),
    )


_OF_STRETCHES: Mapping[Number, _Told] = {
    Number.CAME: _Told(
        lambda _: and_(Stretch.first), lambda one, _: one.first, Counted(Tally.ends.expression), Basis.OPENED
    ),
    Number.ENDED: _Told(lambda _: and_(Stretch.ends), lambda one, _: one.ends, Counted(Tally.ends.expression)),
    Number.CORRECTED: _Told(
        lambda _: and_(Stretch.ends, Stretch.rounds > 0),
        lambda one, _: one.ends and one.rounds > 0,
        Counted(Tally.corrected.expression),
    ),
    Number.STAYS: _Told(lambda _: and_(Stretch.closing), lambda one, _: one.closing, Counted(Tally.stays.expression)),
    Number.LATE: _Told(
        lambda _: Stretch.stay_late > 0, lambda one, _: one.stay_late > 0, Counted(Tally.late_stays.expression)
    ),
    Number.IN_TIME: _Told(
        lambda _: and_(Stretch.closing, Stretch.stay_late == 0),
        lambda one, _: one.closing and one.stay_late == 0,
        Counted(Tally.stays - Tally.late_stays),
    ),
    Number.RETURNED: _Told(
        lambda _: Stretch.outcome == Outcome.RETURNED,
        lambda one, _: one.outcome is Outcome.RETURNED,
        Counted(Tally.stays.expression, lambda _: Tally.outcome == Outcome.RETURNED.value),
    ),
    Number.REMINDED: _Told(
        lambda _: Stretch.reminders > 0, lambda one, _: one.reminders > 0, Counted(Tally.reminded.expression)
    ),
    Number.WAITED: _Told(
        lambda _: or_(Stretch.waited > 0, Stretch.asked > 0),
        lambda one, _: one.waited > 0 or one.asked > 0,
        Counted(Tally.delayed.expression),
    ),
    Number.HELD: _Told(
        lambda wanted: and_(_held_by(wanted), ~Stretch.again),
        lambda one, wanted: one.person_id == wanted.person and not one.again,
        Counted(Tally.held.expression, _tallied_for),
    ),
    Number.TURNED_LATE: _Told(
        lambda wanted: and_(_held_by(wanted), Stretch.turned_late),
        lambda one, wanted: one.person_id == wanted.person and one.turned_late,
        Counted(Tally.lates.expression, _tallied_for),
    ),
    Number.DECIDED: _Told(
        lambda wanted: Stretch.decider_id == wanted.person,
        lambda one, wanted: one.decider_id == wanted.person,
        Counted(Tally.stays.expression, lambda wanted: Tally.decider_id == wanted.person),
    ),
    **{number: _turned_late(how) for how, number in LATE_BY_HOLD.items()},
}

_COUNTED = {Number.REMINDED: "reminded", Number.WAITED: "delayed"}
"""The numbers that no page of figures tells, and their sums."""

_OPEN = {Number.OPEN: False, Number.OPEN_LATE: True}
_SAID: Mapping[Number, tuple[str, bool]] = {
    Number.HELPED: ("helped", True),
    Number.NOT_HELPED: ("helped", False),
    Number.QUICK: ("quick", True),
    Number.SLOW: ("quick", False),
    Number.CLEAR: ("clear", True),
    Number.UNCLEAR: ("clear", False),
}
"""The column and the word of each number of what reporters said, of a case and of a joined report alike."""


def cases_of(
    statistics: Statistics, reader: Reader, number: Number, wanted: Wanted, *, offset: int, limit: int
) -> list[Listed]:
    """Return some of what a number was made of. Each task stands for itself: a case may come more than once."""
    if number in _OPEN:
        return _open(statistics, reader, wanted, late=_OPEN[number])[offset : offset + limit]
    if number in _SAID:
        return _said(reader, wanted, number, offset=offset, limit=limit)
    told = _OF_STRETCHES[number]
    fresh = [one for one in statistics.fresh_in(wanted, told.basis) if told.holds(one, wanted)]
    first = _in_memory(
        reader, [*(_still_open(statistics, wanted) if number is Number.CAME else ()), *_rows(fresh, told)]
    )
    found = first[offset : offset + limit]
    left = limit - len(found)
    if left > 0:
        found += _page(reader, told, wanted, offset=max(0, offset - len(first)), limit=left)
    return found


def _page(reader: Reader, told: _Told, wanted: Wanted, *, offset: int, limit: int) -> list[Listed]:
    """Return some of what is counted; only the days are looked at on which it lies, where these are known."""
    page = days_of(reader, told.counted, wanted, basis=told.basis, offset=offset, limit=limit)
    runs, before = (page.runs, page.before) if page is not None else ((wanted.period,), offset)
    if not runs:
        return []
    rows = reader.session.execute(_kept(told, wanted, reader, runs).offset(before).limit(limit))
    return [Listed(*row[:3], at, row[4]) for row in rows if (at := row.at) is not None]


def count_of(statistics: Statistics, reader: Reader, number: Number, wanted: Wanted) -> int:
    """Return how much a number of stretches was made of, where no figure says so."""
    name = _COUNTED.get(number)
    if name is not None and is_tallied(reader.session, wanted.period):
        return sum(getattr(sums, name) for sums in statistics.cells(wanted, frozenset()).sums.values())
    told = _OF_STRETCHES[number]
    fresh = sum(told.holds(one, wanted) for one in statistics.fresh_in(wanted, told.basis))
    kept = _kept(told, wanted, reader, (wanted.period,)).order_by(None).subquery()
    return fresh + (reader.session.scalar(select(func.count()).select_from(kept)) or 0)


_InMemory = tuple[int, int, datetime, int]


def _rows(fresh: Sequence[Stretch], told: _Told) -> list[_InMemory]:
    rows = [
        (one.case_id, one.step, one.closed_at, _late(one))
        if told.basis is Basis.CLOSED
        else (one.case_id, one.step, one.opened_at, 0)
        for one in fresh
    ]
    return sorted(
        ((case, step, at, late) for case, step, at, late in rows if at is not None),
        key=lambda row: row[2],
        reverse=True,
    )


def _late(one: Stretch) -> int:
    return one.stay_late if one.closing else one.late


def _still_open(statistics: Statistics, wanted: Wanted) -> list[_InMemory]:
    """Return the cases that came in the period and are at their first step still."""
    return [(case.id, task.step, task.opened_at, 0) for task, case in reversed(statistics.begun_in(wanted))]


def _in_memory(reader: Reader, rows: Sequence[_InMemory]) -> list[Listed]:
    numbers = select(Case.id, Case.number).where(Case.id.in_(sorted({row[0] for row in rows})))
    named = dict(reader.session.execute(numbers).all()) if rows else {}
    return [Listed(case_id, named[case_id], step, at, late) for case_id, step, at, late in rows]


def _open(statistics: Statistics, reader: Reader, wanted: Wanted, *, late: bool) -> list[Listed]:
    calendar, at = reader.calendar, reader.at
    return [
        Listed(case.id, case.number, task.step, task.opened_at, calendar.late(task.due_at, task.seen_at(at)))
        for task, case in statistics.open_tasks(wanted, late=late)
    ]


def _said(reader: Reader, wanted: Wanted, number: Number, *, offset: int, limit: int) -> list[Listed]:
    """Return some of the cases of which reporters said so: each verdict stands for itself."""
    zone = reader.calendar.zone
    starts, ends = wanted.period.starts(zone), wanted.period.ends(zone)
    closed = Case.closed_at >= starts, Case.closed_at < ends
    columns = Case.id, Case.number, Case.closed_at
    name, good = _SAID[number]
    theirs = select(*columns, JoinedReport.id.label("of")).join_from(Case, JoinedReport, and_(*OF_FELLOWS))
    verdicts = [
        select(*columns, literal(0).label("of")).where(
            getattr(Case, name).is_(good), Case.helped.is_not(None), *closed
        ),
        theirs.where(getattr(JoinedReport, name).is_(good), *closed),
    ]
    if wanted.sop is not None:
        verdicts = [one.where(Case.sop_version_id.in_(versions_of(wanted.sop))) for one in verdicts]
    # Of each kind no more than the page can show, in the order of its index.
    newest = [one.order_by(Case.closed_at.desc(), Case.id.desc()).limit(offset + limit).subquery() for one in verdicts]
    found = union_all(*(select(one) for one in newest)).subquery()
    page = select(found.c.id, found.c.number, found.c.closed_at)
    page = page.order_by(found.c.closed_at.desc(), found.c.id.desc(), found.c.of).offset(offset).limit(limit)
    return [Listed(case_id, named, 0, at, 0) for case_id, named, at in reader.session.execute(page)]


def _kept(
    told: _Told, wanted: Wanted, reader: Reader, runs: Sequence[Period]
) -> Select[int, str, int, datetime | None, int]:
    zone = reader.calendar.zone
    # Nothing says beside it that they lie in the period: SQLite would go through all of that.
    within = or_(*(during((run.starts(zone), run.ends(zone)), told.basis) for run in runs))
    at = Stretch.closed_at if told.basis is Basis.CLOSED else Stretch.opened_at
    of_stretch = case((Stretch.closing, Stretch.stay_late), else_=Stretch.late)
    late = of_stretch if told.basis is Basis.CLOSED else literal(0)
    return (
        select(Stretch.case_id, Case.number, Stretch.step, at.label("at"), late)
        .join(Case, Case.id == Stretch.case_id)
        .where(within, told.condition(wanted), *narrowed(Stretch, wanted, told.basis))
        .order_by(at.desc(), Stretch.task_id.desc(), Stretch.ordinal.desc())
    )
