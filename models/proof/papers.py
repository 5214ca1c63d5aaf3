"""The papers that were issued, as the journals of their cases tell them, to be held against their rows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from models.case.issued_paper import ISSUED
from models.journal.chain import Entry
from models.proof.account import Account, Row


@dataclass(slots=True)
class Papers:
    """The accounts of the papers, by the digest of the file and the number of the case's chain."""

    told: dict[tuple[str, int], Account] = field(default_factory=dict)

    def add(self, entry: Entry, *, chain_id: int) -> None:
        """Take over an entry, if it tells that a paper was issued."""
        body: Any = entry.payload.body if entry.payload else None
        if entry.action != ISSUED or not isinstance(body, dict):
            return
        said = {name: body.get(name) for name in ("mark", "kind", "sequence")}
        account = Account(entry.sequence, {**said, "issued_at": entry.at})
        # A file that was issued for two cases would be told twice, and has one row.
        self.told[str(body.get("file")), chain_id] = account

    def mismatches(self, rows: Iterable[Row]) -> Iterator[tuple[str, str]]:
        """Yield every difference: the digest of the file, and what differs. A row bears the `chain_id` of its case."""
        left = dict(self.told)
        for row in rows:
            account = left.pop((row["file"], row["chain_id"]), None)
            if account is None:
                yield str(row["file"]), "the journal of its case does not know it"
                continue
            for column in account.differences(row):
                yield str(row["file"]), f"its {column} is not what the journal tells"
        yield from ((str(file), "its row is missing") for file, _ in left)
