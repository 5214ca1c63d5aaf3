"""Days of the calendar as people type them: one day, a first and a last, or a first without a last. Pure."""

import re
from datetime import date, timedelta

from models.office.absence import DaysFault
from models.refusals.absences import DaysInvalid

_MONTHS = {
    "jan": 1, "peb": 2, "feb": 2, "mar": 3, "apr": 4, "mei": 5, "may": 5, "jun": 6, "jul": 7,
    "agu": 8, "ags": 8, "aug": 8, "sep": 9, "okt": 10, "oct": 10, "nop": 11, "nov": 11, "des": 12, "dec": 12,
}  # fmt: skip
"""The months by their first three letters, in Indonesian and English."""

_FROM_TODAY = {"hari ini": 0, "today": 0, "besok": 1, "tomorrow": 1, "lusa": 2}

_NAMED = "|".join(_MONTHS)
_DATE = re.compile(
    rf"(?P<word>{'|'.join(_FROM_TODAY)})"
    r"|(?P<iso>\d{4}-\d{1,2}-\d{1,2})"
    r"|(?P<day>\d{1,2})(?P<sign>[/.-])(?P<month>\d{1,2})(?:(?P=sign)(?P<year>\d{4}|\d{2}))?(?!\d)"
    rf"|(?P<d>\d{{1,2}}) ?(?P<m>{_NAMED})[a-z]*\.?(?: ?(?P<y>\d{{4}}))?"
)
_SHARED_MONTH = re.compile(
    rf"(?<![\d/.-])(\d{{1,2}}) ?(?:-|–|s\.?d\.?|s/d|sampai) ?(\d{{1,2}}) ?((?:{_NAMED})[a-z]*\.?(?: ?\d{{4}})?)"
)
"""Such as “1–5 Desember”: the month is said once for both days."""

_BESIDE = re.compile(
    r"[\s,–—-]|s\.?d\.?|s/d|sampai|hingga|ke|until|till|to|tanggal|tgl\.?|pada|cuti|dengan|on|senin|selasa|rabu|kamis"
    r"|jumat|sabtu|minggu"
)
"""What may stand beside the days and says nothing."""

_OPEN = re.compile(r"mulai|dari|sejak|from|since|belum tahu|seterusnya|\.{3}|…")
_UNTIL = re.compile(r"^(?:sampai|hingga|s\.?d\.?|s/d|until|till)\b")

_BOTH = 2
_LATELY = timedelta(days=31)
"""How far a day without a year may lie in the past before the next year is meant."""

_CENTURY = 2000


def parse_days(text: str, *, today: date) -> tuple[date, date | None]:
    """Return the first and the last day that `text` names; the last is None where it is left open.

    A day without a year is the one next to `today`, or next to the first day. Raises `DaysInvalid`.
    """
    words = _SHARED_MONTH.sub(r"\1 \3 - \2 \3", " ".join(text.casefold().split()))
    found = list(_DATE.finditer(words))
    rest = _DATE.sub(" ", words)
    leaves_open = _OPEN.search(rest) is not None
    if not 1 <= len(found) <= _BOTH or _BESIDE.sub("", _OPEN.sub("", rest)):
        raise DaysInvalid(DaysFault.UNREADABLE)
    first = _day(found[0], near=today)
    if len(found) == _BOTH:
        return first, _day(found[1], near=first)
    if _UNTIL.search(words):
        return today, first
    return first, None if leaves_open else first


def parse_day(text: str, *, today: date) -> date:
    """Return the one day that `text` names, as the date of a decree. Raises `DaysInvalid`."""
    found = list(_DATE.finditer(" ".join(text.casefold().split())))
    if len(found) != 1:
        raise DaysInvalid(DaysFault.UNREADABLE)
    return _day(found[0], near=today)


def _day(match: re.Match[str], *, near: date) -> date:
    """Return the day of a match. Raises `DaysInvalid` for one that no calendar has."""
    if match["word"] is not None:
        return near + timedelta(days=_FROM_TODAY[match["word"]])
    try:
        if match["iso"] is not None:
            year, month, day = map(int, match["iso"].split("-"))
            return date(year, month, day)
        day = int(match["day"] or match["d"])
        month = int(match["month"]) if match["month"] else _MONTHS[match["m"]]
        year_said = match["year"] or match["y"]
        if year_said is None:
            return _next(day, month, near=near)
        return date(int(year_said) + (_CENTURY if len(year_said) < len("2026") else 0), month, day)
    except ValueError as error:
        raise DaysInvalid(DaysFault.IMPOSSIBLE) from error


def _next(day: int, month: int, *, near: date) -> date:
    """Return the day without a year that lies next to `near`. Raises `ValueError`."""
    if (month, day) == (2, 29):
        leap = (date(year, 2, 29) for year in range(near.year, near.year + 9) if _leaps(year))
        return next(one for one in leap if one >= near - _LATELY)
    this_year = date(near.year, month, day)
    return this_year if this_year >= near - _LATELY else this_year.replace(year=near.year + 1)


def _leaps(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
