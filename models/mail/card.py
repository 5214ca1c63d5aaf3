"""What came in from Telegram and what is owed to people: Inbox, Notice (the outbox), Card, Button.

An update is stored before Telegram is told it was received. A notice is stored in the transaction that
causes it, and sent afterwards. A card is a delivered message that lives on: it can be edited, tapped,
replied to.
"""

import secrets
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Identity
from models.office.office import Person

_TOKEN_BYTES = 15


class InboxState(StrEnum):
    """What became of an update: still to be handled, handled, or set aside after repeated failure."""

    WAITING = "waiting"
    DONE = "done"
    SET_ASIDE = "set-aside"


class InboxUpdate(Base):
    """One update as Telegram sent it. `lane` keeps the updates of one chat in order."""

    __tablename__ = "inbox"

    update_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    lane: Mapped[int]
    body: Mapped[dict[str, Any]]
    received_at: Mapped[datetime]
    state: Mapped[InboxState] = mapped_column(default=InboxState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    failure: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (
        Index(
            "ix_inbox_waiting",
            "received_at",
            "update_id",
            sqlite_where=sql("state = 'waiting'"),
            postgresql_where=sql("state = 'waiting'"),
        ),
        Index(
            "ix_inbox_lane",
            "lane",
            "received_at",
            "update_id",
            sqlite_where=sql("state = 'waiting'"),
            postgresql_where=sql("state = 'waiting'"),
        ),
        Index(None, "received_at"),
    )


class CardKind(StrEnum):
    """What a delivered message shows, and so how it is drawn anew."""

    TASK = "task"
    STATUS = "status"
    DRAFT = "draft"
    REGISTRATION = "registration"
    QUESTION = "question"
    RESULT = "result"
    QUEUE = "queue"
    CANDIDATE = "candidate"
    INVITATION = "invitation"
    ADMINISTRATION = "administration"
    NUDGE = "nudge"


class Card(Base):
    """A message in one chat that lives: `message_id` is None until it has been delivered.

    `mode` is what the card shows at the moment (its main face, the tick boxes, the reasons…); `live` is False
    once nothing on it can be tapped any more. `digest` tells whether a new drawing differs from the one shown; None
    where nothing was drawn, or once the buttons were let go.
    `twin_id` is a second copy, left behind by a send whose fate was unknown.
    """

    __tablename__ = "cards"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    kind: Mapped[CardKind]
    chat_id: Mapped[int]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
    task_id: Mapped[int | None] = mapped_column(ForeignKey("tasks.id"))
    subject_id: Mapped[int | None]
    mode: Mapped[str] = mapped_column(String(32), default="main")
    live: Mapped[bool] = mapped_column(default=True)
    message_id: Mapped[int | None]
    twin_id: Mapped[int | None]
    digest: Mapped[str | None] = mapped_column(String(64))
    made_at: Mapped[datetime]

    __table_args__ = (
        # SQLite uses a partial index only where its condition is written as the query writes it.
        Index("ix_cards_live_task", "task_id", sqlite_where=sql("live = 1"), postgresql_where=sql("live")),
        Index("ix_cards_live_chat", "chat_id", "kind", sqlite_where=sql("live = 1"), postgresql_where=sql("live")),
        Index("ix_cards_live_case", "case_id", sqlite_where=sql("live = 1"), postgresql_where=sql("live")),
        Index(
            "ix_cards_undelivered",
            "id",
            sqlite_where=sql("live = 1 AND message_id IS NULL"),
            postgresql_where=sql("live AND message_id IS NULL"),
        ),
        Index(
            "ix_cards_over",
            "id",
            sqlite_where=sql("live = 0 AND digest IS NOT NULL"),
            postgresql_where=sql("NOT live AND digest IS NOT NULL"),
        ),
        Index(None, "chat_id", "message_id"),
        Index(
            "ix_cards_twin",
            "chat_id",
            "twin_id",
            sqlite_where=sql("twin_id IS NOT NULL"),
            postgresql_where=sql("twin_id IS NOT NULL"),
        ),
    )


class Button(Base):
    """What a press means: an opaque token stands for card, action, argument and the version it was drawn from."""

    __tablename__ = "buttons"

    token: Mapped[str] = mapped_column(String(32), primary_key=True)
    card_id: Mapped[int] = mapped_column(ForeignKey("cards.id"))
    action: Mapped[str] = mapped_column(String(32))
    argument: Mapped[str] = mapped_column(String(64), default="")
    version: Mapped[int] = mapped_column(default=0)

    card: Mapped[Card] = relationship(lazy="raise")

    __table_args__ = (UniqueConstraint("card_id", "action", "argument", "version"),)

    @classmethod
    def mint(cls, card: Card, *, action: str, argument: str, version: int) -> Self:
        """Return a button with a fresh 120-bit token; 20 characters of Telegram's 64 bytes."""
        return cls(
            token=secrets.token_urlsafe(_TOKEN_BYTES),
            card_id=card.id,
            action=action,
            argument=argument,
            version=version,
        )


class NoticeKind(StrEnum):
    """Why something is sent. The kind decides the screen, whether it sounds, and how urgent it is."""

    CARD = "card"
    REFRESH = "refresh"
    WITHDRAW = "withdraw"
    SAY = "say"
    WARN = "warn"
    LATE = "late"
    ESCALATE = "escalate"
    REPEAT = "repeat"
    SUMMARY = "summary"
    DIGEST = "digest"
    ATTACHMENTS = "attachments"
    ALERT = "alert"


class Priority(StrEnum):
    """The order between chats: what answers a person goes before cards, cards before what is for information."""

    ANSWER = "0-answer"
    CARD = "1-card"
    INFORMATION = "2-information"


class NoticeState(StrEnum):
    """What became of a notice."""

    OWED = "owed"
    SENT = "sent"
    NOT_NEEDED = "not-needed"
    UNDELIVERABLE = "undeliverable"


class Notice(Base):
    """A message owed to one chat. Notices of one chat leave in the order in which they were owed.

    `once` makes a notice unique for good: a second one with the same key cannot be owed. `doubtful` counts sends
    whose fate was unknown; each may have left a twin.
    """

    __tablename__ = "outbox"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    kind: Mapped[NoticeKind]
    priority: Mapped[Priority]
    chat_id: Mapped[int]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
    task_id: Mapped[int | None] = mapped_column(ForeignKey("tasks.id"))
    card_id: Mapped[int | None] = mapped_column(ForeignKey("cards.id"))
    body: Mapped[dict[str, Any]]
    once: Mapped[str | None] = mapped_column(String(120), unique=True)
    owed_at: Mapped[datetime]
    state: Mapped[NoticeState] = mapped_column(default=NoticeState.OWED)
    attempts: Mapped[int] = mapped_column(default=0)
    doubtful: Mapped[int] = mapped_column(default=0)
    settled_at: Mapped[datetime | None]
    failure: Mapped[str | None] = mapped_column(Text)

    card: Mapped[Card | None] = relationship(lazy="raise")
    person: Mapped[Person | None] = relationship(lazy="raise", viewonly=True)

    __table_args__ = (
        Index(None, "card_id"),
        Index(
            "ix_outbox_owed",
            "chat_id",
            "id",
            sqlite_where=sql("state = 'owed'"),
            postgresql_where=sql("state = 'owed'"),
        ),
    )
