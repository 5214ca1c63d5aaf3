"""From the record to the stretches of closed tasks: what is read of cases, journals, posts and calendars.

All of it is kept for good, so that the stretches of any task can be found again at any time. Nothing is locked.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Row, and_, bindparam, func, select
from sqlalchemy.orm import Session

from models.case.case import Case
from models.case.journey import REHOMED
from models.case.question import Question
from models.case.sop_version import SopVersion
from models.case.task import Chase, Task
from models.journal.chain import Entry, Payload
from models.office.absence import Absence
from models.office.tenure import Tenure
from models.queries.register.stays import Stay, Times, times
from models.repository.calendars import Calendars
from models.rules.actions import BY_OTHERS, Action, Outcome
from models.rules.office_file import OfficeFile
from models.rules.pausing import Pause
from models.statistics.holding import Desk, Hold, Lain, Leave, OfficeThen, Term, held
from models.statistics.stretches import Clocked, Span, clocked
from models.statistics.tables import Stretch

_Found = Row[*tuple[Any, ...]]

_HANDED = {Action.START.value, Action.TRANSFER.value, REHOMED}
"""The actions of entries after which another person may hold a task than before."""

_OF_TASKS: BindParameter[int] = bindparam("tasks", expanding=True)
_OF_CASES: BindParameter[int] = bindparam("cases", expanding=True)

_CLOSED = (
    select(
        Task.id,
        Task.case_id,
        Task.step,
        Task.round,
        Task.post,
        Task.raised_from,
        Task.assignee_id,
        Task.standard,
        Task.opened_at,
        Task.due_at,
        Task.closed_at,
        Task.outcome,
        Task.decided_by_id,
        Task.late_by,
        Task.paused_at,
        Task.pauses,
        Task.clock_from,
        Task.extensions,
        Task.mandate,
        Task.not_by,
        Case.chain_id,
        Case.round.label("rounds"),
        Case.closed_at.label("case_closed_at"),
        SopVersion.code,
    )
    .join(Case, Case.id == Task.case_id)
    .join(SopVersion, SopVersion.id == Case.sop_version_id)
    .where(Task.id.in_(_OF_TASKS))
    .order_by(Task.id)
)

_ORDER = select(Task.id, Task.case_id).where(Task.case_id.in_(_OF_CASES)).order_by(Task.id)

_TOLD = (
    select(Entry.chain_id, Entry.at, Entry.action, Entry.actor_id, Payload.body)
    .join(Payload, and_(Payload.chain_id == Entry.chain_id, Payload.sequence == Entry.sequence))
    .where(Entry.chain_id.in_(bindparam("chains", expanding=True)))
    .order_by(Entry.chain_id, Entry.sequence)
)

_ASKED = select(Question.task_id, Question.asked_at, Question.answered_at).where(
    Question.case_id.in_(_OF_CASES), Question.task_id.in_(_OF_TASKS)
)

_CHASED = select(Chase.task_id, func.count()).where(Chase.task_id.in_(_OF_TASKS)).group_by(Chase.task_id)


def office_then(session: Session) -> OfficeThen:
    """Return who held which post, and who was away, at all times."""
    tenures = select(Tenure.post, Tenure.person_id, Tenure.starts_at, Tenure.ends_at, Tenure.stands_for_id)
    away = select(Absence.person_id, Absence.begun_at, Absence.over_at).where(Absence.begun_at.is_not(None))
    return OfficeThen(
        terms=[Term(*row) for row in session.execute(tenures.order_by(Tenure.id))],
        leaves=[
            Leave(person_id, begun_at, over_at)
            for person_id, begun_at, over_at in session.execute(away.order_by(Absence.id))
            if begun_at is not None
        ],
    )


@dataclass(frozen=True, slots=True)
class _Batch:
    """What was read of some closed tasks: by the numbers of tasks, of cases, and of chains."""

    tasks: Sequence[_Found]
    order: Mapping[int, Sequence[int]]
    told: Mapping[int, Sequence[_Found]]
    asked: Mapping[int, Sequence[_Found]]
    chased: Mapping[int, int]


class Facts:
    """The stretches of closed tasks, as the record has them. `office` is the office's file, `filed` its calendar."""

    def __init__(self, session: Session, *, office: OfficeFile) -> None:
        self._session = session
        self._calendars = Calendars(session, office.calendar)
        self._office = office_then(session)
        self._codes = {post.formerly: post.code for post in office.posts if post.formerly is not None}

    def of(self, task_ids: Sequence[int]) -> Iterator[Stretch]:
        """Yield the stretches of the tasks, which are closed, task by task; the last of each is the closing one."""
        if not task_ids:
            return
        batch = self._read(task_ids)
        desks: dict[int, list[Desk]] = {}
        for case_id, chain_id in {task.case_id: task.chain_id for task in batch.tasks}.items():
            desks |= _desks(batch.told.get(chain_id, ()), batch.order[case_id])
        for task in batch.tasks:
            yield from self._stretches(task, batch, desks.get(task.id) or [_last_desk(task)])

    def _read(self, task_ids: Sequence[int]) -> _Batch:
        session = self._session
        tasks = session.execute(_CLOSED, {"tasks": task_ids}).all()
        cases = sorted({task.case_id for task in tasks})
        order: dict[int, list[int]] = defaultdict(list)
        for task_id, case_id in session.execute(_ORDER, {"cases": cases}):
            order[case_id].append(task_id)
        told = session.execute(_TOLD, {"chains": sorted({task.chain_id for task in tasks})})
        asked = session.execute(_ASKED, {"cases": cases, "tasks": task_ids})
        chased: dict[int, int] = dict(session.execute(_CHASED, {"tasks": task_ids}).all())
        return _Batch(tasks, order, _grouped(told, "chain_id"), _grouped(asked, "task_id"), chased)

    def _stretches(self, task: _Found, batch: _Batch, desks: Sequence[Desk]) -> Iterator[Stretch]:
        calendar = self._calendars.at(task.closed_at)
        took = times(Stay.of(task), calendar, at=task.closed_at)
        lain = Lain(
            [self._named_now(desk) for desk in desks],
            task.opened_at,
            task.closed_at,
            mandate=task.mandate,
            not_by=frozenset(task.not_by),
        )
        pauses = [(one.start, one.end) for one in map(Pause.read, task.pauses)]
        asked: list[Span] = [
            (one.asked_at, min(one.answered_at or task.closed_at, task.closed_at))
            for one in batch.asked.get(task.id, ())
        ]
        passed = clocked(held(lain, self._office), took, pauses=pauses, asked=asked, calendar=calendar)
        before: list[tuple[Hold, int | None]] = []
        for ordinal, one in enumerate(passed):
            row = self._row(task, batch, took, one, ordinal=ordinal, closing=ordinal == len(passed) - 1)
            row.again = (row.how, row.person_id) in before
            before.append((row.how, row.person_id))
            yield row

    def _row(self, task: _Found, batch: _Batch, took: Times, one: Clocked, *, ordinal: int, closing: bool) -> Stretch:
        how, person_id = one.held.how, one.held.person_id
        decided = closing and task.outcome not in BY_OTHERS
        if decided and how is Hold.OWN and person_id != task.decided_by_id:
            # A colleague decided what was given to a person who had lost their account: nobody alone held it.
            how, person_id = Hold.SHARED, None
        return Stretch(
            task_id=task.id,
            ordinal=ordinal,
            case_id=task.case_id,
            sop=task.code,
            step=task.step,
            post=self._codes.get(task.raised_from or task.post, task.raised_from or task.post),
            how=how,
            person_id=person_id,
            since=one.held.since,
            until=one.held.until,
            used=one.used,
            waited=one.waited,
            asked=one.asked,
            late=one.late,
            turned_late=one.turned_late,
            closed_at=task.closed_at,
            closing=closing,
            outcome=Outcome(task.outcome) if closing else None,
            decider_id=task.decided_by_id if decided else None,
            opened_at=task.opened_at if closing else None,
            stay_used=took.used if closing else 0,
            stay_late=took.late_by if closing else 0,
            reminders=batch.chased.get(task.id, 0) if closing else 0,
            first=closing and batch.order[task.case_id][0] == task.id,
            ends=closing and self._ends(task, batch),
            rounds=task.rounds - 1 if closing else 0,
        )

    @staticmethod
    def _ends(task: _Found, batch: _Batch) -> bool:
        """Whether a case ended with the task; what became a part of another case is finished with that one."""
        is_over = task.case_closed_at is not None and task.outcome is not Outcome.MERGED
        return is_over and batch.order[task.case_id][-1] == task.id

    def _named_now(self, desk: Desk) -> Desk:
        """Return a desk whose post has the code that the office file has for it now; its tenures have it too."""
        code = self._codes.get(desk.post, desk.post)
        return Desk(desk.since, code, desk.given_to, raised=desk.raised, left_to_admins=desk.left_to_admins)


def _desks(told: Iterable[_Found], task_ids: Sequence[int]) -> dict[int, list[Desk]]:
    """Return where each task of a case lay, as its journal tells; none where it tells of other tasks than there are."""
    found: list[list[Desk]] = []
    for entry in told:
        body = entry.body or {}
        if found and entry.action in _HANDED:
            found[-1].append(_handed(entry, body, found[-1][-1]))
        if (opened := body.get("opened")) is not None:
            found.append([_desk(entry.at, opened["post"], opened.get("assignee"), opened.get("raised"))])
    return dict(zip(task_ids, found, strict=True)) if len(found) == len(task_ids) else {}


def _handed(entry: _Found, body: Mapping[str, Any], before: Desk) -> Desk:
    """Return where a task lay after an entry: with the person who began it or was given it, or at another post."""
    if entry.action == REHOMED:
        return _desk(entry.at, body.get("post", before.post), body.get("assignee"), body.get("raised"))
    given_to = body.get("assignee", entry.actor_id)
    return Desk(entry.at, before.post, given_to, raised=before.raised, left_to_admins=before.left_to_admins)


def _desk(at: datetime, post: str, given_to: int | None, raised: Mapping[str, str] | None) -> Desk:
    home = raised.get("from") if raised is not None else None
    return Desk(at, post, given_to, raised=home is not None, left_to_admins=home == post)


def _last_desk(task: _Found) -> Desk:
    """Return where a task lay when it was closed: all that is known of one whose journal does not tell of it."""
    home = task.raised_from
    return Desk(task.opened_at, task.post, task.assignee_id, raised=home is not None, left_to_admins=home == task.post)


def _grouped(found: Iterable[_Found], name: str) -> dict[int, list[_Found]]:
    groups = defaultdict[int, list[_Found]](list)
    for one in found:
        groups[getattr(one, name)].append(one)
    return groups
