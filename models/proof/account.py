"""The journal's account of one row, to be compared with the row as it is stored."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]
"""The columns of a row by name."""


class _Gone:
    """Stands for words that the journal told and that were erased, and for each part of them."""

    def __getitem__(self, part: object) -> "_Gone":
        return self


GONE = _Gone()
"""What the journal says where the words were erased: the row must be empty there."""


@dataclass(slots=True)
class Account:
    """What the journal says of one row: the columns it knows, and the last entry that says something of them."""

    sequence: int
    columns: dict[str, Any]

    def add(self, sequence: int, **columns: Any) -> None:
        """Take over what the entry `sequence` says of the row."""
        self.sequence = sequence
        self.columns |= columns

    def differences(self, row: Row) -> list[str]:
        """Return the names of the columns in which `row` differs."""
        return [
            name
            for name, value in self.columns.items()
            if (row[name] not in ("", [], {}) if value is GONE else row[name] != value)
        ]


def pair_with_rows(accounts: Sequence[Account], rows: Sequence[Row]) -> Iterator[tuple[Account | None, Row | None]]:
    """Yield every account with its row: None for a row that is missing, or for the account of an added row.

    Accounts and rows that agree are paired first. The rest are paired in order, so that a changed row is named by
    itself and the rows after it are not.
    """
    left, unmatched = list(rows), list[Account]()
    for account in accounts:
        fitting = next((place for place, row in enumerate(left) if not account.differences(row)), None)
        if fitting is None:
            unmatched.append(account)
        else:
            yield account, left.pop(fitting)
    for place in range(max(len(unmatched), len(left))):
        yield (
            unmatched[place] if place < len(unmatched) else None,
            left[place] if place < len(left) else None,
        )
