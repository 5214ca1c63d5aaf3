"""Which files a case takes: what people send to show a problem, nothing that runs, nothing a bot could not fetch.

A file travels by Telegram's file_id alone. It is never fetched or opened here, and its name is only ever shown.
"""

from models.refusals import FileNotAccepted, FileTooLarge, Refusal

SIZE_LIMIT = 20
"""Megabytes of a file: the most that the Bot API lets a bot fetch, so that a record can be taken out whole."""

_MEGABYTE = 1024 * 1024
_ENDING_LENGTH = 16
_TYPE_LENGTH = 64

_DOCUMENTS = "pdf txt log md csv tsv rtf doc docx odt xls xlsx ods ppt pptx odp json xml yaml yml sql har eml msg"
_PICTURES = "png jpg jpeg gif webp bmp tif tiff heic heif"
_RECORDINGS = "mp4 mov 3gp webm mkv avi mp3 m4a aac ogg oga opus wav amr"
_ARCHIVES = "zip rar 7z gz"

ENDINGS = frozenset(f"{_DOCUMENTS} {_PICTURES} {_RECORDINGS} {_ARCHIVES}".split())
"""The endings of names that are taken. Formats with macros or scripts are left out, archives are not looked into."""

_TYPES = ("image/", "video/", "audio/", "text/plain", "application/pdf")
"""How the types of files without an ending begin that are taken."""

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
"""Types that are not taken whatever the name says: a phone may open a file by its type."""


def why_not(*, name: str, mime: str, size: int, sent_as_document: bool) -> Refusal | None:
    """Return why a case does not take a file, None if it does.

    `name` and `mime` may be empty, `size` is in bytes, 0 where Telegram does not tell it. What Telegram itself made of
    a photo, a video or a recording needs no name; a document does, or a type that speaks for it. Dots and blanks at the
    end of a name are passed over, as Windows does, and so is what follows a type, as its character set.
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
