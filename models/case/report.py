"""What an employee reports: how it is kept, handed on, and written into the journal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from sqlalchemy import ForeignKey, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from models.case.attachment import FileRecord, files_payload
from models.rules.urgency import Urgency

_CONFIDENTIAL = "rahasia"
"""The word for a confidential report in entries from before urgency and confidentiality were two fields."""


class Reported:
    """The columns of a report. A draft has them, and so has the case that is made of it."""

    text: Mapped[str] = mapped_column(Text, default="")
    urgency: Mapped[Urgency] = mapped_column(default=Urgency.ORDINARY)
    confidential: Mapped[bool] = mapped_column(default=False, server_default=false())
    previous_case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What an employee reports: the words, how urgent and whether confidential, after which earlier case, files, group.

    No field has a default, so that each place that makes a report says what becomes of each field.
    """

    text: str
    urgency: Urgency
    confidential: bool
    previous_case_id: int | None
    files: Sequence[FileRecord]
    origin: Mapping[str, Any]

    @classmethod
    def of(cls, kept: Reported, *, files: Sequence[FileRecord], origin: Mapping[str, Any]) -> Self:
        """Return the report that a draft or a case keeps, with what is kept beside its columns."""
        return cls(
            text=kept.text,
            urgency=Urgency(kept.urgency),
            confidential=kept.confidential,
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
            "urgency": self.urgency.value,
            "confidential": self.confidential,
            "previous": self.previous_case_id,
            **files_payload(self.files),
        }


def columns_of_payload(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns of a case as the journal's payload of its report has them; it leaves out what is empty."""
    return {
        "text": payload.get("text", ""),
        **_sifat(payload),
        "previous_case_id": payload.get("previous"),
    }


def _sifat(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return how urgent a report was and whether it was confidential.

    Entries written before these were two fields have one word for both. In them a confidential report has no urgency.
    """
    if "classification" not in payload:
        return {"urgency": payload["urgency"], "confidential": payload["confidential"]}
    word = payload["classification"]
    secret = word == _CONFIDENTIAL
    return {"urgency": Urgency.ORDINARY.value if secret else word, "confidential": secret}
