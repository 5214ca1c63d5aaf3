"""What a person is in the middle of writing. Kept in the database, so that it survives a restart."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Identity
from models.case.attachment import TakenOut
from models.case.report import Report, Reported

LIES_FOR = timedelta(minutes=10)
"""How long a draft lies before its person is told that it is not sent."""


class ReportDraft(Reported, TakenOut, Base):
    """A report before it is sent. A person writes one at a time.

    `waits_until` is None for the one being written. Others were to be sent when the person had sent as many reports as
    the office takes in an hour (`Limits.reports_per_hour`). They wait; from `waits_until` on one of them can be sent.
    `from_group` is for a report from a group: its `origin`, and the `answer` by which the group learns its number.
    `unsent_at` is the instant (UTC) at which the person is told that the report is not sent, None where they are not;
    `unsent_told` is whether they were: each draft says so once.
    """

    __tablename__ = "report_drafts"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    sop: Mapped[str] = mapped_column(String(64))
    files: Mapped[list[dict[str, Any]]]
    messages: Mapped[list[dict[str, Any]]]
    card_id: Mapped[int | None] = mapped_column(ForeignKey("cards.id"))
    begun_at: Mapped[datetime]
    waits_until: Mapped[datetime | None]
    from_group: Mapped[dict[str, Any] | None]
    unsent_at: Mapped[datetime | None]
    unsent_told: Mapped[bool] = mapped_column(default=False, server_default=false())

    __table_args__ = (
        Index(None, "person_id"),
        Index(
            "ix_report_drafts_unsent_at",
            "unsent_at",
            sqlite_where=sql("unsent_at IS NOT NULL"),
            postgresql_where=sql("unsent_at IS NOT NULL"),
        ),
        Index(
            "ix_report_drafts_written",
            "person_id",
            unique=True,
            sqlite_where=sql("waits_until IS NULL"),
            postgresql_where=sql("waits_until IS NULL"),
        ),
    )

    def lie(self, *, at: datetime) -> None:
        """Let the draft lie from now on: if nothing is done with it for `LIES_FOR`, its person is told, once.

        A draft that holds nothing yet is no report that could be sent, and one that waits says itself why it does.
        """
        tells = not self.unsent_told and self.waits_until is None and bool(self.text or self.files)
        self.unsent_at = at + LIES_FOR if tells else None

    @property
    def report(self) -> Report:
        """The report as it stands; it comes from a group, or from the messages that the draft is made of."""
        messages = {"messages": [one["message_id"] for one in self.messages]}
        return Report.of(self, files=self.files, origin=self.from_group["origin"] if self.from_group else messages)


class DispositionDraft(TakenOut, Base):
    """Ticked instructions and a note with its files, before the task is forwarded.

    `to_id` is the colleague who was chosen to get the task, until a reason is given. `back_to` is the number of the
    step to which the disposition is to go back, None for the step before. `span` is the time that was chosen to be
    asked for, until a reason is given. `consult_post` and `consult_id` are the post, and the person of it, who
    are to be asked for their opinion.
    """

    __tablename__ = "disposition_drafts"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"))
    instructions: Mapped[list[str]]
    note: Mapped[str] = mapped_column(Text, default="")
    note_files: Mapped[list[dict[str, Any]] | None] = mapped_column("files")
    to_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    back_to: Mapped[int | None]
    span: Mapped[str | None] = mapped_column(String(32))
    consult_post: Mapped[str | None] = mapped_column(String(64))
    consult_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    __table_args__ = (UniqueConstraint("person_id", "task_id"),)

    @property
    def files(self) -> list[dict[str, Any]]:
        """The files of the note; a draft that was begun before notes had any keeps none."""
        return self.note_files or []

    @files.setter
    def files(self, files: list[dict[str, Any]]) -> None:
        self.note_files = files
