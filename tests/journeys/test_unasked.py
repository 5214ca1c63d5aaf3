"""What people type without being asked: a number opens a case, “ok” makes nothing, words may become a note."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from models.case.draft import ReportDraft
from models.case.question import Remark
from tests.journeys.demo_office import DemoOffice, Employee


async def drafts(office: DemoOffice) -> list[str]:
    return await office.asks(
        lambda records: list(records.session.scalars(select(ReportDraft.text).order_by(ReportDraft.id)))
    )


async def notes(office: DemoOffice) -> list[str]:
    return await office.asks(lambda records: list(records.session.scalars(select(Remark.text).order_by(Remark.id))))


def since(person: Employee, before: int) -> list[str]:
    return [message.words for message in person.person.received[before:]]


def labels(person: Employee) -> list[str]:
    return [button.text for row in person.message("Draf laporan").buttons for button in row]


@pytest.mark.parametrize("typed", ["0001", "1", "SW-2026-0001", "sw 1", "sw-2026-1"])
async def test_a_bare_number_brings_the_card_that_waits(office: DemoOffice, typed: str) -> None:
    kakanwil = office["Kakanwil"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await kakanwil.says("/status")
    await kakanwil.says(typed)
    assert "DISPOSISI SW-2026-0001" in kakanwil.person.last.words
    assert await kakanwil.taps("Teruskan ke", kakanwil.person.last) == "✅ Diteruskan ke Kadiv."
    assert await drafts(office) == []
    assert await office.verified()


async def test_a_bare_number_shows_the_reporter_where_the_report_is(office: DemoOffice) -> None:
    budi = office["Budi"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await budi.says("0001")
    assert "Laporan SW-2026-0001 diterima" in budi.person.last.words
    assert await drafts(office) == []


async def test_the_number_of_anothers_case_is_answered_like_one_that_does_not_exist(office: DemoOffice) -> None:
    wati = office["Wati"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    answers = []
    for typed in ("SW-2026-0001", "SW-2026-0002"):
        before = len(wati.person.received)
        await wati.says(typed)
        (answer,) = since(wati, before)
        answers.append(answer.replace(typed, "…"))
    assert answers[0] == answers[1]
    assert answers[0] == "Laporan … tidak ditemukan, atau bukan untuk Anda. Untuk melapor, tuliskan masalahnya."
    assert await drafts(office) == []


async def test_the_number_of_a_confidential_case_tells_an_overseer_its_place_and_no_word(office: DemoOffice) -> None:
    budi, rina = office["Budi"], office["Rina"]
    await budi.says("Kata sandi pejabat bocor")
    await budi.taps("Rahasia")
    await budi.taps("Kirim")
    await rina.says("0001")
    assert "SW-2026-0001" in rina.person.last.words
    assert not rina.sees("bocor")


async def test_figures_belong_to_the_draft_that_is_being_written(office: DemoOffice) -> None:
    budi = office["Budi"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await budi.says("SAKTI menampilkan galat")
    await budi.says("500")
    assert await drafts(office) == ["SAKTI menampilkan galat\n500"]
    await budi.says("SW-2026-0001")
    assert "SW-2026-0001 diterima" in budi.person.last.words
    assert await drafts(office) == ["SAKTI menampilkan galat\n500"]


@pytest.mark.parametrize("typed", ["ok", "Siap, Pak 🙏", "👍🏽", "terima kasih"])
async def test_an_assent_makes_nothing_and_is_answered_once(office: DemoOffice, typed: str) -> None:
    kakanwil = office["Kakanwil"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    before = len(kakanwil.person.received)
    await kakanwil.says(typed)
    await kakanwil.says(typed)
    assert since(kakanwil, before) == ["👍 Tidak ada yang dicatat dari pesan ini."]
    assert (await drafts(office), await notes(office)) == ([], [])


async def test_an_assent_in_reply_to_a_card_is_no_note(office: DemoOffice) -> None:
    kakanwil, rina = office["Kakanwil"], office["Rina"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await kakanwil.says("Siap", kakanwil.message("DISPOSISI"))
    assert "“Siap”" not in kakanwil.message("DISPOSISI").words
    await office.walk(until=5)
    await rina.taps("Mulai tangani")
    await rina.says("ok", rina.message("PENANGANAN"))
    assert (await drafts(office), await notes(office)) == ([], [])
    assert rina.sees("Tidak ada yang dicatat dari pesan ini.")


async def test_an_assent_does_not_touch_the_draft(office: DemoOffice) -> None:
    budi = office["Budi"]
    await budi.says("SIMPEG tidak dapat dibuka")
    await budi.says("ok")
    assert await drafts(office) == ["SIMPEG tidak dapat dibuka"]
    assert budi.sees("Draf laporan Anda belum terkirim")


async def test_a_short_answer_to_a_question_is_kept_and_offered_as_the_answer(office: DemoOffice) -> None:
    budi, rina = office["Budi"], office["Rina"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=5)
    await rina.taps("Mulai tangani")
    await rina.taps("Tanya pelapor")
    await rina.says("Apakah sudah dicoba masuk lagi?")
    await budi.says("ya")
    await budi.taps("Jadikan jawaban SW-2026-0001")
    assert "↳ ya" in rina.message("PENANGANAN").words


async def test_an_assent_that_was_asked_for_is_what_was_asked_for(office: DemoOffice) -> None:
    kakanwil = office["Kakanwil"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await kakanwil.taps("Instruksi")
    await kakanwil.taps("Tulis catatan")
    await kakanwil.says("ok")
    assert "“ok”" in kakanwil.message("DISPOSISI").words


async def test_words_become_a_note_of_the_one_card_that_waits(office: DemoOffice) -> None:
    rina = office["Rina"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=5)
    await rina.taps("Mulai tangani")
    await rina.says("Peladen sudah dinyalakan ulang")
    assert labels(rina)[-1] == "🗒 Jadikan catatan SW-2026-0001"
    await office.stops()
    await office.starts()

    assert await rina.taps("Jadikan catatan SW-2026-0001") == "🗒 Catatan untuk SW-2026-0001 disimpan."
    assert rina.sees("🗒 Draf ini menjadi catatan untuk SW-2026-0001.")
    assert await notes(office) == ["Peladen sudah dinyalakan ulang"]
    assert await drafts(office) == []
    assert "“Peladen sudah dinyalakan ulang”" in rina.message("PENANGANAN").words
    assert await office.cases() == ["SW-2026-0001"]
    assert await office.verified()


async def test_at_a_step_that_forwards_the_words_join_the_note_that_is_prepared(office: DemoOffice) -> None:
    kakanwil, kadiv = office["Kakanwil"], office["Kadiv"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await kakanwil.says("Mohon prioritas", kakanwil.message("DISPOSISI"))
    await kakanwil.says("Layanan AHU terganggu")
    await kakanwil.sends_photo()
    await kakanwil.taps("Jadikan catatan SW-2026-0001")
    await kakanwil.taps("Teruskan ke")
    assert "Mohon prioritas\nLayanan AHU terganggu" in kadiv.message("DISPOSISI").words
    assert kadiv.sees("📎 1")
    assert await office.verified()


async def test_of_many_cards_that_wait_three_are_offered_and_the_draft_can_still_be_sent(office: DemoOffice) -> None:
    kakanwil = office["Kakanwil"]
    for number in range(4):
        await office.report("Budi", f"Masalah {number}")
    await kakanwil.says("Printer di ruang saya macet")
    offered = [label for label in labels(kakanwil) if "catatan" in label]
    assert offered == [f"🗒 Jadikan catatan SW-2026-000{number}" for number in (1, 2, 3)]
    await kakanwil.taps("Kirim")
    assert (await office.cases())[-1] == "SW-2026-0005"


async def test_who_has_no_card_is_offered_no_note(office: DemoOffice) -> None:
    budi = office["Budi"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await budi.says("SAKTI juga tidak dapat dibuka")
    assert not budi.sees("Jadikan catatan")


async def test_a_note_for_what_was_decided_meanwhile_is_refused_and_its_words_stay(office: DemoOffice) -> None:
    kakanwil = office["Kakanwil"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await kakanwil.says("Mohon prioritas")
    button = kakanwil.message("Jadikan catatan").button("Jadikan catatan")
    assert button is not None
    await kakanwil.taps("Teruskan ke")
    toast = await kakanwil.toast_of(kakanwil.person.forges(button.data or "", kakanwil.message("Mohon prioritas")))
    assert toast.startswith("Sudah diputuskan")
    assert await drafts(office) == ["Mohon prioritas"]
    assert not kakanwil.sees("Jadikan catatan")


async def test_a_draft_offers_a_note_no_more_once_the_card_is_decided(office: DemoOffice) -> None:
    kakanwil = office["Kakanwil"]
    for number in range(2):
        await office.report("Budi", f"Masalah {number}")
    await kakanwil.says("Mohon prioritas")
    await kakanwil.taps("Teruskan ke", kakanwil.message("DISPOSISI SW-2026-0001"))
    assert [label for label in labels(kakanwil) if "catatan" in label] == ["🗒 Jadikan catatan SW-2026-0002"]
    await kakanwil.taps("Teruskan ke", kakanwil.message("DISPOSISI SW-2026-0002"))
    assert not kakanwil.sees("Jadikan catatan")
    assert await drafts(office) == ["Mohon prioritas"]
    assert kakanwil.message("Mohon prioritas").button("Kirim") is not None


async def test_a_button_of_anothers_draft_makes_no_note(office: DemoOffice) -> None:
    kakanwil, budi = office["Kakanwil"], office["Budi"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await kakanwil.says("Mohon prioritas")
    button = kakanwil.message("Jadikan catatan").button("Jadikan catatan")
    assert button is not None
    toast = await budi.toast_of(budi.person.forges(button.data or ""))
    assert toast.startswith("Tombol ini tidak berlaku")
    assert await drafts(office) == ["Mohon prioritas"]
