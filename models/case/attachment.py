"""Files that travel with a case."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Identity


class AttachmentKind(StrEnum):
    """The kinds of file Telegram lets a bot send again by file_id."""

    PHOTO = "photo"
    DOCUMENT = "document"
    VIDEO = "video"
    VOICE = "voice"
    AUDIO = "audio"
    VIDEO_NOTE = "video-note"


class Keeping(StrEnum):
    """What the archive has of a file.

    It waits to be fetched; is kept; is too large to be fetched from Telegram; is not handed out by Telegram any more;
    or was kept and then erased.
    """

    WAITING = "waiting"
    KEPT = "kept"
    TOO_LARGE = "too-large"
    GONE = "gone"
    ERASED = "erased"


_WAITING = sql("keeping = 'waiting'")
_WITH_CONTENT = sql("content IS NOT NULL")


class TakenOut:
    """The column of a draft that keeps the files which its writer took out, so that they can be put back."""

    taken_out: Mapped[list[dict[str, Any]] | None]

    def lay_aside(self, file: "FileRecord") -> None:
        """Keep a file that was taken out."""
        self.taken_out = [*(self.taken_out or []), file]

    def take_back(self) -> "FileRecord | None":
        """Return the file that was taken out last, which is kept there no longer; None where there is none."""
        if not self.taken_out:
            return None
        *rest, last = self.taken_out
        self.taken_out = rest or None
        return last


class Attachment(Base):
    """A file that travels with the case by Telegram's file_id, and soon after by its content in the archive.

    `album` is the one in which it came, None for a file by itself: files of an album that come late go where it is.
    `seconds` is how long a recording lasts, None for a photo, a document, and what came before it was kept.
    `content` names the row of its content, once it was fetched. While it waits, `tries` counts how often Telegram has
    refused to hand it out, and it is fetched not before `fetch_at`; None is at once.
    """

    __tablename__ = "attachments"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    task_id: Mapped[int | None] = mapped_column(ForeignKey("tasks.id"))
    revision: Mapped[int | None]
    kind: Mapped[AttachmentKind]
    file_id: Mapped[str] = mapped_column(String(255))
    file_unique_id: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(255), default="")
    size: Mapped[int] = mapped_column(default=0)
    caption: Mapped[str] = mapped_column(Text, default="")
    added_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    added_at: Mapped[datetime]
    album: Mapped[str | None] = mapped_column(String(64))
    seconds: Mapped[int | None]
    keeping: Mapped[Keeping] = mapped_column(default=Keeping.WAITING, server_default=Keeping.WAITING.value)
    content: Mapped[str | None] = mapped_column(ForeignKey("contents.digest"))
    tries: Mapped[int] = mapped_column(default=0, server_default="0")
    fetch_at: Mapped[datetime | None]

    __table_args__ = (
        Index("ix_attachments_waiting", "id", sqlite_where=_WAITING, postgresql_where=_WAITING),
        Index("ix_attachments_content", "content", sqlite_where=_WITH_CONTENT, postgresql_where=_WITH_CONTENT),
        Index(None, "case_id"),
        Index(
            "ix_attachments_album",
            "added_by_id",
            "album",
            sqlite_where=sql("album IS NOT NULL"),
            postgresql_where=sql("album IS NOT NULL"),
        ),
    )

    @property
    def record(self) -> "FileRecord":
        """The file by itself, to be attached once more."""
        return {
            "kind": self.kind,
            "file_id": self.file_id,
            "file_unique_id": self.file_unique_id,
            "name": self.name,
            "size": self.size,
            "caption": self.caption,
            **({"album": self.album} if self.album is not None else {}),
            **({"seconds": self.seconds} if self.seconds is not None else {}),
        }


def file_digest(file: Mapping[str, Any]) -> str:
    """Return the digest of everything we keep of a file, given as a record or as a row. The journal has it.

    The length of a recording is part of it only where one is kept: older entries know of none.
    """
    kept = [str(file["kind"]), file["file_id"], file["file_unique_id"]]
    kept += [file.get("name", ""), file.get("size", 0), file.get("caption", "")]
    kept += [file["seconds"]] if file.get("seconds") is not None else []
    return hashlib.sha256(json.dumps(kept, default=str).encode()).hexdigest()


def files_payload(files: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return what the payload of a journal entry says of files: their identifiers, and a digest of each."""
    return {
        "files": [file["file_unique_id"] for file in files],
        "attached": [file_digest(file) for file in files],
    }


FileRecord = dict[str, Any]
"""A file as a draft keeps it: kind, file_id, file_unique_id, name, size, caption.

A recording has its seconds besides, and a file of an album the album.
"""
