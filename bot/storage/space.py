"""The space on the disk of a record: what its end is called, and what the operator is told then."""

import errno
import shutil
from contextlib import suppress
from pathlib import Path

NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT})
"""What the system reports where the disk, or the share of its user, is full."""

_TOO_LITTLE = 256 * 1024
"""SQLite needs this many bytes for the files beside a new database. With less it reports an error of the disk."""


def full(path: Path) -> str:
    """Return the sentence for a full disk."""
    return f"The disk that holds {path} is full. Free some space and try again."


def exhausted(path: Path) -> bool:
    """Whether the disk of `path` has too little space left for a database to be opened."""
    with suppress(OSError):
        return shutil.disk_usage(path.absolute().parent).free < _TOO_LITTLE
    return False
