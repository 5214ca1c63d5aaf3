"""Words that people wrote, made fit for print: composed, without controls, with places where long words may break."""

import re
import unicodedata
from functools import cache
from pathlib import Path

from bot.papers.glyphs import characters

FONTS = Path(__file__).parent / "fonts"
"""The fonts that are shipped, each with its licence. No other font of the machine is used."""

MISSING = "\u25a1"
"""□ stands for characters that cannot be printed, one for each run of them."""

BREAK = "\u200b"
"""A place without width at which a line may break."""

_LONGEST = 20
"""Characters of a word that are never parted. Longer ones would leave their column."""

_CHAINED = 2 * _LONGEST
"""Characters without a space that / and - may join without a place to break: Typst parts no chain of figures there."""

_PIECE = 6
"""Characters after which a longer word may break."""

_NEWLINES = str.maketrans({"\v": "\n", "\f": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n", "\t": " "})
_UNSEEN = {"Cc", "Cf"}
"""The categories of characters that show nothing: controls, direction marks, joiners."""

_STYLES = range(0xFE00, 0xFE10)
"""Variation selectors, which say only in which style the character before them is shown."""

_LACKING = "\ufffe"
"""Stands for one character that cannot be printed; no text has it, since it is none of Unicode."""

_RUN = re.compile(f"{_LACKING}+")
_WORD = re.compile(rf"[^\s/\u2010-]{{{_LONGEST + 1},}}")
_PIECES = re.compile(rf".{{{_PIECE}}}(?!$)")
_JOINTS = re.compile(r"[/\u2010-]")
_CHAIN = re.compile(rf"\S{{{_CHAINED + 1},}}")


@cache
def _printable() -> frozenset[int]:
    """Return the characters that every shipped font can show."""
    return frozenset.intersection(*(characters(font) for font in sorted(FONTS.glob("*.ttf"))))


def clean(text: str) -> str:
    """Return a text without anything that cannot be printed: □ stands for each run of characters that no font has.

    A mark that makes no letter with the one before it counts among them: several of them would climb into other lines.
    """
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").translate(_NEWLINES))
    return _RUN.sub(MISSING, composed.translate(_PRINTED))


def soft(text: str) -> str:
    """Let each word of more than 20 characters break every 6; words that / or - join stay whole, so they are found.

    Where 40 characters follow each other without a space, they may also break after each / and -.
    """
    parted = _WORD.sub(lambda word: _PIECES.sub(rf"\g<0>{BREAK}", word.group()), text)
    return _CHAIN.sub(lambda chain: _JOINTS.sub(rf"\g<0>{BREAK}", chain.group()), parted)


def _shows_nothing(character: str) -> bool:
    if character == "\n":
        return False
    return unicodedata.category(character) in _UNSEEN or ord(character) in _STYLES


def _shown(character: str) -> str:
    lacking = ord(character) not in _printable() or unicodedata.category(character).startswith("M")
    return _LACKING if lacking and character != "\n" else character


class _Printed(dict[int, str]):
    """What is printed for each character, by its code. Those that are printed as they are stay known, 1,400 at most."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        printed = "" if _shows_nothing(character) else _shown(character)
        if printed == character:
            self[code] = printed
        return printed


_PRINTED = _Printed()
