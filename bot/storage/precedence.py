"""Whose turn it is to compute: a reader lets the writer go first, for Python's lock lets one thread compute at a time.

The writer lets go of that lock at each row that SQLite gives it. A reader that draws a page would take it each time,
and the person who taps would wait for the page.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, event

PATIENCE = 0.2
"""Seconds that a piece of reading waits for the writer, all in all: somebody waits for the page, too."""

_LEFT = "seconds left to wait for the writer"


class Precedence:
    """Lets those who read on `reading` wait, before each statement, while the writer computes."""

    def __init__(self, reading: Engine) -> None:
        self._idle = threading.Event()
        self._idle.set()
        event.listen(reading, "begin", self._begin)
        event.listen(reading, "before_cursor_execute", self._let_pass)

    @contextmanager
    def computing(self) -> Iterator[None]:
        """Let readers wait for what the writer does within; the commit, which waits for the disk, belongs outside."""
        self._idle.clear()
        try:
            yield
        finally:
            self._idle.set()

    def _begin(self, connection: Connection) -> None:
        connection.info[_LEFT] = PATIENCE

    def _let_pass(self, connection: Connection, *_: Any) -> None:
        # SQLite's BEGIN comes before `_begin`: it would wait for what an earlier piece of reading has left.
        if self._idle.is_set() or not connection.in_transaction():
            return
        if (left := connection.info.get(_LEFT, 0.0)) <= 0:
            return
        began = time.monotonic()
        self._idle.wait(left)
        connection.info[_LEFT] = left - (time.monotonic() - began)
