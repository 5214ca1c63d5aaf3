"""What the rules refuse about absences and about those who stand in."""

from dataclasses import dataclass
from datetime import datetime

from models.refusals.refusal import Refusal


@dataclass(eq=False)
class DaysInvalid(Refusal):
    """The text names no days on which somebody can be away. `fault` is a value of `DaysFault`."""

    fault: str


@dataclass(eq=False)
class NothingToStandInFor(Refusal):
    """The person holds no post, so that nobody need stand in for them."""

    name: str


@dataclass(eq=False)
class AlreadyAway(Refusal):
    """The person is away already on some of these days; `since` is the first instant of that absence."""

    name: str
    since: datetime


@dataclass(eq=False)
class AbsenceOver(Refusal):
    """The absence is over or was called off, or is none of this person's business."""


@dataclass(eq=False)
class OwnPlh(Refusal):
    """Nobody stands in for themselves."""


@dataclass(eq=False)
class PlhCircle(Refusal):
    """The people would stand in for each other in a circle, so that nobody would act; `names` lists them in order."""

    names: str


@dataclass(eq=False)
class PlhAway(Refusal):
    """The person is away on some of these days, and nobody stands in for them."""

    name: str


@dataclass(eq=False)
class PlhUnreachable(Refusal):
    """The person has no Telegram account, and so can neither accept nor decide anything."""

    name: str


@dataclass(eq=False)
class PlhFound(Refusal):
    """Somebody stands in already; `name` names them."""

    name: str


@dataclass(eq=False)
class RequestOver(Refusal):
    """The person was not asked to stand in, has answered already, or is not needed any more."""
