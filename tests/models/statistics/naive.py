"""The figures counted a second time, minute by minute, from the rows and journals as they lie there."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from itertools import groupby, pairwise
from operator import attrgetter
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.case.case import Case
from models.case.joined_report import JoinedReport
from models.case.question import Question
from models.case.sop_version import SopVersion
from models.case.task import Chase, Task
from models.journal.chain import Entry, Payload
from models.office.absence import Absence
from models.office.calendar import CalendarVersion
from models.office.tenure import Tenure
from models.rules.work_calendar import WorkCalendar

MINUTE = timedelta(minutes=1)

Holder = tuple[str, int | None]
"""How a task was held, by the words of the statistics, and by whom."""


@dataclass
class Part:
    """A stretch of a task with one holder, in minutes of office time."""

    holder: Holder
    used: int = 0
    waited: int = 0
    asked: int = 0
    late: int = 0


@dataclass
class Recounted:
    """One closed task. `before` are the minutes that its clock had run before a recall."""

    task: Task
    case: Case
    sop: str
    post: str
    first: bool
    ends: bool
    chased: int
    decider: int | None
    parts: list[Part] = field(default_factory=list)
    before: int = 0
    turned_late: Holder | None = None

    @property
    def late_by(self) -> int:
        """Seconds of office time."""
        assert self.task.late_by is not None
        return self.task.late_by

    def sum(self, name: str) -> int:
        return sum(getattr(part, name) for part in self.parts)


class Minutes:
    """The minutes of office time by one calendar, each of them written down, from the first instant to the last."""

    def __init__(self, calendar: WorkCalendar, begins: datetime, ends: datetime) -> None:
        self._calendar, self._begins, self._ends = calendar, begins, ends

    @cached_property
    def _open(self) -> list[datetime]:
        found, at = list[datetime](), self._begins
        while at < self._ends:
            if self._calendar.is_open(at):
                found.append(at)
                at += MINUTE
            else:
                at = self._calendar.opening(at)
        return found

    def count(self, since: datetime, until: datetime) -> int:
        """Return how many there are from an instant to another; both are whole minutes."""
        assert since.second == until.second == 0
        return bisect_left(self._open, until) - bisect_left(self._open, since)


class Recount:
    """All closed tasks of a record, each counted by itself."""

    def __init__(self, session: Session) -> None:
        self.tenures = list(session.scalars(select(Tenure)))
        self.absences = list(session.scalars(select(Absence).where(Absence.begun_at.is_not(None))))
        terms = [one for term in self.tenures for one in (term.starts_at, term.ends_at)]
        self.changes = [*(one for one in terms if one is not None)]
        self.changes += [at for one in self.absences for at in (one.begun_at, one.over_at) if at is not None]
        self.questions: dict[int, list[Question]] = defaultdict(list)
        for asked in session.scalars(select(Question)):
            self.questions[asked.task_id].append(asked)
        self.cases = {case.id: case for case in session.scalars(select(Case))}
        self.sops = dict(session.execute(select(SopVersion.id, SopVersion.code)).all())
        versions = list(session.scalars(select(CalendarVersion).order_by(CalendarVersion.id)))
        calendars = [(one.made_at, WorkCalendar(one.calendar.hours)) for one in versions]
        self.chased = Counter(session.scalars(select(Chase.task_id)))
        self.tasks: dict[int, list[Task]] = defaultdict(list)
        for task in session.scalars(select(Task).order_by(Task.id)):
            self.tasks[task.case_id].append(task)
        instants = [one.clock_from or one.opened_at for tasks in self.tasks.values() for one in tasks]
        closings = [one.closed_at for tasks in self.tasks.values() for one in tasks if one.closed_at is not None]
        begins, ends = min(instants), max([*closings, *instants])
        self.calendars = [(made_at, Minutes(calendar, begins, ends)) for made_at, calendar in calendars]
        self.joined: dict[int, list[JoinedReport]] = defaultdict(list)
        for joined in session.scalars(select(JoinedReport).where(JoinedReport.parted_at.is_(None))):
            self.joined[joined.case_id].append(joined)
        self.closed = list(self._all(session))

    def _all(self, session: Session) -> Iterator[Recounted]:
        told = session.execute(
            select(Case.id, Entry.at, Entry.action, Entry.actor_id, Payload.body)
            .join(Entry, Entry.chain_id == Case.chain_id)
            .join(Payload, (Payload.chain_id == Entry.chain_id) & (Payload.sequence == Entry.sequence))
            .order_by(Case.id, Entry.sequence)
            .execution_options(yield_per=5_000)
        )
        for case_id, entries in groupby(told, key=attrgetter("id")):
            yield from self._case(self.cases[case_id], [entry[1:] for entry in entries])

    def _case(
        self, case: Case, told: Iterable[tuple[datetime, str, int | None, dict[str, Any]]]
    ) -> Iterator[Recounted]:
        tasks, lying, place = self.tasks[case.id], defaultdict[int, list[tuple[datetime, dict[str, Any]]]](list), -1
        for at, action, actor, body in told:
            if action in {"start", "transfer"}:
                before = lying[place][-1][1]
                lying[place].append((at, {**before, "assignee": body.get("assignee", actor)}))
            elif action == "rehome":
                lying[place].append((at, body))
            if "opened" in body:
                place += 1
                lying[place].append((at, body["opened"]))
        for number, task in enumerate(tasks):
            if task.closed_at is not None:
                yield self._task(case, task, tasks, lying[number])

    def _task(
        self, case: Case, task: Task, tasks: list[Task], lying: list[tuple[datetime, dict[str, Any]]]
    ) -> Recounted:
        found = Recounted(
            task,
            case,
            self.sops[case.sop_version_id],
            task.raised_from or task.post,
            first=tasks[0] is task,
            # What became a part of another case is finished with that one.
            ends=tasks[-1] is task and case.closed_at is not None and task.outcome != "merged",
            chased=self.chased[task.id],
            decider=None if task.outcome in {"recalled", "withdrawn"} else task.decided_by_id,
        )
        assert task.closed_at is not None
        minutes = [made for made_at, made in self.calendars if made_at <= task.closed_at][-1]
        changes, running = [*self.changes, *(since for since, _ in lying)], list[Part]()
        # Between two changes of desks, posts and absences nobody else comes to hold it.
        seen = {task.opened_at, *(one for one in changes if task.opened_at <= one < task.closed_at)}
        pauses = [(datetime.fromisoformat(one["from"]), datetime.fromisoformat(one["until"])) for one in task.pauses]
        asked = [(one.asked_at, one.answered_at or task.closed_at) for one in self.questions.get(task.id, ())]
        begins = task.clock_from or task.opened_at
        known = {begins, task.closed_at, *seen, *(at for span in (*pauses, *asked) for at in span)}
        for at, until in pairwise(sorted(one for one in known if begins <= one <= task.closed_at)):
            if at in seen:
                holder = self._holder(at, lying, task)
                if not found.parts or found.parts[-1].holder != holder:
                    found.parts.append(Part(holder))
            # All minutes between two of these instants are alike.
            count = minutes.count(at, until)
            if at < task.opened_at:
                found.before += 0 if _within(at, pauses) else count
            elif _within(at, pauses):
                found.parts[-1].waited += count
            else:
                found.parts[-1].used += count
                found.parts[-1].asked += count if _within(at, asked) else 0
                running += [found.parts[-1]] * count
        self._book(found, running)
        return found

    def _book(self, found: Recounted, running: list[Part]) -> None:
        """Book the lateness: it is the last part of the time that ran."""
        how, person = found.parts[-1].holder
        if how == "own" and found.decider not in {None, person}:
            found.parts[-1].holder = ("shared", None)
        late = running[max(0, len(running) - found.late_by // 60) :] if found.late_by else []
        for part in late:
            part.late += 1
        found.turned_late = late[0].holder if late and len(late) * 60 == found.late_by else None

    def _holder(self, at: datetime, lying: list[tuple[datetime, dict[str, Any]]], task: Task) -> Holder:
        desk = [body for since, body in lying if since <= at][-1]
        post, raised = desk["post"], desk.get("raised")
        if raised is not None and raised["from"] == post:
            return "admins", None
        own = [one.person_id for one in self._terms(post, at) if one.stands_for_id is None]
        own = [one for one in own if one not in task.not_by] or own
        if desk.get("assignee") in own:
            own = [desk["assignee"]]
        if not own:
            return "vacant", None
        holders = {acting for one in own if (acting := self._acting(one, post, at, task)) is not None}
        if not holders:
            return "absent", None
        if len({person for _, person in holders}) > 1:
            return "shared", None
        how, person = holders.pop()
        return ("raised" if raised is not None else how), person

    def _terms(self, post: str, at: datetime) -> list[Tenure]:
        return [
            one
            for one in self.tenures
            if one.post == post and one.starts_at <= at and (one.ends_at is None or at < one.ends_at)
        ]

    def _acting(self, person: int, post: str, at: datetime, task: Task) -> Holder | None:
        acting, how = person, "own"
        while task.mandate:
            following = [one.person_id for one in self._terms(post, at) if one.stands_for_id == acting]
            if not following:
                break
            acting, how = following[0], "plh"
        if how == "plh":
            return how, acting
        away = [one for one in self.absences if one.person_id == person and one.begun_at and one.begun_at <= at]
        return None if any(one.over_at is None or at < one.over_at for one in away) else (how, person)


def _within(at: datetime, spans: Iterable[tuple[datetime, datetime]]) -> bool:
    return any(since <= at < until for since, until in spans)


def in_span(found: Iterable[Recounted], starts: datetime, ends: datetime) -> list[Recounted]:
    """Return the tasks that were closed from `starts` on and before `ends`."""
    return [one for one in found if one.task.closed_at and starts <= one.task.closed_at < ends]


def nearest_rank(values: list[int], tenths: int) -> int:
    """Return the value that so many tenths of all values do not exceed."""
    ordered = sorted(values)
    return next(one for place, one in enumerate(ordered, start=1) if place * 10 >= len(ordered) * tenths)
