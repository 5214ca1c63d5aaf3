"""Papers and pictures that Telegram has already: each is sent up once, and sent by its identifier after that."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class PrintedFile(Base):
    """What an account of the bot calls a paper that it has sent up, as a `kind` of file.

    `digest` tells the paper by its content, its layout and its fonts; it names no person and no case.
    """

    __tablename__ = "printed_files"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(32))
    file_id: Mapped[str] = mapped_column(String(255))
    sent_at: Mapped[datetime]

    __table_args__ = (Index(None, "sent_at"),)
