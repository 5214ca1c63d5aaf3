"""The files of cases in a copy: in the folder `files` beside it, each once, however many copies lie there.

A copy of yesterday and one of today have most files in common, so each file is copied once. What was erased from the
record leaves the folder with the next copy.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bot.archive.contents import Archive, Lost
from bot.archive.folder import Folder

FOLDER = "files"
"""The name of the folder."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of files: how many are there now, and what is wrong with those that could not be read, by digest."""

    there: int = 0
    lost: tuple[Lost, ...] = ()


def folder_of(copy: Path) -> Folder:
    """Return the folder with the files of a copy."""
    return Folder(copy.absolute().parent / FOLDER)


def carry(digests: Iterable[str], source: Archive, target: Archive) -> Carried:
    """Bring contents from one archive into another, except those that are sound there already.

    Raises `ArchiveFailed` where one of them cannot be used.
    """
    there, lost = 0, list[Lost]()
    for digest in digests:
        if not _is_sound(target, digest):
            try:
                target.put(source.read(digest))
            except Lost as failure:
                lost.append(failure)
                continue
        there += 1
    return Carried(there, tuple(lost))


def let_go(digests: Iterable[str], target: Archive) -> None:
    """Remove contents that were erased from the record."""
    for digest in digests:
        target.erase(digest)


def _is_sound(target: Archive, digest: str) -> bool:
    try:
        target.read(digest)
    except Lost:
        return False
    return True
