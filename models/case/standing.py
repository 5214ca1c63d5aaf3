"""How a case stands in its office at one instant: what may be looked up, and nothing that changes it."""

from datetime import datetime
from typing import Any

from models.case.case import Case, CaseState
from models.case.task import Task
from models.office.office import Office
from models.office.person import Person
from models.rules.actions import Action
from models.rules.ladder import Rung, rung
from models.rules.sop import Sop


class Standing:
    """A case with the office it is worked on in, as both are at the instant `at`."""

    def __init__(self, case: Case, *, office: Office, at: datetime) -> None:
        self.case = case
        self.office = office
        self.at = at

    @property
    def sop(self) -> Sop:
        """The version of the SOP that the case was started under."""
        return self.case.sop

    def holders(self, task: Task) -> list[Person]:
        """Return the persons who may decide `task` now."""
        return task.deciders(self.office)

    def allows(self, task: Task) -> frozenset[Action]:
        """Return what the holder of `task` may do now; nothing once it is decided."""
        if not task.is_open or self.case.state is not CaseState.OPEN:
            return frozenset()
        actions = set(self.sop.allowed(self.sop.step(task.step)))
        if task.started_at is not None:
            actions.discard(Action.START)
        if not self.destinations:
            actions.discard(Action.MOVE)
        return frozenset(actions)

    @property
    def destinations(self) -> list[Sop]:
        """The related SOPs that are loaded, to which a case may be moved at its first step."""
        codes = [related.code for related in self.sop.related if related.code]
        return [self.office.sops[code] for code in codes if code in self.office.sops and code != self.sop.code]

    def candidates(self, task: Task) -> list[Person]:
        """Return the persons among whom the recipient of the next step may be chosen."""
        following = self.sop.after(self.sop.step(task.step))
        return self.office.holders(self.office.post_of(following)) if following else []

    def next_rung(self, task: Task) -> Rung:
        """Return the rung that an open task will be chased with next."""
        return rung(task.rung, **self._ladder(task))

    def _ladder(self, task: Task) -> dict[str, Any]:
        return {
            "opened": task.counted_from(self.office.file.calendar),
            "due": task.due_at,
            "standard": task.time_standard,
            "calendar": self.office.file.calendar,
            "settings": self.office.file.ladder,
        }
