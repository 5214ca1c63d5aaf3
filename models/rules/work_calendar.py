"""The working time of one office: exact to the second, immutable, in O(log n) per question.

Let W(t) be the office time worked up to t. W never falls, and stands still while the office is closed. Then
between(a, b) = W(b) - W(a), and add(t, s) is the first instant u >= t with W(u) - W(t) = s; so
between(t, add(t, s)) == s for every t and every s >= 0.

Instants are aware datetimes in any zone, counted in whole seconds (fractions are dropped); the instants returned are in
UTC. A naive datetime raises TypeError. Years are laid out when first asked for, so no year is ever missing; public
holidays and cuti bersama come from the `holidays` package as far as it knows them (see `unknown_years`).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, time, timedelta
from functools import cache
from itertools import accumulate
from zoneinfo import ZoneInfo

from models.rules.errors import OutsideCalendar
from models.rules.indonesian_holidays import holidays_of
from models.rules.standard import Standard

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """Office hours without a break, [start, end) on the office's clock."""

    start: time
    end: time

    @property
    def length(self) -> timedelta:
        """How long the period is."""
        return datetime.combine(date.min, self.end) - datetime.combine(date.min, self.start)


Week = tuple[tuple[Period, ...], ...]
"""The periods of Monday to Sunday, seven entries, each in order and without overlap; an empty one is a day off."""


@dataclass(frozen=True, slots=True)
class Season:
    """Days, `first` to `last` inclusive, with a week of their own (Ramadan).

    `estimated` says that the government has not decided the days yet. They count all the same.
    """

    name: str
    first: date
    last: date
    week: Week
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """One day whose periods the office itself decides, over seasons and holidays; no periods means a day off."""

    day: date
    reason: str
    periods: tuple[Period, ...]


@dataclass(frozen=True, slots=True)
class Holidays:
    """The days off of one year for everybody: national holidays, and the government's joint leave (cuti bersama)."""

    year: int
    public: frozenset[date]
    joint_leave: frozenset[date]


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """When an office works: the data a `WorkCalendar` is made of.

    `week` has at least one period; seasons do not overlap; special days differ. `confirmed_years` are the years whose
    cuti bersama the office has entered or checked itself. `holidays` are those of years that are kept with the rest;
    the `holidays` package tells those of other years. `named_weeks` are the weeks that a season may follow, by name.
    """

    zone: ZoneInfo
    week: Week
    seasons: tuple[Season, ...] = ()
    special_days: tuple[SpecialDay, ...] = ()
    confirmed_years: frozenset[int] = frozenset()
    holidays: tuple[Holidays, ...] = ()
    named_weeks: tuple[tuple[str, Week], ...] = ()

    @property
    def weekly(self) -> timedelta:
        """The office time of an ordinary week, without holidays and outside seasons."""
        return sum((period.length for day in self.week for period in day), timedelta())


class WorkCalendar:
    """Answers how much office time passes, and when an amount of it will have passed."""

    def __init__(self, hours: OfficeHours) -> None:
        if not any(hours.week):
            message = "an office without a single period in its week never opens"
            raise ValueError(message)
        self.hours = hours
        self._special = {special.day: special.periods for special in hours.special_days}
        self._holidays = {kept.year: kept for kept in hours.holidays}
        self._years: dict[int, _Year] = {}

    @property
    def zone(self) -> ZoneInfo:
        """The office's time zone."""
        return self.hours.zone

    def between(self, start: datetime, end: datetime) -> int:
        """Return the office seconds from `start` to `end`; negative when `end` is the earlier."""
        first, last = _stamp(start), _stamp(end)
        if last < first:
            return -self.between(end, start)
        years = range(self._year_of(start), self._year_of(end) + 1)
        worked = sum(self._year(year).total for year in years[:-1])
        return worked + self._year(years[-1]).worked(last) - self._year(years[0]).worked(first)

    def add(self, start: datetime, seconds: int) -> datetime:
        """Return the first instant, not before `start`, by which `seconds` of office time have passed since `start`.

        Zero seconds give the next working instant. The result may be a closing: the last second of a period is worked
        when the period ends. Raises ValueError for negative seconds, `OutsideCalendar` past the year 9999.
        """
        if seconds < 0:
            message = f"office time cannot be added backwards: {seconds} s"
            raise ValueError(message)
        if seconds == 0:
            return self.opening(start)
        number = self._year_of(start)
        wanted = self._year(number).worked(_stamp(start)) + seconds
        while wanted > self._year(number).total:
            wanted -= self._year(number).total
            number = self._next(number, 1, start)
        return _instant(self._year(number).reached(wanted))

    def due(self, opened: datetime, standard: Standard) -> datetime:
        """Return the deadline of a step opened at `opened`; opened while closed, it counts from the next opening.

        Minutes and hours are office time. "n hari" is the same clock time on the n-th following working day; where the
        office is closed then, the closing before it.
        """
        seconds = standard.seconds
        if seconds is not None:
            return self.add(opened, seconds)
        local = self._local(self.opening(opened))
        day = self._working_day_after(local.date(), standard.amount, opened)
        return self.closing(datetime.combine(day, local.time(), self.zone))

    def late(self, due: datetime, at: datetime) -> int:
        """Return the office seconds `at` lies past the deadline `due`; 0 when on time."""
        return max(0, self.between(due, at))

    def is_open(self, at: datetime) -> bool:
        """Whether the office works at this instant; a closing itself is closed."""
        return self._year(self._year_of(at)).opening(_stamp(at)) == _stamp(at)

    def opening(self, at: datetime) -> datetime:
        """Return `at` itself while the office is open, else the next opening."""
        number = self._year_of(at)
        while (found := self._year(number).opening(_stamp(at))) is None:
            number = self._next(number, 1, at)
        return _instant(found)

    def closing(self, at: datetime) -> datetime:
        """Return `at` itself while the office is open, else the closing before it."""
        number = self._year_of(at)
        while (found := self._year(number).closing(_stamp(at))) is None:
            number = self._next(number, -1, at)
        return _instant(found)

    def working_days(self, start: datetime, end: datetime) -> int:
        """Return how many whole "hari" fit between: the largest n for which n hari from `start` are over by `end`.

        Over in office time, that is; what is left is `between(due(start, n hari), end)`. 0 when `end` is not after
        `start`.
        """
        local = self._local(self.opening(start))
        last = self._local(self.opening(end)).date()
        count = self._days_until(local.date(), last)
        if count <= 0:
            return 0
        reached = datetime.combine(self._working_day_after(local.date(), count, start), local.time(), self.zone)
        return count if self.between(reached, end) >= 0 else count - 1

    def is_working_day(self, day: date) -> bool:
        """Whether the office works at all on this day."""
        return bool(self.periods(day))

    def periods(self, day: date) -> tuple[Period, ...]:
        """Return the office hours of one day, none on a day off."""
        special = self._special.get(day)
        if special is not None:
            return special
        if self.is_holiday(day):
            return ()
        for season in self.hours.seasons:
            if season.first <= day <= season.last:
                return season.week[day.weekday()]
        return self.hours.week[day.weekday()]

    def is_holiday(self, day: date) -> bool:
        """Whether this day is a national holiday or cuti bersama, whatever the office itself decided about it."""
        kept = self._holidays_of(day.year)
        return day in kept.public or day in kept.joint_leave

    def unknown_years(self, start: datetime, end: datetime) -> tuple[int, ...]:
        """Return the years from `start` to `end` whose cuti bersama is unknown, on the office's clock, in order.

        Unknown are the years for which the `holidays` package lists none and which the office has not confirmed. The
        calendar goes on with what is known; the admin should be told.
        """
        return tuple(
            year
            for year in range(self._year_of(start), self._year_of(end) + 1)
            if year not in self.hours.confirmed_years and not self._holidays_of(year).joint_leave
        )

    def _holidays_of(self, year: int) -> Holidays:
        return self._holidays.get(year) or known_holidays(year)

    def _local(self, at: datetime) -> datetime:
        if at.tzinfo is None:
            message = f"an instant needs a time zone: {at!r}"
            raise TypeError(message)
        try:
            return at.astimezone(self.zone)
        except OverflowError as fault:
            raise OutsideCalendar(at) from fault

    def _year_of(self, at: datetime) -> int:
        return self._local(at).year

    def _year(self, number: int) -> "_Year":
        year = self._years.get(number)
        if year is None:
            year = self._years[number] = _Year(self, number)
        return year

    def _next(self, number: int, step: int, at: datetime) -> int:
        if not MINYEAR < number + step < MAXYEAR:
            raise OutsideCalendar(at)
        return number + step

    def _working_day_after(self, day: date, count: int, at: datetime) -> date:
        number = day.year
        wanted = bisect_right(self._year(number).days, day) + count
        while wanted > len(self._year(number).days):
            wanted -= len(self._year(number).days)
            number = self._next(number, 1, at)
        return self._year(number).days[wanted - 1]

    def _days_until(self, day: date, last: date) -> int:
        if last <= day:
            return 0
        whole = sum(len(self._year(number).days) for number in range(day.year, last.year))
        return whole + bisect_right(self._year(last.year).days, last) - bisect_right(self._year(day.year).days, day)


class _Year:
    """The periods of one year of the office's clock, as seconds since 1970, with their running total."""

    __slots__ = ("_ends", "_starts", "_sums", "days", "total")

    def __init__(self, calendar: WorkCalendar, number: int) -> None:
        self.days: list[date] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        for day in _days_of(number):
            periods = calendar.periods(day)
            if periods:
                self.days.append(day)
            for period in periods:
                start = _stamp(datetime.combine(day, period.start, calendar.zone))
                end = _stamp(datetime.combine(day, period.end, calendar.zone))
                self._starts.append(start)
                self._ends.append(end)
        lengths = (end - start for start, end in zip(self._starts, self._ends, strict=True))
        self._sums = list(accumulate(lengths, initial=0))
        self.total = self._sums[-1]

    def worked(self, stamp: int) -> int:
        """Return the seconds worked from the start of the year up to `stamp`."""
        started = bisect_right(self._starts, stamp)
        return self._sums[started] - max(0, self._ends[started - 1] - stamp) if started else 0

    def reached(self, seconds: int) -> int:
        """Return the first instant by which `seconds` have been worked this year, 1 to `total`."""
        index = bisect_left(self._sums, seconds) - 1
        return self._starts[index] + seconds - self._sums[index]

    def opening(self, stamp: int) -> int | None:
        """Return `stamp` inside a period, else the next start; None when the year has no more."""
        index = bisect_right(self._ends, stamp)
        return max(stamp, self._starts[index]) if index < len(self._starts) else None

    def closing(self, stamp: int) -> int | None:
        """Return `stamp` inside a period, else the end before it; None when the year has none yet."""
        index = bisect_right(self._starts, stamp)
        return min(stamp, self._ends[index - 1]) if index else None


def _stamp(at: datetime) -> int:
    return (at - _EPOCH) // _SECOND


def _instant(stamp: int) -> datetime:
    return _EPOCH + stamp * _SECOND


def _days_of(number: int) -> Iterator[date]:
    first = date(number, 1, 1)
    return (first + _DAY * offset for offset in range((date(number, 12, 31) - first).days + 1))


@cache
def holiday_names(year: int) -> dict[date, str]:
    """Return what the `holidays` package calls the holidays of a year, in Indonesian."""
    return dict(holidays_of(year, ("public", "government"), language="id"))


@cache
def known_holidays(year: int) -> Holidays:
    """Return the holidays of a year as the `holidays` package of this program knows them."""
    public = holidays_of(year, ("public",))
    joint_leave = holidays_of(year, ("government",))
    return Holidays(year, frozenset(public), frozenset(joint_leave))
