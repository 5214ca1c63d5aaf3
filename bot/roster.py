"""Reading the office's own list of people: a CSV file with NIP, name and unit, as a spreadsheet saves it."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import assert_never

from bot.stopped import Stopped
from models.administration.expectation import Expected
from models.office.name import NameFault, parse_name
from models.office.nip import NipDoubt, NipFault, doubts, parse_nip
from models.refusals import NameInvalid, NipInvalid
from models.rules.complete import complete

_HEADINGS = {
    "nip": "nip",
    "ni pppk": "nip",
    "nip/ni pppk": "nip",
    "name": "name",
    "nama": "name",
    "nama lengkap": "name",
    "unit": "unit",
    "unit kerja": "unit",
    "satuan kerja": "unit",
    "bagian": "unit",
}
_UNIT_LENGTH = 200
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


@dataclass(frozen=True, slots=True)
class BadRow:
    """A line of the file that an admin must look at. `row` counts from 1; line 1 holds the headings."""

    row: int
    reason: str


@dataclass(frozen=True, slots=True)
class Roster:
    """What a file holds: the people it names, the lines that name nobody, and the lines with an unusual NIP."""

    people: tuple[Expected, ...]
    bad: tuple[BadRow, ...]
    unusual: tuple[BadRow, ...]


def read_roster(path: Path) -> Roster:
    """Read the list at `path`: UTF-8, columns separated by comma, semicolon or tab, named in either language.

    Raises `UnreadableRoster`.
    """
    lines = _lines(path)
    reader = csv.reader(lines, delimiter=_delimiter(lines[0]))
    columns = _columns(next(reader), path)
    people: dict[str, Expected] = {}
    bad: list[BadRow] = []
    unusual: list[BadRow] = []
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        # Reported without the NIP itself: what is printed here ends up in screenshots and scroll-back.
        try:
            person = _person(cells, columns)
        except ValueError as fault:
            bad.append(BadRow(reader.line_num, str(fault)))
            continue
        if person.nip in people:
            bad.append(BadRow(reader.line_num, "The NIP stands on an earlier line too. Keep one of them."))
            continue
        people[person.nip] = person
        unusual += [BadRow(reader.line_num, _UNUSUAL[doubt]) for doubt in doubts(person.nip)]
    return Roster(tuple(people.values()), tuple(bad), tuple(unusual))


def _lines(path: Path) -> list[str]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableRoster(f"{path} is not UTF-8 text. Save it as “CSV UTF-8”.") from error
    except OSError as error:
        raise UnreadableRoster(f"{path} cannot be read ({error.strerror or type(error).__name__}).") from error
    if "\0" in text or not text.strip():
        raise UnreadableRoster(f"{path} holds no list. Save the sheet as CSV with the columns nip, name, unit.")
    return text.splitlines(keepends=True)


def _delimiter(heading: str) -> str:
    return max(",;\t", key=heading.count)


def _columns(headings: Sequence[str], path: Path) -> dict[str, int]:
    """Return the place of each column by our name for it."""
    columns: dict[str, int] = {}
    for place, heading in enumerate(headings):
        words = " ".join(heading.lower().split())
        if words in _HEADINGS:
            columns.setdefault(_HEADINGS[words], place)
    for needed in ("nip", "name"):
        if needed not in columns:
            named = ", ".join(f"“{heading.strip()}”" for heading in headings)
            raise UnreadableRoster(
                f"{path}: the first line names no column “{needed}”, only {named}. Name the columns nip, name, unit."
            )
    return columns


def _person(cells: Sequence[str], columns: dict[str, int]) -> Expected:
    """Return the person of one line. Raises ValueError with what is wrong."""
    values = {name: cells[place].strip() if place < len(cells) else "" for name, place in columns.items()}
    try:
        nip = parse_nip(values["nip"])
    except NipInvalid as error:
        raise ValueError(_nip_reason(values["nip"], error)) from error
    if NipDoubt.ROUNDED in doubts(nip):
        raise ValueError(_ROUNDED)
    try:
        name = parse_name(values["name"])
    except NameInvalid as error:
        raise ValueError(_UNREADABLE_NAMES[NameFault(error.fault)]) from error
    unit = " ".join(values.get("unit", "").split())
    if len(unit) > _UNIT_LENGTH:
        raise ValueError(f"The unit has {len(unit)} characters. Shorten it to {_UNIT_LENGTH}.")
    if not unit.isprintable():
        raise ValueError("The unit holds characters that cannot be printed. Type it again.")
    return Expected(nip, name, unit)


def _nip_reason(text: str, refusal: NipInvalid) -> str:
    if not text:
        return "The NIP is missing."
    if "e+" in text.lower():
        return _ROUNDED
    return nip_fault(refusal)


def nip_fault(refusal: NipInvalid) -> str:
    """Return the sentence for the operator on what makes a text no NIP."""
    fault = NipFault(refusal.fault)
    match fault:
        case NipFault.LENGTH:
            return f"A NIP has 18 digits; this one has {refusal.digits}."
        case NipFault.WORDS:
            return "The NIP holds other signs than digits, spaces, dots and hyphens."
        case NipFault.BIRTH:
            return "The first eight digits of a NIP are a date of birth; these are no date."
        case _:
            assert_never(fault)


def summary(bad: Iterable[BadRow]) -> list[str]:
    """Return one sentence per bad line."""
    return [f"Row {one.row}: {one.reason}" for one in bad]
