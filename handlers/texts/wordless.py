"""Words for what came without any: a recording, photos or documents are told by what they are.

They become part of the record, which is kept in the office's language, and are the subject of a report until its
reporter writes words of their own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handlers.texts.shorten import shortened
from models.case.attachment import AttachmentKind, FileRecord
from models.rules.complete import complete

_TOGETHER = 500
"""Characters of all these words together."""

_NAME = 60
"""Characters of the name of one file."""

_MINUTE = 60
_HOUR = 60 * _MINUTE


@dataclass(frozen=True, slots=True)
class _Wording:
    """How files of one kind are told: the sign, one of them, several of them, and whether one goes by its name."""

    sign: str
    one: str
    several: str
    by_name: bool = False


_WORDINGS: Mapping[AttachmentKind, _Wording] = complete(
    AttachmentKind,
    {
        AttachmentKind.PHOTO: _Wording("📷", "Foto", "foto"),
        AttachmentKind.DOCUMENT: _Wording("📄", "Dokumen", "dokumen", by_name=True),
        AttachmentKind.VIDEO: _Wording("🎬", "Video", "video"),
        AttachmentKind.VOICE: _Wording("🎤", "Rekaman suara", "rekaman suara"),
        AttachmentKind.AUDIO: _Wording("🎵", "Audio", "audio", by_name=True),
        AttachmentKind.VIDEO_NOTE: _Wording("📹", "Video bulat", "video bulat"),
    },
)


def described(files: Sequence[FileRecord]) -> str:
    """Return what `files` are, in one line: `🎤 Rekaman suara, 0.30`, `📷 2 foto`, `📄 galat.pdf`; "" for none.

    Kinds stand in the order in which they first came.
    """
    kinds = dict.fromkeys(AttachmentKind(file["kind"]) for file in files)
    told = [_told(kind, [file for file in files if file["kind"] == kind]) for kind in kinds]
    return shortened(" · ".join(told), _TOGETHER)


def at_hand(text: str, files: Sequence[FileRecord]) -> str:
    """Return the words of somebody who wrote `text`, or else what their `files` are."""
    return text if text.strip() else described(files)


def _told(kind: AttachmentKind, files: Sequence[FileRecord]) -> str:
    wording = _WORDINGS[kind]
    named = [file["name"] for file in files if file["name"]] if wording.by_name else []
    if len(named) == len(files):
        what = ", ".join(shortened(name, _NAME) for name in named)
    else:
        what = wording.one if len(files) == 1 else f"{len(files)} {wording.several}"
    lasting = sum(file.get("seconds") or 0 for file in files)
    return f"{wording.sign} {what}" + (f", {_clock(lasting)}" if lasting else "")


def _clock(seconds: int) -> str:
    """Return a length as a player shows it, with the full stop of Indonesian: `0.30`, `12.05`, `1.02.07`."""
    hours, rest = divmod(seconds, _HOUR)
    minutes, left = divmod(rest, _MINUTE)
    return f"{hours}.{minutes:02d}.{left:02d}" if hours else f"{minutes}.{left:02d}"
