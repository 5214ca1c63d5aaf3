"""What is said of a case that is over: by its reporter of the result, by a superior of the work."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple, Protocol, Self

TO_CHANGE = timedelta(days=7)
"""How long what was said can be changed: what a month's numbers are made of must come to rest."""


class Rating(StrEnum):
    """What the reporter may say of a result that helped: how fast it came, and whether it was plain to them."""

    QUICK = "quick"
    SLOW = "slow"
    CLEAR = "clear"
    UNCLEAR = "unclear"

    @property
    def column(self) -> str:
        """The column of the reporter's word, and the key of the journal's entry, that has the answer."""
        return "quick" if self in {Rating.QUICK, Rating.SLOW} else "clear"

    @property
    def good(self) -> bool:
        """What stands in the column."""
        return self in {Rating.QUICK, Rating.CLEAR}


class Appraisal(StrEnum):
    """What a superior may say of the work on a case: it was done well, or there is something to improve."""

    WELL = "well"
    IMPROVE = "improve"


class Judged(Protocol):
    """What keeps the word of one reporter: a case that of its first one, a joined report that of its own."""

    helped: bool | None
    quick: bool | None
    clear: bool | None


class Word(NamedTuple):
    """What one reporter said of the result, and beside 👍: None where nothing."""

    helped: bool | None = None
    quick: bool | None = None
    clear: bool | None = None

    @classmethod
    def kept(cls, of: Judged) -> Self:
        """Return it as it is kept."""
        return cls(of.helped, of.quick, of.clear)


@dataclass(frozen=True, slots=True)
class Verdicts:
    """How many reporters said 👍 and 👎, and of those who said 👍 what they said beside it."""

    helped: int = 0
    not_helped: int = 0
    quick: int = 0
    slow: int = 0
    clear: int = 0
    unclear: int = 0

    @property
    def verdicts(self) -> int:
        """All verdicts."""
        return self.helped + self.not_helped

    @property
    def rated(self) -> Sequence[tuple[Rating, int]]:
        """What was said beside 👍, each with how often; nothing that nobody said."""
        counts = (self.quick, self.slow, self.clear, self.unclear)
        return [(rating, count) for rating, count in zip(Rating, counts, strict=True) if count]


@dataclass(frozen=True, slots=True)
class Heard(Verdicts):
    """What the reporters of one case said of its result, and how many reporters it has."""

    reporters: int = 1

    @classmethod
    def of(cls, words: Sequence[Word]) -> Self:
        """Return it of the word of each reporter."""
        helped, quick, clear = (Counter(one) for one in zip(*words, strict=True))
        return cls(
            helped[True], helped[False], quick[True], quick[False], clear[True], clear[False], reporters=len(words)
        )


@dataclass(frozen=True, slots=True)
class Count(Verdicts):
    """How many verdicts there are, of several cases. Each reporter of a case counts.

    `fellows` are the verdicts of those whose report was joined to a case.
    """

    fellows: int = 0

    def and_of_fellows(self, said: Verdicts) -> "Count":
        """Return these with what people said whose report was joined to a case."""
        return replace(
            self,
            helped=self.helped + said.helped,
            not_helped=self.not_helped + said.not_helped,
            quick=self.quick + said.quick,
            slow=self.slow + said.slow,
            clear=self.clear + said.clear,
            unclear=self.unclear + said.unclear,
            fellows=self.fellows + said.verdicts,
        )


def changeable_until(said_at: datetime | None) -> datetime | None:
    """Return until when what was first said at `said_at` can be changed; None where nothing was said."""
    return None if said_at is None else said_at + TO_CHANGE
