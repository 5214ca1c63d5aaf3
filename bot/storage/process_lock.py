"""One process per SQLite database: a second process would poll, send and chase beside the first."""

import fcntl
import os
from contextlib import suppress
from pathlib import Path
from typing import IO

from bot.stopped import AlreadyRunning, DatabaseUnusable
from bot.storage.ownership import barred
from bot.storage.space import NO_SPACE, full


class ProcessLock:
    """A lock on a file beside the database, taken while the program runs.

    The kernel releases it when the process ends, however it ends. The file itself stays.
    """

    def __init__(self, database: Path) -> None:
        self.path = database.with_name(f"{database.name}.lock")
        self._database = database
        self._file: IO[str] | None = None

    def acquire(self) -> None:
        """Take the lock.

        Raises `AlreadyRunning` if another process has it, `DatabaseUnusable` without a folder or on a full disk.
        """
        try:
            # Readable by its owner alone, as the database is.
            opened = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        except OSError as error:
            if error.errno in NO_SPACE:
                raise DatabaseUnusable(full(self._database)) from error
            reason = error.strerror or type(error).__name__
            raise DatabaseUnusable(
                barred([self.path])
                or f"{self.path} cannot be written ({reason}). "
                f"Make sure that the folder {self.path.absolute().parent} exists and may be written."
            ) from error
        file = os.fdopen(opened, "a+", encoding="ascii")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            pid = _pid(file)
            file.close()
            who = f"process {pid}" if pid else "another process"
            raise AlreadyRunning(
                f"The database {self._database} is already served by {who}. Stop it first; two would send everything "
                "twice.",
                pid=pid,
            ) from error
        try:
            file.truncate(0)
            file.write(f"{os.getpid()}\n")
            file.flush()
        except OSError as error:
            # Closing writes what is left in the buffer, and fails again.
            with suppress(OSError):
                file.close()
            reason = full(self._database) if error.errno in NO_SPACE else f"{self.path}: {error.strerror}."
            raise DatabaseUnusable(reason) from error
        self._file = file

    def release(self) -> None:
        """Release the lock, if it was taken."""
        if self._file is not None:
            self._file.close()
            self._file = None


def _pid(file: IO[str]) -> int | None:
    with suppress(ValueError, OSError):
        file.seek(0)
        return int(file.read().strip())
    return None
