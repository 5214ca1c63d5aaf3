"""Lembar Disposisi and Laporan Evaluasi as pages: whole, within their edges whatever people wrote, and always alike."""

import io
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

import pypdfium2
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from bot.papers.printable import clean
from bot.papers.qr_codes import qr_code
from bot.papers.samples import CODE, NOTE, report, sheet
from bot.papers.typesetting import typeset
from handlers.papers.disposition_sheet import DispositionSheet
from handlers.papers.evaluation_report import EvaluationReport
from handlers.papers.paper import Paper
from models.rules.logo import Logo
from tests.bot.papers.reading import codes_on, fonts_of, joined, right_edges, words_of
from tests.bot.papers.test_typesetting import HOSTILE
from tests.models.rules.test_logo import png

_AROUND_A_PAGE = r"(Lembar Disposisi|Laporan Evaluasi) \S+ |Halaman |[BTR]$|Paraf di bot|Tanda □"
"""What stands at the head and the foot of every page."""

MILLIMETRE = 72 / 25.4
RIGHT = {"lembar-disposisi": (210 - 18) * MILLIMETRE, "laporan-evaluasi": (210 - 22) * MILLIMETRE}
FOOT = 17 * MILLIMETRE
PAPERS: dict[str, Callable[..., Paper]] = {"lembar-disposisi": sheet, "laporan-evaluasi": report}


@pytest.mark.parametrize("name", PAPERS)
@pytest.mark.parametrize("words", HOSTILE)
def test_whatever_people_wrote_is_shown_as_it_is_and_leaves_no_column(name: str, words: str) -> None:
    pdf = typeset(PAPERS[name](words))

    assert joined(clean(words)) in joined(words_of(pdf))
    for page in range(len(pypdfium2.PdfDocument(pdf))):
        assert max(right_edges(pdf, above=FOOT, page=page)) <= RIGHT[name] + 0.5


@pytest.mark.parametrize("name", PAPERS)
@settings(max_examples=12, deadline=None)
@given(words=st.text(min_size=1, max_size=300))
@example(words=" ".join(HOSTILE))
@example(words="Catatan panjang yang tidak habis-habis. " * 180)
def test_no_text_keeps_a_paper_from_being_set(name: str, words: str) -> None:
    pdf = typeset(PAPERS[name](words, steps=2))
    assert joined(clean(words)) in joined(words_of(pdf))


@pytest.mark.parametrize("name", PAPERS)
@pytest.mark.parametrize("steps", [0, 15])
def test_the_smallest_and_the_largest_case_are_set_with_every_page_numbered(name: str, steps: int) -> None:
    pdf = typeset(PAPERS[name]("Mohon prioritas.", steps=steps))
    pages, said = len(PdfReader(io.BytesIO(pdf)).pages), words_of(pdf)
    assert all(f"Halaman {page} dari {pages}" in said for page in range(1, pages + 1))


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_says_what_it_is_bears_its_fonts_and_is_the_same_bytes_each_time(name: str) -> None:
    pdf = typeset(PAPERS[name]("Mohon prioritas."))
    reader = PdfReader(io.BytesIO(pdf))
    assert re.search(rb"<pdfaid:part>2</pdfaid:part>\s*<pdfaid:conformance>A</pdfaid:conformance>", pdf)
    assert all("SourceSans3" in font for font in fonts_of(reader))
    assert typeset(PAPERS[name]("Mohon prioritas.")) == pdf


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_has_what_an_archive_needs(name: str) -> None:
    """What PDF/A-2a asks of the file's structure (ISO 19005-2). A validator of others is not among the tests."""
    reader = PdfReader(io.BytesIO(typeset(PAPERS[name]("Mohon prioritas."))))
    root: Any = reader.root_object
    (intent,) = (one.get_object() for one in root["/OutputIntents"].get_object())
    assert intent["/S"] == "/GTS_PDFA1"
    assert intent["/DestOutputProfile"].get_object()["/N"] == 3
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"].get_object()["/Type"] == "/StructTreeRoot"
    assert root["/Lang"] == "id"
    assert not reader.is_encrypted
    assert not {"/OpenAction", "/AA", "/AcroForm"} & set(root)
    assert "/ID" in reader.trailer
    assert reader.metadata is not None
    assert reader.metadata.title == cast("Any", reader.xmp_metadata).dc_title["x-default"]


def test_what_is_chosen_can_be_read_without_seeing_the_cross() -> None:
    said = words_of(typeset(sheet("Koordinasikan")))
    assert "X Segera" in " ".join(said.split())
    assert "X Rahasia" in " ".join(said.split())


@pytest.mark.parametrize("name", PAPERS)
def test_a_paraf_in_the_bot_is_never_called_a_signature(name: str) -> None:
    said = " ".join(words_of(typeset(PAPERS[name]("Mohon prioritas."))).split()).casefold()
    assert "ditandatangani secara elektronik" not in said
    assert "bukan tanda tangan elektronik tersertifikasi" in said
    assert "dihitung atas isi berkas, byte demi byte, seperti yang diterima bot dari telegram" in said


@pytest.mark.parametrize("name", PAPERS)
def test_the_link_stands_there_as_text_too_and_the_checkpoint_as_it_was_signed(name: str) -> None:
    pdf = typeset(PAPERS[name]("Mohon prioritas."))
    said = joined(words_of(pdf))
    assert joined(f"https://t.me/contoh_sop_bot?start={CODE}") in said
    assert joined(f"/start {CODE}") in said
    assert "akar" + "A" * 43 + "=" in said
    assert qr_code(NOTE) != qr_code(CODE)


@pytest.mark.parametrize("name", PAPERS)
@pytest.mark.parametrize("dots_per_inch", [150, 300])
def test_the_codes_are_read_from_the_picture_of_the_page(name: str, dots_per_inch: int) -> None:
    pdf = typeset(PAPERS[name]("Mohon prioritas."))
    last = len(pypdfium2.PdfDocument(pdf)) - 1
    assert set(codes_on(pdf, last, dots_per_inch=dots_per_inch)) == {f"https://t.me/contoh_sop_bot?start={CODE}", NOTE}


def longer(paper: Paper, words: str) -> Paper:
    """Return the paper with these words in one place."""
    if isinstance(paper.content, DispositionSheet):
        return replace(paper, content=replace(paper.content, text=words))
    assert isinstance(paper.content, EvaluationReport)
    first, *others = paper.content.sections
    return replace(paper, content=replace(paper.content, sections=(replace(first, text=words), *others)))


@pytest.mark.parametrize("name", PAPERS)
def test_no_page_holds_the_code_alone(name: str) -> None:
    """The pages break at another place with each line more."""
    paper = PAPERS[name]("Mohon prioritas.", steps=3)
    for lines in range(1, 50, 4):
        *_, last = PdfReader(io.BytesIO(typeset(longer(paper, "Mohon prioritas.\n" * lines)))).pages
        above, _, _ = last.extract_text().partition("Pemeriksaan keaslian")
        body = [line for line in above.splitlines() if line.strip() and not re.match(_AROUND_A_PAGE, line.strip())]
        assert body, (lines, last.extract_text())


def test_a_code_is_square_and_begins_with_the_three_marks() -> None:
    rows = qr_code(f"https://t.me/contoh_sop_bot?start={CODE}")
    assert {len(row) for row in rows} == {len(rows)}
    mark = ["1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111"]
    assert [row[:7] for row in rows[:7]] == [row[-7:] for row in rows[:7]] == [row[:7] for row in rows[-7:]] == mark


def test_the_logo_of_the_office_stands_in_the_letterhead() -> None:
    bare = typeset(sheet("Mohon prioritas."))
    logo = Logo(png(), "image/png", 200, 240)
    shown = typeset(sheet("Mohon prioritas.", logo=logo))
    assert [len(re.findall(rb"/Subtype\s*/Image", pdf)) for pdf in (bare, shown)] == [0, 1]


@pytest.mark.parametrize(("name", "code"), [("lembar-disposisi", "R"), ("laporan-evaluasi", "B")])
def test_the_code_of_the_security_stands_at_the_left_of_every_page(name: str, code: str) -> None:
    document = pypdfium2.PdfDocument(typeset(PAPERS[name]("Mohon prioritas.", steps=9)))
    assert len(document) > 1
    for page in document:
        text = page.get_textpage()
        first = min(range(text.count_chars()), key=lambda at: text.get_charbox(at)[0] - text.get_charbox(at)[1])
        assert text.get_text_range(first, 1) == code


def test_a_draft_says_so_on_every_page_and_has_nothing_to_be_checked_by() -> None:
    pdf = typeset(report("Mohon prioritas.", draft="PRATINJAU · BELUM DIAJUKAN"))
    for page in PdfReader(io.BytesIO(pdf)).pages:
        assert "BELUM DIAJUKAN" in page.extract_text()
    assert "Pemeriksaan keaslian" not in words_of(pdf)


def test_what_may_not_be_read_is_named_in_its_place() -> None:
    paper = sheet("Sandi bocor")
    assert isinstance(paper.content, DispositionSheet)
    content = replace(paper.content, withheld="Kata-kata ini sudah dihapus.", subject="", text="")
    assert "Kata-kata ini sudah dihapus." in words_of(typeset(replace(paper, content=content)))
