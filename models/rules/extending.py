"""How extensions move a deadline: what was granted is added to the standard, in office time. Pure.

An extension counts from the deadline that it moves. Where that was over, it counts from the instant of the grant.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from models.rules.pausing import Pause, later, paused_for
from models.rules.standard import Standard
from models.rules.work_calendar import WorkCalendar

SPANS: tuple[Standard, ...] = tuple(map(Standard.parse, ("1 jam", "4 jam", "1 hari", "2 hari")))
"""The times by which somebody may ask to have a deadline put off."""


@dataclass(frozen=True, slots=True)
class Extension:
    """The time by which a deadline was put off. `at` is where the clock of the task stood when it was granted."""

    at: datetime
    span: Standard

    @classmethod
    def read(cls, kept: Mapping[str, str]) -> Self:
        """Return an extension as a task keeps it. Raises KeyError, ValueError, `InvalidStandard` for what is none."""
        return cls(datetime.fromisoformat(kept["at"]), Standard.parse(kept["span"]))

    @property
    def kept(self) -> dict[str, str]:
        """The extension as a task and the journal keep it, its instant as ISO 8601."""
        return {"at": self.at.isoformat(), "span": str(self.span)}


@dataclass(frozen=True, slots=True)
class Clock:
    """From where a task is chased, and until when: `since` and `due` are instants in UTC.

    `since` is when the task was opened, put off by its pauses; or when an extension was granted that came late.
    """

    since: datetime
    due: datetime


def clock(
    opened: datetime,
    standard: Standard,
    pauses: Iterable[Pause],
    extensions: Iterable[Extension],
    calendar: WorkCalendar,
) -> Clock:
    """Return the clock of a task that was opened at `opened`, paused and was extended, as `calendar` has it now.

    It is the same whether it is put off one by one or computed afresh. Pauses do not overlap, and a clock that stands
    still is extended where it stands, so that an extension lies before the pause in which it was granted.
    """
    left = sorted(pauses, key=lambda pause: pause.start)
    since, due = opened, calendar.due(opened, standard)
    for one in sorted(extensions, key=lambda extension: extension.at):
        stood = paused_for((pause for pause in left if pause.start < one.at), calendar)
        left = [pause for pause in left if pause.start >= one.at]
        since, due = later(since, stood, calendar), later(due, stood, calendar)
        if calendar.late(due, one.at) > 0:
            since = due = one.at
        due = calendar.due(due, one.span)
    stood = paused_for(left, calendar)
    return Clock(later(since, stood, calendar), later(due, stood, calendar))
