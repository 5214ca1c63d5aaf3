"""The pages of the repository as the tests read them: their links, their headings, and what the code defines."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).parents[2]

_FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[(?P<text>(?:`[^`]*`|[^\]`])*)\]\((?P<target>[^)\s]+)\)")
_HEADING = re.compile(r"^#{1,6} +(.+?) *$", re.MULTILINE)
_PATH = re.compile(r"`((?:bot|handlers|models|tests|docs|deploy|requirements)/[\w./-]*)`")
_NAME = re.compile(r"`([A-Za-z_][\w.]*)`")


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a page to another file of the repository; `anchor` is the heading there, "" for the whole file."""

    text: str
    file: Path
    anchor: str

    @property
    def name(self) -> str | None:
        """The name in the code that the link stands for, such as `Card` or `Task.rung`; None for any other words."""
        found = _NAME.fullmatch(self.text)
        return found[1] if found and self.file.suffix == ".py" else None


def pages() -> list[Path]:
    """Return every page, in order."""
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def links(page: Path) -> Iterator[Link]:
    """Go through the links of a page that stay in the repository."""
    for found in _LINK.finditer(_prose(page)):
        target, _, anchor = found["target"].partition("#")
        if ":" not in target:
            file = (page.parent / target).resolve() if target else page
            yield Link(found["text"], file, anchor)


def paths(page: Path) -> set[str]:
    """Return the paths of our folders that a page names without a link."""
    return set(_PATH.findall(_prose(page)))


def anchors(page: Path) -> set[str]:
    """Return what the headings of a page are reached by, as code hosts make it."""
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in _HEADING.findall(_prose(page))}


def tables(page: Path) -> Iterator[list[str]]:
    """Go through the rows of a page's tables, heads and rules left out: the cells of each."""
    for line, following in pairwise([*page.read_text(encoding="utf-8").splitlines(), ""]):
        if line.startswith("|") and not line.startswith("| ---") and not following.startswith("| ---"):
            yield [cell.strip() for cell in line.strip("|").split("|")]


@cache
def names(file: Path) -> frozenset[str]:
    """Return what a file of code defines: functions, classes, constants, and the members of classes after a dot."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return frozenset(_defined(tree.body, ""))


def _defined(body: list[ast.stmt], prefix: str) -> Iterator[str]:
    for statement in body:
        match statement:
            case ast.ClassDef():
                yield prefix + statement.name
                yield from _defined(statement.body, f"{prefix}{statement.name}.")
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                yield prefix + statement.name
            case ast.AnnAssign(target=ast.Name(id=name)):
                yield prefix + name
            case ast.Assign():
                yield from (prefix + target.id for target in statement.targets if isinstance(target, ast.Name))
            case _:
                pass


def _prose(page: Path) -> str:
    return _FENCED.sub("", page.read_text(encoding="utf-8"))
