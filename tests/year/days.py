"""Office time, counted by a table of days. It is read from the office file, and knows nothing of the program's own.

Instants are in UTC. A calendar that changes is a new table from an instant on (`Almanac`).
"""

import tomllib
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

import holidays

Span = tuple[datetime, datetime]
Hours = tuple[tuple[time, time], ...]

DAY = timedelta(days=1)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True)
class Season:
    """Days, first and last included, on which another week of hours holds."""

    first: date
    last: date
    week: tuple[Hours, ...]


@dataclass(frozen=True)
class Days:
    """One calendar: which hours each day has. `entered` are the days that admins decided, `()` where one is off."""

    zone: ZoneInfo
    week: tuple[Hours, ...]
    seasons: tuple[Season, ...]
    off: frozenset[date]
    entered: dict[date, Hours] = field(default_factory=dict)
    _spans: dict[date, tuple[Span, ...]] = field(default_factory=dict)

    @classmethod
    def on_file(cls, path: Path, years: range) -> "Days":
        """Return the calendar of an office file, with the holidays that the package knows."""
        filed = tomllib.loads(path.read_text(encoding="utf-8"))
        weeks = {name: _week(hours) for name, hours in filed["hours"].items()}
        seasons = tuple(Season(one["first"], one["last"], weeks[one["hours"]]) for one in filed["seasons"])
        off = holidays.country_holidays("ID", years=years, categories=("public", "government"))
        return cls(ZoneInfo(filed["zone"]), weeks["normal"], seasons, frozenset(off))

    def with_days(self, days: dict[date, Hours]) -> "Days":
        """Return the calendar after an admin has decided some days."""
        return replace(self, entered={**self.entered, **days}, _spans={})

    def with_season(self, season: Season) -> "Days":
        """Return the calendar after an admin has decided a season; those of the file that it meets are gone."""
        apart = (one for one in self.seasons if one.last < season.first or season.last < one.first)
        return replace(self, seasons=(*apart, season), _spans={})

    def local(self, at: datetime) -> datetime:
        """Return an instant as the clock on the wall shows it."""
        return at.astimezone(self.zone)

    def midnight(self, day: date) -> datetime:
        """Return the instant at which a day begins."""
        return datetime.combine(day, time(), self.zone).astimezone(UTC)

    def spans(self, day: date) -> tuple[Span, ...]:
        """Return when the office is open on a day."""
        if day not in self._spans:
            self._spans[day] = tuple(
                (self._instant(day, opens), self._instant(day, closes)) for opens, closes in self._hours(day)
            )
        return self._spans[day]

    def is_open(self, at: datetime) -> bool:
        """Whether the office is open; at a closing it is not."""
        return any(opens <= at < closes for opens, closes in self.spans(self.local(at).date()))

    def opening(self, at: datetime) -> datetime:
        """Return `at` while the office is open, else the next opening."""
        first = self.local(at).date()
        days = (first + DAY * number for number in count())
        return next(max(at, opens) for day in days for opens, closes in self.spans(day) if at < closes)

    def closing(self, at: datetime) -> datetime:
        """Return `at` while the office is open, else the closing before it."""
        first = self.local(at).date()
        days = (first - DAY * number for number in count())
        turned = (span for day in days for span in reversed(self.spans(day)))
        return next(min(at, closes) for opens, closes in turned if opens <= at)

    def worked(self, start: datetime, end: datetime) -> int:
        """Return the seconds of office time from `start` to `end`, 0 where `end` is not later."""
        day, last, seconds = self.local(start).date(), self.local(end).date(), 0.0
        while day <= last:
            for opens, closes in self.spans(day):
                seconds += max(0.0, (min(closes, end) - max(opens, start)).total_seconds())
            day += DAY
        return round(seconds)

    def add(self, start: datetime, seconds: int) -> datetime:
        """Return the first instant by which so many seconds were worked since `start`; it may be a closing."""
        if seconds == 0:
            return self.opening(start)
        left, day = seconds, self.local(start).date()
        while True:
            for opens, closes in self.spans(day):
                begins = max(opens, start)
                here = (closes - begins).total_seconds()
                if here >= left:
                    return begins + timedelta(seconds=left)
                left -= max(0, round(here))
            day += DAY

    def due(self, opened: datetime, standard: str) -> datetime:
        """Return the deadline of what was opened at `opened` and may take `standard`, as the SOP writes it."""
        amount, unit = standard.split()
        if unit != "hari":
            return self.add(opened, int(amount) * {"menit": 60, "jam": 3600}[unit])
        local, left = self.local(self.opening(opened)), int(amount)
        day = local.date()
        while left:
            day += DAY
            left -= bool(self.spans(day))
        return self.closing(datetime.combine(day, local.time(), self.zone).astimezone(UTC))

    def _hours(self, day: date) -> Hours:
        if day in self.entered:
            return self.entered[day]
        if day in self.off:
            return ()
        season = next((one for one in self.seasons if one.first <= day <= one.last), None)
        return (season.week if season is not None else self.week)[day.weekday()]

    def _instant(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, self.zone).astimezone(UTC)


@dataclass
class Almanac:
    """The calendars of an office, each from the instant at which it came into force."""

    versions: list[tuple[datetime, Days]]

    @property
    def now(self) -> Days:
        """The newest calendar."""
        return self.versions[-1][1]

    def at(self, at: datetime) -> Days:
        """Return the calendar that was in force at an instant."""
        return next(days for since, days in reversed(self.versions) if since <= at)

    def changed(self, at: datetime, days: Days) -> None:
        """Note another calendar from `at` on."""
        self.versions.append((at, days))


def _week(hours: dict[str, list[str]]) -> tuple[Hours, ...]:
    return tuple(tuple(_span(text) for text in hours.get(day, ())) for day in _WEEKDAYS)


def _span(text: str) -> tuple[time, time]:
    opens, closes = (time.fromisoformat(one.replace(".", ":")) for one in text.split("-"))
    return opens, closes
