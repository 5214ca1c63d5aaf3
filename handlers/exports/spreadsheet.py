"""The register as a spreadsheet: real dates on the office's clock, durations, filters, a head that stays in view.

Rows go to the disk as they come, so that a million of them need no more memory than ten. The same rows, heading and
words give the same bytes.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Generic, TypeVar

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from handlers.exports.columns import CASES, CHASES, STEPS, SUMS, TENURES, Sheet, Value
from handlers.exports.defused import for_spreadsheet, looks_like_a_formula
from handlers.exports.heading import Heading
from handlers.exports.notes import notes
from handlers.exports.tally import Tally
from handlers.texts.catalogue import Say
from models.queries.register.rows import CaseRow, ChaseRow, Row, StepRow, TenureRow

R = TypeVar("R")

ROWS = 1_048_576
"""Rows that a sheet holds, its head counted in; what is more goes on in a sheet of its own."""

_INSTANT, _SPAN = "dd/mm/yyyy hh:mm", "[h]:mm"
_LABELS, _NOTES = 26, 100
"""The widths of the two columns of the sheet that explains the others."""

_HEAD_HEIGHT = 32


@dataclass(frozen=True, slots=True)
class Looks:
    """How cells look."""

    head: Format
    title: Format
    label: Format
    words: Format
    text: Format
    literal: Format
    instant: Format
    span: Format
    number: Format
    alarm: Format
    alarming_span: Format

    @classmethod
    def of(cls, book: Workbook) -> "Looks":
        """Make the looks of a workbook."""
        top, red = {"valign": "top"}, {"font_color": "#B42318", "bold": True}
        return cls(
            head=book.add_format(
                {"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": "#E8EEF4", "bottom": 1}
            ),
            title=book.add_format({"bold": True, "font_size": 14}),
            label=book.add_format({**top, "bold": True}),
            words=book.add_format({**top, "text_wrap": True}),
            text=book.add_format(top),
            # Who edits such a cell without care would else make a formula of it.
            literal=book.add_format({**top, "quote_prefix": True}),
            instant=book.add_format({**top, "num_format": _INSTANT, "align": "left"}),
            span=book.add_format({**top, "num_format": _SPAN}),
            number=book.add_format({**top, "num_format": "0"}),
            alarm=book.add_format({**top, **red, "num_format": "0"}),
            alarming_span=book.add_format({**top, **red, "num_format": _SPAN}),
        )


@dataclass(slots=True)
class Table(Generic[R]):
    """A sheet that is being written, and those in which it goes on."""

    book: Workbook
    sheet: Sheet[R]
    heading: Heading
    say: Say
    looks: Looks
    page: Worksheet = field(init=False)
    written: int = field(default=0, init=False)
    pages: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        self._turn()

    def add(self, row: R) -> None:
        """Write one row."""
        if self.written == ROWS - 1:
            self._finish_page()
            self._turn()
        self.written += 1
        for place, column in enumerate(self.sheet.columns):
            value = column.value(row, self.say)
            _put(self.page, self.written, place, self._on_the_clock(value), self.looks, alarming=column.alarming)

    def finish(self) -> None:
        """Lay the filter over what was written."""
        self._finish_page()

    def _on_the_clock(self, value: Value) -> Value:
        return self.heading.local(value).replace(tzinfo=None) if isinstance(value, datetime) else value

    def _turn(self) -> None:
        self.pages, self.written = self.pages + 1, 0
        name = self.say.plain(self.sheet.code)
        self.page = self.book.add_worksheet(name if self.pages == 1 else f"{name} ({self.pages})")
        self.page.freeze_panes(1, self.sheet.frozen)
        self.page.set_row(0, _HEAD_HEIGHT)
        zone = self.heading.local(self.heading.made_at).tzname() or self.heading.zone.key
        for place, column in enumerate(self.sheet.columns):
            self.page.set_column(place, place, column.width)
            self.page.write_string(0, place, self.say.plain(column.code, zone=zone), self.looks.head)

    def _finish_page(self) -> None:
        self.page.autofilter(0, 0, self.written, len(self.sheet.columns) - 1)


def write_spreadsheet(rows: Iterable[Row], heading: Heading, say: Say, *, to: Path, beside: Path) -> Tally:
    """Write a register to the file `to`, and return its tally. `beside` is a folder for what is under way.

    Raises OSError where the disk refuses, and what `rows` raises.
    """
    with book_at(to, beside, heading) as book:
        looks, tally = Looks.of(book), Tally()
        explained = book.add_worksheet(say.plain("register-sheet-notes"))
        sums = Table(book, SUMS, heading, say, looks)
        cases = Table(book, CASES, heading, say, looks)
        steps = Table(book, STEPS, heading, say, looks)
        chases = Table(book, CHASES, heading, say, looks)
        tenures = Table(book, TENURES, heading, say, looks)
        for row in tally.counting(rows):
            match row:
                case CaseRow():
                    cases.add(row)
                case StepRow():
                    steps.add(row)
                case ChaseRow():
                    chases.add(row)
                case TenureRow():
                    tenures.add(row)
        for one in tally.sums:
            sums.add(one)
        for table in (sums, cases, steps, chases, tenures):
            table.finish()
        explain(explained, notes(heading, tally, say), looks)
    return tally


@contextmanager
def book_at(to: Path, beside: Path, heading: Heading) -> Iterator[Workbook]:
    """Give a workbook that is closed in the end; one that cannot be finished is left behind without a file."""
    options = {
        "constant_memory": True,
        "tmpdir": str(beside),
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = Workbook(str(to), options)
    book.set_properties(
        {
            "title": heading.office,
            "author": heading.maker,
            "created": heading.local(heading.made_at).replace(tzinfo=None),
        }
    )
    try:
        yield book
    except BaseException:
        # Its temporary files lie in `beside`, which is the caller's to remove; only their handles are let go here.
        for page in book.worksheets():
            if page.row_data_fh is not None:
                page.row_data_fh.close()
        book.fileclosed = True
        raise
    book.close()


def _put(page: Worksheet, row: int, place: int, value: Value, looks: Looks, *, alarming: bool) -> None:
    """Write one cell, as what it is: no text is ever taken for a formula, a number or a link."""
    match value:
        case None | "":
            return
        case str():
            text = for_spreadsheet(value)
            page.write_string(row, place, text, looks.literal if looks_like_a_formula(text) else looks.text)
        case int():
            page.write_number(row, place, value, looks.alarm if alarming else looks.number)
        case timedelta():
            days = value / timedelta(days=1)
            page.write_number(row, place, days, looks.alarming_span if alarming else looks.span)
        case datetime():
            page.write_datetime(row, place, value, looks.instant)


def explain(page: Worksheet, told: Sequence[tuple[str, str]], looks: Looks) -> None:
    """Write the sheet that says of what the file is, and how its times are counted."""
    page.set_column(0, 0, _LABELS)
    page.set_column(1, 1, _NOTES)
    for row, (label, words) in enumerate(told):
        page.write_string(row, 0, for_spreadsheet(label), looks.title if row == 0 else looks.label)
        if words:
            text = for_spreadsheet(words)
            page.write_string(row, 1, text, looks.words)
