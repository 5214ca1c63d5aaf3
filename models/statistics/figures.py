"""Figures: what cells come to, for people. Pure.

A share is told from `FEW` on: a percentage of three tasks says more than three tasks can.
"""

from collections import Counter
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from models.statistics.cells import RETURNED, Cells, Key, Sums, median, ninth_tenth
from models.statistics.holding import Hold

H = TypeVar("H", bound=Hashable)

FEW = 5
"""Below so many, counts are told and no shares, and no times that stand for all."""


@dataclass(slots=True)
class Figures:
    """What was closed in a period.

    `sums` are those of all cells, `times` counts the minutes of office time that closed stays took, `booked` are the
    sums by how the task was held, `returned` counts the stays that ended with a return for correction.
    """

    sums: Sums = field(default_factory=Sums)
    times: Counter[int] = field(default_factory=Counter)
    booked: dict[Hold, Sums] = field(default_factory=dict)
    returned: int = 0

    def put(self, key: Key, sums: Sums) -> None:
        """Count a cell."""
        self.sums.add(sums)
        if key.outcome == RETURNED:
            self.returned += sums.stays
        self.booked.setdefault(Hold(key.how), Sums()).add(sums)

    @property
    def stays(self) -> int:
        """How many stays were closed."""
        return self.sums.stays

    @property
    def on_time(self) -> int:
        """How many of them within their standard."""
        return self.sums.stays - self.sums.late_stays

    @property
    def share_on_time(self) -> int | None:
        """Percent of the stays within their standard, rounded down; None where there are few."""
        return percent(self.on_time, self.stays)

    @property
    def median(self) -> int | None:
        """The minutes of office time that half of the stays did not exceed; None where there are few."""
        return median(self.times) if self.stays >= FEW else None

    @property
    def ninth_tenth(self) -> int | None:
        """The minutes of office time that nine of ten stays did not exceed; None where there are few."""
        return ninth_tenth(self.times) if self.stays >= FEW else None


def percent(part: int, whole: int) -> int | None:
    """Return a share in percent, rounded down, so that 100 means all; None where the whole is few."""
    return 100 * part // whole if whole >= FEW else None


@dataclass(slots=True)
class PersonFigures:
    """What one person in one post held and decided in a period.

    `held` counts the tasks that lay with them, `late` those that turned late there, and `late_for` the seconds of
    office time by which tasks were late there. `decided` counts what they decided, `times` the minutes of it.
    """

    held: int = 0
    late: int = 0
    late_for: int = 0
    waited: int = 0
    decided: int = 0
    returned: int = 0
    times: Counter[int] = field(default_factory=Counter)

    @property
    def median(self) -> int | None:
        """The minutes of office time that half of the decided tasks did not exceed; None where there are few."""
        return median(self.times) if self.decided >= FEW else None

    @property
    def ninth_tenth(self) -> int | None:
        """The minutes of office time that nine of ten decided tasks did not exceed; None where there are few."""
        return ninth_tenth(self.times) if self.decided >= FEW else None

    @property
    def share_on_time(self) -> int | None:
        """Percent of the held tasks that did not turn late there; None where there are few."""
        return percent(self.held - self.late, self.held)


@dataclass(frozen=True, slots=True)
class OpenNow:
    """What is open now: tasks, those past their deadline, and since when the oldest case lasts."""

    count: int = 0
    late: int = 0
    oldest: datetime | None = None
    oldest_number: str = ""


@dataclass(frozen=True, slots=True)
class Came:
    """What came in a period: cases that were reported, and tasks that were opened."""

    cases: int = 0
    stays: int = 0


def by(cells: Cells, what: Callable[[Key], H]) -> dict[H, Figures]:
    """Return the figures of each group of cells, the groups in order of their first cell."""
    found: dict[H, Figures] = {}
    for key, sums in cells.sums.items():
        found.setdefault(what(key), Figures()).put(key, sums)
    for key, times in cells.times.items():
        found.setdefault(what(key), Figures()).times.update(times)
    return found


def total(cells: Cells) -> Figures:
    """Return the figures of all cells."""
    return by(cells, lambda _: None).get(None, Figures())


def by_person(cells: Cells) -> dict[tuple[str, int], PersonFigures]:
    """Return what each person held and decided in each post, by the post and the person's number."""
    found: dict[tuple[str, int], PersonFigures] = {}
    for key, sums in cells.sums.items():
        if key.person_id:
            theirs = found.setdefault((key.post, key.person_id), PersonFigures())
            theirs.held += sums.held
            theirs.late += sums.lates
            theirs.late_for += sums.late
            theirs.waited += sums.waited
        if key.decider_id:
            deciding = found.setdefault((key.post, key.decider_id), PersonFigures())
            deciding.decided += sums.stays
            if key.outcome == RETURNED:
                deciding.returned += sums.stays
    for key, times in cells.times.items():
        if key.decider_id:
            found.setdefault((key.post, key.decider_id), PersonFigures()).times.update(times)
    return found
