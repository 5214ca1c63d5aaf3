"""The office's journal piece of work by piece of work: what each has left of the rows is held against its acts.

Each tells first what was done, act by act, and then the rows as it left them (`models/repository/telling.py`).
"""

from dataclasses import dataclass, field
from typing import Any

from models.journal.chain import Entry
from models.proof.absences import (
    ABSENCE_ACTS,
    ACCEPTED,
    BEGUN,
    CALLED_OFF,
    NAMED,
    RELEASED,
    check_absences,
)
from models.proof.absences import OVER as ABSENCE_OVER
from models.proof.acts import Act, Known, Work
from models.proof.foreseen import Foreseen
from models.proof.mandates import GIVEN, OVER
from models.proof.office import ADOPTED, OfficeHistory
from models.proof.renames import RENAMED
from models.proof.stays import Settled
from models.proof.tenures import (
    ACTING,
    APPOINTED,
    ENDED,
    RELIEVED,
    UNDONE,
    check_holders,
    check_standing_in,
    check_tenures,
)
from models.repository.told import BY_TABLE, STATE, STOCK

_ROWS = 200
"""Rows that one entry tells of at most: after so many, another may go on."""

_MOVING = {APPOINTED, ACTING, RELIEVED, UNDONE, GIVEN, OVER, ACCEPTED, NAMED, RELEASED, BEGUN, ABSENCE_OVER, CALLED_OFF}
"""The acts after which who stands in is derived again."""

_RESEATING = {APPOINTED, ACTING, RELIEVED, UNDONE, GIVEN, OVER, BEGUN}
"""The acts after which every open task goes to the desk where it belongs."""

ACTS = frozenset({*ABSENCE_ACTS, *_MOVING, ENDED, ADOPTED})
"""The actions of entries that must be gone through, beside those that tell of rows."""


@dataclass(slots=True)
class Works:
    """Holds each piece of work that the office's journal tells of. `faults` are by the number of the entry.

    `office` is the office as it is told so far; `foreseen` has the calendars, and `settled` learns which works have
    let tasks follow.
    """

    office: OfficeHistory
    foreseen: Foreseen
    settled: Settled
    faults: list[tuple[int, str]] = field(default_factory=list)
    _known: Known = field(default_factory=Known)
    _work: Work | None = None

    def add(self, entry: Entry) -> None:
        """Take over the next entry of the office's journal, which `office` has just taken over."""
        if not self.office.tells or self.faults:
            return
        body: Any = entry.payload.body if entry.payload else None
        if not isinstance(body, dict):
            return
        try:
            self._take(entry, body)
        except (LookupError, TypeError, AttributeError):
            # Columns of a row are told of which the rest was never told.
            self.faults.append((entry.sequence, "does not follow from the entries before it"))

    def _take(self, entry: Entry, body: dict[str, Any]) -> None:
        work = self._work or Work(self.office, self._known, since=entry.sequence - 1)
        self._work = work
        if entry.action != STATE and work.told:
            self.finish()
            work = self._work = Work(self.office, self._known, since=entry.sequence - 1)
        if entry.action in {STATE, STOCK}:
            self._told(entry, body, work)
        elif entry.action == RENAMED:
            self._learn()
            self._work = None
        elif entry.action in ACTS and entry.action != ADOPTED:
            work.acts.append(Act(entry, body))

    def finish(self) -> None:
        """Hold the last piece of work, of which no more is told: it may have left every row as it was."""
        work, self._work = self._work, None
        if work is None or not (work.told or work.acts) or self.faults:
            return
        work.until = max([work.until, *(act.entry.sequence for act in work.acts)])
        try:
            check_tenures(work)
            line = self.office.line(entries=work.until)
            check_holders(work, line.several if line is not None else None)
            check_absences(work, self.foreseen, [*line.superiors] if line is not None else None)
            if any(act.action in _MOVING for act in work.acts):
                check_standing_in(work)
            if any(act.action in _RESEATING for act in work.acts):
                self.settled.add(work.until, work.acts[-1].entry.at)
        except ValueError as fault:
            self.faults.append((work.until, str(fault)))
        except (LookupError, TypeError, AttributeError):
            self.faults.append((work.until, "does not follow from the entries before it"))

    def _told(self, entry: Entry, body: dict[str, Any], work: Work) -> None:
        keys = [(table, BY_TABLE[table].told_key(key)) for table, key, _ in body["rows"] if table in BY_TABLE]
        work.until = entry.sequence
        work.told += keys
        for table, key in keys:
            self._known.note(table, key, work.after(table, key))
        if entry.action == STOCK:
            # What is found is held against nothing: from here on each row is.
            self._work = None
        elif len(body["rows"]) < _ROWS:
            self.finish()

    def _learn(self) -> None:
        """Note every row again: posts are in the keys of some."""
        self._known = Known()
        for table, rows in self.office.rows.items():
            for key, history in rows.items():
                self._known.note(table, key, history.last[1])
