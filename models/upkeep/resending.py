"""Sending what should stand in a chat and does not, with no notice left that would bring it."""

import logging
from functools import partial
from typing import Any

from sqlalchemy import and_, exists, or_, select

from models.case.case import Case, CaseState
from models.case.joined_report import JoinedReport
from models.case.task import Task
from models.chase.reminders import items_for
from models.mail import correspondence
from models.mail.card import Card, CardKind
from models.mail.notice import LISTS, Notice, NoticeKind, Priority
from models.office.person import Person
from models.repository.records import Records
from models.repository.separately import Undone, separately

logger = logging.getLogger(__name__)


def resend_lost(records: Records, batch: int) -> int:
    """Send the living cards that never arrived and have no notice left. Returns how many.

    A card is made together with its notice, so the notice was lost. Cards of tasks are left to the audit of tasks.
    """
    addressed = or_(
        Card.person_id.is_(None), and_(Person.account_id == Card.chat_id, Person.unreachable_since.is_(None))
    )
    lost = (
        select(Card, Person)
        .outerjoin(Person, Person.id == Card.person_id)
        .where(Card.live, Card.message_id.is_(None), Card.kind != CardKind.TASK, Card.chat_id > 0, addressed)
        .where(~exists().where(Notice.card_id == Card.id))
        .order_by(Card.id)
        .limit(batch)
    )
    found = records.session.execute(lost).all()
    sent = 0
    for card, person in found:
        done = separately(records.session, partial(_resend, records, card, person))
        sent += not isinstance(done, Undone)
        if isinstance(done, Undone):
            logger.error("a card cannot be sent again", exc_info=done.fault, extra={"card": card.id})
    return sent


def _resend(records: Records, card: Card, person: Person | None) -> None:
    kind, body = NoticeKind.CARD, dict[str, Any]()
    if card.kind == CardKind.NUDGE or card.face.value in LISTS:
        kind = NoticeKind(card.face.value)
    if kind in LISTS and person is not None:
        body = {"items": _items(records, person, kind)}
        if not body["items"]:
            card.live = False
            return
    records.owe(
        correspondence.owed(
            kind, card.chat_id, at=records.at, priority=Priority.CARD, person_id=card.person_id, card=card, body=body
        )
    )


def _items(records: Records, person: Person, kind: NoticeKind) -> list[dict[str, Any]]:
    """Return the items of a list that was lost: every task that is late for a digest, else what waits for `person`."""
    if kind is not NoticeKind.DIGEST:
        return items_for(records, person)
    calendar = records.calendar
    open_tasks = select(Task.id, Task.due_at).where(
        Task.closed_at.is_(None), Task.paused_at.is_(None), Task.due_at < records.at
    )
    late = [
        task_id
        for task_id, due in records.session.execute(open_tasks.order_by(Task.id))
        if calendar.late(due, records.at)
    ]
    return [{"task": task_id, "kind": NoticeKind.LATE.value} for task_id in late]


def give_receipts(records: Records) -> int:
    """Give the reporters of open cases the status card that they never had in their chat. Returns how many."""
    living = exists().where(
        Card.case_id == Case.id, Card.live, Card.kind == CardKind.STATUS, Card.chat_id == Person.account_id
    )
    reported = select(Case.id, Person.id, Person.account_id).join(Person, Person.id == Case.reporter_id)
    joined = select(Case.id, Person.id, Person.account_id).join(JoinedReport, JoinedReport.case_id == Case.id)
    joined = joined.join(Person, Person.id == JoinedReport.person_id).where(JoinedReport.parted_at.is_(None))
    unknowing = [
        one.where(Case.state == CaseState.OPEN, Person.account_id.is_not(None), Person.unreachable_since.is_(None))
        .where(~living)
        .order_by(Case.id)
        for one in (reported, joined)
    ]
    given = 0
    for case_id, person_id, chat_id in [row for one in unknowing for row in records.session.execute(one)]:
        # A card that is no longer live was in the chat; the reporter may have deleted its message.
        earlier = select(Card.id).where(Card.chat_id == chat_id, Card.case_id == case_id, Card.kind == CardKind.STATUS)
        if records.session.scalar(earlier.limit(1)) is not None:
            continue
        done = separately(records.session, partial(_give_receipt, records, case_id, person_id))
        given += not isinstance(done, Undone)
        if isinstance(done, Undone):
            logger.error("a reporter cannot be given a receipt", exc_info=done.fault, extra={"case": case_id})
    return given


def _give_receipt(records: Records, case_id: int, person_id: int) -> None:
    proceeding = records.case(case_id)
    for reporter in proceeding.reporters:
        if reporter.id == person_id:
            proceeding.inform_one(reporter)
