"""Draws the rooms of the code as docs/architecture.md shows them: `python -m tests.docs.rooms`.

Which rooms there are, and which stands above which, is read from the import contracts in pyproject.toml, so that the
picture cannot say anything else than what import-linter holds. Only what a room is for is written here.
"""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PICTURE = ROOT / "docs" / "pictures" / "rooms.svg"

FLOORS = {
    "bot": "the running process: what comes in, what goes out, where it is kept",
    "handlers": "what a person reads, writes and taps",
    "models": "the rules and the record: knows no Telegram, no sentence, no clock",
}

ROOMS = {
    "bot.archive": "files by their content",
    "bot.cli": "the command line",
    "bot.copying": "backup and restore",
    "bot.demonstration": "an invented office",
    "bot.export": "plain files that prove themselves",
    "bot.loop": "wakes, waits, ends",
    "bot.notices": "sends what is owed",
    "bot.papers": "papers and pictures",
    "bot.replicas": "several processes",
    "bot.sandbox": "Telegram's stand-in",
    "bot.sealing": "hourly checkpoints",
    "bot.storage": "all transactions",
    "bot.telegram": "the client, failed calls",
    "bot.updates": "stores what comes in",
    "handlers.routes": "which handler gets which update",
    "handlers.taps": "what a button means",
    "handlers.messages": "what words are for",
    "handlers.composed": "texts that must exist",
    "handlers.delivery": "a notice becomes a message",
    "handlers.people": "joining the office, holding a post, help",
    "handlers.looking": "queue, status, timeline",
    "handlers.steps": "forward, handle, review: what officials do on their cards",
    "handlers.reporting": "from a message to a report",
    "handlers.views": "what a screen shows, as plain values",
    "handlers.chat": "who talks, what is expected next",
    "handlers.exports": "the register as a file",
    "handlers.papers": "what a paper or a picture shows, in words",
    "handlers.screens": "pure functions that draw text and buttons",
    "handlers.texts": "every sentence, in Indonesian and English",
    "models.migrations": "the history of the tables",
    "models.tables": "all tables in one place",
    "models.upkeep": "audit, recovery, letting go of what is over",
    "models.export": "the record as lines",
    "models.statistics": "figures: counted, booked on who held it",
    "models.administration": "who joins, who acts",
    "models.chase": "who is late",
    "models.queries": "lists, without a lock",
    "models.proof": "rows against journal",
    "models.repository": "finds what a decision needs: with a lock to change it, without to look",
    "models.checkpoint": "signed tree heads over all chains",
    "models.search": "the words by which a case is found",
    "models.case": "a report and every transition it can make",
    "models.mail": "what came in, what is owed: inbox, notices, cards, buttons",
    "models.journal": "the hash-chained log",
    "models.office": "people, posts, tenures, invites",
    "models.rules": "SOP, hours, ladder",
    "models.base": "what tables share",
    "models.faults": "whose fault it is",
    "models.refusals": "what is not granted",
}

STATIONS = {
    "bot.updates": "stored on disk",
    "handlers.taps": "understood",
    "models.case": "decided and journalled",
    "models.mail": "next card owed",
    "handlers.delivery": "drawn",
    "bot.notices": "sent",
}
"""The way of one tap through the rooms, in order."""

_FOOT = "Imports run down only: from floor to floor, and in a floor from row to row."

_WIDTH = 920
_MARGIN = 16
_GAP = 6
_HEADING = 38
_LINE = 30
_TALL = 44
_INDENT = 126

_STYLE = """
  text { font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; fill: #1f2937; }
  .name { font-size: 14px; font-weight: 600; }
  .what { font-size: 12.5px; fill: #4b5563; }
  .floor { font-size: 19px; font-weight: 700; }
  .about { font-size: 13.5px; }
  .end { text-anchor: end; }
  .number { font-size: 11.5px; font-weight: 700; fill: #ffffff; text-anchor: middle; }
  .station { fill: #b4232c; }
  .paper { fill: #ffffff; }
  .outside { fill: #f3f4f6; stroke: #9ca3af; stroke-dasharray: 5 4; }
  .room { fill: #ffffff; }
  .bot { fill: #dbe7f5; stroke: #7d9cc2; } .bot-room { stroke: #a8c0de; }
  .handlers { fill: #d9efe4; stroke: #6fae90; } .handlers-room { stroke: #9fcfb7; }
  .models { fill: #f7e8cf; stroke: #cf9f52; } .models-room { stroke: #e2c48f; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; } .what { fill: #a9b4c0; }
    .paper { fill: #0d1117; } .room { fill: #161b22; } .station { fill: #d1434b; }
    .outside { fill: #1c2128; stroke: #6b7280; }
    .bot { fill: #1d2d44; stroke: #4f74a3; } .bot-room { stroke: #35537a; }
    .handlers { fill: #17352a; stroke: #3f8466; } .handlers-room { stroke: #2b5c47; }
    .models { fill: #3b2d16; stroke: #9a7434; } .models-room { stroke: #664e26; }
  }
"""


@dataclass(frozen=True, slots=True)
class Floor:
    """One floor of the house: its rooms in rows, the upper row first. A room is a module, such as `models.case`."""

    name: str
    rows: Sequence[Sequence[str]]

    @property
    def height(self) -> int:
        """How much room it takes in the picture."""
        return _HEADING + sum(_height(row) + _GAP for row in self.rows) + _GAP


def floors(project: dict[str, Any]) -> list[Floor]:
    """Return the floors, the upper one first, as the layers of the contracts in `pyproject.toml` have them."""
    contracts = [one for one in project["tool"]["importlinter"]["contracts"] if one["type"] == "layers"]
    house = next(one["layers"] for one in contracts if all("." not in name for name in one["layers"]))
    return [Floor(name, _rows(name, contracts)) for name in house]


def _rows(floor: str, contracts: Sequence[dict[str, Any]]) -> list[list[str]]:
    """Return the rows of a floor. Of a floor whose contract places each module, the packages alone are rooms."""
    for one in contracts:
        rows = [[room.strip() for room in layer.split("|")] for layer in one["layers"]]
        if one.get("containers") == [floor]:
            rooms = [[f"{floor}.{name}" for name in row if (ROOT / floor / name).is_dir()] for row in rows]
            return [row for row in rooms if row]
        if all(room.startswith(f"{floor}.") for row in rows for room in row):
            return rows
    raise LookupError(f"no contract says which rooms {floor} has")


def drawn(house: Sequence[Floor]) -> str:
    """Return the picture as SVG. Raises `KeyError` for a room of which nobody has said what it is for."""
    parts, y = [*_way_of_a_tap(_MARGIN)], _MARGIN + _LINE
    parts += _outside("Telegram", "hands updates out, takes messages", y)
    y += _LINE + _MARGIN
    for place, floor in enumerate(house):
        parts += _floor(floor, _imports([lower.name for lower in house[place + 1 :]]), y)
        y += floor.height + _MARGIN
    parts += _outside("SQLite or PostgreSQL", "one transaction for each update", y)
    y += _LINE + _MARGIN + 12
    parts.append(_text("what", _FOOT, _MARGIN, y))
    height = y + _MARGIN
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img">'
    title = "<title>The rooms of the code: three floors, imports run down only, and the way of one tap</title>"
    # Whatever the page's own colour is, the words stand on the one they were drawn for.
    paper = f'<rect class="paper" width="{_WIDTH}" height="{height}" rx="12"/>'
    return "\n".join([head, title, f"<style>{_STYLE}</style>", paper, *parts, "</svg>", ""])


def _imports(lower: Sequence[str]) -> str:
    return f"imports {' and '.join(lower)}" if lower else "imports neither of them"


def _floor(floor: Floor, imports: str, y: int) -> Iterator[str]:
    width = _WIDTH - 2 * _MARGIN
    yield f'<rect class="{floor.name}" x="{_MARGIN}" y="{y}" width="{width}" height="{floor.height}" rx="10"/>'
    yield _text("floor", f"{floor.name}/", 2 * _MARGIN, y + 26)
    yield _text("about", FLOORS[floor.name], 2 * _MARGIN + _INDENT, y + 25)
    yield _text("what end", imports, _WIDTH - 2 * _MARGIN, y + 25)
    y += _HEADING
    for row in floor.rows:
        yield from _row(floor.name, row, y)
        y += _height(row) + _GAP


def _row(floor: str, row: Sequence[str], y: int) -> Iterator[str]:
    left, width = 2 * _MARGIN, _WIDTH - 4 * _MARGIN
    each = (width - _GAP * (len(row) - 1)) / len(row)
    for place, room in enumerate(row):
        yield from _room(floor, room, left + place * (each + _GAP), y, each, _height(row))


def _room(floor: str, room: str, x: float, y: int, width: float, height: int) -> Iterator[str]:
    yield f'<rect class="room {floor}-room" x="{x:.0f}" y="{y}" width="{width:.0f}" height="{height}" rx="6"/>'
    name, what = room.removeprefix(f"{floor}."), ROOMS[room]
    if height == _LINE:
        yield _text("name", name, x + 12, y + 20)
        yield _text("what", what, x + 12 + _INDENT, y + 20)
    else:
        yield _text("name", name, x + 12, y + 18)
        yield _text("what", what, x + 12, y + 35)
    if room in STATIONS:
        # In the corner, where no word is long enough to meet it.
        yield from _number(list(STATIONS).index(room) + 1, x + width - 15, y + 15)


def _number(number: int, x: float, y: float) -> Iterator[str]:
    yield f'<circle class="station" cx="{x:.0f}" cy="{y:.0f}" r="10"/>'
    yield _text("number", str(number), x, y + 4)


def _way_of_a_tap(y: int) -> Iterator[str]:
    yield _text("floor", "One tap", _MARGIN, y + 12)
    x = 2.0 * _MARGIN + _INDENT
    for number, what in enumerate(STATIONS.values(), 1):
        yield from _number(number, x, y + 6)
        yield _text("about", what, x + 16, y + 11)
        x += 52 + 6.6 * len(what)


def _outside(name: str, what: str, y: int) -> Iterator[str]:
    width = _WIDTH - 2 * _MARGIN
    yield f'<rect class="outside" x="{_MARGIN}" y="{y}" width="{width}" height="{_LINE}" rx="8"/>'
    yield _text("name", name, 2 * _MARGIN, y + 20)
    yield _text("what end", what, width, y + 20)


def _height(row: Sequence[str]) -> int:
    return _LINE if len(row) == 1 else _TALL


def _text(kind: str, words: str, x: float, y: float) -> str:
    return f'<text class="{kind}" x="{x:.0f}" y="{y:.0f}">{escape(words)}</text>'


def picture() -> str:
    """Return the picture of the code as its contracts are now."""
    return drawn(floors(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))))


if __name__ == "__main__":
    PICTURE.write_text(picture(), encoding="utf-8")
