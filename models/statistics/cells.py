"""The smallest sums that all figures are made of, and how they add up. Pure.

A cell is a key, the same for all that was counted into it, and sums. Beside the sums stands how often a closed stay
took how long, since no sum tells a median. Tallies and durations keep both; those of tasks that were closed a moment
ago are made of their stretches. All add up in the same way.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import NamedTuple, Self

from models.rules.actions import Outcome
from models.statistics.holding import Hold

NOBODY = 0

MINUTES = "minutes"
"""What is asked for beside fields of `Key` where it matters how long closed stays took."""


class Key(NamedTuple):
    """What the stretches of one cell have in common, as `Tally` describes it."""

    sop: str
    step: int
    post: str
    person_id: int
    decider_id: int
    how: Hold
    outcome: str


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
    reminded: int = 0
    delayed: int = 0

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


@dataclass(slots=True)
class Cells:
    """Cells by their keys: their `sums`, and in `times` how many closed stays took how many minutes of office time."""

    sums: dict[Key, Sums] = field(default_factory=dict)
    times: dict[Key, Counter[int]] = field(default_factory=dict)

    def put(self, key: Key, sums: Sums) -> None:
        """Count `sums` into the cell of `key`."""
        known = self.sums.get(key)
        if known is None:
            known = self.sums[key] = Sums()
        known.add(sums)

    def took(self, key: Key, minutes: int, stays: int = 1) -> None:
        """Count closed stays that took so many minutes."""
        known = self.times.get(key)
        if known is None:
            known = self.times[key] = Counter()
        known[minutes] += stays

    def add(self, other: "Cells") -> None:
        """Count what is in `other` too."""
        for key, sums in other.sums.items():
            self.put(key, sums)
        for key, times in other.times.items():
            self.times.setdefault(key, Counter()).update(times)


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
