"""Days and hours as an admin types them: `26-11-2026`, `24 s.d. 26 Desember 2026`, `07.30-12.00, 13.00-16.00`."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta

from models.administration.calendar_entries import BACK, DayFault
from models.refusals.calendar import CalendarDayInvalid
from models.rules.work_calendar import Period, Week

_MONTHS: Mapping[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "jan januari january",
            "feb februari pebruari february",
            "mar maret march",
            "apr april",
            "mei may",
            "jun juni june",
            "jul juli july",
            "agu agt ags aug agustus august",
            "sep sept september",
            "okt oct oktober october",
            "nov november nopember",
            "des dec desember december",
        ),
        start=1,
    )
    for name in names.split()
}
_WEEKDAYS: Mapping[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "senin sen monday",
            "selasa sel tuesday",
            "rabu rab wednesday",
            "kamis kam thursday",
            "jumat jum'at jum friday",
            "sabtu sab saturday",
            "minggu min ahad sunday",
        )
    )
    for name in names.split()
}
_NAMED = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAYNAME = "|".join(sorted(_WEEKDAYS, key=len, reverse=True))
_TO = r"\s*(?:s\.?\s?/?\s?d\.?|sampai(?:\s+dengan)?|hingga|to|–|—|-)\s*"
_YEAR = r"(?P<y{0}>\d{{4}})"
_ISO = r"(?P<yi{0}>\d{{4}})-(?P<mi{0}>\d{{1,2}})-(?P<di{0}>\d{{1,2}})(?!\d)"
_NUMERIC = r"(?P<dn{0}>\d{{1,2}})\s?[-/.]\s?(?P<mn{0}>\d{{1,2}})(?:\s?[-/.]\s?(?P<yn{0}>\d{{4}}))?(?![-/.]?\d)"
_WORDED = r"(?P<dw{0}>\d{{1,2}})\s+(?P<mw{0}>" + _NAMED + r")\b\.?(?:\s+(?P<yw{0}>\d{{4}})(?!\d))?"
_LEAD = r"\s*(?:(?:tanggal|tgl\.?)\s+)?(?:(?:" + _DAYNAME + r")\s*,?\s+)?"


def _any(place: str) -> str:
    return "(?:" + "|".join(form.format(place) for form in (_ISO, _WORDED, _NUMERIC)) + ")"


_RANGE = re.compile(_LEAD + _any("1") + "(?:" + _TO + _LEAD + _any("2") + ")?", re.IGNORECASE)
_SHORT_RANGE = re.compile(_LEAD + r"(?P<first>\d{1,2})" + _TO + _LEAD + _WORDED.format("2"), re.IGNORECASE)
_HOURS = re.compile(r"(?P<from>\d{1,2}[.:]\d{2})\s*(?:s\.?d\.?|sampai|–|-)\s*(?P<to>\d{1,2}[.:]\d{2})", re.IGNORECASE)
_GLUE = re.compile(r"(?:^|(?<=\s))(?:pukul|jam|pkl\.?|dan)(?=\s|$)|[,;]+\s*(?=[,;]|$)", re.IGNORECASE)
_BARE_HOURS = _HOURS.pattern.replace("?P<from>", "?:").replace("?P<to>", "?:")
_DAYS_OF_WEEK = re.compile(
    rf"(?P<first>{_DAYNAME})(?:{_TO}(?P<last>{_DAYNAME}))?\s*:?\s*(?P<hours>(?:[\s,]*{_BARE_HOURS})+)",
    re.IGNORECASE,
)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Typed:
    """The days that somebody named, both included, and what stands beside them."""

    first: date
    last: date
    rest: str


def typed_days(text: str, *, today: date) -> Typed:
    """Return the day, or the range of days, that `text` begins with. Raises `CalendarDayInvalid`.

    A day without a year is the next one, or one of the last `BACK` days. The year of a range may stand at its end only.
    """
    match = _SHORT_RANGE.match(text)
    if match is not None:
        last = _day(match, "2", today=today)
        first = _made(last.year, last.month, int(match["first"]))
    else:
        match = _RANGE.match(text)
        if match is None:
            raise CalendarDayInvalid(DayFault.DATE.value)
        ends = any(match[f"{name}2"] for name in ("di", "dn", "dw"))
        last = _day(match, "2" if ends else "1", today=today)
        first = _day(match, "1", today=today, year=last.year) if ends else last
        if ends and first > last and not _year(match, "1"):
            first = _made(last.year - 1, first.month, first.day)
    return Typed(first, last, text[match.end() :].strip(" \n\t:;,.-–—"))


def typed_hours(text: str) -> tuple[tuple[Period, ...], str]:
    """Return the hours of a day that `text` names, and the text without them. Raises `CalendarDayInvalid`."""
    periods = tuple(_periods(text))
    rest = " ".join(_GLUE.sub(" ", _HOURS.sub(" ", text)).split()) if periods else text
    return periods, rest.strip(" :;,.-–—")


def typed_week(text: str) -> tuple[Week, str]:
    """Return the hours of a week that `text` names, and the text without them. Raises `CalendarDayInvalid`.

    Such as `Senin-Kamis 08.00-12.00, 12.30-15.00; Jumat 08.00-11.30, 12.30-15.30`. Hours without a weekday hold from
    Monday to Friday. A week without hours is empty on each day.
    """
    week: list[tuple[Period, ...]] = [()] * 7
    found = list(_DAYS_OF_WEEK.finditer(text))
    for match in found:
        first = _WEEKDAYS[match["first"].lower()]
        last = _WEEKDAYS[(match["last"] or match["first"]).lower()]
        for day in range(first, last + 1):
            week[day] = tuple(_periods(match["hours"]))
    if found:
        rest = " ".join(_DAYS_OF_WEEK.sub(" ", text).split())
        return tuple(week), rest.strip(" :;,.-–—")
    periods, rest = typed_hours(text)
    return (*((periods,) * 5), (), ()), rest


def _periods(text: str) -> Iterator[Period]:
    end = time.min
    for match in _HOURS.finditer(text):
        period = Period(_clock(match["from"]), _clock(match["to"]))
        if period.start >= period.end or period.start < end:
            raise CalendarDayInvalid(DayFault.HOURS.value)
        end = period.end
        yield period


def _clock(text: str) -> time:
    hour, minute = re.split(r"[.:]", text)
    try:
        return time(int(hour), int(minute))
    except ValueError:
        raise CalendarDayInvalid(DayFault.HOURS.value) from None


def _year(match: re.Match[str], place: str) -> int | None:
    found = (match.groupdict().get(f"{name}{place}") for name in ("yi", "yn", "yw"))
    return next((int(year) for year in found if year), None)


def _day(match: re.Match[str], place: str, *, today: date, year: int | None = None) -> date:
    groups = match.groupdict()
    day = next(int(groups[name]) for name in (f"di{place}", f"dn{place}", f"dw{place}") if groups.get(name))
    if worded := groups.get(f"mw{place}"):
        month = _MONTHS[worded.lower()]
    else:
        month = next(int(groups[name]) for name in (f"mi{place}", f"mn{place}") if groups.get(name))
    said = _year(match, place) or year
    if said is not None:
        return _made(said, month, day)
    this = _made(today.year, month, day)
    return this if this >= today - _DAY * BACK else _made(today.year + 1, month, day)


def _made(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise CalendarDayInvalid(DayFault.NONEXISTENT.value) from None
