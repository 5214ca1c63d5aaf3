"""What a person is in the middle of writing. Kept in the database, so that it survives a restart."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Identity


class Classification(StrEnum):
    """Sifat of a report, as the lembar disposisi prints it."""

    ORDINARY = "biasa"
    URGENT = "segera"
    VERY_URGENT = "sangat-segera"
    CONFIDENTIAL = "rahasia"

    @property
    def next(self) -> "Classification":
        """The one that follows when the button is tapped again; the last is followed by the first."""
        order = list(Classification)
        return order[(order.index(self) + 1) % len(order)]


class Expects(StrEnum):
    """What the next message of a chat will be taken for."""

    NOTHING = "nothing"
    NIP = "nip"
    NAME = "name"
    REPORT_TEXT = "report-text"
    NOTE = "note"
    SEND_BACK_REASON = "send-back-reason"
    DECLINE_REASON = "decline-reason"
    RETURN_REASON = "return-reason"
    QUESTION = "question"
    ANSWER = "answer"
    EVALUATION_PART = "evaluation-part"
    EVALUATION_FILE = "evaluation-file"


class Conversation(Base):
    """One private chat's thread: what is expected next, and for which card, task, question or part."""

    __tablename__ = "conversations"

    telegram_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    expects: Mapped[Expects] = mapped_column(default=Expects.NOTHING)
    card_id: Mapped[int | None] = mapped_column(ForeignKey("cards.id"))
    task_id: Mapped[int | None] = mapped_column(ForeignKey("tasks.id"))
    question_id: Mapped[int | None] = mapped_column(ForeignKey("questions.id"))
    part: Mapped[str] = mapped_column(String(24), default="")
    language: Mapped[str] = mapped_column(String(8), default="id")

    def expect(
        self,
        what: Expects,
        *,
        card_id: int | None = None,
        task_id: int | None = None,
        question_id: int | None = None,
        part: str = "",
    ) -> None:
        """Take the next message for `what`; whatever was expected before is dropped."""
        self.expects, self.card_id, self.task_id, self.question_id, self.part = (
            what,
            card_id,
            task_id,
            question_id,
            part,
        )

    def settle(self) -> None:
        """Expect nothing in particular: the next message starts a report."""
        self.expect(Expects.NOTHING)


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


class Registration(Base):
    """Someone on the way to becoming a Person: claimed an invite, gives NIP and name, may wait for an admin."""

    __tablename__ = "registrations"

    telegram_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    invite_id: Mapped[int] = mapped_column(ForeignKey("invites.id"))
    nip: Mapped[str | None] = mapped_column(String(18))
    name: Mapped[str | None] = mapped_column(String(100))
    begun_at: Mapped[datetime]
    waits_since: Mapped[datetime | None]
