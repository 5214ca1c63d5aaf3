"""Another SOP in another office, unlike the first in everything, through the same program and the same chats."""

from collections.abc import AsyncIterator
from pathlib import Path
from shutil import copy

import pytest

from models.case.case import CaseState
from models.rules.actions import Outcome
from tests.journeys.demo_office import DemoOffice, demo_office

DATA = Path(__file__).parents[1] / "models/data"
NUMBER = "AKSES-2026-0001"
STAFF = {
    "Lia": ("loket", "Lia Contoh"),
    "Lukas": ("loket", "Lukas Contoh"),
    "Kepala": ("kepala", "Kezia Contoh"),
}


@pytest.fixture
async def counter(tmp_path: Path) -> AsyncIterator[DemoOffice]:
    """An office of two posts in another zone, whose only SOP begins with work and has six steps."""
    folder = tmp_path / "sops"
    folder.mkdir()
    copy(DATA / "permintaan-akses.toml", folder)
    async with demo_office(tmp_path, staff=STAFF, office_file=DATA / "kantor-contoh.toml", sop_dir=folder) as place:
        yield place


async def test_the_other_sop_travels_all_its_steps(counter: DemoOffice) -> None:
    budi, lia, lukas, kepala = counter["Budi"], counter["Lia"], counter["Lukas"], counter["Kepala"]

    await budi.says("Mohon akses ke aplikasi persediaan.")
    assert not budi.sees("Jenis:"), "there is one SOP, so nothing to choose"
    await budi.taps("Kirim")
    assert budi.sees(NUMBER)
    assert budi.sees("◐○○○○○ 1/6")
    assert budi.sees("WIT"), "the office's own zone"
    assert lia.sees("langkah 1 dari 6")
    assert lukas.sees("langkah 1 dari 6")

    await counter.evaluate("Lia", result="Permintaan lengkap.")
    assert lukas.sees("Ditangani oleh Lia Contoh")
    assert kepala.sees("KOREKSI AKSES-2026-0001")
    assert kepala.sees("Permintaan lengkap.")
    await kepala.taps("Benar, teruskan")

    assert "Permintaan lengkap." in kepala.message("DISPOSISI AKSES").words, "whoever assigns after a report reads it"
    await kepala.taps("Instruksi & catatan")
    await kepala.taps("Batasi masa berlaku")
    await kepala.taps("Teruskan ke Teknisi")
    assert kepala.sees("☑ Batasi masa berlaku")
    await counter.evaluate("Kepala", result="Akses dibuka.")

    await kepala.taps("Kembalikan dengan koreksi")
    await kepala.taps("Perbaiki redaksi")
    assert (await counter.task(NUMBER)).step == 4, "returned work goes to the nearest step that handles"
    assert kepala.sees("Perbaiki redaksi")
    await counter.evaluate("Kepala", result="Akses dibuka selama 30 hari.")
    assert kepala.sees("Berubah sejak revisi sebelumnya: Hasil")
    await kepala.taps("Setujui")

    await lia.taps("Diketahui, selesaikan")
    case = await counter.case(NUMBER)
    assert case.state is CaseState.CLOSED
    assert [(task.step, task.round, task.outcome) for task in case.tasks] == [
        (1, 1, Outcome.SUBMITTED),
        (2, 1, Outcome.PASSED),
        (3, 1, Outcome.FORWARDED),
        (4, 1, Outcome.SUBMITTED),
        (5, 1, Outcome.RETURNED),
        (4, 2, Outcome.SUBMITTED),
        (5, 2, Outcome.APPROVED),
        (6, 2, Outcome.ACKNOWLEDGED),
    ]
    papers, row = lukas.message("LAPORAN AKSES-2026-0001").buttons
    assert [button.text for button in papers] == ["📄 Lembar Disposisi", "📄 Laporan Evaluasi (PDF)"]
    assert [button.text for button in row] == ["🗺 Alur SOP", "🕘 Riwayat"], (
        "every copy of a decided card loses the others"
    )
    assert budi.sees("Akses dibuka selama 30 hari.")
    await budi.taps("Sudah teratasi")
    assert await counter.verified()


async def test_its_first_step_may_decline_and_its_assigner_send_back(counter: DemoOffice) -> None:
    budi, lia, kepala = counter["Budi"], counter["Lia"], counter["Kepala"]
    await counter.report("Budi", "Mohon akses ke aplikasi persediaan.")
    await counter.evaluate("Lia")
    await kepala.taps("Benar, teruskan")
    await kepala.taps("Kembalikan")
    await kepala.taps("Data kurang lengkap")
    assert (await counter.task(NUMBER)).step == 2, "one step back, whatever its kind"
    assert kepala.sees("KOREKSI AKSES-2026-0001")

    await counter.report("Budi", "Mohon akses ke akun orang lain.")
    await lia.taps("Tolak")
    await lia.taps("Laporan kurang jelas")
    assert (await counter.case("AKSES-2026-0002")).state is CaseState.DECLINED
    assert budi.sees("Laporan kurang jelas")
    assert await counter.verified()


async def test_its_own_ladder_chases(counter: DemoOffice) -> None:
    lia, kepala = counter["Lia"], counter["Kepala"]
    await counter.report("Budi", "Mohon akses ke aplikasi persediaan.")
    await counter.passes(minutes=22)
    assert not lia.sees("jatuh tempo")
    await counter.passes(minutes=1)
    assert lia.sees("jatuh tempo Sen 23 Nov"), "this office warns at half of the standard"
    await counter.passes(minutes=23)
    assert not lia.sees("lewat batas waktu"), "she was reminded 23 minutes ago"
    await counter.passes(minutes=7)
    assert lia.sees("lewat batas waktu")
    assert not kepala.sees(NUMBER)
