"""Telling people once that the report which they are writing has not been sent: the draft comes down in their chat."""

import logging
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Text, cast, false, func, or_, select

from models.case.draft import ReportDraft
from models.mail import correspondence
from models.mail.card import Card, CardKind, Face
from models.mail.conversation import Conversation
from models.mail.notice import Priority
from models.office.person import Person
from models.repository.records import Records
from models.repository.separately import Undone, separately

logger = logging.getLogger(__name__)

BATCH = 100
"""Drafts looked at in one transaction."""

_TRIED_AGAIN_AFTER = timedelta(minutes=15)
"""How long a draft is left alone whose person could not be told of it."""


def next_wake(records: Records) -> datetime | None:
    """Return the earliest instant (UTC) at which somebody is to be told of a draft; None where nobody is."""
    return records.session.scalar(select(func.min(ReportDraft.unsent_at)).where(ReportDraft.unsent_at.is_not(None)))


def tell_due(records: Records, *, batch: int = BATCH) -> bool:
    """Tell those whose draft has lain long enough, at any hour. Returns whether more may wait.

    The draft's own card is sent again, at the bottom of the chat where its buttons are at hand, and says that the
    report is not sent. Outside office hours it makes no sound (`handlers/reporting/report.py` draws it).
    """
    due = select(ReportDraft).where(ReportDraft.unsent_at <= records.at).order_by(ReportDraft.unsent_at, ReportDraft.id)
    found = records.session.scalars(due.limit(batch).with_for_update(key_share=True, skip_locked=True)).all()
    for draft in found:
        told = separately(records.session, partial(_tell_of, records, draft))
        if isinstance(told, Undone):
            logger.error("a draft cannot be brought to mind", exc_info=told.fault, extra={"person": draft.person_id})
            draft.unsent_at = records.at + _TRIED_AGAIN_AFTER
    return len(found) == batch


def _tell_of(records: Records, draft: ReportDraft) -> None:
    draft.unsent_at, draft.unsent_told = None, True
    person = records.session.get_one(Person, draft.person_id)
    if person.account_id is not None and draft.waits_until is None and (draft.text or draft.files):
        _tell(records, draft, person)


def lie_again(records: Records, *, latest: datetime, batch: int) -> int:
    """Let those drafts lie from now whose instant was lost, or lies after `latest` by a wrong clock. Returns how many.

    A draft that holds nothing yet has no such instant, nor has one that waits or of which its person was told.
    """
    untold = ReportDraft.waits_until.is_(None), ReportDraft.unsent_told == false()
    ahead = select(ReportDraft).where(ReportDraft.unsent_at > latest, *untold)
    # An empty draft is left out here, so that the batch does not fill up with what is not mended.
    filled = or_(ReportDraft.text != "", cast(ReportDraft.files, Text) != "[]")
    without = select(ReportDraft).where(ReportDraft.unsent_at.is_(None), *untold, filled)
    found = [
        draft
        for lost in (ahead, without)
        for draft in records.session.scalars(
            lost.order_by(ReportDraft.id).limit(batch).with_for_update(key_share=True, skip_locked=True)
        )
    ]
    for draft in found:
        draft.lie(at=records.at)
    return len(found)


def _tell(records: Records, draft: ReportDraft, person: Person) -> None:
    before = records.card_by_id(draft.card_id)
    owed = correspondence.card(CardKind.DRAFT, person, at=records.at, priority=Priority.CARD)
    records.owe(owed)
    records.flush()
    shown = owed.card
    if shown is None:
        return
    draft.card_id = shown.id
    if before is not None and before.live:
        _take_over(records, before, shown)
        records.owe(correspondence.withdraw(before, at=records.at))


def _take_over(records: Records, before: Card, shown: Card) -> None:
    """Let the card go on asking for words where the one before it did: somebody is writing them."""
    conversation = records.session.get(Conversation, before.chat_id)
    if conversation is not None and conversation.card_id == before.id and before.face is Face.EXPECTS_REPORT_TEXT:
        conversation.card_id = shown.id
        shown.turn(before.face)
