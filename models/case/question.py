"""What was asked of the reporter, and what was noted without a decision."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Identity


class Question(Base):
    """A question to the reporter, and the answer once it came.

    `remind_at` is the instant (UTC) at which the reporter is reminded of it; None once the answer is there, or nobody
    needs it any more. `asked_as` names the capacity of a Plh. who asked (`ActingAs`).
    """

    __tablename__ = "questions"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"))
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    text: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime]
    answer: Mapped[str | None] = mapped_column(Text)
    answered_at: Mapped[datetime | None]
    asked_as: Mapped[str | None] = mapped_column(String(80))
    remind_at: Mapped[datetime | None]

    __table_args__ = (
        Index(None, "case_id"),
        Index(
            "ix_questions_remind_at",
            "remind_at",
            sqlite_where=sql("remind_at IS NOT NULL"),
            postgresql_where=sql("remind_at IS NOT NULL"),
        ),
    )


OF_FELLOWS = sql("capacity = 'fellow-reporter' AND text <> ''")
"""Whether a note has the words still with which a person joined a case, as its index has it."""


class Remark(Base):
    """A note that was added to a case without deciding anything, such as a reply to a card.

    `to_id` is the person to whom the task was handed with these words; None for any other note.
    """

    __tablename__ = "remarks"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    capacity: Mapped[str] = mapped_column(String(80))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    to_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    __table_args__ = (
        Index(None, "case_id"),
        Index(
            "ix_remarks_handed_on",
            "by_id",
            "at",
            sqlite_where=sql("to_id IS NOT NULL"),
            postgresql_where=sql("to_id IS NOT NULL"),
        ),
        Index("ix_remarks_of_fellows", "at", sqlite_where=OF_FELLOWS, postgresql_where=OF_FELLOWS),
    )
