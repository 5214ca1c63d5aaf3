"""Erasing what people wrote from the payloads of a chain: an act, told by an entry of the same chain.

The entry names each payload by the number and the hash of its entry, and the keys that were emptied. The database lets
a payload be emptied only where such an entry names it, so the entry is written first.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session, joinedload

from models.journal import personal
from models.journal.chain import Chain, Entry

ERASE = "erase"
"""The action of an entry that tells of an erasure."""

_NO_SALT = bytes(16)


def entries_of(session: Session, chain: Chain) -> list[Entry]:
    """Return the entries of a chain in their order, with their payloads."""
    found = chain.entries.select().order_by(Entry.sequence).options(joinedload(Entry.payload))
    return list(session.scalars(found, execution_options={"populate_existing": True}))


def told(entry: Entry, keys: Collection[str]) -> dict[str, Any]:
    """Return how the journal tells that the values of `keys` are erased from the payload of an entry."""
    said: dict[str, Any] = {"sequence": entry.sequence, "hash": entry.hash.hex(), "keys": sorted(keys)}
    if entry.version < personal.SINCE and entry.payload is not None and entry.payload.body is not None:
        left, _ = personal.emptied(entry.payload.body, None, keys)
        said["rest"] = personal.digest_of_rest(left)
    return said


def erase(
    session: Session,
    chain: Chain,
    wanted: Mapping[int, Collection[str]],
    *,
    entries: Collection[Entry],
    actor_id: int | None,
    capacity: str,
    at: datetime,
    **said: object,
) -> int:
    """Erase the values of some keys from the payloads of `entries`, by the numbers of these, and tell of it.

    `said` is why, and what else was erased with them. Returns the number of the entry that tells.
    """
    chosen = [entry for entry in entries if wanted.get(entry.sequence)]
    telling = chain.append(
        ERASE,
        actor_id=actor_id,
        capacity=capacity,
        payload={"entries": [told(entry, wanted[entry.sequence]) for entry in chosen], **said},
        at=at,
    )
    session.flush()
    for entry in chosen:
        payload = entry.payload
        if payload is None or payload.body is None:
            continue
        payload.body, payload.secrets = personal.emptied(payload.body, payload.secrets, wanted[entry.sequence])
        payload.erased_in = telling.sequence
        if entry.version < personal.SINCE:
            # The digest covers the words themselves: with its salt they could be found by trying.
            payload.salt = _NO_SALT
    session.flush()
    return telling.sequence


def body_of(entry: Entry) -> dict[str, Any]:
    """Return the payload of an entry without what was erased from it."""
    body = entry.payload.body if entry.payload is not None else None
    return personal.legible(body or {})
