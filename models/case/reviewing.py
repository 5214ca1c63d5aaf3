"""The doors of the steps that look at what others did: sign off, give back (SOP rows 6 to 9)."""

from collections.abc import Sequence

from models.case.attachment import FileRecord
from models.case.journey import Journey
from models.case.task import Task
from models.office.tenure import Tenure
from models.refusals.work import StepForbids
from models.rules.actions import Action


class Reviewing(Journey):
    """What the holder of a step may do that signs the Laporan Evaluasi off."""

    def sign_off(self, task: Task, action: Action, *, by: Tenure, note: str = "") -> Task | None:
        """Carry the case on by the action of the step's kind: pass on, approve, acknowledge (SOP rows 6 to 9).

        Returns the next task. After the last step the case ends, the reporter is told, and there is none. Raises
        `StepForbids` also for an action that needs more than a signature, beside what `check` raises.
        """
        step = self._deciding(task, by=by, action=action)
        if action is not step.kind.rules.onward or not step.kind.rules.signs_off:
            raise StepForbids(action.value, step.number)
        return self._onward(task, action, by=by, note=note)

    def give_back(self, task: Task, *, by: Tenure, note: str, files: Sequence[FileRecord] = ()) -> Task:
        """Return the Laporan Evaluasi with a written correction: a new round, from the handle step, with its own clock.

        It goes to the person who handled it, while they hold the post. Raises `ReasonMissing` when nothing is written,
        beside what `check` raises.
        """
        step = self._deciding(task, by=by, action=Action.RETURN)
        self._close(task, Action.RETURN, by=by, note=note)
        attached = self._keep(files, by_id=by.person_id)
        self.case.round += 1
        target = self.sop.return_target(step)
        opened = self._open(target, to=self._who_decided(target))
        self._log(Action.RETURN, by=by, task=task, opened=opened, note=note, **attached)
        return opened
