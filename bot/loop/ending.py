"""Ending in time: a network, a disk or a thread that hangs must not keep the process alive."""

import logging
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import NoReturn

from bot.stopped import Stopped

logger = logging.getLogger(__name__)

SUCCESS = 0
FAILURE = 1
"""The exit codes. systemd's `Restart=on-failure` starts the bot again after FAILURE, and not after SUCCESS."""

FAILED = "the program has failed"
"""The log's message for a failure that no `Stopped` explains. What the failure says may quote people's words."""

_BY_SIGNAL = 128
"""By convention, a process that a signal ended exits with this number plus the signal's."""


@contextmanager
def ended_within(limit: timedelta, *, failure: BaseException | None) -> Iterator[None]:
    """End the process if the block takes longer than `limit`.

    `failure` is why the program ends, None where it was asked to end. It is logged if the block is cut short, because
    nothing after the block can report it then, and it decides the exit code.

    Cutting the block short loses nothing: everything that was promised is on disk, and the next start takes up the
    rest, as after a crash. A thread keeps the time, because a database that hangs may block the event loop itself.
    """
    timer = threading.Timer(limit.total_seconds(), _leave, [failure])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


@contextmanager
def ended_orderly() -> Iterator[None]:
    """Let SIGTERM end the block like any failure, so that the block cleans up. A second SIGTERM changes nothing."""

    def end(number: int, _: object) -> NoReturn:
        signal.signal(number, signal.SIG_IGN)
        raise SystemExit(_BY_SIGNAL + number)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _leave(failure: BaseException | None) -> None:
    logger.warning("something does not come to an end and is left as it is; nothing that was kept is lost")
    if isinstance(failure, Stopped):
        logger.critical("%s", failure)
    elif failure is not None:
        logger.critical(FAILED, exc_info=failure)
    logging.shutdown()
    # Not sys.exit: that ends this thread alone, and waits for the threads that hang.
    os._exit(SUCCESS if failure is None else FAILURE)
