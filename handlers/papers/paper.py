"""A paper or a picture as data: which template lays it out, and the words that stand on it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from models.case.issued_paper import PaperKind

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


class Verbatim(str):
    """Words of ours that are printed as they are: a link, a digest, the modules of a QR code.

    Nothing in them is replaced, and no line breaks within them except where the template says so.
    """

    __slots__ = ()


class Sheet(StrEnum):
    """What comes of a template: pages to print, or one picture for a screen."""

    PDF = "pdf"
    PNG = "png"


@dataclass(frozen=True, slots=True)
class Issue:
    """What is written down of an official paper before it leaves: which it is, its code, and of what it tells.

    `sequence` is the last entry of the case's journal of which it tells.
    """

    kind: PaperKind
    case_id: int
    code: str
    sequence: int


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper or picture. Equal papers have equal bytes.

    `template` names a file of the room that sets papers, `name` is that of the file which comes of it; both without
    their endings. `content` is a frozen dataclass of texts, numbers, truth values, `None`, sequences and such
    dataclasses; its field names are what the template reads. Dates and durations are worded before. `told_at` is the
    instant of which the paper tells; a PDF is dated by it. `issue` is None for what nobody can ask the bot about.
    """

    template: str
    content: "DataclassInstance"
    told_at: datetime
    sheet: Sheet = Sheet.PDF
    name: str = "naskah"
    issue: Issue | None = None
