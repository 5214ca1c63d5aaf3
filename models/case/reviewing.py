"""The doors of the steps that judge handled work: pass on, approve, return, acknowledge (SOP rows 6 to 9)."""

from models.case.journey import Journey
from models.case.task import Task
from models.office.tenure import Tenure
from models.rules.actions import Action


class Reviewing(Journey):
    """What the holder of a correct, approve or acknowledge step may do."""

    def pass_on(self, task: Task, *, by: Tenure, note: str = "") -> Task | None:
        """Find the Laporan Evaluasi correct (SOP rows 6 and 7); return the next task, None at the end.

        Raises what `check` raises.
        """
        self._deciding(task, by=by, action=Action.PASS)
        return self._onward(task, Action.PASS, by=by, note=note)

    def approve(self, task: Task, *, by: Tenure, note: str = "") -> Task | None:
        """Approve the Laporan Evaluasi (SOP row 8); return the next task, None at the end.

        Raises what `check` raises.
        """
        self._deciding(task, by=by, action=Action.APPROVE)
        return self._onward(task, Action.APPROVE, by=by, note=note)

    def acknowledge(self, task: Task, *, by: Tenure, note: str = "") -> Task | None:
        """Receive the Laporan Evaluasi (SOP row 9); after the last step the case ends and the reporter is told.

        Raises what `check` raises.
        """
        self._deciding(task, by=by, action=Action.ACKNOWLEDGE)
        return self._onward(task, Action.ACKNOWLEDGE, by=by, note=note)

    def give_back(self, task: Task, *, by: Tenure, note: str) -> Task:
        """Return the Laporan Evaluasi with a written correction: a new round, from the handle step, with its own clock.

        It goes to the person who handled it, while they hold the post. Raises `ReasonMissing` when nothing is written,
        beside what `check` raises.
        """
        step = self._deciding(task, by=by, action=Action.RETURN)
        self._close(task, Action.RETURN, by=by, note=self._reason(note))
        self.case.round += 1
        target = self.sop.return_target(step)
        opened = self._open(target, to=self._who_decided(target))
        self._log(Action.RETURN, by=by, task=task, opened=opened, note=note)
        return opened
