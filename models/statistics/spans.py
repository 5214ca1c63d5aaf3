"""The spans that are tallied, and how a period is covered by them: whole years, whole months, and days at its edges."""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from models.rules.period import Period

_HUNDRED = 100


def spans_with(day: date) -> tuple[int, int, int]:
    """Return the year, the month and the day itself that a day falls into, as `Tally.span` names them."""
    year = day.year
    month = year * _HUNDRED + day.month
    return year, month, month * _HUNDRED + day.day


def day_of(span: int) -> date:
    """Return the day that a span of a day names."""
    month, day = divmod(span, _HUNDRED)
    return date(*divmod(month, _HUNDRED), day)


@dataclass(frozen=True, slots=True)
class Covered:
    """A period as spans that are tallied, and as the times of days of which nothing is tallied yet."""

    spans: tuple[int, ...]
    edges: tuple[tuple[datetime, datetime], ...]

    @classmethod
    def of(cls, period: Period, zone: ZoneInfo, untallied: Container[date]) -> Self:
        """Return how a period is covered, with the longest spans that lie in it. The `untallied` are days."""
        spans, edges = list[int](), list[Period]()
        for part in _parts(period):
            year, month, day = spans_with(part.first)
            if part == Period.year(part.first):
                spans.append(year)
            elif part == Period.month(part.first):
                spans.append(month)
            elif part.first not in untallied:
                spans.append(day)
            elif edges and edges[-1].last + _DAY == part.first:
                edges[-1] = Period(edges[-1].first, part.last)
            else:
                edges.append(part)
        return cls(tuple(spans), tuple((one.starts(zone), one.ends(zone)) for one in edges))


_DAY = timedelta(days=1)


def _parts(period: Period) -> Iterator[Period]:
    """Cut a period into whole years, whole months, and days."""
    day = period.first
    while day <= period.last:
        longest = (Period.year(day), Period.month(day))
        whole = (one for one in longest if one.first == day and one.last <= period.last)
        part = next(whole, Period(day, day))
        yield part
        if part.last == date.max:
            return
        day = part.last + _DAY
