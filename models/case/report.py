"""What an employee reports: how it is kept, handed on, and written into the journal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.case.attachment import FileRecord, files_payload
from models.rules.classification import Classification


class Reported:
    """The columns of a report. A draft has them, and so has the case that is made of it."""

    text: Mapped[str] = mapped_column(Text, default="")
    classification: Mapped[Classification] = mapped_column(default=Classification.ORDINARY)
    previous_case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What an employee reports: the words, how urgent, after which earlier case, the files, from which group.

    No field has a default, so that each place that makes a report says what becomes of each field.
    """

    text: str
    classification: Classification
    previous_case_id: int | None
    files: Sequence[FileRecord]
    origin: Mapping[str, Any]

    @classmethod
    def of(cls, kept: Reported, *, files: Sequence[FileRecord], origin: Mapping[str, Any]) -> Self:
        """Return the report that a draft or a case keeps, with what is kept beside its columns."""
        return cls(
            text=kept.text,
            classification=Classification(kept.classification),
            previous_case_id=kept.previous_case_id,
            files=files,
            origin=origin,
        )

    @property
    def columns(self) -> dict[str, Any]:
        """The columns of `Reported` that keep the report."""
        return {name: getattr(self, name) for name in Reported.__annotations__}

    @property
    def payload(self) -> dict[str, Any]:
        """What the journal keeps of the report."""
        return {
            "text": self.text,
            "classification": self.classification.value,
            "previous": self.previous_case_id,
            **files_payload(self.files),
        }


def columns_of_payload(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns of a case as the journal's payload of its report has them; it leaves out what is empty."""
    return {
        "text": payload.get("text", ""),
        "classification": payload["classification"],
        "previous_case_id": payload.get("previous"),
    }
