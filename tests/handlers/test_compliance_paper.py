"""The picture of compliance: few make no verdict, a month with few is a gap, the page tells what the picture does."""

from __future__ import annotations

from typing import Any

import pypdfium2

from bot.papers.typesetting import digest, typeset
from handlers.papers.compliance import TEMPLATE, Compliance, StepBar, Total, Words
from handlers.papers.paper import Paper, Sheet
from tests.models.statistics.rows import BEGINS

WORDS = Words(
    "median", "p90", "mutu baku", "Kegiatan", "Waktu", "Tepat waktu", "Tren", "Jul – Des", "Baca.", "Cara.", "–"
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


def paper(*steps: StepBar, printed: bool = True) -> Paper:
    content = Compliance(
        printed=printed,
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


def test_equal_figures_are_one_picture_whenever_they_are_asked_for() -> None:
    assert digest(paper(bar(), printed=False)) == digest(paper(bar(), printed=False))
    assert digest(paper(bar(), printed=False)) != digest(paper(bar(share="80 %"), printed=False))


def test_a_picture_has_the_width_of_a_phone_with_any_number_of_steps() -> None:
    for steps in ((), (bar(),), tuple(bar(number=one, months=(None,) * 6) for one in range(1, 16))):
        made = typeset(paper(*steps, printed=False))
        assert int.from_bytes(made[16:20], "big") == 1080
