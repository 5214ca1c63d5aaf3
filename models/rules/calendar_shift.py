"""What differs between two calendars in the days that matter to one deadline: why the deadline is another one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from models.rules.work_calendar import WorkCalendar

_DAY = timedelta(days=1)

RUNS = 3
"""Ranges of days that are named of each kind of change; what is beyond them is not."""

_LONGEST = 800
"""Days that are looked at, from the one on which a task was opened: those of two years, and some."""

Run = tuple[date, date]
"""The first and the last day of a range, both included."""


@dataclass(frozen=True, slots=True)
class Shift:
    """How the days between two instants differ from what they were.

    `off` are ranges of days that are off by now, `working` of those that are worked now and were not, `hours` of those
    with other hours. `zone` is the office's time zone where that is another one, else None.
    """

    off: tuple[Run, ...] = ()
    working: tuple[Run, ...] = ()
    hours: tuple[Run, ...] = ()
    zone: str | None = None

    def written(self) -> dict[str, Any]:
        """Return the shift as plain data, for the database and the journal; what is empty is left out."""
        runs = {"off": self.off, "working": self.working, "hours": self.hours}
        body: dict[str, Any] = {
            name: [[first.isoformat(), last.isoformat()] for first, last in found]
            for name, found in runs.items()
            if found
        }
        return body if self.zone is None else {**body, "zone": self.zone}


def shift(before: WorkCalendar, after: WorkCalendar, start: datetime, end: datetime) -> Shift:
    """Return how the days from `start` to `end` differ in `after` from `before`, on the clock of `after`."""
    first, last = start.astimezone(after.zone).date(), end.astimezone(after.zone).date()
    off: list[date] = []
    working: list[date] = []
    hours: list[date] = []
    for day in _days(first, min(last, first + _DAY * _LONGEST)):
        was, now = before.periods(day), after.periods(day)
        if was != now:
            (hours if was and now else working if now else off).append(day)
    return Shift(
        off=_runs(off, before, after),
        working=_runs(working, before, after),
        hours=_runs(hours, before, after),
        zone=after.zone.key if after.zone.key != before.zone.key else None,
    )


def _days(first: date, last: date) -> Iterator[date]:
    return (first + _DAY * number for number in range((last - first).days + 1))


def _runs(days: list[date], before: WorkCalendar, after: WorkCalendar) -> tuple[Run, ...]:
    """Return `days` as ranges. Days that are off before and after do not part a range from the next one."""
    runs: list[Run] = []
    for day in days:
        if runs and not any(_worked(one, before, after) for one in _days(runs[-1][1] + _DAY, day - _DAY)):
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return tuple(runs[:RUNS])


def _worked(day: date, before: WorkCalendar, after: WorkCalendar) -> bool:
    return before.is_working_day(day) or after.is_working_day(day)
