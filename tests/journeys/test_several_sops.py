"""Two SOPs side by side: the reporter chooses, a report can be moved, a case keeps the SOP it was started under."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

import models
from bot.stopped import OfficeUnfit
from models.case.case import CaseState
from tests.journeys.demo_office import DemoOffice, demo_office

SOFTWARE = "penanganan-masalah-software.toml"
HARDWARE = "penanganan-masalah-hardware.toml"
PACKAGED = Path(models.__file__).parent
LAST_STEP = "[[steps]]\nnumber = 9"


@pytest.fixture
def sops(tmp_path: Path) -> Path:
    """A folder with the packaged SOP and the one it names as related, which here has the same steps."""
    folder = tmp_path / "sops"
    folder.mkdir()
    text = (PACKAGED / "sops" / SOFTWARE).read_text(encoding="utf-8")
    (folder / SOFTWARE).write_text(text, encoding="utf-8")
    related = text.replace('code = "penanganan-masalah-software"', 'code = "penanganan-masalah-hardware"', 1)
    related = related.replace('prefix = "SW"', 'prefix = "HW"').replace("MASALAH SOFTWARE", "MASALAH HARDWARE")
    (folder / HARDWARE).write_text(related, encoding="utf-8")
    return folder


@pytest.fixture
def office_file(tmp_path: Path) -> Path:
    file = tmp_path / "office.toml"
    text = (PACKAGED / "offices/sulawesi-utara.toml").read_text(encoding="utf-8")
    file.write_text(text, encoding="utf-8")
    return file


@pytest.fixture
async def office(tmp_path: Path, sops: Path, office_file: Path) -> AsyncIterator[DemoOffice]:
    async with demo_office(tmp_path, office_file=office_file, sop_dir=sops) as place:
        yield place


async def test_the_draft_offers_the_kind(office: DemoOffice) -> None:
    budi = office["Budi"]
    await budi.says("Printer mati.")
    assert budi.message("Draf laporan").button("Jenis: PENANGANAN MASALAH") is not None
    first = await budi.taps("Jenis")
    second = await budi.taps("Jenis")
    assert {first, second} == {"📘 Jenis: PENANGANAN MASALAH HARDWARE", "📘 Jenis: PENANGANAN MASALAH SOFTWARE"}
    while "HARDWARE" not in await budi.taps("Jenis"):
        pass
    await budi.taps("Kirim")
    assert await office.cases() == ["HW-2026-0001"]


async def test_the_draft_begins_with_the_usual_kind_and_asks(office: DemoOffice) -> None:
    """Not with the first in the alphabet, which would be HARDWARE: many a reporter sends without looking at it."""
    budi = office["Budi"]
    await budi.says("SIMPEG tidak dapat dibuka.")
    assert "Apakah ini PENANGANAN MASALAH SOFTWARE? Bila bukan, ketuk tombol Jenis." in budi.message("Draf").words
    await budi.taps("Kirim")
    assert await office.cases() == ["SW-2026-0001"]


async def test_several_sops_without_a_usual_one_are_refused_at_the_start(office: DemoOffice, office_file: Path) -> None:
    await office.stops()
    rewrite(office_file, 'usual_sop = "penanganan-masalah-software"\n', "")
    with pytest.raises(OfficeUnfit, match=r"usual_sop: There are several SOPs \(.*\)\. Name the one"):
        await office.starts()


async def test_a_report_is_moved_to_the_related_sop(office: DemoOffice) -> None:
    budi, kakanwil = office["Budi"], office["Kakanwil"]
    await budi.sends_photo("Printer mati.")
    while "SOFTWARE" not in await budi.taps("Jenis"):
        pass
    await budi.taps("Kirim")

    await kakanwil.taps("Pindahkan ke SOP lain")
    await kakanwil.taps("PENANGANAN MASALAH HARDWARE")

    assert (await office.case("SW-2026-0001")).state is CaseState.MOVED
    assert budi.sees("SW-2026-0001 dilanjutkan sebagai HW-2026-0001")
    assert kakanwil.sees("Dipindahkan ke SOP terkait oleh Karel Contoh (Kakanwil), 08.30 WITA. Kini HW-2026-0001.")
    moved = kakanwil.message("DISPOSISI HW-2026-0001")
    assert "📎 1" in moved.words, "the files travel along"
    assert moved.button("Pindahkan") is None, "the other SOP names no related one that is loaded"
    assert budi.sees("Lanjutan dari SW-2026-0001")
    assert await office.verified()


async def test_a_confidential_report_stays_confidential_under_the_related_sop(office: DemoOffice) -> None:
    budi, kakanwil, watcher = office["Budi"], office["Kakanwil"], office["Kasubbag"]
    await budi.says("Kata sandi pejabat bocor.")
    while "SOFTWARE" not in await budi.taps("Jenis"):
        pass
    await budi.taps("Rahasia: tidak")
    await budi.taps("Kirim")

    await kakanwil.taps("Pindahkan ke SOP lain")
    await kakanwil.taps("PENANGANAN MASALAH HARDWARE")

    assert "Kata sandi pejabat bocor." in kakanwil.message("DISPOSISI HW-2026-0001").words
    await watcher.says("/status HW-2026-0001")
    assert watcher.sees("HW-2026-0001")
    assert not watcher.sees("Kata sandi pejabat bocor.")


async def test_without_the_related_sop_nothing_is_offered(office: DemoOffice, sops: Path) -> None:
    await office.stops()
    (sops / HARDWARE).unlink()
    await office.starts()
    await office.report("Budi", "Printer mati.")
    assert office["Kakanwil"].message("DISPOSISI").button("Pindahkan") is None


async def test_a_draft_for_an_sop_that_was_taken_away_goes_by_the_one_that_is_left(
    office: DemoOffice, sops: Path
) -> None:
    budi = office["Budi"]
    await budi.says("Printer mati.")
    while "HARDWARE" not in await budi.taps("Jenis"):
        pass
    await office.stops()
    (sops / HARDWARE).unlink()
    await office.starts()
    await budi.taps("Kirim")
    assert await office.cases() == ["SW-2026-0001"]


async def test_a_case_keeps_the_sop_it_was_started_under(office: DemoOffice, sops: Path) -> None:
    (sops / HARDWARE).unlink()
    await office.stops()
    await office.starts()
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=6)

    await office.stops()
    text = (sops / SOFTWARE).read_text(encoding="utf-8")
    rewrite(sops / SOFTWARE, text[text.index(LAST_STEP) :], "")
    rewrite(sops / SOFTWARE, 'standard = "1 hari"', 'standard = "2 jam"')
    await office.starts()

    assert office["Kasubbag"].sees("langkah 6 dari 9")
    await office.walk(until=10)
    assert (await office.case("SW-2026-0001")).state is CaseState.CLOSED
    assert len((await office.case("SW-2026-0001")).tasks) == 9

    await office.report("Wati", "SAKTI menolak dokumen")
    assert office["Kakanwil"].sees("langkah 1 dari 8")
    await office.walk(until=6)
    assert office["Kasubbag"].sees("mutu baku 2 jam")
    await office.walk(until=9)
    assert (await office.case("SW-2026-0002")).state is CaseState.CLOSED
    assert await office.verified()


async def test_an_office_without_the_post_where_a_case_waits_is_refused_at_the_start(
    office: DemoOffice, office_file: Path
) -> None:
    number = await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=2)
    await office.stops()
    rewrite(office_file, '"kadiv"\n', '"kadiv-baru"\n')
    with pytest.raises(OfficeUnfit, match=f"post kadiv: {number} waits there"):
        await office.starts()


async def test_an_office_without_a_role_of_a_case_under_way_is_refused_at_the_start(
    office: DemoOffice, office_file: Path, sops: Path
) -> None:
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.stops()
    rewrite(office_file, 'roles = ["kadiv"]', 'roles = ["kepala-divisi"]')
    for name in (SOFTWARE, HARDWARE):
        rewrite(sops / name, '"kadiv"\n', '"kepala-divisi"\n')
    with pytest.raises(OfficeUnfit, match="of version 1, under which cases are still open"):
        await office.starts()


def rewrite(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
