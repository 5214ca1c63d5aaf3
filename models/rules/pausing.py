"""How pauses move a deadline: while the reporter is asked, a step that pauses has no time running. Pure.

A pause counts with the office time in it. So between(pause.start, due before) == between(pause.end, due after): what
was left at the question is left after the answer, to the second.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from models.rules.standard import Standard
from models.rules.work_calendar import WorkCalendar


@dataclass(frozen=True, slots=True)
class Pause:
    """A time in which the clock of a task stood still, from `start` to `end`."""

    start: datetime
    end: datetime

    @classmethod
    def read(cls, kept: Mapping[str, str]) -> Self:
        """Return a pause as a task keeps it. Raises KeyError and ValueError for what is none."""
        return cls(datetime.fromisoformat(kept["from"]), datetime.fromisoformat(kept["until"]))

    @property
    def kept(self) -> dict[str, str]:
        """The pause as a task and the journal keep it, both instants as ISO 8601."""
        return {"from": self.start.isoformat(), "until": self.end.isoformat()}


def paused_for(pauses: Iterable[Pause], calendar: WorkCalendar) -> int:
    """Return the seconds of office time in all of the pauses, which do not overlap.

    A pause that ends before it begins, as after a clock was set back, counts as none.
    """
    return sum(max(0, calendar.between(pause.start, pause.end)) for pause in pauses)


def later(at: datetime, seconds: int, calendar: WorkCalendar) -> datetime:
    """Return `at` put off by seconds of office time; `at` itself where there are none."""
    return calendar.add(at, seconds) if seconds else at


def counted_from(opened: datetime, kept: Iterable[Mapping[str, str]], calendar: WorkCalendar) -> datetime:
    """Return the instant from which a clock would have run without a stop to be where it is now.

    `kept` are the pauses that are over, as the task keeps them.
    """
    return later(opened, paused_for(map(Pause.read, kept), calendar), calendar)


def deadline(opened: datetime, standard: Standard, pauses: Iterable[Pause], calendar: WorkCalendar) -> datetime:
    """Return the deadline of a task that was opened at `opened` and paused, as `calendar` has it now.

    It is the same whether it is put off pause by pause or computed afresh.
    """
    return later(calendar.due(opened, standard), paused_for(pauses, calendar), calendar)
