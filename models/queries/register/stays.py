"""How long a case stayed at a step, in office time. Pure: values and a calendar in, seconds out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from models.rules import pausing
from models.rules.pausing import Pause
from models.rules.period import Period
from models.rules.standard import Standard
from models.rules.work_calendar import WorkCalendar


@dataclass(frozen=True, slots=True)
class Stay:
    """The times of one task, as its row keeps them: see `Task`."""

    opened_at: datetime
    closed_at: datetime | None
    due_at: datetime
    standard: str
    late_by: int | None
    paused_at: datetime | None
    pauses: Sequence[Mapping[str, str]]
    clock_from: datetime | None
    extensions: Sequence[Mapping[str, str]]

    @classmethod
    def of(cls, task: Any) -> Self:  # noqa: ANN401 - a `Task`, or a row with these columns of one
        """Return the times of a task."""
        return cls(
            opened_at=task.opened_at,
            closed_at=task.closed_at,
            due_at=task.due_at,
            standard=task.standard,
            late_by=task.late_by,
            paused_at=task.paused_at,
            pauses=task.pauses,
            clock_from=task.clock_from,
            extensions=task.extensions,
        )


@dataclass(frozen=True, slots=True)
class Times:
    """How long a stay took, in seconds of office time: `used` on its clock, `waited` beside it, `late_by` past `due`.

    `due` is the end of the standard, without what was granted beyond it. `until` is where the clock stands.
    """

    used: int
    waited: int
    late_by: int
    due: datetime
    until: datetime


def times(stay: Stay, calendar: WorkCalendar, *, at: datetime) -> Times:
    """Return how long a stay took, until the instant `at` where it is not over.

    A task that was recalled goes on with the clock of the one before: what lay between the two is no waiting.
    """
    until = stay.closed_at or stay.paused_at or at
    since, pauses = stay.clock_from or stay.opened_at, [Pause.read(kept) for kept in stay.pauses]
    used = calendar.between(since, until) - pausing.paused_for(pauses, calendar)
    waited = pausing.paused_for((one for one in pauses if one.start >= stay.opened_at), calendar)
    if stay.closed_at is None and stay.paused_at is not None:
        waited += max(0, calendar.between(stay.paused_at, at))
    due = stay.due_at
    if stay.extensions:
        due = pausing.deadline(since, Standard.parse(stay.standard), pauses, calendar)
    late_by = stay.late_by if stay.late_by is not None else calendar.late(due, until)
    return Times(max(0, used), waited, late_by, due, until)


def touches(stay: Stay, period: Period, calendar: WorkCalendar) -> bool:
    """Whether a stay lies at least partly in a period: it had begun before its end, and was not over before it."""
    starts, ends = period.starts(calendar.zone), period.ends(calendar.zone)
    return stay.opened_at < ends and (stay.closed_at is None or stay.closed_at >= starts)


def was_late_in(found: Times, period: Period | None, calendar: WorkCalendar) -> bool:
    """Whether a stay was late for at least a second of office time that lies in a period.

    Where `calendar`, which is that of today, knows no office time between the deadline and the end of a stay that was
    late by the calendar of its day, the stay was late in the period of its end.
    """
    if found.late_by <= 0 or period is None:
        return found.late_by > 0
    starts, ends = period.starts(calendar.zone), period.ends(calendar.zone)
    if calendar.late(found.due, found.until) == 0:
        return starts <= found.until < ends
    return calendar.between(max(found.due, starts), min(found.until, ends)) > 0
