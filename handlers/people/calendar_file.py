"""Reading a calendar file (iCalendar, RFC 5545) that somebody sent: the whole days in it, and what was passed over."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from telegram import Document

from handlers.chat.incoming import one_line
from models.administration.calendar_entries import AHEAD, BACK
from models.refusals.calendar import CalendarFileInvalid

if TYPE_CHECKING:
    from icalendar import Event

LARGEST = 256
"""KB that a calendar file may have; one of a country's holidays over ten years has about 100."""

MOST = 40
"""Days that one file brings: more fit no card. The next ones are read when the file is sent again."""

_KB = 1024
_NAME = 120
_LONGEST = 31
_DAY = timedelta(days=1)
_OBSERVANCES = ("perayaan", "observance", "bukan hari libur")
"""What a public calendar says of a day that is no day off, such as Hari Kartini."""


class FileFault(StrEnum):
    """Why a file cannot be used."""

    LARGE = "large"
    FOREIGN = "foreign"
    EMPTY = "empty"
    FETCH = "fetch"


class PassedOver(StrEnum):
    """Why an event was passed over."""

    TIMED = "timed"
    RECURRING = "recurring"
    CANCELLED = "cancelled"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class FoundDay:
    """A whole day of a calendar file. `observed` is whether the file itself says that it is no day off."""

    day: date
    name: str
    observed: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What a calendar file holds: each day once, in order, and how many events were passed over, by the reason.

    `far` counts the days that are not among `days`, as they lie too far back or ahead to be entered.
    """

    days: tuple[FoundDay, ...]
    passed_over: Mapping[PassedOver, int]
    far: int


def is_calendar(document: Document | None) -> bool:
    """Whether a document says by its name or its type that it is a calendar."""
    if document is None:
        return False
    named = (document.file_name or "").lower().rstrip(" .").endswith((".ics", ".ical"))
    return named or (document.mime_type or "").partition(";")[0].strip().lower() == "text/calendar"


def too_large(size: int) -> bool:
    """Whether a file of so many bytes is larger than what is read."""
    return size > LARGEST * _KB


def read(content: bytes, *, zone: ZoneInfo, today: date) -> Found:
    """Return the whole days of a calendar file that may be entered `today`. Raises `CalendarFileInvalid`.

    That takes seconds for a large file, so no transaction may wait for it.

    An event with times counts where it lasts from midnight to midnight on the clock of `zone`. What repeats by a rule
    is passed over: a rule may name days for ever, and a decree names each of them.
    """
    from icalendar import Calendar, Event  # noqa: PLC0415 - for the one or two files of a year

    if too_large(len(content)):
        raise CalendarFileInvalid(FileFault.LARGE.value, LARGEST)
    try:
        calendars = Calendar.from_ical(content, multiple=True)
    # The library raises what its parts raise; whatever it is, this is no calendar.
    except Exception:  # noqa: BLE001
        raise CalendarFileInvalid(FileFault.FOREIGN.value, LARGEST) from None
    if not any(isinstance(one, Calendar) for one in calendars):
        raise CalendarFileInvalid(FileFault.FOREIGN.value, LARGEST)
    days: dict[date, FoundDay] = {}
    passed: dict[PassedOver, int] = {}
    far: set[date] = set()
    for event in (event for one in calendars for event in one.walk("VEVENT") if isinstance(event, Event)):
        reason = _why_not(event, zone)
        if reason is not None:
            passed[reason] = passed.get(reason, 0) + 1
            continue
        for day in _days(event, zone):
            if not -BACK <= (day - today).days <= AHEAD:
                far.add(day)
                continue
            found = FoundDay(day, _name(event), _is_observance(event))
            if day not in days or (days[day].observed and not found.observed):
                days[day] = found
    if not days and not passed and not far:
        raise CalendarFileInvalid(FileFault.EMPTY.value, LARGEST)
    return Found(tuple(days[day] for day in sorted(days)), passed, far=len(far))


def _why_not(event: "Event", zone: ZoneInfo) -> PassedOver | None:
    """Return why an event is passed over, None for one that stands for whole days."""
    if any(name in event for name in ("RRULE", "RDATE", "RECURRENCE-ID")):
        return PassedOver.RECURRING
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return PassedOver.CANCELLED
    try:
        return None if next(_days(event, zone), None) is not None else PassedOver.TIMED
    # As above: a date that is none, an end before its beginning, two beginnings.
    except Exception:  # noqa: BLE001
        return PassedOver.UNREADABLE


def _days(event: "Event", zone: ZoneInfo) -> Iterator[date]:
    """Go through the whole days of an event: none where it does not last from midnight to midnight."""
    start, end = event.start, event.end
    first, last = _midnight(start, zone), _midnight(end, zone)
    if first is None or last is None:
        return
    if last < first:
        raise ValueError("the event ends before it begins")
    # An event of one date may end on the same date: that means the day.
    count = max(1, (last - first).days)
    if count <= _LONGEST:
        yield from (first + _DAY * number for number in range(count))


def _midnight(at: date | datetime, zone: ZoneInfo) -> date | None:
    """Return the day that begins at this instant, None where none does."""
    if not isinstance(at, datetime):
        return at
    local = at.astimezone(zone) if at.tzinfo is not None else at
    return local.date() if local.time() == time.min else None


def _name(event: "Event") -> str:
    return one_line(str(event.get("SUMMARY", "")))[:_NAME]


def _is_observance(event: "Event") -> bool:
    return str(event.get("DESCRIPTION", "")).lower().startswith(_OBSERVANCES)
