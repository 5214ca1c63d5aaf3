"""The door of those who look over the office: to have somebody reminded of a step that is late."""

from collections.abc import Sequence

from models.case.journey import Journey
from models.case.task import Task
from models.office.person import Person
from models.office.tenure import Tenure
from models.refusals.looking import NotLate
from models.rules.actions import Action


class Reminding(Journey):
    """What may be done about a step that is late by a person who does not decide it."""

    def have_reminded(self, task: Task, *, by: Tenure, to: Sequence[Person], later: Sequence[Person]) -> None:
        """Write down that `by` has those reminded who may decide `task`: `to` now, `later` with their next reminder.

        The messages are owed where all that waits for a person is seen (`models/chase/late_ones.py`). Raises
        `CaseClosed`, and `NotLate` for a task that is decided, pauses, or is in time.
        """
        self._running()
        late = self.office.file.calendar.late(task.due_at, self.at)
        if not task.is_open or task.paused_at is not None or not late:
            raise NotLate(self.case.number)
        self._log(
            Action.REMIND_LATE,
            by=by,
            step=task.step,
            round=task.round,
            to=[person.id for person in to],
            later=[person.id for person in later],
        )
