"""The pages on the files of data, and what the loaders of these files really read."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from models.rules.document import Table

AT_THE_TOP = ""
"""The place of the keys that stand before the first table of a file."""

_BLOCK = re.compile(r"^```toml\n(.*?)^```", re.MULTILINE | re.DOTALL)
_PLACE = re.compile(r"^## (?:At the top|`(\[.+\])`)", re.MULTILINE)
_ROW = re.compile(
    r"^\| `(?P<key>\w+)` \| .+? \| (?P<default>.+?) \| .+? "
    r"\| `(?P<example>.+?)` \| `(?P<wrong>.+?)`: (?P<reason>.+?) \|$",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Key:
    """A key as its page explains it: the table it stands in, a line that is read, and one that is refused and why."""

    place: str
    name: str
    default: str
    example: str
    wrong: str
    reason: str

    @property
    def required(self) -> bool:
        """Whether a file without the key is refused."""
        return self.default.startswith("required")


def keys(page: Path) -> Iterator[Key]:
    """Go through the keys that a page explains."""
    text = page.read_text(encoding="utf-8")
    places = list(_PLACE.finditer(text))
    for place, end in zip(places, [*(one.start() for one in places[1:]), len(text)], strict=True):
        for row in _ROW.finditer(text, place.end(), end):
            told = row["key"], row["default"], row["example"], row["wrong"], row["reason"]
            yield Key(place[1] or AT_THE_TOP, *told)


def example(page: Path) -> str:
    """Return the whole file that a page shows."""
    *_, last = _BLOCK.finditer(page.read_text(encoding="utf-8"))
    return last[1]


def without(file: str, key: Key) -> str:
    """Return a file without a key, in the first table of its place."""
    return _changed(file, key, None)


def with_line(file: str, key: Key, line: str) -> str:
    """Return a file with another line for a key, in the first table of its place."""
    return _changed(file, key, line)


def _changed(file: str, key: Key, line: str | None) -> str:
    lines, place, found = [], AT_THE_TOP, False
    for each in file.splitlines():
        header = re.fullmatch(r"(\[\[?)([\w.]+)(\]\]?)", each)
        if header:
            place = "[hours.NAME]" if header[2].startswith("hours.") else each
        if place == key.place and not found and each.startswith(f"{key.name} = "):
            found = True
            lines += [line] if line is not None else []
        else:
            lines.append(each)
    assert found, f"the example of the page has no {key.name} in {key.place or 'its top'}"
    return "\n".join(lines) + "\n"


@contextmanager
def what_is_read() -> Iterator[Mapping[str, set[str]]]:
    """Collect, while files are loaded, which keys each kind of table may have, by the name that its page gives it."""
    found: dict[str, set[str]] = defaultdict(set)
    places: dict[int, str] = {}
    kept: list[Table] = []
    finish, table, tables = Table.finish, Table.table, Table.tables

    def note(one: Table, place: str) -> Table:
        kept.append(one)
        places[id(one)] = place
        return one

    def into_table(self: Table, key: str) -> Table:
        named_by_the_office = places.get(id(self)) == "[hours]"
        return note(table(self, key), "[hours.NAME]" if named_by_the_office else f"[{key}]")

    def into_tables(self: Table, key: str, *, row: str, named_by: str, required: bool = True) -> list[Table]:
        rows = tables(self, key, row=row, named_by=named_by, required=required)
        return [note(one, f"[[{key}]]") for one in rows]

    def finished(self: Table, *, known: Iterable[str] = ()) -> None:
        words = set(known)
        found[places.get(id(self), AT_THE_TOP)] |= self._known | words
        finish(self, known=words)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Table, "finish", finished)
        patch.setattr(Table, "table", into_table)
        patch.setattr(Table, "tables", into_tables)
        yield found
    found[AT_THE_TOP] -= {re.sub(r"[][]|\.\w+", "", place) for place in [*found, "[hours]"]}
