"""Reading a person's name, and telling whether two names look the same."""

import unicodedata
from enum import StrEnum
from itertools import dropwhile

from models.refusals.registration import NameInvalid

_LENGTH = range(2, 101)
_MARKS = 2
"""Marks on one letter at most; no language that is written in Latin letters has more."""

_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800")
"""Characters that count as letters or signs, and of which nothing can be seen."""

_CAPITALS = str.maketrans("ΗΝΜΖΥΧΡ", "HNMZYXP")
"""Greek capitals whose small letters look like another Latin letter, or like none."""

_LOOK_ALIKE = str.maketrans(
    "авекмнорстухіјѕԁԛԝѵһӏαβγεικνορτυχοl1|05ıȷɑɡɩɪʟʀʙʜɢɴʏᴀᴄᴅᴇᴊᴋᴍᴏᴘᴛᴜᴠᴡᴢꜰꜱøđłħŧɨƀɖɗƙƴ",
    "abekmhopctyxijsdqwvhiaβyeiκvoptuxoiiiosijagiiirbhgnyacdejkmoptuvwzfsodihtibddky",
)
"""Letters of other scripts, unusual Latin letters and digits, with the plain one that looks the same or nearly so."""


class NameFault(StrEnum):
    """What makes a text no name."""

    FORM = "form"
    SCRIPTS = "scripts"
    MARKS = "marks"


def parse_name(text: str) -> str:
    """Return a person's name in the normal form NFKC, with single spaces.

    A name has 2 to 100 characters on one line, letters of one script among them, and at most two marks on a letter.
    Raises `NameInvalid`.
    """
    name = " ".join(unicodedata.normalize("NFKC", text).split())
    if len(name) not in _LENGTH or not any(character.isalpha() for character in name) or "\n" in text.strip():
        raise NameInvalid(NameFault.FORM)
    if any(not character.isprintable() or character in _BLANK for character in name):
        raise NameInvalid(NameFault.FORM)
    if len({_script(character) for character in name if _belongs_to_a_script(character)}) > 1:
        raise NameInvalid(NameFault.SCRIPTS)
    if _most_marks(name) > _MARKS or _has_loose_mark(name):
        raise NameInvalid(NameFault.MARKS)
    return name


def likeness(name: str) -> str:
    """Return what is left of a name for the eye; two names that look the same have the same likeness.

    Case, marks, spaces, signs and the titles before and after a name make no difference, nor does a letter of another
    script that looks like a Latin one. The idea is that of the skeleton in Unicode Technical Standard 39, with a
    smaller table: of a name that is not in Latin letters `is_latin` tells.
    """
    words = name.partition(",")[0].split()
    # Dr., Hj. and other titles end with a full stop; the last word is never one.
    bare = " ".join(dropwhile(lambda word: word.endswith("."), words[:-1])) + "".join(words[-1:])
    plain = unicodedata.normalize("NFKD", bare).translate(_CAPITALS).casefold().translate(_LOOK_ALIKE)
    return "".join(character for character in plain if character.isalnum()).replace("rn", "m").replace("vv", "w")


def is_latin(name: str) -> bool:
    """Return whether the letters of a name are Latin ones; an admin cannot tell others apart by sight."""
    return all(_script(character) == "LATIN" for character in name if _belongs_to_a_script(character))


def _belongs_to_a_script(character: str) -> bool:
    """Whether a character is a letter of one script; a modifier letter such as ʼ is used in several."""
    return character.isalpha() and unicodedata.category(character) != "Lm"


def _script(letter: str) -> str:
    """Return the script of a letter, which its name in Unicode begins with, such as `LATIN`."""
    return unicodedata.name(letter, "").partition(" ")[0]


def _has_loose_mark(name: str) -> bool:
    """Whether a mark stands on no letter: at the beginning it would stand on the words before the name."""
    before = " "
    for character in unicodedata.normalize("NFD", name):
        if unicodedata.category(character).startswith("M") and not before.isalpha():
            return True
        before = character if not unicodedata.category(character).startswith("M") else before
    return False


def _most_marks(name: str) -> int:
    """Return how many marks the letter with most of them has."""
    most = count = 0
    for character in unicodedata.normalize("NFD", name):
        count = count + 1 if unicodedata.category(character).startswith("M") else 0
        most = max(most, count)
    return most
