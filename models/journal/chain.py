"""The append-only record: hash-chained entries, one chain per case and one for the office.

An entry's hash covers the chain's subject, its sequence, the instant, who acted in which capacity, the
action, the digest of the payload and the previous entry's hash. The payload lies beside the chain, salted,
so that it can be erased (UU 27/2022 on personal data) without breaking the chain.
"""

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self

from sqlalchemy import ForeignKey, ForeignKeyConstraint, LargeBinary, String
from sqlalchemy.orm import Mapped, WriteOnlyMapped, mapped_column, relationship

from models.base import Base, Identity

ORIGIN = bytes(32)
"""The hash that the first entry of every chain follows."""

_ENTRY_TAG = b"disposisi/entry/1"
_PAYLOAD_TAG = b"disposisi/payload/1"
_SALT_BYTES = 16


def _hash(*fields: bytes) -> bytes:
    """SHA-256 over length-prefixed fields, so no two different lists of fields hash alike by concatenation."""
    digest = hashlib.sha256()
    for field in fields:
        digest.update(len(field).to_bytes(8, "big"))
        digest.update(field)
    return digest.digest()


def payload_digest(salt: bytes, body: Mapping[str, Any]) -> bytes:
    """Return the salted digest of a payload, over its canonical JSON."""
    canonical = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return _hash(_PAYLOAD_TAG, salt, canonical.encode())


class Entry(Base):
    """One line of the journal. Written once; the database refuses to change or remove it."""

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

    payload: Mapped["Payload | None"] = relationship(lazy="raise", uselist=False)

    def computed_hash(self, subject: str) -> bytes:
        """Return the hash this entry must bear as a part of the chain `subject`."""
        return _hash(
            _ENTRY_TAG,
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
    """What an entry says beyond its head. `body` is None once it has been erased."""

    __tablename__ = "journal_payloads"

    chain_id: Mapped[int] = mapped_column(primary_key=True)
    sequence: Mapped[int] = mapped_column(primary_key=True)
    salt: Mapped[bytes] = mapped_column(LargeBinary(_SALT_BYTES))
    body: Mapped[dict[str, Any] | None]

    __table_args__ = (
        ForeignKeyConstraint(["chain_id", "sequence"], ["journal_entries.chain_id", "journal_entries.sequence"]),
    )


class Chain(Base):
    """The head of one chain: how many entries it has and the hash of the last one."""

    __tablename__ = "journal_chains"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    subject: Mapped[str] = mapped_column(String(64), unique=True)
    length: Mapped[int] = mapped_column(default=0)
    head: Mapped[bytes] = mapped_column(LargeBinary(32), default=ORIGIN)

    entries: WriteOnlyMapped[Entry] = relationship()

    @classmethod
    def begin(cls, subject: str) -> Self:
        """Return an empty chain about `subject`, such as a case number."""
        return cls(subject=subject, length=0, head=ORIGIN)

    def append(
        self, action: str, *, actor_id: int | None, capacity: str, payload: Mapping[str, Any], at: datetime
    ) -> Entry:
        """Append one entry and move the head. The only way an entry comes to be."""
        salt = secrets.token_bytes(_SALT_BYTES)
        body = dict(payload)
        entry = Entry(
            sequence=self.length + 1,
            at=at,
            actor_id=actor_id,
            capacity=capacity,
            action=action,
            digest=payload_digest(salt, body),
            previous=self.head,
            payload=Payload(salt=salt, body=body),
        )
        entry.hash = entry.computed_hash(self.subject)
        self.entries.add(entry)
        self.length, self.head = entry.sequence, entry.hash
        return entry


@dataclass(frozen=True, slots=True)
class Breach:
    """The first place where a chain does not hold: `sequence` counts from 1."""

    subject: str
    sequence: int
    reason: str


def first_breach(chain: Chain, entries: Iterable[Entry]) -> Breach | None:
    """Return the first entry that was changed, removed, inserted or reordered, or None if the chain holds.

    `entries` are the chain's, in order of sequence, with their payloads loaded.
    """
    previous, expected = ORIGIN, 0
    for entry in entries:
        expected += 1
        if entry.sequence != expected:
            return Breach(chain.subject, expected, "missing")
        if entry.previous != previous:
            return Breach(chain.subject, entry.sequence, "does not follow the entry before it")
        if entry.hash != entry.computed_hash(chain.subject):
            return Breach(chain.subject, entry.sequence, "changed")
        if entry.payload is None:
            return Breach(chain.subject, entry.sequence, "payload missing")
        if entry.payload.body is not None and payload_digest(entry.payload.salt, entry.payload.body) != entry.digest:
            return Breach(chain.subject, entry.sequence, "payload changed")
        previous = entry.hash
    if expected != chain.length:
        reason = "missing" if expected < chain.length else "more entries than the head counts"
        return Breach(chain.subject, min(expected, chain.length) + 1, reason)
    if previous != chain.head:
        return Breach(chain.subject, expected, "is not the head of its chain")
    return None
