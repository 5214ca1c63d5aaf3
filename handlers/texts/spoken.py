"""Putting codes and their data into words: refusals, news, alerts."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from markupsafe import Markup

from handlers.texts.catalogue import Say
from handlers.texts.shorten import length, shortened

ANSWER_SHOWN = 2000
"""The `length` to which an answer is cut: with its question it must fit one message."""

_LIST, _LINE = 3200, 300
"""The `length` of a list in a message, and of each of its lines: there is room for the other words beside the list."""

_MOMENTS = frozenset({"at", "due", "since"})
_DAYS = frozenset({"first_day", "last_day"})
_CODES = {"outcome": "outcome", "urgency": "urgency", "action": "action"}
_LISTS = {"missing": "part"}
_MEGABYTE = 1024 * 1024
_OLDER = {"why": "unknown", "capacity": "definitive"}
"""What a notice lacks that was owed before its text had this variable."""

_NUMERALS = frozenset({"number", "year", "step", "update"})
"""Variables that hold numbers of things rather than counts; no thousands separator is put into them."""


def spoken(say: Say, code: str, data: Mapping[str, Any], *, now: datetime) -> Markup:
    """Return the message `code` of a stored notice as Telegram HTML.

    Instants, outcomes and parts among `data` are put into words. A dash stands for what an older version of the program
    did not store.
    """
    return say.stored(code, **_worded(say, data, now=now))


def spoken_plainly(say: Say, code: str, data: Mapping[str, Any], *, now: datetime) -> str:
    """Return the message `code` as plain text, for a toast."""
    return say.plain(code, **_worded(say, data, now=now))


def storable(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return `data` as a notice can store it: instants as ISO text, tuples as lists."""
    return {name: _stored(value) for name, value in data.items()}


def days_away(say: Say, first: date, last: date | None) -> str:
    """Return the days from `first` to `last` in words; without a last day they are left open."""
    if last is None:
        return say.plain("days-open", first=say.time.dated(first))
    if first == last:
        return say.time.dated(first)
    return say.plain("days-range", first=say.time.dated(first), last=say.time.dated(last))


def _stored(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _worded(say: Say, data: Mapping[str, Any], *, now: datetime) -> dict[str, Any]:
    return {name: _word(say, name, value, now=now) for name, value in {**_OLDER, **data}.items()}


def _word(say: Say, name: str, value: object, *, now: datetime) -> object:
    if name in _MOMENTS and value:
        at = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
        return say.time.moment(at, now=now)
    if name in _DAYS and isinstance(value, str):
        return say.time.long_date(date.fromisoformat(value))
    if name == "days" and isinstance(value, list):
        first, last = (date.fromisoformat(one) if one else None for one in value)
        return days_away(say, first, last) if first is not None else ""
    if name in _CODES and isinstance(value, str) and say.has(f"{_CODES[name]}-{value}"):
        return say.plain(f"{_CODES[name]}-{value}")
    if name in _LINES and isinstance(value, list):
        return _listed(say, [_LINES[name](say, one, now) for one in value])
    if name == "answer" and isinstance(value, str):
        return shortened(value, ANSWER_SHOWN)
    if name in _LISTS and isinstance(value, list | tuple):
        return say.time.join([say.plain(f"{_LISTS[name]}-{word}") for word in value])
    return str(value) if name in _NUMERALS else value


def _listed(say: Say, lines: Sequence[str]) -> str:
    """Return as many of the lines as one message has room for, and how many are left out."""
    shown, room = list[str](), _LIST
    for line in (shortened(one, _LINE) for one in lines):
        room -= length(line) + 1
        if room < 0:
            break
        shown.append(line)
    left = len(lines) - len(shown)
    return "\n".join([*shown, say.plain("lines-more", count=left)] if left else shown)


def _unkept_file(say: Say, file: Mapping[str, Any], _: datetime) -> str:
    """Return a line on a file that the archive does not keep: its kind, name and size."""
    name = f" “{file['name']}”" if file["name"] else ""
    return say.plain("unkept-file", kind=file["kind"], name=name, megabytes=file["size"] // _MEGABYTE)


def _lost_file(say: Say, file: Mapping[str, Any], _: datetime) -> str:
    """Return a line on a file that Telegram refuses: its kind, place in the list, name, and why."""
    name = f" “{file['name']}”" if file["name"] else ""
    return say.plain("lost-file", kind=file["kind"], position=str(file["position"]), name=name, why=file["why"])


def _together(say: Say, one: Mapping[str, Any], now: datetime) -> str:
    """Return a line on cards that were forwarded together to one role, or on one that was not, with the reason."""
    if "to" in one:
        return say.plain("together-went", to=one["to"], count=len(one["numbers"]), numbers=", ".join(one["numbers"]))
    why = say.plain(f"refusal-{one['code']}", **_worded(say, one["data"], now=now))
    return say.plain("together-stayed", number=one["number"], why=why)


_LINES: Mapping[str, Callable[[Say, Mapping[str, Any], datetime], str]] = {
    "lost": _lost_file,
    "unkept": _unkept_file,
    "together": _together,
}
"""The variables that are lists, each entry in a line of its own."""
