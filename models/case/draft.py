"""What a person is in the middle of writing. Kept in the database, so that it survives a restart."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Identity
from models.rules.classification import Classification


class ReportDraft(Base):
    """A report before it is sent. A person has at most one."""

    __tablename__ = "report_drafts"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), unique=True)
    text: Mapped[str] = mapped_column(Text, default="")
    classification: Mapped[Classification] = mapped_column(default=Classification.ORDINARY)
    sop: Mapped[str] = mapped_column(String(64))
    files: Mapped[list[dict[str, Any]]]
    messages: Mapped[list[dict[str, Any]]]
    previous_case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
    card_id: Mapped[int | None] = mapped_column(ForeignKey("cards.id"))
    begun_at: Mapped[datetime]


class DispositionDraft(Base):
    """Ticked instructions and a note, before the task is forwarded."""

    __tablename__ = "disposition_drafts"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"))
    instructions: Mapped[list[str]]
    note: Mapped[str] = mapped_column(Text, default="")

    __table_args__ = (UniqueConstraint("person_id", "task_id"),)
