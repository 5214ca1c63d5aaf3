"""What a reporter does with a report that is under way, read as the chats of the reporter and of the holder."""

from tests.journeys.demo_office import DemoOffice


async def test_budi_withdraws_what_has_mended_itself(office: DemoOffice) -> None:
    budi, kadiv, kakanwil = office["Budi"], office["Kadiv"], office["Kakanwil"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=2)

    await kadiv.says("/tugas")
    assert kadiv.sees("1 menunggu Anda")

    await budi.taps("Tarik laporan")
    assert budi.sees("Tarik laporan SW-2026-0001? Laporan ditutup bagi semua pejabat; tidak dapat dibatalkan.")
    toast = await budi.taps("Ya, tarik laporan ini")

    assert toast == "🚫 SW-2026-0001 ditarik dan ditutup."
    assert budi.sees("🚫 Laporan SW-2026-0001 ditarik oleh pelapor")
    assert not budi.sees("Tarik laporan")
    assert kadiv.sees("🚫 Laporan ini ditarik oleh Budi Contoh (pelapor), 08.30 WITA.")
    assert not kadiv.sees("Teruskan ke")
    assert not kakanwil.sees("Tarik kembali")
    assert kadiv.sees("Tidak ada yang menunggu Anda saat ini."), "the list that stood in the chat"
    await budi.says("/status")
    await budi.taps("Riwayat")
    assert budi.sees("Budi Contoh (pelapor) menarik laporannya")
    assert await office.verified()


async def test_the_way_back_withdraws_nothing(office: DemoOffice) -> None:
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office["Budi"].taps("Tarik laporan")
    await office["Budi"].taps("« Kembali")
    assert office["Budi"].sees("Laporan SW-2026-0001 diterima")
    assert office["Kakanwil"].sees("Teruskan ke Kadiv")


async def test_budi_withdraws_while_rina_begins(office: DemoOffice) -> None:
    budi, rina = office["Budi"], office["Rina"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=5)
    await budi.taps("Tarik laporan")

    presses = [budi.person.taps("Ya, tarik"), rina.person.taps("Mulai tangani")]
    await office.settle()
    toasts = [await press.answered() for press in presses]

    withdrawn = "ditarik dan ditutup" in toasts[0]
    assert withdrawn != ("kini Anda tangani" in toasts[1]), toasts
    assert not budi.sees("Tarik laporan")
    assert rina.sees("Laporan Evaluasi") is not withdrawn
    assert await office.verified()


async def test_budi_urges_and_the_next_reminder_says_so(office: DemoOffice) -> None:
    budi, kakanwil = office["Budi"], office["Kakanwil"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    heard = len(kakanwil.person.received)

    toast = await budi.taps("Ingatkan")
    assert "Anda dapat mengingatkan lagi mulai 09.30" in toast
    assert len(kakanwil.person.received) == heard, "no message of its own"
    assert kakanwil.sees("🔔 Pelapor mengingatkan 1×")
    assert "sekali dalam satu jam kerja" in await budi.taps("Ingatkan")

    await office.passes(minutes=25)
    assert kakanwil.sees("🔔 Pelapor sudah mengingatkan 1×.")
    await office.passes(minutes=36)
    assert "lagi mulai" in await budi.taps("Ingatkan")
    assert kakanwil.sees("🔔 Pelapor mengingatkan 2×")
    await budi.taps("Riwayat")
    assert budi.sees("Budi Contoh (pelapor) mengingatkan")
    assert await office.verified()


async def test_budi_adds_to_the_report_by_a_reply_to_the_receipt(office: DemoOffice) -> None:
    budi, kadiv, kakanwil = office["Budi"], office["Kadiv"], office["Kakanwil"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=2)
    receipt = budi.message("SW-2026-0001 diterima")
    assert "Balas pesan ini untuk menambah keterangan atau berkas." in receipt.words

    await budi.says("Hanya di lantai dua.", reply_to=receipt)
    await budi.sends_photo("Tangkapan layarnya.", reply_to=receipt)

    assert budi.sees("Ditambahkan ke SW-2026-0001 dengan 📎 1; pejabat yang memegangnya diberi tahu.")
    assert kadiv.sees("➕ Pelapor menambah SW-2026-0001: “Hanya di lantai dua.”")
    assert kadiv.sees("🗒 Budi Contoh: “Tangkapan layarnya.”")
    assert kadiv.sees("📎 1")
    assert not kakanwil.sees("Hanya di lantai dua."), "who has passed it on is not told"
    assert await office.cases() == ["SW-2026-0001"], "it is no new report"
    await budi.taps("Riwayat")
    assert budi.sees("Budi Contoh (pelapor) menambah keterangan: “Hanya di lantai dua.”")
    await office.walk(until=3)
    assert await office.verified()


async def test_what_is_replied_to_the_status_of_anothers_report_is_a_report(office: DemoOffice) -> None:
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    kakanwil = office["Kakanwil"]
    await kakanwil.says("/status SW-2026-0001")
    await kakanwil.says("Printer saya juga rusak.", reply_to=kakanwil.message("Laporan SW-2026-0001"))
    assert kakanwil.sees("Draf laporan")
    assert await office.verified()


async def test_an_album_is_one_addition(office: DemoOffice) -> None:
    budi = office["Budi"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await budi.sends_album(3, "Tiga layar.", reply_to=budi.message("SW-2026-0001 diterima"))
    assert budi.sees("Ditambahkan ke SW-2026-0001 dengan 📎 3")
    assert office["Kakanwil"].chat.count("Pelapor menambah SW-2026-0001") == 1
    assert await office.verified()
