"""The smallest sums that all figures are made of, and how they add up. Pure.

A cell is a key, the same for all that was counted into it, and sums. Tallies keep cells; those of tasks that were
closed a moment ago are made of their stretches. Both add up in the same way.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import NamedTuple, Self

from models.rules.actions import Outcome
from models.statistics.holding import Hold

NO_CLOSING = -1
"""The minutes of a stretch that does not close its stay."""

NOBODY = 0


class Key(NamedTuple):
    """What the stretches of one cell have in common, as `Tally` describes it."""

    sop: str
    step: int
    post: str
    person_id: int
    decider_id: int
    how: Hold
    outcome: str
    minutes: int


@dataclass(slots=True)
class Sums:
    """The sums of one cell, as `Tally` describes them. Durations are seconds of office time."""

    held: int = 0
    stays: int = 0
    late_stays: int = 0
    lates: int = 0
    used: int = 0
    waited: int = 0
    asked: int = 0
    late: int = 0
    reminders: int = 0
    ends: int = 0
    corrected: int = 0
    rounds: int = 0

    def add(self, other: "Sums") -> None:
        """Count what is in `other` too."""
        for name in SUMMED:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    @classmethod
    def of(cls, values: Iterable[int | None]) -> Self:
        """Return the sums with these values, in their order; None is nothing."""
        return cls(*(int(value or 0) for value in values))


SUMMED = tuple(one.name for one in fields(Sums))
"""The names of the sums, in their order."""

Cells = dict[Key, Sums]


def put(cells: Cells, key: Key, sums: Sums) -> None:
    """Count `sums` into the cell of `key`."""
    known = cells.get(key)
    if known is None:
        known = cells[key] = Sums()
    known.add(sums)


def share_of(times: Mapping[int, int], numerator: int, denominator: int) -> int | None:
    """Return the smallest value that so large a share of all values does not exceed (nearest rank); None without any.

    `times` counts how often each value comes.
    """
    total = sum(times.values())
    if total == 0:
        return None
    rank, passed = max(1, -(-total * numerator // denominator)), 0
    for value in sorted(times):
        passed += times[value]
        if passed >= rank:
            return value
    raise ArithmeticError("more values were counted than there are")


def median(times: Mapping[int, int]) -> int | None:
    """Return the value that half of all values do not exceed."""
    return share_of(times, 1, 2)


def ninth_tenth(times: Mapping[int, int]) -> int | None:
    """Return the value that nine of ten values do not exceed."""
    return share_of(times, 9, 10)


RETURNED = Outcome.RETURNED.value
