"""The audit: it finds cases and cards that stand still unnoticed, mends what it can, and reports the rest.

The ladder and the courier should leave nothing to find. The audit is a second pair of eyes: it finds what was lost by a
mishap, or removed behind the program's back: a timer, a case's open task, the notice that was to send or redraw a card.
It cannot find a plain message that was removed, because no other row mentions it.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TypeVar

from sqlalchemy import Text, cast, delete, exists, func, or_, select, update
from sqlalchemy.orm import joinedload, selectinload

from models.case.case import Case, CaseState
from models.case.climbing import rung_of
from models.case.question import Question
from models.case.task import Chase, Task
from models.chase.audience import audience
from models.chase.unsent import lie_again
from models.mail import correspondence
from models.mail.card import Button, Card, CardKind
from models.mail.correspondence import Alert
from models.mail.notice import Notice, NoticeState
from models.office.person import Person, reachable
from models.repository import extensions
from models.repository.absences import open_absences
from models.repository.records import Records
from models.repository.separately import Undone, separately
from models.repository.stuck import report_stuck
from models.rules.asking import next_reminder
from models.rules.ladder import Rung
from models.rules.reminding import longest_wait
from models.upkeep.opinions_again import want_again
from models.upkeep.resending import give_receipts, resend_lost

T = TypeVar("T")

logger = logging.getLogger(__name__)

BATCH = 100
"""Tasks audited in one transaction."""

_PUT_OFF = timedelta(minutes=20)
"""How far ahead the timer of a due task may be. A task that could not be chased is put off by less than this."""

_AHEAD = timedelta(days=1)
"""How far after the present an instant of a task may lie. The ladder catches up by itself with what is less."""


@dataclass(frozen=True, slots=True)
class Audit:
    """What one part of the audit found, and mended.

    - `timed`: tasks, questions, consultations, drafts and absences without a timer, or with one that is too late, and
      tasks that have climbed rungs whose time has not come.
    - `reissued`: cards that had not reached a holder, or were in the hands of somebody who may not decide.
    - `redrawn`: cards that showed an earlier state of their task.
    - `resent`: cards that had lost the notice that was to send them, or were missing altogether.
    - `stuck`: the numbers of open cases without an open task. Only a person can mend them.
    - `last`: the last task that was audited, None at the end.
    """

    timed: int = 0
    reissued: int = 0
    redrawn: int = 0
    resent: int = 0
    stuck: Sequence[str] = ()
    last: int | None = None

    @property
    def mended(self) -> int:
        """How many things were mended."""
        return self.timed + self.reissued + self.redrawn + self.resent


def audit(records: Records, *, after: int = 0, batch: int = BATCH) -> Audit:
    """Audit up to `batch` open tasks with an id above `after`; in the last part also what belongs to no open task."""
    records.lock_office()
    open_tasks = (
        select(Task)
        # With a single condition, SQLite would walk through every task there ever was, in the order of their ids.
        .where(Task.id.in_(select(Task.id).where(Task.closed_at.is_(None))), Task.id > after)
        .options(joinedload(Task.assignee), selectinload(Task.live_cards))
        .order_by(Task.id)
        .limit(batch)
    )
    found = list(records.session.scalars(open_tasks))
    timed = reissued = redrawn = 0
    seen = _see(records, found)
    for task in found:
        timed += _separately(records, task, _set_timer) or 0
        reissued += _separately(records, task, lambda records, task: _deal(records, task, seen)) or 0
        redrawn += _separately(records, task, lambda records, task: _redraw(records, task, seen)) or 0
    timed += _remind_again(records, found) + want_again(records, found)
    last = found[-1].id if found else after
    if len(found) == batch:
        return Audit(timed, reissued, redrawn, last=last)
    timed += _wake_again(records) + lie_again(records, latest=records.at + _PUT_OFF, batch=batch)
    stuck = _stuck(records)
    report_stuck(records, stuck)
    resent = resend_lost(records, batch)
    if resent == batch:
        return Audit(timed, reissued, redrawn, resent, stuck, last)
    resent += give_receipts(records)
    _bring_forward(records)
    return Audit(timed, reissued, redrawn, resent, stuck)


def _wake_again(records: Records) -> int:
    """Set the timer of each absence that has none, or one that is too late. Returns how many were set."""
    lost = []
    for absence in open_absences(records):
        due = absence.next_instant
        if due is None:
            continue
        latest = due if due > records.at else records.at + _PUT_OFF
        if absence.wake_at is None or absence.wake_at > latest:
            lost.append(absence)
    for absence in lost:
        absence.set_timer()
    return len(lost)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What was seen of the living cards of some tasks, by their numbers.

    Each of the `arriving` cards was delivered or is on its way. Each of the `drawn` cards bears the buttons that its
    task has now. For each of the `noted` cards there is a notice that is owed, or that could not be delivered.
    """

    arriving: set[int]
    drawn: set[int]
    noted: set[int]


def _separately(records: Records, task: Task, mend: Callable[[Records, Task], T]) -> T | None:
    """Mend one thing of a task. If that fails, it is undone without the rest, and the admins are alerted once."""
    task_id, case_id = task.id, task.case_id
    mended = separately(records.session, partial(mend, records, task))
    if isinstance(mended, Undone):
        logger.error("a task cannot be audited", exc_info=mended.fault, extra={"task": task_id})
        report_stuck(records, records.session.scalars(select(Case.number).where(Case.id == case_id)).all())
        return None
    return mended


def _set_timer(records: Records, task: Task) -> int:
    """Set the timer of a task that has none, or one that is too late. Returns how many timers were set."""
    if _was_ahead(records, task):
        return _unclimb(records, task)
    if task.paused_at is not None:
        return _resume(records, task)
    following = rung_of(task, task.rung, records.lock_office().file)
    if not _too_late(records, task, following):
        return 0
    proceeding, task = records.task(task.id)
    if not task.is_open:
        return 0
    task.chase_at = proceeding.next_look(task)
    return 1


def _resume(records: Records, task: Task) -> int:
    """Let the clock of a task run again that pauses although nobody is asked any more. Returns 1, or 0 otherwise.

    While somebody is asked, the pause stands in for the timer: the question has one of its own.
    """
    if task.waiting_for:
        return 0
    proceeding, task = records.task(task.id)
    if not task.is_open or task.paused_at is None or task.waiting_for:
        return 0
    proceeding.resume(task)
    return 1


def _was_ahead(records: Records, task: Task) -> bool:
    """Whether a clock that was far ahead of the present opened the task, or climbed a rung of it."""
    latest = rung_of(task, task.rung - 1, records.lock_office().file).at if task.rung else task.opened_at
    return max(latest, task.opened_at) > records.at + _AHEAD


def _unclimb(records: Records, task: Task) -> int:
    """Take back the rungs of a task whose time has not come, and alert the admins once a day.

    Returns 1, or 0 where there is nothing to take back: a task that was opened by the wrong clock keeps its deadline.
    """
    proceeding, task = records.task(task.id)
    if not task.is_open:
        return 0
    clock = correspondence.alert(
        Alert.CLOCK,
        records.lock_office().admins,
        at=records.at,
        data={"number": proceeding.case.number},
        once=records.at.date().isoformat(),
    )
    for owed in clock:
        records.owe_once(owed)
    records.session.execute(delete(Chase).where(Chase.task_id == task.id, Chase.due_at > records.at))
    climbed = records.session.scalar(select(func.max(Chase.ordinal)).where(Chase.task_id == task.id))
    before = 0 if climbed is None else climbed + 1
    if before == task.rung:
        return 0
    proceeding.unclimb(task, before=before)
    return 1


def _too_late(records: Records, task: Task, following: Rung) -> bool:
    """Whether the timer of a task lies behind its next rung: once that is due, by more than its people have to wait."""
    at, timer = records.at, task.chase_at
    if timer is None or following.at > at:
        return timer is None or timer > following.at
    if timer <= at + _PUT_OFF:
        return False
    office = records.lock_office().file
    waits = (
        longest_wait(person.reminded_at, calendar=office.calendar, settings=office.reminders)
        for person in audience(records.lock_office(), task, following.kind)
        if person.reminded_at is not None and person.reminded_at <= at
    )
    return all(timer > until for until in waits)


def _deal(records: Records, task: Task, seen: _Seen) -> int:
    """Give a card of the task to each reachable holder without one, and revoke the cards of everybody else.

    A task that nobody can decide where it is goes up, and what went up comes back. Returns how many cards that were.
    """
    misplaced = task.seat(records.lock_office(), at=records.at) != task.sits
    if not misplaced and not _without_card(records, task, seen) and not _beside_the_point(records, task):
        return 0
    # The task was read without a lock. It may have been decided or dealt since, so it is read again, locked.
    proceeding, task = records.task(task.id)
    if not task.is_open:
        return 0
    if proceeding.is_misplaced(task):
        rehomed = proceeding.bring_in_step(task)
        extensions.follow(records, proceeding, task)
        return int(rehomed)
    strangers = _beside_the_point(records, task)
    for person in strangers:
        proceeding.revoke(task, person)
    lacking = _without_card(records, task, _see(records, [task]))
    proceeding.reissue(task, lacking)
    return len(strangers) + len(lacking)


def _beside_the_point(records: Records, task: Task) -> list[Person]:
    """Return the people who have a living card of the task and may not decide it."""
    holders = {person.id for person in task.deciders(records.lock_office())}
    shown = [card for card in task.live_cards if card.kind == CardKind.TASK and card.live]
    return [
        records.session.get_one(Person, card.person_id)
        for card in shown
        if card.person_id is not None and card.person_id not in holders
    ]


def _without_card(records: Records, task: Task, seen: _Seen) -> list[Person]:
    """Return the reachable holders of the task without a card of it, delivered or on its way."""
    holders = reachable(task.deciders(records.lock_office()))
    served = {card.person_id for card in task.live_cards if card.id in seen.arriving}
    return [person for person in holders if person.id not in served and person.unreachable_since is None]


def _see(records: Records, tasks: Sequence[Task]) -> _Seen:
    """Look at the cards of `tasks`, with as many statements for many cards as for one.

    A card that arrives between the first two looks is seen by the third.
    """
    shown = [card for task in tasks for card in task.live_cards if card.kind == CardKind.TASK]
    awaited = [card.id for card in shown if card.message_id is None]
    notices = select(Notice.card_id, Notice.state).where(
        Notice.card_id.in_([card.id for card in shown]),
        Notice.state.in_((NoticeState.OWED, NoticeState.UNDELIVERABLE)),
    )
    noted = {(card_id, state) for card_id, state in records.session.execute(notices) if card_id is not None}
    delivered = select(Card.id).where(Card.id.in_(awaited), Card.message_id.is_not(None))
    arrived = set(records.session.scalars(delivered)) if awaited else set[int]()
    owed = {card_id for card_id, state in noted if state == NoticeState.OWED}
    there = {card.id for card in shown if card.message_id is not None}
    return _Seen(there | owed | arrived, _drawn_as_they_are(records, shown), {card_id for card_id, _ in noted})


def _drawn_as_they_are(records: Records, shown: Sequence[Card]) -> set[int]:
    """Return the ids of those cards that were drawn with the buttons of their task's present version."""
    # Both tables are told which cards: PostgreSQL would else go through one of them from end to end.
    ids = [card.id for card in shown]
    drawn = (
        select(Button.card_id)
        .join(Card, Card.id == Button.card_id)
        .join(Task, Task.id == Card.task_id)
        .where(Button.card_id.in_(ids), Card.id.in_(ids), Button.version == Task.version)
    )
    return set(records.session.scalars(drawn.distinct()))


def _redraw(records: Records, task: Task, seen: _Seen) -> int:
    """Redraw the cards that show an earlier state of the task and that no notice will redraw. Returns how many."""
    stale = [
        card
        for card in task.live_cards
        if card.kind == CardKind.TASK
        and card.live
        and card.message_id is not None
        and card.id not in seen.drawn
        # Where Telegram refused the drawing for good, it is not tried again.
        and card.id not in seen.noted
    ]
    for card in stale:
        records.owe(correspondence.refresh(card, at=records.at))
    return len(stale)


def _bring_forward(records: Records) -> None:
    """Want those reminders now that a clock far ahead of the present put off, or whose instant was lost.

    To be called at the end: people are locked after all else. Who has no account wants none. What is pending may be
    JSON's null in rows of earlier versions.
    """
    office, at = records.lock_office().file, records.at
    latest = longest_wait(at, calendar=office.calendar, settings=office.reminders)
    pending = cast(Person.pending, Text).not_in(("null", "[]"))
    ahead = (Person.remind_at > latest,)
    lost = Person.remind_at.is_(None), Person.account_id.is_not(None), pending
    for wrong in (ahead, lost):
        found = select(Person.id).where(*wrong).order_by(Person.id).with_for_update(key_share=True)
        mended = update(Person).where(Person.id.in_(found)).values(remind_at=at)
        records.session.execute(mended.execution_options(synchronize_session="fetch"))


def _stuck(records: Records) -> list[str]:
    waiting = exists().where(Task.case_id == Case.id, Task.closed_at.is_(None))
    return list(records.session.scalars(select(Case.number).where(Case.state == CaseState.OPEN, ~waiting)))


def _remind_again(records: Records, tasks: Sequence[Task]) -> int:
    """Set the timers of questions of these tasks that wait for an answer and have none, or one that is too late.

    Only a clock that was far ahead plans a reminder after the next one and a day. Returns how many.
    """
    asked = [task.case_id for task in tasks if task.waiting_since is not None]
    if not asked:
        return 0
    latest = next_reminder(records.at, records.calendar) + _AHEAD
    waiting = (
        select(Question)
        .where(Question.case_id.in_(asked), Question.task_id.in_(task.id for task in tasks))
        .where(Question.answered_at.is_(None), or_(Question.remind_at.is_(None), Question.remind_at > latest))
        .with_for_update(skip_locked=True)
    )
    found = records.session.scalars(waiting).all()
    for question in found:
        question.remind_at = records.at
    return len(found)
