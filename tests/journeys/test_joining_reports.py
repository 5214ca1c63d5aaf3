"""Several people report the same: one case, many reporters, read as their chats."""

from sqlalchemy import select

from models.case.joined_report import JoinedReport
from models.repository.records import Records
from tests.journeys.demo_office import DemoOffice

_BUDI = "SIMPEG tidak dapat dibuka sejak pagi, muncul error 500"
_WATI = "Aplikasi simpeg error, saya tidak bisa masuk"


async def _wati_joins(office: DemoOffice) -> None:
    await office.report("Budi", _BUDI)
    await office["Wati"].says(_WATI)
    await office["Wati"].taps("Saya juga (0001)")


async def test_wati_says_me_too(office: DemoOffice) -> None:
    wati, kakanwil, budi = office["Wati"], office["Kakanwil"], office["Budi"]
    await office.report("Budi", _BUDI)
    await wati.says(_WATI)

    draft = wati.message("Draf laporan")
    assert "Mungkin sudah dilaporkan" in draft.words
    assert "SW-2026-0001 · sejak 08.30 · sama-sama menyebut: simpeg, error, masuk" in draft.words
    assert "sejak pagi" not in draft.words, "the words of Budi are not Wati's to read"
    assert draft.button("📨 Kirim")
    toast = await wati.taps("Saya juga (0001)")

    assert toast == "🙋 Laporan Anda digabung ke SW-2026-0001"
    assert wati.sees("🙋 Laporan Anda digabung ke SW-2026-0001. Anda ikut diberi tahu sampai selesai.")
    assert wati.sees("👥 2 pelapor")
    assert budi.sees("👥 2 pelapor")
    assert kakanwil.sees("👥 2 pelapor: Budi Contoh, Wati Contoh")
    assert kakanwil.sees(f"🗒 Wati Contoh (ikut melapor): “{_WATI}”")
    assert kakanwil.sees(f"🙋 Wati Contoh ikut melaporkan SW-2026-0001: “{_WATI}”")
    assert await office.verified()


async def test_the_straight_path_stays_as_it_was(office: DemoOffice) -> None:
    await office.report("Budi", _BUDI)
    await office["Wati"].says(_WATI)
    await office["Wati"].taps("Kirim")
    assert office["Wati"].sees("Laporan SW-2026-0002 diterima")
    assert not await office.asks(lambda records: records.session.scalars(select(JoinedReport)).all())


async def test_each_is_told_at_the_end_and_says_whether_it_helps(office: DemoOffice) -> None:
    wati, budi, kakanwil = office["Wati"], office["Budi"], office["Kakanwil"]
    await _wati_joins(office)
    await office.walk(until=10)

    for reporter in (budi, wati):
        assert reporter.message("SW-2026-0001 selesai").button("Sudah teratasi")
        assert reporter.sees("SIMPEG dapat dibuka kembali.")
    await budi.taps("Sudah teratasi")
    assert await wati.taps("Masih bermasalah") == "👎 Dicatat. Tuliskan apa yang masih bermasalah, lalu ketuk Kirim."
    assert wati.sees("Draf laporan lanjutan SW-2026-0001")
    assert kakanwil.sees(
        "👎 SW-2026-0001 sudah dinyatakan selesai, tetapi menurut pelapornya masalahnya belum teratasi."
    )
    await wati.says("SIMPEG masih menolak sandi saya")
    await wati.taps("Kirim")
    assert wati.sees("Laporan SW-2026-0002 diterima")

    def verdicts(records: Records) -> tuple[bool | None, list[bool | None]]:
        case = records.case_numbered("SW-2026-0001").case
        return case.helped, [one.helped for one in case.joined_reports]

    assert await office.asks(verdicts) == (True, [False])

    heard = "👥 2 dari 2 pelapor menanggapi: 👍 1 · 👎 1."
    assert heard in kakanwil.message("sudah dinyatakan selesai").words
    await kakanwil.says("/status 1")
    assert heard in kakanwil.message("🏁 Laporan SW-2026-0001 selesai").words
    assert heard in office["Kasubbag"].message("Umpan balik Anda").words
    await budi.says("/status 1")
    assert "👍 Pelapor: sudah teratasi." in budi.message("🏁 Laporan SW-2026-0001 selesai").words
    await kakanwil.says("/statistik")
    assert kakanwil.sees("Kata pelapor: 👍 1 · 👎 1 · termasuk 1 dari yang ikut melapor")
    await office["Rina"].says("/rekap")
    assert office["Rina"].sees("Pelapor: 1 👍, 1 👎")
    assert heard in office["Rina"].message("REKAP KINERJA").words
    assert await office.verified()


async def test_each_says_how_it_was_with_the_two_taps(office: DemoOffice) -> None:
    wati, budi, kasubbag = office["Wati"], office["Budi"], office["Kasubbag"]
    await _wati_joins(office)
    await office.walk(until=10)
    await wati.taps("Sudah teratasi")
    assert await wati.taps("Cepat") == "⚡ Dicatat: cepat."
    await wati.taps("Tidak jelas")
    card = wati.message("Terima kasih, tanggapan Anda dicatat.")
    assert [button.text for row in card.buttons for button in row][2:6] == [
        "☑ ⚡ Cepat",
        "🐢 Lambat",
        "💡 Jelas",
        "☑ ❔ Tidak jelas",
    ]
    assert not budi.sees("Terima kasih, tanggapan Anda dicatat."), "what Wati says is hers"
    await budi.taps("Sudah teratasi")
    await budi.taps("Cepat")

    said = "👥 2 dari 2 pelapor menanggapi: 👍 2 · 👎 0. ⚡ Cepat 2 · ❔ Tidak jelas 1."
    assert said in kasubbag.message("Umpan balik Anda").words
    await wati.says("/status 1")
    assert "👍 Pelapor: sudah teratasi. ⚡ Cepat · ❔ Tidak jelas." in wati.message("🏁 Laporan SW-2026-0001").words
    await office["Rina"].says("/rekap")
    assert said in office["Rina"].message("REKAP KINERJA").words
    await office["Kakanwil"].says("/statistik")
    assert office["Kakanwil"].sees("⚡ Cepat 2 · ❔ Tidak jelas 1")
    assert await office.verified()


async def test_wati_adds_urges_and_looks(office: DemoOffice) -> None:
    wati, budi, kakanwil = office["Wati"], office["Budi"], office["Kakanwil"]
    await _wati_joins(office)
    receipt = wati.message("digabung ke")

    await wati.says("Di komputer sebelah juga", reply_to=receipt)
    assert kakanwil.sees("🗒 Wati Contoh (ikut melapor): “Di komputer sebelah juga”")
    await wati.taps("Ingatkan", wati.message("digabung ke"))
    assert kakanwil.sees("🔔")
    assert "sekali dalam satu jam kerja" in await budi.taps("Ingatkan", budi.message("Laporan SW-2026-0001 diterima"))

    await wati.says("/status")
    assert wati.sees("SW-2026-0001")
    assert not wati.sees("sejak pagi")
    await wati.taps("Riwayat")
    assert wati.sees("Wati Contoh (pelapor) ikut melaporkan masalah ini")
    assert not wati.sees("sejak pagi")
    assert await office.verified()


async def test_wati_takes_only_her_own_part_out(office: DemoOffice) -> None:
    wati, budi, kakanwil = office["Wati"], office["Budi"], office["Kakanwil"]
    await _wati_joins(office)

    assert not budi.message("Laporan SW-2026-0001 diterima").button("Tarik laporan"), "another waits for the result"
    await wati.taps("Tarik laporan saya")
    assert wati.sees("Tarik laporan Anda dari SW-2026-0001? Laporan itu tetap berjalan untuk pelapor lain.")
    toast = await wati.taps("Ya, tarik laporan ini")

    assert toast == "↩️ Laporan Anda ditarik dari SW-2026-0001"
    assert wati.sees("↩️ Laporan Anda tidak lagi menjadi bagian dari SW-2026-0001.")
    assert not kakanwil.sees("2 pelapor")
    assert not kakanwil.message("Teruskan ke").words.count("ikut melapor")
    assert budi.message("Laporan SW-2026-0001 diterima").button("Tarik laporan")
    await office.walk(until=10)
    assert not wati.sees("Sudah teratasi")
    assert await office.verified()


async def test_what_is_not_offered(office: DemoOffice) -> None:
    """Nothing confidential, nothing of one's own, nothing whose work is handed in, nothing that is over."""
    wati, budi = office["Wati"], office["Budi"]
    await budi.says(_BUDI)
    await budi.taps("Rahasia")
    await budi.taps("Kirim")
    await wati.says(_WATI)
    assert not wati.sees("Saya juga")
    await wati.taps("Kirim")
    await wati.says(_WATI)
    assert not wati.sees("Saya juga"), "their own report"
    await wati.taps("Batal")

    await budi.says("simpeg error lagi, tidak bisa masuk")
    assert budi.sees("Saya juga (0002)")
    await budi.taps("Rahasia")
    assert not budi.message("Draf laporan").button("Saya juga"), "what is confidential is a part of nothing"
    await budi.taps("Batal")


async def test_a_case_that_went_on_meanwhile_takes_no_more(office: DemoOffice) -> None:
    wati = office["Wati"]
    await office.report("Budi", _BUDI)
    await wati.says(_WATI)
    press = wati.message("Draf laporan")
    await office.walk(until=6)
    toast = await wati.taps("Saya juga (0001)", press)
    assert toast == "Laporan SW-2026-0001 tidak dapat digabungi lagi. Kirim laporan Anda seperti biasa."
    assert wati.message("Draf laporan").button("📨 Kirim"), "the draft is there still"
    assert await office.verified()


async def test_an_official_who_sees_the_case_reads_its_first_line(office: DemoOffice) -> None:
    await office.report("Budi", _BUDI)
    await office["Kasubbag"].says(_WATI)
    assert f"“{_BUDI}”" in office["Kasubbag"].message("Draf laporan").words


async def test_a_declined_report_is_declined_for_all(office: DemoOffice) -> None:
    await _wati_joins(office)
    await office["Kakanwil"].taps("Tolak")
    await office["Kakanwil"].taps("Bukan masalah")
    for reporter in ("Budi", "Wati"):
        assert office[reporter].sees("⛔ SW-2026-0001 ditolak"), reporter
    assert await office.verified()


async def _kakanwil_merges(office: DemoOffice) -> None:
    """Budi and Wati each report; the Kakanwil merges the second report with the first."""
    await office.report("Budi", _BUDI)
    await office.report("Wati", _WATI)
    await office["Kakanwil"].taps("Lainnya", office["Kakanwil"].message("SW-2026-0002"))
    await office["Kakanwil"].taps("Gabungkan dengan laporan lain")
    await office["Kakanwil"].taps("🔗 0001 · mirip")


async def test_the_kakanwil_merges_two_reports(office: DemoOffice) -> None:
    wati, budi, kakanwil = office["Wati"], office["Budi"], office["Kakanwil"]
    await office.report("Budi", _BUDI)
    await office.report("Wati", _WATI)
    await kakanwil.taps("Lainnya", kakanwil.message("SW-2026-0002"))
    await kakanwil.taps("Gabungkan dengan laporan lain")
    assert kakanwil.sees("Laporan ini menjadi bagian dari laporan yang dipilih")
    toast = await kakanwil.taps("🔗 0001 · mirip · SIMPEG tidak dapat dibuka")

    assert toast.startswith("🔗 SW-2026-0002 digabung ke SW-2026-0001. Berikutnya: SW-2026-0001 · SIMPEG"), toast
    assert kakanwil.sees("🔗 Digabung ke laporan lain oleh Karel Contoh (Kakanwil), 08.30 WITA. Kini SW-2026-0001.")
    assert wati.sees("🔗 Laporan Anda SW-2026-0002 digabung ke SW-2026-0001, karena masalahnya sama.")
    assert wati.sees("🔗 Laporan SW-2026-0002 digabung ke SW-2026-0001")
    assert wati.sees("🙋 Laporan Anda digabung ke SW-2026-0001.")
    assert kakanwil.sees("👥 2 pelapor: Budi Contoh, Wati Contoh (Subbagian Kepegawaian, SW-2026-0002)")
    assert kakanwil.sees(f"🗒 Wati Contoh (ikut melapor): “{_WATI}”")
    assert budi.sees("👥 2 pelapor")
    assert await office.verified()

    for step in range(1, 10):
        await office._duty(step, "Rina")
    assert wati.message("SW-2026-0001 selesai").button("Sudah teratasi")
    assert budi.message("SW-2026-0001 selesai").button("Sudah teratasi")
    assert await office.verified()


async def test_the_clock_and_the_cards_of_a_merged_case_stop(office: DemoOffice) -> None:
    await _kakanwil_merges(office)
    heard = len(office["Kakanwil"].person.received)
    await office["Kakanwil"].taps("Teruskan ke", office["Kakanwil"].message("DISPOSISI SW-2026-0001"))
    await office.passes(days=3)
    said = [one.words for one in office["Kakanwil"].person.received[heard:]]
    assert not any("0002" in words for words in said), said
    await office["Kakanwil"].says("/tugas")
    assert office["Kakanwil"].sees("Tidak ada yang menunggu Anda saat ini.")


async def test_the_kakanwil_parts_them_again_with_the_rest_of_the_time(office: DemoOffice) -> None:
    wati, kakanwil = office["Wati"], office["Kakanwil"]
    await office.report("Budi", _BUDI)
    await office.report("Wati", _WATI)
    await office.passes(minutes=10)
    await kakanwil.taps("Lainnya", kakanwil.message("SW-2026-0002"))
    await kakanwil.taps("Gabungkan dengan laporan lain")
    await kakanwil.taps("🔗 0001 · mirip")
    before = (await office.case("SW-2026-0002")).tasks[-1].due_at
    await office.passes(minutes=60)

    await kakanwil.says("/status 0001")
    toast = await kakanwil.taps("Pisahkan SW-2026-0002 · Wati Contoh")

    assert toast == "↩️ SW-2026-0002 dipisahkan dari SW-2026-0001 dan berjalan sendiri"
    assert wati.sees("↩️ Laporan Anda SW-2026-0002 berjalan sendiri lagi.")
    task = await office.task("SW-2026-0002")
    calendar = office.program.rules.office.calendar
    assert (task.step, task.due_at) == (1, calendar.add(before, 60 * 60)), "the time between does not count"
    assert kakanwil.message("DISPOSISI SW-2026-0002").button("Teruskan ke")
    assert not kakanwil.message("DISPOSISI SW-2026-0001").words.count("2 pelapor")
    assert await office.verified()
    await office.walk(until=10)
    assert wati.message("SW-2026-0002 selesai").button("Sudah teratasi")
    assert not office["Budi"].sees("SW-2026-0002")
    assert await office.verified()


async def test_the_timeline_says_who_merged_and_parted_what(office: DemoOffice) -> None:
    """The official reports nothing: it is the case of another that becomes a part, and goes on by itself again."""
    kakanwil = office["Kakanwil"]
    await _kakanwil_merges(office)
    await kakanwil.says("/status 0001")
    await kakanwil.taps("Pisahkan SW-2026-0002 · Wati Contoh")
    await kakanwil.taps("Riwayat", kakanwil.message("SW-2026-0001"))
    timeline = kakanwil.message("RIWAYAT SW-2026-0001").words
    assert "🔗 Karel Contoh (Kakanwil) menggabungkan SW-2026-0002 ke laporan ini" in timeline
    assert (
        "↩️ Karel Contoh (Kakanwil) memisahkan satu laporan, yang berjalan sendiri sebagai SW-2026-0002" in timeline
    ), timeline
    assert "ikut melaporkan" not in timeline


async def test_what_somebody_joined_by_mistake_becomes_a_case_of_its_own(office: DemoOffice) -> None:
    wati, kakanwil = office["Wati"], office["Kakanwil"]
    await _wati_joins(office)
    await kakanwil.says("/status 0001")
    assert not office["Budi"].sees("Pisahkan")
    toast = await kakanwil.taps("Pisahkan Wati Contoh")
    assert toast == "↩️ SW-2026-0002 dipisahkan dari SW-2026-0001 dan berjalan sendiri"
    assert wati.sees("Laporan SW-2026-0002 diterima")
    assert kakanwil.message("DISPOSISI SW-2026-0002").words.count(_WATI)
    assert await office.verified()


def _line(offered: str, number: str) -> str:
    return next(line for line in offered.splitlines() if number in line)


async def test_words_of_a_report_that_was_parted_make_the_case_like_no_other_any_more(office: DemoOffice) -> None:
    wati, kakanwil, kadiv = office["Wati"], office["Kakanwil"], office["Kadiv"]
    await office.report("Budi", _BUDI)
    for person, words in ((wati, "Simpeg tidak dapat dibuka, error, presensi putih"), (office["Kabag"], _WATI)):
        await person.says(words)
        await person.taps("Saya juga (0001)")
    await kadiv.says("Simpeg error dibuka presensi putih")
    assert "presensi" in _line(kadiv.person.last.words, "0001")
    await kadiv.taps("Batal")
    await kakanwil.says("/status 0001")
    await kakanwil.taps("Pisahkan Wati Contoh")
    await kadiv.says("Simpeg error dibuka presensi putih")
    offered = kadiv.person.last.words
    assert "presensi" in _line(offered, "0002"), "it is a case of its own now"
    assert "presensi" not in _line(offered, "0001")


async def test_two_officials_merge_at_once(office: DemoOffice) -> None:
    """Each merges one case with the other: one of them is first, and no circle comes of it."""
    kakanwil = office["Kakanwil"]
    await office.report("Budi", _BUDI)
    await office.report("Wati", _WATI)
    for number in ("SW-2026-0001", "SW-2026-0002"):
        await kakanwil.taps("Lainnya", kakanwil.message(f"DISPOSISI {number}"))
        await kakanwil.taps("Gabungkan dengan laporan lain", kakanwil.message(f"DISPOSISI {number}"))
    presses = [
        kakanwil.person.taps("🔗 0002", kakanwil.message("DISPOSISI SW-2026-0001")),
        kakanwil.person.taps("🔗 0001", kakanwil.message("DISPOSISI SW-2026-0002")),
    ]
    await office.settle()
    toasts = [await press.answered() for press in presses]
    assert sum("digabung ke" in toast for toast in toasts) == 1, toasts
    states = sorted([(await office.case(number)).state for number in ("SW-2026-0001", "SW-2026-0002")])
    assert states == ["merged", "open"]
    assert await office.verified()
