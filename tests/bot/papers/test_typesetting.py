"""Papers are set off the loop, are the same bytes each time, and show what people wrote as they wrote it."""

import asyncio
import io
import threading
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from shutil import copytree

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from bot.papers.printable import FONTS, clean
from bot.papers.typesetting import TEMPLATES, NotTypeset, Typesetter, digest, printed, typeset
from handlers.papers.paper import Paper, Sheet, Verbatim
from tests.bot.papers.reading import fonts_of, joined, right_edges, words_of

AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
COLUMN = (20 + 60) * 72 / 25.4
"""The right edge of the column in the template of this test, in points."""

FOOT = 10 * 72 / 25.4
"""The height of the foot of the page, in points."""

HOSTILE = [
    "🧯 kebakaran 👨‍👩‍👧‍👦 selesai",
    "日本語と中文 한국어",
    "עברית العربية \u202eterbalik\u202c",
    "e\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301 Z̸̡̢̧̛a̷l̴g̶o̵",
    "a" * 200,
    "1/" * 150,
    "jaringan/software/Hardware",
    '#panic("x") #import "/etc/passwd": * #read("/etc/passwd")',
    "<script>alert(1)</script> <label> @ref",
    "$x^2$ *tebal* _miring_ `kode` = judul\n- daftar\n+ nomor / istilah: arti",
    'kutip "ganda" \\n \\u{41} \\ // komentar /* bukan */ ~ -- --- ...',
    "baris\x00\x07\x1b[31m satu\r\ndua\u2028tiga\tempat",
]


@dataclass(frozen=True)
class Words:
    words: str
    more: tuple[str, ...] = ()


@dataclass(frozen=True)
class Dated:
    words: date


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copytree(TEMPLATES, tmp_path_factory.mktemp("papers") / "templates")
    (folder / "sheet.typ").write_text((Path(__file__).parent / "sheet.typ").read_text(encoding="utf-8"), "utf-8")
    return folder


def paper(*words: str, sheet: Sheet = Sheet.PDF) -> Paper:
    return Paper("sheet", Words(words[0], words[1:]), told_at=AT, sheet=sheet)


written = st.lists(
    st.one_of(
        st.sampled_from(HOSTILE),
        st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
        st.text(st.characters(min_codepoint=0x20, max_codepoint=0x24F), min_size=1, max_size=200),
        st.text("#$*_`@<>\\/[](){}=-+~\"'", max_size=200),
    ),
    max_size=6,
).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(written)
@example("\n".join(HOSTILE))
@example("\ud800 separuh")
def test_whatever_a_person_wrote_stands_on_the_paper_and_nothing_of_it_is_carried_out(
    templates: Path, words: str
) -> None:
    pdf = typeset(paper(words), templates)

    said = joined(words_of(pdf))
    assert joined(clean(words)) in said
    assert ("Tanda□menggantikan" in said) == (clean(words).count("□") > words.count("□"))


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_leaves_its_column(templates: Path, words: str) -> None:
    pdf = typeset(paper(f"{words} {words * 3}"), templates)

    edges = right_edges(pdf, above=FOOT)
    assert edges
    assert max(edges) <= COLUMN + 0.5


def test_a_word_that_a_slash_joins_is_found_as_it_was_written(templates: Path) -> None:
    assert "jaringan/software/Hardware" in words_of(
        typeset(paper("Masalah jaringan/software/Hardware lagi"), templates)
    )


@pytest.mark.parametrize("sheet", Sheet)
def test_equal_papers_have_equal_bytes(templates: Path, sheet: Sheet) -> None:
    assert typeset(paper("Sama", sheet=sheet), templates) == typeset(paper("Sama", sheet=sheet), templates)


def test_what_differs_in_a_word_or_in_its_layout_has_another_digest(templates: Path, tmp_path: Path) -> None:
    other = copytree(templates, tmp_path / "other")
    (other / "sheet.typ").write_text('#import "/lib.typ": *\n#data.words', "utf-8")

    known = {
        digest(paper("Sama"), templates),
        digest(paper("Lain"), templates),
        digest(paper("Sama", sheet=Sheet.PNG), templates),
        digest(paper("Sama"), other),
    }

    assert len(known) == 4
    assert digest(paper("Sama"), templates) in known


def test_a_paper_is_for_the_archive_and_can_be_read_aloud(templates: Path) -> None:
    reader = PdfReader(io.BytesIO(typeset(paper("Sah"), templates)))

    metadata = reader.xmp_metadata
    assert metadata is not None
    told = metadata.stream.get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in told
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in told
    assert str(reader.root_object["/Lang"]) == "id"
    assert reader.metadata is not None
    assert reader.metadata.creation_date == AT


def test_only_the_shipped_fonts_are_used_and_each_has_its_licence(templates: Path) -> None:
    reader = PdfReader(io.BytesIO(typeset(paper("Huruf"), templates)))

    fonts = fonts_of(reader)
    assert fonts
    assert all("SourceSans3" in font for font in fonts)
    for font in FONTS.glob("*.ttf"):
        licence = FONTS / f"{font.name.partition('[')[0]}.OFL.txt"
        assert "SIL OPEN FONT LICENSE Version 1.1" in licence.read_text(encoding="utf-8")


def test_words_of_ours_stay_whole_and_an_instant_must_be_worded_first() -> None:
    digest_of_a_file = "0123456789abcdef" * 4

    assert digest_of_a_file in printed(Paper("sheet", Words(Verbatim(digest_of_a_file)), told_at=AT))
    assert digest_of_a_file not in printed(paper(digest_of_a_file))
    with pytest.raises(TypeError, match="date"):
        printed(Paper("sheet", Dated(date(2026, 1, 1)), told_at=AT))


async def test_the_loop_goes_on_while_a_paper_is_set(templates: Path) -> None:
    typesetter, ticks = Typesetter(templates), 0
    setting = asyncio.create_task(typesetter.typeset(paper("Panjang " * 5_000)))
    while not setting.done():
        await asyncio.sleep(0)
        ticks += 1

    assert (await setting).startswith(b"%PDF-1.7")
    assert ticks > 100
    assert "typesetter_0" in {thread.name for thread in threading.enumerate()}
    typesetter.close()


async def test_a_template_that_fails_is_told_by_name(templates: Path) -> None:
    typesetter = Typesetter(templates)
    with pytest.raises(NotTypeset, match="nowhere"):
        await typesetter.typeset(Paper("nowhere", Words("x"), told_at=AT))
    typesetter.close()


def test_a_template_reads_nothing_outside_its_folder(tmp_path: Path) -> None:
    folder = copytree(TEMPLATES, tmp_path / "templates")
    (tmp_path / "secret.txt").write_text("rahasia", "utf-8")
    (folder / "thief.typ").write_text('#read("../secret.txt")', "utf-8")

    with pytest.raises(NotTypeset, match="thief"):
        typeset(Paper("thief", Words("x"), told_at=AT), folder)
