"""Bringing another calendar into force: from the office file at the start, or by what an admin enters in chat.

In the same transaction the open tasks get the deadlines that they have by it, so that no process ever sees a calendar
with the deadlines of another one. Tasks that are closed keep their verdict (`Task.late_by`).
"""

import logging
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from models.administration.following import follow
from models.case.case import Case
from models.case.journey import SYSTEM
from models.case.rescheduling import Rescheduled
from models.case.task import Chase, Task
from models.mail import correspondence
from models.mail.card import Card, CardKind, Face
from models.mail.correspondence import Alert
from models.mail.reminder import REMINDERS
from models.office.calendar import CalendarVersion
from models.office.person import Person, unique
from models.repository.calendars import newest_version
from models.repository.finder import Finder
from models.repository.kept_lists import kept, perhaps_kept
from models.repository.records import Records
from models.repository.separately import Undone, separately
from models.repository.stuck import report_stuck
from models.rules.calendar_shift import shift
from models.rules.ladder import LadderSettings, rung
from models.rules.office_calendar import OfficeCalendar, digest_of, entry_written
from models.rules.standard import Standard
from models.rules.work_calendar import WorkCalendar

logger = logging.getLogger(__name__)

_OPEN_STEPS = (Face.TASKS, Face.SUMMARY, Face.DIGEST, Face.POSITION)
"""The lists that say of open steps whether they are late."""

_Done = tuple[Task, str, Rescheduled]
"""A task that was looked at, the number of its case, and what became of its deadline and its ladder."""

BATCH = 200
"""Cases that are read at once while deadlines move."""


@dataclass(frozen=True, slots=True)
class Move:
    """The deadline of an open task that is another one by another calendar. Both instants are in UTC."""

    task_id: int
    number: str
    standard: Standard
    before: datetime
    due: datetime


@dataclass(frozen=True, slots=True)
class Adopted:
    """A calendar that was brought into force: the number of its version, and how many open deadlines moved."""

    version: int
    moved: int


def present(finder: Finder) -> OfficeCalendar:
    """Return the calendar in force with its entries; where none is kept yet, that of the office file."""
    version = newest_version(finder.session)
    return version.calendar if version is not None else OfficeCalendar.on_file(finder.rules.office.calendar.hours)


def moves(finder: Finder, calendar: OfficeCalendar) -> list[Move]:
    """Return the open deadlines that would move if `calendar` came into force, the earliest first. Changes nothing.

    Those that cannot be computed are left out: they stay when it comes into force.
    """
    after = WorkCalendar(calendar.hours)
    found = finder.session.execute(
        select(Task, Case.number).join(Case, Case.id == Task.case_id).where(Task.closed_at.is_(None))
    )
    moving = (
        Move(task.id, number, task.time_standard, task.due_at, due)
        for task, number in found
        if (due := _deadline(task, after)) is not None and due != task.due_at
    )
    return sorted(moving, key=lambda one: (one.due, one.task_id))


def adopt_calendar(records: Records) -> Adopted | None:
    """Bring the office file, and the holidays that this program knows, into force under the admins' entries.

    Returns None where they are in force already. To be called at each start, before anything is decided. A record from
    before calendars were kept gets its first version so.
    """
    filed = records.rules.office.calendar.hours
    version = newest_version(records.session)
    if version is not None and version.digest == digest_of(version.calendar.filed(filed).written()):
        return None
    return bring_into_force(records, lambda calendar: calendar.filed(filed))


def bring_into_force(
    records: Records, change: Callable[[OfficeCalendar], OfficeCalendar], *, by: Person | None = None
) -> Adopted:
    """Change the calendar, and move the open deadlines that are others by it. `by` is None for the program itself.

    To be called before the work reads anything that depends on the calendar: nobody else may rely on the office until
    this work is over.
    """
    records.lock_office_to_change()
    version = newest_version(records.session)
    before = version.calendar if version is not None else OfficeCalendar.on_file(records.rules.office.calendar.hours)
    after = change(before)
    made = CalendarVersion.of(after, by_id=by.id if by else None, at=records.at)
    if version is not None and version.digest == made.digest:
        # Another process has brought it while this one waited.
        return Adopted(version.id, 0)
    records.session.add(made)
    records.flush()
    was = WorkCalendar(before.hours)
    records.forget_office()
    moved = _move(records, was)
    records.log_office(
        "calendar",
        by,
        capacity="person" if by else SYSTEM,
        version=made.id,
        digest=made.digest,
        added=[entry_written(one) for one in after.entries if one not in before.entries],
        removed=[entry_written(one) for one in before.entries if one not in after.entries],
        moved=moved,
    )
    return Adopted(made.id, moved)


def _move(records: Records, was: WorkCalendar) -> int:
    """Let every open task, and what else is planned, follow the calendar in force. Returns how many deadlines moved.

    A task that cannot be moved keeps its deadline, and no other one from moving. The admins are told of it.
    """
    concerned, stuck = _concerned(records)
    done: list[_Done] = []
    for ids in _batches(concerned):
        together = separately(records.session, partial(_reschedule, records, ids, was))
        if not isinstance(together, Undone):
            done += together
            continue
        logger.warning("%s tasks follow the calendar one by one", len(ids), exc_info=together.fault)
        for task_id in ids:
            alone = separately(records.session, partial(_reschedule, records, [task_id], was))
            if isinstance(alone, Undone):
                logger.error("a task cannot follow the calendar", exc_info=alone.fault, extra={"task": task_id})
                stuck.append(task_id)
            else:
                done += alone
    late_no_more = [(task, number, how) for task, number, how in done if how.taken_back]
    _forget_climbed(records.session, [(task.id, how.rung) for task, _, how in late_no_more])
    _tell_overseers(records, late_no_more)
    if concerned:
        _redraw_lists(records)
    follow(records, was)
    if stuck:
        numbers = select(Case.number).join(Task, Task.case_id == Case.id).where(Task.id.in_(stuck)).order_by(Case.id)
        report_stuck(records, records.session.scalars(numbers).all())
    return sum(how.before != how.due for _, _, how in done)


def _concerned(records: Records) -> tuple[list[int], list[int]]:
    """Plan the next rung of each open task whose deadline and ladder stand by the calendar in force.

    Returns the tasks for which they do not, and the tasks of which it cannot be told.
    """
    calendar, settings = records.lock_office().file.calendar, records.rules.office.ladder
    concerned, stuck = list[int](), list[int]()
    for task in records.session.scalars(select(Task).where(Task.closed_at.is_(None))).all():
        try:
            following = standing_of(task, calendar, settings, at=records.at)
            if task.deadline(calendar) != task.due_at or following < task.rung:
                concerned.append(task.id)
            elif task.chase_at is not None:
                task.chase_at = _instant(task, task.rung, calendar, settings)
        except Exception:
            logger.exception("a task cannot follow the calendar", extra={"task": task.id})
            stuck.append(task.id)
    return concerned, stuck


def _reschedule(records: Records, task_ids: Sequence[int], was: WorkCalendar) -> list[_Done]:
    calendar, done = records.lock_office().file.calendar, list[_Done]()
    for proceeding, task in records.tasks(task_ids):
        due = task.deadline(calendar)
        because = shift(was, calendar, task.clock_from or task.opened_at, max(due, task.due_at))
        done.append((task, proceeding.case.number, proceeding.reschedule(task, because=because.written())))
    return done


def _deadline(task: Task, calendar: WorkCalendar) -> datetime | None:
    try:
        return task.deadline(calendar)
    except Exception:
        logger.exception("a task cannot follow the calendar", extra={"task": task.id})
        return None


def standing_of(task: Task, calendar: WorkCalendar, settings: LadderSettings, *, at: datetime) -> int:
    """Return the ordinal of the first rung that is not due by `calendar`, of those that were climbed and the next."""
    now = task.seen_at(at)
    return next((one for one in range(task.rung) if _instant(task, one, calendar, settings) > now), task.rung)


def _instant(task: Task, ordinal: int, calendar: WorkCalendar, settings: LadderSettings) -> datetime:
    due, standard = task.deadline(calendar), task.time_standard
    return rung(
        ordinal, opened=task.chased_from(calendar), due=due, standard=standard, calendar=calendar, settings=settings
    ).at


def _batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))


def _forget_climbed(session: Session, back: Collection[tuple[int, int]]) -> None:
    """Let the rungs be climbed once more that were taken back; the journal keeps that they were climbed."""
    for task_id, ordinal in back:
        session.execute(delete(Chase).where(Chase.task_id == task_id, Chase.ordinal >= ordinal))


def _tell_overseers(records: Records, back: Sequence[tuple[Task, str, Rescheduled]]) -> None:
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


def _redraw_lists(records: Records) -> None:
    """Let the lists of open steps that are kept true say how things stand now; what has not changed is not sent."""
    chats = {one.person.account_id for one in records.lock_office().tenures if one.person.account_id is not None}
    shown = select(Card).where(
        Card.chat_id.in_(sorted(chats)), Card.kind == CardKind.QUEUE, Card.live, Card.face.in_(_OPEN_STEPS)
    )
    perhaps = records.session.scalars(shown.where(perhaps_kept(records.at)).order_by(Card.id))
    for card in kept(perhaps, records.calendar, records.at):
        records.owe(correspondence.refresh(card, at=records.at))
