"""A reply to a message about a case that has ended: what became of it is said, and a report that follows is offered."""

from __future__ import annotations

from tests.journeys.demo_office import DemoOffice


async def test_a_reply_to_the_receipt_of_a_closed_case_begins_one_that_follows(office: DemoOffice) -> None:
    budi = office["Budi"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    receipt = budi.message("SW-2026-0001 diterima")
    await office.walk(until=10)
    await budi.says("Sekarang galat lagi", receipt)

    said = budi.message("tidak masuk lagi ke sana").words
    assert said.startswith("🏁 SW-2026-0001 sudah selesai (")
    draft = budi.person.last
    assert draft.words.startswith("📝 Draf laporan lanjutan SW-2026-0001")
    assert "“Sekarang galat lagi”" in draft.words
    assert await office.cases() == ["SW-2026-0001"]
    await budi.taps("Kirim")
    first, second = await office.case(), await office.case("SW-2026-0002")
    assert (second.previous_case_id, second.text) == (first.id, "Sekarang galat lagi")
    assert await office.verified()


async def test_a_reporter_who_joined_replies_to_the_result_as_the_first_one_does(office: DemoOffice) -> None:
    wati = office["Wati"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka sejak pagi, muncul error 500")
    await wati.says("Aplikasi simpeg error, saya tidak bisa masuk")
    await wati.taps("Saya juga (0001)")
    await office.walk(until=10)
    await wati.says("Di meja saya galat lagi", wati.message("Apakah masalahnya sudah teratasi?"))

    assert wati.message("tidak masuk lagi ke sana").words.startswith("🏁 SW-2026-0001 sudah selesai (")
    assert "sejak pagi" not in wati.person.last.words, "the words of Budi are not hers to read"
    await wati.taps("Kirim")
    second = await office.case("SW-2026-0002")
    assert (second.previous_case_id, second.text) == ((await office.case()).id, "Di meja saya galat lagi")
    assert await office.verified()


async def test_a_photo_in_reply_to_the_result_does_too(office: DemoOffice) -> None:
    budi = office["Budi"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=10)
    await budi.sends_photo(reply_to=budi.message("Apakah masalahnya sudah teratasi?"))
    await budi.taps("Kirim")
    second = await office.case("SW-2026-0002")
    assert (second.subject, second.previous_case_id) == ("📷 Foto", (await office.case()).id)


async def test_thanks_for_a_result_are_no_report(office: DemoOffice) -> None:
    budi = office["Budi"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=10)
    await budi.says("Terima kasih banyak 🙏", budi.message("Apakah masalahnya sudah teratasi?"))
    assert budi.person.last.words == "👍 Tidak ada yang dicatat dari pesan ini."
    assert not budi.sees("Draf laporan")


async def test_a_reply_to_the_receipt_of_a_declined_case_says_so(office: DemoOffice) -> None:
    budi, kakanwil = office["Budi"], office["Kakanwil"]
    await office.report("Budi", "Kursi patah")
    await kakanwil.taps("Tolak")
    await kakanwil.taps("Bukan masalah software")
    await budi.says("Kalau begitu ke mana?", budi.message("Kirim laporan baru bila keadaannya berbeda"))
    assert budi.sees("⛔ SW-2026-0001 sudah ditolak (")
    assert budi.sees("Draf laporan lanjutan SW-2026-0001")


async def test_a_number_in_a_message_that_somebody_forwarded_leads_nowhere(office: DemoOffice) -> None:
    wati = office["Wati"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=10)
    told = await wati.says("Lihat SW-2026-0001")
    await wati.says("Masih galat", told)
    assert not wati.sees("lanjutan")


async def test_an_answer_that_comes_too_late_is_not_lost(office: DemoOffice) -> None:
    budi, rina = office["Budi"], office["Rina"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=5)
    await rina.taps("Mulai tangani")
    await rina.taps("Tanya pelapor")
    await rina.says("Sejak kapan?")
    question = budi.message("Sejak kapan?")
    await office.walk(until=10)
    await budi.says("Sejak kemarin", question)
    assert budi.sees("🏁 SW-2026-0001 sudah selesai (")
    assert "“Sejak kemarin”" in budi.message("Draf laporan lanjutan").words


async def test_words_join_another_draft_that_is_being_written_and_it_is_said(office: DemoOffice) -> None:
    budi = office["Budi"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    receipt = budi.message("SW-2026-0001 diterima")
    await office.walk(until=10)
    await budi.says("SAKTI lambat")
    await budi.says("SIMPEG galat lagi", receipt)
    assert budi.sees("masuk ke draf laporan di bawah, yang belum terkirim")
    assert "SAKTI lambat\nSIMPEG galat lagi" in budi.message("Draf laporan").words


async def test_a_reply_to_the_receipt_of_an_open_case_joins_it(office: DemoOffice) -> None:
    budi = office["Budi"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await budi.says("Sekarang juga SAKTI", budi.message("SW-2026-0001 diterima"))
    assert budi.person.last.words.startswith("➕ Ditambahkan ke SW-2026-0001")
    await budi.says("Terima kasih", budi.message("SW-2026-0001 diterima"))
    assert not office["Kakanwil"].sees("Terima kasih")


async def test_an_official_who_replies_to_the_status_of_anothers_case_follows_nothing(office: DemoOffice) -> None:
    kakanwil = office["Kakanwil"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=10)
    await kakanwil.says("0001")
    await kakanwil.says("Printer saya macet", kakanwil.message("Laporan SW-2026-0001"))
    assert kakanwil.person.last.words.startswith("📝 Draf laporan\n")
