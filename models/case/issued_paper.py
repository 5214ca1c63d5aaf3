"""The papers of cases that were issued: what a person with such a paper in hand may ask about it."""

import hashlib
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base

ISSUED = "issue-paper"
"""The action of the entry that tells that a paper of the case was issued. It changes nothing that a paper tells."""


class PaperKind(StrEnum):
    """The papers of a case: Lembar Disposisi and Laporan Evaluasi."""

    DISPOSITION = "lembar-disposisi"
    EVALUATION = "laporan-evaluasi"


class IssuedPaper(Base):
    """One file that was issued as a paper of a case. `file` is the SHA-256 of its bytes in hexadecimal digits.

    `mark` is the SHA-256 of the code that stands on it (`mark_of`): the code itself is kept nowhere, so that nobody
    with the database can print it. `sequence` is the last entry of the case's journal of which the paper tells.
    """

    __tablename__ = "issued_papers"

    file: Mapped[str] = mapped_column(String(64), primary_key=True)
    mark: Mapped[str] = mapped_column(String(64))
    kind: Mapped[PaperKind]
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    sequence: Mapped[int]
    issued_at: Mapped[datetime]

    __table_args__ = (Index(None, "mark"), Index(None, "case_id"))


def mark_of(code: str) -> str:
    """Return by which mark a code is found again: its SHA-256 in hexadecimal digits."""
    return hashlib.sha256(code.encode(errors="replace")).hexdigest()
