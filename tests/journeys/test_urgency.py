"""What is urgent comes first, bears a sign, and has the time that the SOP file gives it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

import models
from tests.journeys.demo_office import DemoOffice, demo_office

PACKAGED = Path(models.__file__).parent / "sops/penanganan-masalah-software.toml"
SHORTENED = 'standard = "30 menit"\nstandard_urgent = "20 menit"\nstandard_very_urgent = "10 menit"'


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[DemoOffice]:
    """The packaged office and SOP, which shortens nothing."""
    async with demo_office(tmp_path) as place:
        yield place


@pytest.fixture
async def hurried(tmp_path: Path) -> AsyncIterator[DemoOffice]:
    """An office whose SOP gives the first step less time for what is urgent."""
    folder = tmp_path / "sops"
    folder.mkdir()
    text = PACKAGED.read_text(encoding="utf-8").replace('standard = "30 menit"', SHORTENED, 1)
    (folder / PACKAGED.name).write_text(text, encoding="utf-8")
    async with demo_office(tmp_path, sop_dir=folder) as place:
        yield place


async def reports(office: DemoOffice, words: str, *, urgency: str = "biasa", confidential: bool = False) -> None:
    budi = office["Budi"]
    await budi.says(words)
    while budi.message("Kirim").button(f"⚡ Sifat: {urgency}") is None:
        await budi.taps("⚡ Sifat")
    if confidential:
        await budi.taps("Rahasia: tidak")
    await budi.taps("Kirim")


async def test_the_most_urgent_comes_first_and_its_sign_has_a_word(office: DemoOffice) -> None:
    await reports(office, "Pertama, biasa.")
    await office.passes(minutes=35)
    await reports(office, "Kedua, segera.", urgency="segera")
    await reports(office, "Ketiga, sangat segera.", urgency="sangat segera", confidential=True)
    kakanwil = office["Kakanwil"]

    assert kakanwil.message("Ketiga").words.startswith("⚡⚡ 📋 DISPOSISI SW-2026-0003")
    assert "Sifat: ⚡⚡ sangat segera · 🔒 rahasia" in kakanwil.message("Ketiga").words
    assert "Sifat: ⚡ segera" in kakanwil.message("Kedua").words

    await kakanwil.says("/tugas")
    assert kakanwil.message("menunggu Anda").words.splitlines()[1:-1] == [
        "⏳ SW-2026-0003 (⚡⚡ sangat segera) · batas waktu Sen 23 Nov 09.35 WITA",
        "⏳ SW-2026-0002 (⚡ segera) · Kedua, segera. · batas waktu Sen 23 Nov 09.35 WITA",
        "⚠️ SW-2026-0001 · Pertama, biasa. · lewat batas waktu Sen 23 Nov 09.00 WITA",
    ]
    labels = [one.text for row in kakanwil.message("menunggu Anda").buttons for one in row]
    assert [label.partition(" ·")[0] for label in labels[:3]] == ["⚡⚡ 0003", "⚡ 0002", "⚠️ 0001"]


async def test_a_watcher_learns_nothing_of_a_confidential_case_but_its_number(office: DemoOffice) -> None:
    await reports(office, "Kata sandi bocor.", urgency="segera", confidential=True)
    await office["Kakanwil"].taps("Teruskan ke")
    await office.passes(minutes=61)
    told = [one.words for one in office["Kasubbag"].person.received if "tertahan" in one.words]
    assert told
    assert "SW-2026-0001 tertahan di Kadiv" in told[-1]
    assert "segera" not in told[-1]
    assert office["Kadiv"].sees("SW-2026-0001 (⚡ segera) lewat batas waktu")


async def test_an_sop_may_give_what_is_urgent_less_time(hurried: DemoOffice) -> None:
    await reports(hurried, "Biasa saja.")
    await reports(hurried, "Segera.", urgency="segera")
    await reports(hurried, "Sangat segera.", urgency="sangat segera")
    cases = [await hurried.case(number) for number in await hurried.cases()]
    assert [case.tasks[0].standard for case in cases] == ["30 menit", "20 menit", "10 menit"]
    calendar = hurried.program.rules.office.calendar
    spans = [calendar.between(case.tasks[0].opened_at, case.tasks[0].due_at) // 60 for case in cases]
    assert spans == [30, 20, 10]
    assert (
        "Batas waktu SOP di meja ini 10 menit: Sen 23 Nov 08.40 WITA."
        in hurried["Budi"].message("SW-2026-0003 diterima").words
    )
    await hurried.passes(minutes=11)
    kakanwil = hurried["Kakanwil"]
    late = kakanwil.message("DISPOSISI SW-2026-0003").words
    assert "⚠️ Lewat batas waktu: Sen 23 Nov 08.40 WITA · mutu baku 10 menit" in late
    assert "Lewat" not in kakanwil.message("DISPOSISI SW-2026-0001").words

    await kakanwil.taps("Teruskan ke", kakanwil.message("DISPOSISI SW-2026-0003"))
    assert (await hurried.task("SW-2026-0003")).standard == "30 menit", "the file shortens the first step alone"
    assert await hurried.verified()


async def test_the_packaged_sop_shortens_nothing(office: DemoOffice) -> None:
    await reports(office, "Sangat segera.", urgency="sangat segera")
    assert (await office.task()).standard == "30 menit"
    assert await office.verified()
