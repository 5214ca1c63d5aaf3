"""The days of an absence: which can be filed, from when to when they last, and when a Plh. is missed. Pure."""

from datetime import date, datetime, time, timedelta

from models.office.absence import DaysFault
from models.refusals.absences import DaysInvalid
from models.rules.work_calendar import WorkCalendar

DAY = timedelta(days=1)

_AHEAD = timedelta(days=366)
"""How far ahead the first day may lie."""

_LONGEST = timedelta(days=5 * 366)
"""How long an absence with a last day may be."""

_HALF_AN_HOUR = 30 * 60

_WORKING_DAY_WITHIN = 30
"""Days before an absence among which its last working day is looked for."""


def check_days(first: date, last: date | None, *, today: date) -> None:
    """Raise `DaysInvalid` where nobody can be away from `first` to `last`, seen from `today`."""
    if last is not None and last < first:
        raise DaysInvalid(DaysFault.REVERSED)
    if first < today:
        raise DaysInvalid(DaysFault.PAST)
    if first - today > _AHEAD or (last is not None and last - first > _LONGEST):
        raise DaysInvalid(DaysFault.TOO_FAR)


def midnight(calendar: WorkCalendar, day: date) -> datetime:
    """Return the instant at which a day of the office's calendar begins."""
    return datetime.combine(day, time.min, calendar.zone)


def warning(calendar: WorkCalendar, first: date, *, starts_at: datetime, at: datetime) -> datetime:
    """Return when a Plh. is missed: as the office opens on the working day before, or half an hour from now.

    Of an absence that lies ahead it is never after the beginning.
    """
    days = (first - number * DAY for number in range(1, _WORKING_DAY_WITHIN))
    openings = (calendar.opening(midnight(calendar, day)) for day in days)
    before = next((opening for opening in openings if opening < starts_at), starts_at)
    if before > at:
        return before
    soon = calendar.add(at, _HALF_AN_HOUR)
    return min(soon, starts_at) if starts_at > at else soon
