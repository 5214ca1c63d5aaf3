"""What a record needs after it was put back from a copy: the world went on after the copy was taken.

Whatever was decided in between is not in the record, but on people's phones it is: cards without buttons for tasks
that are open again. So every living card is drawn anew, but for those of cases that had ended: nobody waits for them.
What was owed may have arrived in between, and counts as sent with unknown fate.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from models.case.case import Case, CaseState
from models.journal.chain import Entry
from models.mail import correspondence
from models.mail.card import Card
from models.mail.notice import Notice, NoticeState
from models.repository.office_lock import locked_office_chain

ACTION = "restore"
"""What the office's chain calls it."""


@dataclass(frozen=True, slots=True)
class Recovered:
    """`until` is the instant of the newest entry in the copy, None in an empty one; `cards` are owed anew."""

    until: datetime | None
    cards: int


def recover(session: Session, *, at: datetime) -> Recovered:
    """Let the phones converge to the record that `session` writes to, and enter in the journal that it was put back.

    To be called once, before a bot serves the record.
    """
    until = session.scalar(select(func.max(Entry.at)))
    owed = update(Notice).where(Notice.state == NoticeState.OWED, Notice.attempts == 0)
    session.execute(owed.values(doubtful=Notice.doubtful + 1))
    going_on = or_(Card.case_id.is_(None), Case.state == CaseState.OPEN)
    living = select(Card).outerjoin(Case, Case.id == Card.case_id).where(Card.live, Card.message_id.is_not(None))
    shown = list(session.scalars(living.where(going_on).order_by(Card.id)))
    for card in shown:
        card.digest = None
        session.add(correspondence.refresh(card, at=at))
    payload = {"until": until.isoformat() if until else None, "cards": len(shown)}
    locked_office_chain(session).append(ACTION, actor_id=None, capacity="system", payload=payload, at=at)
    session.flush()
    return Recovered(until, len(shown))
