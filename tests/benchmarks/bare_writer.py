"""The least there can be on SQLite: plain statements, one thread that writes, and what waits together shares a commit.

It keeps of a decision what any program would have to keep: the step is done, the next one stands with its deadline, the
log has a line, somebody is to be told. It looks nothing up and checks nothing.
"""

import asyncio
import sqlite3
import threading
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Self

_SCHEMA = """
CREATE TABLE step(case_id INTEGER NOT NULL, n INTEGER NOT NULL, due_at INTEGER NOT NULL, done_at INTEGER,
  PRIMARY KEY(case_id, n)) WITHOUT ROWID;
CREATE INDEX step_due ON step(due_at) WHERE done_at IS NULL;
CREATE TABLE log(case_id INTEGER NOT NULL, n INTEGER NOT NULL, at INTEGER NOT NULL, what TEXT NOT NULL,
  PRIMARY KEY(case_id, n)) WITHOUT ROWID;
CREATE TABLE outbox(id INTEGER PRIMARY KEY, case_id INTEGER NOT NULL, n INTEGER NOT NULL, body TEXT NOT NULL);
"""
_DONE = "UPDATE step SET done_at = ? WHERE case_id = ? AND n = ? AND done_at IS NULL"

_NOW = 1_795_000_000
"""Any instant: what is written of it takes the same room."""

Waiting = tuple[int, int, asyncio.Future[None]]


class BareWriter:
    """A file with nothing but the steps of cases, and a thread that writes it. Belongs to one event loop."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._waiting: SimpleQueue[Waiting | None] = SimpleQueue()
        self._loop = asyncio.get_running_loop()
        self._thread = threading.Thread(target=self._write)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._waiting.put(None)
        self._thread.join()

    async def decide(self, case_id: int, step: int) -> None:
        """Decide a step of a case; 0 opens it. Returns once that is on disk."""
        kept: asyncio.Future[None] = self._loop.create_future()
        self._waiting.put((case_id, step, kept))
        await kept

    def _write(self) -> None:
        connection = sqlite3.connect(self._path, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.executescript(_SCHEMA)
        while (first := self._waiting.get()) is not None:
            group = [first]
            while True:
                try:
                    following = self._waiting.get_nowait()
                except Empty:
                    break
                if following is None:
                    self._waiting.put(None)
                    break
                group.append(following)
            connection.execute("BEGIN IMMEDIATE")
            for case_id, step, _ in group:
                _keep(connection, case_id, step)
            connection.execute("COMMIT")
            self._loop.call_soon_threadsafe(_tell, [kept for *_, kept in group])
        connection.close()


def _keep(connection: sqlite3.Connection, case_id: int, step: int) -> None:
    if step:
        assert connection.execute(_DONE, (_NOW, case_id, step)).rowcount == 1
    connection.execute("INSERT INTO step(case_id, n, due_at) VALUES (?, ?, ?)", (case_id, step + 1, _NOW + 3600))
    connection.execute("INSERT INTO log VALUES (?, ?, ?, ?)", (case_id, step, _NOW, "done"))
    connection.execute("INSERT INTO outbox(case_id, n, body) VALUES (?, ?, ?)", (case_id, step, "next"))


def _tell(kept: list[asyncio.Future[None]]) -> None:
    for one in kept:
        one.set_result(None)
