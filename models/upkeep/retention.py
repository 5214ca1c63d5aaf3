"""Deleting the rows that a report needs only while it is under way: settled notices, buttons, prepared dispositions.

They are three quarters of the rows that a report leaves behind. The rows that say what happened stay: the case, its
tasks, its journal, the Laporan Evaluasi. The cards stay too, so that a reply to an old message still finds its case.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, exists, or_, select, update
from sqlalchemy.orm import Session

from models.case.draft import DispositionDraft
from models.case.task import Task
from models.mail.card import Button, Card
from models.mail.notice import LISTS, Notice, NoticeState
from models.mail.printed import PrintedFile
from models.office import first_words
from models.office.first_words import FirstWords

KEPT = timedelta(days=30)
"""How long such rows are kept: long enough to look into a complaint, and to answer a late tap with who decided."""

BATCH = 500
"""Rows of one kind deleted in one transaction, so that nobody waits long behind it."""


def let_go(session: Session, at: datetime, *, batch: int = BATCH) -> bool:
    """Delete some of the rows that have been over for `KEPT`. Returns whether there may be more.

    What somebody wrote who was not let in goes sooner.
    """
    before = at - KEPT
    counts = [forget(session, before, batch) for forget in (_notices, _buttons, _drafts, _printed)]
    counts.append(_first_words(session, at - first_words.KEPT, batch))
    return any(count == batch for count in counts)


def _notices(session: Session, before: datetime, batch: int) -> int:
    """Delete settled notices, the oldest first.

    A notice that could not be delivered, or that must not be owed a second time, is kept for good. So is the notice of
    a living card if only the notice says what the card lists, why the card has no message, or that a copy of it may
    be in the chat.
    """
    telling = or_(Card.message_id.is_(None), Notice.kind.in_(LISTS), Notice.doubtful > 0)
    needed = exists().where(Card.id == Notice.card_id, Card.live, telling)
    over = (
        select(Notice.id, Notice.owed_at, Notice.settled_at)
        .where(Notice.state.in_((NoticeState.SENT, NoticeState.NOT_NEEDED)), Notice.once.is_(None), ~needed)
        .order_by(Notice.id)
        .limit(batch)
    )
    # Ids grow with time, so the first rows are the oldest. With the age as a condition, all young rows would be read.
    old = [row.id for row in session.execute(over) if max(row.owed_at, row.settled_at or row.owed_at) < before]
    session.execute(delete(Notice).where(Notice.id.in_(old)))
    return len(old)


def _buttons(session: Session, before: datetime, batch: int) -> int:
    """Delete the buttons of cards that are no longer live. A card without a digest is not considered again."""
    over = select(Card.id, Card.made_at).where(~Card.live, Card.digest.is_not(None)).order_by(Card.id).limit(batch)
    old = [row.id for row in session.execute(over) if row.made_at < before]
    session.execute(delete(Button).where(Button.card_id.in_(old)))
    session.execute(update(Card).where(Card.id.in_(old)).values(digest=None))
    return len(old)


def _drafts(session: Session, before: datetime, batch: int) -> int:
    """Delete what was prepared for tasks that have been decided."""
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


def _printed(session: Session, before: datetime, batch: int) -> int:
    """Forget what Telegram calls papers that were sent up long ago; a paper that is asked for again is set again."""
    digests = select(PrintedFile.digest).where(PrintedFile.sent_at < before).order_by(PrintedFile.sent_at).limit(batch)
    old = session.scalars(digests).all()
    session.execute(delete(PrintedFile).where(PrintedFile.digest.in_(old), PrintedFile.sent_at < before))
    return len(old)


def _first_words(session: Session, before: datetime, batch: int) -> int:
    """Forget what accounts wrote that were not let in meanwhile."""
    over = select(FirstWords.account_id).where(FirstWords.kept_at <= before).order_by(FirstWords.kept_at).limit(batch)
    old = session.scalars(over).all()
    session.execute(delete(FirstWords).where(FirstWords.account_id.in_(old)))
    return len(old)
