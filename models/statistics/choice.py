"""What a reader of figures has chosen, as a card keeps it."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from models.rules.period import Period
from models.statistics.listing import Number
from models.statistics.wanted import Wanted

_SEPARATOR = "|"


@dataclass(frozen=True, slots=True)
class Choice:
    """What a reader has chosen on a card: a period, and what of the office; `number` is the one that is opened."""

    period: Period
    sop: str | None = None
    step: int | None = None
    post: str | None = None
    person: int | None = None
    number: Number | None = None

    @classmethod
    def read(cls, kept: str) -> Self:
        """Return what a card keeps. Raises ValueError for what is none."""
        period, sop, step, post, person, number = kept.split(_SEPARATOR)
        first, _, last = period.partition("..")
        return cls(
            Period(date.fromisoformat(first), date.fromisoformat(last)),
            sop or None,
            int(step) if step else None,
            post or None,
            int(person) if person else None,
            Number(number) if number else None,
        )

    @property
    def kept(self) -> str:
        """The choice as a card keeps it."""
        period = f"{self.period.first.isoformat()}..{self.period.last.isoformat()}"
        rest = (self.sop, self.step, self.post, self.person, self.number.value if self.number else None)
        return _SEPARATOR.join([period, *("" if one is None else str(one) for one in rest)])

    @property
    def wanted(self) -> Wanted:
        """The figures that are chosen, for any reader."""
        return Wanted(self.period, self.sop, self.step, self.post, self.person)

    @property
    def is_whole(self) -> bool:
        """Whether nothing of the office is chosen."""
        return (self.sop, self.step, self.post, self.person) == (None, None, None, None)
