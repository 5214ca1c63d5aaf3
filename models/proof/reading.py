"""Reading the entries of a chain from their columns, which somebody may have written anything into."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from models.journal.chain import Entry, Payload


class Broken(Exception):
    """An entry whose columns cannot be read."""

    def __init__(self, sequence: int, reason: str) -> None:
        super().__init__(sequence, reason)
        self.sequence = sequence
        self.reason = reason


def entry_of(row: Mapping[str, Any], expected: int) -> Entry:
    """Return a stored row as an entry. Raises `Broken`."""
    sequence = row["sequence"] if isinstance(row["sequence"], int) else expected
    kinds: dict[str, Any] = {
        "sequence": int,
        "at": datetime,
        "actor_id": int | None,
        "capacity": str,
        "action": str,
        "digest": bytes,
        "previous": bytes,
        "hash": bytes,
        "version": int,
    }
    if any(not isinstance(row[name], kind) for name, kind in kinds.items()):
        raise Broken(sequence, "changed")
    beside = (("salt", bytes), ("body", dict), ("secrets", dict), ("erased_in", int))
    if any(not isinstance(row[name], kind | None) for name, kind in beside):
        raise Broken(sequence, "payload changed")
    payload = None
    if row["salt"] is not None:
        payload = Payload(**{name: row[name] for name in ("salt", "body", "secrets", "erased_in")})
    return Entry(**{name: row[name] for name in kinds}, payload=payload)
