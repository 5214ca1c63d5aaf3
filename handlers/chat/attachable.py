"""The files that a case takes: pictures, recordings and documents, no programs, nothing too large for a bot.

A file is passed on by Telegram's file_id. It is never fetched or opened here, and its name is only shown.
"""

from models.refusals.refusal import Refusal
from models.refusals.reports import FileNotAccepted, FileTooLarge

SIZE_LIMIT = 20
"""Megabytes of a file at most. The Bot API lets a bot fetch no larger file, and a copy of the record needs them all."""

_MEGABYTE = 1024 * 1024
_ENDING_LENGTH = 16
_TYPE_LENGTH = 64

_DOCUMENTS = "pdf txt log md csv tsv rtf doc docx odt xls xlsx ods ppt pptx odp json xml yaml yml sql har eml msg"
_PICTURES = "png jpg jpeg gif webp bmp tif tiff heic heif"
_RECORDINGS = "mp4 mov 3gp webm mkv avi mp3 m4a aac ogg oga opus wav amr"
_ARCHIVES = "zip rar 7z gz"

ENDINGS = frozenset(f"{_DOCUMENTS} {_PICTURES} {_RECORDINGS} {_ARCHIVES}".split())
"""The endings of accepted names. Formats with macros or scripts are not among them; archives are not opened."""

_TYPES = ("image/", "video/", "audio/", "text/plain", "application/pdf")
"""The beginnings of accepted types, for files whose name has no ending."""

_PROGRAMS = frozenset(
    {
        "application/vnd.android.package-archive",
        "application/java-archive",
        "application/x-executable",
        "application/x-ms-installer",
        "application/x-msdos-program",
        "application/x-msdownload",
        "application/x-msi",
        "application/x-sh",
        "text/html",
        "image/svg+xml",
    }
)
"""Types that are refused whatever the name is: a phone may open a file by its type."""


def why_not(*, name: str, mime: str, size: int, sent_as_document: bool) -> Refusal | None:
    """Return the refusal of a file that a case does not take, None for an accepted file.

    `name` and `mime` may be empty. `size` is in bytes, 0 where Telegram does not give it. A photo, a video or a
    recording needs no name, because Telegram made it; a document needs an accepted ending, or no ending and an accepted
    type. Dots and blanks at the end of a name are ignored, as Windows does, and so are the parameters of a type.
    """
    if size > SIZE_LIMIT * _MEGABYTE:
        return FileTooLarge(SIZE_LIMIT)
    ending, plain_type = _ending(name), mime.partition(";")[0].strip().lower()
    if plain_type in _PROGRAMS or (ending and ending not in ENDINGS):
        return FileNotAccepted(f".{ending}"[:_ENDING_LENGTH] if ending else plain_type[:_TYPE_LENGTH])
    if sent_as_document and not ending and not plain_type.startswith(_TYPES):
        return FileNotAccepted(plain_type[:_TYPE_LENGTH] or "?")
    return None


def _ending(name: str) -> str:
    end = len(name.replace(".", " ").rstrip())
    _, dot, ending = name[:end].lower().rpartition(".")
    return ending.strip() if dot else ""
