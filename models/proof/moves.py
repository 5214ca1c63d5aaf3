"""Cases that were moved to another SOP: what the new one reports is what the journal of the old one tells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from models.proof.account import GONE, Account

_COPIED = ("reporter_id", "text", "urgency", "confidential", "origin")
"""The columns of a case that go along."""


@dataclass(frozen=True, slots=True)
class _Left:
    case: Mapping[str, Any]
    files: Sequence[Mapping[str, Any]]


@dataclass(slots=True)
class Moves:
    """The cases that were moved, by the number of the case in which each goes on. Its chain comes after theirs."""

    left: dict[str, _Left] = field(default_factory=dict)

    def add(self, number: str, case: Account, files: Sequence[Account]) -> None:
        """Take over that a case goes on as the one with this number."""
        self.left[number] = _Left(dict(case.columns), [dict(one.columns) for one in files])

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
