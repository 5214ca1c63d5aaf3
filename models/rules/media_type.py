"""What the bytes of a file say that it is. What its sender called it counts for nothing.

The signatures are those of the formats' own specifications, as in the file command's magic(5).
"""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

UNKNOWN = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class MediaType:
    """A type such as `image/jpeg`, and the ending of names that stands for it, without the dot."""

    name: str
    ending: str


_BEGINNINGS: tuple[tuple[bytes, MediaType], ...] = (
    (b"\xff\xd8\xff", MediaType("image/jpeg", "jpg")),
    (b"\x89PNG\r\n\x1a\n", MediaType("image/png", "png")),
    (b"GIF87a", MediaType("image/gif", "gif")),
    (b"GIF89a", MediaType("image/gif", "gif")),
    (b"II*\x00", MediaType("image/tiff", "tif")),
    (b"MM\x00*", MediaType("image/tiff", "tif")),
    (b"BM", MediaType("image/bmp", "bmp")),
    (b"%PDF-", MediaType("application/pdf", "pdf")),
    (b"{\\rtf", MediaType("application/rtf", "rtf")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", MediaType("application/x-ole-storage", "ole")),
    (b"OggS", MediaType("audio/ogg", "ogg")),
    (b"ID3", MediaType("audio/mpeg", "mp3")),
    (b"\xff\xfb", MediaType("audio/mpeg", "mp3")),
    (b"\xff\xfa", MediaType("audio/mpeg", "mp3")),
    (b"\xff\xf3", MediaType("audio/mpeg", "mp3")),
    (b"\xff\xf2", MediaType("audio/mpeg", "mp3")),
    (b"fLaC", MediaType("audio/flac", "flac")),
    (b"\x1aE\xdf\xa3", MediaType("video/x-matroska", "mkv")),
    (b"Rar!\x1a\x07", MediaType("application/vnd.rar", "rar")),
    (b"7z\xbc\xaf\x27\x1c", MediaType("application/x-7z-compressed", "7z")),
    (b"\x1f\x8b", MediaType("application/gzip", "gz")),
    # Programs get the ending of no program: nothing that is sent on may run by being opened.
    (b"MZ", MediaType("application/vnd.microsoft.portable-executable", "bin")),
    (b"\x7fELF", MediaType("application/x-elf", "bin")),
    (b"#!", MediaType("text/x-script", "bin")),
)

_OFFICE = "application/vnd.openxmlformats-officedocument."
_IN_ZIP: tuple[tuple[str, MediaType], ...] = (
    ("word/document.xml", MediaType(f"{_OFFICE}wordprocessingml.document", "docx")),
    ("xl/workbook.xml", MediaType(f"{_OFFICE}spreadsheetml.sheet", "xlsx")),
    ("ppt/presentation.xml", MediaType(f"{_OFFICE}presentationml.presentation", "pptx")),
)
_ZIP = MediaType("application/zip", "zip")

_RIFF = {b"WEBP": MediaType("image/webp", "webp"), b"WAVE": MediaType("audio/wav", "wav")}
_MP4_AUDIO = (b"M4A ", b"M4B ")
_HEIF = (b"heic", b"heix", b"mif1", b"msf1")

_TEXT = MediaType("text/plain", "txt")
_OTHER = MediaType(UNKNOWN, "bin")
_NOT_IN_TEXT = bytes({*range(32), 127} - {*b"\t\n\r\f\x1b"})


def media_type(content: bytes) -> MediaType:
    """Return the type of a file by its bytes; `UNKNOWN` where they tell nothing."""
    for beginning, found in _BEGINNINGS:
        if content.startswith(beginning):
            return found
    for look in _LOOKS:
        told = look(content)
        if told is not None:
            return told
    return _OTHER


def _in_boxes(content: bytes) -> MediaType | None:
    """Tell what is built of ISO base media boxes: MP4 and what is like it."""
    if content[4:8] != b"ftyp":
        return None
    brand = content[8:12]
    if brand in _MP4_AUDIO:
        return MediaType("audio/mp4", "m4a")
    if brand in _HEIF:
        return MediaType("image/heic", "heic")
    return MediaType("video/quicktime", "mov") if brand == b"qt  " else MediaType("video/mp4", "mp4")


def _riff(content: bytes) -> MediaType | None:
    return _RIFF.get(content[8:12]) if content.startswith(b"RIFF") else None


def _zipped(content: bytes) -> MediaType | None:
    """Tell documents that are ZIP archives by what lies in them. Nothing is unpacked."""
    if not content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
        return _ZIP
    return next((found for name, found in _IN_ZIP if name in names), _ZIP)


def _text(content: bytes) -> MediaType | None:
    if not content or any(one in content for one in _NOT_IN_TEXT):
        return None
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return _TEXT


_LOOKS: tuple[Callable[[bytes], MediaType | None], ...] = (_in_boxes, _riff, _zipped, _text)
