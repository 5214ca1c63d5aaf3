"""What outlives the power failing."""

import os
from pathlib import Path


def on_disk(path: Path) -> None:
    """Wait until what was written to a file, or the names in a folder, would survive the power failing.

    Raises `OSError` where it cannot be opened or the disk does not take it.
    """
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
