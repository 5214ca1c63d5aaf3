"""Whose the files of a record are: what root puts back must be there for the user that serves it."""

import os
import pwd
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

_ROOT = 0


def owner(path: Path) -> str:
    """Return the name of the user that a file belongs to."""
    return _named(path.stat().st_uid)


def barred(paths: Iterable[Path]) -> str | None:
    """Return a sentence on the first of the files that is another user's and not to be read and written, if any."""
    me = os.geteuid()
    for path in paths:
        if path.is_file() and path.stat().st_uid != me and not os.access(path, os.R_OK | os.W_OK):
            return (
                f"{path.absolute()} belongs to {owner(path)}; {_named(me)}, who runs this, may not read and write it. "
                "Run this as its owner, or give it away with `chown`."
            )
    return None


def hand_over(path: Path, *, like: Path) -> None:
    """Where root has made the file `path`, give it to whoever has the file `like`, or else the folder it would be in.

    Others make files for themselves only, and nothing is done; nor where the disk knows no owners.
    """
    if os.geteuid() != _ROOT:
        return
    there = (like if like.exists() else like.absolute().parent).stat()
    # Not through a link, by which that user could have pointed to a file of somebody else's.
    with suppress(OSError):
        os.chown(path, there.st_uid, there.st_gid, follow_symlinks=False)


def _named(user: int) -> str:
    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return f"user {user}"
