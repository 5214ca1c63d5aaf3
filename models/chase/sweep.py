"""The sweep: it climbs the ladder of every task that is due, as far as somebody may be told of it now.

The ladder says which rungs are due. A person may hear one reminder in a while (`models/office/attention.py`), so a rung
of which nobody may be told yet is put off until somebody may. It is climbed, and entered in the journal, when its
message is owed. Who is told now gets one reminder with all that waits for them (`models/chase/reminders.py`).
"""

import logging
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, func, select, update
from sqlalchemy.orm import Session

from models.case.case import Case
from models.case.climbing import is_due
from models.case.proceeding import Climb, Proceeding
from models.case.task import Task
from models.chase.audience import audience, may_hear, overseers, superiors
from models.chase.reminders import lock_reminders, remind
from models.faults import is_collision, is_outage
from models.mail.reminder import OVERSEEN_FROM
from models.office.attention import CHASED, quiet_until, want_reminder
from models.office.office import Office
from models.office.person import Person, includes, unique
from models.repository import extensions
from models.repository.records import Records
from models.repository.stuck import report_stuck
from models.rules.ladder import Rung, RungKind

logger = logging.getLogger(__name__)

BATCH = 200
"""Tasks chased in one transaction, so that a tap never waits long behind a sweep."""

_TRIED_AGAIN_AFTER = timedelta(minutes=15)
"""How long the sweep leaves a task alone that it could not chase, or a person whom it could not remind."""


@dataclass(frozen=True, slots=True)
class Sweep:
    """What a sweep did: how many rungs were climbed, and whether more tasks wait."""

    rungs: int
    more: bool


@dataclass(frozen=True, slots=True)
class _Concerned:
    """Whom a sweep may tell of something, by their numbers, and the tasks `put_off` of which they may be told now."""

    people: AbstractSet[int]
    put_off: Sequence[int]


@dataclass(slots=True)
class _Ears:
    """Who may be told something now, and when the others may; asked once for each person in a sweep."""

    records: Records
    known: dict[int, datetime] = field(default_factory=dict)

    def quiet_until(self, person: Person) -> datetime:
        if person.id not in self.known:
            self.known[person.id] = quiet_until(person, self.records.lock_office().file, at=self.records.at)
        return self.known[person.id]

    def open(self, person: Person) -> bool:
        return self.quiet_until(person) <= self.records.at


def earliest_timer(session: Session) -> datetime | None:
    """Return the earliest instant (UTC) at which a task is to be chased; None when no timer runs."""
    # min() ignores NULL anyway, but only with the condition can the index of the timers be used.
    return session.scalar(select(func.min(Task.chase_at)).where(Task.chase_at.is_not(None)))


def next_wake(records: Records) -> datetime | None:
    """Return the next instant (UTC), within office time, at which a task is to be chased or a person reminded."""
    wanted = select(func.min(Person.remind_at)).where(Person.remind_at.is_not(None))
    found = [earliest_timer(records.session), records.session.scalar(wanted)]
    earliest = min((one for one in found if one is not None), default=None)
    if earliest is None:
        return None
    return records.calendar.opening(max(earliest, records.at))


def chase_due(records: Records, *, batch: int = BATCH) -> Sweep:
    """Chase the tasks that are due, the longest overdue first, and remind those who may be told of them.

    Outside office time nothing is chased. While there is more than one `batch`, nobody is reminded yet: what the next
    sweep climbs belongs into the same reminder.
    """
    if not records.calendar.is_open(records.at):
        return Sweep(0, more=False)
    records.lock_office()
    found = list(records.session.scalars(_locking(Task.chase_at <= records.at).limit(batch)))
    more = len(found) == batch
    concerned = _lock_listeners(records, found, batch, reminding=not more)
    rungs = _climb(records, found)
    if more:
        return Sweep(rungs, more=True)
    listening = _listening(records, concerned.people)
    rungs += _climb(records, concerned.put_off if listening else [])
    _remind(records, unique([*listening, *_listening(records, concerned.people)]))
    return Sweep(rungs, more=False)


def _lock_listeners(records: Records, due: Sequence[int], batch: int, *, reminding: bool) -> _Concerned:
    """Lock whom the sweep may tell of something, and their reminders: before it changes any of them, in one order.

    The cases of the tasks that are `due` are locked already; so are then those of tasks that were put off and of which
    their people may be told now.
    """
    people, put_off, reminded = _hearing_of(records, due), list[int](), list[Person]()
    if reminding:
        wanted = select(Person).where(Person.remind_at <= records.at).order_by(Person.id)
        people = unique([*people, *records.session.scalars(wanted)])
        ears = _Ears(records)
        put_off = _put_off(records, [one for one in people if ears.open(one)], batch)
        people = unique([*people, *_hearing_of(records, put_off)])
        reminded = people
    # A task may go to another desk meanwhile, which changes its cards.
    lock_reminders(records, reminded, task_ids=[*due, *put_off])
    ids = frozenset(person.id for person in people)
    records.lock_people(ids)
    return _Concerned(ids, put_off)


def _hearing_of(records: Records, task_ids: Sequence[int]) -> list[Person]:
    """Return who may hear of the tasks, by whatever rung."""
    if not task_ids:
        return []
    office, tasks = records.lock_office(), records.session.scalars(select(Task).where(Task.id.in_(task_ids)))
    return unique(person for task in tasks for person in may_hear(office, task, at=records.at))


def _remind(records: Records, people: Sequence[Person]) -> None:
    """Remind `people`. Who cannot be reminded keeps nobody else from it, undoes no rung, and is tried again later."""
    fault = _fault_of_reminding(records, people)
    if fault is None:
        return
    logger.warning("%s people are reminded one by one", len(people), exc_info=fault)
    for person in people:
        fault = _fault_of_reminding(records, [person])
        if fault is not None:
            logger.error("a person cannot be reminded", exc_info=fault, extra={"person": person.id})
            person.remind_at = records.at + _TRIED_AGAIN_AFTER


def _fault_of_reminding(records: Records, people: Sequence[Person]) -> Exception | None:
    """Remind `people`. Returns why that failed, with nothing changed; None where it did not."""
    try:
        with records.session.begin_nested():
            remind(records, people)
            records.session.flush()
    except Exception as error:
        if is_outage(error) or is_collision(error):
            raise
        return error
    return None


def _listening(records: Records, among: AbstractSet[int]) -> list[Person]:
    """Return the people for whom a reminder is wanted by now and who may be reminded.

    Of those with the numbers `among`, whom this sweep has locked: for anybody else it was wanted since, by other work.
    """
    wanted = select(Person).where(Person.remind_at <= records.at).order_by(Person.id)
    ears = _Ears(records)
    found = []
    for person in records.session.scalars(wanted):
        if person.id not in among:
            continue
        if ears.open(person):
            found.append(person)
        else:
            person.remind_at = ears.quiet_until(person)
    return found


def _put_off(records: Records, people: Sequence[Person], most: int) -> list[int]:
    """Return the tasks with rungs that are due and were put off, and of which `people` are to be told now.

    These are tasks that they may decide, and late ones of others that are escalated to them.
    """
    if not people:
        return []
    office, at = records.lock_office(), records.at
    posts = {post for person in people for post in office.desks_of(person)}
    put_off = select(Task).where(Task.closed_at.is_(None), Task.chase_at > at).order_by(Task.due_at, Task.id)
    own = records.session.scalars(put_off.where(Task.post.in_(posts)))
    found = [task.id for task in own if is_due(task, task.rung, office.file, at=at)]
    late = records.session.scalars(put_off.where(Task.due_at < at, Task.rung < OVERSEEN_FROM, Task.post.not_in(posts)))
    found += [task.id for task in late if _is_escalated_to(people, task, office, at=at)]
    return list(records.session.scalars(_locking(Task.id.in_(found[:most])))) if found else []


def _is_escalated_to(people: Sequence[Person], task: Task, office: Office, *, at: datetime) -> bool:
    """Whether the escalation of a task is due and one of `people` is told of it, who may not decide the task."""
    told = overseers(office, task)
    concerned = any(includes(told, person.id) for person in people)
    return concerned and is_due(task, OVERSEEN_FROM - 1, office.file, at=at)


def _locking(chosen: ColumnElement[bool]) -> Select[int]:
    """Select the tasks that are `chosen`, the longest overdue first, and lock their cases.

    A case that another process has locked is skipped, so that the two never wait for each other. It stays due.
    """
    tasks = select(Task.id).join(Case, Case.id == Task.case_id).where(chosen).order_by(Task.chase_at, Task.id)
    return tasks.with_for_update(of=Case, key_share=True, skip_locked=True)


def _climb(records: Records, task_ids: Sequence[int]) -> int:
    """Climb the rungs of tasks of which somebody may be told now, and put the others off. Returns how many rungs."""
    if not task_ids:
        return 0
    rungs = _climb_together(records, task_ids)
    return _climb_one_by_one(records, task_ids) if rungs is None else rungs


def _climb_together(records: Records, task_ids: Sequence[int]) -> int | None:
    """Climb the rungs of many tasks with few statements. Returns None, with nothing changed, if one of them fails."""
    try:
        with records.session.begin_nested():
            ears = _Ears(records)
            rungs = sum(_chase(records, proceeding, task, ears) for proceeding, task in records.tasks(task_ids))
            records.session.flush()
    except Exception as error:
        if is_outage(error) or is_collision(error):
            raise
        logger.warning("%s tasks are chased one by one", len(task_ids), exc_info=error)
        return None
    return rungs


def _climb_one_by_one(records: Records, task_ids: Sequence[int]) -> int:
    """Climb the rungs of tasks of which at least one fails. A failure undoes that task's climbing only."""
    rungs = 0
    for task_id in task_ids:
        try:
            with records.session.begin_nested():
                climbed = _chase(records, *records.task(task_id), _Ears(records))
                records.session.flush()
        except Exception as error:
            if is_outage(error) or is_collision(error):
                raise
            logger.exception("a task cannot be chased", extra={"task": task_id})
            _set_back(records, task_id)
        else:
            rungs += climbed
    return rungs


def _set_back(records: Records, task_id: int) -> None:
    """Put off a task that cannot be chased, so that it keeps no other one waiting, and alert the admins."""
    later = update(Task).where(Task.id == task_id).values(chase_at=records.at + _TRIED_AGAIN_AFTER)
    records.session.execute(later.execution_options(synchronize_session="fetch"))
    number = records.session.scalar(select(Case.number).join(Task, Task.case_id == Case.id).where(Task.id == task_id))
    report_stuck(records, [number] if number is not None else [])


def _chase(records: Records, proceeding: Proceeding, task: Task, ears: _Ears) -> int:
    """Climb the rungs of one task as far as somebody may be told of them now, and put the rest off.

    Returns how many were climbed.
    """
    first, rungs = task.rung, proceeding.rungs_due(task)
    rehomed = proceeding.bring_in_step(task) if proceeding.is_misplaced(task) else False
    if rehomed:
        extensions.follow(records, proceeding, task)
    _tell_of_overrun(records, proceeding, task, ears)
    if not rungs:
        if task.is_open and task.chase_at is not None:
            proceeding.put_off(task)
        return 0
    audiences = [audience(records.lock_office(), task, one.kind) for one in rungs]
    if rehomed:
        # Their fresh card says how late it is.
        audiences = [[one for one in people if not includes(proceeding.holders(task), one.id)] for people in audiences]
    heard = [index for index, people in enumerate(audiences) if not people or any(map(ears.open, people))]
    climbed = heard[-1] + 1 if heard else 0
    proceeding.chase(task, _climbs(first, rungs[:climbed], audiences, ears.open))
    for people in audiences:
        for person in people:
            want_reminder(person, ears.quiet_until(person), of={task.id: CHASED} if climbed else {})
    if climbed < len(rungs):
        waiting = [ears.quiet_until(person) for people in audiences[climbed:] for person in people]
        proceeding.put_off(task, min([*waiting, *_not_to_miss(proceeding, task, rungs[-1])]))
    return climbed


def _tell_of_overrun(records: Records, proceeding: Proceeding, task: Task, ears: _Ears) -> None:
    """Let the superior hear that the case goes up and down for too long, if it is time: in their next reminder."""
    due = proceeding.overruns_at(task) if task.is_open and task.paused_at is None else None
    if due is None or due > records.at:
        return
    people = superiors(records.lock_office(), task)
    now = [person for person in people if ears.open(person)]
    proceeding.overrun(task, to=now, later=[person for person in people if not includes(now, person.id)])
    for person in people:
        want_reminder(person, ears.quiet_until(person), of={task.id: CHASED})


def _climbs(
    first: int, rungs: Sequence[Rung], audiences: Sequence[Sequence[Person]], hears: Callable[[Person], bool]
) -> list[Climb]:
    """Return the rungs as they are climbed: each person is told by the message of the newest that concerns them."""
    found, told = list[Climb](), list[Person]()
    for one, people in reversed(list(zip(rungs, audiences, strict=False))):
        fresh = [person for person in people if not includes(told, person.id)]
        newest = rungs[-1].ordinal
        found.append(
            Climb(
                one,
                to=[person for person in fresh if hears(person)],
                later=[person for person in fresh if not hears(person)],
                within=newest if people and not fresh else None,
                count=one.ordinal - max(first, one.kind.ordinal) + 1,
            )
        )
        told += fresh
    return found[::-1]


def _not_to_miss(proceeding: Proceeding, task: Task, last: Rung) -> list[datetime]:
    """Return when a task that is put off must be looked at, no matter who may hear of it then.

    That is once its standard is over, when it goes up if none of its holders is there and can be reached, which they
    may cease to be meanwhile; and when it is escalated, of which others hear.
    """
    ordinals = (RungKind.LATE.ordinal, OVERSEEN_FROM - 1)
    return [proceeding.rung(task, ordinal).at for ordinal in ordinals if last.ordinal < ordinal]
