"""The open tasks that follow another calendar, a portion at a time, each portion in a transaction of its own.

The calendar is in force from its commit. Where thousands of tasks are open, moving all deadlines with it would keep
every tap waiting for seconds. So they are marked, and follow portion by portion. A process that dies between two of
them leaves the marks, and the next one goes on. What is wanted before its turn follows at once
(`models/repository/catching_up.py`).
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy import exists, func, select, update
from sqlalchemy.orm import Session

from models.case.case import Case
from models.case.journey import SYSTEM
from models.case.task import Task
from models.mail import correspondence
from models.mail.card import Card, CardKind, Face
from models.mail.correspondence import Alert
from models.repository.calendars import newest_version
from models.repository.catching_up import calendar_of, keeps_its_deadline, plan_anew
from models.repository.finder import Finder
from models.repository.kept_lists import kept, perhaps_kept
from models.repository.records import Records
from models.repository.reminding_of_tasks import plan_again
from models.repository.separately import Undone, separately
from models.repository.stuck import report_stuck
from models.rules.work_calendar import WorkCalendar

logger = logging.getLogger(__name__)

PORTION = 100
"""Open tasks that follow in one transaction: a tap waits for no more of them."""

_OPEN_STEPS = (Face.TASKS, Face.SUMMARY, Face.DIGEST, Face.POSITION)
"""The lists that say of open steps whether they are late."""


@dataclass(frozen=True, slots=True)
class Followed:
    """What came of a portion: how many tasks it had, how many deadlines and ladders moved, and how many tasks wait.

    A ladder may move while its deadline stands, so `touched` is `moved` at least.
    """

    tasks: int
    moved: int
    touched: int
    left: int


def waits(session: Session) -> bool:
    """Whether an open task does not follow the calendar in force yet."""
    return bool(session.scalar(select(exists().where(Task.behind.is_not(None)))))


def left(finder: Finder) -> int:
    """Return how many open tasks do not follow the calendar in force yet."""
    return finder.session.scalar(select(func.count(Task.id)).where(Task.behind.is_not(None))) or 0


def mark(records: Records, version_id: int) -> None:
    """Mark every open task as one whose deadline is by the version `version_id`, or by an earlier one that it has kept.

    To be called with the office locked to be changed.
    """
    # With a single condition, SQLite would walk through every task there ever was.
    still_open = Task.id.in_(select(Task.id).where(Task.closed_at.is_(None)))
    marked = update(Task).where(still_open, Task.behind.is_(None)).values(behind=version_id)
    records.session.execute(marked.execution_options(synchronize_session=False))


def follow_some(records: Records, *, portion: int | None = None) -> Followed:
    """Let up to `portion` tasks follow the calendar in force, the oldest first.

    A task that cannot be moved keeps its deadline, and no other one from moving. The admins are told of it.
    """
    records.lock_office()
    waiting = select(Task.id, Task.case_id).where(Task.behind.is_not(None)).order_by(Task.id)
    case_of: dict[int, int] = dict(records.session.execute(waiting.limit(portion or PORTION)).all())
    records.lock_cases(case_of.values())
    before, stuck = _concerned(records, sorted(case_of))
    done = _move(records, sorted(before), stuck)
    if stuck:
        _leave(records, stuck)
    moved = sum(before[task_id] != due for task_id, due in done.items())
    return Followed(len(case_of), moved, len(done), left(records))


def go_on(records: Records, *, portion: int | None = None) -> Followed:
    """Let one more portion follow, and write it into the office's journal; after the last one the admins are told."""
    followed = follow_some(records, portion=portion)
    version = newest_version(records.session)
    if not followed.tasks or version is None:
        return followed
    records.log_office(
        "calendar-followed", capacity=SYSTEM, version=version.id, moved=followed.moved, left=followed.left
    )
    if not followed.left:
        redraw_lists(records)
        for owed in correspondence.alert(Alert.CALENDAR_FOLLOWED, records.lock_office().admins, at=records.at, data={}):
            owed.body = {**owed.body, "silent": True}
            records.owe(owed)
    return followed


def redraw_lists(records: Records) -> None:
    """Let the lists of open steps that are kept true say how things stand now; what has not changed is not sent."""
    chats = {one.person.account_id for one in records.lock_office().tenures if one.person.account_id is not None}
    shown = select(Card).where(
        Card.chat_id.in_(sorted(chats)), Card.kind == CardKind.QUEUE, Card.live, Card.face.in_(_OPEN_STEPS)
    )
    perhaps = records.session.scalars(shown.where(perhaps_kept(records.at)).order_by(Card.id))
    for card in kept(perhaps, records.calendar, records.at):
        records.owe(correspondence.refresh(card, at=records.at))


def _concerned(records: Records, task_ids: Sequence[int]) -> tuple[dict[int, datetime], list[int]]:
    """Plan the next rung of each task whose deadline and ladder stand by the calendar in force.

    Returns the deadlines of the tasks for which they do not, and the tasks of which it cannot be told. The cases are
    locked: what was decided meanwhile has followed already.
    """
    calendar, settings = records.lock_office().file.calendar, records.rules.office.ladder
    concerned, stuck, by = dict[int, datetime](), list[int](), dict[int, WorkCalendar]()
    versions: dict[int, WorkCalendar] = {}
    found = select(Task).where(Task.id.in_(task_ids), Task.behind.is_not(None)).order_by(Task.id)
    for task in records.session.scalars(found, execution_options={"populate_existing": True}):
        was = calendar_of(records, task, versions)
        try:
            if not task.is_open:
                task.behind = None
            elif keeps_its_deadline(task, calendar, settings, at=records.at):
                plan_anew(task, calendar, settings)
                by[task.id] = was
            else:
                concerned[task.id] = task.due_at
        except Exception:
            logger.exception("a task cannot follow the calendar", extra={"task": task.id})
            stuck.append(task.id)
            by[task.id] = was
    plan_again(records, by)
    return concerned, stuck


def _move(records: Records, task_ids: Sequence[int], stuck: list[int]) -> dict[int, datetime]:
    """Move tasks together, or where one of them fails, one by one. Returns their deadlines.

    Adds those that fail to `stuck`.
    """
    together = separately(records.session, partial(_deadlines, records, task_ids))
    if not isinstance(together, Undone):
        return together
    logger.warning("%s tasks follow the calendar one by one", len(task_ids), exc_info=together.fault)
    done = dict[int, datetime]()
    for task_id in task_ids:
        alone = separately(records.session, partial(_deadlines, records, [task_id]))
        if isinstance(alone, Undone):
            logger.error("a task cannot follow the calendar", exc_info=alone.fault, extra={"task": task_id})
            stuck.append(task_id)
        else:
            done |= alone
    return done


def _deadlines(records: Records, task_ids: Sequence[int]) -> dict[int, datetime]:
    """Read tasks to change them, by which they follow, and return their deadlines."""
    return {task.id: task.due_at for _, task in records.tasks(task_ids)}


def _leave(records: Records, task_ids: Sequence[int]) -> None:
    """Let tasks that cannot follow keep the deadline they have, and tell the admins."""
    kept = update(Task).where(Task.id.in_(task_ids)).values(behind=None)
    records.session.execute(kept.execution_options(synchronize_session="fetch"))
    numbers = select(Case.number).join(Task, Task.case_id == Case.id).where(Task.id.in_(task_ids)).order_by(Case.id)
    report_stuck(records, records.session.scalars(numbers).all())
