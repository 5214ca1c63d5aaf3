"""An opinion that the holder of a task asks for, and what was answered."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Identity
from models.rules.standard import Standard
from models.rules.work_calendar import WorkCalendar


class Consultation(Base):
    """A question to a colleague or to another post, and the answer once it came. The task stays where it is.

    It is for the holders of `post` at the time of the answer; with `to_id`, for this person while they hold it.
    `capacity` is that in which `by_id` asked, `answered_as` that of the answer (`ActingAs`). `standard` is the time for
    the answer. `remind_at` is the instant (UTC) of the one reminder; None once it was owed, or the answer is there.
    """

    __tablename__ = "consultations"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    capacity: Mapped[str] = mapped_column(String(80))
    post: Mapped[str] = mapped_column(ForeignKey("posts.code"))
    to_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    standard: Mapped[str] = mapped_column(String(32))
    text: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime]
    answer: Mapped[str | None] = mapped_column(Text)
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    answered_as: Mapped[str | None] = mapped_column(String(80))
    remind_at: Mapped[datetime | None]

    __table_args__ = (
        Index(None, "case_id"),
        Index(
            "ix_consultations_unanswered",
            "task_id",
            sqlite_where=sql("answered_at IS NULL"),
            postgresql_where=sql("answered_at IS NULL"),
        ),
        Index(
            "ix_consultations_remind_at",
            "remind_at",
            sqlite_where=sql("remind_at IS NOT NULL"),
            postgresql_where=sql("remind_at IS NOT NULL"),
        ),
    )

    def due(self, calendar: WorkCalendar) -> datetime:
        """Return the instant (UTC) by which the answer is wanted, by `calendar`."""
        return calendar.due(self.asked_at, Standard.parse(self.standard))
