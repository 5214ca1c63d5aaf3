"""The append-only record: hash-chained entries, one chain per case and one for the office.

An entry's hash covers the chain's subject, its sequence, the instant, who acted in which capacity, the
action, the digest of the payload and the previous entry's hash. The payload lies beside the chain, salted. What people
wrote in it can be erased (UU 27/2022 on personal data) without breaking the chain: see `models/journal/personal.py`.

Every entry names its version. The version says how a payload becomes bytes, and both hashes cover it. New entries have
the newest version; older ones are never rewritten, and are verified by the version they name.
"""

import json
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self

from sqlalchemy import JSON, ForeignKey, ForeignKeyConstraint, Index, LargeBinary, SmallInteger, String, text, true
from sqlalchemy.orm import Mapped, WriteOnlyMapped, mapped_column, relationship

from models.base import Base, Identity, belongs
from models.journal import personal
from models.journal.digests import canonical_json, digest_of

ORIGIN = bytes(32)
"""The hash that the first entry of every chain follows."""

VERSION = 3
"""The version of new entries: their payloads are canonical JSON as RFC 8785 defines it, with personal values sealed."""

_SALT_BYTES = 16


def _sorted_json(body: Mapping[str, Any]) -> bytes:
    """Return a payload as version 1 has it: Python's JSON without blanks, its keys in the order of their characters."""
    written = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return written.encode()


_BYTES_OF: Mapping[int, Callable[[Mapping[str, Any]], bytes]] = {1: _sorted_json, 2: canonical_json, 3: canonical_json}
"""How a payload becomes bytes, by the version of its entry. A version may be added; none may change or go."""


def canonical(version: int, body: Mapping[str, Any]) -> bytes:
    """Return a payload as an entry of this version hashes it, its secrets apart.

    Raises ValueError for a payload that the version cannot carry, and LookupError for a version that is not known.
    """
    return _BYTES_OF[version](body)


def payload_digest(
    version: int, salt: bytes, body: Mapping[str, Any], *, kept: Mapping[str, Any] | None = None
) -> bytes:
    """Return the salted digest of a payload, as an entry of this version bears it; `kept` are its secrets.

    Raises ValueError for a payload that the version cannot carry: NaN and infinity, half a surrogate pair, and from
    version 2 on also an integer beyond ±(2^53 − 1) or a key that is no string; for secrets before version 3.
    """
    if kept is not None:
        if version < personal.SINCE:
            raise ValueError(f"a payload of version {version} has no secrets")
        body = personal.sealed(body, kept)
    return digest_of(f"disposisi/payload/{version}".encode(), salt, canonical(version, body))


class Entry(Base):
    """One line of the journal. Written once; the database refuses to change or remove it.

    A row from before entries had a version is of version 1.
    """

    __tablename__ = "journal_entries"

    chain_id: Mapped[int] = mapped_column(ForeignKey("journal_chains.id"), primary_key=True)
    sequence: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor_id: Mapped[int | None]
    capacity: Mapped[str] = mapped_column(String(80))
    action: Mapped[str] = mapped_column(String(32))
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    previous: Mapped[bytes] = mapped_column(LargeBinary(32))
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    version: Mapped[int] = mapped_column(SmallInteger, server_default=text("1"))

    payload: Mapped["Payload | None"] = relationship(lazy="raise", uselist=False)

    def computed_hash(self, subject: str) -> bytes:
        """Return the hash this entry must bear as a part of the chain `subject`."""
        return digest_of(
            f"disposisi/entry/{self.version}".encode(),
            subject.encode(),
            str(self.sequence).encode(),
            self.at.astimezone(UTC).isoformat(timespec="microseconds").encode(),
            b"" if self.actor_id is None else str(self.actor_id).encode(),
            self.capacity.encode(),
            self.action.encode(),
            self.digest,
            self.previous,
        )


class Payload(Base):
    """What an entry says beyond its head.

    `secrets` are those of its personal values, by key, None where it has none. `erased_in` is the number of the entry
    of the same chain that told last of an erasure here. A `body` that is None was emptied by somebody who told nobody.
    """

    __tablename__ = "journal_payloads"

    chain_id: Mapped[int] = mapped_column(primary_key=True)
    sequence: Mapped[int] = mapped_column(primary_key=True)
    salt: Mapped[bytes] = mapped_column(LargeBinary(_SALT_BYTES))
    body: Mapped[dict[str, Any] | None]
    secrets: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    erased_in: Mapped[int | None]

    __table_args__ = (
        ForeignKeyConstraint(["chain_id", "sequence"], ["journal_entries.chain_id", "journal_entries.sequence"]),
    )


class Chain(Base):
    """The head of one chain: how many entries it has and the hash of the last one.

    `moved` says that it has entries which no checkpoint covers yet.
    """

    __tablename__ = "journal_chains"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    subject: Mapped[str] = mapped_column(String(64), unique=True)
    length: Mapped[int] = mapped_column(default=0)
    head: Mapped[bytes] = mapped_column(LargeBinary(32), default=ORIGIN)
    moved: Mapped[bool] = mapped_column(server_default=true())

    entries: WriteOnlyMapped[Entry] = relationship()

    __table_args__ = (
        Index("ix_journal_chains_moved", "id", sqlite_where=text("moved = 1"), postgresql_where=text("moved")),
    )

    @classmethod
    def begin(cls, subject: str) -> Self:
        """Return an empty chain about `subject`, such as a case number."""
        return cls(subject=subject, length=0, head=ORIGIN, moved=False)

    def append(
        self, action: str, *, actor_id: int | None, capacity: str, payload: Mapping[str, Any], at: datetime
    ) -> Entry:
        """Append one entry and move the head. Nothing else makes an entry.

        Raises ValueError for a payload that canonical JSON cannot carry, see `payload_digest`.
        """
        salt = secrets.token_bytes(_SALT_BYTES)
        body = dict(payload)
        kept = personal.new_secrets(body)
        entry = Entry(
            sequence=self.length + 1,
            at=at,
            actor_id=actor_id,
            capacity=capacity,
            action=action,
            digest=payload_digest(VERSION, salt, body, kept=kept),
            previous=self.head,
            version=VERSION,
            payload=Payload(salt=salt, body=body, secrets=kept),
        )
        entry.hash = entry.computed_hash(self.subject)
        belongs(self, Chain.entries, entry)
        self.length, self.head, self.moved = entry.sequence, entry.hash, True
        return entry


@dataclass(frozen=True, slots=True)
class Breach:
    """The first place where a chain fails to verify: `sequence` counts from 1."""

    subject: str
    sequence: int
    reason: str


def first_breach(chain: Chain, entries: Iterable[Entry]) -> Breach | None:
    """Return the first entry that was changed, removed, inserted or reordered, or None if the chain verifies.

    `entries` are the chain's, in order of sequence, with their payloads loaded.
    """
    previous, expected = ORIGIN, 0
    for entry in entries:
        expected += 1
        if entry.sequence != expected:
            return Breach(chain.subject, expected, "missing")
        fault = _fault(entry, subject=chain.subject, previous=previous)
        if fault is not None:
            return Breach(chain.subject, entry.sequence, fault)
        previous = entry.hash
    if expected != chain.length:
        reason = "missing" if expected < chain.length else "more entries than the head counts"
        return Breach(chain.subject, min(expected, chain.length) + 1, reason)
    if previous != chain.head:
        return Breach(chain.subject, expected, "is not the head of its chain")
    return None


def _fault(entry: Entry, *, subject: str, previous: bytes) -> str | None:
    """Return what is wrong with an entry that must follow the hash `previous`, or None."""
    if entry.previous != previous:
        return "does not follow the entry before it"
    if entry.version not in _BYTES_OF:
        return f"is of version {entry.version}, which is not known"
    if entry.hash != entry.computed_hash(subject):
        return "changed"
    if entry.payload is None:
        return "payload missing"
    if entry.payload.body is None:
        return "payload emptied, and no entry tells of it"
    if not _has_digest(entry.payload, entry.payload.body, entry):
        return "payload changed"
    return None


def _has_digest(payload: Payload, body: Mapping[str, Any], entry: Entry) -> bool:
    """Whether a payload is the one that its entry bears, or what an erasure left of it.

    What was left of one from before version 3 is told by the entry of the erasure, and held against that.
    """
    if entry.version < personal.SINCE and payload.erased_in is not None:
        return payload.secrets is None
    try:
        return payload_digest(entry.version, payload.salt, body, kept=payload.secrets) == entry.digest
    except (ValueError, RecursionError):
        # An entry of this version was never written with such a body.
        return False
