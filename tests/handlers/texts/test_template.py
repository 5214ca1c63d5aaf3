"""A sentence with gaps says the same as the library, with a sixth of the work."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from zoneinfo import ZoneInfo

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

from handlers.texts.catalogue import PACKAGED, MissingText, Say, Texts
from handlers.texts.template import Template

TEXTS = Texts.load(ZoneInfo("Asia/Makassar"))

ODD = "“Tolong <segera> & {x}” \U000f0000 👨‍👩‍👧 " + "panjang " * 400
"""Words as people write them: longer than the library takes, with what it would read as its own."""

MOST_STEPS = 8
"""How many functions written in Python a sentence with three gaps takes. The library takes 46."""


class _Variables(Visitor):
    """Notes the variables of a message."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:  # noqa: N802 - the library's name
        self.names.add(node.id.name)


def messages(language: str) -> Iterator[tuple[str, set[str]]]:
    """Go through the messages of a language with the variables of each."""
    for file in sorted((PACKAGED / language).glob("*.ftl")):
        for entry in FluentParser(with_spans=False).parse(file.read_text(encoding="utf-8")).body:
            if isinstance(entry, ftl.Message):
                found = _Variables()
                found.visit(entry)
                yield entry.id.name, found.names


@contextmanager
def counted() -> Iterator[list[str]]:
    called: list[str] = []

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            called.append(frame.f_code.co_qualname)

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        yield called
    finally:
        sys.setprofile(before)


@pytest.mark.parametrize("language", list(TEXTS.languages))
def test_every_sentence_with_gaps_says_what_the_library_says(language: str) -> None:
    say, seen = TEXTS.say(language), 0
    for code, names in messages(language):
        template = Template.of(say._pattern(code))
        data = {name: f"«{name}»" for name in names}
        if template is not None:
            seen += 1
            assert template.filled(data) == say._resolved(code, data), code
            odd = dict.fromkeys(names, ODD)
            assert template.filled(odd) == say._resolved(code, odd), code
    assert seen > 500


@pytest.fixture
def say(tmp_path: Path) -> Say:
    (tmp_path / "id").mkdir()
    (tmp_path / "id" / "language.ftl").write_text(
        "language-name = Bahasa Indonesia\n"
        "plain = Dari { $name } untuk { $to }: { $what }.\n"
        'braces = { "{" }{ $name }{ "}" }\n'
        "alone = { $name }\n"
        "words = Tidak ada.\n"
        "choice = { $count ->\n   *[other] { $count } laporan\n }\n"
        "reference = { words } { $name }\n",
        encoding="utf-8",
    )
    return Texts.load(ZoneInfo("Asia/Makassar"), tmp_path).say("id")


@pytest.mark.parametrize(
    ("code", "data", "said"),
    [
        ("plain", {"name": "Siti", "to": "Andi", "what": "<b>"}, "Dari Siti untuk Andi: &lt;b&gt;."),
        ("plain", {"name": "Siti", "to": "Andi", "what": 1200}, "Dari Siti untuk Andi: 1.200."),
        ("braces", {"name": "x"}, "{x}"),
        ("alone", {"name": "Siti"}, "Siti"),
        ("words", {}, "Tidak ada."),
        ("choice", {"count": 2}, "2 laporan"),
        ("reference", {"name": "Siti"}, "Tidak ada. Siti"),
    ],
)
def test_numbers_choices_and_references_are_worded_by_the_library(
    say: Say, code: str, data: dict[str, object], said: str
) -> None:
    assert say(code, **data) == said
    assert say(code, **data) == said, "the second time, too"


def test_a_sentence_without_one_of_its_variables_is_refused(say: Say) -> None:
    with pytest.raises(MissingText, match="plain"):
        say("plain", name="Siti", to="Andi")


def test_a_sentence_with_gaps_takes_few_steps(say: Say) -> None:
    say.plain("plain", name="Siti", to="Andi", what="SIMPEG")
    with counted() as called:
        say.plain("plain", name="Siti", to="Andi", what="SIMPEG")
    assert len(called) <= MOST_STEPS
