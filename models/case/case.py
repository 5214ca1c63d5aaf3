"""A case: one report and its journey through the steps of its SOP, as it is kept.

What may be done to a case, and by whom, is in `models/case/proceeding.py` and the rooms it is made of.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, WriteOnlyMapped, mapped_column, relationship

from models.base import Base, Identity
from models.case.attachment import Attachment, FileRecord
from models.case.consultation import Consultation
from models.case.evaluation import Evaluation
from models.case.extension import ExtensionRequest
from models.case.joined_report import JoinedReport
from models.case.question import Question, Remark
from models.case.report import Report, Reported
from models.case.sop_version import SopVersion
from models.case.task import Task
from models.journal.chain import Chain
from models.mail.card import Card
from models.mail.notice import Notice
from models.office.person import Person
from models.rules.actions import Outcome
from models.rules.complete import complete
from models.rules.sop import Sop
from models.rules.step_kinds import StepKind


class CaseState(StrEnum):
    """Where a case stands.

    It is under way, finished through its last step, declined, moved to another SOP, withdrawn by its reporter,
    or merged with another case, of which it is a part.
    """

    OPEN = "open"
    CLOSED = "closed"
    DECLINED = "declined"
    MOVED = "moved"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"

    @classmethod
    def after(cls, outcome: Outcome) -> "CaseState":
        """Return the state of a case after a task that ended so, where no other step follows.

        Raises `ValueError` for an outcome after which another step always follows.
        """
        state = _ENDINGS[outcome]
        if state is cls.OPEN:
            raise ValueError(f"no case ends with a task that was {outcome}")
        return state


_ENDINGS: Mapping[Outcome, CaseState] = complete(
    Outcome,
    dict.fromkeys((kind.rules.outcome for kind in StepKind), CaseState.CLOSED),
    {
        Outcome.DECLINED: CaseState.DECLINED,
        Outcome.MOVED: CaseState.MOVED,
        Outcome.WITHDRAWN: CaseState.WITHDRAWN,
        Outcome.MERGED: CaseState.MERGED,
        Outcome.SENT_BACK: CaseState.OPEN,
        Outcome.RETURNED: CaseState.OPEN,
        Outcome.RECALLED: CaseState.OPEN,
    },
)
"""The state of a case whose last task ended so. What carries a case on closes it after the last step."""


WHOLE = sql("closed_at IS NOT NULL AND erased_in IS NULL")
"""Whether a case is over and has the words of its reporter still, as its index has it."""

SAID = sql("helped IS NOT NULL")
"""Whether the reporter of a case has said whether the result helped, as its index has it."""


SHARED = sql("joined > 0")
"""Whether others report a case beside its first reporter, as its index has it."""


class Case(Reported, Base):
    """One report, its number such as `SW-2026-0147`, and everything that became of it.

    `erased_in` is the entry of its journal that tells that the words and files of the reporter were erased, None where
    they were not. `helped` is the reporter's verdict, said at `helped_at`; `quick` and `clear` are what they said of a
    result that helped, each None while they said nothing of it. `well` is the feedback of the superior of the person
    who handled the case, first given at `appraised_at`; who gave it last, and in which capacity, stands beside it.

    `joined` counts the reports of others that are a part of the case now; they are read only where there are some.
    `joined_to_id` is the case of which this one is a part, None where it is none.
    """

    __tablename__ = "cases"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    number: Mapped[str] = mapped_column(String(32), unique=True)
    sop_version_id: Mapped[int] = mapped_column(ForeignKey("sop_versions.id"))
    chain_id: Mapped[int] = mapped_column(ForeignKey("journal_chains.id"), unique=True)
    reporter_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    origin: Mapped[dict[str, Any]]
    state: Mapped[CaseState]
    round: Mapped[int]
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    helped: Mapped[bool | None]
    helped_at: Mapped[datetime | None]
    quick: Mapped[bool | None]
    clear: Mapped[bool | None]
    well: Mapped[bool | None]
    appraised_at: Mapped[datetime | None]
    appraised_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    appraised_as: Mapped[str | None] = mapped_column(String(80))
    erased_in: Mapped[int | None]
    joined: Mapped[int] = mapped_column(default=0, server_default="0")
    joined_to_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))

    sop_version: Mapped[SopVersion] = relationship(lazy="raise")
    chain: Mapped[Chain] = relationship(lazy="raise")
    reporter: Mapped[Person] = relationship(lazy="raise", foreign_keys=[reporter_id])
    tasks: Mapped[list[Task]] = relationship(lazy="raise", order_by=Task.id)
    evaluations: Mapped[list[Evaluation]] = relationship(lazy="raise", order_by=Evaluation.revision)
    joined_reports: Mapped[list[JoinedReport]] = relationship(
        lazy="raise", foreign_keys=[JoinedReport.case_id], order_by=JoinedReport.id
    )
    attachments: WriteOnlyMapped[Attachment] = relationship()
    questions: WriteOnlyMapped[Question] = relationship()
    remarks: WriteOnlyMapped[Remark] = relationship()
    extensions: WriteOnlyMapped[ExtensionRequest] = relationship()
    consultations: WriteOnlyMapped[Consultation] = relationship()
    cards: WriteOnlyMapped[Card] = relationship()
    notices: WriteOnlyMapped[Notice] = relationship()
    live_cards: Mapped[list[Card]] = relationship(
        lazy="raise", viewonly=True, primaryjoin="and_(Case.id == Card.case_id, Card.live)", order_by="Card.id"
    )

    __table_args__ = (
        Index(None, "reporter_id", "id"),
        Index(
            "ix_cases_previous",
            "previous_case_id",
            sqlite_where=sql("previous_case_id IS NOT NULL"),
            postgresql_where=sql("previous_case_id IS NOT NULL"),
        ),
        # SQLite uses a partial index only where its condition is written as the query writes it.
        Index("ix_cases_whole", "closed_at", sqlite_where=WHOLE, postgresql_where=WHOLE),
        Index(
            "ix_cases_said",
            *("closed_at", "helped", "sop_version_id", "quick", "clear"),
            sqlite_where=SAID,
            postgresql_where=SAID,
        ),
        # Those who said the same of a result stand together, so that they are counted without a look at each case.
        Index(
            "ix_cases_verdict",
            *("helped", "quick", "clear", "closed_at", "sop_version_id"),
            sqlite_where=SAID,
            postgresql_where=SAID,
        ),
        Index("ix_cases_shared", "closed_at", sqlite_where=SHARED, postgresql_where=SHARED),
        Index("ix_cases_open", "id", sqlite_where=sql("state = 'open'"), postgresql_where=sql("state = 'open'")),
    )

    @property
    def sop(self) -> Sop:
        """The version of the SOP that the case was started under."""
        return self.sop_version.sop

    def report(self, files: Sequence[FileRecord]) -> Report:
        """Return what was reported, with `files`, as it could be reported again."""
        return Report.of(self, files=files, origin=self.origin)

    @property
    def subject(self) -> str:
        """The first line of the report, whole; a screen shortens it to what it has room for."""
        return " ".join(self.text.strip().partition("\n")[0].split())

    @property
    def open_task(self) -> Task | None:
        """The task that waits for a decision; an open case has exactly one."""
        return next((task for task in self.tasks if task.is_open), None)

    @property
    def submitted(self) -> Evaluation | None:
        """The last submitted revision of the Laporan Evaluasi."""
        return next((one for one in reversed(self.evaluations) if one.submitted_at is not None), None)

    @property
    def evaluation_draft(self) -> Evaluation | None:
        """The revision being written, if any."""
        return next((one for one in reversed(self.evaluations) if one.submitted_at is None), None)
