"""The contents of attachments: what the office keeps of files beyond what Telegram calls them.

The bytes lie outside the database, in the archive; here is only what is known of them.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base

_LEAVING = sql("erased_at IS NOT NULL AND removed_at IS NULL")


class Content(Base):
    """The bytes of one or more equal files. `digest` is their SHA-256 in hexadecimal digits, `size` counts bytes.

    `media_type` is what the bytes say, whatever the sender called the file. `erased_at` is when it was decided that the
    archive may not keep it any more, `removed_at` when its bytes were gone; both are None while it is kept.
    """

    __tablename__ = "contents"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int]
    media_type: Mapped[str] = mapped_column(String(80))
    kept_at: Mapped[datetime]
    erased_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]

    __table_args__ = (
        Index(None, "kept_at"),
        Index("ix_contents_leaving", "digest", sqlite_where=_LEAVING, postgresql_where=_LEAVING),
    )


class ContentCopy(Base):
    """What Telegram calls a content that an account of the bot has sent out of the archive as a `kind` of file.

    The identifier by which a file came belongs to the account that it was sent to. Another account needs its own.
    """

    __tablename__ = "content_copies"

    digest: Mapped[str] = mapped_column(ForeignKey("contents.digest"), primary_key=True)
    account_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(32), primary_key=True)
    file_id: Mapped[str] = mapped_column(String(255))
