"""Which characters a font can show: its table `cmap`, as OpenType describes it."""

import struct
from collections.abc import Iterator
from pathlib import Path

_UNICODE = {(0, 3), (0, 4), (3, 1), (3, 10)}
"""Platform and encoding of the subtables whose characters are those of Unicode."""


def characters(font: Path) -> frozenset[int]:
    """Return the code points that the TrueType font at `font` has a glyph for. Raises `OSError`."""
    data = font.read_bytes()
    table = _table(data, b"cmap")
    count = _unsigned(data, table + 2)
    found: set[int] = set()
    for record in range(table + 4, table + 4 + 8 * count, 8):
        platform, encoding, offset = struct.unpack_from(">HHI", data, record)
        if (platform, encoding) in _UNICODE:
            found.update(_mapped(data, table + offset))
    return frozenset(found)


def _table(data: bytes, tag: bytes) -> int:
    """Return where the table with this tag begins. Raises `ValueError` where the font has none."""
    for record in range(12, 12 + 16 * _unsigned(data, 4), 16):
        name, _, offset, _ = struct.unpack_from(">4sIII", data, record)
        if name == tag:
            return int(offset)
    raise ValueError(f"the font has no table {tag!r}")


def _mapped(data: bytes, at: int) -> Iterator[int]:
    """Yield the characters of a subtable: format 4 is for the first 65,536 of Unicode, format 12 for all of them."""
    match _unsigned(data, at):
        case 4:
            yield from _in_segments(data, at)
        case 12:
            (groups,) = struct.unpack_from(">I", data, at + 12)
            for first, last, _ in struct.iter_unpack(">III", data[at + 16 : at + 16 + 12 * groups]):
                yield from range(first, last + 1)


def _in_segments(data: bytes, at: int) -> Iterator[int]:
    """Yield the characters of a subtable in segments; those that lead to glyph 0 are not there."""
    count = _unsigned(data, at + 6) // 2
    ends, starts = at + 14, at + 16 + 2 * count
    deltas, offsets = starts + 2 * count, starts + 4 * count
    for place in range(0, 2 * count, 2):
        first, last = _unsigned(data, starts + place), _unsigned(data, ends + place)
        delta, offset = _unsigned(data, deltas + place), _unsigned(data, offsets + place)
        for code in range(first, last + 1):
            glyph = code if not offset else _unsigned(data, offsets + place + offset + 2 * (code - first))
            if (offset == 0 or glyph) and (glyph + delta) % 0x10000:
                yield code


def _unsigned(data: bytes, at: int) -> int:
    (value,) = struct.unpack_from(">H", data, at)
    return int(value)
