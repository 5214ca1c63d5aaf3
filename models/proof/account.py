"""What a journal tells of one row, to be held against the row as it is stored."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]
"""The columns of a row by name."""


@dataclass(slots=True)
class Told:
    """What the journal tells of one row: the columns it knows, and the entry that spoke of it last."""

    sequence: int
    columns: dict[str, Any]

    def says(self, sequence: int, **columns: Any) -> None:
        """Take in what the entry `sequence` tells."""
        self.sequence = sequence
        self.columns |= columns

    def differences(self, row: Row) -> list[str]:
        """Return the names of the columns in which `row` differs."""
        return [name for name, value in self.columns.items() if row[name] != value]


def paired(told: Sequence[Told], rows: Sequence[Row]) -> Iterator[tuple[Told | None, Row | None]]:
    """Go through what was told and the rows, each with its counterpart: None where a row is missing, or one too many.

    First those that agree find each other, so that what is named is what was changed, and not all that comes after it.
    """
    left, unmatched = list(rows), list[Told]()
    for one in told:
        fitting = next((place for place, row in enumerate(left) if not one.differences(row)), None)
        if fitting is None:
            unmatched.append(one)
        else:
            yield one, left.pop(fitting)
    for place in range(max(len(unmatched), len(left))):
        yield (
            unmatched[place] if place < len(unmatched) else None,
            left[place] if place < len(left) else None,
        )
