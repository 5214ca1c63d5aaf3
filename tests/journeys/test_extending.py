"""More time for a step, read as the chats of the one who asks and of the one above."""

from tests.journeys.demo_office import DemoOffice


async def rina_asks(office: DemoOffice, span: str = "1 hari", reason: str = "Menunggu pihak lain") -> str:
    rina = office["Rina"]
    await rina.taps("Lainnya")
    await rina.taps("Minta perpanjangan")
    await rina.taps(span)
    return await rina.taps(reason)


async def test_a_prakom_asks_and_the_superior_grants_with_one_tap(office: DemoOffice) -> None:
    rina, sari = office["Rina"], office["Kasubbag"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=5)
    await rina.taps("Mulai tangani")
    await office.passes(days=1)
    await rina.taps("Lainnya", rina.message("PENANGANAN"))
    await rina.taps("Minta perpanjangan")
    assert rina.sees("⏳ Minta perpanjangan kepada Kasubbag")
    await rina.taps("1 hari")
    assert rina.sees("⏳ Minta 1 hari kepada Kasubbag")
    toast = await rina.taps("Menunggu pihak lain")

    assert toast == (
        "⏳ Perpanjangan 1 hari untuk SW-2026-0001 diminta kepada Sari Contoh; batas waktu tetap sampai disetujui."
    )
    assert rina.sees("⏳ Perpanjangan 1 hari diminta; menunggu Kasubbag")
    assert rina.sees("Batas waktu: Rab 25 Nov 08.30 WITA")
    assert sari.sees("PERMINTAAN PERPANJANGAN · SW-2026-0001 · langkah 5 dari 9")
    assert sari.sees("JFT Prakom, Rina Contoh, meminta 1 hari: “Menunggu pihak lain”")
    assert sari.sees("Bila disetujui: sampai Kam 26 Nov 08.30 WITA. Mutu baku tetap tercatat.")

    assert await sari.taps("Setujui 1 hari") == "✅ Perpanjangan 1 hari untuk SW-2026-0001 disetujui."
    assert sari.sees("✅ Disetujui oleh Sari Contoh")
    assert not sari.sees("Setujui 1 hari")
    assert rina.sees(
        "✅ Perpanjangan SW-2026-0001 disetujui Sari Contoh (Kasubbag Humas): batas waktu sampai Kam 26 Nov 08.30"
    )
    assert rina.sees("⏳ Diperpanjang sampai Kam 26 Nov 08.30 WITA oleh Sari Contoh")
    assert rina.sees("Batas waktu: Kam 26 Nov 08.30 WITA · mutu baku 2 hari")
    receipt = office["Budi"].message("diterima").words
    assert "Batas waktu di meja ini diperpanjang sampai Kam 26 Nov 08.30 WITA (batas waktu SOP 2 hari)." in receipt

    await office.passes(days=1, minutes=30)
    assert not rina.sees("Lewat batas waktu"), "the chase follows the extended deadline"
    await office.evaluate()
    await office["Budi"].taps("Riwayat")
    assert office["Budi"].sees("⏳ Rina Contoh (JFT Prakom) meminta perpanjangan 1 hari")
    assert office["Budi"].sees("memberi perpanjangan 1 hari")
    assert not office["Budi"].sees("Menunggu pihak lain"), "reasons are between officials"
    assert await office.verified()


async def test_the_superior_refuses_in_words_of_their_own(office: DemoOffice) -> None:
    rina, sari = office["Rina"], office["Kasubbag"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=5)
    await rina.taps("Lainnya")
    await rina.taps("Minta perpanjangan")
    await rina.taps("2 hari")
    await rina.taps("Tulis alasan")
    assert rina.sees("Tulis alasan perpanjangan 2 hari")
    await rina.says("Vendor baru datang hari Jumat.")
    assert sari.sees("meminta 2 hari: “Vendor baru datang hari Jumat.”")

    await sari.taps("Tolak, beri alasan")
    assert sari.sees("Tulis alasan penolakan untuk Rina Contoh")
    await sari.says("Pakai cadangan dulu.")

    assert sari.sees("✖️ Ditolak oleh Sari Contoh")
    assert rina.sees("✖️ Perpanjangan SW-2026-0001 ditolak Sari Contoh")
    assert rina.sees("⏳ Perpanjangan ditolak oleh Sari Contoh “Pakai cadangan dulu.”")
    await sari.says("Ini laporan saya sendiri.")
    assert sari.sees("Draf laporan"), "the next message is a report again"
    assert await office.verified()


async def test_a_second_wish_is_told_that_the_first_waits(office: DemoOffice) -> None:
    rina, sari = office["Rina"], office["Kasubbag"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=5)
    await rina_asks(office)
    await rina.taps("Lainnya")
    assert "Perpanjangan sudah diminta" in await rina.taps("Minta perpanjangan")
    presses = [sari.person.taps("Setujui 1 hari"), sari.person.taps("Tolak")]
    await office.settle()
    toasts = [await press.answered() for press in presses]
    assert sum("sudah diputus" in toast for toast in toasts) == 1, "two taps at once decide once"
    assert await office.verified()


async def test_what_nobody_answered_says_that_it_is_not_needed_any_more(office: DemoOffice) -> None:
    sari = office["Kasubbag"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=5)
    await rina_asks(office)
    await office.evaluate()
    assert sari.sees("↪️ Tidak diperlukan lagi: langkah ini sudah diputus.")
    assert not sari.sees("Setujui 1 hari")
    assert await office.verified()


async def test_the_head_of_the_office_is_offered_no_more_time(office: DemoOffice) -> None:
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office["Kakanwil"].taps("Lainnya")
    assert not office["Kakanwil"].sees("Minta perpanjangan")
