"""What was written for alike closed cases is offered as a start for a Laporan Evaluasi, read as Rina's chat."""

from __future__ import annotations

import pytest

from models.case.evaluation import Part
from models.repository.records import Records
from tests.journeys.demo_office import DemoOffice

_ONE = "SIMPEG tidak dapat dibuka, muncul error 500"
_AGAIN = "Aplikasi simpeg error, saya tidak bisa masuk"


async def _closed(office: DemoOffice, reporter: str, text: str, *, confidential: bool = False) -> str:
    """Let somebody report something that goes through all steps."""
    await office[reporter].says(text)
    if confidential:
        await office[reporter].taps("Rahasia")
    await office[reporter].taps("Kirim")
    await office.walk(until=10)
    return (await office.cases())[-1]


async def _writes(office: DemoOffice, reporter: str, text: str) -> None:
    """Let somebody report something that Rina handles; she has opened its Laporan Evaluasi."""
    await office.report(reporter, text)
    await office.walk(until=5)
    await office["Rina"].taps("Mulai tangani")
    await office["Rina"].taps("Laporan Evaluasi")


@pytest.fixture
async def writing(office: DemoOffice) -> DemoOffice:
    """An office in which Rina writes for a report that is like one that was closed before."""
    await _closed(office, "Budi", _ONE)
    await _writes(office, "Wati", _AGAIN)
    return office


async def test_rina_begins_with_what_was_written_before(writing: DemoOffice) -> None:
    rina = writing["Rina"]
    assert rina.sees("✍️ Temuan untuk SW-2026-0002")
    assert await rina.taps("💡 Laporan serupa") == "Pilih laporan yang serupa."
    assert rina.person.last.words == (
        "💡 Serupa dengan SW-2026-0002\nSudah selesai ditangani. Ketuk salah satu untuk membacanya.\n\n"
        "💡 SW-2026-0001 · selesai Senin, 23 November 2026\n"
        "Temuan: Temuan telah dicatat.\nHasil: SIMPEG dapat dibuka kembali."
    )

    assert await rina.taps("💡 SW-2026-0001") == "💡 SW-2026-0001"
    words = rina.person.last.words
    assert "Penyebab: Penyebab telah dicatat." in words
    assert words.endswith(
        "“Pakai sebagai awal” mengisi yang masih kosong pada SW-2026-0002: Temuan, Penyebab, Tindakan, Hasil, dan "
        "Rekomendasi. Yang sudah Anda tulis tetap. Periksa dan ubah sebelum diajukan."
    )
    toast = await rina.taps("Pakai sebagai awal")

    assert toast == "💡 5 bagian terisi dari SW-2026-0001. Periksa dan ubah sebelum diajukan."
    assert rina.person.last.words.endswith("Semua bagian terisi; siap diajukan.")
    assert not rina.person.last.button("Laporan serupa"), "nothing is empty any more"
    assert (await writing.task("SW-2026-0002")).step == 5, "nothing is handed in by itself"
    await rina.taps("Ubah Hasil")
    await rina.says("Sesi dibersihkan, SIMPEG terbuka.")
    await rina.taps("Ajukan")

    submitted = (await writing.case("SW-2026-0002")).submitted
    assert submitted is not None
    assert (submitted.cause, submitted.result) == ("Penyebab telah dicatat.", "Sesi dibersihkan, SIMPEG terbuka.")
    assert await writing.verified()


async def test_what_rina_has_written_stays(writing: DemoOffice) -> None:
    rina = writing["Rina"]
    await rina.says("Sertifikat kedaluwarsa.")
    assert not rina.person.last.button("Laporan serupa"), "she has begun by herself"
    await rina.taps("« Kembali")
    await rina.taps("💡 Laporan serupa")
    await rina.taps("💡 SW-2026-0001")
    assert "SW-2026-0002: Penyebab, Tindakan, Hasil, dan Rekomendasi." in rina.person.last.words
    await rina.taps("Pakai sebagai awal")

    draft = (await writing.case("SW-2026-0002")).evaluation_draft
    assert draft is not None
    assert [draft.text(part) for part in Part] == [
        "Sertifikat kedaluwarsa.",
        "Penyebab telah dicatat.",
        "Tindakan telah dicatat.",
        "SIMPEG dapat dibuka kembali.",
        "Rekomendasi telah dicatat.",
    ]
    assert await writing.verified()


async def test_rina_looks_and_takes_nothing(writing: DemoOffice) -> None:
    rina = writing["Rina"]
    await rina.taps("💡 Laporan serupa")
    await rina.taps("💡 SW-2026-0001")
    await rina.taps("« Kembali")
    assert rina.sees("💡 Serupa dengan SW-2026-0002")
    await rina.taps("« Kembali")
    assert rina.sees("Belum diisi: Temuan, Penyebab, Tindakan, Hasil, dan Rekomendasi.")
    await rina.says("Ini bukan bagian laporan.")
    draft = (await writing.case("SW-2026-0002")).evaluation_draft
    assert draft is None or len(draft.missing) == len(Part), "no part was awaited any more"


async def test_at_most_three_are_offered_the_newest_of_equal_ones_first(office: DemoOffice) -> None:
    for _ in range(4):
        await _closed(office, "Budi", _ONE)
    await _writes(office, "Wati", _AGAIN)
    await office["Rina"].taps("💡 Laporan serupa")
    numbers = [f"SW-2026-000{one}" for one in range(1, 5) if office["Rina"].person.last.button(f"💡 SW-2026-000{one}")]
    assert numbers == ["SW-2026-0002", "SW-2026-0003", "SW-2026-0004"]


async def test_nothing_is_offered_that_is_confidential_ones_own_open_or_of_something_else(office: DemoOffice) -> None:
    rina = office["Rina"]
    await _closed(office, "Budi", _ONE, confidential=True)
    await _closed(office, "Budi", "Printer loket dua macet kertas")
    await rina.says(_ONE)
    await rina.taps("Kirim")
    await office.walk(until=10, handler="Andi")
    await office.report("Budi", _ONE)
    await office.walk(until=5, handler="Andi")
    await _writes(office, "Wati", _AGAIN)
    assert rina.sees("✍️ Temuan untuk SW-2026-0005")
    assert not rina.person.last.button("Laporan serupa")
    await rina.taps("« Kembali")
    assert not rina.person.last.button("Laporan serupa")


async def test_one_that_may_be_offered_no_more_cannot_be_taken(writing: DemoOffice) -> None:
    """What may be offered is asked again at each tap, whatever lies in Rina's chat."""
    rina = writing["Rina"]
    await rina.taps("💡 Laporan serupa")
    await rina.taps("💡 SW-2026-0001")

    def hide(records: Records) -> None:
        records.case_numbered("SW-2026-0001").case.confidential = True

    press = rina.person.last
    await writing.asks(hide)
    toast = await rina.taps("Pakai sebagai awal", press)
    assert "tidak berlaku" in toast or "berubah" in toast, toast
    draft = (await writing.case("SW-2026-0002")).evaluation_draft
    assert draft is None or len(draft.missing) == len(Part)
