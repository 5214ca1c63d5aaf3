"""The boundaries at which a process may die: before and after every commit and every Bot API call.

All of it is put around the shipped program from outside, in the process that is to die; the program knows nothing.
"""

import os
import signal
import threading
from collections.abc import Callable
from unittest.mock import patch

import httpcore
from sqlalchemy import Engine, PoolProxiedConnection

Announce = Callable[[int, str], None]
"""Told the number and the name of the boundary, the moment before the process dies there."""


class Boundaries:
    """Counts the boundaries that are passed, on whatever thread, and kills this process at the one it is armed for."""

    def __init__(self, announce: Announce, *, fatal: int | None) -> None:
        self._announce = announce
        self._fatal = fatal
        self._passed = 0
        self._lock = threading.Lock()

    def arm(self, fatal: int | None) -> None:
        """Count from 0 again and die at the boundary number `fatal`."""
        with self._lock:
            self._passed, self._fatal = 0, fatal

    def cross(self, name: str) -> None:
        """Pass a boundary, or die at it."""
        with self._lock:
            self._passed += 1
            if self._passed == self._fatal:
                self._announce(self._passed, name)
                os.kill(os.getpid(), signal.SIGKILL)

    def watch_commits(self, engine: Engine) -> None:
        """Let every commit of `engine` be two boundaries."""
        commit = engine.dialect.do_commit

        def watched(connection: PoolProxiedConnection) -> None:
            self.cross("before commit")
            commit(connection)
            self.cross("after commit")

        patch.object(engine.dialect, "do_commit", watched).start()

    def watch_calls(self) -> None:
        """Let every call to the Bot API be two boundaries, whichever client makes it."""
        call = httpcore.AsyncConnectionPool.handle_async_request

        async def watched(pool: httpcore.AsyncConnectionPool, request: httpcore.Request) -> httpcore.Response:
            method = request.url.target.decode().rpartition("/")[2]
            self.cross(f"before {method}")
            response = await call(pool, request)
            self.cross(f"after {method}")
            return response

        patch.object(httpcore.AsyncConnectionPool, "handle_async_request", watched).start()
