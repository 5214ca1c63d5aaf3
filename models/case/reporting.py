"""The doors of the reporter while their report is under way."""

from collections.abc import Sequence
from datetime import datetime

from models.case.attachment import FileRecord
from models.case.journey import FELLOW, REPORTER, Journey
from models.case.question import Remark
from models.case.task import Task
from models.mail import correspondence
from models.mail.correspondence import News
from models.mail.notice import Priority
from models.office.person import Person, reachable
from models.refusals.reports import HandlingBegun, OthersJoined, UrgedLately
from models.refusals.work import StepForbids
from models.rules.actions import Action, Verb

_HOUR = 60 * 60
"""Seconds of office time within which a reporter urges once."""


class Reporting(Journey):
    """What the reporter of an open case may do."""

    def check_withdrawal(self, *, by: Person) -> Task:
        """Change nothing, and return the task that `withdraw` would close. Raises what `withdraw` raises."""
        task = self._reporters(Verb.WITHDRAW, by=by)
        self._reporting(by)
        begun = self.handling
        if begun is not None:
            raise HandlingBegun(begun.assignee.name if begun.assignee else self._title(begun))
        if self.fellows:
            raise OthersJoined(self.case.number, self.case.joined)
        return task

    def withdraw(self, *, by: Person) -> None:
        """End the case because its reporter wants it no longer, until handling has begun.

        Raises `CaseClosed`, `NotYourTask` for anybody but the reporter, `StepForbids` where the SOP forbids it,
        `HandlingBegun`, `OthersJoined` while the reports of others are a part of it.
        """
        task = self.check_withdrawal(by=by)
        self._conclude(task, Action.WITHDRAW, by=by, acts_as=REPORTER)
        self._end(Action.WITHDRAW.outcome)
        self._log(Action.WITHDRAW, by_id=by.id, capacity=REPORTER, task=task)

    def urge(self, *, by: Person) -> datetime:
        """Mark the open task as urged by the reporter, and return from when on they may urge again.

        No message of its own goes out: the mark stands on the cards, and the next reminder of the holder has it. Raises
        `NotYourTask` for anybody but a reporter, `CaseClosed`, `StepForbids` where the SOP forbids it, `UrgedLately`
        within an office hour after the last time: one of them all did that.
        """
        task = self._reporters(Verb.URGE, by=by)
        again = self._may_urge_again()
        if again is not None and again > self.at:
            raise UrgedLately(again)
        task.urges += 1
        task.urged_at = self.at
        self._log(Action.URGE, by_id=by.id, capacity=self._as_reporter(by), task=task)
        self._redraw(task)
        return self.office.file.calendar.add(self.at, _HOUR)

    def add(self, *, by: Person, text: str, files: Sequence[FileRecord] = ()) -> None:
        """Add words and files of the reporter to the report, and tell the holders of the open task without a sound.

        The words stand on the cards from now on. Raises `NotYourTask` for anybody but the reporter, `CaseClosed`,
        `StepForbids` where the SOP forbids it.
        """
        task = self._reporters(Verb.ADD, by=by)
        capacity = self._as_reporter(by)
        remark = Remark(task_id=task.id, by_id=by.id, capacity=capacity, text=text, at=self.at, to_id=None)
        self.case.remarks.add(remark)
        kept = self._keep(files, by_id=by.id)
        self._log(Action.ADD, by_id=by.id, capacity=capacity, task=task, text=text, **kept)
        self._changed(task)
        data = {"number": self.case.number, "answer": text, "files": len(files)}
        for person in reachable(self.holders(task)):
            owed = correspondence.news(News.ADDED, person, at=self.at, data=data, priority=Priority.CARD, silent=True)
            self._owe(owed, task)

    def _may_urge_again(self) -> datetime | None:
        """Return the end of the office hour that follows the last time the reporter urged, None where they have not."""
        urged = [task.urged_at for task in self.case.tasks if task.urged_at is not None]
        return self.office.file.calendar.add(max(urged), _HOUR) if urged else None

    def _as_reporter(self, by: Person) -> str:
        """Return the capacity in which one of the reporters acts."""
        return REPORTER if by.id == self.case.reporter_id else FELLOW

    def _reporters(self, verb: Verb, *, by: Person) -> Task:
        """Check everything that must hold before one of the reporters does something, and return the open task."""
        if self.fellow(by) is None:
            self._reporting(by)
        self._running()
        task = self.case.tasks[-1]
        if not self.sop.permits(verb):
            raise StepForbids(verb.value, task.step)
        return task
