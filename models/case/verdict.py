"""What is said of a case that is over: by its reporter of the result, by a superior of the work."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

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
        """The column of the case, and the key of the journal's entry, that has the answer."""
        return "quick" if self in {Rating.QUICK, Rating.SLOW} else "clear"

    @property
    def good(self) -> bool:
        """What stands in the column."""
        return self in {Rating.QUICK, Rating.CLEAR}


class Appraisal(StrEnum):
    """What a superior may say of the work on a case: it was done well, or there is something to improve."""

    WELL = "well"
    IMPROVE = "improve"


@dataclass(frozen=True, slots=True)
class Heard:
    """What the reporters of one case said of its result: how many there are, and how many of them said 👍 and 👎."""

    reporters: int = 1
    helped: int = 0
    not_helped: int = 0

    @classmethod
    def of(cls, words: Sequence[bool | None]) -> Self:
        """Return it of the word of each reporter, None of one who said nothing."""
        return cls(len(words), words.count(True), words.count(False))

    @property
    def verdicts(self) -> int:
        """How many reporters said something."""
        return self.helped + self.not_helped


@dataclass(frozen=True, slots=True)
class Count:
    """How many verdicts there are: 👍 and 👎, and of those who said 👍 what they said beside it.

    Each reporter of a case counts. `fellows` are the verdicts of those whose report was joined to it; what is said
    beside 👍 only the first reporter is asked.
    """

    helped: int = 0
    not_helped: int = 0
    quick: int = 0
    slow: int = 0
    clear: int = 0
    unclear: int = 0
    fellows: int = 0

    @property
    def verdicts(self) -> int:
        """All verdicts."""
        return self.helped + self.not_helped

    def and_of_fellows(self, helped: int, not_helped: int) -> "Count":
        """Return these with the verdicts of people whose report was joined to a case."""
        more = helped + not_helped
        return replace(
            self, helped=self.helped + helped, not_helped=self.not_helped + not_helped, fellows=self.fellows + more
        )


def changeable_until(said_at: datetime | None) -> datetime | None:
    """Return until when what was first said at `said_at` can be changed; None where nothing was said."""
    return None if said_at is None else said_at + TO_CHANGE
