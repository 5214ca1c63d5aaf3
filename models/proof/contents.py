"""What the journals tell of the contents that the archive keeps, to be held against their rows.

The bytes themselves are held against their digests where the archive is (`bot/archive/`).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from models.case.attachment import Keeping
from models.proof.account import Account, Row

_TOLD = ("size", "media_type")


@dataclass(slots=True)
class Contents:
    """The size and the type of each content, by its digest, as entries of any case tell them.

    `kept` and `erased` are the instants at which each was kept and erased. `held` is for which a case keeps a file at
    the end, with the instant at which it was kept for the first of them.
    """

    told: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    differently: set[str] = field(default_factory=set)
    kept: dict[str, set[datetime]] = field(default_factory=dict)
    erased: dict[str, set[datetime]] = field(default_factory=dict)
    held: dict[str, datetime] = field(default_factory=dict)
    _of_case: list[tuple[Account, datetime]] = field(default_factory=list)

    def add(self, body: Mapping[str, Any], *, at: datetime) -> None:
        """Take over that a content was kept at the instant `at`. Raises `KeyError` for what no such entry says."""
        said = {"size": body["size"], "media_type": body["type"]}
        self.kept.setdefault(body["content"], set()).add(at)
        if self.told.setdefault(body["content"], said) != said:
            self.differently.add(body["content"])

    def erase(self, digest: str, *, at: datetime) -> None:
        """Take over that it was decided at the instant `at` to keep a content no more."""
        self.erased.setdefault(digest, set()).add(at)

    def keeps(self, file: Account, *, at: datetime) -> None:
        """Take over that the archive keeps a file of the case that is read, from the instant `at` on."""
        self._of_case.append((file, at))

    def end_of_case(self, files: Iterable[Account]) -> None:
        """Take over which of the `files` that are left in the case that was read the archive keeps still."""
        there = {id(file) for file in files}
        for file, since in self._of_case:
            if id(file) in there and file.columns["keeping"] is Keeping.KEPT:
                digest = file.columns["content"]
                self.held[digest] = min(since, self.held.get(digest, since))
        self._of_case.clear()

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
            yield from ((digest, reason) for reason in self._otherwise(digest, row))
            for name in _TOLD:
                if row[name] != said[name]:
                    yield digest, f"its {name} is not what the journal tells"
        yield from ((digest, "its row is missing") for digest in left)

    def _otherwise(self, digest: str, row: Row) -> Iterator[str]:
        """Yield in what a row tells otherwise than the journals when its content was kept and erased."""
        erased, kept = self.erased.get(digest, set()), self.kept[digest]
        since = self.held.get(digest)
        # Kept and erased at one instant: its row says which came last.
        gone = row["erased_at"] is not None
        if since is not None and any(since < at or (since == at and gone) for at in erased):
            yield "it was erased, and a case keeps a file with it"
        if row["kept_at"] not in kept:
            yield "its kept_at is not what the journal tells"
        if row["erased_at"] is None:
            if erased and max(erased) > max(kept):
                yield "it was erased, and its row does not say so"
        elif not erased:
            yield "it was erased, and no entry tells of it"
        elif row["erased_at"] not in erased:
            yield "its erased_at is not what the journal tells"


def state_of(body: Mapping[str, Any]) -> Keeping:
    """Return why a file was passed over. Raises `ValueError` for no reason to pass over one."""
    why = Keeping(body["because"])
    if why not in {Keeping.TOO_LARGE, Keeping.GONE}:
        raise ValueError("a file is passed over for no reason")
    return why
