"""What the guides for users quote of the program: labels of buttons, and sentences that the bot says."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from fluent.syntax import FluentParser, ast

ROOT = Path(__file__).parents[2]
GUIDES = tuple(sorted((ROOT / "docs/panduan").glob("*.md")))
TEXTS = ROOT / "handlers/texts/id"

ANY = "\0"
"""Stands for whatever a text fills in: a placeable of the catalogue, or the … of a guide."""

_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
_QUOTED = re.compile(r"“(.+?)”", re.DOTALL)
_EXAMPLE = re.compile(r"^> (.+)$", re.MULTILINE)
_FILLED = re.compile(
    r"SW-…|SW-\d{4}-\d{4}|(?:Sen|Sel|Rab|Kam|Jum|Sab|Min) (?=\d)|\d{1,2} [A-Z][a-z]{2}\b(?: \d\d\.\d\d WITA)?|\d[\d.]*"
)
_SENTENCE = re.compile(r"(?<=[.?!])\s+")
_MARKUP = re.compile(r"</?(?:b|i|s|blockquote)(?: expandable)?>")


def labels(guide: str) -> list[str]:
    """Return the labels of buttons that a guide names: what it sets in bold and what begins with a sign."""
    return [found for found in (_even(one) for one in _BOLD.findall(guide)) if _is_sign(found[0])]


def sentences(guide: str) -> list[str]:
    """Return the sentences that a guide quotes, each by itself: a message is put together from several texts."""
    quoted = [*_QUOTED.findall(guide), *_EXAMPLE.findall(guide)]
    return [sentence for one in quoted for sentence in _SENTENCE.split(_even(one)) if len(sentence) > 1]


def catalogue(prefix: str = "") -> dict[str, list[str]]:
    """Return the texts whose names begin with `prefix`, each in every form that it has."""
    parser, found = FluentParser(), dict[str, list[str]]()
    for file in sorted(TEXTS.glob("*.ftl")):
        for entry in parser.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(entry, ast.Message) and entry.value is not None and entry.id.name.startswith(prefix):
                found[entry.id.name] = [_even(_MARKUP.sub("", form)) for form in _forms(entry.value)]
    return found


def opened(quoted: str) -> str:
    """Return a quotation with numbers, dates and instants left open: each text fills them in."""
    return re.sub(r"\s*…\s*", "…", _FILLED.sub("…", quoted))


def literal(quoted: str, form: str, *, within: bool = False) -> int:
    """Return how many characters of `quoted` the `form` of a text says itself; -1 where it cannot say `quoted`.

    What either leaves open may be anything. With `within` the quotation is looked for in a part of the text.
    """
    around = [ANY] if within else []
    asked = [*around, *(ANY if one == "…" else one for one in quoted), *around]
    # In turn for each beginning of the text: how much of it says the beginning of the quotation that was looked at.
    before = [0]
    for other in form:
        before.append(before[-1] if other == ANY else -1)
    for one in asked:
        now = [before[0] if one == ANY else -1]
        for place, other in enumerate(form, start=1):
            best = -1
            if ANY in (one, other):
                best = max(before[place], now[place - 1])
            elif one == other and before[place - 1] >= 0:
                best = before[place - 1] + (not one.isspace())
            now.append(best)
        before = now
    return before[-1]


def _forms(pattern: ast.Pattern) -> Iterator[str]:
    """Go through the forms of a text: what it fills in is left open, of a choice each form is one."""
    forms = [""]
    for element in pattern.elements:
        if isinstance(element, ast.TextElement):
            forms = [form + element.value for form in forms]
        elif isinstance(element, ast.Placeable):
            ends = list(_expressed(element.expression))
            forms = [form + end for form in forms for end in ends]
    yield from forms


def _expressed(expression: object) -> Iterator[str]:
    if isinstance(expression, ast.StringLiteral):
        yield expression.parse()["value"]
    elif isinstance(expression, ast.SelectExpression):
        for variant in expression.variants:
            yield from _forms(variant.value)
    else:
        yield ANY


def _even(text: str) -> str:
    return " ".join(text.split())


def _is_sign(character: str) -> bool:
    return unicodedata.category(character) in {"So", "Sm", "Sk"}
