"""What a changed calendar means for an open task: another deadline, and a ladder that is climbed by it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any

from models.case.journey import Journey
from models.case.task import Task
from models.mail import correspondence
from models.mail.card import CardKind
from models.rules.ladder import RungKind, rung


@dataclass(frozen=True, slots=True)
class Rescheduled:
    """How the deadline of a task has moved, both instants in UTC.

    `taken_back` are the kinds of the rungs that were climbed and would not be due by now; the first of them has the
    ordinal `rung`.
    """

    before: datetime
    due: datetime
    rung: int
    taken_back: tuple[RungKind, ...]


class Rescheduling(Journey):
    """What the program does to open tasks when the office's calendar changes."""

    def reschedule(self, task: Task, *, because: Mapping[str, Any]) -> Rescheduled:
        """Give an open task the deadline and the timer that it has by the calendar in force, and say so on its cards.

        `because` says what has changed, as `Shift.written` has it. A deadline may stand while its ladder moves. Rungs
        that were climbed and would not be due by now are taken back: the journal keeps that they were climbed. The rows
        of `Chase` are left to the caller.
        """
        before = task.due_at
        due = task.deadline(self.office.file.calendar)
        if due != before:
            task.due_at, task.moved = due, dict(because)
            self._log("reschedule", task=task, because=task.moved, due_before=before.isoformat(), due=due.isoformat())
        back = self._stand_rightly(task)
        self._redraw(task)
        self._redraw_reminders(task)
        return Rescheduled(before, task.due_at, task.rung, back)

    def _stand_rightly(self, task: Task) -> tuple[RungKind, ...]:
        """Take back the rungs of a task that would not be due by now, and plan the next; returns their kinds."""
        was, standing = task.rung, self._climbed_rightly(task)
        if standing < was:
            self._log("unclimb", task=task, rung=standing)
        task.rung = standing
        task.chase_at = self.next_look(task) if task.paused_at is None else None
        return tuple(dict.fromkeys(RungKind.of(ordinal) for ordinal in range(standing, was)))

    def _climbed_rightly(self, task: Task) -> int:
        """Return how many of the rungs that were climbed are due by the calendar in force."""
        ladder, now = self._ladder(task), task.seen_at(self.at)
        return next(one for one in count() if one == task.rung or rung(one, **ladder).at > now)

    def _redraw_reminders(self, task: Task) -> None:
        """Let the reminders of the task that stand in chats say how things stand now."""
        for shown in task.live_cards:
            if shown.kind is CardKind.NUDGE:
                self._owe(correspondence.refresh(shown, at=self.at), task)
