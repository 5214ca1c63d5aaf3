"""A report that was joined to a case, because it tells of the same: one case, several reporters."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Identity
from models.office.person import Person


class JoinedReport(Base):
    """That a person reports what a case is about, beside the person who reported it first.

    `from_case_id` is the case that their report was until it was joined; None where they joined with a draft, whose
    words are a note of the case. `parted_at` is the instant (UTC) at which the report stopped being a part of the case,
    None while it is. `helped` is what the person says of the result, said last at `helped_at`; `quick` and `clear` are
    what they say of a result that helped, None where nothing.
    """

    __tablename__ = "joined_reports"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    from_case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
    joined_at: Mapped[datetime]
    parted_at: Mapped[datetime | None]
    helped: Mapped[bool | None]
    helped_at: Mapped[datetime | None]
    quick: Mapped[bool | None]
    clear: Mapped[bool | None]

    person: Mapped[Person] = relationship(lazy="raise")

    __table_args__ = (
        Index(None, "case_id"),
        Index(None, "person_id", "case_id"),
        Index(
            "ix_joined_reports_from",
            "from_case_id",
            sqlite_where=sql("from_case_id IS NOT NULL"),
            postgresql_where=sql("from_case_id IS NOT NULL"),
        ),
    )


THERE = JoinedReport.parted_at.is_(None)
"""What holds of a report that is a part of its case now."""
