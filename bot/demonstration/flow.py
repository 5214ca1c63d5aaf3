"""The flow of one case for the page: its SOP's steps, where it is, who did what, which steps were late."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.sandbox.chats import Json
from handlers.screens.span import deadline, measured, worded
from handlers.texts.catalogue import Say, Texts
from models.case.case import Case, CaseState
from models.case.task import Task
from models.repository import whole_case
from models.rules.sop import Step
from models.rules.work_calendar import WorkCalendar

_LISTED = 30
"""Cases that may be chosen from, the newest first."""

_ENDED = {
    CaseState.OPEN: "",
    CaseState.CLOSED: "selesai",
    CaseState.DECLINED: "ditolak",
    CaseState.MOVED: "dialihkan",
    CaseState.MERGED: "digabung",
    CaseState.WITHDRAWN: "ditarik pelapor",
}


@cache
def _say(zone: ZoneInfo) -> Say:
    return Texts.load(zone).say("id")


@dataclass(frozen=True, slots=True)
class Reader:
    """Draws the flow as it is at an instant, its times by the office's calendar and in the words that chats have."""

    calendar: WorkCalendar
    now: datetime

    def read(self, session: Session, chosen: int | None) -> Json:
        """Return the cases to choose from, and the flow of the one that is chosen, else of the newest."""
        ids = list(session.scalars(select(Case.id).order_by(Case.id.desc()).limit(_LISTED)))
        cases = whole_case.read_many(session, ids)
        if not cases:
            return {"cases": [], "steps": []}
        by_id = {case.id: case for case in cases}
        case = by_id.get(chosen or ids[0], by_id[ids[0]])
        return {
            "cases": [{"id": one, "name": f"{by_id[one].number} · {by_id[one].subject}"} for one in ids],
            "chosen": case.id,
            "state": _ENDED[case.state] or f"langkah {case.tasks[-1].step} dari {len(case.sop.steps)}",
            "round": case.round,
            "steps": [self._step(case, step) for step in case.sop.steps],
        }

    def _step(self, case: Case, step: Step) -> Json:
        passes = [task for task in case.tasks if task.step == step.number]
        shown: Json = {"number": step.number, "role": case.sop.role(step.role).title, "title": step.short}
        if not passes:
            rest = "tidak dilalui" if case.state is not CaseState.OPEN else f"baku {step.standard}"
            return {**shown, "state": "next", "text": rest}
        task = passes[-1]
        late = task.was_late(self.calendar, at=self.now)
        state = ("late" if late else "done") if task.closed_at else ("overdue" if late else "open")
        again = f", putaran {task.round}" if task.round > 1 else ""
        return {**shown, "state": state, "text": f"{self._words(task)}{again}"}

    def _words(self, task: Task) -> str:
        if task.closed_at is None:
            due = self._wall(deadline(self.calendar, task.due_at, task.measure))
            return f"{'lewat batas waktu' if task.was_late(self.calendar, at=self.now) else 'batas waktu'} {due}"
        spent = measured(self.calendar, task.counted_from(self.calendar), task.closed_at)
        who = task.decided_by.name.partition(" ")[0] if task.decided_by else ""
        return f"{who} {self._wall(task.closed_at)} · {worded(spent, _say(self.calendar.zone))} dari {task.standard}"

    def _wall(self, at: datetime) -> str:
        return f"{at.astimezone(self.calendar.zone):%d/%m %H.%M}"
