"""How tall a message stands on a phone: an estimate in pixels, from its words and its buttons.

A card is read on a phone 390 px wide, where its subject and its decision must stand on one screen. The estimate
follows a chat's page with a font of 14 px, its margins and its folded quotes of three lines. It is meant to be too
large rather than too small. A test holds it against a browser (`tests/bot/test_phone.py`).
"""

import re
from collections.abc import Callable, Iterable, Sequence
from html import unescape
from math import ceil
from typing import TypeVar

from markupsafe import Markup

from handlers.screens.screen import Button, Screen

SCREEN = 640
"""Pixels that a card may be tall."""

_ROOM, _ROOM_OF_QUOTE, _ROOM_OF_ROW = 291, 271, 311
"""Pixels in a line of a message with buttons, in a line of a quote, in a row of buttons."""

_FONT, _FONT_OF_BUTTON = 14, 13
_LINE, _LINE_OF_BUTTON = 19.88, 16.25
_QUOTE, _FOLDED = 10, 60.4
"""Pixels of the margins of a quote, and of the words that a folded quote shows."""

_AROUND = 11 + 21 + 21
"""Pixels of a message beside its words: margins, the time of sending, and what the page lets one do with a message."""

_BUTTON, _GAP, _BESIDE_LABEL = 34, 3, 8
_BOLD = 1.13

_LETTER, _SIGN = 66, 130
_SIGNS = "\u2190"
"""From here on characters are pictures, or letters as wide as they are high."""


class _Widths(dict[str, int]):
    """The widths of some characters, and a guess at any other."""

    def __missing__(self, character: str) -> int:
        return _LETTER if character < _SIGNS else _SIGN


_WIDTHS = _Widths(
    (character, width)
    for width, characters in {
        28: "ijlIJ'",
        33: " ,.·/:;\\|",
        37: "f-()[]t!r",
        50: '*_`–"',
        54: "szc?“”",
        58: "LFkvxy•P",
        62: "TYaoeESbdghnpqu",
        64: "$0123456789{}",
        69: "KAVBRXZC",
        75: "UHN",
        79: "DGOQ&w",
        87: "#+<=>^~M✓→↳●◐○",
        92: "☑☐%",
        100: "mW@…—",
    }.items()
    for character in characters
)
"""The widths of characters in hundredths of the font's size."""

_TAG = re.compile(r"(<[^>]*>)")
_BLOCK = re.compile(r"<blockquote( expandable)?>(.*?)</blockquote>\n?", re.DOTALL)
_SEEN = 600
"""Characters of a folded quote that can be among those that show."""

T = TypeVar("T")


def height(screen: Screen) -> int:
    """Return the pixels that a message is tall on a phone."""
    return ceil(_AROUND + _words(screen.whole) + _keyboard(screen.rows))


def fits(screen: Screen) -> bool:
    """Whether a message stands whole on a phone's screen."""
    return height(screen) <= SCREEN


def roomiest(rooms: Sequence[T], draw: Callable[[T], Screen], fitting: Callable[[Screen], bool]) -> tuple[T, Screen]:
    """Return the first of `rooms` in which what is drawn fits, and the drawing; the last where none does.

    What does not fit one room fits none before it.
    """
    first = draw(rooms[0])
    if fitting(first) or len(rooms) == 1:
        return rooms[0], first
    below, above = 1, len(rooms) - 1
    drawn: dict[int, Screen] = {}
    while below < above:
        middle = (below + above) // 2
        drawn[middle] = draw(rooms[middle])
        if fitting(drawn[middle]):
            above = middle
        else:
            below = middle + 1
    return rooms[below], drawn.get(below) or draw(rooms[below])


def stacked(blocks: Iterable[Markup], *, close: bool = False) -> Markup:
    """Return the blocks that have words, one below the other.

    An empty line stands between two of them, unless they are to stand `close`, or one is a quote, which stands out.
    """
    html, above = Markup(), Markup()
    for block in filter(None, blocks):
        quoted = close or above.endswith("</blockquote>") or block.startswith("<blockquote")
        html += (Markup("\n") if quoted else Markup("\n\n")) + block if above else block
        above = block
    return html


def _words(html: Markup) -> float:
    total, at = 0.0, 0
    text = str(html)
    for block in _BLOCK.finditer(text):
        if between := text[at : block.start()]:
            total += _LINE * _lines(between.removesuffix("\n"), _ROOM)
        at = block.end()
        inner = block[2][:_SEEN] if block[1] else block[2]
        inside = _LINE * _lines(inner, _ROOM_OF_QUOTE)
        total += _QUOTE + (min(inside, _FOLDED) if block[1] else inside)
    rest = text[at:]
    return total + (_LINE * _lines(rest, _ROOM) if rest else 0)


def _lines(html: str, room: int) -> int:
    """Return how many lines words take that are broken between words where possible."""
    limit, total, bold = room * 100 / _FONT, 0, False
    for line in html.split("\n"):
        at, lines = 0.0, 1
        for piece in _TAG.split(line):
            if piece.startswith("<"):
                bold = piece == "<b>" or (bold and piece != "</b>")
                continue
            for word in unescape(piece).split(" "):
                width = _width(word) * (_BOLD if bold else 1)
                space = _WIDTHS[" "] if at else 0
                if at and at + space + width > limit:
                    lines, at, space = lines + 1, 0.0, 0
                at += space + width
                broken = ceil(at / limit) - 1 if at > limit else 0
                lines, at = lines + broken, at - broken * limit
        total += lines
    return total


def _width(word: str) -> int:
    return sum(map(_WIDTHS.__getitem__, word))


def _keyboard(rows: Sequence[Sequence[Button]]) -> float:
    return sum(_GAP + max(_label(button, len(row)) for button in row) for row in rows)


def _label(button: Button, beside: int) -> float:
    """Return how tall a button stands of which `beside` share a row."""
    room = (_ROOM_OF_ROW - _GAP * (beside - 1)) / beside - _BESIDE_LABEL
    lines = _lines(f"<b>{button.label.replace('<', ' ')}</b>", int(room * _FONT / _FONT_OF_BUTTON))
    return max(_BUTTON, 2 * 6 + lines * _LINE_OF_BUTTON)
