"""The guides for users say what the program says: each button and each sentence that they quote is in the catalogue."""

import re
from pathlib import Path

import pytest

from handlers.texts.wordless import described
from models.case.attachment import FileRecord
from tests.docs.guides import GUIDES, catalogue, labels, literal, opened, sentences

OF_PEOPLE = {
    *("Ok", "siap", "terima kasih"),
    *("1 hari", "Sen 23 Nov 09.14 WITA"),
}
"""What people say, and how the SOP and the clock tell a time. No text of the catalogue does."""

FILES = [
    FileRecord(file_id=kind, unique_id=kind, kind=kind, name="", size=1, seconds=30 if kind == "voice" else None)
    for kind in ("voice", "photo")
]
"""Reports without a word, which are called by their files (`handlers/texts/wordless.py`)."""

_SAID_ITSELF = 0.5
"""The share of a quotation that a text must say itself, so that a text of gaps does not say everything."""


def _is_said(quoted: str, texts: dict[str, list[str]], *, within: bool) -> bool:
    quoted = opened(quoted)
    length = sum(not one.isspace() and one != "…" for one in quoted)
    words = [word for word in re.split(r"[\W_]+", quoted) if word]
    # Most texts have no word of it, and need no closer look.
    likely = (form for forms in texts.values() for form in forms if not words or any(word in form for word in words))
    return any(literal(quoted, form, within=within) >= _SAID_ITSELF * length for form in likely)


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.stem)
def test_every_button_that_a_guide_names_is_one(guide: Path) -> None:
    buttons, titles = catalogue("button-"), catalogue("card-title-")
    named = labels(guide.read_text(encoding="utf-8"))
    assert named
    unknown = [one for one in named if not _is_said(one, buttons, within=False)]
    assert [one for one in unknown if not _is_said(one, titles, within=True)] == []


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.stem)
def test_every_sentence_that_a_guide_quotes_is_said(guide: Path) -> None:
    texts = catalogue() | {"wordless": [described([file]) for file in FILES]}
    quoted = [one for one in sentences(guide.read_text(encoding="utf-8")) if one not in OF_PEOPLE]
    assert [one for one in quoted if not _is_said(one, texts, within=True) and not _in_parts(one, texts)] == []


def _in_parts(quoted: str, texts: dict[str, list[str]]) -> bool:
    """Whether a sentence that is put together of several texts is said: each of its parts is, but for single words."""
    parts = [part for part in quoted.split(", ") if " " in part]
    return bool(parts) and all(_is_said(one, texts, within=True) for one in parts)


@pytest.mark.parametrize(
    ("quoted", "form", "said"),
    [
        ("✅ Teruskan ke …", "✅ Teruskan ke \0", True),
        ("✅ Teruskan kepada …", "✅ Teruskan ke \0", False),
        ("⏹ Akhiri masa jabatan…", "⏹ Akhiri masa jabatan…", True),
        ("✅ Cuti bersama 2028 lengkap", "✅ Cuti bersama \0 lengkap", True),
        ("✅ Cuti bersama 2028 selesai", "✅ Cuti bersama \0 lengkap", False),
        ("✅ Benar", "✅ Benar, teruskan", False),
        ("Apa pun yang tertulis", "\0", False),
    ],
)
def test_a_quotation_is_held_against_a_text_with_gaps(quoted: str, form: str, *, said: bool) -> None:
    assert _is_said(quoted, {"a-text": [form]}, within=False) is said
