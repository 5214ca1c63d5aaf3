"""Ending in time, whatever does not come to its end: a network or a disk that hangs must not keep the process alive."""

import logging
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import NoReturn

logger = logging.getLogger(__name__)

_BY_SIGNAL = 128
"""What is added to the number of a signal, to tell whoever started the process by which one it ended."""


@contextmanager
def ended_within(limit: timedelta) -> Iterator[None]:
    """End the process, as if all were well, if the block takes longer than `limit`.

    All that was promised is on disk by then, and all that is not is taken up at the next start, as after a crash. The
    time is kept by a thread, because a thread of the database may hold up the event loop itself.
    """
    over = threading.Timer(limit.total_seconds(), _leave)
    over.daemon = True
    over.start()
    try:
        yield
    finally:
        over.cancel()


@contextmanager
def ended_orderly() -> Iterator[None]:
    """Let SIGTERM end the block like any failure, so that what it began is cleaned up; a second one changes nothing."""

    def end(number: int, _: object) -> NoReturn:
        signal.signal(number, signal.SIG_IGN)
        raise SystemExit(_BY_SIGNAL + number)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _leave() -> None:
    logger.warning("something does not come to an end and is left as it is; nothing that was kept is lost")
    logging.shutdown()
    # Not sys.exit, which ends this thread alone, and waits for those that hang.
    os._exit(0)
