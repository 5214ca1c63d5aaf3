"""Files the stand-in keeps in memory and hands out by `file_id`, as Telegram does."""

from __future__ import annotations

import base64
import functools
import hashlib
import struct
import zlib
from dataclasses import dataclass
from enum import StrEnum
from itertools import count

from bot.sandbox.refusals import bad_request

DOWNLOAD_LIMIT = 20 * 1024 * 1024
"""Bytes a bot may download through getFile (Bot API: 20 MB)."""

FILLER_LIMIT = 64 * 1024
"""Bytes really made up for a file of which only the size was given."""


class FileKind(StrEnum):
    """What a file was sent as; the field it stands in on the Bot API's Message."""

    PHOTO = "photo"
    DOCUMENT = "document"
    VIDEO = "video"
    VOICE = "voice"
    AUDIO = "audio"
    VIDEO_NOTE = "video_note"


_TINTS = ((79, 134, 176), (94, 160, 120), (190, 138, 86), (150, 108, 170), (176, 98, 104))
_CAPITALISED = {kind: kind.value.title().replace("_", "") for kind in FileKind}
_MIME = {
    FileKind.PHOTO: "image/png",
    FileKind.DOCUMENT: "application/octet-stream",
    FileKind.VIDEO: "video/mp4",
    FileKind.VOICE: "audio/ogg",
    FileKind.AUDIO: "audio/mpeg",
    FileKind.VIDEO_NOTE: "video/mp4",
}
_SECONDS = {FileKind.VIDEO: 7, FileKind.VOICE: 4, FileKind.AUDIO: 60, FileKind.VIDEO_NOTE: 9}
"""How long a recording lasts of which only its kind was given."""

_EXTENSION = {
    FileKind.PHOTO: "png",
    FileKind.DOCUMENT: "bin",
    FileKind.VIDEO: "mp4",
    FileKind.VOICE: "ogg",
    FileKind.AUDIO: "mp3",
    FileKind.VIDEO_NOTE: "mp4",
}


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file: `size` is what Telegram reports; `content` may be shorter for made-up files.

    `seconds` is how long a recording lasts, as Telegram reports it; 0 for a photo or a document. `sized` is whether
    Telegram reports the size at all: the Bot API makes it optional.
    """

    file_id: str
    unique_id: str
    kind: FileKind
    name: str
    mime: str
    size: int
    content: bytes
    thumbnail: StoredFile | None = None
    seconds: int = 0
    sized: bool = True

    @property
    def whole(self) -> bytes:
        """The bytes that a bot downloads: as many as Telegram reports, zeros where the content was not made up."""
        return self.content.ljust(self.size, b"\0")

    @property
    def path(self) -> str:
        """The `file_path` that getFile answers with."""
        extension = self.name.rpartition(".")[2] or "bin"
        return f"{self.kind.value}s/file_{self.unique_id}.{extension}"


class FileStore:
    """All files by id and by path. Ids are opaque, different per kind, and the same in every run."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}
        self._ordinals = count(1)

    def add(
        self,
        kind: FileKind,
        *,
        name: str | None = None,
        mime: str | None = None,
        size: int | None = None,
        content: bytes | None = None,
        seconds: int | None = None,
        sized: bool = True,
    ) -> StoredFile:
        """Keep a file and return it. Without `content` a photo gets a drawn placeholder, others filler bytes.

        A photo also has a small size with an id of its own: a bot that passes that one on sends `kecil-…`.
        """
        ordinal = next(self._ordinals)
        name = name or f"{kind.value}-{ordinal}.{_EXTENSION[kind]}"
        if content is None:
            if kind is FileKind.PHOTO:
                content = placeholder(ordinal % len(_TINTS))
            else:
                wanted = 2048 if size is None else size
                content = bytes(min(wanted, FILLER_LIMIT))
        mime = mime or _MIME[kind]
        thumbnail = None
        if kind is FileKind.PHOTO:
            thumbnail = self._keep(
                StoredFile(*_ids(f"small {ordinal}"), kind, f"kecil-{name}", mime, 900, content[:900])
            )
        size = len(content) if size is None else size
        seconds = _SECONDS.get(kind, 0) if seconds is None else seconds
        ids = _ids(f"{kind.value} {ordinal}")
        return self._keep(StoredFile(*ids, kind, name, mime, size, content, thumbnail, seconds, sized))

    def _keep(self, file: StoredFile) -> StoredFile:
        self._by_id[file.file_id] = file
        self._by_path[file.path] = file
        return file

    def sendable(self, file_id: str, kind: FileKind) -> StoredFile:
        """Return the file to send as `kind`; refuses what Telegram refuses."""
        file = self.known(file_id)
        if file.kind is not kind:
            raise bad_request(f"can't use file of type {_CAPITALISED[file.kind]} as {_CAPITALISED[kind]}")
        return file

    def known(self, file_id: str) -> StoredFile:
        """Return the file with this id; refuses an id that was never given out."""
        file = self._by_id.get(file_id)
        if file is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return file

    def downloadable(self, file_id: str) -> StoredFile:
        """Return the file if a bot may download it."""
        file = self._by_id.get(file_id)
        if file is None:
            raise bad_request("invalid file_id")
        if file.size > DOWNLOAD_LIMIT:
            raise bad_request("file is too big")
        return file

    def at(self, path: str) -> StoredFile | None:
        """Return the file served under `path`, if any."""
        return self._by_path.get(path)


def _ids(seed: str) -> tuple[str, str]:
    """Return a file_id and a file_unique_id, opaque and the same in every run."""
    digest = hashlib.sha256(seed.encode()).digest()
    file_id = "AgAC" + base64.urlsafe_b64encode(digest * 2).decode()[:56]
    return file_id, base64.urlsafe_b64encode(digest[:11]).decode().rstrip("=")


@functools.cache
def placeholder(ordinal: int, width: int = 320, height: int = 220) -> bytes:
    """Draw a small PNG, soft diagonal bands whose tint depends on `ordinal`."""
    red, green, blue = _TINTS[ordinal % len(_TINTS)]
    rows = bytearray()
    for y in range(height):
        rows.append(0)
        for x in range(width):
            lift = 26 if (x + y + ordinal * 17) // 28 % 2 else 0
            shade = y * 40 // height
            rows += bytes(
                (min(255, red + lift - shade // 2), min(255, green + lift - shade // 2), min(255, blue + lift))
            )
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(rows), 9)), (b"IEND", b""))
    image = bytearray(b"\x89PNG\r\n\x1a\n")
    for name, body in chunks:
        image += struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
    return bytes(image)
