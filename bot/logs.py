"""The log: one line per event, with ids and never with a token, a NIP or what a person wrote.

A line is text for people or JSON for a collector. A call names ids beside its message, `extra={"notice": 99}`, and a
JSON line has each as a field. The number of a private chat is its person's account at Telegram: a line has a short
alias instead, always the same one. A line has the words of an exception only where they contain no data.
"""

import hashlib
import hmac
import logging
import re
import sys
import traceback
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Literal, TextIO
from urllib.parse import quote, quote_plus

from pydantic import SecretStr
from pythonjsonlogger.json import JsonFormatter
from sqlalchemy.exc import DBAPIError
from telegram.error import TelegramError

from bot.stopped import Stopped

HIDDEN = "[…]"
"""What stands in a line where something was taken out."""

LAYOUT = "%(asctime)s %(levelname)s %(name)s: %(message)s"

Form = Literal["text", "json"]

IDS = {
    name: name for name in ("update", "case", "task", "notice", "card", "chat", "person", "absence", "attachment")
} | {"presence": "process"}
"""What a call may name by its number in `extra`, and what a line calls it: a record has a `process` of its own."""

_OF_EVERY_RECORD = {"asctime": "time", "levelname": "level", "name": "logger", "message": "message"}

_IN_A_LINE = (*_OF_EVERY_RECORD.values(), *IDS.values(), "error", "place", "trace")

_Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]

QUIET = {
    "httpx": logging.WARNING,
    "httpcore": logging.WARNING,
    "alembic": logging.WARNING,
    "apscheduler": logging.WARNING,
    "asyncio": logging.WARNING,
    "telegram": logging.WARNING,
    "telegram.request": logging.CRITICAL,
    "uvicorn": logging.ERROR,
}
"""Loggers that would say too much, and the lowest level at which they may speak.

httpx prints the token in each address, the library what people wrote; of an answer that is no JSON it prints all.
uvicorn warns of each request that is none, and strangers can send any number of them.
"""

_NIP = re.compile(r"(?<!\d)\d{8}[ .\-]?\d{6}[ .\-]?\d[ .\-]?\d{3}(?!\d)")
_ANY_TOKEN = re.compile(r"(?<!\d)\d{6,}(?::|%3A)[A-Za-z0-9_-]{30,}")
_PRIVATE_CHAT = re.compile(r"\b(chat|lane)([ =])(\d+)\b")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")

_PLAIN_ERRORS = (Stopped, TelegramError, AttributeError, NameError, ImportError, TypeError)
"""Errors whose own words name parts of the program or of the system, not what somebody wrote."""


class Redaction:
    """Takes out of a text what may stand in no log.

    `secrets` are hidden as they are and as they stand in a web address; anything of the shape of a bot's token and
    any NIP are hidden too.
    """

    def __init__(self, secrets: Iterable[SecretStr] = ()) -> None:
        revealed = [secret.get_secret_value() for secret in secrets]
        words = {form for secret in revealed for form in _forms(secret)}
        longest_first = sorted(words, key=len, reverse=True)
        self._secrets = re.compile("|".join(map(re.escape, longest_first))) if words else None
        # With the token in it nobody can try out all numbers; without one there is nothing to guess at.
        self._key = hashlib.sha256("\0".join(["alias of a chat", *revealed]).encode()).digest()

    def redacted(self, text: str) -> str:
        """Return `text` without secrets, and with aliases for the numbers of private chats."""
        if self._secrets is not None:
            text = self._secrets.sub(HIDDEN, text)
        text = _NIP.sub(HIDDEN, _ANY_TOKEN.sub(HIDDEN, text))
        return _PRIVATE_CHAT.sub(lambda found: f"{found[1]}{found[2]}{self.alias(found[3])}", text)

    def shown(self, name: str, value: object) -> object:
        """Return how the field `name` shows `value`: a number as it is, unless it is a private chat's."""
        if name == "chat" and isinstance(value, int) and value > 0:
            return self.alias(str(value))
        return value if isinstance(value, int) else self.redacted(str(value))

    def alias(self, chat: str) -> str:
        """Return what stands for the number of a private chat."""
        return "#" + hmac.new(self._key, chat.encode(), hashlib.sha256).hexdigest()[:8]


class TextLines(logging.Formatter):
    """Writes a record as one line for people, the ids in square brackets after the message."""

    def __init__(self, redaction: Redaction) -> None:
        super().__init__(LAYOUT)
        self._redaction = redaction

    def format(self, record: logging.LogRecord) -> str:
        """Return the line for `record`."""
        # What another handler made of the exception would be taken for this one's.
        record.exc_text = None
        line = self._redaction.redacted(super().format(record)).replace("\r", "").replace("\n", " ⏎ ")
        record.exc_text = None
        return _CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode(), line)

    def formatException(self, ei: _Raised) -> str:  # noqa: N802 - the standard library's name
        """Return where an exception and its causes came from, with their words left out unless they hold no data."""
        return _trace(ei)

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the standard library's name
        """Return the line without the exception."""
        given = vars(record)
        ids = [f"{name} {self._redaction.shown(name, given[key])}" for key, name in IDS.items() if key in given]
        record.message = f"{_spoken(record)} [{', '.join(ids)}]" if ids else _spoken(record)
        return super().formatMessage(record)


class JsonLines(JsonFormatter):
    """Writes a record as one JSON object: time (UTC), level, logger, message, ids, and of an exception what and where.

    `error` is its class, `place` the line that raised it, `trace` the way there. Whatever else a record bears stands
    in no line: a library may have put there what a person wrote.
    """

    def __init__(self, redaction: Redaction) -> None:
        super().__init__(list(_OF_EVERY_RECORD), rename_fields={**_OF_EVERY_RECORD, **IDS, "exc_info": "trace"})
        self._redaction = redaction

    def format(self, record: logging.LogRecord) -> str:
        """Return the line for `record`."""
        # What another handler made of the exception would be taken for this one's.
        record.exc_text = None
        return super().format(record)

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: ARG002, N802 - the standard library's
        """Return the instant of the record, in UTC to the millisecond."""
        return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")

    def formatException(self, ei: _Raised) -> str:  # noqa: N802 - the standard library's name
        """Return where an exception and its causes came from, with their words left out unless they hold no data."""
        return _trace(ei)

    def add_fields(self, log_data: dict[str, Any], record: logging.LogRecord, message_dict: dict[str, Any]) -> None:
        """Add to the library's fields what the exception was and where."""
        record.message = _spoken(record)
        super().add_fields(log_data, record, message_dict)
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            log_data["error"] = type(error).__name__
            if frames := traceback.extract_tb(error.__traceback__):
                log_data["place"] = f"{frames[-1].name}:{frames[-1].lineno}"

    def process_log_record(self, log_data: dict[str, Any]) -> dict[str, Any]:
        """Return the fields that a line may have, with every secret taken out."""
        return {name: self._redaction.shown(name, log_data[name]) for name in _IN_A_LINE if name in log_data}


class _Handler(logging.StreamHandler[TextIO]):
    """A handler that keeps to itself what it cannot format; the standard one would print the raw arguments."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the standard library's name
        # A full disk or a reader that went away must cost the line, not the work that is logged.
        with suppress(OSError, ValueError):
            self.stream.write(f"a log line of {record.name}:{record.lineno} could not be written\n")


def configure(
    level: str, *, form: Form = "text", secrets: Iterable[SecretStr] = (), stream: TextIO | None = None
) -> None:
    """Send the log of the whole process to `stream` (standard error), replacing what was set up before."""
    handler = _Handler(stream or sys.stderr)
    redaction = Redaction(secrets)
    handler.setFormatter(JsonLines(redaction) if form == "json" else TextLines(redaction))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name, least in QUIET.items():
        logging.getLogger(name).setLevel(least)
    logging.captureWarnings(capture=True)


def _forms(secret: str) -> set[str]:
    """Return the ways in which a secret may stand in a text; of a token also its second half alone."""
    parts = {secret, secret.partition(":")[2]} - {""}
    return {form for part in parts for form in (part, quote(part, safe=""), quote_plus(part))}


def _spoken(record: logging.LogRecord) -> str:
    # asyncio goes on with the whole exception, in a line of its own.
    return record.message.partition("\n")[0] if record.name == "asyncio" else record.message


def _trace(raised: _Raised) -> str:
    return "" if raised[1] is None else "\n".join(_traced(raised[1]))


def _traced(error: BaseException) -> Iterator[str]:
    """Return the lines of a traceback: the causes of an error first, then the error, then each part of a group."""
    for one in _chain(error):
        yield "Traceback (most recent call last):"
        yield "".join(traceback.format_tb(one.__traceback__)).rstrip()
        words = _words(one)
        yield f"{type(one).__name__}: {words}" if words else type(one).__name__
        if isinstance(one, BaseExceptionGroup):
            for part in one.exceptions:
                yield from _traced(part)


def _chain(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    following: BaseException | None = error
    while following is not None and following not in found:
        found.append(following)
        following = following.__cause__ or (None if following.__suppress_context__ else following.__context__)
    return found[::-1]


def _words(error: BaseException) -> str:
    """Return the words of an error, "" where they may quote what a person wrote."""
    if isinstance(error, DBAPIError):
        return "" if error.orig is None else f"{type(error.orig).__name__} {_words_of_driver(error.orig)}".rstrip()
    if isinstance(error, OSError):
        return error.strerror or ""
    return str(error) if isinstance(error, _PLAIN_ERRORS) else ""


def _words_of_driver(error: BaseException) -> str:
    """Return what a driver's error says of the database. The details that PostgreSQL adds contain values of rows."""
    state = getattr(error, "sqlstate", None)
    if state is None:
        return str(error)
    constraint = getattr(getattr(error, "diag", None), "constraint_name", None)
    return f"{state} {constraint or ''}".rstrip()
