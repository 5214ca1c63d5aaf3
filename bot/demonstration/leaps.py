"""The buttons that move the clock: by minutes, to the office's next hours, to tomorrow morning."""

from collections.abc import Awaitable, Callable
from datetime import datetime, time, timedelta

from bot.clock import MovableClock
from bot.sandbox.cast import ClockControl
from models.rules.work_calendar import WorkCalendar

TEN_MINUTES, ONE_HOUR, NEXT_HOURS, TOMORROW = "+10 menit", "+1 jam", "jam kerja berikutnya", "besok 08.00"
"""The labels of the buttons."""

_MORNING = time(8)


def next_hours(calendar: WorkCalendar, at: datetime) -> datetime:
    """Return when the office opens next after `at`: after the break, else on the next working day."""
    local = at.astimezone(calendar.zone)
    for period in calendar.periods(local.date()):
        if period.start <= local.time() < period.end:
            return calendar.opening(datetime.combine(local.date(), period.end, calendar.zone))
    return calendar.opening(at)


def tomorrow(calendar: WorkCalendar, at: datetime) -> datetime:
    """Return 08.00 of the next day in the office's zone, be it a day off or not."""
    day = at.astimezone(calendar.zone).date() + timedelta(days=1)
    return datetime.combine(day, _MORNING, calendar.zone)


def leaps(clock: MovableClock, calendar: Callable[[], Awaitable[WorkCalendar]]) -> list[ClockControl]:
    """Return the buttons that move `clock`, by the `calendar` as it is when one is pressed."""

    def by(span: timedelta) -> Callable[[], Awaitable[None]]:
        async def press() -> None:
            clock.advance(span)

        return press

    def to(instant: Callable[[WorkCalendar, datetime], datetime]) -> Callable[[], Awaitable[None]]:
        async def press() -> None:
            clock.jump_to(instant(await calendar(), clock.now()))

        return press

    return [
        ClockControl(TEN_MINUTES, by(timedelta(minutes=10))),
        ClockControl(ONE_HOUR, by(timedelta(hours=1))),
        ClockControl(NEXT_HOURS, to(next_hours)),
        ClockControl(TOMORROW, to(tomorrow)),
    ]
