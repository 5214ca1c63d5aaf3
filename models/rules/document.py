"""Reading the project's TOML data files: every problem is collected with its place before the file is refused."""

import difflib
import re
import reprlib
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from models.rules.errors import InvalidDocument, Problem

WHOLE_DOCUMENT = "document"
_LINE = re.compile(r" \(at line (\d+), column (\d+)\)$")
_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_CODE = 64
_DEEPEST = 20
_TOO_DEEP = "The values are nested too deeply. Flatten them."
_REPR = reprlib.Repr()
_REPR.maxstring = 80
_REPR.maxother = 80

Choice = TypeVar("Choice", bound=StrEnum)


class Findings:
    """The problems found so far in one file."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.problems: list[Problem] = []

    def add(self, row: str, reason: str) -> None:
        """Note that `row` is wrong because of `reason`."""
        self.problems.append(Problem(self.source, row, reason))

    def refuse_with(self, error: type[InvalidDocument]) -> None:
        """Raise `error` with everything found; do nothing when nothing was."""
        if self.problems:
            raise error(self.problems)


def read_document(path: Path, error: type[InvalidDocument]) -> str:
    """Return the text of the file at `path`, every line end as a line feed, without a byte order mark.

    Raises `error` when the file is missing, unreadable or not UTF-8.
    """
    findings = Findings(str(path))
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as fault:
        findings.add(f"byte {fault.start}", "This is not UTF-8 text. Save the file with the encoding UTF-8.")
    except OSError as fault:
        reason = fault.strerror or type(fault).__name__
        findings.add("file", f"The file cannot be read ({reason}). Check its name and its permissions.")
    raise error(findings.problems)


def parse_document(text: str, findings: Findings, error: type[InvalidDocument]) -> "Table":
    """Return the document's top level; raises `error`, naming the line, where the TOML itself is broken."""
    try:
        values = tomllib.loads(text)
        if not _is_deep(values):
            return Table(values, row=WHOLE_DOCUMENT, findings=findings)
        findings.add(WHOLE_DOCUMENT, _TOO_DEEP)
    except RecursionError:
        findings.add(WHOLE_DOCUMENT, _TOO_DEEP)
    except ValueError as fault:
        # tomllib tells the place only inside its sentence.
        place = _LINE.search(str(fault))
        line = place[1] if place else str(text.count("\n") + 1)
        column = f"near column {place[2]}" if place else "at the end of the document"
        reason = str(fault).removesuffix(place[0] if place else " (at end of document)")
        findings.add(f"line {line}", f"This is not valid TOML {column}: {reason}. Correct this line.")
    raise error(findings.problems)


def _is_deep(values: object) -> bool:
    """Whether values are nested more deeply than any of our formats. How deep Python itself goes is for each to set."""
    level = [values]
    for _ in range(_DEEPEST):
        level = [inner for value in level for inner in _inside(value)]
    return bool(level)


def _inside(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


class Table:
    """One TOML table under reading.

    Each getter notes what is wrong and returns a harmless value of the right type, so that one reading finds all the
    problems of a file. `finish` then notes the keys nobody asked for.
    """

    def __init__(self, values: Mapping[str, object], *, row: str, findings: Findings) -> None:
        self.row = row
        self.findings = findings
        self._values = values
        self._known: set[str] = set()

    def __contains__(self, key: str) -> bool:
        return key in self._values

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys present in the file, in its order."""
        return tuple(self._values)

    def wrong(self, reason: str) -> None:
        """Note a problem with this table's row."""
        self.findings.add(self.row, reason)

    def text(self, key: str, *, longest: int | None = None) -> str:
        """Return a required text on one line that is not blank."""
        value = self._required(key, "a text in quotation marks")
        return "" if value is None else self._text(key, value, longest)

    def optional_text(self, key: str) -> str:
        """Return a text that may be left out or left empty."""
        value = self._optional(key)
        return "" if value is None or value == "" else self._text(key, value, None)

    def code(self, key: str) -> str:
        """Return a required identifier of small letters, digits and hyphens."""
        return self._code(key, self.text(key))

    def optional_code(self, key: str) -> str | None:
        """Return an identifier that may be left out."""
        return self.code(key) if key in self else None

    def texts(
        self, key: str, *, required: bool = True, empty: bool = False, longest: int | None = None
    ) -> tuple[str, ...]:
        """Return a list of texts, each different from the others; `empty` lists must be allowed."""
        entries = self._list(key, required=required)
        if entries == [] and not empty:
            self.wrong(f"“{key}” is empty. List at least one text.")
        found = tuple(self._text(key, entry, longest) for entry in entries or [])
        for repeated in duplicates(found):
            self.wrong(f"“{key}” lists {shown(repeated)} twice. Keep one.")
        return found

    def codes(self, key: str) -> tuple[str, ...]:
        """Return an optional list of identifiers, each different from the others."""
        return tuple(self._code(key, value) for value in self.texts(key, required=False, empty=True))

    def choice(self, key: str, choices: type[Choice]) -> Choice | None:
        """Return one of `choices`; None after noting that it is missing or unknown."""
        known = [choice.value for choice in choices]
        value = self._required(key, f"one of {', '.join(known)}")
        if value is None:
            return None
        if isinstance(value, str) and value in known:
            return choices(value)
        self.wrong(f"“{key}” is {shown(value)}. {nearest(value, known)}")
        return None

    def choices(self, key: str, choices: type[Choice]) -> tuple[Choice, ...]:
        """Return an optional list of `choices`, each different from the others; those that are unknown are noted."""
        known = [choice.value for choice in choices]
        found = self.texts(key, required=False, empty=True)
        for value in found:
            if value and value not in known:
                self.wrong(f"“{key}” lists {shown(value)}. {nearest(value, known)}")
        return tuple(choices(value) for value in dict.fromkeys(found) if value in known)

    def whole(self, key: str, *, least: int, most: int) -> int | None:
        """Return a required whole number from `least` to `most`; None after noting that it is missing or wrong."""
        value = self._required(key, f"a whole number from {least} to {most}")
        return None if value is None else self._whole(key, value, least, most)

    def optional_whole(self, key: str, *, least: int, most: int) -> int | None:
        """Return a whole number from `least` to `most` that may be left out; None after noting that it is wrong."""
        value = self._optional(key)
        return None if value is None else self._whole(key, value, least, most)

    def wholes(self, key: str, *, least: int, most: int) -> tuple[int, ...]:
        """Return an optional list of whole numbers from `least` to `most`."""
        found = [self._whole(key, value, least, most) for value in self._list(key, required=False) or []]
        return tuple(value for value in found if value is not None)

    def flag(self, key: str, *, absent: bool = False) -> bool:
        """Return an optional true or false; `absent` when left out."""
        value = self._optional(key)
        if value is None:
            return absent
        if not isinstance(value, bool):
            self.wrong(f"“{key}” is {shown(value)}. Write true or false, without quotation marks.")
        return value is True

    def day(self, key: str) -> date | None:
        """Return a required date; None after noting that it is missing or wrong."""
        value = self._required(key, "a date such as 2026-11-23, without quotation marks")
        return None if value is None else self._day(key, value)

    def optional_day(self, key: str) -> date | None:
        """Return a date that may be left out."""
        value = self._optional(key)
        return None if value is None else self._day(key, value)

    def table(self, key: str) -> "Table":
        """Return a required table; an empty one when it is missing or is something else."""
        value = self._required(key, f"a table [{key}]")
        if value is not None and not isinstance(value, dict):
            self.wrong(f"“{key}” is {shown(value)}. Write it as a table [{key}].")
        row = f"[{key}]" if self.row == WHOLE_DOCUMENT else f"{self.row} [{key}]"
        return Table(value if isinstance(value, dict) else {}, row=row, findings=self.findings)

    def optional_table(self, key: str) -> "Table":
        """Return a table that may be left out; an empty one then."""
        self._known.add(key)
        return self.table(key) if key in self else Table({}, row=f"[{key}]", findings=self.findings)

    def tables(self, key: str, *, row: str, named_by: str, required: bool = True) -> "list[Table]":
        """Return a list of tables; `row` and the value of `named_by`, else the place, name each in problems."""
        found: list[Table] = []
        for place, entry in enumerate(self._list(key, required=required) or [], start=1):
            if not isinstance(entry, dict):
                self.wrong(f"Entry {place} of “{key}” is {shown(entry)}. Write each entry under its own [[{key}]].")
                continue
            name = entry.get(named_by)
            named = isinstance(name, str | int | date) and str(name).strip() != ""
            found.append(
                Table(entry, row=f"{row} {name}" if named else f"{row} at place {place}", findings=self.findings)
            )
        return found

    def finish(self, *, known: Iterable[str] = ()) -> None:
        """Note each key that no getter has asked for and that is not `known`, with the nearest one that is."""
        expected = self._known | set(known)
        for key in self._values:
            if key not in expected:
                self.wrong(f"The key “{key}” is unknown. {nearest(key, expected)}")

    def _optional(self, key: str) -> object | None:
        self._known.add(key)
        return self._values.get(key)

    def _required(self, key: str, what: str) -> object | None:
        value = self._optional(key)
        if value is None:
            self.wrong(f"“{key}” is missing. Add {what}.")
        return value

    def _list(self, key: str, *, required: bool) -> list[object] | None:
        value = self._required(key, "a list") if required else self._optional(key)
        if value is not None and not isinstance(value, list):
            self.wrong(f"“{key}” is {shown(value)}. Write it as a list in [ ] or, for tables, under [[{key}]].")
        return value if isinstance(value, list) else None

    def _text(self, key: str, value: object, longest: int | None) -> str:
        if not isinstance(value, str):
            self.wrong(f"“{key}” is {shown(value)}. Write it as a text in quotation marks.")
            return ""
        if not value.strip():
            self.wrong(f"“{key}” is empty. Give it a text.")
        if any(unicodedata.category(character) == "Cc" for character in value):
            self.wrong(f"“{key}” holds a line break, a tab or another control character. Write it on one line.")
        if longest is not None and len(value) > longest:
            self.wrong(f"“{key}” has {len(value)} characters. Shorten it to {longest}.")
        return value

    def _code(self, key: str, value: str) -> str:
        if value.strip() and not _CODE.fullmatch(value):
            self.wrong(f"“{key}” holds {shown(value)}. Use small letters and digits, words joined by single hyphens.")
        elif len(value) > _LONGEST_CODE:
            self.wrong(f"“{key}” has {len(value)} characters. Shorten it to {_LONGEST_CODE}.")
        return value

    def _whole(self, key: str, value: object, least: int, most: int) -> int | None:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            self.wrong(f"“{key}” holds {shown(value)}. Give a whole number from {least} to {most}.")
            return None
        return value

    def _day(self, key: str, value: object) -> date | None:
        if isinstance(value, datetime) or not isinstance(value, date):
            self.wrong(f"“{key}” is {shown(value)}. Write a date such as 2026-11-23, without time and quotation marks.")
            return None
        return value


def shown(value: object) -> str:
    """Return a value as it may stand in a problem's reason: texts in quotation marks, shortened when long."""
    return str(value) if isinstance(value, date) else _REPR.repr(value)


def nearest(value: object, known: Iterable[str]) -> str:
    """Return the advice that ends a problem about an unknown word: the nearest known one, else all of them."""
    choices = sorted(known)
    near = difflib.get_close_matches(str(value), choices, n=1)
    return f"Did you mean “{near[0]}”?" if near else f"Known here: {', '.join(choices) or 'none'}."


def duplicates(values: Iterable[str]) -> list[str]:
    """Return the values that occur more than once, each once, in order of their first repetition."""
    seen: set[str] = set()
    repeated: dict[str, None] = {}
    for value in values:
        if value in seen:
            repeated[value] = None
        seen.add(value)
    return list(repeated)
