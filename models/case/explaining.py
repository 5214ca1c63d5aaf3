"""The door by which it is said why a task was late: while it is late and open, and for seven days after that."""

from datetime import datetime, timedelta
from typing import Any

from models.case.journey import Journey
from models.case.standing import Standing
from models.case.task import Task
from models.mail import correspondence
from models.mail.card import CardKind
from models.office.person import Person, includes
from models.office.tenure import Tenure
from models.refusals.work import NotLateInRecord, NotYourTask, ReasonMissing, ReasonOver, StepForbids
from models.rules.actions import Action, Verb

TO_EXPLAIN = timedelta(days=7)
"""How long after its decision it can be said why a task was late: then papers and registers must come to rest."""


def lateness(standing: Standing, task: Task) -> int:
    """Return by how many seconds of office time a task was late in the record, or is so far; 0 where it is in time.

    The record measures by the standard: more time that was granted does not count.
    """
    if task.late_by is not None:
        return task.late_by
    calendar = standing.office.file.calendar
    due = task.standard_deadline(calendar) if task.extensions else task.due_at
    return calendar.late(due, task.closed_at or task.seen_at(standing.at))


def explaining(standing: Standing, task: Task) -> list[Person]:
    """Return who may say why a task is late: who may decide it, and once it is decided, the person who did so.

    Where that person does not act in its post any more, those who do may say it: their Plh. first, else all of them.
    """
    if task.is_open:
        return standing.holders(task)
    acting = task.judges(standing.office)
    return standing.office.among(acting, task.post, task.decided_by_id, mandate=task.mandate)


def explainable_until(task: Task) -> datetime | None:
    """Return until when it can be said why a task was late; None while it is open."""
    return task.closed_at + TO_EXPLAIN if task.closed_at is not None else None


class Explaining(Journey):
    """What says why a task was late. It decides nothing, and the verdict stays."""

    def check_explanation(self, task: Task, *, by: Tenure) -> None:
        """Change nothing, and raise what `explain` would.

        Raises `NotYourTask` for anybody but those who are `explaining`, `StepForbids` where the SOP forbids it,
        `NotLateInRecord`, and `ReasonOver` for a task that was decided too long ago.
        """
        if task.is_open:
            self._deciding(task, by=by, action=Action.EXPLAIN)
        else:
            people = explaining(self, task)
            if by.post != task.post or not by.lasts or not includes(people, by.person_id):
                names = ", ".join(person.name for person in people)
                raise NotYourTask(names or self.office.file.short_of(task.post))
            if not self.sop.permits(Verb.EXPLAIN):
                raise StepForbids(Action.EXPLAIN.value, task.step)
        if lateness(self, task) <= 0:
            raise NotLateInRecord(self.case.number, task.step)
        until = explainable_until(task)
        if until is not None and self.at > until:
            raise ReasonOver(self.case.number, until)

    def explain(self, task: Task, *, by: Tenure, text: str) -> None:
        """Keep why `task` is late; a later reason takes the place of an earlier one, and the journal keeps both.

        The same words of the same person, in the same capacity, are one. Raises `ReasonMissing`, and what
        `check_explanation` raises.
        """
        self.check_explanation(task, by=by)
        if not text.strip():
            raise ReasonMissing
        if (task.late_reason, task.late_reason_by_id, task.late_reason_as) == (text, by.person_id, by.acts_as):
            return
        task.late_reason, task.late_reason_at = text, self.at
        task.late_reason_by, task.late_reason_by_id, task.late_reason_as = by.person, by.person_id, by.acts_as
        if task.closed_at is None:
            self._log(Action.EXPLAIN, by=by, task=task, text=text)
        else:
            # Several tasks of a case may have the same step and round: the instant of its decision tells this one.
            named: dict[str, Any] = {"step": task.step, "round": task.round, "closed": task.closed_at.isoformat()}
            self._log(Action.EXPLAIN, by=by, text=text, **named)
        for shown in task.live_cards:
            if shown.kind in {CardKind.TASK, CardKind.NUDGE} and shown.live:
                self._owe(correspondence.refresh(shown, at=self.at), task)
