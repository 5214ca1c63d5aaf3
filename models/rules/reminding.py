"""How often one person is reminded: the spacing between two reminders that sound. Pure: data in, instants out.

The ladder says when a task owes a reminder; this says when a person may hear one. What the ladder owes in between comes
with the next one.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count, pairwise

from models.rules.document import Table, shown
from models.rules.errors import InvalidStandard
from models.rules.standard import Standard
from models.rules.work_calendar import WorkCalendar

_CLOCK = re.compile(r"([01][0-9]|2[0-3])\.([0-5][0-9])")
_A_WORKING_DAY = Standard.parse("1 hari")


@dataclass(frozen=True, slots=True)
class ReminderSettings:
    """What an office decides about how often a person is reminded.

    `spacing` is the office time, in seconds, after the first, the second and each further reminder that a person has
    not answered by acting; the first of them is the least time between any two. Once it is used up, reminders come at
    the `times` of day, on the office's clock. `very_urgent_at_night` lets the card of a report that is sangat segera
    sound while the office is closed.
    """

    spacing: tuple[int, ...] = (30 * 60, 60 * 60, 120 * 60)
    times: tuple[time, ...] = (time(7, 30), time(13))
    very_urgent_at_night: bool = False


def next_reminder(
    last: datetime, unanswered: int, *, at: datetime, calendar: WorkCalendar, settings: ReminderSettings
) -> datetime:
    """Return the earliest instant (UTC, in office time) of a person's next reminder after the one at `last`.

    `unanswered` counts the reminders since the person last acted, the one at `last` among them. `at` is the present.
    """
    soonest = calendar.opening(calendar.add(last, settings.spacing[0]))
    if unanswered <= 1 or starts_again(last, at=at, calendar=calendar):
        return soonest
    if unanswered <= len(settings.spacing):
        return calendar.opening(calendar.add(last, settings.spacing[unanswered - 1]))
    return _time_of_day(soonest, calendar, settings)


def starts_again(last: datetime, *, at: datetime, calendar: WorkCalendar) -> bool:
    """Whether the spacing starts again by itself: since `last` a whole working day brought nothing to remind of."""
    return calendar.due(last, _A_WORKING_DAY) < at


def longest_wait(at: datetime, *, calendar: WorkCalendar, settings: ReminderSettings) -> datetime:
    """Return the latest instant (UTC) until which a person who was reminded at `at` may wait for the next reminder."""
    numbers = range(1, len(settings.spacing) + 2)
    return max(next_reminder(at, number, at=at, calendar=calendar, settings=settings) for number in numbers)


def read_reminders(table: Table) -> ReminderSettings:
    """Read the table `[reminders]`; what it leaves out has its default. Problems are noted in the table's findings."""
    usual = ReminderSettings()
    settings = ReminderSettings(
        spacing=_spacing(table) or usual.spacing,
        times=_times(table) or usual.times,
        very_urgent_at_night=table.flag("very_urgent_at_night"),
    )
    table.finish()
    return settings


def _time_of_day(soonest: datetime, calendar: WorkCalendar, settings: ReminderSettings) -> datetime:
    """Return the first of the office's times of day that is not before `soonest`, on a day on which it is open then.

    A working day that is over before each of the times has one reminder at its opening.
    """
    first = soonest.astimezone(calendar.zone).date()
    days = (first + timedelta(days=number) for number in count())
    instants = (instant for day in days for instant in _instants(day, calendar, settings))
    return next(instant for instant in instants if instant >= soonest)


def _instants(day: date, calendar: WorkCalendar, settings: ReminderSettings) -> list[datetime]:
    if not calendar.is_working_day(day):
        return []
    found = [calendar.opening(datetime.combine(day, clock, calendar.zone)) for clock in settings.times]
    of_day = [instant for instant in found if instant.astimezone(calendar.zone).date() == day]
    return of_day or [calendar.opening(datetime.combine(day, time(), calendar.zone))]


def _spacing(table: Table) -> tuple[int, ...]:
    texts = table.texts("spacing", required=False)
    seconds = tuple(_duration(table, text) for text in texts)
    if any(later <= earlier for earlier, later in pairwise(seconds) if earlier and later):
        table.wrong("“spacing” does not grow. Write each time longer than the one before it.")
    return seconds


def _duration(table: Table, text: str) -> int:
    try:
        seconds = Standard.parse(text).seconds
    except InvalidStandard:
        seconds = None
    if text and not seconds:
        table.wrong(f"“spacing” lists {shown(text)}. Write minutes or hours of office time, such as 30 menit.")
    return seconds or 0


def _times(table: Table) -> tuple[time, ...]:
    found: list[time] = []
    for text in table.texts("times", required=False):
        match = _CLOCK.fullmatch(text)
        if match is None:
            table.wrong(f"“times” lists {shown(text)}, which is no time of day. Write it as 07.30.")
        elif found and time(int(match[1]), int(match[2])) < found[-1]:
            table.wrong(f"“times” lists {shown(text)} after a later time. List the times in order.")
        else:
            found.append(time(int(match[1]), int(match[2])))
    return tuple(found)
