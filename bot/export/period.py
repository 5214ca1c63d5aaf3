"""The months of an export, as they are typed: `2026-10`, or `2026-10..2026-12` with both included."""

import re
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Self

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_DECEMBER = 12
_YEARS = range(1, 9999)


@dataclass(frozen=True, slots=True)
class Period:
    """The months from `first` to `last`, each as year and month, both included."""

    first: tuple[int, int]
    last: tuple[int, int]

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a period. Raises ValueError with a sentence for what is none."""
        first, dots, last = text.partition("..")
        found = [_MONTH.fullmatch(one) for one in ((first, last) if dots else (first, first))]
        months = [(int(one[1]), int(one[2])) for one in found if one is not None]
        if len(months) < len(found) or months[0] > months[1] or not {year for year, _ in months} <= set(_YEARS):
            raise ValueError(f"“{text}” is no period. Write months, such as 2026-10 or 2026-10..2026-12.")
        return cls(months[0], months[1])

    def bounds(self, zone: tzinfo) -> tuple[datetime, datetime]:
        """Return the instants at which the period begins, and at which it is over, in the office's `zone`."""
        year, month = self.last
        after = (year + 1, 1) if month == _DECEMBER else (year, month + 1)
        return datetime(*self.first, 1, tzinfo=zone), datetime(*after, 1, tzinfo=zone)

    def __str__(self) -> str:
        return "..".join(f"{year:04d}-{month:02d}" for year, month in (self.first, self.last))
