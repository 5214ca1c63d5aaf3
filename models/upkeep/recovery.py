"""What a database needs after it was restored from a copy: the office went on after the copy was taken.

A decision made in between is missing from the database, but people's phones show it: cards without buttons, for tasks
that are open again. So every living card is redrawn, except those of cases that had ended, for which nobody waits.
A notice that was owed may have been sent in between, so it counts as a send of unknown fate.
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
"""The action of a restore in the office's chain."""


@dataclass(frozen=True, slots=True)
class Recovered:
    """`until` is the instant (UTC) of the newest journal entry in the copy, None in an empty one.

    `cards` is how many cards will be redrawn.
    """

    until: datetime | None
    cards: int


def recover(session: Session, *, at: datetime) -> Recovered:
    """Owe every chat the cards as the restored database has them, and append the restore to the office's chain.

    To be called once, before a bot serves the database.
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
