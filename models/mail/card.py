"""Cards and their buttons. A card is a message that lives on after its delivery: it is edited, tapped, replied to."""

import secrets
from datetime import datetime
from enum import StrEnum
from typing import Self

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Identity

_TOKEN_BYTES = 15


class CardKind(StrEnum):
    """What a delivered message shows, and so how it is drawn."""

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
