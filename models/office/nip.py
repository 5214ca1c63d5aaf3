"""Reading a NIP, or the office number of somebody without one, from what a person wrote, and the words beside it."""

import re
import unicodedata
from datetime import date
from enum import StrEnum

from models.refusals.registration import NipInvalid

_DIGITS = 18
_FIRST_YEAR = 1900
"""No employee was born before this year."""

_NIP_WITHIN = re.compile(r"(?<![0-9])[0-9](?:[\s.\-]*[0-9]){17}(?![\s.\-]*[0-9])")

_CONTRACT = r"(?:ni[\s.\-]*)?p(?:pp|3)k\b"
"""What the number of a PPPK is called. `Ni` alone begins the name of many Balinese women."""

_OFFICE_NUMBER = re.compile(r"(?!nip|nik)(?=\S*[0-9])[a-z](?:[./-]?[a-z0-9])+", re.IGNORECASE)
_OFFICE_NUMBER_LENGTH = range(3, _DIGITS + 1)

_CALLED = (
    rf"(?:no(?:mor)?\b[\s.:]*)?(?:nip(?:tt|p{{1,2}}k)?\b|nrp\b|{_CONTRACT}|induk\b(?:[\s.]*(?:pegawai|asn)\b)?)"
    rf"(?:[\s.:/\-]*(?:nip\b|baru\b|{_CONTRACT}))*"
)
"""What a number of an employee is called, where it has a label."""

_LABEL = re.compile(rf"(?im)^[\s,;:|/·\-]*(?:{_CALLED}[\s.:]*|nama(?:\s+lengkap)?\s*:)?[\s,;:|/·\-]*")
_LABEL_AT_END = re.compile(rf"(?i)(?<=[\s,;:|/·\-]){_CALLED}[\s.:]*\Z")
_LABEL_LENGTH = 40
"""Characters at the end of a text among which a label is looked for."""

_SEPARATORS = ",;:|/·-"

_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
"""Dashes that a phone or a word processor writes in place of a hyphen."""


WRITTEN_LENGTH = 300
"""Characters of a message that may still be a NIP and a name."""


class NipFault(StrEnum):
    """What makes a text certainly no NIP."""

    LENGTH = "length"
    WORDS = "words"
    BIRTH = "birth"
    OF_ANOTHER = "of-another"
    """The length is wrong, and the person who wrote it did so for somebody else."""


class NipDoubt(StrEnum):
    """What is unusual in a NIP and may still be right. An admin confirms it."""

    APPOINTMENT = "appointment"
    SEX = "sex"
    ROUNDED = "rounded"


def parse_nip(text: str) -> str:
    """Return the 18 digits of a NIP, spaces and dots dropped.

    The digits are date of birth, year and month of first appointment, sex (1 or 2) and a serial number (Peraturan
    Kepala BKN 22/2007). A PPPK has a number of the same length, in which no month stands. Only what every such number
    has is checked here: 18 digits that begin with a date; `doubts` names the rest. Raises `NipInvalid`.
    """
    text = _plain(text)
    digits = re.sub(r"[\s.\-]", "", text)
    count = digits_in(text)
    if count != _DIGITS:
        raise NipInvalid(NipFault.LENGTH, count)
    if len(digits) != _DIGITS:
        raise NipInvalid(NipFault.WORDS, count)
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError as error:
        raise NipInvalid(NipFault.BIRTH, count) from error
    if born.year < _FIRST_YEAR:
        raise NipInvalid(NipFault.BIRTH, count)
    return digits


def parse_identity(text: str) -> str:
    """Return the NIP in `text`, or the office number of somebody who has none, in capitals.

    An office number is what an admin gives to honorary staff and the like (honorer, PPNPN): 3 to 18 letters and
    digits, both of them and a letter first, with single dots, hyphens or slashes between, such as PPNPN-07. Raises
    `NipInvalid`.
    """
    words = text.strip()
    if len(words) in _OFFICE_NUMBER_LENGTH and _OFFICE_NUMBER.fullmatch(words):
        return words.upper()
    return parse_nip(text)


def is_nip(identity: str) -> bool:
    """Whether this identity of a person is a NIP, and no office number."""
    return identity.isdecimal()


def digits_in(text: str) -> int:
    """Return how many of the digits 0 to 9 are in `text`."""
    return sum(one.isascii() and one.isdigit() for one in _plain(text))


def doubts(nip: str) -> tuple[NipDoubt, ...]:
    """Return what is unusual in the 18 digits of a NIP; nothing is in an office number.

    A spreadsheet keeps 15 digits of a number and puts zeros in place of the rest; no serial number is 000.
    """
    if not is_nip(nip):
        return ()
    unusual = {
        NipDoubt.APPOINTMENT: nip[8:12] <= nip[:4],
        NipDoubt.SEX: nip[14] not in "12",
        NipDoubt.ROUNDED: nip.endswith("000"),
    }
    return tuple(doubt for doubt, found in unusual.items() if found)


def split_identity(text: str) -> tuple[str, str]:
    """Return the NIP that `text` holds somewhere, as written, and the words beside it, free of labels.

    Where there is none, an office number is looked for as the first word. Both are empty where neither is there:
    nothing tells then which words are a name.
    """
    text = _plain(text)
    found = _NIP_WITHIN.search(text)
    if found is None:
        first, *rest = text.split(maxsplit=1) or [""]
        first = _stripped(first, _SEPARATORS)
        if len(first) in _OFFICE_NUMBER_LENGTH and _OFFICE_NUMBER.fullmatch(first):
            return first, "".join(rest).lstrip(f"{_SEPARATORS} ")
        return "", ""
    beside = (text[: found.start()], text[found.end() :])
    words = (_without_loose_end(_LABEL.sub("", part)) for part in beside)
    return found[0], " ".join(word for word in words if word)


def _plain(text: str) -> str:
    """Return `text` with digits and hyphens as a keyboard has them: other keyboards write wide ones."""
    return unicodedata.normalize("NFKC", text).translate(_DASHES)


def _without_loose_end(text: str) -> str:
    """Return `text` without separators at its end, and without the label of a NIP that followed it."""
    head, tail = text[:-_LABEL_LENGTH], text[-_LABEL_LENGTH:]
    return _stripped(head + _LABEL_AT_END.sub("", tail), _SEPARATORS)


def _stripped(text: str, loose: str) -> str:
    """Return `text` without blanks and `loose` characters at its end. A pattern would try each run again."""
    end = len(text)
    while end and (text[end - 1].isspace() or text[end - 1] in loose):
        end -= 1
    return text[:end]
