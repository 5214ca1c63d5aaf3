"""What every archive does, wherever it lies: content is put in, and found again by its digest alone.

Nothing that a sender chose is part of a name. A content is read only whole, and only if its digest is still its own.
"""

import hashlib
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

from bot.stopped import Stopped

_DIGEST = re.compile(r"[0-9a-f]{64}")


class Lost(Exception):
    """A content cannot be read from the archive as it was put in. `digest` names it, `reason` says what is wrong."""

    def __init__(self, digest: str, reason: str) -> None:
        super().__init__(digest, reason)
        self.digest = digest
        self.reason = reason


class Missing(Lost):
    """The archive has no such content."""

    def __init__(self, digest: str) -> None:
        super().__init__(digest, "is missing")


class Damaged(Lost):
    """The archive has other bytes under the digest than those that were put in."""

    def __init__(self, digest: str) -> None:
        super().__init__(digest, "was changed: its bytes have another digest")


class Unreadable(Lost):
    """The archive has something under the digest that cannot be read; the archive itself can be used."""

    def __init__(self, digest: str, reason: str) -> None:
        super().__init__(digest, f"cannot be read ({reason})")


class ArchiveFailed(Stopped):
    """The archive cannot be used at present. The message says why, for the operator."""


class Archive(Protocol):
    """A place for contents. Every method may wait for a disk or a network: not to be called on the event loop.

    Every method raises `ArchiveFailed` where the place cannot be used, and `ValueError` for what is no digest.
    """

    @property
    def name(self) -> str:
        """Where it is, for a sentence; without a secret."""
        ...

    def put(self, content: bytes) -> str:
        """Keep `content`, once however often it is put in. Returns its digest once it would survive the power failing.

        A damaged copy that is there already is replaced.
        """
        ...

    def read(self, digest: str) -> bytes:
        """Return the content with this digest. Raises `Missing`, `Damaged` and `Unreadable`."""
        ...

    def holds(self, digest: str) -> bool:
        """Whether there is a content under this digest; its bytes are not read."""
        ...

    def erase(self, digest: str) -> None:
        """Remove a content for good. Does nothing where there is none."""
        ...

    def digests(self) -> Iterator[str]:
        """Go through the digests of all contents, in order."""
        ...

    def tidy(self, *, at: datetime) -> None:
        """Remove what a process left a day or more before `at` that was killed while it put something in."""
        ...


def digest_of(content: bytes) -> str:
    """Return the SHA-256 of a content as 64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def checked(digest: str) -> str:
    """Return `digest`, which becomes a part of a name. Raises `ValueError` for what is no digest."""
    if not is_digest(digest):
        raise ValueError("a content is named by the 64 hexadecimal digits of its SHA-256")
    return digest


def is_digest(name: str) -> bool:
    """Whether `name` is the name of a content."""
    return _DIGEST.fullmatch(name) is not None


def fault_of(archive: Archive, digest: str) -> str | None:
    """Read a content, and return what is wrong with it; None if it is what was put in. Raises `ArchiveFailed`."""
    try:
        archive.read(digest)
    except Lost as lost:
        return lost.reason
    return None


def sound(digest: str, content: bytes) -> bytes:
    """Return `content` if its digest is `digest`. Raises `Damaged`."""
    if digest_of(content) != digest:
        raise Damaged(digest)
    return content
