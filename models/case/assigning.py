"""The doors of an assign step: forward, send back, decline, move (SOP rows 1 to 4)."""

from collections.abc import Sequence

from models.case.attachment import FileRecord
from models.case.copying import Copying
from models.case.sop_version import SopVersion
from models.case.task import Task
from models.mail import correspondence
from models.mail.correspondence import News
from models.office.person import Person, includes, reachable
from models.office.tenure import Capacity, Tenure
from models.refusals.work import NotAHolder, OwnReport, StepForbids
from models.rules.actions import Action, Verb


class Assigning(Copying):
    """What the holder of an assign step may do."""

    def forward(
        self,
        task: Task,
        *,
        by: Tenure,
        to: Person | None = None,
        instructions: Sequence[str] = (),
        note: str = "",
        files: Sequence[FileRecord] = (),
        copies: Sequence[str] = (),
    ) -> Task | None:
        """Pass the disposition on to the next role, with the `files` of its note, and return the task opened there.

        `to` names the person where several hold the next post; None leaves it to any of them. Instructions that the
        SOP does not list are dropped. `copies` are the words for those who get a copy beside those whom the SOP names.
        Raises `NotAHolder` beside what `check` raises, and `StepForbids` for copies that the SOP forbids to name.
        """
        self._deciding(task, by=by, action=Action.FORWARD)
        if copies:
            self._deciding(task, by=by, action=Action.COPY)
        if to is not None and not includes(self.candidates(task), to.id):
            raise NotAHolder(to.name)
        known = [instruction for instruction in self.sop.instructions if instruction in instructions]
        attached = self._keep(files, by_id=by.person_id)
        opened = self._onward(task, Action.FORWARD, by=by, to=to, instructions=known, note=note, **attached)
        self._copy(task, opened, by=by, named=copies)
        return opened

    def forward_with_others(
        self,
        task: Task,
        *,
        by: Tenure,
        instructions: Sequence[str] = (),
        note: str = "",
        files: Sequence[FileRecord] = (),
        copies: Sequence[str] = (),
    ) -> Task | None:
        """Forward a disposition that was chosen together with others, to any holder of the next post.

        Raises what `forward` raises, `StepForbids` also where the SOP forbids forwarding many, and `OwnReport` for a
        report of the person's own, or one that they joined: its card says so, which nobody reads who forwards many.
        """
        self._deciding(task, by=by, action=Action.FORWARD)
        if not self.sop.permits(Verb.FORWARD_MANY):
            raise StepForbids(Verb.FORWARD_MANY.value, task.step)
        if self.reported_by(by.person_id):
            raise OwnReport
        return self.forward(task, by=by, instructions=instructions, note=note, files=files, copies=copies)

    def send_back(
        self, task: Task, *, by: Tenure, note: str, to: int | None = None, files: Sequence[FileRecord] = ()
    ) -> Task:
        """Give the disposition back with a reason, and return the task opened there.

        It goes to the step before this one, or to the earlier assign step with the number `to`: to the person who
        forwarded it there, while they hold the post. Raises `ReasonMissing` beside what `check` raises, `StepForbids`
        also for a step to which it cannot go back.
        """
        step = self._deciding(task, by=by, action=Action.SEND_BACK)
        earlier = next((one for one in self.ways_back(task) if to in {None, one.number}), None)
        if earlier is None:
            raise StepForbids(Action.SEND_BACK.value, step.number)
        self._close(task, Action.SEND_BACK, by=by, note=note)
        attached = self._keep(files, by_id=by.person_id)
        opened = self._open(earlier, to=self._who_decided(earlier))
        self._log(Action.SEND_BACK, by=by, task=task, opened=opened, note=note, **attached)
        return opened

    def decline(self, task: Task, *, by: Tenure, note: str, files: Sequence[FileRecord] = ()) -> None:
        """End the case at its first step, of whatever kind, with a reason that the reporter is told, and its files.

        Raises `ReasonMissing` beside what `check` raises.
        """
        self._deciding(task, by=by, action=Action.DECLINE)
        self._close(task, Action.DECLINE, by=by, note=note)
        attached = self._keep(files, by_id=by.person_id)
        self._end(Action.DECLINE.outcome)
        self._log(Action.DECLINE, by=by, task=task, note=note, **attached)
        self._tell(News.DECLINED, reason=note, role=self._title(task), capacity=Capacity(by.capacity).value)
        for reporter in reachable(self.reporters) if files else ():
            self._owe(correspondence.attachments(self.case.number, files, reporter, at=self.at))

    def move(self, task: Task, *, by: Tenure, number: str, to: SopVersion) -> None:
        """End the case at its first step because it belongs under `to`, a related SOP.

        `number` is that of the case which is opened there in the same transaction (`Records.move`). Raises what
        `check` raises, `StepForbids` also for an SOP that this one does not name as related or that is not loaded.
        """
        self._deciding(task, by=by, action=Action.MOVE)
        if to.code not in {sop.code for sop in self.destinations}:
            raise StepForbids(Action.MOVE.value, task.step)
        self._close(task, Action.MOVE, by=by)
        self._end(Action.MOVE.outcome)
        self._log(Action.MOVE, by=by, task=task, to=number, sop=to.code)
        self._tell(News.MOVED, to=number, title=to.sop.title)
