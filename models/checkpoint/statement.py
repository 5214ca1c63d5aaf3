"""What is sealed, as text: the leaves of the tree, the checkpoint over them, and the hand-over of the key.

docs/checkpoints.md describes these formats for somebody who writes a verifier of their own. A leaf's first line names
its kind and version. A version may be added; none may change or go.
"""

import base64
import hashlib
import re
from binascii import b2a_base64
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from models.checkpoint.merkle import HASH_BYTES
from models.checkpoint.note import InvalidNote, Note, PublicKey

HEAD = "disposisi/head/1"
SEAL = "disposisi/seal/1"
HANDOVER = "disposisi key hand-over 1"
"""The first line of a hand-over. It has blanks, so that no origin of a log is like it."""

NOTHING_BEFORE = bytes(HASH_BYTES)
"""What the first seal of all names as the checkpoint before it."""


class InvalidStatement(ValueError):
    """Not what this version, or any before it, has sealed."""


@dataclass(frozen=True, slots=True)
class Head:
    """A leaf: the chain about `subject` had `length` entries, and `hash` was that of the last."""

    subject: str
    length: int
    hash: bytes

    def written(self) -> str:
        """Return the leaf as text."""
        return f"{HEAD}\n{self.subject}\n{self.length}\n{_encoded(self.hash)}\n"


@dataclass(frozen=True, slots=True)
class Seal:
    """The last leaf of each sealing: its number, when it was made, and the checkpoint before it by its digest."""

    number: int
    at: datetime
    before: bytes

    def written(self) -> str:
        """Return the leaf as text."""
        return f"{SEAL}\n{self.number}\n{written_instant(self.at)}\n{_encoded(self.before)}\n"


Leaf = Head | Seal

_SIZE = re.compile(r"0|[1-9][0-9]{0,17}")


def parse_leaf(text: str) -> Leaf:
    """Read a leaf as `written` writes it. Raises `InvalidStatement`."""
    kind, *lines = text.split("\n")
    leaf: Leaf | None = None
    with suppress(ValueError):
        second, third, fourth, _ = lines
        if kind == HEAD:
            leaf = Head(second, int(third), _hash(fourth))
        elif kind == SEAL:
            leaf = Seal(int(second), datetime.fromisoformat(third), _hash(fourth))
    if leaf is None or leaf.written() != text:
        raise InvalidStatement(f"a leaf that is none: {text[:80]!r}")
    return leaf


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A tree head as C2SP has it (https://c2sp.org/tlog-checkpoint): whose tree, how many leaves, its root."""

    origin: str
    size: int
    root: bytes

    @classmethod
    def parse(cls, text: str) -> "Checkpoint":
        """Read the text of a note. Further lines are allowed and say nothing. Raises `InvalidStatement`."""
        lines = text.removesuffix("\n").split("\n")
        try:
            origin, size, root, *_ = lines
        except ValueError:
            raise InvalidStatement("it has fewer than three lines") from None
        if not all(lines):
            raise InvalidStatement("it has an empty line")
        if not _SIZE.fullmatch(size):
            raise InvalidStatement("its second line is not a number of leaves")
        return cls(origin, int(size), _hash(root))

    def written(self) -> str:
        """Return the text of its note."""
        return f"{self.origin}\n{self.size}\n{_encoded(self.root)}\n"

    @property
    def digest(self) -> bytes:
        """By which the next seal names it: SHA-256 of its text, which leaves out who signed."""
        return hashlib.sha256(self.written().encode()).digest()


@dataclass(frozen=True, slots=True)
class Handover:
    """What both keys sign when one follows the other: the checkpoint after which the new one is good."""

    old: PublicKey
    new: PublicKey
    at: datetime
    last: Checkpoint

    @classmethod
    def parse(cls, note: Note) -> "Handover":
        """Read a hand-over that both of its keys have signed. Raises `InvalidStatement`."""
        lines = note.text.removesuffix("\n").split("\n")
        try:
            first, old, new, at, origin, size, root = lines
            found = cls(
                PublicKey.parse(old),
                PublicKey.parse(new),
                datetime.fromisoformat(at),
                Checkpoint.parse(f"{origin}\n{size}\n{root}\n"),
            )
            if first != HANDOVER or found.written() != note.text:
                raise InvalidStatement("it is no hand-over of a key")
            if note.signer([found.old]) is None or note.signer([found.new]) is None:
                raise InvalidStatement("one of the two keys has not signed the hand-over")
        except InvalidNote as error:
            raise InvalidStatement(f"the hand-over is not genuine: {error}") from None
        except ValueError as error:
            raise error if isinstance(error, InvalidStatement) else InvalidStatement("it is no hand-over") from None
        return found

    def written(self) -> str:
        """Return the text of its note."""
        return f"{HANDOVER}\n{self.old}\n{self.new}\n{written_instant(self.at)}\n{self.last.written()}"


def written_instant(at: datetime) -> str:
    """Return an instant in UTC, to the microsecond."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _encoded(raw: bytes) -> str:
    return b2a_base64(raw, newline=False).decode()


def _hash(text: str) -> bytes:
    try:
        raw = base64.b64decode(text, validate=True)
    except ValueError:
        raise InvalidStatement("what should be a hash in Base64 is not") from None
    if len(raw) != HASH_BYTES or _encoded(raw) != text:
        raise InvalidStatement("what should be a hash in Base64 is not")
    return raw
