"""The Laporan Evaluasi asks for its parts by itself: two taps and five messages, with what it is about on screen."""

from __future__ import annotations

import pytest

from models.case.evaluation import Part
from tests.journeys.demo_office import PARTS, DemoOffice

TAPS = 5
"""Taps that a Laporan Evaluasi may cost, from the card to the corrector."""


@pytest.fixture
async def handled(office: DemoOffice) -> DemoOffice:
    """An office in which Rina has asked the reporter, who has answered with a photo."""
    rina, budi = office["Rina"], office["Budi"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka setelah pembaruan")
    await office.walk(until=5)
    await rina.taps("Mulai tangani")
    await rina.taps("Tanya pelapor")
    await rina.says("Pesan galat apa?")
    await budi.taps("Jawab")
    await budi.sends_photo("ORA-00018")
    return office


def taps(office: DemoOffice, name: str) -> int:
    account = office[name].person.user_id
    presses = [press for chat in office.sandbox.world.chats.values() for press in chat.presses]
    return sum(press.person.account_id == account for press in presses)


async def test_it_is_written_and_handed_in_with_two_taps(handled: DemoOffice) -> None:
    rina = handled["Rina"]
    before = taps(handled, "Rina")
    await rina.taps("Laporan Evaluasi")
    for part in PARTS:
        assert rina.sees(f"✍️ {part} untuk SW-2026-0001")
        await rina.says(f"{part} sudah dicatat.")
    assert rina.person.last.words.endswith("Semua bagian terisi; siap diajukan.")
    await rina.taps("Ajukan")
    assert taps(handled, "Rina") - before == 2 <= TAPS
    case = await handled.case()
    assert case.submitted is not None
    assert [case.submitted.text(part) for part in Part] == [f"{part} sudah dicatat." for part in PARTS]
    assert await handled.verified()


async def test_the_problem_the_answer_and_the_parts_are_on_screen(handled: DemoOffice) -> None:
    rina = handled["Rina"]
    await rina.taps("Laporan Evaluasi")
    await rina.says("Layar putih.")
    assert rina.person.last.words == (
        "SIMPEG tidak dapat dibuka setelah pembaruan\n"
        "❓ “Pesan galat apa?”\n↳ ORA-00018 · 📎 1\n"
        "☑ Temuan ☐ Penyebab ☐ Tindakan ☐ Hasil ☐ Rekomendasi\n\n"
        "✍️ Penyebab untuk SW-2026-0001: tulis lalu kirim. Bagian berikutnya ditanyakan sesudahnya."
    )


async def test_parts_may_be_written_in_any_order(handled: DemoOffice) -> None:
    rina = handled["Rina"]
    await rina.taps("Laporan Evaluasi")
    await rina.taps("Isi Tindakan")
    await rina.says("Sesi dibersihkan.")
    asked = ["Hasil", "Rekomendasi", "Temuan", "Penyebab"]
    for part in asked:
        assert f"✍️ {part} untuk" in rina.person.last.words
        await rina.says(f"Isi {part}.")
    draft = (await handled.case()).evaluation_draft
    assert draft is not None
    assert (draft.action, draft.cause) == ("Sesi dibersihkan.", "Isi Penyebab.")


async def test_back_leads_to_the_editor_and_to_the_card_and_nothing_is_awaited(handled: DemoOffice) -> None:
    rina = handled["Rina"]
    await rina.taps("Laporan Evaluasi")
    await rina.says("Layar putih.")
    await rina.taps("Kembali", rina.person.last)
    assert "Belum diisi: Penyebab" in rina.message("LAPORAN EVALUASI").words
    await rina.taps("Kembali", rina.message("LAPORAN EVALUASI"))
    await rina.says("Printer saya macet")
    assert rina.sees("Draf laporan"), "words that nobody asked for become no part"
    await rina.taps("Laporan Evaluasi", rina.message("PENANGANAN"))
    assert rina.sees("✍️ Penyebab untuk SW-2026-0001")


async def test_a_restart_in_the_middle_goes_on_with_the_same_part(handled: DemoOffice) -> None:
    rina = handled["Rina"]
    await rina.taps("Laporan Evaluasi")
    await rina.says("Layar putih.")
    await handled.stops()
    await handled.starts()
    await rina.says("Sesi menumpuk.")
    draft = (await handled.case()).evaluation_draft
    assert draft is not None
    assert (draft.findings, draft.cause, draft.action) == ("Layar putih.", "Sesi menumpuk.", "")
    assert "✍️ Tindakan untuk" in rina.person.last.words


async def test_a_returned_one_shows_the_correction_and_asks_for_no_part_that_is_written(handled: DemoOffice) -> None:
    rina, kasubbag = handled["Rina"], handled["Kasubbag"]
    await handled.evaluate("Rina")
    await kasubbag.taps("Kembalikan dengan koreksi")
    await kasubbag.taps("Tulis alasan")
    await kasubbag.says("Penyebab belum jelas")
    await rina.taps("Laporan Evaluasi", rina.message("PENANGANAN"))
    editor = rina.message("revisi 2")
    assert "Koreksi Sari Contoh:\nPenyebab belum jelas" in editor.words
    await rina.taps("Ubah Penyebab", editor)
    prompt = rina.message("✍️ Penyebab untuk")
    assert "Penyebab belum jelas" in prompt.words
    assert "Penyebab telah dicatat." in prompt.words
    await rina.says("Sesi basis data menumpuk.")
    assert "Semua bagian terisi" in rina.person.last.words
    await rina.taps("Ajukan")
    assert (await handled.task()).step == 6
    assert await handled.verified()


async def test_the_longest_prompt_fits_a_message(handled: DemoOffice) -> None:
    rina, kasubbag = handled["Rina"], handled["Kasubbag"]
    await handled.evaluate("Rina")
    await kasubbag.taps("Kembalikan dengan koreksi")
    await kasubbag.taps("Tulis alasan")
    await kasubbag.says("Perbaiki penyebabnya. " * 80)
    await rina.taps("Laporan Evaluasi", rina.message("PENANGANAN"))
    await rina.taps("Ubah Penyebab")
    await rina.says("<Sesi & menumpuk> " * 200)
    await rina.taps("Ubah Penyebab")
    assert rina.sees("selengkapnya ada di Pratinjau")
