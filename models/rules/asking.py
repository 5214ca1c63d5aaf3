"""When a reporter is asked again for an answer that has not come. Pure: a calendar and instants in, instants out."""

from datetime import datetime, timedelta

from models.rules.standard import Standard
from models.rules.work_calendar import WorkCalendar

_DAY = Standard.parse("1 hari")


def first_reminder(asked: datetime, calendar: WorkCalendar) -> datetime:
    """Return the instant (UTC, in office time) of the first reminder: half a working day after the question.

    The day is the one on which the question counts: that of the next opening, where the office is closed.
    """
    day = calendar.opening(asked).astimezone(calendar.zone).date()
    worked = sum((period.length for period in calendar.periods(day)), timedelta())
    return calendar.opening(calendar.add(asked, int(worked.total_seconds()) // 2))


def opinion_reminder(asked: datetime, due: datetime, calendar: WorkCalendar, *, percent: int) -> datetime:
    """Return the instant (UTC, in office time) at which somebody is reminded whose opinion is wanted by `due`.

    `percent` of the time has passed then.
    """
    return calendar.opening(calendar.add(asked, -(-calendar.between(asked, due) * percent // 100)))


def next_reminder(last: datetime, calendar: WorkCalendar) -> datetime:
    """Return the instant (UTC, in office time) of the reminder after `last`: one working day later."""
    return calendar.opening(calendar.due(last, _DAY))


def missed(planned: datetime, at: datetime, calendar: WorkCalendar) -> int:
    """Return how many reminders after the one `planned` fell due by `at` and were not given, as during a downtime."""
    count = 0
    while (planned := next_reminder(planned, calendar)) <= at:
        count += 1
    return count
