"""After the result: two taps of the reporter that nobody has to make, and one of the superior."""

from __future__ import annotations

from tests.journeys.demo_office import DemoOffice

ASKED = "Boleh dilewati"


async def closed(office: DemoOffice) -> None:
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=10)


async def test_two_optional_taps_after_the_verdict_on_the_same_message(office: DemoOffice) -> None:
    await closed(office)
    budi = office["Budi"]
    result = budi.message("Apakah masalahnya sudah teratasi?")
    assert ASKED not in result.words, "nothing more is asked before the verdict"
    received = len(budi.person.received)
    await budi.taps("Sudah teratasi")
    assert await budi.taps("Cepat") == "⚡ Dicatat: cepat."
    assert await budi.taps("Tidak jelas") == "❔ Dicatat: tidak jelas."
    await budi.taps("Lambat")
    assert len(budi.person.received) == received, "all of it is one message"
    now = budi.message("Terima kasih, tanggapan Anda dicatat.")
    assert now.message_id == result.message_id
    assert ASKED in now.words
    assert "sampai Sen 30 Nov" in now.words
    assert [button.text for row in now.buttons for button in row] == [
        "☑ 👍 Sudah teratasi",
        "👎 Masih bermasalah",
        "⚡ Cepat",
        "☑ 🐢 Lambat",
        "💡 Jelas",
        "☑ ❔ Tidak jelas",
        "🗺 Alur SOP",
        "📄 Lembar Disposisi",
    ]
    assert [entry["quick"] for entry in await office.journal("rate") if "quick" in entry] == [True, False]
    await budi.says("/status 1")
    assert "👍 Pelapor: sudah teratasi. 🐢 Lambat · ❔ Tidak jelas." in budi.chat
    assert await office.verified()


async def test_after_seven_days_the_taps_are_over_and_the_words_stay(office: DemoOffice) -> None:
    await closed(office)
    budi = office["Budi"]
    await budi.taps("Sudah teratasi")
    await budi.taps("Jelas")
    await office.passes(days=8)
    assert (await budi.taps("Cepat")).startswith("Tanggapan atas SW-2026-0001 sudah tetap")
    card = budi.message("Terima kasih, tanggapan Anda dicatat.")
    assert "Tanggapan Anda: 💡 Jelas." in card.words
    assert [button.text for row in card.buttons for button in row] == [
        "☑ 👍 Sudah teratasi",
        "👎 Masih bermasalah",
        "🗺 Alur SOP",
        "📄 Lembar Disposisi",
    ], "the verdict itself can still be changed"
    assert await office.verified()


async def test_who_says_it_did_not_help_is_asked_nothing_more(office: DemoOffice) -> None:
    await closed(office)
    budi = office["Budi"]
    await budi.taps("Sudah teratasi")
    await budi.taps("Cepat")
    await budi.taps("Masih bermasalah")
    assert not budi.sees(ASKED)
    assert (await office.case()).quick is None
    assert await office.verified()


async def test_the_superior_says_in_one_tap_how_the_work_was_done(office: DemoOffice) -> None:
    await closed(office)
    budi, kasubbag = office["Budi"], office["Kasubbag"]
    card = kasubbag.message("🏁 SW-2026-0001 selesai · ditangani Rina Contoh")
    assert card.silent, "nothing waits for the superior"
    assert "Pelapor belum menanggapi." in card.words
    await budi.taps("Sudah teratasi")
    await budi.taps("Cepat")
    assert kasubbag.sees("👍 Pelapor: sudah teratasi. ⚡ Cepat.")
    assert await kasubbag.taps("👍 Baik") == "👍 Umpan balik untuk SW-2026-0001 dicatat: baik."
    assert kasubbag.sees("Umpan balik: 👍 Baik (Sari Contoh). Dapat diubah sampai")
    await kasubbag.taps("Perlu perbaikan")
    assert (await office.case()).well is False
    await office.passes(days=8)
    assert (await kasubbag.taps("👍 Baik")).startswith("Tanggapan atas SW-2026-0001 sudah tetap")
    assert not any(button for row in kasubbag.message("🏁 SW-2026-0001").buttons for button in row)
    await budi.says("/status 1")
    await budi.taps("Riwayat")
    assert "umpan balik" not in budi.chat.lower(), "what a superior says of the work is not told to the reporter"
    assert await office.verified()


async def test_a_confidential_case_shows_the_superior_its_number_alone(office: DemoOffice) -> None:
    await office["Budi"].says("Sandi SIMPEG bocor")
    await office["Budi"].taps("Rahasia: tidak")
    await office["Budi"].taps("Kirim")
    await office.walk(until=10)
    card = office["Kasubbag"].message("🏁 SW-2026-0001")
    assert "Sandi" not in card.words


async def test_who_is_the_superior_no_more_neither_reads_nor_decides(office: DemoOffice) -> None:
    await closed(office)
    kasubbag = office["Kasubbag"]
    await office.relieves("Kasubbag", "kasubbag-humas")
    assert "bukan" in (await kasubbag.taps("👍 Baik")).lower() or (await office.case()).well is None
    assert kasubbag.sees("Umpan baliknya kini bukan dari Anda.")
    assert (await office.case()).well is None
