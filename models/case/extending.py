"""The doors by which a task gets more time: its holder asks, and the one above decides."""

from collections.abc import Sequence

from models.case.attachment import FileRecord
from models.case.case import CaseState
from models.case.extension import ExtensionRequest
from models.case.rescheduling import Rescheduling
from models.case.task import Task
from models.mail import correspondence
from models.mail.card import CardKind
from models.mail.correspondence import About, News
from models.mail.notice import Priority
from models.office.person import Person, includes, reachable, unique
from models.office.tenure import Tenure
from models.refusals.work import (
    ClockStands,
    ExtensionAsked,
    ExtensionDecided,
    ExtensionOver,
    NobodyAbove,
    NotYourTask,
    ReasonMissing,
)
from models.rules.actions import Action
from models.rules.extending import Extension
from models.rules.standard import Standard, StandardUnit


class Extending(Rescheduling):
    """What puts off the deadline of an open task without deciding the task."""

    def check_extension(self, task: Task, *, by: Tenure, asked: ExtensionRequest | None) -> None:
        """Change nothing, and raise what `ask_extension` would. `asked` is the request of the task that waits, if any.

        Raises what `check` raises, `ClockStands` while the task pauses, `ExtensionAsked` while another request waits,
        `NobodyAbove` where no superior could grant it.
        """
        self._deciding(task, by=by, action=Action.EXTEND)
        if task.paused_at is not None:
            raise ClockStands
        if asked is not None:
            raise ExtensionAsked(asked.asked_at)
        if not self.granters(task, by.person_id):
            raise NobodyAbove(self.office.file.short_of(task.post))

    def ask_extension(
        self,
        task: Task,
        *,
        by: Tenure,
        span: Standard,
        note: str,
        asked: ExtensionRequest | None,
        files: Sequence[FileRecord] = (),
    ) -> ExtensionRequest:
        """Ask for more time; the clock goes on. Raises what `check_extension` raises, and `ReasonMissing`.

        The cards of those who may grant it are owed by `owe_request`, once the request has its number.
        """
        self.check_extension(task, by=by, asked=asked)
        if not note.strip():
            raise ReasonMissing
        request = ExtensionRequest(
            task_id=task.id,
            by_id=by.person_id,
            capacity=by.acts_as,
            span=str(span),
            text=note,
            asked_at=self.at,
            granted=None,
            decided_at=None,
            decided_by_id=None,
            decided_as=None,
            note="",
        )
        self.case.extensions.add(request)
        attached = self._keep(files, by_id=by.person_id)
        self._log(Action.EXTEND, by=by, task=task, span=str(span), text=note, **attached)
        self._redraw(task)
        return request

    def owe_request(self, task: Task, request: ExtensionRequest) -> None:
        """Let those who may grant `request` now have its card, and nobody else."""
        self._share(task, CardKind.EXTENSION, About(extension_id=request.id), self.granters(task, request.by_id))

    def check_grant(self, request: ExtensionRequest, *, by: Person) -> tuple[Task, Tenure]:
        """Change nothing, and return the task and the tenure by which `by` may decide `request`.

        Raises `NotYourTask` for a person who is not above the task now, `ExtensionDecided` where somebody was first,
        `ExtensionOver` where the task was decided meanwhile.
        """
        task = next(one for one in self.case.tasks if one.id == request.task_id)
        granters = self.granters(task, request.by_id)
        if not includes(granters, by.id):
            raise NotYourTask(", ".join(person.name for person in granters) or self.office.file.short_of(task.post))
        if request.decided_at is not None:
            raise ExtensionDecided(request.decided_at)
        if not task.is_open or self.case.state is not CaseState.OPEN:
            raise ExtensionOver(self.case.number)
        above = self.office.above(task.post)
        found = (one for post in above for one in self.office.tenures_of(post) if one.person_id == by.id)
        return task, next(found)

    def grant(self, request: ExtensionRequest, *, by: Person) -> Task:
        """Put off the deadline by the time that was asked for, and let the ladder follow; returns the task.

        The standard stays: what is late by it is late in the record. Rungs that are not due any more are taken back,
        and the rows of `Chase` are left to the caller. Raises what `check_grant` raises.
        """
        task, tenure = self.check_grant(request, by=by)
        granted, before = Extension(task.seen_at(self.at), request.wanted), task.due_at
        task.extensions = [*task.extensions, granted.kept]
        task.due_at = task.deadline(self.office.file.calendar)
        self._decide(request, tenure, granted=True)
        self._log(
            Action.GRANT,
            by=tenure,
            task=task,
            extension=granted.kept,
            due_before=before.isoformat(),
            due=task.due_at.isoformat(),
        )
        self._stand_rightly(task)
        self._withdraw_nudges(task)
        self._redraw(task)
        # A deadline in days may be the closing before the opening that people are told of.
        days, calendar = task.measure.unit is StandardUnit.DAYS, self.office.file.calendar
        told = calendar.opening(task.due_at) if days else task.due_at
        self._announce(request, task, tenure, News.EXTENDED, due=told.isoformat())
        return task

    def deny(self, request: ExtensionRequest, *, by: Person, note: str = "") -> Task:
        """Refuse more time, with a reason or without one; returns the task. Raises what `check_grant` raises."""
        task, tenure = self.check_grant(request, by=by)
        request.note = note
        self._decide(request, tenure, granted=False)
        self._log(Action.DENY, by=tenure, task=task, text=note)
        self._redraw(task)
        self._announce(request, task, tenure, News.NOT_EXTENDED, answer=note)
        return task

    def _decide(self, request: ExtensionRequest, by: Tenure, *, granted: bool) -> None:
        request.granted, request.decided_at = granted, self.at
        request.decided_by_id, request.decided_as = by.person_id, by.acts_as
        for shown in self.case.live_cards:
            if shown.kind is CardKind.EXTENSION and shown.extension_id == request.id and shown.live:
                self._retire(shown)

    def _announce(self, request: ExtensionRequest, task: Task, by: Tenure, word: News, **said: str) -> None:
        """Tell the person who asked, and those who hold the task now, what was decided."""
        asking = [one.person for one in self.office.tenures if one.lasts and one.person_id == request.by_id][:1]
        data = {"number": self.case.number, "name": by.person.name, "post": self.office.file.short_of(by.post), **said}
        for person in reachable(unique([*asking, *self.holders(task)])):
            self._owe(correspondence.news(word, person, at=self.at, data=data, priority=Priority.CARD), task)
