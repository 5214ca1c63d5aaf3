"""The entries of the chains as lines. A payload is given as the very text whose digest the entry bears."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.export.chosen import Chosen, chain_pages
from models.journal.chain import Entry, Payload, canonical

Line = dict[str, Any]

_BATCH = 500

_ENTRIES = (
    select(
        Entry.chain_id,
        Entry.sequence,
        Entry.at,
        Entry.actor_id,
        Entry.capacity,
        Entry.action,
        Entry.version,
        Entry.digest,
        Entry.previous,
        Entry.hash,
        Payload.salt,
        Payload.body,
    )
    .outerjoin(Payload, (Entry.chain_id == Payload.chain_id) & (Entry.sequence == Payload.sequence))
    .order_by(Entry.chain_id, Entry.sequence)
)


def entry_lines(session: Session, chosen: Chosen) -> Iterator[Line]:
    """Yield the entries of the chosen chains, each chain from its first entry to its last."""
    for page in chain_pages(session, chosen):
        subjects = dict(page)
        found = _ENTRIES.where(Entry.chain_id.in_(subjects))
        with session.execute(found, execution_options={"yield_per": _BATCH}) as rows:
            for row in rows:
                yield {
                    "chain": subjects[row.chain_id],
                    "seq": row.sequence,
                    "at": instant(row.at),
                    "actor": row.actor_id,
                    "capacity": row.capacity,
                    "action": row.action,
                    "version": row.version,
                    "digest": row.digest.hex(),
                    "prev": row.previous.hex(),
                    "hash": row.hash.hex(),
                    "salt": None if row.salt is None else row.salt.hex(),
                    "payload": None if row.body is None else payload_text(row.version, row.body),
                }


def payload_text(version: int, body: Mapping[str, Any]) -> str:
    """Return a payload as it was hashed. A body that its version cannot carry was forged: it is given as it is."""
    try:
        return canonical(version, body).decode()
    except (ValueError, LookupError, RecursionError):
        return json.dumps(body, sort_keys=True, separators=(",", ":"))


def instant(at: datetime | None) -> str | None:
    """Return an instant as the lines have it: in UTC, with microseconds."""
    return None if at is None else at.astimezone(UTC).isoformat(timespec="microseconds")
