"""The logo of an office: a picture beside its office file, checked when the file is read."""

import struct
from dataclasses import dataclass
from pathlib import Path

LARGEST = 300_000
"""Bytes of a logo at most: each paper holds it once."""

LEAST, MOST = 100, 3_000
"""Pixels that a logo is wide and high at least and at most; 20 mm in print have 236 pixels at 300 for each inch."""

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_HEAD = 24
_JPEG = b"\xff\xd8\xff"
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
"""The markers of JPEG after which the size of the picture stands."""


class UnfitLogo(ValueError):
    """The file is no logo for a paper. The sentence says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture as its file has it, PNG or JPEG, with its size in pixels."""

    content: bytes
    media_type: str
    width: int
    height: int


def read_logo(path: Path) -> Logo:
    """Return the logo in a file. Raises `UnfitLogo`, also where the file cannot be read."""
    try:
        if path.stat().st_size > LARGEST:
            raise UnfitLogo(f"{path} has more than {LARGEST // 1000} kB. Save it smaller: 600 pixels are enough.")
        content = path.read_bytes()
    except OSError as error:
        raise UnfitLogo(f"{path} cannot be read ({error.strerror or type(error).__name__}).") from None
    if content.startswith(_PNG) and len(content) >= _PNG_HEAD:
        media_type, (width, height) = "image/png", struct.unpack(">II", content[16:_PNG_HEAD])
    elif content.startswith(_JPEG):
        media_type, (width, height) = "image/jpeg", _size_of_jpeg(content)
    else:
        raise UnfitLogo(f"{path} is neither a PNG nor a JPEG. Save it as a PNG.")
    if not (LEAST <= width <= MOST and LEAST <= height <= MOST):
        raise UnfitLogo(f"{path} has {width} × {height} pixels. Each side needs {LEAST} to {MOST}.")
    return Logo(content, media_type, width, height)


def _size_of_jpeg(content: bytes) -> tuple[int, int]:
    """Return width and height in pixels; 0 and 0 where no frame says so."""
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:  # noqa: PLR2004 - every marker begins so
        if content[at + 1] in _FRAMES:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + int.from_bytes(content[at + 2 : at + 4])
    return 0, 0
