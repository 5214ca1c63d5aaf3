"""A span of office time in the units of the SOP: working days, hours and minutes."""

from dataclasses import dataclass
from datetime import datetime

from handlers.texts.catalogue import Say
from models.rules.standard import Standard, StandardUnit
from models.rules.work_calendar import WorkCalendar

_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Span:
    """Whole working days as the SOP counts them ("hari"), and the office seconds beyond them."""

    days: int
    seconds: int


def measured(calendar: WorkCalendar, start: datetime, end: datetime) -> Span:
    """Return the office time from `start` to `end`. The span is empty where `end` is not after `start`."""
    days = calendar.working_days(start, end)
    reached = calendar.due(start, Standard(days, StandardUnit.DAYS)) if days else start
    return Span(days, max(0, calendar.between(reached, end)))


def overdue(calendar: WorkCalendar, due: datetime, seconds: int) -> Span:
    """Return the office time by which a deadline at `due` was missed, of which the record keeps the `seconds`.

    It is counted in working days and what is beyond them, as the time that was taken is: 4 days of a standard of 2 are
    2 days late, and not the hours that the office is open on 2 days.
    """
    return measured(calendar, due, calendar.add(due, seconds)) if seconds > 0 else Span(0, 0)


def deadline(calendar: WorkCalendar, due: datetime, standard: Standard) -> datetime:
    """Return the instant that people are told of a deadline at `due`.

    "1 hari" may end at a clock time at which the office is closed that day: after a half day, within a break. The
    deadline is then the closing before, and nobody is late until the opening that follows. People are told of that
    opening: told of the closing, they would think that a part of their time is missing. A standard in minutes or hours
    may end at a closing by itself, which is told as it is.
    """
    return calendar.opening(due) if standard.unit is StandardUnit.DAYS else due


def worded(span: Span, say: Say) -> str:
    """Return the two greatest units of a span: `1 hari 2 jam`, `1 jam 12 menit`; minutes are rounded up."""
    return " ".join(_units(span, say)[:2])


def rough(span: Span, say: Say) -> str:
    """Return the greatest unit of a span alone: `3 hari`, `2 jam`."""
    return _units(span, say)[0]


def _units(span: Span, say: Say) -> list[str]:
    hours, minutes = divmod(-(-span.seconds // _MINUTE), 60)
    amounts = ((span.days, StandardUnit.DAYS), (hours, StandardUnit.HOURS), (minutes, StandardUnit.MINUTES))
    units = [say.time.amount(amount, unit) for amount, unit in amounts if amount]
    return units or [say.plain("span-none")]
