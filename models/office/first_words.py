"""What somebody writes before they belong to the office: kept for a while, to become a draft once they are let in."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base

KEPT = timedelta(days=7)
"""How long first words are kept: as long as it may take until an admin has been asked, has looked and has agreed."""


class FirstWords(Base):
    """The first messages of an account that belongs to no person.

    `messages` and `files` are as a draft has them (`ReportDraft`). They are no part of the record: no journal tells of
    them, and nobody but their writer ever reads them. `kept_at` is when the first of them came.
    """

    __tablename__ = "first_words"

    account_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    messages: Mapped[list[dict[str, Any]]]
    files: Mapped[list[dict[str, Any]]]
    kept_at: Mapped[datetime]

    __table_args__ = (Index(None, "kept_at"),)
