"""The statistics as a spreadsheet: the figures of the office, then of each SOP, step, post and person."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from xlsxwriter import Workbook

from handlers.exports.defused import for_spreadsheet, looks_like_a_formula
from handlers.screens.statistics import FiguresView, Group, period_words, said
from handlers.texts.catalogue import Say
from models.statistics.figures import Figures

Value = str | int | timedelta | None
"""What stands in a cell: words, a count, a span of office time, or nothing, where there is too little to tell."""

_SPAN, _WIDTH, _FIRST_WIDTH = "[h]:mm", 16, 40

_COLUMNS = ("stays", "in-time", "share", "late", "half", "most", "standard", "waited", "asked", "returned", "reminders")
_OF_PERSONS = ("post", "held", "turned-late", "share", "late-for", "decided", "half", "most", "returned")


def write_statistics(
    view: FiguresView, groups: Sequence[tuple[str, Sequence[Group]]], maker: str, say: Say, *, to: Path, beside: Path
) -> None:
    """Write the figures of a view and of its groups, each under the code of its sheet's name, to the file `to`.

    `beside` is a folder for what is under way. Raises OSError where the disk refuses.
    """
    options = {"constant_memory": True, "tmpdir": str(beside), "strings_to_formulas": False, "strings_to_urls": False}
    with closing(Workbook(str(to), options)) as book:
        book.set_properties({"title": say.plain("statistics-sheet-title"), "author": maker})
        _sheet(book, say.plain("statistics-sheet-notes"), (), _notes(view, maker, say))
        for code, found in groups:
            persons = code == "people"
            names = (code, *(_OF_PERSONS if persons else _COLUMNS))
            head = [say.plain(f"statistics-column-{name}") for name in names]
            rows = [_of_person(one) if persons else _of_group(one) for one in found]
            _sheet(book, say.plain(f"statistics-sheet-{code}"), head, rows)


def _notes(view: FiguresView, maker: str, say: Say) -> Iterator[Sequence[Value]]:
    told, sums = view.figures, view.figures.sums
    yield say.plain("statistics-sheet-title"), period_words(view.heading.period, say)
    yield view.heading.what, None
    yield say.plain("statistics-column-maker"), maker
    if view.heading.behind:
        yield say.plain("statistics-behind", count=str(view.heading.behind)), None
    for name, value in (("came", view.came.cases), ("ended", sums.ends), ("corrected", sums.corrected)):
        yield say.plain(f"statistics-number-{name}"), value
    yield say.plain("statistics-column-rounds"), sums.rounds
    for name, cell in zip(_COLUMNS, _of_figures(told, ""), strict=True):
        if name != "standard":
            yield say.plain(f"statistics-column-{name}"), cell
    for how, booked in told.booked.items():
        if booked.lates:
            yield say.plain(f"statistics-number-late-{how.value}"), booked.lates
            yield say.plain(f"statistics-number-late-{how.value}"), timedelta(seconds=booked.late)
    yield say.plain("statistics-number-open"), view.open.count
    yield say.plain("statistics-number-open-late"), view.open.late
    if view.verdicts is not None:
        for number, count in said(view.verdicts):
            yield say.plain(f"statistics-number-{number.value}"), count
    yield say.plain("statistics-sheet-method"), None


def _of_group(one: Group) -> Sequence[Value]:
    return one.name, *_of_figures(one.figures, one.standard)


def _of_figures(told: Figures, standard: str) -> Iterator[Value]:
    yield from (told.stays, told.on_time, told.share_on_time, told.sums.late_stays)
    yield from (_minutes(told.median), _minutes(told.ninth_tenth), standard)
    yield from (timedelta(seconds=told.sums.waited), timedelta(seconds=told.sums.asked))
    yield from (told.returned, told.sums.reminders)


def _of_person(one: Group) -> Sequence[Value]:
    told = one.person
    if told is None:
        return (one.name,)
    return (
        one.name,
        one.post,
        told.held,
        told.late,
        told.share_on_time,
        timedelta(seconds=told.late_for),
        told.decided,
        _minutes(told.median),
        _minutes(told.ninth_tenth),
        told.returned,
    )


def _minutes(amount: int | None) -> timedelta | None:
    return None if amount is None else timedelta(minutes=amount)


def _sheet(book: Workbook, name: str, head: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
    page = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": "#E8EEF4", "bottom": 1})
    span, literal = book.add_format({"num_format": _SPAN}), book.add_format({"quote_prefix": True})
    page.set_column(0, 0, _FIRST_WIDTH)
    page.set_column(1, max(1, len(head) - 1), _WIDTH)
    for place, words in enumerate(head):
        page.write_string(0, place, words, bold)
    last = 0
    for last, row in enumerate(rows, start=1 if head else 0):
        for place, value in enumerate(row):
            match value:
                case timedelta():
                    page.write_number(last, place, value / timedelta(days=1), span)
                case int():
                    page.write_number(last, place, value)
                case str():
                    words = for_spreadsheet(value)
                    page.write_string(last, place, words, literal if looks_like_a_formula(words) else None)
                case None:
                    pass
    if head:
        page.freeze_panes(1, 1)
        page.autofilter(0, 0, max(last, 1), len(head) - 1)
