"""Updates as Telegram handed them out, stored before they are confirmed."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, String, Text
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class InboxState(StrEnum):
    """What became of an update: still to be handled, handled, or set aside after repeated failure."""

    WAITING = "waiting"
    DONE = "done"
    SET_ASIDE = "set-aside"


class InboxUpdate(Base):
    """One update as Telegram sent it. `lane` keeps the updates of one chat in order.

    `message_id` is the message that it brings, new or edited; None where it brings none. `album` names the one to which
    its message belongs.
    """

    __tablename__ = "inbox"

    update_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    lane: Mapped[int]
    body: Mapped[dict[str, Any]]
    received_at: Mapped[datetime]
    state: Mapped[InboxState] = mapped_column(default=InboxState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    failure: Mapped[str | None] = mapped_column(Text)
    message_id: Mapped[int | None]
    album: Mapped[str | None] = mapped_column(String(64))

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
        Index(
            "ix_inbox_message",
            "lane",
            "message_id",
            "received_at",
            sqlite_where=sql("message_id IS NOT NULL"),
            postgresql_where=sql("message_id IS NOT NULL"),
        ),
        Index(
            "ix_inbox_album",
            "lane",
            "album",
            sqlite_where=sql("album IS NOT NULL"),
            postgresql_where=sql("album IS NOT NULL"),
        ),
        Index(None, "received_at"),
    )
