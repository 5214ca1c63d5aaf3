"""What is said of a case that is over: by its reporter of the result, by a superior of the work."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

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
class Count:
    """How many verdicts there are: 👍 and 👎, and of those who said 👍 what they said beside it."""

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


def changeable_until(said_at: datetime | None) -> datetime | None:
    """Return until when what was first said at `said_at` can be changed; None where nothing was said."""
    return None if said_at is None else said_at + TO_CHANGE
