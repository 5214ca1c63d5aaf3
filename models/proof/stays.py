"""Where tasks stay: whenever the office has changed, each open task is at the desk that follows from who sits where.

What changes who sits where lets every open task follow in the same piece of work. A row of a task that was forged just
before could keep it from that, and nothing would tell of the task: so its stay is held against every such work.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from models.office.seating import Because, Need, Seat, why_not
from models.proof.account import Row
from models.proof.chairs import Chairs
from models.proof.foreseen import Foreseen
from models.proof.office import OfficeHistory
from models.proof.renames import Renames


@dataclass(frozen=True, slots=True)
class Stay:
    """That a task was where it is after `since` entries of the office's journal, with this deadline and pause."""

    since: int
    due_at: datetime
    paused_at: datetime | None

    @classmethod
    def of(cls, task: Row, *, since: int) -> "Stay":
        """Return the stay of a task that is told so."""
        return cls(since, task["due_at"], task["paused_at"])


@dataclass(slots=True)
class Settled:
    """The works after which every open task was at its desk: by how many entries the office's journal had, and when.

    Only those count that an office was told of as to how many hold each post (`several` of `adopt-files`): programs
    from before let tasks follow otherwise.
    """

    history: OfficeHistory
    foreseen: Foreseen
    renames: Renames
    entries: list[int] = field(default_factory=list)
    times: list[datetime] = field(default_factory=list)
    _chairs: dict[int, Chairs] = field(default_factory=dict)

    def add(self, entries: int, at: datetime) -> None:
        """Take over that a work has changed who sits where."""
        line = self.history.line(entries=entries)
        if line is not None and line.several is not None:
            self.entries.append(entries)
            self.times.append(at)

    def fault(self, task: Row, stay: Stay, *, until: int | None = None) -> str | None:
        """Return why an open task cannot have stayed where it is until the office had so many entries; None for now."""
        for place in self._between(stay.since, until):
            if self._is_elsewhere(task, stay, self.entries[place], self.times[place]):
                return "its task stays at a desk, although it belongs at another since the office has changed"
        return None

    def is_opened_elsewhere(
        self, opened: Row, role: str, *, not_by: Collection[int], entries: int, at: datetime
    ) -> bool:
        """Whether a task is opened at another post than its role's, tells no reason, and nothing leads it there."""
        for seen in self.history.around(entries, at):
            line = self.history.line(entries=seen)
            home = line.roles.get(role) if line is not None and line.roles is not None else None
            if home is None or "raised" in opened or opened["post"] == home:
                return False
            needs = [Need(opened.get("mandate", True), frozenset(not_by), late) for late in (False, True)]
            if Seat(opened["post"]) in (self._office(seen).seats(home, needs) or ()):
                return False
        return True

    def _between(self, since: int, until: int | None) -> Iterator[int]:
        last = bisect_right(self.entries, until) if until is not None else len(self.entries)
        return iter(range(bisect_right(self.entries, since), last))

    def _is_elsewhere(self, task: Row, stay: Stay, entries: int, at: datetime) -> bool:
        """Whether a task belongs at another desk after so many entries, for a reason that does not hang on Telegram."""
        line, office = self.history.line(entries=entries), self._office(entries)
        post, home = (
            self.renames.former(one, entries=entries) for one in (task["post"], task["raised_from"] or task["post"])
        )
        if line is None or not {post, home} <= line.superiors.keys() or self._reporters_sit(task, entries):
            return False
        raised = home if task["raised_from"] is not None else None
        seat, chair = Seat(post, raised, task["raised_because"]), office.chair(home)
        needs = [Need(task["mandate"], frozenset(task["not_by"]), late) for late in self._late(task, stay, entries, at)]
        reasons = {seat.because, *(why_not(chair, need) for need in needs)}
        return Because.UNREACHABLE not in reasons and seat not in (office.seats(home, needs) or {seat})

    def _office(self, entries: int) -> Chairs:
        return self._chairs.setdefault(entries, Chairs(self.history, entries))

    def _reporters_sit(self, task: Row, entries: int) -> bool:
        """Whether a reporter who must not decide the task held a post: it may wait elsewhere, and tell no reason."""
        return any(self.history.holds_any(one, entries=entries) for one in task["not_by"])

    def _late(self, task: Row, stay: Stay, entries: int, at: datetime) -> set[bool]:
        """Return whether a task was late then: both, where its clock has changed since, or no calendar is known."""
        calendars = [one for told, one in self.foreseen.calendars if told.sequence <= entries][-1:]
        calendars += [one for told, one in self.foreseen.calendars if told.at == at]
        if not self.foreseen.whole or not calendars or Stay.of(task, since=stay.since) != stay:
            return {True, False}
        return {calendar.late(stay.due_at, stay.paused_at or at) > 0 for calendar in calendars}
