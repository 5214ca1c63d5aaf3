"""Office time by walking: minute after minute over the weeks of the crash tests, as slowly as a person with a calendar.

The weeks are walked once; what is noted on the way are the minutes at which the office opens or closes. It knows the
hours of the packaged office and one stretch of weeks without a holiday, and nothing of the program's own calendar,
which it is there to contradict.
"""

from bisect import bisect_right
from datetime import date, datetime, time, timedelta, timezone
from functools import cache

WITA = timezone(timedelta(hours=8))
FIRST, LAST = date(2026, 11, 23), date(2026, 12, 23)
"""The weeks it knows, first and last day included; none of these days is a holiday."""

_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)
_NORMAL = ((450, 720), (780, 960))
_FRIDAY = ((450, 690), (780, 990))
"""Open periods in minutes since midnight: 07.30-12.00 and 13.00-16.00; Friday 07.30-11.30 and 13.00-16.30."""


def periods(day: date) -> tuple[tuple[int, int], ...]:
    """Return the open periods of one day. Raises `ValueError` outside the weeks it knows."""
    if not FIRST <= day <= LAST:
        message = f"{day} is outside the weeks this calendar knows"
        raise ValueError(message)
    if day.weekday() >= 5:
        return ()
    return _FRIDAY if day.weekday() == 4 else _NORMAL


def is_open(at: datetime) -> bool:
    """Whether the office works at `at`; a closing itself is closed."""
    local = at.astimezone(WITA)
    minute = local.hour * 60 + local.minute
    return any(start <= minute < end for start, end in periods(local.date()))


@cache
def _turns() -> list[datetime]:
    """Walk through all weeks; returns the minutes at which the office opens or closes, and the end of the last day."""
    at, end = (datetime.combine(day, time.min, WITA) for day in (FIRST, LAST + _DAY))
    turns, opened = [], False
    while at < end:
        if is_open(at) != opened:
            opened = not opened
            turns.append(at)
        at += _MINUTE
    return [*turns, end]


def _next_turn(at: datetime) -> datetime:
    """Return when the office opens or closes next after `at`. Raises `ValueError` outside the weeks it knows."""
    following = bisect_right(_turns(), at)
    if following == len(_turns()):
        message = f"{at} is outside the weeks this calendar knows"
        raise ValueError(message)
    return _turns()[following]


@cache
def passed(start: datetime, seconds: float) -> datetime:
    """Return the instant by which `seconds` of office time have passed since `start`; it may be a closing."""
    at, left = start, seconds
    while left > 0:
        following = _next_turn(at)
        if is_open(at):
            walked = min(left, (following - at).total_seconds())
            at, left = at + timedelta(seconds=walked), left - walked
        else:
            at = following
    return at


@cache
def reached(start: datetime, seconds: float) -> datetime:
    """Return the first instant inside office time by which `seconds` of office time have passed since `start`."""
    at = passed(start, seconds)
    return at if is_open(at) else _next_turn(at)


@cache
def worked(start: datetime, end: datetime) -> float:
    """Return the seconds of office time from `start` to `end`, 0 where `end` is not later."""
    at, seconds = start, 0.0
    while at < end:
        following = min(_next_turn(at), end)
        seconds += (following - at).total_seconds() if is_open(at) else 0
        at = following
    return seconds


@cache
def days_later(start: datetime, days: int) -> datetime:
    """Return the same time of day `days` working days later; where the office is closed then, the closing before."""
    local = reached(start, 0).astimezone(WITA)
    at = local
    for _ in range(days):
        at += _DAY
        while not periods(at.date()):
            at += _DAY
    minute = at.hour * 60 + at.minute
    if not is_open(at):
        closing = max(end for _, end in periods(at.date()) if end <= minute)
        at = at.replace(hour=closing // 60, minute=closing % 60, second=0, microsecond=0)
    return at
