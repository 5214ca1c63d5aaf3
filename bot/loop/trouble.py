"""Trouble that lasts: the log says when it begins, once a minute while it lasts, and when it is over."""

import logging
import time
from collections.abc import Callable
from datetime import timedelta

from models.faults import is_outage

SAID_EVERY = timedelta(minutes=1)
"""How often a trouble that lasts is repeated in the log. One that comes and goes begins no more often in it."""

logger = logging.getLogger(__name__)


class Trouble:
    """One thing that may fail again and again, such as the database. Belongs to one event loop.

    `begins` is what the log says while it fails, before the cause; `ends` what it says once it is well. Several parts
    may meet the same trouble, each under the name `by`. It is over once none of them meets it any more.
    """

    def __init__(self, begins: str, ends: str, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._begins = begins
        self._ends = ends
        self._monotonic = monotonic
        self._causes: dict[str, str] = {}
        self._since = 0.0
        self._times = 0
        self._said_at: float | None = None
        self._announced = False

    def met(self, cause: str, *, by: str = "") -> None:
        """Note that `by` has met the trouble. `cause` says why, where, and what the operator can do."""
        now = self._monotonic()
        if not self._causes:
            self._since, self._times, self._announced = now, 0, False
        self._causes[by] = cause
        self._times += 1
        if self._said_at is not None and now - self._said_at < SAID_EVERY.total_seconds():
            return
        if self._announced:
            lasting = (self._begins, now - self._since, self._times, cause)
            logger.error("%s, for %.0f s now, met %s times: %s", *lasting)
        else:
            logger.error("%s: %s", self._begins, cause)
        self._said_at, self._announced = now, True

    def over(self, *, by: str = "") -> None:
        """Note that `by` meets the trouble no more. Does nothing where `by` has not met it."""
        if self._causes.pop(by, None) is None or self._causes:
            return
        if self._announced:
            logger.warning("%s, after %.0f s", self._ends, self._monotonic() - self._since)


class Knocking:
    """Something that strangers can cause as often as they like: the log has a line when it begins, and one a minute.

    `part` logs it; `what` is the line. Belongs to one event loop.
    """

    def __init__(self, part: logging.Logger, what: str, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._part = part
        self._what = what
        self._monotonic = monotonic
        self._times = 0
        self._said_at: float | None = None

    def met(self) -> None:
        """Note that it happened once more."""
        now = self._monotonic()
        self._times += 1
        if self._said_at is None or now - self._said_at >= SAID_EVERY.total_seconds():
            self._part.warning("%s (%s times since this was last said)", self._what, self._times)
            self._said_at, self._times = now, 0


def log_failure(part: logging.Logger, message: str, error: BaseException, **ids: int) -> None:
    """Log for `part` that its work failed and is tried again, with where it failed and the `ids` of what it is about.

    While the database is away every part fails. Its trouble is in the log already, so this adds a line for DEBUG only.
    """
    if is_outage(error):
        part.debug("%s: the database is away", message, extra=ids)
    else:
        part.error(message, exc_info=error, extra=ids)
