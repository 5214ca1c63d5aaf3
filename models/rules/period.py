"""A span of whole days on the office's clock, and the words by which people name one. Pure."""

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

_ISO = re.compile(r"(?P<year>[12][0-9]{3})(?:-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>[0-2][0-9]|3[01]))?)?")
_DAY = timedelta(days=1)
_BETWEEN = ".."


class UnreadablePeriod(ValueError):
    """Words that name no period; `words` are these."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `first` to `last`, both counted in. Raises ValueError where `last` is the earlier."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"{self.last} comes before {self.first}")

    @classmethod
    def month(cls, day: date) -> Self:
        """Return the month that `day` lies in."""
        return cls(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))

    @classmethod
    def year(cls, day: date) -> Self:
        """Return the year that `day` lies in."""
        return cls(date(day.year, 1, 1), date(day.year, 12, 31))

    @classmethod
    def parse(cls, words: str, *, today: date) -> Self:
        """Read `2026`, `2026-10`, `2026-10-05`, two of them around `..`, or words such as `bulan-lalu`.

        Raises `UnreadablePeriod`.
        """
        named = words.strip().casefold().replace(" ", "-")
        if named in WORDS:
            return cls(*WORDS[named](today))
        first, between, last = named.partition(_BETWEEN)
        try:
            begins = cls(*_iso(first))
            ends = cls(*_iso(last)) if between else begins
            return cls(begins.first, ends.last)
        except ValueError as fault:
            raise UnreadablePeriod(words) from fault

    def starts(self, zone: ZoneInfo) -> datetime:
        """Return the first instant of the period on the clock of `zone`."""
        return datetime.combine(self.first, time(), zone)

    def ends(self, zone: ZoneInfo) -> datetime:
        """Return the first instant after the period on the clock of `zone`."""
        return datetime.combine(self.last + _DAY, time(), zone)

    def __str__(self) -> str:
        """Return the shortest words that `parse` reads as this period."""
        if self == Period.month(self.first):
            return f"{self.first:%Y-%m}"
        if self == Period.year(self.first):
            return f"{self.first:%Y}"
        if self.first == self.last:
            return self.first.isoformat()
        return f"{self.first.isoformat()}{_BETWEEN}{self.last.isoformat()}"


def month_before(day: date) -> Period:
    """Return the month before the one that `day` lies in."""
    return Period.month(day.replace(day=1) - _DAY)


def _days(period: Period) -> tuple[date, date]:
    return period.first, period.last


def _year_before(day: date) -> Period:
    return Period.year(date(day.year - 1, 1, 1))


WORDS: Mapping[str, Callable[[date], tuple[date, date]]] = {
    word: named
    for words, named in (
        (("hari-ini", "today"), lambda day: (day, day)),
        (("bulan-ini", "this-month"), lambda day: _days(Period.month(day))),
        (("bulan-lalu", "last-month"), lambda day: _days(month_before(day))),
        (("tahun-ini", "this-year"), lambda day: _days(Period.year(day))),
        (("tahun-lalu", "last-year"), lambda day: _days(_year_before(day))),
    )
    for word in words
}
"""The words for a period, each with its first and last day as seen from today."""


def _iso(words: str) -> tuple[date, date]:
    """Return the first and the last day of a year, a month or a day. Raises ValueError for what is none."""
    match = _ISO.fullmatch(words)
    if match is None:
        raise ValueError(words)
    year = int(match["year"])
    if match["month"] is None:
        return _days(Period.year(date(year, 1, 1)))
    if match["day"] is None:
        return _days(Period.month(date(year, int(match["month"]), 1)))
    day = date(year, int(match["month"]), int(match["day"]))
    return day, day
