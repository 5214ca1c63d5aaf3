"""Messages that are owed to a chat: the outbox."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Identity
from models.mail.card import Card
from models.office.person import Person


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
    REGISTER = "register"


REMINDING = (NoticeKind.WARN, NoticeKind.LATE, NoticeKind.ESCALATE, NoticeKind.REPEAT, NoticeKind.SUMMARY)
"""The kinds of notice that remind a person of one task, or of several."""


IS_REMINDER = sql("kind IN ('warn', 'late', 'escalate', 'repeat', 'summary')")
"""Whether a notice is a reminder. SQLite uses the index of the reminders only where this is written as there."""


LISTS = frozenset({NoticeKind.SUMMARY, NoticeKind.DIGEST})
"""The kinds of notice whose body names several tasks under `items`."""


class Priority(StrEnum):
    """The rank between chats: what answers a person goes before cards, cards before what is for information.

    What is said to strangers comes last. The ranks have shares, so that none waits for ever (`bot/notices/places.py`).
    """

    ANSWER = "0-answer"
    CARD = "1-card"
    INFORMATION = "2-information"
    STRANGER = "3-stranger"


class NoticeState(StrEnum):
    """What became of a notice."""

    OWED = "owed"
    SENT = "sent"
    NOT_NEEDED = "not-needed"
    UNDELIVERABLE = "undeliverable"


class Notice(Base):
    """A message owed to one chat. Its answers leave first, then the rest, each in the order in which they were owed.

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
        Index("ix_outbox_reminders", "person_id", "owed_at", sqlite_where=IS_REMINDER, postgresql_where=IS_REMINDER),
        Index(
            "ix_outbox_owed",
            "chat_id",
            "id",
            sqlite_where=sql("state = 'owed'"),
            postgresql_where=sql("state = 'owed'"),
        ),
        *(
            Index(
                f"ix_outbox_strangers_{column}",
                column,
                sqlite_where=sql("priority = '3-stranger'"),
                postgresql_where=sql("priority = '3-stranger'"),
            )
            for column in ("owed_at", "state")
        ),
    )

    def settle(self, state: NoticeState, *, at: datetime, failure: str | None = None) -> None:
        """Note at `at` that nothing more is owed; `failure` says why a notice is undeliverable."""
        self.state, self.settled_at, self.failure = state, at, failure
