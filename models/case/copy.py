"""A copy of a decision for somebody who need not act on it (tembusan), with the mark that it was read."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Identity
from models.office.person import Person

MOST = 10
"""Posts and people that an official may name for one decision: the card that shows who has read stands on a phone."""


class Copy(Base):
    """A copy of what decided a task, for the person who sat at a post then.

    `person_id` is None where nobody sat there who could be written to: then nobody got it, and the record says so. The
    reader may see the case while they hold the `post`. `read_at` is when they marked it as read, None before. `card_id`
    is the card of the official who decided: it shows who has read.
    """

    __tablename__ = "copies"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"))
    post: Mapped[str] = mapped_column(ForeignKey("posts.code"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    sent_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    card_id: Mapped[int | None] = mapped_column(ForeignKey("cards.id"))

    person: Mapped[Person | None] = relationship(lazy="raise")

    __table_args__ = (
        Index(None, "task_id"),
        Index(None, "case_id"),
        Index(
            "ix_copies_person",
            "person_id",
            "case_id",
            sqlite_where=sql("person_id IS NOT NULL"),
            postgresql_where=sql("person_id IS NOT NULL"),
        ),
    )
