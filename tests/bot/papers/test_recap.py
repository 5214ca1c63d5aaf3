"""The paper of a month: all that was done stands on it, whatever people wrote, and nobody signs an empty page."""

import io
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader

from bot.papers.typesetting import typeset
from handlers.papers.paper import Paper
from handlers.papers.recap import Holder, Worked, recap_paper
from handlers.screens.rating import Verdict
from handlers.screens.recap import PassLine, RecapCase, RecapTotals
from handlers.texts.catalogue import Texts
from models.case.verdict import Heard
from models.rules.logo import Logo
from models.rules.office_file import OfficeFile, parse_office
from models.rules.period import Period
from tests.bot.papers.reading import bottoms, joined, right_edges, words_of
from tests.bot.papers.test_typesetting import HOSTILE
from tests.models.rules.test_logo import png

OFFICE = parse_office(Path("models/offices/sulawesi-utara.toml").read_text(encoding="utf-8"), source="kantor")
TEXTS = Texts.load(OFFICE.calendar.zone)
AT = datetime(2026, 12, 1, 1, tzinfo=UTC)
NOVEMBER = Period.month(date(2026, 11, 1))
HOLDER = Holder(
    name="Rina Misal",
    nip="199005052015032005",
    posts=["JFT Prakom"],
    unit="Humas",
    superior="Dewi Contoh",
    superior_nip="198504042010012004",
    superior_post="Kasubbag",
)
EDGE = 297 / 25.4 * 72 - 14 / 25.4 * 72
"""The right margin of the paper, in points."""


def case(number: int, words: str = "SIMPEG tidak dapat dibuka") -> RecapCase:
    return RecapCase(
        case_id=number,
        number=f"SW-2026-{number:04}",
        subject=words,
        hidden="",
        assigned_by="Dewi Contoh (Kasubbag Humas)",
        assigned_at="Sen 2 Nov 09.10 WITA",
        assigned=words,
        passes=(
            PassLine(1, "2 hari 1 jam", "2 hari", "1 jam", "30 menit", "Andi Misal", "Plh."),
            PassLine(2, "45 menit", "2 hari", "", "", "", ""),
        ),
        findings=words,
        result=words,
        state="",
        in_time=False,
        helped=True,
        heard=Heard(helped=1),
        verdict=Verdict(quick=True, clear=False, until=None),
        well=False,
        appraised_by="Dewi Contoh",
        ended_by="",
        appraisable=False,
    )


def paper(*cases: RecapCase, language: str = "id", office: OfficeFile = OFFICE) -> Paper:
    totals = RecapTotals(len(cases), 0, len(cases), len(cases), 0, 0, len(cases))
    told = Worked(NOVEMBER, HOLDER, [(one, "Subbagian Umum") for one in cases], totals, ["SW-2026-0099 ke Andi Misal"])
    return recap_paper(office, told, TEXTS.say(language), at=AT)


def test_everything_stands_on_it_in_the_words_of_a_person() -> None:
    said = joined(words_of(typeset(paper(case(1)))))
    for words in (
        *("REKAP KINERJA BULANAN", "November 2026", "Rina Misal", "NIP 199005052015032005", "Penugasan (disposisi)"),
        *("Dewi Contoh (Kasubbag Humas)", "Sen 2 Nov 09.10 WITA", "Temuan: SIMPEG tidak dapat dibuka"),
        *("Putaran 1", "2 hari 1 jam", "baku 2 hari", "terlambat 1 jam", "30 menit sebelum diterima dari Andi Misal"),
        *("sebagai Plh.", "teratasi, cepat, tidak jelas", "perlu perbaikan", "0 dari 1", "SW-2026-0099 ke Andi Misal"),
        *("Mengetahui,", "Yang melaporkan,", "bukan penetapan angka kredit"),
    ):
        assert joined(words) in said, words


def test_the_logo_of_the_office_stands_in_the_letterhead() -> None:
    office = replace(OFFICE, logo=Logo(png(), "image/png", 200, 240))
    sheets = [typeset(paper(case(1), office=one)) for one in (OFFICE, office)]
    assert [len(re.findall(rb"/Subtype\s*/Image", pdf)) for pdf in sheets] == [0, 1]


def test_an_office_without_lines_has_its_name_in_the_letterhead() -> None:
    office = replace(OFFICE, lines=(), name="Kantor Misal")
    assert "KANTOR MISAL" in words_of(typeset(paper(case(1), office=office)))


@pytest.mark.parametrize("words", HOSTILE)
def test_what_people_write_neither_leaves_its_column_nor_is_carried_out(words: str) -> None:
    content = typeset(paper(case(1, words), case(2, words * 3)))
    assert "SW-2026-0002" in words_of(content)
    for page in range(len(PdfReader(io.BytesIO(content)).pages)):
        assert max(right_edges(content, above=0, page=page)) <= EDGE + 1


def test_the_reasons_of_many_late_passes_share_the_room_of_one_and_stay_on_the_page() -> None:
    passes = [
        PassLine(at, "3 hari", "2 hari", "1 hari", "", "", "", f"“{'Menunggu penyedia. ' * 26}”") for at in range(1, 5)
    ]
    told = replace(case(1, "Uraian yang panjang sekali. " * 60), passes=passes)
    content = typeset(paper(told))
    said = joined(words_of(content))
    assert all(joined(f"Putaran {at}: “Menunggu penyedia.") in said for at in range(1, 5))
    assert joined("Yang melaporkan,") in said
    for page in range(len(PdfReader(io.BytesIO(content)).pages)):
        assert max(right_edges(content, above=0, page=page)) <= EDGE + 1
        assert min(bottoms(content, page)) > 0, "nothing runs over the foot of its page"


def test_long_words_are_cut_and_every_case_is_there() -> None:
    content = typeset(paper(*(case(number, "Uraian yang panjang sekali. " * 60) for number in range(1, 13))))
    said = words_of(content)
    assert [number for number in range(1, 13) if f"SW-2026-{number:04}" not in said] == []


@pytest.mark.parametrize("count", [1, 4, 5, 6, 7, 8, 9, 10])
def test_nobody_signs_a_page_without_a_case(count: int) -> None:
    pages = PdfReader(io.BytesIO(typeset(paper(*(case(number) for number in range(1, count + 1)))))).pages
    assert f"SW-2026-{count:04}" in pages[-1].extract_text()


def test_an_empty_month_says_so_and_the_words_are_the_reader_s() -> None:
    assert "Tidak ada Laporan Evaluasi" in words_of(typeset(paper()))
    english = words_of(typeset(paper(case(1), language="en")))
    assert "WORK OF A MONTH" in english
    assert "Penugasan" not in english


def test_the_same_month_has_the_same_bytes_all_day() -> None:
    assert typeset(paper(case(1))) == typeset(paper(case(1)))
