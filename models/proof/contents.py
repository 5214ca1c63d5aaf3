"""What the journals tell of the contents that the archive keeps, to be held against their rows.

The bytes themselves are held against their digests where the archive is (`bot/archive/`).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from models.case.attachment import Keeping
from models.proof.account import Row

_TOLD = ("size", "media_type")


@dataclass(slots=True)
class Contents:
    """The size and the type of each content, by its digest, as entries of any case tell them."""

    told: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    differently: set[str] = field(default_factory=set)
    erased: set[str] = field(default_factory=set)

    def add(self, body: Mapping[str, Any]) -> None:
        """Take over that a content was kept. Raises `KeyError` for what no such entry says."""
        said = {"size": body["size"], "media_type": body["type"]}
        if self.told.setdefault(body["content"], said) != said:
            self.differently.add(body["content"])

    def mismatches(self, rows: Iterable[Row]) -> Iterator[tuple[str, str]]:
        """Yield every difference: the digest of the content, and what differs."""
        yield from ((digest, "the journal tells of it in two ways") for digest in sorted(self.differently))
        left = dict(self.told)
        for row in rows:
            digest = row["digest"]
            said = left.pop(digest, None) if isinstance(digest, str) else None
            if said is None:
                yield str(digest), "the journal does not know it"
                continue
            if row["erased_at"] is not None and digest not in self.erased:
                yield digest, "it was erased, and no entry tells of it"
            for name in _TOLD:
                if row[name] != said[name]:
                    yield digest, f"its {name} is not what the journal tells"
        yield from ((digest, "its row is missing") for digest in left)


def state_of(body: Mapping[str, Any]) -> Keeping:
    """Return why a file was passed over. Raises `ValueError` for no reason to pass over one."""
    why = Keeping(body["because"])
    if why not in {Keeping.TOO_LARGE, Keeping.GONE}:
        raise ValueError("a file is passed over for no reason")
    return why
