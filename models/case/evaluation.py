"""The Laporan Evaluasi: written in parts by the JFT Prakom, in numbered revisions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Self, assert_never

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Identity
from models.case.attachment import TakenOut


class Part(StrEnum):
    """The parts of a Laporan Evaluasi: temuan, penyebab, tindakan, hasil, rekomendasi."""

    FINDINGS = "findings"
    CAUSE = "cause"
    ACTION = "action"
    RESULT = "result"
    RECOMMENDATION = "recommendation"


@dataclass(frozen=True, slots=True)
class Offered:
    """The last Laporan Evaluasi that was handed in for a closed case."""

    case_id: int
    number: str
    closed_at: datetime
    parts: Mapping[Part, str]


class Evaluation(TakenOut, Base):
    """One revision. It is a draft until `submitted_at`; a submitted revision is never changed."""

    __tablename__ = "evaluations"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"))
    revision: Mapped[int]
    findings: Mapped[str] = mapped_column(Text, default="")
    cause: Mapped[str] = mapped_column(Text, default="")
    action: Mapped[str] = mapped_column(Text, default="")
    result: Mapped[str] = mapped_column(Text, default="")
    recommendation: Mapped[str] = mapped_column(Text, default="")
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    saved_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    submitted_as: Mapped[str | None] = mapped_column(String(80))

    __table_args__ = (UniqueConstraint("case_id", "revision"),)

    @classmethod
    def after(cls, earlier: "Evaluation | None", *, author_id: int, at: datetime) -> Self:
        """Begin the revision after `earlier`, with its words to start from; revision 1 begins empty."""
        draft = cls(
            revision=earlier.revision + 1 if earlier else 1,
            author_id=author_id,
            saved_at=at,
            submitted_at=None,
            submitted_as=None,
        )
        for part in Part:
            draft.write(part, earlier.text(part) if earlier else "", at=at)
        return draft

    def text(self, part: Part) -> str:
        """Return what stands in `part`; empty when nothing does."""
        match part:
            case Part.FINDINGS:
                return self.findings
            case Part.CAUSE:
                return self.cause
            case Part.ACTION:
                return self.action
            case Part.RESULT:
                return self.result
            case Part.RECOMMENDATION:
                return self.recommendation
            case _:
                assert_never(part)

    def write(self, part: Part, text: str, *, at: datetime) -> None:
        """Put `text` into `part`, in place of what stood there."""
        match part:
            case Part.FINDINGS:
                self.findings = text
            case Part.CAUSE:
                self.cause = text
            case Part.ACTION:
                self.action = text
            case Part.RESULT:
                self.result = text
            case Part.RECOMMENDATION:
                self.recommendation = text
            case _:
                assert_never(part)
        self.saved_at = at

    @property
    def parts(self) -> Mapping[Part, str]:
        """All parts in the report's order."""
        return {part: self.text(part) for part in Part}

    @property
    def missing(self) -> tuple[Part, ...]:
        """The parts that are still empty."""
        return tuple(part for part, text in self.parts.items() if not text.strip())

    def next_missing(self, part: Part) -> Part | None:
        """Return the first empty part behind `part`, from the beginning again behind the last; None without any."""
        parts = list(Part)
        place = parts.index(part) + 1
        return next((one for one in (*parts[place:], *parts[:place]) if one in self.missing), None)

    def changed_since(self, earlier: "Evaluation | None") -> tuple[Part, ...]:
        """Return the parts whose words differ from `earlier`; none for the first revision."""
        if earlier is None:
            return ()
        return tuple(part for part in Part if self.text(part) != earlier.text(part))
