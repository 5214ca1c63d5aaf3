"""`/sop`: the form and the chart of each SOP of the office, for everybody registered, in two taps."""

import struct
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

import models
from bot.sandbox.chats import Message
from bot.sandbox.files import FileKind, StoredFile
from tests.bot.papers.reading import words_of
from tests.journeys.demo_office import DemoOffice, demo_office

PACKAGED = Path(models.__file__).parent / "sops"
SOFTWARE = "penanganan-masalah-software"


def media_of(message: Message) -> StoredFile:
    assert message.media is not None
    return message.media


async def test_an_employee_gets_the_form_as_a_document_in_two_taps(office: DemoOffice) -> None:
    budi = office["Budi"]
    await budi.says("/sop")
    card = budi.message("SOP kantor")
    assert "PENANGANAN MASALAH SOFTWARE" in card.words
    assert "9 langkah, 6 pelaksana" in card.words

    await budi.taps("Naskah SOP (PDF)", card)

    form = media_of(budi.message("Yang mengikat ialah naskah yang ditandatangani."))
    assert form.kind is FileKind.DOCUMENT
    assert form.name == f"{SOFTWARE}.pdf"
    assert "Mutu Baku" in words_of(form.content)


async def test_the_chart_comes_as_a_picture_for_a_phone_with_words_that_say_the_same(office: DemoOffice) -> None:
    budi = office["Budi"]
    await budi.says("/sop")
    await budi.taps("Bagan", budi.message("SOP kantor"))

    sent = budi.message("6. Koreksi laporan")
    chart = media_of(sent)
    assert chart.kind is FileKind.PHOTO
    assert struct.unpack(">I", chart.content[16:20]) == (1080,)
    assert chart.name == f"bagan-{SOFTWARE}.png"
    assert "1. Menugaskan Kadiv — Kakanwil · 30 menit" in sent.caption
    assert "tidak: kembali ke 5" in sent.caption

    await office["Rina"].says("/sop")
    await office["Rina"].taps("Bagan", office["Rina"].message("SOP kantor"))
    assert media_of(office["Rina"].message("6. Koreksi laporan")).file_id == chart.file_id, "it is set and sent up once"


async def test_it_is_drawn_in_the_language_of_its_reader(office: DemoOffice) -> None:
    budi = office["Budi"]
    await budi.says("/sop")
    await budi.taps("Bagan", budi.message("SOP kantor"))
    indonesian = media_of(budi.message("6. Koreksi laporan"))
    await budi.says("/bahasa en")
    await budi.says("/sop")
    await budi.taps("Chart", budi.message("The SOP of the office"))
    sent = budi.message("no: back to 5")
    assert media_of(sent).content != indonesian.content


async def test_a_stranger_gets_nothing(office: DemoOffice) -> None:
    stranger = office.newcomer("Orang Asing", 9001)
    await stranger.says("/sop")
    assert not stranger.sees("SOP kantor")
    assert not stranger.sees("PENANGANAN MASALAH SOFTWARE")


@pytest.fixture
async def large(tmp_path: Path) -> AsyncIterator[DemoOffice]:
    """An office of six SOPs, of which one has titles too long for a button."""
    folder = tmp_path / "sops"
    folder.mkdir()
    text = (PACKAGED / f"{SOFTWARE}.toml").read_text(encoding="utf-8")
    (folder / f"{SOFTWARE}.toml").write_text(text, encoding="utf-8")
    for number, prefix in enumerate(("HW", "JR", "DT", "AK", "WB"), start=1):
        name = "penanganan-masalah-hardware" if prefix == "HW" else f"urusan-{number}"
        other = text.replace(f'code = "{SOFTWARE}"', f'code = "{name}"', 1)
        other = other.replace('prefix = "SW"', f'prefix = "{prefix}"')
        other = other.replace("MASALAH SOFTWARE", f"URUSAN {number} YANG PANJANG SEKALI NAMANYA")
        (folder / f"{name}.toml").write_text(other, encoding="utf-8")
    async with demo_office(tmp_path, sop_dir=folder) as place:
        yield place


async def test_of_several_sops_each_has_its_buttons_by_pages(large: DemoOffice) -> None:
    budi = large["Budi"]
    await budi.says("/sop")
    card = budi.message("SOP kantor")
    assert "PENANGANAN MASALAH SOFTWARE" in card.words, "the usual one stands first"
    assert "URUSAN 5" not in card.words
    await budi.taps("Berikutnya", card)
    card = budi.message("SOP kantor")
    assert "URUSAN 5 YANG PANJANG" in card.words
    await budi.taps("📄", card)
    assert media_of(budi.message("Yang mengikat")).kind is FileKind.DOCUMENT
