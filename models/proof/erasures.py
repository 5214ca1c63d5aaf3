"""What a chain tells of erasures, held against the payloads that were emptied.

An emptied value that no entry tells of is a breach, and so is one that was told of and is there. What is left of a
payload from before version 3 is held against the digest of the rest, which the entry tells.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from models.journal import personal
from models.journal.chain import Breach, Entry
from models.journal.erasing import ERASE
from models.proof.replay import Contradiction


@dataclass(slots=True)
class _Gone:
    """What a payload lacks: the keys, the entry that it names, the hash of its own, and what is left of it."""

    keys: set[str]
    erased_in: int | None
    hash: str
    rest: str | None


@dataclass(slots=True)
class Erasures:
    """The emptied payloads of one chain, and what its entries tell of them, by the numbers of the entries."""

    _gone: dict[int, _Gone] = field(default_factory=dict)
    _told: dict[int, list[tuple[int, Mapping[str, Any]]]] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many payloads were emptied."""
        return len(self._gone)

    def add(self, entry: Entry) -> None:
        """Take over the next entry of the chain. Raises `Contradiction`."""
        try:
            self._take(entry)
        except (KeyError, TypeError, ValueError, AttributeError) as fault:
            raise Contradiction(entry.sequence) from fault

    def _take(self, entry: Entry) -> None:
        payload = entry.payload
        if payload is None or payload.body is None:
            return
        keys = personal.gone_from(payload.body)
        if keys or payload.erased_in is not None:
            rest = personal.digest_of_rest(payload.body) if entry.version < personal.SINCE else None
            self._gone[entry.sequence] = _Gone(keys, payload.erased_in, entry.hash.hex(), rest)
        if entry.action == ERASE:
            for one in payload.body["entries"]:
                if not 0 < one["sequence"] < entry.sequence:
                    raise ValueError("an entry tells of an erasure in what comes after it")
                self._told.setdefault(one["sequence"], []).append((entry.sequence, one))

    def breach(self, subject: str) -> Breach | None:
        """Return the first payload that lacks what nobody erased, or has what was erased."""
        for sequence in sorted(self._gone.keys() | self._told.keys()):
            fault = self._fault(self._gone.get(sequence), self._told.get(sequence, []))
            if fault is not None:
                return Breach(subject, sequence, fault)
        return None

    @staticmethod
    def _fault(gone: _Gone | None, told: list[tuple[int, Mapping[str, Any]]]) -> str | None:
        if not told:
            return "payload emptied, and no entry tells of it"
        last, said = told[-1]
        if gone is None or gone.keys != {key for _, one in told for key in one["keys"]}:
            return f"its payload lacks other values than entry {last} tells of"
        if any(one["hash"] != gone.hash for _, one in told):
            return f"entry {last} tells of an erasure in another entry"
        if gone.erased_in != last or gone.rest != said.get("rest"):
            return f"what is left of its payload is not what entry {last} tells"
        return None
