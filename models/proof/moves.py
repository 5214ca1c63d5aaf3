"""Cases that go on elsewhere: what a moved one reports, and which case is named by number and by its own number."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from models.proof.account import GONE, Account

_COPIED = ("reporter_id", "text", "urgency", "confidential", "origin")
"""The columns of a case that go along."""


@dataclass(frozen=True, slots=True)
class _Left:
    case: Mapping[str, Any]
    files: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class _Named:
    told_by: str
    sequence: int
    case_id: object
    number: object


@dataclass(slots=True)
class Moves:
    """The cases that were moved, by the number of the case in which each goes on. Its chain comes after theirs.

    `numbers` are those of all cases, by the number of the row.
    """

    left: dict[str, _Left] = field(default_factory=dict)
    numbers: dict[object, str] = field(default_factory=dict)
    _named: list[_Named] = field(default_factory=list)

    def add(self, number: str, case: Account, files: Sequence[Account]) -> None:
        """Take over that a case goes on as the one with this number."""
        self.left[number] = _Left(dict(case.columns), [dict(one.columns) for one in files])

    def name(self, told_by: str, sequence: int, case_id: object, number: object) -> None:
        """Take over that an entry of the case `told_by` names another case by its row and by its number."""
        if case_id is not None and number is not GONE:
            self._named.append(_Named(told_by, sequence, case_id, number))

    def misnamed(self) -> Iterator[tuple[str, int, str]]:
        """Yield the number and the entry of each case that names another one by a number that it does not have."""
        for one in self._named:
            if self.numbers.get(one.case_id, one.number) != one.number:
                yield one.told_by, one.sequence, "it names another case by a number that is not that case's"

    def check(self, number: str, case: Account, files: Sequence[Account]) -> None:
        """Raise `ValueError` where the case with this number does not begin with what was moved."""
        old = self.left.get(number)
        if old is None:
            return
        if any(_differs(old.case, case.columns, name) for name in _COPIED):
            raise ValueError("the report is not the one that was moved")
        pairs = zip(old.files, (one.columns for one in files), strict=True)
        if any(_differs(before, now, name) for before, now in pairs for name in ("file_unique_id", "digest")):
            raise ValueError("the files are not those of the report that was moved")


def _differs(old: Mapping[str, Any], new: Mapping[str, Any], name: str) -> bool:
    """Whether both tell a column, and tell it otherwise; words that were erased tell nothing."""
    told = (old.get(name, GONE), new.get(name, GONE))
    erased = name == "origin" and (old.get("erased_in") or new.get("erased_in"))
    return GONE not in told and not erased and told[0] != told[1]
