"""What was asked and decided about more time for a task."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Identity
from models.rules.standard import Standard


class ExtensionRequest(Base):
    """What the holder of a task has asked for: more time, for a reason; and what was decided about it.

    `capacity` is that in which `by_id` asked, and `decided_as` that in which it was decided (`ActingAs`). `granted` is
    None while nobody has decided it; it has lost its point once the task is decided. `note` is the reason of a person
    who has refused it, or "".
    """

    __tablename__ = "extensions"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    capacity: Mapped[str] = mapped_column(String(80))
    span: Mapped[str] = mapped_column(String(32))
    text: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime]
    granted: Mapped[bool | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_as: Mapped[str | None] = mapped_column(String(80))
    note: Mapped[str] = mapped_column(Text, default="")

    __table_args__ = (
        Index(None, "case_id"),
        Index(
            "ix_extensions_undecided",
            "task_id",
            sqlite_where=sql("decided_at IS NULL"),
            postgresql_where=sql("decided_at IS NULL"),
        ),
    )

    @property
    def wanted(self) -> Standard:
        """The time that was asked for."""
        return Standard.parse(self.span)
