"""Reminding reporters of questions that wait for their answer: each of them by one message for all that is asked."""

import logging
from datetime import datetime, timedelta

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session

from models.case.case import Case
from models.case.proceeding import Proceeding
from models.case.question import Question
from models.case.task import Task
from models.chase.sweep import report_stuck
from models.faults import is_collision, is_outage
from models.mail import correspondence
from models.mail.card import CardKind, Face
from models.mail.notice import NoticeKind, Priority
from models.office.person import Person, bound, reachable, unique
from models.repository import awaiting
from models.repository.records import Records
from models.repository.whole_case import FRESHLY
from models.rules.asking import missed, next_reminder

logger = logging.getLogger(__name__)

BATCH = 100
"""Questions looked at in one transaction, so that a tap never waits long behind it."""

_TRIED_AGAIN_AFTER = timedelta(minutes=15)
"""How long a reporter is left alone who could not be reminded."""


def next_wake(records: Records) -> datetime | None:
    """Return the instant (UTC), within office time, at which a reporter is to be reminded; None where nobody is."""
    found = select(func.min(Question.remind_at)).where(Question.remind_at.is_not(None))
    earliest = records.session.scalar(found)
    return records.calendar.opening(max(earliest, records.at)) if earliest is not None else None


def remind_due(records: Records, *, batch: int = BATCH) -> bool:
    """Remind the reporters whose time it is, in office time only. Returns whether more may wait.

    A reporter gets one message, which names every question that waits for them. It takes the place of the one before.
    """
    if not records.calendar.is_open(records.at):
        return False
    due = select(Question.id).where(Question.remind_at <= records.at).order_by(Question.remind_at, Question.id)
    found = list(records.session.scalars(due.limit(batch)))
    if not found:
        return False
    records.lock_office()
    for person_id in _reporters(records.session, found):
        _separately(records, person_id)
    # What is left was answered, or nobody needs the answer any more.
    over = update(Question).where(Question.id.in_(found), Question.remind_at <= records.at).values(remind_at=None)
    records.session.execute(over.execution_options(synchronize_session="fetch"))
    return len(found) == batch


def _separately(records: Records, person_id: int) -> None:
    """Remind one reporter. If that fails, it is undone without the rest, and tried again later."""
    try:
        with records.session.begin_nested():
            _remind(records, records.session.get_one(Person, person_id))
            records.session.flush()
    except Exception as error:
        if is_outage(error) or is_collision(error):
            raise
        logger.exception("a reporter cannot be reminded", extra={"person": person_id})
        _set_back(records, person_id)


def _set_back(records: Records, person_id: int) -> None:
    """Put off the questions that a reporter cannot be reminded of, and alert the admins of their cases."""
    due = awaiting.waiting(person_id).where(Question.remind_at <= records.at)
    questions = records.session.scalars(due, execution_options=FRESHLY).all()
    for question in questions:
        question.remind_at = records.at + _TRIED_AGAIN_AFTER
    asked = select(Case.number).where(Case.id.in_({one.case_id for one in questions})).order_by(Case.id)
    report_stuck(records, records.session.scalars(asked).all())
    records.flush()


def _reporters(session: Session, question_ids: list[int]) -> list[int]:
    """Return the reporters from whom an answer to one of the questions is still awaited, in one order for all."""
    asked = select(Case.reporter_id).join(Question, Question.case_id == Case.id).join(Task, Task.id == Question.task_id)
    return sorted(set(session.scalars(asked.where(Question.id.in_(question_ids), *awaiting.AWAITED))))


def _remind(records: Records, reporter: Person) -> None:
    """Owe a reporter the message about all that they are asked, and plan the next one for a working day later."""
    waiting = awaiting.waiting(reporter.id)
    proceedings = {one.case.id: one for one in records.cases(sorted(_cases(records.session, waiting)))}
    # Read once the cases are locked: an answer may have come meanwhile.
    questions = records.session.scalars(waiting, execution_options=FRESHLY).all()
    for proceeding in proceedings.values():
        _tell_of_long_pause(records, proceeding)
    for question in questions:
        if question.case_id in proceedings:
            _plan(records, proceedings[question.case_id], question, told=reporter.account_id is not None)
    if reporter.account_id is None or not questions:
        return
    for shown in awaiting.reminders(records.session, reporter):
        records.owe(correspondence.withdraw(shown, at=records.at))
    records.owe(correspondence.card(CardKind.REMINDER, reporter, at=records.at, priority=Priority.CARD))


def _tell_of_long_pause(records: Records, proceeding: Proceeding) -> None:
    """Tell those who may decide a task that pauses, its superiors and the watchers that the pause lasts, once for each.

    They hear of it with the first reminder that comes once the pause has lasted as long as the step may take.
    """
    task, office = proceeding.case.open_task, records.lock_office()
    if task is None or task.paused_at is None:
        return
    if records.calendar.due(task.paused_at, task.time_standard) > records.at:
        return
    holders = proceeding.holders(task)
    above = office.told_above(task.post, besides=holders)
    overseers = [one for one in unique([*above, *office.watchers()]) if one not in holders]
    told = [_nudge(records, proceeding, task, person, NoticeKind.WARN) for person in reachable(holders)]
    told += [_nudge(records, proceeding, task, person, NoticeKind.ESCALATE) for person in reachable(overseers)]
    if any(told):
        proceeding.pause_lasts(task)


def _nudge(records: Records, proceeding: Proceeding, task: Task, person: Person, kind: NoticeKind) -> bool:
    """Owe a person word of a pause that lasts, unless they have had it. Returns whether it is owed now."""
    since = int(task.paused_at.timestamp()) if task.paused_at is not None else 0
    once = f"pause:{task.id}:{since}:{person.id}"
    if records.body_of(once) is not None:
        return False
    card = correspondence.made(CardKind.NUDGE, bound(person), at=records.at, person_id=person.id, face=Face(kind.value))
    owed = correspondence.notice(kind, person, at=records.at, priority=Priority.INFORMATION, card=card, once=once)
    for keeps in (task, proceeding.case):
        keeps.cards.add(card)
        keeps.notices.add(owed)
    return True


def _cases(session: Session, questions: Select[Question]) -> set[int]:
    return {question.case_id for question in session.scalars(questions)}


def _plan(records: Records, proceeding: Proceeding, question: Question, *, told: bool) -> None:
    """Write down that the reporter is reminded of a question, if they are `told`, and plan the next time."""
    calendar, planned = records.calendar, question.remind_at or records.at
    if told:
        proceeding.remind(question, missed=missed(planned, records.at, calendar))
    question.remind_at = next_reminder(records.at, calendar)


def settle(records: Records, reporter: Person) -> None:
    """Let the reminder in the chat of `reporter` show what still waits for an answer; one without any leaves the chat.

    To be called when a question was answered, or when nobody needs its answer any more.
    """
    shown = awaiting.reminders(records.session, reporter)
    if not shown:
        return
    records.flush()
    rest = records.session.scalars(awaiting.waiting(reporter.id).limit(1)).first()
    for card in shown:
        if rest is not None:
            records.owe(correspondence.refresh(card, at=records.at))
        else:
            records.no_longer_refresh(card)
            records.owe(correspondence.withdraw(card, at=records.at, priority=Priority.ANSWER))
