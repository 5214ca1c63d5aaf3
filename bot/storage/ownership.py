"""The owners of database files: a file that root restores must be usable by the user that runs the bot."""

import os
import pwd
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

_ROOT = 0


def owner(path: Path) -> str:
    """Return the name of the user that owns a file."""
    return _named(path.stat().st_uid)


def barred(paths: Iterable[Path]) -> str | None:
    """Return a sentence about the first file that belongs to another user and may not be read and written, or None."""
    me = os.geteuid()
    for path in paths:
        if path.is_file() and path.stat().st_uid != me and not os.access(path, os.R_OK | os.W_OK):
            return (
                f"{path.absolute()} belongs to {owner(path)}; {_named(me)}, who runs this, may not read and write it. "
                "Run this as its owner, or give it away with `chown`."
            )
    return None


def unwritable(folder: Path) -> str | None:
    """Return a sentence where the user who runs this cannot make or write a folder; None where they can."""
    there = next(one for one in (folder.absolute(), *folder.absolute().parents) if one.exists() or one.is_symlink())
    if not there.is_dir():
        return f"{there} is no folder."
    if not os.access(there, os.W_OK | os.X_OK):
        return f"{there} belongs to {owner(there)}; {_named(os.geteuid())}, who runs this, may not write there."
    return None


def hand_over(path: Path, *, like: Path) -> None:
    """Give the file `path`, made by root, to the owner of the file `like`, or of its folder if there is no such file.

    Does nothing when the user is not root, because other users make files for themselves. Does nothing where the file
    system has no owners.
    """
    if os.geteuid() != _ROOT:
        return
    there = (like if like.exists() else like.absolute().parent).stat()
    # Not through a link: that user could have linked to a file of somebody else.
    with suppress(OSError):
        os.chown(path, there.st_uid, there.st_gid, follow_symlinks=False)


def _named(user: int) -> str:
    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return f"user {user}"
