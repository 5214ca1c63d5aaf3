"""An outbox without a courier: notices that are owed, jobs that are begun, and cards that are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from bot.notices.job import Job
from bot.notices.outbox import Outbox
from bot.replicas.leases import Sole
from models.journal.chain import Entry, Payload
from models.mail.card import Card, CardKind
from models.mail.lease import LeaseKind
from models.mail.notice import Notice, NoticeState
from tests.bot.notices.post import fresh_card

if TYPE_CHECKING:
    from sqlalchemy.orm import InstrumentedAttribute

    from bot.replicas.leases import Claim

REPORTER, ADMIN, KADIV, GROUP = 1001, 1002, 2002, -100500
SAME_SEQUENCE = Payload.sequence == Entry.sequence
OWED, SENT, NOT_NEEDED, UNDELIVERABLE = (
    NoticeState.OWED,
    NoticeState.SENT,
    NoticeState.NOT_NEEDED,
    NoticeState.UNDELIVERABLE,
)


class Ledger(Sole):
    """Leases of which another process has some, or has had some meanwhile."""

    def __init__(self) -> None:
        self.taken: set[int] = set()
        self.overtaken = False
        self.released: list[int] = []

    def claim(self, session: Session, kind: LeaseKind, lane: int) -> Claim | None:
        assert isinstance(session, Session)
        assert kind is LeaseKind.OUTBOX
        return None if lane in self.taken else super().claim(session, kind, lane)

    def still_owned(self, session: Session, claim: Claim) -> bool:
        assert isinstance(session, Session)
        assert claim.kind is LeaseKind.OUTBOX
        return not self.overtaken

    def release(self, session: Session, claim: Claim) -> None:
        assert isinstance(session, Session)
        self.released.append(claim.lane)

    def free(self, kind: LeaseKind, lane: InstrumentedAttribute[int]) -> ColumnElement[bool]:
        assert kind is LeaseKind.OUTBOX
        return lane.not_in(self.taken)


def owes(session: Session, *notices: Notice) -> list[int]:
    session.add_all(notices)
    session.flush()
    return [one.id for one in notices]


def state(session: Session, number: int) -> NoticeState:
    return NoticeState(session.get_one(Notice, number).state)


def begun(outbox: Outbox, session: Session, chat: int = REPORTER, **more: Any) -> Job:
    """Draw the next notice of a chat, and make a job of it."""
    job = outbox.begin(session, outbox.next_drawing(session, chat), **more)
    assert job is not None
    return job


def shown_card(session: Session, kind: CardKind = CardKind.STATUS, *, message: int | None = 50, **more: Any) -> Card:
    card = fresh_card(kind)
    card.message_id = message
    for name, value in more.items():
        setattr(card, name, value)
    session.add(card)
    session.flush()
    return card
