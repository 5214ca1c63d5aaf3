"""The log: one line per event, with ids and never with a token, a NIP or what a person wrote.

A line is text for people or JSON for a collector. A message names an id by its kind, `notice %s failed`; a JSON line
has it as a field too. The number of a private chat is its person's account at Telegram: a line has a short alias
instead, always the same one. A line has the words of an exception only where they contain no data.
"""

import hashlib
import hmac
import json
import logging
import re
import sys
import traceback
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from types import TracebackType
from typing import Literal, TextIO
from urllib.parse import quote, quote_plus

from pydantic import SecretStr
from sqlalchemy.exc import DBAPIError
from telegram.error import TelegramError

from bot.stopped import Stopped

HIDDEN = "[…]"
"""What stands in a line where something was taken out."""

LAYOUT = "%(asctime)s %(levelname)s %(name)s: %(message)s"

Form = Literal["text", "json"]

KINDS_OF_ID = ("update", "case", "task", "notice", "card", "chat", "person", "process")
"""What a message may name by its number; each is a field of a JSON line."""

QUIET = {
    "httpx": logging.WARNING,
    "httpcore": logging.WARNING,
    "alembic": logging.WARNING,
    "apscheduler": logging.WARNING,
    "asyncio": logging.WARNING,
    "telegram": logging.WARNING,
    "telegram.request": logging.CRITICAL,
    "uvicorn": logging.WARNING,
}
"""Loggers that would say too much, and the lowest level at which they may speak.

httpx prints the token in each address, the library what people wrote; of an answer that is no JSON it prints all.
"""

_NIP = re.compile(r"(?<!\d)\d{8}[ .\-]?\d{6}[ .\-]?[12][ .\-]?\d{3}(?!\d)")
_ANY_TOKEN = re.compile(r"(?<!\d)\d{6,}(?::|%3A)[A-Za-z0-9_-]{30,}")
_PRIVATE_CHAT = re.compile(r"\b(chat|lane)([ =])(\d+)\b")
_NAMED = re.compile(rf"(?:\b({'|'.join(KINDS_OF_ID)}) )?%[-#0-9. ]*([a-zA-Z%])")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")

_PLAIN_ERRORS = (Stopped, TelegramError, AttributeError, NameError, ImportError, TypeError)
"""Errors whose own words name parts of the program or of the system, not what somebody wrote."""


class Redactor(logging.Formatter):
    """Writes a record as one line, with every secret taken out, also from the traceback.

    `secrets` are hidden as they are and as they stand in a web address; anything of the shape of a bot's token and
    any NIP are hidden too.
    """

    def __init__(self, secrets: Iterable[SecretStr] = (), layout: str = LAYOUT) -> None:
        super().__init__(layout)
        revealed = [secret.get_secret_value() for secret in secrets]
        words = {form for secret in revealed for form in _forms(secret)}
        longest_first = sorted(words, key=len, reverse=True)
        self._secrets = re.compile("|".join(map(re.escape, longest_first))) if words else None
        # With the token in it nobody can try out all numbers; without one there is nothing to guess at.
        self._key = hashlib.sha256("\0".join(["alias of a chat", *revealed]).encode()).digest()

    def format(self, record: logging.LogRecord) -> str:
        """Return the line for `record`."""
        # What another handler made of the exception would be taken for this one's.
        record.exc_text = None
        line = self.redacted(super().format(record)).replace("\r", "").replace("\n", " ⏎ ")
        record.exc_text = None
        return _CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode(), line)

    def formatException(  # noqa: N802 - the standard library's name
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        """Return where an exception and its causes came from, with their words where those contain no data."""
        return "" if ei[1] is None else "\n".join(_traced(ei[1]))

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the standard library's name
        """Return the line without the exception."""
        record.message = _spoken(record)
        return super().formatMessage(record)

    def redacted(self, text: str) -> str:
        """Return `text` without secrets, and with aliases for the numbers of private chats."""
        if self._secrets is not None:
            text = self._secrets.sub(HIDDEN, text)
        text = _NIP.sub(HIDDEN, _ANY_TOKEN.sub(HIDDEN, text))
        return _PRIVATE_CHAT.sub(lambda found: f"{found[1]}{found[2]}{self.alias(found[3])}", text)

    def alias(self, chat: str) -> str:
        """Return what stands for the number of a private chat."""
        return "#" + hmac.new(self._key, chat.encode(), hashlib.sha256).hexdigest()[:8]


class JsonLines(Redactor):
    """Writes a record as one JSON object: time (UTC), level, logger, message, ids, and of an exception what and where.

    `error` is its class, `place` the line that raised it, `trace` the way there.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line for `record`."""
        record.message = record.getMessage()
        fields: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": self.redacted(_spoken(record)),
            **{kind: self._shown(kind, number) for kind, number in _ids(record)},
        }
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            frames = traceback.extract_tb(error.__traceback__)
            fields["error"] = type(error).__name__
            if frames:
                fields["place"] = f"{frames[-1].name}:{frames[-1].lineno}"
            fields["trace"] = self.redacted("\n".join(_traced(error)))
        return json.dumps(fields)

    def _shown(self, kind: str, number: object) -> object:
        if kind == "chat" and isinstance(number, int) and number > 0:
            return self.alias(str(number))
        return number if isinstance(number, int) else self.redacted(str(number))


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
    handler.setFormatter(JsonLines(secrets) if form == "json" else Redactor(secrets))
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


def _ids(record: logging.LogRecord) -> Iterator[tuple[str, object]]:
    """Return what the message names by its number: the argument after `update`, `notice` and their like."""
    if not isinstance(record.args, tuple):
        return
    arguments = iter(record.args)
    for found in _NAMED.finditer(str(record.msg)):
        if found[2] == "%":
            continue
        number = next(arguments, None)
        if found[1]:
            yield found[1], number


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
