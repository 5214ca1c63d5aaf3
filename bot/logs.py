"""The log: one line per event, with ids and never with a token, a NIP or what a person wrote."""

import logging
import re
import sys
from collections.abc import Iterable
from typing import TextIO
from urllib.parse import quote, quote_plus

from pydantic import SecretStr

HIDDEN = "[…]"
"""What stands in a line where something was taken out."""

LAYOUT = "%(asctime)s %(levelname)s %(name)s: %(message)s"

QUIET = {
    "httpx": logging.WARNING,
    "httpcore": logging.WARNING,
    "alembic": logging.WARNING,
    "apscheduler": logging.WARNING,
    "asyncio": logging.WARNING,
    "telegram": logging.WARNING,
    "telegram.request": logging.CRITICAL,
}
"""Loggers that would tell too much, and the least they may say.

httpx prints the token in each address, the library what people wrote; of an answer that is no JSON it prints all.
"""

_NIP = re.compile(r"(?<!\d)\d{8}[ .\-]?\d{6}[ .\-]?[12][ .\-]?\d{3}(?!\d)")
_ANY_TOKEN = re.compile(r"(?<!\d)\d{6,}(?::|%3A)[A-Za-z0-9_-]{30,}")


class Redactor(logging.Formatter):
    """Writes a record as one line, with every secret taken out, also from the traceback.

    `secrets` are hidden as they are and as they stand in a web address; anything of the shape of a bot's token and
    any NIP are hidden too.
    """

    def __init__(self, secrets: Iterable[SecretStr] = (), layout: str = LAYOUT) -> None:
        super().__init__(layout)
        words = {part for secret in secrets for part in _forms(secret.get_secret_value())}
        longest_first = sorted(words, key=len, reverse=True)
        self._secrets = re.compile("|".join(map(re.escape, longest_first))) if words else None

    def format(self, record: logging.LogRecord) -> str:
        """Return the line for `record`."""
        return self.redacted(super().format(record)).replace("\r", "").replace("\n", " ⏎ ")

    def redacted(self, text: str) -> str:
        """Return `text` without secrets."""
        if self._secrets is not None:
            text = self._secrets.sub(HIDDEN, text)
        return _NIP.sub(HIDDEN, _ANY_TOKEN.sub(HIDDEN, text))


class _Handler(logging.StreamHandler[TextIO]):
    """A handler that keeps to itself what it cannot format; the standard one would print the raw arguments."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the standard library's name
        self.stream.write(f"a log line of {record.name}:{record.lineno} could not be written\n")


def configure(level: str, *, secrets: Iterable[SecretStr] = (), stream: TextIO | None = None) -> None:
    """Send the log of the whole process to `stream` (standard error), replacing what was set up before."""
    handler = _Handler(stream or sys.stderr)
    handler.setFormatter(Redactor(secrets))
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
