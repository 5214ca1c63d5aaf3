"""Letting go of what a report needs only while it is under way: notices that were settled, buttons, prepared words.

They are three of four rows that a report leaves behind. What tells what happened stays: the case, its tasks, its
journal, the Laporan Evaluasi, and the cards, so that a reply to an old message still finds its case.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, exists, or_, select, update
from sqlalchemy.orm import Session

from models.case.draft import DispositionDraft
from models.case.task import Task
from models.mail.card import Button, Card
from models.mail.notice import LISTS, Notice, NoticeState

KEPT = timedelta(days=30)
"""How long what is over is kept: long enough to look into a complaint, and to answer a late tap with who decided."""

BATCH = 500
"""Rows of one kind let go in one transaction, so that nobody waits long behind it."""


def let_go(session: Session, at: datetime, *, batch: int = BATCH) -> bool:
    """Let some of what has been over for `KEPT` go. Returns whether there may be more."""
    before = at - KEPT
    counts = [forget(session, before, batch) for forget in (_notices, _buttons, _drafts)]
    return any(count == batch for count in counts)


def _notices(session: Session, before: datetime, batch: int) -> int:
    """Let settled notices go, the oldest first.

    Kept for good is what could not be delivered, and what must not be owed a second time. The notice of a living card
    is kept where it is all that tells what the card lists, or why there is no message of it.
    """
    telling = or_(Card.message_id.is_(None), Notice.kind.in_(LISTS))
    needed = exists().where(Card.id == Notice.card_id, Card.live, telling)
    over = (
        select(Notice.id, Notice.owed_at, Notice.settled_at)
        .where(Notice.state.in_((NoticeState.SENT, NoticeState.NOT_NEEDED)), Notice.once.is_(None), ~needed)
        .order_by(Notice.id)
        .limit(batch)
    )
    # Rows are numbered as time goes on. Asked for in the statement, the age would be looked for in all the young ones.
    old = [row.id for row in session.execute(over) if max(row.owed_at, row.settled_at or row.owed_at) < before]
    session.execute(delete(Notice).where(Notice.id.in_(old)))
    return len(old)


def _buttons(session: Session, before: datetime, batch: int) -> int:
    """Let the buttons of cards go that lost their force; without its digest a card is not looked at again."""
    over = select(Card.id, Card.made_at).where(~Card.live, Card.digest.is_not(None)).order_by(Card.id).limit(batch)
    old = [row.id for row in session.execute(over) if row.made_at < before]
    session.execute(delete(Button).where(Button.card_id.in_(old)))
    session.execute(update(Card).where(Card.id.in_(old)).values(digest=None))
    return len(old)


def _drafts(session: Session, before: datetime, batch: int) -> int:
    """Let go what was prepared for tasks that are decided."""
    over = (
        select(DispositionDraft.id)
        .join(Task, Task.id == DispositionDraft.task_id)
        .where(Task.closed_at < before)
        .order_by(DispositionDraft.id)
        .limit(batch)
    )
    old = session.scalars(over).all()
    session.execute(delete(DispositionDraft).where(DispositionDraft.id.in_(old)))
    return len(old)
