"""The picture of compliance: few make no verdict, a month with few is a gap, the page tells what the picture does."""

from __future__ import annotations

import io
import re
from itertools import groupby
from typing import Any

import pypdfium2
from pypdf import PdfReader

from bot.papers.typesetting import digest, typeset
from handlers.papers.compliance import TEMPLATE, Compliance, Imprint, StepBar, Total, Words
from handlers.papers.official import letterhead
from handlers.papers.paper import Paper, Sheet, Verbatim
from models.rules.logo import Logo
from tests.bot.papers.reading import joined, right_edges, words_of
from tests.models.rules.test_logo import png
from tests.models.statistics.rows import BEGINS

WORDS = Words(
    "median", "p90", "mutu baku", "Kegiatan", "Waktu", "Tepat waktu", "Tren", "Jul – Des", "Baca.", "Cara.", "–"
)


ROOT = "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA="

EDGE = (210 - 16) / 25.4 * 72
"""The right margin of the page, in points."""


def imprint(logo: Logo | None = None, words: str = "SOP Contoh") -> Imprint:
    return Imprint(
        letterhead=letterhead(("Kementerian Contoh", "Kantor Contoh"), "Kantor", "Jalan Contoh 1, Manado", logo),
        about=(("Periode", "1 November 2026 – 30 November 2026"), ("SOP", words)),
        made=(("Dibuat oleh", f"{words} (Kakanwil)"), ("Dibuat pada", "1 Desember 2026, 09.00 WITA")),
        sealed=("Segel", Verbatim(f"Nomor 7, 30 November 2026, 18.00 WITA, 1472 daun, akar {ROOT}.")),
    )


def bar(**changed: Any) -> StepBar:
    given: dict[str, Any] = {
        "number": 5,
        "name": "Penanganan <script> #panic() 🦅",
        "standard": "2 hari",
        "count": "41 kali",
        "median": 62,
        "p90": 500,
        "median_text": "9 jam",
        "p90_text": "4 hari",
        "share": "79 %",
        "verdict": False,
        "change": "turun 2",
        "months": (60, None, 70, 72, 81, 79),
    }
    return StepBar(**{**given, **changed})


def rows_of(pdf: bytes) -> list[str]:
    """Return each row of pixels of a page as its colours from left to right, each once: `t` is petrol, `w` is white."""
    bitmap = pypdfium2.PdfDocument(pdf)[0].render(scale=6, rev_byteorder=True)
    kinds, picture = {(11, 85, 99): "t", (255, 255, 255): "w"}, bytes(bitmap.buffer)
    rows = []
    for y in range(bitmap.height):
        row = picture[y * bitmap.stride : y * bitmap.stride + 3 * bitmap.width]
        seen = (kinds.get((row[x], row[x + 1], row[x + 2]), "") for x in range(0, len(row), 3))
        rows.append("".join(one for one, _ in groupby(filter(None, seen))))
    return rows


def paper(*steps: StepBar, printed: bool = True, says: Imprint | None = None) -> Paper:
    content = Compliance(
        imprint=(says or imprint()) if printed else None,
        office="Kantor Contoh",
        title="Kepatuhan mutu baku",
        subtitle="November 2026 · SOP Contoh",
        totals=(Total("41", "laporan masuk"),),
        target=80,
        steps=steps,
        words=WORDS,
        foot="Seluruh kantor",
        language="id",
    )
    return Paper(TEMPLATE, content, told_at=BEGINS, sheet=Sheet.PDF if printed else Sheet.PNG)


def text_of(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    return " ".join(page.get_textpage().get_text_range() for page in document)


def test_the_page_says_all_figures_and_carries_nothing_out() -> None:
    few = bar(number=6, median=None, p90=None, median_text="–", p90_text="–", share="2 dari 3", verdict=None)
    said = text_of(typeset(paper(bar(), few)))
    for words in ("79 %", "2 dari 3", "9 jam", "turun 2", "#panic()", "<script>", "Seluruh kantor"):
        assert words in said


def test_a_median_and_a_p90_that_are_one_are_both_to_be_seen() -> None:
    rows = rows_of(typeset(paper(bar(median=30, p90=30))))
    below_the_legend = rows[len(rows) // 4 :]
    both = [row for row in below_the_legend if "twtwt" in row]
    assert len(both) >= 20, "the diamond stands around the dot, on nearly all rows of the dot"


def test_the_page_has_the_letterhead_the_period_its_maker_and_the_checkpoint() -> None:
    said = joined(words_of(typeset(paper(bar()))))
    for words in (
        *("KEMENTERIAN CONTOH", "KANTOR CONTOH", "Jalan Contoh 1, Manado"),
        *("1 November 2026 – 30 November 2026", "Dibuat oleh", "SOP Contoh (Kakanwil)", "1 Desember 2026, 09.00 WITA"),
        *("Nomor 7", "1472 daun", ROOT),
    ):
        assert joined(words) in said, words


def test_the_logo_of_the_office_stands_on_the_page() -> None:
    shown = typeset(paper(bar(), says=imprint(Logo(png(), "image/png", 200, 240))))
    assert [len(re.findall(rb"/Subtype\s*/Image", pdf)) for pdf in (typeset(paper(bar())), shown)] == [0, 1]


def test_no_long_word_leaves_the_page() -> None:
    pdf = typeset(paper(bar(), says=imprint(words="A" * 200)))
    assert max(right_edges(pdf, above=0)) <= EDGE + 0.5


def test_the_last_page_never_has_the_imprint_in_two() -> None:
    for steps in range(1, 31, 3):
        *_, last = PdfReader(io.BytesIO(typeset(paper(*(bar(number=one) for one in range(1, steps + 1)))))).pages
        said = joined(last.extract_text())
        assert all(joined(words) in said for words in ("Dibuat oleh", "Dibuat pada", ROOT)), steps


def test_nine_steps_with_few_passes_keep_to_one_page_and_no_row_is_in_two() -> None:
    few: dict[str, Any] = {"median": None, "p90": None, "median_text": "–", "p90_text": "–", "verdict": None}
    few |= {"share": "2 dari 3", "months": (None,) * 6, "change": ""}
    few |= {"count": "2 kali: terlalu sedikit untuk dirata-ratakan"}
    nine = typeset(paper(*(bar(number=one, name="Menyampaikan ke JFT Prakom", **few) for one in range(1, 10))))
    assert len(PdfReader(io.BytesIO(nine)).pages) == 1
    name = "Menyampaikan sesuatu yang panjang kepada JFT Prakom dan kepada semua yang lain di kantor"
    many = typeset(paper(*(bar(number=one, name=name, **few) for one in range(1, 31))))
    for page in PdfReader(io.BytesIO(many)).pages:
        said = joined(page.extract_text())
        assert said.count("Menyampaikan") == said.count("dirata-ratakan") == said.count("dikantor")


def test_equal_figures_are_one_picture_whenever_they_are_asked_for() -> None:
    assert digest(paper(bar(), printed=False)) == digest(paper(bar(), printed=False))
    assert digest(paper(bar(), printed=False)) != digest(paper(bar(share="80 %"), printed=False))


def test_a_picture_has_the_width_of_a_phone_with_any_number_of_steps() -> None:
    for steps in ((), (bar(),), tuple(bar(number=one, months=(None,) * 6) for one in range(1, 16))):
        made = typeset(paper(*steps, printed=False))
        assert int.from_bytes(made[16:20], "big") == 1080
