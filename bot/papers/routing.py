"""Ways between the symbols of a flow chart: where each line runs, so that a finger can follow it.

The chart is a grid of lanes (one for each role) and rows (one for each step). Lines run on tracks: at the centre of a
lane, in the gutters between the lanes, at the centre of a row, in the channels between the rows. Nothing here knows a
size: a template says where its tracks are. So one answer serves a sheet of paper and a picture for a phone, and rows of
any height, since the order of the tracks is the same in all of them.

Each way takes the cheapest path that is still free (A*). It never leads through a symbol and never along another
way, unless both lead to the same symbol: those join. It may cross another way at a right angle, for a price.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from heapq import heappop, heappush
from itertools import pairwise

GUTTER = 4
"""Tracks in the gutter to the left of each lane, and to the right of the last."""

CHANNEL = 4
"""Tracks in the channel above each row, and below the last. Half of them are on either side of the line between rows.

Above the first row and below the last only the inner half is there.
"""

_LANE, _ROW = GUTTER + 1, CHANNEL + 1
_WIDE, _HIGH = 16, 17
"""A lane's width and a row's height, in millimetres of the narrowest form, by which lengths are compared."""

_BEND, _CROSSING, _WORD, _ASIDE = 8.0, 14.0, 13.0, 3.0
"""The prices of a corner, a crossing, each of a word's three tracks, of leaving up or down; in millimetres of line.

Four corners cost more than the tracks of a word: no line leaves its track and comes back to it, only to pass a word.
"""

_CRAMPED = 12.0
"""The price of a corner so near to the side of the last symbol that its arrow has no room."""

_ARROW = 2
"""Tracks of a gutter that an arrow takes."""

_JOINED = 0.4
"""The price of a stretch that runs on a way to the same symbol, as a share of its length."""

_CLASH = 10_000.0
"""The price of a stretch that is not free. It is paid only where a symbol could not be reached at all."""

_STEPS = ((1, 0), (-1, 0), (0, 1), (0, -1))
_RIGHT, _LEFT, _DOWN, _UP = range(4)
_OPPOSITE = (_LEFT, _RIGHT, _UP, _DOWN)


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """The place of a symbol: a row and a lane, both counted from 0."""

    row: int
    lane: int


@dataclass(frozen=True, slots=True)
class Way:
    """A line with an arrow from one symbol to another. `worded` is whether a word stands where it begins."""

    start: Spot
    end: Spot
    worded: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """A corner of a line.

    `track` counts the tracks of the gutter to the left of `lane`; `GUTTER` is the centre of the lane itself. `level`
    counts those of the channel above `row`; `CHANNEL` is the centre of the row itself.
    """

    lane: int
    track: int
    row: int
    level: int


@dataclass(frozen=True, slots=True)
class Route:
    """The corners of a way, from the centre of one symbol to the centre of the other. `clear` is whether it is free."""

    points: tuple[Point, ...]
    clear: bool = True


_Node = tuple[int, int]
_Edge = tuple[_Node, _Node]


@dataclass(slots=True)
class _Grid:
    """The tracks, and what runs on them so far. The end of a way tells which others may join it."""

    lanes: int
    rows: int
    symbols: frozenset[_Node]
    edges: dict[_Edge, _Node] = field(default_factory=dict)
    corners: dict[_Node, dict[_Node, set[int]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(set)))
    words: set[_Edge] = field(default_factory=set)

    @property
    def width(self) -> int:
        return self.lanes * _LANE + GUTTER

    @property
    def height(self) -> int:
        return self.rows * _ROW + CHANNEL

    def price(self, a: _Node, direction: int, end: _Node, *, strict: bool) -> float | None:
        """Return what the stretch from `a` to its neighbour costs on the way to `end`, None where it is not free."""
        b = _beside(a, direction)
        outer = CHANNEL // 2
        inside = 0 <= b[0] < self.width and outer <= b[1] < self.height - outer
        if not inside or (b in self.symbols and b != end):
            return None
        length = _length(a, b)
        taken, against = self.edges.get((a, b)), self.edges.get((b, a))
        if taken == end:
            return length * _JOINED
        if taken is not None or against is not None:
            return None if strict else _CLASH
        return length + (_WORD if (a, b) in self.words or (b, a) in self.words else 0)

    def crossing(self, node: _Node, came: int, goes: int, end: _Node) -> float | None:
        """Return what it costs to go on at a node where others run, None where they would run into each other."""
        price = 0.0
        if node not in self.corners:
            return price
        for other, directions in self.corners[node].items():
            if other == end:
                continue
            straight = came == goes and directions <= ({_DOWN, _UP} if goes in {_RIGHT, _LEFT} else {_RIGHT, _LEFT})
            if not straight:
                return None
            price += _CROSSING
        return price

    def lay(self, nodes: Sequence[_Node]) -> None:
        """Let a way run along `nodes`, which are neighbours."""
        end = nodes[-1]
        for a, b in pairwise(nodes):
            direction = _direction(a, b)
            self.edges[a, b] = end
            self.corners[a][end].add(direction)
            self.corners[b][end].add(direction)

    def write(self, nodes: Sequence[_Node]) -> None:
        """Keep the lines off the word that stands where a way begins: beside its first stretch."""
        (x, y), direction = nodes[0], _direction(nodes[0], nodes[1])
        step = _STEPS[direction][0] or 1
        for away in range(1, GUTTER + 1):
            for level in range(-1, 2):
                at = (x + step * away, y + level)
                self.words.add((at, (at[0], at[1] + 1)))


@lru_cache(maxsize=256)
def routes(lanes: int, rows: int, symbols: frozenset[Spot], ways: tuple[Way, ...]) -> tuple[Route, ...]:
    """Return where each of `ways` runs, in their order. Those that come first have the free choice."""
    grid = _Grid(lanes, rows, frozenset(map(_node, symbols)))
    return tuple(_routed(grid, way) for way in ways)


def _routed(grid: _Grid, way: Way) -> Route:
    start, end = _node(way.start), _node(way.end)
    between = range(min(start[1], end[1]) - CHANNEL, max(start[1], end[1]) + _ROW)
    nodes = _path(grid, start, end, within=between) or _path(grid, start, end, within=range(grid.height))
    clear = nodes is not None
    nodes = nodes or _path(grid, start, end, within=range(grid.height), strict=False) or [start, end]
    grid.lay(nodes)
    if way.worded:
        grid.write(nodes)
    return Route(tuple(_point(node) for node in _corners(nodes)), clear=clear)


def _path(grid: _Grid, start: _Node, end: _Node, *, within: range, strict: bool = True) -> list[_Node] | None:
    """Return a cheap path from `start` to `end` on the rows' tracks `within`; None where there is none."""
    queue: list[tuple[float, float, _Node, int]] = []
    best: dict[tuple[_Node, int], float] = {}
    came_from: dict[tuple[_Node, int], tuple[_Node, int] | None] = {}

    def offer(price: float, node: _Node, direction: int, before: tuple[_Node, int] | None) -> None:
        state = (node, direction)
        if price < best.get(state, float("inf")):
            best[state], came_from[state] = price, before
            # Nodes near the end first (A*): far fewer are looked at.
            heappush(queue, (price + _JOINED * _length(node, end), price, node, direction))

    for price, direction in _setting_out(grid, start, end, strict=strict):
        offer(price, _beside(start, direction), direction, None)
    while queue:
        _, price, node, came = heappop(queue)
        if price > best[node, came]:
            continue
        if node == end:
            return _walked(came_from, (node, came), start)
        for further, goes in _going_on(grid, node, came, end, strict=strict):
            beside = _beside(node, goes)
            if beside[1] in within:
                offer(price + further, beside, goes, (node, came))
    return None


def _setting_out(grid: _Grid, start: _Node, end: _Node, *, strict: bool) -> Iterator[tuple[float, int]]:
    """Yield the directions in which a way may leave its symbol, with the price of the first stretch.

    A symbol has one line at each of its sides, except those that come to it together.
    """
    for direction in range(4):
        if _port_taken(grid, start, direction):
            continue
        price = grid.price(start, direction, end, strict=strict)
        if price is not None:
            yield price + (_ASIDE if direction in {_UP, _DOWN} else 0), direction


def _going_on(grid: _Grid, node: _Node, came: int, end: _Node, *, strict: bool) -> Iterator[tuple[float, int]]:
    """Yield the directions in which a way may go on from a node to which it `came`, with their prices."""
    for goes in range(4):
        if goes == _OPPOSITE[came]:
            continue
        price = grid.price(node, goes, end, strict=strict)
        crossing = grid.crossing(node, came, goes, end) if strict else 0.0
        if price is not None and crossing is not None:
            yield price + crossing + (_bend(node, goes, end) if goes != came else 0.0), goes


def _bend(node: _Node, goes: int, end: _Node) -> float:
    """Return the price of a corner at `node`, from which a way goes on in this direction."""
    near = goes in {_RIGHT, _LEFT} and node[1] == end[1] and abs(node[0] - end[0]) <= _ARROW
    return _BEND + (_CRAMPED if near else 0.0)


def _port_taken(grid: _Grid, node: _Node, direction: int) -> bool:
    beside = _beside(node, direction)
    return (node, beside) in grid.edges or (beside, node) in grid.edges


def _walked(
    came_from: dict[tuple[_Node, int], tuple[_Node, int] | None], last: tuple[_Node, int], start: _Node
) -> list[_Node]:
    nodes, state = list[_Node](), last
    while True:
        nodes.append(state[0])
        before = came_from[state]
        if before is None:
            return [start, *reversed(nodes)]
        state = before


def _corners(nodes: Sequence[_Node]) -> Iterator[_Node]:
    """Yield the first and the last node, and those at which the direction changes."""
    yield nodes[0]
    for before, node, after in zip(nodes, nodes[1:], nodes[2:], strict=False):
        if _direction(before, node) != _direction(node, after):
            yield node
    yield nodes[-1]


def _node(spot: Spot) -> _Node:
    return spot.lane * _LANE + GUTTER, spot.row * _ROW + CHANNEL


def _point(node: _Node) -> Point:
    (lane, track), (row, level) = divmod(node[0], _LANE), divmod(node[1], _ROW)
    return Point(lane, track, row, level)


def _beside(node: _Node, direction: int) -> _Node:
    dx, dy = _STEPS[direction]
    return node[0] + dx, node[1] + dy


def _direction(a: _Node, b: _Node) -> int:
    """Return the direction from `a` to `b`, which lie on one track."""
    if a[0] != b[0]:
        return _RIGHT if b[0] > a[0] else _LEFT
    return _DOWN if b[1] > a[1] else _UP


def _length(a: _Node, b: _Node) -> float:
    return abs(a[0] - b[0]) * _WIDE / _LANE + abs(a[1] - b[1]) * _HIGH / _ROW
