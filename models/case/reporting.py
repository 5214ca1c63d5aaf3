"""The doors of the reporter while their report is under way."""

from models.case.journey import REPORTER, Journey
from models.case.task import Task
from models.office.person import Person
from models.refusals import HandlingBegun, StepForbids
from models.rules.actions import Action, Verb


class Reporting(Journey):
    """What the reporter of an open case may do."""

    def check_withdrawal(self, *, by: Person) -> Task:
        """Change nothing, and return the task that `withdraw` would close. Raises what `withdraw` raises."""
        task = self._reporters(Verb.WITHDRAW, by=by)
        begun = self.handling
        if begun is not None:
            raise HandlingBegun(begun.assignee.name if begun.assignee else self._title(begun))
        return task

    def withdraw(self, *, by: Person) -> None:
        """End the case because its reporter wants it no longer, until handling has begun.

        Raises `CaseClosed`, `NotYourTask` for anybody but the reporter, `StepForbids` where the SOP forbids it,
        `HandlingBegun`.
        """
        task = self.check_withdrawal(by=by)
        self._conclude(task, Action.WITHDRAW, by=by, acts_as=REPORTER)
        self._end(Action.WITHDRAW.outcome)
        self._log(Action.WITHDRAW, by_id=by.id, capacity=REPORTER, task=task)

    def _reporters(self, verb: Verb, *, by: Person) -> Task:
        """Check everything that must hold before the reporter does something, and return the open task."""
        self._reporting(by)
        self._running()
        task = self.case.tasks[-1]
        if not self.sop.permits(verb):
            raise StepForbids(verb.value, task.step)
        return task
