"""The cases as their journals tell them: one task after the other, read entry by entry as it is written."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from tests.year.facts import Seat

DECISIONS = frozenset(
    {"forward", "send-back", "decline", "submit", "pass", "approve", "return", "acknowledge", "recall", "withdraw"}
)


@dataclass(frozen=True)
class Line:
    """One entry of a journal: what it says beside its hash."""

    subject: str
    sequence: int
    at: datetime
    actor: int | None
    capacity: str
    action: str
    body: dict[str, Any]


@dataclass(frozen=True)
class Place:
    """Where a task lies: the seat, its own post, and to whom it was given."""

    seat: Seat
    home: str
    assignee: int | None

    @classmethod
    def told(cls, body: dict[str, Any]) -> "Place":
        """Read it from what an entry says."""
        raised = body.get("raised")
        home = raised["from"] if raised else body["post"]
        return cls(Seat(body["post"], bool(raised) and home == body["post"]), home, body.get("assignee"))


@dataclass
class Errand:
    """One task of a case.

    `clock_from` and `pauses` say how long its clock has run, `climbed` which rung was its first.
    """

    case: str
    step: int
    round: int
    standard: str
    not_by: frozenset[int]
    opened: datetime
    clock_from: datetime
    pauses: list[tuple[datetime, datetime]] = field(default_factory=list)
    since: list[datetime] = field(default_factory=list)
    """When its clock stopped and went on, turn by turn."""
    mandate: bool = True
    """Whether a Plh. may decide it."""
    grants: list[tuple[datetime, str]] = field(default_factory=list)
    """When it got more time, and how much."""
    climbed: int = 0
    closed: datetime | None = None
    action: str = ""
    decided_by: int | None = None
    started: bool = False
    chases: list[Line] = field(default_factory=list)
    ladder: list[Line] = field(default_factory=list)
    """Its chases, and what took them back."""
    places: list[tuple[datetime, Place]] = field(default_factory=list)
    """Where it lay, from when on."""

    @property
    def place(self) -> Place:
        """Where the task lies now, or lay when it was decided."""
        return self.places[-1][1]

    def lay(self, at: datetime) -> Place:
        """Return where the task lay at an instant."""
        return next(place for since, place in reversed(self.places) if since <= at)

    def paused(self, at: datetime) -> bool:
        """Whether the clock stood still at an instant."""
        return sum(turn <= at for turn in self.since) % 2 == 1


@dataclass
class Docket:
    """All cases of an office."""

    reporters: dict[str, int] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    tasks: dict[str, list[Errand]] = field(default_factory=dict)
    waiting: dict[str, Errand] = field(default_factory=dict)
    """The open task of each case that is under way."""
    ended: dict[str, str] = field(default_factory=dict)
    asked: dict[str, list[tuple[str, int | None]]] = field(default_factory=dict)
    """Of each case the posts whose opinion was asked for, with the person where one was."""
    copied: dict[str, set[int]] = field(default_factory=dict)
    """Of each case who got a copy of a decision."""
    lines: list[Line] = field(default_factory=list)

    @property
    def everything(self) -> list[Errand]:
        """All tasks there ever were."""
        return [one for tasks in self.tasks.values() for one in tasks]

    def read(self, line: Line) -> None:
        """Take one entry of the journal of a case."""
        self.lines.append(line)
        case, body = line.subject, line.body
        if line.action == "report":
            self.reporters[case], self.texts[case], self.tasks[case] = line.actor or 0, body["text"], []
            self._open(line, body["opened"])
            return
        task = self.tasks[case][-1]
        if line.action in DECISIONS:
            self._decide(line, task)
        elif line.action == "start":
            task.started = True
            task.places.append((line.at, replace(task.place, assignee=body.get("assignee", line.actor))))
        elif line.action == "transfer":
            task.places.append((line.at, replace(task.place, assignee=body["assignee"])))
        elif line.action == "consult":
            self.asked.setdefault(case, []).append((body["post"], body.get("person")))
        elif line.action == "copy":
            self.copied.setdefault(case, set()).update(one["person"] for one in body["copies"] if one["person"])
        elif line.action == "rehome":
            task.places.append((line.at, Place.told(body)))
        elif line.action == "grant-extension":
            task.grants.append((task.since[-1] if task.paused(line.at) else line.at, body["extension"]["span"]))
        elif line.action in {"pause", "resume"}:
            self._stop_or_go(line, task)
        elif line.action == "chase":
            task.chases.append(line)
            task.ladder.append(line)
        elif line.action == "unclimb":
            task.ladder.append(line)

    def _decide(self, line: Line, task: Errand) -> None:
        task.closed, task.action, task.decided_by = line.at, line.action, line.actor
        opened = line.body.get("opened")
        if opened is None:
            self.ended[line.subject] = line.action
            del self.waiting[line.subject]
            return
        self._open(line, opened)
        if line.action == "recall":
            self._go_on(line.subject)

    def _open(self, line: Line, opened: dict[str, Any]) -> None:
        task = Errand(
            line.subject,
            opened["step"],
            opened["round"],
            opened["standard"],
            frozenset(opened.get("not_by", ())),
            line.at,
            line.at,
        )
        task.mandate = opened.get("mandate", True)
        task.places.append((line.at, Place.told(opened)))
        self.tasks[line.subject].append(task)
        self.waiting[line.subject] = task

    def _go_on(self, case: str) -> None:
        """Let the clock of a task that was recalled go on where it stopped when it was forwarded."""
        forwarded, _, task = self.tasks[case][-3:]
        assert forwarded.closed is not None
        task.clock_from = forwarded.clock_from
        task.pauses = [*forwarded.pauses, (forwarded.closed, task.opened)]
        task.grants = list(forwarded.grants)
        last = forwarded.ladder[-1] if forwarded.ladder else None
        task.climbed = last.body["rung"] + (last.action == "chase") if last is not None else forwarded.climbed

    def _stop_or_go(self, line: Line, task: Errand) -> None:
        task.since.append(line.at)
        if line.action == "resume":
            task.pauses.append((task.since[-2], line.at))
