"""What the rules refuse about the office calendar."""

from dataclasses import dataclass

from models.refusals.refusal import Refusal


@dataclass(eq=False)
class CalendarDayInvalid(Refusal):
    """What was entered for the calendar cannot be taken. `fault` is a value of `DayFault`; `limit` counts days."""

    fault: str
    limit: int = 0


@dataclass(eq=False)
class CalendarUnchanged(Refusal):
    """What was entered for the calendar, or is to be undone, changes no day of it."""


@dataclass(eq=False)
class SeasonsOverlap(Refusal):
    """An admin has entered other hours for some of these days before; `name` is what that season is called."""

    name: str


@dataclass(eq=False)
class UndoTooLate(Refusal):
    """The change of the calendar is older than the minutes within which one tap undoes it; `limit` counts them."""

    limit: int


@dataclass(eq=False)
class CalendarFileInvalid(Refusal):
    """A file that was sent for the calendar cannot be used. `fault` is a value of `FileFault`; `limit` is in KB."""

    fault: str
    limit: int
