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
    assert await office.verified()


async def test_wati_adds_urges_and_looks(office: DemoOffice) -> None:
    wati, budi, kakanwil = office["Wati"], office["Budi"], office["Kakanwil"]
    await _wati_joins(office)
    receipt = wati.message("digabung ke")

    await wati.says("Di komputer sebelah juga", reply_to=receipt)
    assert kakanwil.sees("🗒 Wati Contoh (ikut melapor): “Di komputer sebelah juga”")
    await wati.taps("Ingatkan", wati.message("digabung ke"))
    assert kakanwil.sees("🔔")
    assert "Sekali dalam satu jam kerja" in await budi.taps("Ingatkan", budi.message("Laporan SW-2026-0001 diterima"))

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
    assert wati.sees("↩️ Laporan Anda sudah ditarik dari SW-2026-0001.")
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
