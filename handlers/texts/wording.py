"""The wording of instants, standards and lists, in one language. Instants are given in the office's zone."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, get_timezone_name
from babel.lists import format_list
from babel.localedata import exists
from babel.units import format_unit
from markupsafe import Markup

from models.rules.complete import complete
from models.rules.standard import Standard, StandardUnit

INDONESIAN = "id"
"""The language of the office, and of every reader whose language the catalogue does not have."""

_UNITS: Mapping[StandardUnit, str] = complete(
    StandardUnit, {StandardUnit.MINUTES: "minute", StandardUnit.HOURS: "hour", StandardUnit.DAYS: "day"}
)
"""The name that Babel has for each unit of a standard."""


_KEPT = 2_048
"""Wordings of instants and of amounts that are kept: a card and its next drawing have mostly the same."""


class Wording:
    """The words of one language for time, in one zone.

    The words come from the Unicode locale data, and are Indonesian where it does not have the language.
    """

    def __init__(self, language: str, zone: ZoneInfo) -> None:
        self._language = language if exists(language) else INDONESIAN
        self._zone = zone

    def clock(self, at: datetime) -> str:
        """Return the time of day, such as `09.14 WITA`."""
        return f"{self._format(at, 'HH.mm')} {self._zone_name(at)}"

    def moment(self, at: datetime, *, now: datetime) -> str:
        """Return the time of day, with the day where that is not the day of `now`: `Sel 24 Nov 09.14 WITA`."""
        same_day = at.astimezone(self._zone).date() == now.astimezone(self._zone).date()
        return self.clock(at) if same_day else self.stamp(at)

    def brief(self, at: datetime, *, now: datetime) -> str:
        """Return `moment` without the name of the zone, for a line below others that name it: `Sel 24 Nov 09.14`."""
        same_day = at.astimezone(self._zone).date() == now.astimezone(self._zone).date()
        return self._format(at, "HH.mm" if same_day else "EEE d MMM HH.mm")

    def of_list(self, at: datetime) -> str:
        """Return the time of day before its day, for a list that may stand for days: `14.05, Sen 23 Nov`."""
        return self._format(at, "HH.mm, EEE d MMM")

    def stamp(self, at: datetime) -> str:
        """Return the time with its day, true however long a message stands: `Sen 23 Nov 09.14 WITA`."""
        return f"{self._format(at, 'EEE d MMM HH.mm')} {self._zone_name(at)}"

    def day(self, at: datetime) -> str:
        """Return the full date, such as `Senin, 23 November 2026`."""
        return self._format(at, "EEEE, d MMMM y")

    def long_date(self, day: date) -> str:
        """Return a date without its day of the week, such as `8 Februari 2027`."""
        return self._date(day, "d MMMM y")

    def month(self, day: date) -> str:
        """Return the month that a day lies in, with its year: `Oktober 2026`."""
        return self._date(day, "MMMM y")

    def month_of(self, day: date) -> str:
        """Return `month` in short, for a button: `Okt 2026`."""
        return self._date(day, "MMM y")

    def days(self, first: date, last: date) -> str:
        """Return a day, or a range of days: `26 Nov`, `24–31 Des`, `28 Des–2 Jan`."""
        if first == last:
            return self._date(first, "d MMM")
        same_month = (first.year, first.month) == (last.year, last.month)
        return f"{self._date(first, 'd' if same_month else 'd MMM')}–{self._date(last, 'd MMM')}"

    def dated(self, day: date) -> str:
        """Return a day with its weekday and its year: `Kam 26 Nov 2026`."""
        return self._date(day, "EEE d MMM y")

    def weekdays(self, first: int, last: int) -> str:
        """Return a weekday, counted from Monday as 0, or a range of them: `Sen`, `Sen–Kam`."""
        # Any Monday tells the names.
        names = [self._date(date(2024, 1, 1 + day), "EEE") for day in (first, last)]
        return names[0] if first == last else "–".join(names)

    def live(self, at: datetime) -> Markup:
        """Return `stamp` as a `tg-time`: Telegram's clients tell the instant in the reader's own zone when tapped."""
        return Markup('<tg-time unix="{}">{}</tg-time>').format(int(at.timestamp()), self.stamp(at))

    def standard(self, standard: Standard) -> str:
        """Return a mutu baku waktu, such as `30 menit` or `2 hari`."""
        return self.amount(standard.amount, standard.unit)

    def amount(self, amount: int, unit: StandardUnit) -> str:
        """Return an amount of office time, which may be greater than a mutu baku waktu can be: `56.661 jam`."""
        return self._unit(amount, _UNITS[unit])

    def join(self, words: list[str]) -> str:
        """Return `words` as a list in a sentence."""
        return format_list(words, style="standard", locale=self._language) if words else ""

    def _unit(self, amount: int, unit: str) -> str:
        return _unit(amount, unit, self._language)

    def _format(self, at: datetime, pattern: str) -> str:
        return _instant(at, self._zone, pattern, self._language)

    def _date(self, day: date, pattern: str) -> str:
        return format_date(day, pattern, locale=self._language)

    def _zone_name(self, at: datetime) -> str:
        local = at.astimezone(self._zone)
        return local.tzname() or get_timezone_name(local, "short", locale=self._language)


@lru_cache(_KEPT)
def _unit(amount: int, unit: str, language: str) -> str:
    return format_unit(amount, f"duration-{unit}", length="long", locale=language)


@lru_cache(_KEPT)
def _instant(at: datetime, zone: ZoneInfo, pattern: str, language: str) -> str:
    return format_datetime(at.astimezone(zone), pattern, locale=language)
