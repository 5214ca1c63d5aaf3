"""What the SOP of a case and the office's calendars foresee, held against what the journal tells of its tasks.

What a decision writes into the journal it takes from rows: the step that follows, its standard, its deadline, by how
much a task was late. A row that somebody had forged just before would be told by the decision and hold from then on. So
each of them is computed again, from what earlier entries tell.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from models.case.sop_version import SopVersion
from models.journal.chain import Entry
from models.proof.account import Account, Row
from models.proof.authority import NAMED
from models.proof.calendars import BROUGHT
from models.rules import extending, pausing
from models.rules.actions import Action, Outcome, Verb
from models.rules.errors import InvalidSop, OutsideCalendar
from models.rules.extending import Clock, Extension
from models.rules.ladder import LadderSettings, RungKind, rung
from models.rules.office_calendar import OfficeCalendar, digest_of
from models.rules.pausing import Pause
from models.rules.sop import Sop
from models.rules.standard import Standard
from models.rules.urgency import Urgency
from models.rules.work_calendar import WorkCalendar

FOLLOWED = "calendar-followed"
"""The action of the entry of the office's journal that tells how many more tasks follow the newest calendar."""

Task = Mapping[str, Any]
"""The columns of a task, as the journal tells them."""


@dataclass(slots=True)
class Foreseen:
    """The versions of the SOPs by their digests, and the calendars in the order in which they came into force.

    A version that this program cannot read, and a calendar whose row is not the one that was told, foresee nothing:
    that they are so is found elsewhere. `followed` says that every open task was told to follow the newest calendar.
    """

    sops: Mapping[Any, Row] = field(default_factory=dict)
    calendars: list[tuple[Entry, WorkCalendar]] = field(default_factory=list)
    whole: bool = True
    followed: bool = False
    _read: dict[str, Sop | None] = field(default_factory=dict)

    def add(self, told: Iterable[Entry], rows: Iterable[Row]) -> None:
        """Take over the calendars of which the office's journal tells, out of their rows."""
        kept = {row["id"]: row for row in rows}
        for entry in told:
            if entry.action in {BROUGHT, FOLLOWED}:
                said = (entry.payload.body if entry.payload else None) or {}
                self.followed = not said.get("left")
            if entry.action != BROUGHT:
                continue
            calendar = _calendar(entry, kept)
            if calendar is None:
                self.whole = False
            else:
                self.calendars.append((entry, calendar))

    def sop(self, named: Mapping[str, Any] | None) -> Sop | None:
        """Return the SOP that the first entry of a case names; None where it names none, or it cannot be read."""
        if named is None:
            return None
        digest = named["digest"]
        if digest not in self._read:
            row = self.sops.get(digest)
            self._read[digest] = _sop(row) if row is not None else None
        return self._read[digest]

    def in_force(self, entry: Entry, body: Mapping[str, Any]) -> Sequence[WorkCalendar]:
        """Return the calendars by which an entry may have been made, the likeliest first; none where that is not known.

        An entry that names the office it was made in was made by the newest calendar of then. Any other may have been
        made by each: its time may lie before that of a calendar it waited for. Before the first was told, the office
        file's was in force.
        """
        if not self.whole or not self.calendars:
            return ()
        if NAMED in body:
            return [calendar for told, calendar in self.calendars if told.sequence <= int(body[NAMED])][-1:]
        if entry.at <= self.calendars[0][0].at:
            return ()
        return [calendar for _, calendar in reversed(self.calendars)]

    def check(
        self, told: object, computed: Callable[[WorkCalendar], object], entry: Entry, body: Mapping[str, Any]
    ) -> None:
        """Raise `ValueError` where what an entry tells is not what is computed by any calendar that it was made by."""
        calendars = self.in_force(entry, body)
        if calendars and not any(_same(told, computed, calendar) for calendar in calendars):
            raise ValueError("a time is not the one that the calendar gives")

    def check_due(self, task: Task, entry: Entry, body: Mapping[str, Any]) -> None:
        """Raise `ValueError` where the deadline of a task is not the one that the calendar gives it."""
        if "standard" in task:
            self.check(task["due_at"], lambda calendar: _clock(task, calendar).due, entry, body)

    def check_followed(self, task: Task, entry: Entry, body: Mapping[str, Any]) -> None:
        """Raise `ValueError` where a task is decided whose deadline does not follow the calendar of then."""
        calendars = self.in_force(entry, body) if NAMED in body else ()
        if calendars and not _follows(task, calendars[0]):
            raise ValueError("a task is decided that does not follow the calendar")

    def is_behind(self, task: Task) -> bool:
        """Whether an open task does not follow the newest calendar, although every one was told to."""
        return self.whole and self.followed and bool(self.calendars) and not _follows(task, self.calendars[-1][1])

    def check_rung(self, task: Task, entry: Entry, body: Mapping[str, Any]) -> None:
        """Raise `ValueError` where a rung was climbed before it was due, or another instant is told than it was due.

        When the first second is late follows from the deadline and the calendar. The other rungs follow from the
        ladder of the office file too, of which an entry tells what it was climbed by; older ones do not.
        """
        due = datetime.fromisoformat(body["due"])
        if entry.at < due:
            raise ValueError("a rung is climbed before it was due")
        if "standard" not in task or ("ladder" not in body and body["kind"] != RungKind.LATE):
            return
        settings = LadderSettings(**body.get("ladder", {}))

        def instant(calendar: WorkCalendar) -> datetime:
            return rung(
                body["rung"],
                opened=_clock(task, calendar).since,
                due=task["due_at"],
                standard=Standard.parse(task["standard"]),
                calendar=calendar,
                settings=settings,
            ).at

        self.check(due, instant, entry, body)

    def check_whole(self, sop: Sop, case: Task, entry: Entry, body: Mapping[str, Any]) -> None:
        """Raise `ValueError` where an entry tells another instant than the end of all standards of the SOP."""

        def end(calendar: WorkCalendar) -> datetime:
            urgency = Urgency(case["urgency"])
            at: datetime = case["opened_at"]
            for step in sop.steps:
                at = calendar.due(at, step.standard_for(urgency))
            return at

        self.check(datetime.fromisoformat(body["due"]), end, entry, body)

    def check_late(self, task: Task, entry: Entry, body: Mapping[str, Any]) -> None:
        """Raise `ValueError` where an entry that decides a task says that it was late by another time than it was."""
        if body.get("late_by") is None or "standard" not in task:
            return

        self.check(body["late_by"], lambda calendar: self.late_by(task, calendar, at=entry.at), entry, body)

    def late_by(self, task: Task, calendar: WorkCalendar, *, at: datetime) -> int:
        """Return by how many seconds of office time a task is late in the record at the instant `at`, by `calendar`."""
        due = _standard_deadline(task, calendar) if task["extensions"] else task["due_at"]
        return calendar.late(due, task["paused_at"] or at)


def check_decision(sop: Sop, action: Action, task: Task, *, going_on: bool) -> None:
    """Raise `ValueError` or `LookupError` where an SOP does not let `action` decide a task, or end the case with it."""
    here = sop.step(task["step"])
    if action in {Action.RECALL, Action.WITHDRAW}:
        allowed = sop.permits(Verb(action.value))
    else:
        allowed = action in sop.allowed(here)
    if not allowed:
        raise ValueError("the SOP does not allow what was decided")
    ends = action in {Action.DECLINE, Action.MOVE, Action.WITHDRAW, Action.MERGE} or (
        action is here.kind.rules.onward and sop.is_last(here)
    )
    if ends is going_on:
        raise ValueError("a case ends, or goes on, otherwise than by its SOP")


def check_opening(
    sop: Sop,
    entry: Entry,
    body: Mapping[str, Any],
    *,
    case: Task,
    tasks: Sequence[Account],
    opened: Task,
    reporters: Collection[int | None],
) -> None:
    """Raise `ValueError` or `LookupError` where a task that an entry opens is not the one that the SOP foresees.

    `tasks` are those before it; the `reporters` may not decide what judges the work. Who is given the task of a
    step that comes back is the person who decided it before.
    """
    action, step = Action(entry.action), sop.step(opened["step"])
    if step.number not in _following(sop, action, body, tasks):
        raise ValueError("a step is opened that does not follow by the SOP")
    foreseen = {"mandate": step.mandate, "standard": str(step.standard_for(Urgency(case["urgency"])))}
    differs = any(opened.get(name, value) != value for name, value in foreseen.items())
    told, kept_from_it = body["opened"].get("not_by"), set(opened["not_by"])
    wanted = set(reporters) if step.kind.rules.reviews else set()
    # Entries from before all reporters were kept from it tell one of them, as a number.
    if differs or not (told in wanted if isinstance(told, int) else kept_from_it == wanted):
        raise ValueError("a task is opened otherwise than the SOP has it")
    free = action is Action.FORWARD or (action is Action.REPORT and "previous" in body)
    if not free and opened["assignee_id"] not in _given_to(entry, action, opened, tasks):
        raise ValueError("a task is given to somebody to whom nothing led")


def _following(sop: Sop, action: Action, body: Mapping[str, Any], tasks: Sequence[Account]) -> Collection[int]:
    """Return the numbers of the steps that may be opened by `action`."""
    if action is Action.REPORT:
        resumes = sop.resumes if "previous" in body else None
        return {sop.first.number, *([resumes.number] if resumes is not None else [])}
    if action is Action.RECALL:
        return {tasks[-2].columns["step"]}
    if action is Action.REOPEN:
        return {tasks[-1].columns["step"]}
    here = sop.step(tasks[-1].columns["step"])
    if action is Action.RETURN:
        return {sop.return_target(here).number}
    if action is Action.SEND_BACK:
        earlier = sop.steps[: here.number - 1]
        return {one.number for one in earlier if one.kind.rules.assigns or one.number == here.number - 1}
    return {here.number + 1}


def _given_to(entry: Entry, action: Action, opened: Task, tasks: Sequence[Account]) -> Collection[int | None]:
    """Return to whom the task `opened` may be given, None for everybody who holds its post."""
    if action is Action.RECALL:
        # It may have been decided in the place of somebody who can be reached again.
        return {entry.actor_id if opened["post"] == tasks[-2].columns["post"] else None}
    if action is Action.REOPEN:
        return {None, tasks[-1].columns["assignee_id"]}
    if action not in {Action.RETURN, Action.SEND_BACK}:
        return {None}
    return {None, decided_before(tasks, opened["step"])}


def decided_before(tasks: Sequence[Account], step: int) -> int | None:
    """Return who has decided a step last, without what was recalled; None where nobody has."""
    decided = (
        one.columns["decided_by_id"]
        for one in reversed(tasks)
        if one.columns["step"] == step and one.columns["outcome"] not in {None, Outcome.RECALLED.value}
    )
    return next(decided, None)


def _clock(task: Task, calendar: WorkCalendar) -> Clock:
    standard, pauses = Standard.parse(task["standard"]), map(Pause.read, task["pauses"])
    extensions = map(Extension.read, task["extensions"])
    return extending.clock(task["clock_from"] or task["opened_at"], standard, pauses, extensions, calendar)


def _follows(task: Task, calendar: WorkCalendar) -> bool:
    """Whether the deadline of a task is by a calendar; what lies outside of it keeps the deadline that it has."""
    if "standard" not in task:
        return True
    try:
        return bool(_clock(task, calendar).due == task["due_at"])
    except (OutsideCalendar, OverflowError):
        return True


def _standard_deadline(task: Task, calendar: WorkCalendar) -> Any:  # noqa: ANN401 - an instant
    pauses, standard = map(Pause.read, task["pauses"]), Standard.parse(task["standard"])
    return pausing.deadline(task["clock_from"] or task["opened_at"], standard, pauses, calendar)


def _same(told: object, computed: Callable[[WorkCalendar], object], calendar: WorkCalendar) -> bool:
    try:
        return computed(calendar) == told
    except (OutsideCalendar, OverflowError):
        return False


def _sop(row: Row) -> Sop | None:
    try:
        return SopVersion(code=row["code"], version=row["version"], text=row["text"]).sop
    except InvalidSop:
        return None


def _calendar(entry: Entry, rows: Mapping[Any, Row]) -> WorkCalendar | None:
    """Return the calendar that an entry brought into force, None where its row is not the one that was told."""
    told = (entry.payload.body if entry.payload else None) or {}
    row = rows.get(version) if isinstance(version := told.get("version"), int) else None
    if row is None or not isinstance(row["body"], Mapping) or digest_of(row["body"]) != told.get("digest"):
        return None
    try:
        return WorkCalendar(OfficeCalendar.read(row["body"]).hours)
    except (LookupError, TypeError, ValueError):
        return None
