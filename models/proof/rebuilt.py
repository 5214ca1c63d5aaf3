"""What is known of a case from the entries of its journal that were taken in so far."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from models.journal.chain import Entry
from models.proof.account import Account
from models.proof.calendars import Calendars
from models.proof.chases import Chases
from models.proof.contents import Contents
from models.proof.foreseen import Foreseen
from models.proof.mandates import Mandates
from models.proof.moves import Moves
from models.proof.office import OfficeHistory
from models.proof.renames import Renames
from models.proof.stays import Settled, Stay
from models.proof.testimony import Testimony


@dataclass(slots=True)
class Rebuilt:
    """A case as its journal describes it: its own row, its tasks in order, its Laporan Evaluasi, and the testimony.

    Words that were erased from a payload are `GONE`. What decides stays in it, so every row is compared all the same.
    `renames` are the posts that have another code by now. `calendars` are told by the office's chain alone.
    `mandates` are what the office's journal tells of every Plh., `contents` what all journals tell of the archive.
    `office` is what the office's journal tells of people and posts. `sop` names the version of the SOP that the case is
    worked on under, None in cases from before their first entry named it. `foreseen` is what SOPs and calendars say of
    its tasks, `settled` are the works that let them follow the office, and `stay` is since when the open one is where
    it is. `moves` are the cases that were moved, and `number` is that of this one. `version` is that of the newest
    entry: the program has written none of an older one after it, in this chain or in one that was begun later.
    """

    number: str = ""
    renames: Renames = field(default_factory=Renames)
    office: OfficeHistory = field(default_factory=OfficeHistory)
    mandates: Mandates = field(default_factory=Mandates)
    contents: Contents = field(default_factory=Contents)
    foreseen: Foreseen = field(default_factory=Foreseen)
    moves: Moves = field(default_factory=Moves)
    case: Account = field(default_factory=lambda: Account(0, {}))
    tasks: list[Account] = field(default_factory=list)
    evaluations: dict[int, Account] = field(default_factory=dict)
    chases: Chases = field(default_factory=Chases)
    testimony: Testimony = field(default_factory=Testimony)
    calendars: Calendars = field(default_factory=Calendars)
    sop: Mapping[str, Any] | None = None
    settled: Settled | None = None
    stay: Stay | None = None
    version: int = 0

    def check_due(self, task: Account, entry: Entry, body: Mapping[str, Any]) -> None:
        """Raise `ValueError` where a deadline is not what the calendar gives; cases without an SOP are left out."""
        if self.sop is not None:
            self.foreseen.check_due(task.columns, entry, body)

    def running(self, entry: Entry, body: Mapping[str, Any]) -> Account:
        """Return the open task. Raises ValueError if `entry` is about another one."""
        task = self.tasks[-1]
        waiting = (task.columns["step"], task.columns["round"], task.columns["closed_at"])
        if waiting != (body["step"], body["round"], None):
            raise ValueError(f"entry {entry.sequence} is about another task than the open one")
        return task

    def place(self, entry: Entry, body: Mapping[str, Any]) -> int:
        """Return the place of the open task, from 0. Raises ValueError if `entry` is about another one."""
        self.running(entry, body)
        return len(self.tasks) - 1
