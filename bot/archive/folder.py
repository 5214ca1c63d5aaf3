"""An archive in a folder: each content is a file that bears its digest as a name, readable by its owner only.

A content appears under its name only once it is whole and on disk. So a process that is killed at any instant leaves
the content there, or nothing but a part under another name, which the next `Folder.tidy` removes.
"""

import errno
import os
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from bot.archive.contents import ArchiveFailed, Damaged, Missing, Unreadable, checked, digest_of, is_digest, sound
from bot.durability import on_disk

_FOLDER, _FILE = 0o700, 0o600

_PART = ".part-"
"""What the name of a file begins with that is being written."""

_OF_ONE_FILE = {errno.ELOOP, errno.EISDIR, errno.ENXIO, errno.EINVAL, errno.EIO, errno.EACCES}
"""What is wrong with one file alone: a link, a folder or a socket in its place, a bad sector, another owner."""

_LEFT_OVER = timedelta(days=1)
"""The age at which a part belongs to no process any more."""


class Folder:
    """An archive below `root`, which is made when the first content is put in.

    `made` is called with every file and folder that is made, to give it an owner.
    """

    def __init__(self, root: Path, *, made: Callable[[Path], None] | None = None) -> None:
        self.root = root
        self._made = made or _nobody

    @property
    def name(self) -> str:
        """The folder."""
        return str(self.root)

    def put(self, content: bytes) -> str:
        """Keep `content`, see `Archive.put`."""
        digest = digest_of(content)
        with self._explaining():
            place = self._place(digest)
            self._make(place.parent)
            if not _has(place, digest):
                self._write(content, place)
            # Also where it was there: a process may have been killed that had not yet put the name on disk.
            for folder in (place.parent, self.root, self.root.absolute().parent):
                on_disk(folder)
        return digest

    def read(self, digest: str) -> bytes:
        """Return a content, see `Archive.read`."""
        place = self._place(digest)
        with self._explaining():
            try:
                content = _bytes_of(place)
            except FileNotFoundError:
                raise Missing(digest) from None
            except OSError as error:
                if error.errno not in _OF_ONE_FILE or not self.root.is_dir():
                    raise
                raise Unreadable(digest, error.strerror or type(error).__name__) from None
        return sound(digest, content)

    def holds(self, digest: str) -> bool:
        """Whether there is a content, see `Archive.holds`."""
        with self._explaining():
            return self._place(digest).is_file()

    def erase(self, digest: str) -> None:
        """Remove a content, see `Archive.erase`."""
        place = self._place(digest)
        with self._explaining():
            if place.parent.is_dir():
                place.unlink(missing_ok=True)
                on_disk(place.parent)

    def digests(self) -> Iterator[str]:
        """Go through all contents, see `Archive.digests`."""
        with self._explaining():
            for folder in sorted(one for one in self.root.glob("??") if one.is_dir()):
                yield from sorted(one.name for one in folder.iterdir() if is_digest(one.name))

    def tidy(self, *, at: datetime) -> None:
        """Remove the parts of files that were never finished, see `Archive.tidy`."""
        with self._explaining():
            for part in self.root.glob(f"??/{_PART}*"):
                if at.timestamp() - part.stat().st_mtime >= _LEFT_OVER.total_seconds():
                    part.unlink(missing_ok=True)

    def _place(self, digest: str) -> Path:
        return self.root / checked(digest)[:2] / digest

    def _make(self, folder: Path) -> None:
        if self.root.is_symlink() or folder.is_symlink():
            raise ArchiveFailed(f"{self.root} leads elsewhere by a link. Name the folder itself.")
        for one in (self.root, folder):
            if not one.is_dir():
                one.mkdir(mode=_FOLDER, parents=one is self.root, exist_ok=True)
                one.chmod(_FOLDER)
                self._made(one)

    def _write(self, content: bytes, place: Path) -> None:
        # Made with the rights of its owner alone.
        handle, name = tempfile.mkstemp(prefix=_PART, dir=place.parent)
        part = Path(name)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            self._made(part)
            part.replace(place)
        except BaseException:
            part.unlink(missing_ok=True)
            raise

    @contextmanager
    def _explaining(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise ArchiveFailed(f"{self.root} cannot be used ({reason}).") from error


def _nobody(_: Path) -> None:
    """Leave a new file to the user who made it."""


def _bytes_of(place: Path) -> bytes:
    """Read a file. A link in its place is refused: it could lead to a file of somebody else. No pipe is waited for."""
    handle = os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        _require_file(handle)
        with os.fdopen(handle, "rb", closefd=False) as stream:
            return stream.read()
    finally:
        os.close(handle)


def _require_file(handle: int) -> None:
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        raise OSError(errno.EINVAL, "it is no file")


def _has(place: Path, digest: str) -> bool:
    """Whether the content is there, undamaged."""
    try:
        sound(digest, _bytes_of(place))
    except (OSError, Damaged):
        return False
    return True
