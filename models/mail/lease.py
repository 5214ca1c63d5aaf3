"""What identical processes share on one database: who serves a chat, who leads, what may still be sent to a chat.

With SQLite there is one process, and these tables stay empty.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base

CHANNEL = "disposisi"
"""The channel of PostgreSQL on which a process hears that another one has written something."""

EVERYTHING = "*"
"""What is said on the channel by those who do not know what they wrote. All others say the names of tables."""


class LeaseKind(StrEnum):
    """What a lease is for: handling the updates that came from a chat, or carrying out what is owed to it.

    TRIAL serves no chat. A process takes it and gives it back in one transaction, to prove that it can write.
    """

    INBOX = "inbox"
    OUTBOX = "outbox"
    TRIAL = "trial"


class Lease(Base):
    """Which process serves one chat. The lease is valid while its `owner` is present; None is no process.

    `fence` grows each time the lease is taken. A process that took it with a smaller fence has been overtaken.
    """

    __tablename__ = "leases"

    kind: Mapped[LeaseKind] = mapped_column(primary_key=True)
    lane: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    owner: Mapped[int | None] = mapped_column("holder")
    fence: Mapped[int]


ONLY_ROW = 1


class Leader(Base):
    """The sign of life of the process that leads: its number, and when it showed itself last, by its own clock.

    There is one row, with the number `ONLY_ROW`.
    """

    __tablename__ = "leader"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    process: Mapped[int]
    shown_at: Mapped[datetime]


class Allowance(Base):
    """What may still be sent to one chat, or to all together under `chat_id` 0.

    There were `tokens` messages to spare at the instant `at`, by the database's clock; `recent` are the latest sends in
    seconds since 1970, where they are counted. Telegram wants nothing before `shut_until`.
    """

    __tablename__ = "allowances"

    chat_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    tokens: Mapped[float]
    at: Mapped[datetime]
    recent: Mapped[list[float]]
    shut_until: Mapped[datetime | None]
