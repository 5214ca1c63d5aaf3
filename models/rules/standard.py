"""The time standard of a step: "30 menit", "2 jam", "1 hari"."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from models.rules.complete import complete
from models.rules.errors import InvalidStandard

_STANDARD = re.compile(r"([1-9][0-9]{0,3}) (menit|jam|hari)")


class StandardUnit(StrEnum):
    """The units the document measures time in; minutes and hours are office time, days are working days."""

    MINUTES = "menit"
    HOURS = "jam"
    DAYS = "hari"


_SECONDS: Mapping[StandardUnit, int | None] = complete(
    StandardUnit, {StandardUnit.MINUTES: 60, StandardUnit.HOURS: 3600, StandardUnit.DAYS: None}
)

_MOST_MINUTES: Mapping[StandardUnit, int] = complete(
    StandardUnit, {StandardUnit.MINUTES: 1, StandardUnit.HOURS: 60, StandardUnit.DAYS: 24 * 60}
)


@dataclass(frozen=True, slots=True)
class Standard:
    """The time a step may take (mutu baku waktu), as the document writes it: "30 menit", "2 hari"."""

    amount: int
    unit: StandardUnit

    def __post_init__(self) -> None:
        if not _STANDARD.fullmatch(str(self)):
            raise InvalidStandard(str(self))

    def __str__(self) -> str:
        return f"{self.amount} {self.unit.value}"

    def is_longer_than(self, other: "Standard") -> bool:
        """Whether the time is longer than `other`, whatever office it is.

        How long a working day is, each office says for itself. Here it has all 24 hours, so that an amount of minutes
        or hours is found to be longer only where it is longer in every office.
        """
        own, others = (one.amount * _MOST_MINUTES[one.unit] for one in (self, other))
        return own > others

    @classmethod
    def parse(cls, text: str) -> "Standard":
        """Read a standard from 1 to 9999 menit, jam or hari; raises `InvalidStandard` for anything else."""
        match = _STANDARD.fullmatch(text)
        if match is None:
            raise InvalidStandard(text)
        return cls(int(match[1]), StandardUnit(match[2]))

    @property
    def seconds(self) -> int | None:
        """The standard in seconds of office time; None for days, whose length depends on the calendar."""
        seconds = _SECONDS[self.unit]
        return None if seconds is None else self.amount * seconds
