"""The doors of the steps that judge handled work: pass on, approve, return, acknowledge (SOP rows 6 to 9)."""

from models.journey import Journey
from models.office import Tenure
from models.task import Action, Task


class Reviewing(Journey):
    """What the holder of a correct, approve or acknowledge step may do."""

    def pass_on(self, task: Task, *, by: Tenure, note: str = "") -> Task | None:
        """Find the Laporan Evaluasi correct and pass it on."""
        self._deciding(task, by=by, action=Action.PASS)
        return self._onward(task, Action.PASS, by=by, note=note)

    def approve(self, task: Task, *, by: Tenure, note: str = "") -> Task | None:
        """Approve the Laporan Evaluasi."""
        self._deciding(task, by=by, action=Action.APPROVE)
        return self._onward(task, Action.APPROVE, by=by, note=note)

    def acknowledge(self, task: Task, *, by: Tenure, note: str = "") -> Task | None:
        """Receive the Laporan Evaluasi; at the last step this ends the case and the reporter is told."""
        self._deciding(task, by=by, action=Action.ACKNOWLEDGE)
        return self._onward(task, Action.ACKNOWLEDGE, by=by, note=note)

    def give_back(self, task: Task, *, by: Tenure, note: str) -> Task:
        """Return the Laporan Evaluasi with a written correction: a new round, from the handle step, with its own clock.

        Raises `ReasonMissing` when nothing is written.
        """
        step = self._deciding(task, by=by, action=Action.RETURN)
        self._close(task, Action.RETURN, by=by, note=self._reason(note))
        self.case.round += 1
        target = self.sop.return_target(step)
        opened = self._open(target, to=self._who_decided(target))
        self._log(Action.RETURN, by=by, task=task, opened=opened, note=note)
        return opened
