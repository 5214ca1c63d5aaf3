"""Reading a NIP and a name from what a person wrote."""

import re
from datetime import UTC, datetime

from models.refusals import NameInvalid, NipInvalid

_NIP = re.compile(r"(\d{8})(\d{6})([12])(\d{3})")


_NIP_WITHIN = re.compile(r"(?<![0-9])[0-9](?:[\s.\-]*[0-9]){17}(?![\s.\-]*[0-9])")


_LABEL = re.compile(r"(?im)^[\s,;:|/·\-]*(?:nip\b[\s.:]*|nama(?:\s+lengkap)?\s*:)?[\s,;:|/·\-]*")


_SEPARATORS = ",;:|/·-"


_NAME_LENGTH = range(2, 101)


_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800")
"""Characters that count as letters or signs, and of which nothing can be seen."""


_LAST_MONTH = 12


WRITTEN_LENGTH = 300
"""Characters of a message that may still be a NIP and a name."""


def parse_nip(text: str) -> str:
    """Return the 18 digits of a NIP, spaces and dots dropped.

    The digits are date of birth, year and month of first appointment, sex (1 or 2) and a serial number
    (Peraturan Kepala BKN 22/2007). Raises `NipInvalid`.
    """
    digits = re.sub(r"[\s.\-]", "", text)
    match = _NIP.fullmatch(digits) if digits.isascii() else None
    if match is None:
        raise NipInvalid
    birth, appointment = match[1], match[2]
    try:
        datetime.strptime(birth, "%Y%m%d").replace(tzinfo=UTC)
    except ValueError as error:
        raise NipInvalid from error
    if not 1 <= int(appointment[4:]) <= _LAST_MONTH or int(appointment[:4]) <= int(birth[:4]):
        raise NipInvalid
    return digits


def split_nip(text: str) -> tuple[str, str]:
    """Return the 18 digits that `text` holds somewhere, as written, and the words beside them, free of labels.

    Both are empty where there are no such digits: nothing tells then which words are a name.
    """
    found = _NIP_WITHIN.search(text)
    if found is None:
        return "", ""
    beside = (text[: found.start()], text[found.end() :])
    words = (_without_loose_end(_LABEL.sub("", part)) for part in beside)
    return found[0], " ".join(word for word in words if word)


def parse_name(text: str) -> str:
    """Return a person's name with single spaces. Raises `NameInvalid`."""
    name = " ".join(text.split())
    if len(name) not in _NAME_LENGTH or not any(character.isalpha() for character in name) or "\n" in text.strip():
        raise NameInvalid
    if any(not character.isprintable() or character in _BLANK for character in name):
        raise NameInvalid
    return name


def _without_loose_end(text: str) -> str:
    """Return `text` without separators at its end, and without the label of a NIP that followed it."""
    bare = _stripped(text, ".:")
    label = len(bare) - len("nip")
    if bare[label:].lower() == "nip" and label > 0 and (bare[label - 1].isspace() or bare[label - 1] in _SEPARATORS):
        text = bare[:label]
    return _stripped(text, _SEPARATORS)


def _stripped(text: str, loose: str) -> str:
    """Return `text` without blanks and `loose` characters at its end. A pattern would try each run again."""
    end = len(text)
    while end and (text[end - 1].isspace() or text[end - 1] in loose):
        end -= 1
    return text[:end]
