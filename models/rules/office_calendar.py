"""The calendar of an office as it is kept: what the office file says, and what admins decided in chat beside it.

What is decided later and nearer goes first. For one day these are asked in turn, and the first that says something
decides: a day that an admin entered, a day of the office file, national holidays and cuti bersama, a season (Ramadan),
the ordinary week. A season that an admin entered takes the place of every season of the file that it overlaps.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Self
from zoneinfo import ZoneInfo

from models.rules.work_calendar import Holidays, OfficeHours, Period, Season, SpecialDay, Week, known_holidays

KEPT_YEARS = range(2020, 2041)
"""The years whose holidays are kept with a calendar, so that every process counts with the same ones."""

_CLOSED: Week = ((),) * 7
_DAY = timedelta(days=1)


class EntryKind(StrEnum):
    """What an admin's entry says of its days: that they are off, that they are worked, that other hours hold.

    `YEAR` says of a whole year that its cuti bersama are all in the calendar. It changes no day.
    """

    DAY_OFF = "day-off"
    WORKING_DAY = "working-day"
    SEASON = "season"
    YEAR = "year"


_OF_DAYS = frozenset({EntryKind.DAY_OFF, EntryKind.WORKING_DAY})


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One thing that an admin entered in chat, for the days `first` to `last` inclusive.

    `number` names it among all entries that there ever were. `reason` is its decree, and the name of a season.
    `periods` are the hours of a working day, `week` those of a season; both are empty otherwise. `by` is the number of
    the person, `at` the instant (UTC).
    """

    number: int
    kind: EntryKind
    first: date
    last: date
    reason: str
    by: int
    at: datetime
    periods: tuple[Period, ...] = ()
    week: Week = _CLOSED

    @property
    def days(self) -> list[date]:
        """The days of the entry, in order."""
        return [self.first + _DAY * number for number in range((self.last - self.first).days + 1)]

    def overlaps(self, first: date, last: date) -> bool:
        """Whether one of its days lies between `first` and `last`."""
        return first <= self.last and self.first <= last


@dataclass(frozen=True, slots=True)
class OfficeCalendar:
    """A calendar in one version: `file` is what the office file said, with holidays; `entries` are the admins'.

    Each day belongs to at most one entry that is a day off or a working day, and to at most one season and one year
    among the entries. `given` is the highest number that an entry was ever given.
    """

    file: OfficeHours
    entries: tuple[CalendarEntry, ...] = ()
    given: int = 0

    @classmethod
    def on_file(cls, hours: OfficeHours) -> Self:
        """Return the calendar of an office file, with the holidays that this program's `holidays` package knows."""
        return cls(replace(hours, holidays=tuple(map(known_holidays, KEPT_YEARS))))

    def filed(self, hours: OfficeHours) -> Self:
        """Return the calendar with another office file under the same entries."""
        return replace(self, file=self.on_file(hours).file)

    def entered(self, *entries: CalendarEntry) -> Self:
        """Return the calendar with further entries, which get their numbers here.

        An entry for days takes them from the entries for days that had them, and a season takes the place of an
        admin's season that it overlaps.
        """
        numbered = tuple(replace(one, number=self.given + place) for place, one in enumerate(entries, start=1))
        kept = self.entries
        for new in numbered:
            kept = (*(part for old in kept for part in _beside(old, new)), new)
        return replace(self, entries=kept, given=self.given + len(numbered))

    def without(self, *numbers: int) -> Self:
        """Return the calendar without the entries of these numbers."""
        return replace(self, entries=tuple(one for one in self.entries if one.number not in numbers))

    def undone(self, before: "OfficeCalendar", after: "OfficeCalendar") -> Self:
        """Return the calendar without what made `after` of `before`; what was entered since stays."""
        kept = tuple(one for one in self.entries if one in before.entries or one not in after.entries)
        back = (one for one in before.entries if one not in after.entries and one not in kept)
        return replace(self, entries=(*kept, *back))

    @property
    def hours(self) -> OfficeHours:
        """What a `WorkCalendar` is made of."""
        seasons = [one for one in self.entries if one.kind is EntryKind.SEASON]
        days = {
            day: SpecialDay(day, one.reason, one.periods)
            for one in self.entries
            if one.kind in _OF_DAYS
            for day in one.days
        }
        filed = (one for one in self.file.seasons if not any(new.overlaps(one.first, one.last) for new in seasons))
        return replace(
            self.file,
            seasons=(*(Season(one.reason, one.first, one.last, one.week) for one in seasons), *filed),
            special_days=(*(one for one in self.file.special_days if one.day not in days), *days.values()),
            confirmed_years=self.file.confirmed_years
            | {one.first.year for one in self.entries if one.kind is EntryKind.YEAR},
        )

    def written(self) -> dict[str, Any]:
        """Return the calendar as plain data, for the database."""
        file = self.file
        return {
            "zone": file.zone.key,
            "week": _week_written(file.week),
            "named_weeks": {name: _week_written(week) for name, week in file.named_weeks},
            "seasons": [
                {
                    "name": one.name,
                    **_range_written(one.first, one.last),
                    "week": _week_written(one.week),
                    "estimated": one.estimated,
                }
                for one in file.seasons
            ],
            "days": [
                {"day": one.day.isoformat(), "reason": one.reason, "periods": periods_written(one.periods)}
                for one in file.special_days
            ],
            "confirmed_years": sorted(file.confirmed_years),
            "holidays": {
                str(one.year): {"public": _days_written(one.public), "joint_leave": _days_written(one.joint_leave)}
                for one in file.holidays
            },
            "entries": [entry_written(one) for one in self.entries],
            "given": self.given,
        }

    @classmethod
    def read(cls, body: Mapping[str, Any]) -> Self:
        """Return the calendar that was `written` so. Raises `LookupError`, `TypeError` or `ValueError` for others."""
        file = OfficeHours(
            zone=ZoneInfo(body["zone"]),
            week=_week_read(body["week"]),
            seasons=tuple(
                Season(one["name"], *_range_read(one), week=_week_read(one["week"]), estimated=one["estimated"])
                for one in body["seasons"]
            ),
            special_days=tuple(
                SpecialDay(date.fromisoformat(one["day"]), one["reason"], periods_read(one["periods"]))
                for one in body["days"]
            ),
            confirmed_years=frozenset(body["confirmed_years"]),
            holidays=tuple(
                Holidays(int(year), _days_read(one["public"]), _days_read(one["joint_leave"]))
                for year, one in body["holidays"].items()
            ),
            named_weeks=tuple((name, _week_read(week)) for name, week in body["named_weeks"].items()),
        )
        return cls(file, tuple(map(entry_read, body["entries"])), body["given"])


def digest_of(body: Mapping[str, Any]) -> str:
    """Return what tells two written calendars apart: the SHA-256 of the body, as 64 hexadecimal digits."""
    canonical = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def entry_written(entry: CalendarEntry) -> dict[str, Any]:
    """Return an entry as plain data, for the database and the journal."""
    return {
        "number": entry.number,
        "kind": entry.kind.value,
        **_range_written(entry.first, entry.last),
        "reason": entry.reason,
        "by": entry.by,
        "at": entry.at.isoformat(),
        "periods": periods_written(entry.periods),
        "week": _week_written(entry.week),
    }


def entry_read(body: Mapping[str, Any]) -> CalendarEntry:
    """Return the entry that was written so."""
    first, last = _range_read(body)
    return CalendarEntry(
        number=body["number"],
        kind=EntryKind(body["kind"]),
        first=first,
        last=last,
        reason=body["reason"],
        by=body["by"],
        at=datetime.fromisoformat(body["at"]),
        periods=periods_read(body["periods"]),
        week=_week_read(body["week"]),
    )


def periods_written(periods: Iterable[Period]) -> list[str]:
    """Return periods as an office file writes them: `07.30-12.00`."""
    return [f"{one.start:%H.%M}-{one.end:%H.%M}" for one in periods]


def periods_read(texts: Iterable[str]) -> tuple[Period, ...]:
    """Return the periods that were written so."""
    return tuple(Period(*(_clock_read(clock) for clock in text.split("-"))) for text in texts)


def _beside(old: CalendarEntry, new: CalendarEntry) -> list[CalendarEntry]:
    """Return what is left of `old` beside `new`: the days of an older entry that the new one does not take."""
    alike = old.kind is new.kind or {old.kind, new.kind} == _OF_DAYS
    if not alike or not old.overlaps(new.first, new.last):
        return [old]
    if old.kind not in _OF_DAYS:
        return []
    ends = ((old.first, new.first - _DAY), (new.last + _DAY, old.last))
    return [replace(old, first=first, last=last) for first, last in ends if first <= last]


def _range_written(first: date, last: date) -> dict[str, str]:
    return {"first": first.isoformat(), "last": last.isoformat()}


def _range_read(body: Mapping[str, Any]) -> tuple[date, date]:
    return date.fromisoformat(body["first"]), date.fromisoformat(body["last"])


def _week_written(week: Week) -> list[list[str]]:
    return [periods_written(day) for day in week]


def _week_read(body: Sequence[Sequence[str]]) -> Week:
    return tuple(map(periods_read, body))


def _days_written(days: Iterable[date]) -> list[str]:
    return [day.isoformat() for day in sorted(days)]


def _days_read(body: Iterable[str]) -> frozenset[date]:
    return frozenset(map(date.fromisoformat, body))


def _clock_read(text: str) -> time:
    hour, minute = text.split(".")
    return time(int(hour), int(minute))
