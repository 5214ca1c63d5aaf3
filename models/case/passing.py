"""The doors by which a task changes hands without being decided: to a colleague, and back to who forwarded it."""

from collections.abc import Sequence

from models.case.attachment import FileRecord
from models.case.copying import Copying
from models.case.journey import REHOMED
from models.case.question import Remark
from models.case.standing import ADMINS
from models.case.task import Task
from models.mail import correspondence
from models.mail.card import CardKind
from models.mail.reminder import FOR_OVERSEERS
from models.office.person import Person, includes
from models.office.tenure import Tenure
from models.refusals.work import (
    ColleagueUnable,
    NoColleague,
    NotAHolder,
    NotYourTask,
    ReasonMissing,
    RecallTooLate,
    StepForbids,
    TaskAlreadyDecided,
)
from models.rules.actions import Action, Outcome, Verb


class Passing(Copying):
    """What hands a task to somebody else without deciding it."""

    def check_transfer(self, task: Task, *, by: Person) -> Tenure:
        """Change nothing, and return the tenure by which `by` may hand `task` to a colleague of its post.

        Raises `TaskAlreadyDecided`, `CaseClosed`, `NotYourTask` for a person who neither may decide the task nor is the
        superior of its post nor has sent the case there, `StepForbids` where the SOP forbids it, `NoColleague` where
        nobody else could do it now.
        """
        if not task.is_open:
            if self.office.tenure(by, task.post) is None:
                raise NotYourTask(self.office.file.short_of(task.post))
            decider = task.decided_by.name if task.decided_by else ""
            raise TaskAlreadyDecided(decider, task.closed_at or self.at, task.outcome or "")
        self._running()
        tenure = next(iter(self.tenures_to_transfer(task, by)), None)
        if tenure is None and task.by_admins and includes(self.holders(task), by.id):
            raise NoColleague(ADMINS)
        if tenure is None:
            names = ", ".join(person.name for person in self.holders(task))
            raise NotYourTask(names or self.office.file.short_of(task.post))
        if Action.TRANSFER not in self.allows(task):
            raise StepForbids(Action.TRANSFER.value, task.step)
        if not self.colleagues(task, by):
            raise NoColleague(self.office.file.short_of(task.post))
        return tenure

    def check_recipient(self, task: Task, *, by: Person, to: Person) -> Tenure:
        """Change nothing, and return the tenure by which `by` may hand `task` to this person.

        Raises what `check_transfer` raises, `NotAHolder` where `to` is none of the colleagues, `ColleagueUnable` for
        one who is away or cannot be reached: a task that is late already would wait for them until somebody noticed.
        """
        tenure = self.check_transfer(task, by=by)
        if not includes(task.judges(self.office), to.id):
            raise NotAHolder(to.name)
        if not includes(self.acting(task), to.id):
            raise ColleagueUnable(to.name)
        if not includes(self.colleagues(task, by), to.id):
            raise NotAHolder(to.name)
        return tenure

    def transfer(self, task: Task, *, by: Person, to: Person, note: str, files: Sequence[FileRecord] = ()) -> Remark:
        """Give `task` to a colleague, with a reason that stands on the cards from now on; its clock goes on.

        The questions and the draft of the Laporan Evaluasi belong to the case, and so go along. Raises what
        `check_recipient` raises, and `ReasonMissing`.
        """
        tenure = self.check_recipient(task, by=by, to=to)
        if not note.strip():
            raise ReasonMissing
        task.assignee, task.assignee_id = to, to.id
        remark = Remark(task_id=task.id, by_id=by.id, capacity=tenure.acts_as, text=note, at=self.at, to_id=to.id)
        self.case.remarks.add(remark)
        attached = self._keep(files, by_id=by.id)
        self._log(Action.TRANSFER, by=tenure, task=task, text=note, to=to.name, assignee=to.id, **attached)
        self._leave_to(task, to)
        return remark

    def recall(self, task: Task, *, by: Tenure, acted: bool) -> Task:
        """Take back what `by` has forwarded with `task`, and return the task opened for them with the rest of its time.

        Its clock goes on where it stopped: what was late stays late.

        `acted` tells whether the next holder has noted, asked or attached something. Raises `CaseClosed`,
        `NotYourTask` for anybody but the person who forwarded it and still holds the post, `StepForbids` where the SOP
        forbids it, `RecallTooLate` once somebody has acted on it.
        """
        own = task.decided_by_id == by.person_id and task.outcome == Outcome.FORWARDED
        if not own or by.post != task.post or not by.lasts:
            decider = task.decided_by.name if task.decided_by else ""
            raise NotYourTask(decider or self.office.file.short_of(task.post))
        self._running()
        if not self.sop.permits(Verb.RECALL):
            raise StepForbids(Action.RECALL.value, task.step)
        following = self.case.tasks[-1]
        if acted or not self.recallable(task):
            raise RecallTooLate(following.assignee.name if following.assignee else self._title(following))
        self._close(following, Action.RECALL, by=by)
        opened = self._open(self.sop.step(task.step), to=by.person, going_on=task)
        self._log(Action.RECALL, by=by, task=following, opened=opened)
        self._redraw_copies(task)
        return opened

    def is_misplaced(self, task: Task) -> bool:
        """Whether an open task is not where it belongs now, or is left to somebody who cannot do it: see `rehome`."""
        return task.seat(self.office, at=self.at) != task.sits or self._left_alone(task)

    def rehome(self, task: Task) -> bool:
        """Let an open task be where it belongs now. Returns whether it was not.

        It goes up where nobody can decide it at its own post, and comes back once somebody can. Of a post that several
        hold, it falls to all of them once the standard is over and the one who was given it cannot be reached. Who
        holds the post may change while the task is open. The clock goes on.
        """
        seat, left_alone = task.seat(self.office, at=self.at), self._left_alone(task)
        if seat == task.sits and not left_alone:
            return False
        if left_alone or seat.post != task.post or seat.admins != task.by_admins:
            task.assignee, task.assignee_id = None, None
        task.sit_at(seat)
        task.version += 1
        self._log(REHOMED, task=task, post=task.post, raised=task.raised, assignee=task.assignee_id)
        self._refresh_status()
        return True

    def _left_alone(self, task: Task) -> bool:
        """Whether a task that is late was given to somebody who cannot do it now, while a colleague at the post can."""
        if task.assignee_id is None or self.office.file.calendar.late(task.due_at, task.seen_at(self.at)) <= 0:
            return False
        able, deciding = self.office.acting(task.post), self.holders(task)
        return any(one.id not in task.not_by for one in able) and not any(includes(able, one.id) for one in deciding)

    def _leave_to(self, task: Task, to: Person) -> None:
        """Take the force from the cards of everybody else, and put a fresh card into the chat of `to`."""
        task.version += 1
        for shown in task.live_cards:
            if shown.kind is CardKind.TASK:
                self._retire(shown, task)
            elif shown.kind is CardKind.NUDGE and shown.face.value not in FOR_OVERSEERS:
                self._owe(correspondence.withdraw(shown, at=self.at), task)
        self._deal(task, to)
        self._refresh_status()
