"""Words of any length in a message: paged, cut, and put in whole."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from markupsafe import Markup, escape

from handlers.texts.catalogue import Texts
from handlers.texts.shorten import PAGE, length, pages, shortened, visible

SAY = Texts.load(ZoneInfo("Asia/Makassar")).say("id")


@pytest.mark.parametrize(
    "text",
    ["", "pendek", "kata " * 2000, "x" * 10_000, "<&>" * 3000, "baris\n" * 1500, "&" * PAGE, "'\"" * PAGE, "😀" * 5000],
)
def test_pages_lose_nothing_and_fit_a_message(text: str) -> None:
    found = pages(text)
    assert "".join(found) == text
    assert all(0 < length(escape(page)) <= PAGE for page in found)
    for page in found:
        assert SAY("words-of", number="SW-2026-0001", text=page).count("blockquote") == 2


def test_pages_are_cut_between_words() -> None:
    first, *_ = pages("kata " * 1000)
    assert first.endswith("kata ")


def test_long_words_are_data_and_markup_stays_markup() -> None:
    words = "<b>" * 1000
    assert SAY("evaluation-current", text=words).count("&lt;b&gt;") == 1000
    assert SAY("evaluation-current", text=Markup("<i>x</i>") * 1000).endswith("<i>x</i></pre>")
    both = SAY("news-answered", number="SW-2026-0001", question="q" * 3000, answer="a" * 3000, files=0)
    assert both.count("q" * 3000) == both.count("a" * 3000) == 1


def test_a_reader_sees_neither_tags_nor_escapes() -> None:
    words = "\"Galat\" <0> & 'macet'"
    assert visible(Markup("<b>{}</b>\n").format(words)) == len(words) + 1


@pytest.mark.parametrize(
    ("text", "limit", "shown"),
    [
        ("pendek", 10, "pendek"),
        ("sepuluh ka", 10, "sepuluh ka"),
        ("dua kata panjang", 12, "dua kata…"),
        ("satukatayangpanjang", 10, "satukatay…"),
        ("", 10, ""),
        ("😀😀😀", 6, "😀😀😀"),
        ("😀😀😀😀", 6, "😀😀…"),
        ("𝐚𝐛𝐜 𝐝𝐞𝐟 𝐠𝐡𝐢", 16, "𝐚𝐛𝐜 𝐝𝐞𝐟…"),
    ],
)
def test_long_words_are_cut_between_words(text: str, limit: int, shown: str) -> None:
    assert shortened(text, limit) == shown
    assert length(shown) <= limit


@pytest.mark.parametrize(("text", "units"), [("", 0), ("abc", 3), ("é\uffff", 2), ("😀", 2), ("a\U00010000", 3)])
def test_a_length_is_that_of_utf_16(text: str, units: int) -> None:
    assert length(text) == units == len(text.encode("utf-16-le")) // 2
