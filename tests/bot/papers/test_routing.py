"""The lines of a chart: none leads through a symbol or along another, for whatever SOP the validator accepts."""

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

import pytest

from bot.papers.arranging import Line, Page, charts, pages_of
from bot.papers.routing import CHANNEL, GUTTER, Point, Route, Spot, Way, routes
from handlers.papers.sop_form import SopForm, sop_form
from tests.bot.papers.random_sops import random_sop

SOPS = 200

Node = tuple[int, int]


def node(point: Point) -> Node:
    return point.lane * (GUTTER + 1) + point.track, point.row * (CHANNEL + 1) + point.level


def centre(row: int, lane: int) -> Node:
    return lane * (GUTTER + 1) + GUTTER, row * (CHANNEL + 1) + CHANNEL


def along(points: Sequence[Point]) -> Iterator[tuple[Node, Node]]:
    """Yield the stretches between neighbouring tracks that a line runs on, in its direction."""
    for (ax, ay), (bx, by) in pairwise(map(node, points)):
        assert (ax == bx) != (ay == by), "a line runs straight"
        dx, dy = (bx > ax) - (bx < ax), (by > ay) - (by < ay)
        length = abs(bx - ax) + abs(by - ay)
        yield from pairwise((ax + dx * way, ay + dy * way) for way in range(length + 1))


def form_of(seed: int) -> SopForm:
    content = sop_form(random_sop(seed)).content
    assert isinstance(content, SopForm)
    return content


def drawn(form: SopForm, *, seed: int) -> list[Page]:
    """Return the charts of a form whose rows are as high as the seed says: on one page, or on several."""
    heights = [17.0 + (seed * 7 + row * 13) % 40 for row in range(len(form.steps))]
    return charts(form, pages_of(heights, room=150 if seed % 3 else 10_000, strip=16))


def faults(page: Page) -> Iterator[str]:
    symbols = {centre(one.row, one.lane): one for one in page.symbols}
    assert len(symbols) == len(page.symbols), "two symbols are in one place"
    for line in page.lines:
        nodes = [a for a, _ in along(line.points)][1:]
        yield from (f"{line.word} runs through {symbols[one]}" for one in nodes if one in symbols)
        if not line.clear:
            yield f"{line} is not clear"
    for one, other in combinations(page.lines, 2):
        shared = {frozenset(edge) for edge in along(one.points)} & {frozenset(edge) for edge in along(other.points)}
        if shared and one.end != other.end:
            yield f"{one.word or one.start} runs along {other.word or other.start}"
        yield from touching(one, other)


def touching(one: Line, other: Line) -> Iterator[str]:
    """Lines of different ends meet only where both go straight on, across each other."""
    if one.end == other.end:
        return
    corners = {node(point) for point in one.points[1:-1]}
    ends = {node(other.points[0]), node(other.points[-1])}
    for corner in (corners & {a for a, _ in along(other.points)}) - ends:
        yield f"a corner of {one.start} lies on the line of {other.start} at {corner}"


@pytest.mark.parametrize("first", range(0, SOPS, 20))
def test_no_line_leads_through_a_symbol_or_along_another(first: int) -> None:
    for seed in range(first, first + 20):
        form = form_of(seed)
        pages = drawn(form, seed=seed)

        assert [(seed, fault) for page in pages for fault in faults(page)] == []
        assert [step for page in pages for step in page.steps] == list(range(len(form.steps)))


@pytest.mark.parametrize("first", range(0, SOPS, 20))
def test_every_way_is_drawn_from_its_step_to_the_one_it_leads_to(first: int) -> None:
    for seed in range(first, first + 20):
        form = form_of(seed)
        forward = {(at, at + 1, "Ya" if one.decision else "") for at, one in enumerate(form.steps[:-1])}
        back = {(at, one.back, "Tidak") for at, one in enumerate(form.steps) if one.back is not None}

        assert ways_of(drawn(form, seed=seed)) == forward | back, seed


def ways_of(pages: Sequence[Page]) -> set[tuple[int, int, str]]:
    """Return the ways that a reader of the charts finds: from which step to which, with which word."""
    ways: set[tuple[int, int, str]] = set()
    letters: dict[str, int] = {}
    for page in pages:
        for line in page.lines:
            if line.end.step is None:
                assert f"hlm. {letter_page(pages, line.end.letter, page)}" in line.end.where
    for page in pages:
        letters |= {line.start.letter: line.end.step for line in page.lines if line.end.step is not None}
    for page in pages:
        for line in page.lines:
            if line.start.step is not None:
                end = line.end.step if line.end.step is not None else letters[line.end.letter]
                ways.add((line.start.step, end, str(line.word)))
    return ways


def letter_page(pages: Sequence[Page], letter: str, leaving: Page) -> int:
    """Return the number of the page on which the way of a letter comes in again."""
    for number, page in enumerate(pages, start=2):
        if page is not leaving and any(line.start.letter == letter for line in page.lines):
            return number
    raise AssertionError(f"no pentagon {letter} on another page")


def hooks(page: Page) -> Iterator[str]:
    """Yield the lines that leave a track, run beside it, and come back to it, as if something stood in the way."""
    for line in page.lines:
        nodes = [node(point) for point in line.points]
        for before, out, away, beside, back, after in zip(*(nodes[at:] for at in range(6)), strict=False):
            for axis in (0, 1):
                track = {one[axis] for one in (before, out, back, after)}
                if len(track) == 1 and away[axis] == beside[axis]:
                    yield f"{line.start} makes a hook from {out} to {back}"


@pytest.mark.parametrize("first", range(0, SOPS, 20))
def test_no_line_leaves_its_track_only_to_come_back_to_it(first: int) -> None:
    for seed in range(first, first + 20):
        assert [(seed, hook) for page in drawn(form_of(seed), seed=seed) for hook in hooks(page)] == []


def test_two_ways_to_one_symbol_join_and_others_cross_at_right_angles() -> None:
    symbols = frozenset({Spot(0, 1), Spot(1, 0), Spot(2, 0)})
    found = routes(2, 3, symbols, (Way(Spot(1, 0), Spot(0, 1)), Way(Spot(2, 0), Spot(0, 1))))

    assert all(route.clear for route in found)
    first, second = ({*along(route.points)} for route in found)
    assert first & second


def test_a_way_that_is_not_free_is_drawn_and_told() -> None:
    walled = frozenset(Spot(row, lane) for row in range(3) for lane in range(3))
    crowd = [Way(Spot(1, 1), Spot(0, lane)) for lane in range(3)]

    found = routes(3, 3, walled, (*crowd, Way(Spot(1, 1), Spot(2, 1)), Way(Spot(1, 1), Spot(2, 2))))

    assert [route.clear for route in found] == [True, True, True, True, False]
    assert found[-1] == Route(found[-1].points, clear=False)


def test_a_page_never_holds_one_row_where_the_one_before_can_spare_one() -> None:
    assert pages_of([20.0] * 8, room=155, strip=15) == [(0, 1, 2, 3, 4, 5), (6, 7)]
    assert pages_of([100.0, 100.0], room=155, strip=15) == [(0,), (1,)]
    assert pages_of([20.0] * 3, room=155, strip=15) == [(0, 1, 2)]
