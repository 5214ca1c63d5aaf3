"""What another calendar would move, before it is confirmed: looked at for as many open tasks as one tap may take.

A day that changes cannot move a deadline that lies before it, nor that of a task that was opened after it. So the
database passes over the tasks that stay, and the deadlines of the others are computed, up to a portion.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select

from models.administration.calendar import present
from models.case.case import Case
from models.case.task import Task
from models.repository.finder import Finder
from models.rules.office_calendar import OfficeCalendar
from models.rules.standard import Standard
from models.rules.work_calendar import OfficeHours, WorkCalendar

logger = logging.getLogger(__name__)

LOOKED_AT = 500
"""Open tasks of which the deadline is computed in one tap, at the most."""

PASSED = 10 * LOOKED_AT
"""Open tasks that the database goes through in one tap, at the most."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Move:
    """The deadline of an open task that is another one by another calendar. Both instants are in UTC."""

    task_id: int
    number: str
    standard: Standard
    before: datetime
    due: datetime


@dataclass(frozen=True, slots=True)
class Foreseen:
    """The open deadlines that would move, the earliest first, among those that were looked at.

    `whole` says that these are all; otherwise there may be more of them.
    """

    moves: Sequence[Move]
    whole: bool


def foresee(finder: Finder, calendar: OfficeCalendar) -> Foreseen:
    """Return the open deadlines that would move if `calendar` came into force. Changes nothing.

    Those that cannot be computed are left out: they stay when it comes into force.
    """
    before, after = present(finder).hours, WorkCalendar(calendar.hours)
    still_open = select(Task.id).where(Task.closed_at.is_(None)).limit(PASSED + 1)
    passed = finder.session.scalar(select(func.count()).select_from(still_open.subquery())) or 0
    found = finder.session.execute(
        select(Task, Case.number)
        .join(Case, Case.id == Task.case_id)
        .where(Task.id.in_(still_open.subquery().select()), _may_move(before, after.hours))
        .limit(LOOKED_AT + 1)
    ).all()
    moving = (
        Move(task.id, number, task.time_standard, task.due_at, due)
        for task, number in found[:LOOKED_AT]
        if (due := _deadline(task, after)) is not None and due != task.due_at
    )
    return Foreseen(
        sorted(moving, key=lambda one: (one.due, one.task_id)),
        whole=len(found) <= LOOKED_AT and passed <= PASSED,
    )


def _may_move(before: OfficeHours, after: OfficeHours) -> ColumnElement[bool]:
    """Whether the days that differ may touch a task's deadline.

    They may touch any task that does not follow the calendar in force yet, and any that was paused or extended: a pause
    may lie after the deadline that it moved.
    """
    touched = [Task.behind.is_not(None), Task.pauses != [], Task.extensions != []]
    if (days := _differing(before, after)) is not None:
        first, last = days
        start = datetime.combine(first - _DAY, time.min, after.zone)
        end = datetime.combine(last + _DAY * 2, time.min, after.zone)
        touched.append(and_(Task.due_at >= start, func.coalesce(Task.clock_from, Task.opened_at) < end))
    return or_(*touched)


def _differing(before: OfficeHours, after: OfficeHours) -> tuple[date, date] | None:
    """Return the first and the last day that may differ between two calendars of one office file; None where none."""
    days = {one.day for one in {*before.special_days} ^ {*after.special_days}}
    seasons = {*before.seasons} ^ {*after.seasons}
    days |= {day for one in seasons for day in (one.first, one.last)}
    return (min(days), max(days)) if days else None


def _deadline(task: Task, calendar: WorkCalendar) -> datetime | None:
    try:
        return task.deadline(calendar)
    except Exception:
        logger.exception("a task cannot follow the calendar", extra={"task": task.id})
        return None
