"""The flow of an SOP for one case, as a picture for a phone: where it is, who did what, how long it took."""

from dataclasses import dataclass
from enum import StrEnum

TEMPLATE = "flow"


class State(StrEnum):
    """How far a step is: done in time or late, at work in time or late, later, or where the case ended early.

    `PLAN` is a step of an SOP itself, without a case.
    """

    DONE = "done"
    DONE_LATE = "done-late"
    NOW = "now"
    NOW_LATE = "now-late"
    AHEAD = "ahead"
    ENDED = "ended"
    PLAN = "plan"


class Verdict(StrEnum):
    """What the sign before a time says."""

    GOOD = "good"
    LATE = "late"
    NOW = "now"


@dataclass(frozen=True, slots=True)
class Visit:
    """One pass of a step. `round` is "" where the step was passed once; `more` says what beyond the time is to know."""

    round: str
    who: str
    time: str
    standard: str
    verdict: Verdict
    more: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FlowStep:
    """A step of the SOP. `lane` counts the shown roles from 0; `says` is its standard while it is still ahead."""

    number: int
    short: str
    lane: int
    decision: bool
    state: State
    says: str
    visits: tuple[Visit, ...]


@dataclass(frozen=True, slots=True)
class Return:
    """A way back that was walked, or that an SOP has: from which step to which, counted from 0, and how often."""

    start: int
    end: int
    times: int


@dataclass(frozen=True, slots=True)
class FlowPicture:
    """The picture. `answer` says where the case is, the first line the largest; `tone` is the state of that.

    `legend` explains the signs of the three verdicts; it is empty for an SOP without a case. `back` is the word that
    stands where a way back begins, "" for how often it was walked.
    """

    number: str
    subject: str
    tone: State
    answer: tuple[str, ...]
    heading: str
    roles: tuple[str, ...]
    steps: tuple[FlowStep, ...]
    returns: tuple[Return, ...]
    legend: tuple[str, ...]
    foot: str
    language: str
    back: str = ""
