"""What a calendar does not know of the time ahead, and when the admins are asked for it. Pure: data in, days out.

A year's cuti bersama and the dates of a Ramadan are decided by the government, mostly a few months before. Here is only
counted when to ask: when a Ramadan may be expected is never used for a deadline.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from typing import assert_never

from models.rules.indonesian_holidays import holidays_of
from models.rules.work_calendar import Season, WorkCalendar

ASKED_BEFORE = (60, 14)
"""How many days before it matters the admins are asked, the earliest first. Each time they are asked once."""

_FEAST, _SECOND = "Eid al-Fitr", "Second"
_RAMADAN = timedelta(days=30)
_DAY = timedelta(days=1)
_HIJRA = date(622, 7, 19)
_HIJRI_YEAR = 354.36707


class Gap(StrEnum):
    """The kinds of what is not known: a year's cuti bersama, a Ramadan's dates, a season that is an estimate."""

    CUTI_BERSAMA = "cuti-bersama"
    RAMADAN = "ramadan"
    ESTIMATE = "estimate"


@dataclass(frozen=True, slots=True)
class Unknown:
    """Something that the calendar does not know. It matters from `first` to `last`, in part as an estimate.

    `name` is the year, the Ramadan with its year (H), or the season.
    """

    gap: Gap
    name: str
    first: date
    last: date

    def __str__(self) -> str:
        """Return it in words for an operator."""
        match self.gap:
            case Gap.CUTI_BERSAMA:
                return f"cuti bersama of {self.name}"
            case Gap.RAMADAN:
                return f"{self.name}, expected from about {self.first}"
            case Gap.ESTIMATE:
                return f"{self.name}, of which {self.first} to {self.last} is an estimate"
            case _:
                assert_never(self.gap)

    def asked_at(self, day: date) -> int | None:
        """Return which of `ASKED_BEFORE` it is asked for on this day: the latest that has come. None before all.

        An estimate is asked for only the last time: nothing better is known earlier.
        """
        ahead = (self.first - day).days
        stages = ASKED_BEFORE[-1:] if self.gap is Gap.ESTIMATE else ASKED_BEFORE
        return min((stage for stage in stages if ahead <= stage), default=None)


def unknown_days(calendar: WorkCalendar, day: date) -> tuple[Unknown, ...]:
    """Return what is not known on `day` and is to be asked for by now, in the order in which it matters."""
    found = (*_years(calendar, day), *_ramadans(calendar, day), *_estimates(calendar, day))
    due = (one for one in found if one.last >= day and one.asked_at(day) is not None)
    return tuple(sorted(due, key=lambda one: (one.first, one.gap, one.name)))


def _years(calendar: WorkCalendar, day: date) -> Iterator[Unknown]:
    until = day + timedelta(days=ASKED_BEFORE[0])
    start, end = (datetime.combine(one, time(12), calendar.zone) for one in (day, until))
    for year in calendar.unknown_years(start, end):
        yield Unknown(Gap.CUTI_BERSAMA, str(year), date(year, 1, 1), date(year, 12, 31))


def _ramadans(calendar: WorkCalendar, day: date) -> Iterator[Unknown]:
    for one in expected_ramadans(day.year) + expected_ramadans(day.year + 1):
        # The middle lies within the true dates, which may begin and end a day or two beside the expected ones.
        middle = one.first + _RAMADAN / 2
        if not any(season.first <= middle <= season.last for season in calendar.hours.seasons):
            yield one


def _estimates(calendar: WorkCalendar, day: date) -> Iterator[Unknown]:
    estimated = (season for season in calendar.hours.seasons if season.estimated)
    yield from (_unconfirmed(season) for season in estimated if season.last >= day)


def _unconfirmed(season: Season) -> Unknown:
    return Unknown(Gap.ESTIMATE, season.name, season.first, season.last)


@cache
def expected_ramadans(year: int) -> tuple[Unknown, ...]:
    """Return the Ramadans that end in this year, as computed: a day or two beside what the government will decide.

    They are counted back from Idul Fitri, which the `holidays` package computes. There are none for a year that it does
    not compute.
    """
    days = holidays_of(year, ("public",), language="en_US").items()
    feasts = sorted(day for day, name in days if _FEAST in name and _SECOND not in name)
    return tuple(_ending_before(feast) for feast in feasts)


def _ending_before(feast: date) -> Unknown:
    first = feast - _RAMADAN
    hijri = int((first - _HIJRA).days / _HIJRI_YEAR) + 1
    return Unknown(Gap.RAMADAN, f"Ramadan {hijri} H", first, feast - _DAY)
