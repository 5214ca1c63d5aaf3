"""What must be known before a paper is set: which rows a page holds, and where the lines of its chart run."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from bot.papers.qr_codes import codes_of
from bot.papers.routing import Point, Spot, Way, routes
from handlers.papers.disposition_sheet import DispositionSheet
from handlers.papers.evaluation_report import EvaluationReport
from handlers.papers.flow import FlowPicture, State
from handlers.papers.official import Genuineness
from handlers.papers.paper import Verbatim
from handlers.papers.sop_form import SopForm

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

Measure = Callable[[], Mapping[str, Any]]
"""Returns how high the rows of a paper are, the room of its pages and the height of a strip, as its template tells."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """A symbol of a chart: `step` is a place among the steps, None for a pentagon that leads to another page.

    `letter` is the name of the pentagon, and of its twin on the other page; `where` says which page that is.
    """

    row: int
    lane: int
    step: int | None
    letter: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A way of a chart as it runs, with the word that stands where it begins; `clear` as in `Route`."""

    points: tuple[Point, ...]
    word: Verbatim
    start: Symbol
    end: Symbol
    clear: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the form. `steps` are places among the steps; `above` and `below` are whether it has a strip there.

    A strip is a row without a step, which holds the pentagon of the way from the page before or to the next one.
    """

    steps: tuple[int, ...]
    above: bool
    below: bool
    symbols: tuple[Symbol, ...]
    lines: tuple[Line, ...]


def pages_of(heights: Sequence[float], room: float, strip: float) -> list[tuple[int, ...]]:
    """Return which rows each page holds; `room` is the height of a page, `strip` that of a strip above or below.

    No page holds a single row where the one before it can spare one.
    """
    pages: list[tuple[int, ...]] = []
    page: tuple[int, ...] = ()
    for row, height in enumerate(heights):
        strips = (strip if pages else 0) + (strip if row < len(heights) - 1 else 0)
        if page and sum(heights[one] for one in page) + height > room - strips:
            pages.append(page)
            page = ()
        page = (*page, row)
    if len(page) == 1 and pages:
        *kept, spared = pages[-1]
        if len(kept) > 1 and heights[spared] + heights[page[0]] <= room - strip:
            pages[-1], page = tuple(kept), (spared, *page)
    return [*pages, page]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A way between two steps of a picture, counted from 0. `times` is how often a way back was walked, else 0.

    `walked` is whether a way forward was.
    """

    points: tuple[Point, ...]
    start: int
    end: int
    times: int
    walked: bool


def arranged(content: object, measure: Measure) -> dict[str, Any]:
    """Return what a template needs beside the content of its paper; nothing where that has no chart and no code."""
    match content:
        case SopForm():
            measured = measure()
            return {"pages": charts(content, pages_of(measured["rows"], measured["room"], measured["strip"]))}
        case FlowPicture():
            return {"lines": stretches(content)}
        case DispositionSheet(genuine=Genuineness() as genuine) | EvaluationReport(genuine=Genuineness() as genuine):
            return {"codes": codes_of(genuine)}
        case _:
            return {}


def stretches(picture: FlowPicture) -> list[Stretch]:
    """Return where the ways of a picture run: forward from each step to the next, and back where one was walked."""
    spots = [Spot(row, step.lane) for row, step in enumerate(picture.steps)]
    forward = [Way(start, end) for start, end in pairwise(spots)]
    returns = sorted(picture.returns, key=lambda one: one.start - one.end)
    back = [Way(spots[one.start], spots[one.end], worded=True) for one in returns]
    found = routes(len(picture.roles), len(spots), frozenset(spots), (*forward, *back))
    reached = [step.state is not State.AHEAD or bool(step.visits) for step in picture.steps]
    ways = [(row, row + 1, 0, reached[row + 1]) for row in range(len(forward))]
    ways += [(one.start, one.end, one.times, True) for one in returns]
    return [Stretch(route.points, *way) for route, way in zip(found, ways, strict=True)]


def charts(form: SopForm, pages: Sequence[Sequence[int]]) -> list[Page]:
    """Return the pages of the form with their charts, where each holds these rows."""
    return [_Drawing(form, pages, index).page() for index in range(len(pages))]


class _Drawing:
    """The chart of one page."""

    def __init__(self, form: SopForm, pages: Sequence[Sequence[int]], index: int) -> None:
        self._steps, self._lanes = form.steps, len(form.roles)
        self._pages, self._index = pages, index
        self._rows = pages[index]
        self._above, self._below = index > 0, index < len(pages) - 1
        self._symbols: dict[Spot, Symbol] = {}
        self._ways: list[tuple[Way, str]] = []

    def page(self) -> Page:
        for step in self._rows:
            self._put(Symbol(self._row(step), self._steps[step].lane, step))
        self._forward()
        self._back()
        self._from_later_pages()
        # The ways forward come first; of the ways back the shorter ones, so that they keep within the longer.
        ways = tuple(way for way, _ in self._ways)
        found = routes(self._lanes, self._height, frozenset(self._symbols), ways)
        lines = tuple(
            Line(route.points, Verbatim(word), self._symbols[way.start], self._symbols[way.end], route.clear)
            for (way, word), route in zip(self._ways, found, strict=True)
        )
        return Page(tuple(self._rows), self._above, self._below, tuple(self._symbols.values()), lines)

    @property
    def _height(self) -> int:
        return len(self._rows) + self._above + self._below

    def _row(self, step: int) -> int:
        return step - self._rows[0] + self._above

    def _put(self, symbol: Symbol) -> Spot:
        spot = Spot(symbol.row, symbol.lane)
        self._symbols[spot] = symbol
        return spot

    def _spot(self, step: int) -> Spot:
        return Spot(self._row(step), self._steps[step].lane)

    def _way(self, start: Spot, end: Spot, word: str = "") -> None:
        self._ways.append((Way(start, end, worded=bool(word)), word))

    def _forward(self) -> None:
        first, last = self._rows[0], self._rows[-1]
        if self._above:
            came = self._connector(0, self._steps[first].lane, first, f"dari hlm. {self._page(first - 1)}")
            self._way(came, self._spot(first))
        for here, after in pairwise(self._rows):
            self._way(self._spot(here), self._spot(after), "Ya" if self._steps[here].decision else "")
        if self._below:
            row, lane = self._height - 1, self._steps[last + 1].lane
            goes = self._connector(row, lane, last + 1, f"ke hlm. {self._page(last + 1)}")
            self._way(self._spot(last), goes, "Ya" if self._steps[last].decision else "")

    def _back(self) -> None:
        returning = [(step, back) for step in self._rows if (back := self._steps[step].back) is not None]
        for step, back in sorted(returning, key=lambda one: one[0] - one[1]):
            end = self._spot(back) if back in self._rows else self._beside(step, back, f"ke hlm. {self._page(back)}")
            self._way(self._spot(step), end, "Tidak")

    def _from_later_pages(self) -> None:
        for target in self._rows:
            coming = [step for step, one in enumerate(self._steps) if one.back == target and step > self._rows[-1]]
            if coming:
                where = _pages(sorted({self._page(step) for step in coming}))
                self._way(self._beside(target, target, f"dari hlm. {where}"), self._spot(target))

    def _beside(self, step: int, leads_to: int, where: str) -> Spot:
        """Put a pentagon into the row of a step, in the lane beside its own, away from where its way forward goes."""
        lane = self._steps[step].lane
        ahead = self._steps[step + 1].lane - lane if step + 1 < len(self._steps) else 0
        sides = (lane - 1, lane + 1) if ahead > 0 else (lane + 1, lane - 1)
        chosen = next(one for one in sides if 0 <= one < self._lanes)
        return self._connector(self._row(step), chosen, leads_to, where, back=True)

    def _connector(self, row: int, lane: int, leads_to: int, where: str, *, back: bool = False) -> Spot:
        return self._put(Symbol(row, lane, None, self._letter(leads_to, back=back), where))

    def _letter(self, leads_to: int, *, back: bool) -> str:
        """Return the letter of the pentagons of one way between pages, the same on both."""
        forward = [(page[0], False) for page in self._pages[1:]]
        returns = [
            (one.back, True)
            for step, one in enumerate(self._steps)
            if one.back is not None and self._page(step) != self._page(one.back)
        ]
        return _LETTERS[list(dict.fromkeys([*forward, *returns])).index((leads_to, back))]

    def _page(self, step: int) -> int:
        """Return the number of the page that holds a step; the identity is page 1."""
        return next(index for index, rows in enumerate(self._pages) if step in rows) + 2


def _pages(numbers: Sequence[int]) -> str:
    """Return the numbers of pages in rising order as short as they are told: `3–5, 7`, two of them each by itself."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if run[2:] else ", ".join(map(str, run)) for run in runs)
