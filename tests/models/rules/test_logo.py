"""The logo of an office: what is taken, what is refused in which words, and that it comes with the office file."""

import struct
import zlib
from pathlib import Path

import pytest

from models.rules.errors import InvalidOffice
from models.rules.logo import LARGEST, UnfitLogo, read_logo
from models.rules.office_file import load_office
from tests.models.rules.test_office_file import EXAMPLE


def png(width: int = 200, height: int = 240) -> bytes:
    """Return a picture of one colour, as a PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\x00" + b"\x0b\x55\x63" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def jpeg(width: int, height: int) -> bytes:
    """Return the beginning of a JPEG, up to where it says how large it is."""
    frame = b"\xff\xc2\x00\x11\x08" + struct.pack(">HH", height, width) + bytes(10)
    return b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(10) + frame


@pytest.mark.parametrize(
    ("content", "found"),
    [(png(), ("image/png", 200, 240)), (jpeg(300, 200), ("image/jpeg", 300, 200))],
    ids=["png", "jpeg"],
)
def test_what_the_bytes_say_decides_whatever_the_file_is_called(
    tmp_path: Path, content: bytes, found: tuple[str, int, int]
) -> None:
    (tmp_path / "lambang").write_bytes(content)
    logo = read_logo(tmp_path / "lambang")
    assert (logo.media_type, logo.width, logo.height) == found
    assert logo.content == content


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"<svg/>", "neither a PNG nor a JPEG"),
        (b"", "neither a PNG nor a JPEG"),
        (png(99, 200), "99 × 200 pixels"),
        (jpeg(200, 3001), "200 × 3001 pixels"),
        (b"\xff\xd8\xff\xe0", "0 × 0 pixels"),
        (png() + bytes(LARGEST), "more than 300 kB"),
    ],
    ids=["drawing", "empty", "small", "large", "cut", "heavy"],
)
def test_what_does_not_fit_a_letterhead_is_refused_in_words(tmp_path: Path, content: bytes, reason: str) -> None:
    (tmp_path / "lambang.png").write_bytes(content)
    with pytest.raises(UnfitLogo, match=reason):
        read_logo(tmp_path / "lambang.png")


def test_the_office_file_names_it_from_its_own_folder(tmp_path: Path) -> None:
    file = tmp_path / "kantor.toml"
    file.write_text(
        EXAMPLE.read_text(encoding="utf-8").replace("zone =", 'logo = "gambar/lambang.png"\nzone =', 1), "utf-8"
    )
    with pytest.raises(InvalidOffice, match=r"lambang\.png cannot be read \(No such file"):
        load_office(file)
    (tmp_path / "gambar").mkdir()
    (tmp_path / "gambar" / "lambang.png").write_bytes(png())
    office = load_office(file)
    assert office.logo is not None
    assert office.logo.content == png()
    assert load_office(EXAMPLE).logo is None
