"""Letting an open task follow the calendar in force: before anything is decided on it, or when its turn comes.

What brings another calendar into force marks every open task (`Task.behind`). They follow in portions, each in a
transaction of its own (`models/administration/following_tasks.py`). A case that is wanted before its turn follows at
once, wherever it is read to be changed. So nothing is decided, and no rung climbed, by another calendar's deadline.
"""

import logging
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete

from models.case.proceeding import Proceeding
from models.case.rescheduling import Rescheduled
from models.case.task import Chase, Task
from models.mail import correspondence
from models.mail.correspondence import Alert
from models.mail.reminder import REMINDERS
from models.office.calendar import CalendarVersion
from models.office.person import Person, unique
from models.repository.owing import Owing
from models.repository.reminding_of_tasks import plan_again
from models.rules.calendar_shift import shift
from models.rules.ladder import LadderSettings, rung
from models.rules.office_calendar import OfficeCalendar
from models.rules.work_calendar import WorkCalendar

logger = logging.getLogger(__name__)

ON_FILE = 0
"""What `Task.behind` says where the office file's calendar was in force before any version was kept."""

_Late = tuple[Task, str, Rescheduled]
"""A task of which rungs were taken back, the number of its case, and what became of its deadline and its ladder."""


def catch_up(records: Owing, proceedings: Sequence[Proceeding]) -> None:
    """Let the tasks of cases that were read, and locked, follow the calendar in force where they do not yet.

    A task whose deadline cannot be computed keeps it, and stays marked: the portion to which it belongs tells the
    admins.
    """
    behind = [(one, task) for one in proceedings for task in one.case.tasks if task.behind is not None]
    if not behind:
        return
    versions: dict[int, WorkCalendar] = {}
    plan_again(records, {task.id: calendar_of(records, task, versions) for _, task in behind})
    back = list[_Late]()
    for proceeding, task in behind:
        how = _follow(records, proceeding, task, versions)
        if how is not None and how.taken_back:
            back.append((task, proceeding.case.number, how))
    for task, _, how in back:
        # They may be climbed once more. The journal keeps that they were climbed.
        records.session.execute(delete(Chase).where(Chase.task_id == task.id, Chase.ordinal >= how.rung))
    _tell_overseers(records, back)


def keeps_its_deadline(task: Task, calendar: WorkCalendar, settings: LadderSettings, *, at: datetime) -> bool:
    """Whether the deadline and the rungs that were climbed are the same by `calendar`.

    Raises what an unreadable standard raises.
    """
    return task.deadline(calendar) == task.due_at and standing_of(task, calendar, settings, at=at) >= task.rung


def plan_anew(task: Task, calendar: WorkCalendar, settings: LadderSettings) -> None:
    """Plan the next rung of a task that keeps its deadline by `calendar`; a later rung may move all the same."""
    if task.chase_at is not None:
        task.chase_at = _instant(task, task.rung, calendar, settings)
    task.behind = None


def standing_of(task: Task, calendar: WorkCalendar, settings: LadderSettings, *, at: datetime) -> int:
    """Return the ordinal of the first rung that is not due by `calendar`, of those that were climbed and the next."""
    now = task.seen_at(at)
    return next((one for one in range(task.rung) if _instant(task, one, calendar, settings) > now), task.rung)


def _follow(
    records: Owing, proceeding: Proceeding, task: Task, versions: dict[int, WorkCalendar]
) -> Rescheduled | None:
    """Let one task follow; returns how its deadline has moved, None where it has not, or cannot."""
    calendar, settings = records.lock_office().file.calendar, records.rules.office.ladder
    if not task.is_open:
        task.behind = None
        return None
    try:
        stays = keeps_its_deadline(task, calendar, settings, at=records.at)
        if stays:
            plan_anew(task, calendar, settings)
    except Exception:
        logger.exception("a task cannot follow the calendar", extra={"task": task.id})
        return None
    if stays:
        return None
    was = calendar_of(records, task, versions)
    because = shift(was, calendar, task.clock_from or task.opened_at, max(task.deadline(calendar), task.due_at))
    how = proceeding.reschedule(task, because=because.written())
    task.behind = None
    if proceeding.is_misplaced(task):
        # It went up because its standard was over, and by this calendar it is not, or the other way round.
        proceeding.bring_in_step(task)
    return how


def calendar_of(records: Owing, task: Task, versions: dict[int, WorkCalendar]) -> WorkCalendar:
    """Return the calendar by which a task that is behind has its deadline; `versions` keeps those that were read."""
    number = task.behind or ON_FILE
    if number not in versions:
        version = records.session.get(CalendarVersion, number) if number != ON_FILE else None
        filed = records.rules.office.calendar.hours
        hours = version.calendar.hours if version is not None else OfficeCalendar.on_file(filed).hours
        versions[number] = WorkCalendar(hours)
    return versions[number]


def _instant(task: Task, ordinal: int, calendar: WorkCalendar, settings: LadderSettings) -> datetime:
    due, standard = task.deadline(calendar), task.time_standard
    return rung(
        ordinal, opened=task.chased_from(calendar), due=due, standard=standard, calendar=calendar, settings=settings
    ).at


def _tell_overseers(records: Owing, back: Sequence[_Late]) -> None:
    """Tell each superior and watcher once, of all cases, that what they were told of a delay is taken back."""
    office = records.lock_office()
    numbers: dict[int, list[str]] = {}
    told: dict[int, Person] = {}
    for task, number, done in back:
        if any(REMINDERS[kind].overseers is not None for kind in done.taken_back):
            above = office.told_above(task.post, besides=task.deciders(office))
            for person in unique([*above, *office.watchers()]):
                told[person.id] = person
                numbers.setdefault(person.id, []).append(number)
    for person_id, person in told.items():
        data = {"number": correspondence.listed(numbers[person_id])}
        for owed in correspondence.alert(Alert.NOT_LATE, [person], at=records.at, data=data):
            # It may be a day off: what is taken back makes no sound.
            owed.body = {**owed.body, "silent": True}
            records.owe(owed)
