"""Signed notes as C2SP defines them (https://c2sp.org/signed-note), with Ed25519 keys.

A note is a text and one or more signatures below it. A key has a name, and an id of 32 bits that follows from name and
public key. Keys are written as Go's golang.org/x/mod/sumdb/note writes them, so that its tools read ours.
"""

import base64
import binascii
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_ED25519 = b"\x01"
_KEY_BYTES = 32
_ID_BYTES = 4
_MARK = "\u2014 "
_PRIVATE = "PRIVATE+KEY+"

LONGEST = 64 * 1024
"""Bytes of a note that is read; one of ours has under 500."""

MOST_SIGNATURES = 32
"""Signatures of a note that is read. The specification asks for at least 16."""


class InvalidNote(ValueError):
    """Not a signed note, or not a key, as the specification has them."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key by which signatures are checked."""

    name: str
    raw: bytes

    def __post_init__(self) -> None:
        """Raise `InvalidNote` for a name or a key that the specification does not allow."""
        if not self.name or any(one == "+" or one.isspace() or _is_control(one) for one in self.name):
            raise InvalidNote(f"“{self.name}” cannot be the name of a key: it has a blank or a plus, or is empty")
        if len(self.raw) != _KEY_BYTES:
            raise InvalidNote("a public key of Ed25519 has 32 bytes")

    @classmethod
    def parse(cls, text: str) -> "PublicKey":
        """Read a key as `str` writes it: name, id and key, with + between them. Raises `InvalidNote`."""
        name, _, rest = text.strip().partition("+")
        key_id, _, material = rest.partition("+")
        raw = _decoded(material)
        if raw[:1] != _ED25519:
            raise InvalidNote("the key is not one of Ed25519")
        key = cls(name, raw[1:])
        if key.id.hex() != key_id:
            raise InvalidNote("the id of the key is not that of its name and its bytes: a letter was mistyped")
        return key

    @property
    def id(self) -> bytes:
        """The four bytes by which a signature names its key."""
        return hashlib.sha256(self.name.encode() + b"\n" + _ED25519 + self.raw).digest()[:_ID_BYTES]

    @property
    def short(self) -> str:
        """Name and id, for a sentence."""
        return f"{self.name}+{self.id.hex()}"

    def __str__(self) -> str:
        return f"{self.short}+{base64.b64encode(_ED25519 + self.raw).decode()}"

    def verifies(self, text: str, signature: bytes) -> bool:
        """Whether `signature` is this key's for `text`."""
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, text.encode())
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class PrivateKey:
    """A key that signs. Its seed is in no `repr`."""

    name: str
    seed: bytes = field(repr=False)

    @classmethod
    def make(cls, name: str) -> "PrivateKey":
        """Make a new key of this name. Raises `InvalidNote` for a name that no key may have."""
        made = cls(name, Ed25519PrivateKey.generate().private_bytes_raw())
        _ = made.public
        return made

    @classmethod
    def parse(cls, text: str) -> "PrivateKey":
        """Read a key as `written` writes it. Raises `InvalidNote`, which quotes nothing of it."""
        line = text.strip()
        if not line.startswith(_PRIVATE):
            raise InvalidNote("it does not begin with PRIVATE+KEY+")
        name, _, rest = line.removeprefix(_PRIVATE).partition("+")
        key_id, _, material = rest.partition("+")
        seed = _decoded(material)
        if seed[:1] != _ED25519 or len(seed) != 1 + _KEY_BYTES:
            raise InvalidNote("it is not a private key of Ed25519")
        key = cls(name, seed[1:])
        if key.public.id.hex() != key_id:
            raise InvalidNote("the id of the key is not that of its name and its bytes: a letter was mistyped")
        return key

    @property
    def public(self) -> PublicKey:
        """The key by which its signatures are checked."""
        return PublicKey(self.name, Ed25519PrivateKey.from_private_bytes(self.seed).public_key().public_bytes_raw())

    def written(self) -> str:
        """Return the key as one line that holds the secret."""
        return f"{_PRIVATE}{self.public.short}+{base64.b64encode(_ED25519 + self.seed).decode()}"

    def sign(self, text: str) -> bytes:
        """Return the signature of `text`. The same text always has the same."""
        return Ed25519PrivateKey.from_private_bytes(self.seed).sign(text.encode())


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature of a note, by a key that may be unknown. `raw` is whatever follows the id."""

    name: str
    key_id: bytes
    raw: bytes

    @property
    def short(self) -> str:
        """Name and id of the key, for a sentence."""
        return f"{self.name}+{self.key_id.hex()}"

    def is_by(self, key: PublicKey) -> bool:
        """Whether it says that it is by `key`."""
        return self.name == key.name and self.key_id == key.id


@dataclass(frozen=True, slots=True)
class Note:
    """A text with its signatures. Nothing is said by it until a signature was checked, see `signer`."""

    text: str
    signatures: tuple[Signature, ...]

    @classmethod
    def signed(cls, text: str, *keys: PrivateKey) -> "Note":
        """Return `text`, which ends in a newline, signed by `keys`. Raises `InvalidNote`."""
        made = tuple(Signature(key.name, key.public.id, key.sign(text)) for key in keys)
        return cls.parse(cls(text, made).written())

    @classmethod
    def parse(cls, written: str) -> "Note":
        """Read a note as the specification has it, strictly. Raises `InvalidNote`."""
        if len(written.encode(errors="replace")) > LONGEST:
            raise InvalidNote("it is longer than a note may be")
        if any(_is_control(one) and one != "\n" for one in written):
            raise InvalidNote("it holds a control character, perhaps the line ends of Windows")
        text, blank, below = written.rpartition("\n\n")
        if not blank or not below.endswith("\n"):
            raise InvalidNote("it has no blank line above its signatures, or no line end after them")
        lines = below.removesuffix("\n").split("\n")
        if len(lines) > MOST_SIGNATURES:
            raise InvalidNote("it has more signatures than are read")
        return cls(f"{text}\n", tuple(_signature(line) for line in lines))

    def written(self) -> str:
        """Return the note as it is kept and sent."""
        lines = (f"{_MARK}{one.name} {base64.b64encode(one.key_id + one.raw).decode()}\n" for one in self.signatures)
        return f"{self.text}\n{''.join(lines)}"

    def signer(self, keys: Sequence[PublicKey]) -> PublicKey | None:
        """Return the first of `keys` that signed; None where none of them did.

        Raises `InvalidNote` where a signature says that it is by one of `keys` and is not.
        """
        found = None
        for key in keys:
            for one in self.signatures:
                if not one.is_by(key):
                    continue
                if not key.verifies(self.text, one.raw):
                    raise InvalidNote(f"the signature of {key.short} does not fit the text")
                found = found or key
        return found


def _signature(line: str) -> Signature:
    name, _, encoded = line.removeprefix(_MARK).partition(" ")
    if not line.startswith(_MARK) or not name or any(one == "+" or one.isspace() for one in name):
        raise InvalidNote("a line below the blank one is not a signature")
    raw = _decoded(encoded)
    if len(raw) <= _ID_BYTES:
        raise InvalidNote("a signature is too short")
    return Signature(name, raw[:_ID_BYTES], raw[_ID_BYTES:])


def _decoded(text: str) -> bytes:
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise InvalidNote("what should be Base64 is not") from None
    if base64.b64encode(raw).decode() != text:
        raise InvalidNote("what should be Base64 is not written as Base64 is")
    return raw


def _is_control(one: str) -> bool:
    return one < " " or "\ud800" <= one <= "\udfff"
