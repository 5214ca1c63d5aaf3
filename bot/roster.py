"""Reading the office's own list of people: a CSV file with NIP, name and unit, as a spreadsheet saves it."""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import assert_never

from bot.stopped import Stopped
from models.administration.expectation import Expected
from models.office.name import NameFault, parse_name
from models.office.nip import NipDoubt, NipFault, doubts, parse_identity
from models.refusals.registration import NameInvalid, NipInvalid
from models.rules.complete import complete

_HEADINGS = {
    "nip": "nip",
    "ni pppk": "nip",
    "nip/ni pppk": "nip",
    "nip/nomor kantor": "nip",
    "nomor kantor": "nip",
    "name": "name",
    "nama": "name",
    "nama lengkap": "name",
    "nama pegawai": "name",
    "unit": "unit",
    "unit kerja": "unit",
    "satuan kerja": "unit",
    "bagian": "unit",
}
_HEADINGS_WITHIN = 10
"""Rows among which the headings may stand; those above them are a title."""

_SEPARATOR = re.compile(r"[ \t\"]*sep=([,;\t])[ \t\"]*(?:\r\n|\r|\n)", re.IGNORECASE)
_POWER_OF_TEN = re.compile(r"\d(?:[.,]\d+)?e\+?\d+", re.IGNORECASE)
"""How a spreadsheet writes a number of 18 digits."""

_INVISIBLE = "\ufeff\u200b\u200e\u202a\u202c"
"""Characters that come along when a number is copied from a web page or a chat."""

_UNIT_LENGTH = 200
_WITHOUT_NIP = "Without a NIP: an office number of letters and digits, such as PPNPN-07."
_ROUNDED = "The spreadsheet has rounded the NIP. Format the column as text, enter it again and save the file."
_UNREADABLE_NAMES = complete(
    NameFault,
    {
        NameFault.FORM: "The name must have 2 to 100 characters, letters among them.",
        NameFault.SCRIPTS: "The name mixes letters of several scripts, of which some only look Latin. Type it again.",
        NameFault.MARKS: "A letter of the name has more than two marks. Type it again.",
    },
)
_UNUSUAL = complete(
    NipDoubt,
    {
        NipDoubt.APPOINTMENT: "The year of appointment (digits 9 to 12) is not after the year of birth.",
        NipDoubt.SEX: "The 15th digit of the NIP, the sex, is neither 1 nor 2.",
        NipDoubt.ROUNDED: _ROUNDED,
    },
)


class UnreadableRoster(Stopped):
    """The file is not a list of people: it cannot be read, or its first line does not name the columns."""


class _Unclosed(Exception):
    """The separator does not fit, or a quotation mark is not closed before `line`."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row of the sheet that an admin must look at. `row` counts from 1, as the spreadsheet does."""

    row: int
    reason: str


@dataclass(frozen=True, slots=True)
class Roster:
    """What a file holds: the people it names, the rows that name nobody, and the rows with an unusual NIP.

    `windows` is whether it was read as Windows-1252.
    """

    people: tuple[Expected, ...]
    bad: tuple[BadRow, ...]
    unusual: tuple[BadRow, ...]
    windows: bool


def read_roster(path: Path) -> Roster:
    """Read the list at `path`: columns separated by comma, semicolon or tab, named in either language.

    Also what a spreadsheet makes of it is read: text in UTF-8, in UTF-16 (“Unicode Text”) or in Windows-1252 (Excel's
    own CSV), a first line `sep=;`, a title above the headings, and a NIP that is kept as text by `'` or `="…"`.

    Raises `UnreadableRoster`.
    """
    text, windows = _text(path)
    rows, columns, heading = _table(text, path)
    width = len(rows[heading])
    people: dict[str, Expected] = {}
    bad: list[BadRow] = []
    unusual: list[BadRow] = []
    for row, cells in enumerate(rows[heading + 1 :], start=heading + 2):
        if not any(cells):
            continue
        # Reported without the NIP itself: what is printed here ends up in screenshots and scroll-back.
        try:
            person = _person(cells, columns, width)
        except ValueError as fault:
            bad.append(BadRow(row, str(fault)))
            continue
        if person.nip in people:
            bad.append(BadRow(row, "The NIP stands on an earlier line too. Keep one of them."))
            continue
        people[person.nip] = person
        unusual += [BadRow(row, _UNUSUAL[doubt]) for doubt in doubts(person.nip)]
    return Roster(tuple(people.values()), tuple(bad), tuple(unusual), windows)


def _text(path: Path) -> tuple[str, bool]:
    """Return the text of the file, and whether it is taken for Windows-1252, which nothing in a file can prove."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableRoster(f"{path} cannot be read ({error.strerror or type(error).__name__}).") from error
    encodings = ["utf-8-sig", "cp1252"]
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text or not text.strip():
            break
        return text, encoding == "cp1252"
    raise UnreadableRoster(f"{path} holds no list. Save the sheet as CSV with the columns nip, name, unit.")


def _table(text: str, path: Path) -> tuple[list[list[str]], dict[str, int], int]:
    """Return the rows of the sheet, the place of each column by our name for it, and which row names the columns.

    A first line `sep=;` is no row of the sheet: the spreadsheet does not show it.
    """
    separator = _SEPARATOR.match(text)
    if separator is not None:
        text = text[separator.end() :]
    separators = separator[1] if separator is not None else sorted(",;\t", key=text.count, reverse=True)
    broken: list[int] = []
    first: list[str] = []
    for one in separators:
        try:
            rows = _rows(text, one)
        except _Unclosed as error:
            broken.append(error.line)
            continue
        for heading, cells in enumerate(rows[:_HEADINGS_WITHIN]):
            columns = _columns(cells)
            if {"nip", "name"} <= columns.keys():
                return rows, columns, heading
        first = first or next((cells for cells in rows if any(cells)), [])
    if broken:
        raise UnreadableRoster(f"{path}: a quotation mark near line {broken[0]} is not closed. Save the sheet again.")
    named = ", ".join(f"“{cell}”" for cell in first)
    raise UnreadableRoster(
        f"{path}: none of the first {_HEADINGS_WITHIN} rows names the columns “nip” and “name”; the first one has only "
        f"{named}. Name the columns nip, name, unit."
    )


def _rows(text: str, separator: str) -> list[list[str]]:
    """Return the cells of all rows, each as the spreadsheet shows it. Raises `_Unclosed`."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        return [[_plain(cell) for cell in cells] for cells in reader]
    except csv.Error:
        raise _Unclosed(reader.line_num) from None


def _plain(cell: str) -> str:
    """Return a cell without what only makes a spreadsheet take it for text: `'1977…` or `="1977…"`."""
    words = cell.strip().lstrip(_INVISIBLE)
    if words.startswith('="') and words.endswith('"'):
        words = words[2:-1]
    return words.removeprefix("'").strip()


def _columns(headings: Sequence[str]) -> dict[str, int]:
    """Return the place of each column that the headings name, by our name for it."""
    columns: dict[str, int] = {}
    for place, heading in enumerate(headings):
        words = " ".join(heading.lower().split())
        if words in _HEADINGS:
            columns.setdefault(_HEADINGS[words], place)
    return columns


def _person(cells: Sequence[str], columns: dict[str, int], width: int) -> Expected:
    """Return the person of one row. Raises ValueError with what is wrong."""
    if any(cells[width:]):
        raise ValueError("There are more cells than headings. A separator within a name belongs in quotation marks.")
    values = {name: cells[place] if place < len(cells) else "" for name, place in columns.items()}
    nip = _identity(values["nip"])
    try:
        # A cell may have line breaks in it.
        name = parse_name(" ".join(values["name"].split()))
    except NameInvalid as error:
        raise ValueError(_UNREADABLE_NAMES[NameFault(error.fault)]) from error
    unit = " ".join(values.get("unit", "").split())
    if len(unit) > _UNIT_LENGTH:
        raise ValueError(f"The unit has {len(unit)} characters. Shorten it to {_UNIT_LENGTH}.")
    if not unit.isprintable():
        raise ValueError("The unit holds characters that cannot be printed. Type it again.")
    return Expected(nip, name, unit)


def _identity(text: str) -> str:
    """Return the NIP of one row, or the office number. Raises ValueError with what is wrong."""
    if not text:
        raise ValueError("The NIP is missing.")
    if _POWER_OF_TEN.fullmatch(text):
        raise ValueError(_ROUNDED)
    try:
        nip = parse_identity(text)
    except NipInvalid as error:
        raise ValueError(nip_fault(error)) from error
    if NipDoubt.ROUNDED in doubts(nip):
        raise ValueError(_ROUNDED)
    return nip


def nip_fault(refusal: NipInvalid) -> str:
    """Return the sentence for the operator on what makes a text no NIP."""
    fault = NipFault(refusal.fault)
    match fault:
        case NipFault.LENGTH | NipFault.OF_ANOTHER:
            return f"A NIP has 18 digits; this one has {refusal.digits}. {_WITHOUT_NIP}"
        case NipFault.WORDS:
            return "The NIP holds other signs than digits, spaces, dots and hyphens."
        case NipFault.BIRTH:
            return "The first eight digits of a NIP are a date of birth; these are no date."
        case _:
            assert_never(fault)


def summary(bad: Iterable[BadRow]) -> list[str]:
    """Return one sentence per bad line."""
    return [f"Row {one.row}: {one.reason}" for one in bad]
