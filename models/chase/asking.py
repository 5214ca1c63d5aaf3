"""Reminding reporters of questions that wait for their answer: each of them by one message for all that is asked.

It sounds, so that it counts as any other reminder of the person (`models/office/attention.py`): within the spacing of
the office it waits, and who is to be reminded of tasks as well gets one message of both.
"""

import logging
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from models.case.case import Case
from models.case.proceeding import Proceeding
from models.case.question import Question
from models.case.task import Task
from models.chase.reminders import lock_reminders, remind
from models.faults import is_collision, is_outage
from models.mail import correspondence
from models.mail.card import CardKind, Face
from models.mail.notice import IS_REMINDER, Notice, NoticeKind, Priority
from models.office.attention import may_be_reminded, note_heard, quiet_until
from models.office.person import Person, bound, reachable, unique
from models.repository import awaiting
from models.repository.records import Records
from models.repository.stuck import report_stuck
from models.repository.whole_case import FRESHLY
from models.rules.asking import missed, next_reminder

logger = logging.getLogger(__name__)

BATCH = 100
"""Questions looked at in one transaction, so that a tap never waits long behind it."""

_TOGETHER = timedelta(minutes=1)
"""How long ago a reminder may have been owed that names the questions of which it is time to remind now."""

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
    for person_id, case_ids in _lock(records, _reporters(records.session, found)).items():
        _separately(records, person_id, case_ids)
    # What is left was answered, or nobody needs the answer any more.
    over = update(Question).where(Question.id.in_(found), Question.remind_at <= records.at).values(remind_at=None)
    records.session.execute(over.execution_options(synchronize_session="fetch"))
    return len(found) == batch


def _lock(records: Records, person_ids: Sequence[int]) -> dict[int, set[int]]:
    """Lock what it takes to remind reporters: cases, messages in their chats, people. Returns the cases of each."""
    cases = awaiting.awaited_from(records.session, person_ids)
    records.lock_cases({case_id for of_one in cases.values() for case_id in of_one})
    found = records.session.scalars(select(Person).where(Person.id.in_(person_ids))).all()
    lock_reminders(records, found)
    records.lock_people(person_ids)
    return {person_id: cases.get(person_id, set()) for person_id in person_ids}


def _separately(records: Records, person_id: int, case_ids: AbstractSet[int]) -> None:
    """Remind one reporter. If that fails, it is undone without the rest, and tried again later."""
    try:
        with records.session.begin_nested():
            _remind(records, records.session.get_one(Person, person_id), case_ids)
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


def _remind(records: Records, reporter: Person, case_ids: AbstractSet[int]) -> None:
    """Let a reporter know all that they are asked in these cases, which are locked, and plan it again for a day later.

    While they may not be reminded, that waits until they may. Word of a pause that lasts does not.
    """
    proceedings = {one.case.id: one for one in records.cases(sorted(case_ids))}
    # Read once the cases are locked: an answer may have come meanwhile.
    waiting = awaiting.waiting(reporter.id).where(Question.case_id.in_(proceedings))
    questions = records.session.scalars(waiting, execution_options=FRESHLY).all()
    for proceeding in proceedings.values():
        _tell_of_long_pause(records, proceeding)
    if not any(one.remind_at is not None and one.remind_at <= records.at for one in questions):
        # They were answered meanwhile, or their time is another one by the calendar in force.
        return
    told = reporter.account_id is not None
    if told and not _tell(records, reporter):
        for question in questions:
            if question.remind_at is not None and question.remind_at <= records.at:
                question.remind_at = quiet_until(reporter, records.office_file, at=records.at)
        return
    for question in questions:
        _plan(records, proceedings[question.case_id], question, told=told)


def _tell(records: Records, reporter: Person) -> bool:
    """Owe a reporter the message about all that they are asked, if they may be reminded. Returns whether they are told.

    A reminder of tasks that is owed now tells them of the questions as well.
    """
    at, file = records.at, records.lock_office().file
    just_now = reporter.reminded_at is not None and timedelta() <= at - reporter.reminded_at <= _TOGETHER
    if just_now and _names_questions(records, reporter):
        return True
    if not may_be_reminded(reporter, file, at=at):
        return False
    if reporter.pending and remind(records, [reporter]):
        return True
    for shown in awaiting.reminders(records.session, reporter):
        records.owe(correspondence.withdraw(shown, at=at))
    records.owe(correspondence.card(CardKind.REMINDER, reporter, at=at, priority=Priority.CARD))
    note_heard(reporter, file, at=at)
    return True


def _names_questions(records: Records, reporter: Person) -> bool:
    """Whether the last reminder of a reporter is a list of tasks that names what they are asked, too."""
    last = select(Notice.kind).where(IS_REMINDER, Notice.person_id == reporter.id).order_by(Notice.owed_at.desc())
    return records.session.scalar(last.limit(1)) == NoticeKind.SUMMARY


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


def _plan(records: Records, proceeding: Proceeding, question: Question, *, told: bool) -> None:
    """Write down that the reporter is reminded of a question, if they are `told`, and plan the next time."""
    calendar, planned = records.calendar, question.remind_at or records.at
    if told:
        proceeding.remind(question, missed=missed(planned, records.at, calendar))
    question.remind_at = next_reminder(records.at, calendar)


def settle(records: Records, reporter: Person) -> None:
    """Let the reminder in the chat of `reporter` show what still waits for an answer; one without any leaves the chat.

    A list of tasks that names it is drawn again.

    To be called when a question was answered, or when nobody needs its answer any more.
    """
    shown = awaiting.naming_questions(records.session, reporter)
    if not shown:
        return
    records.flush()
    rest = records.session.scalars(awaiting.waiting(reporter.id).limit(1)).first()
    for card in shown:
        if rest is not None or card.kind is CardKind.QUEUE:
            records.owe(correspondence.refresh(card, at=records.at))
        else:
            records.no_longer_refresh(card)
            records.owe(correspondence.withdraw(card, at=records.at, priority=Priority.ANSWER))
