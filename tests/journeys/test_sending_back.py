"""A disposition goes back one step, with the reason, and comes forward again."""

from tests.journeys.demo_office import DemoOffice


async def test_kabag_sends_the_disposition_back_to_kadiv(office: DemoOffice) -> None:
    kadiv, kabag = office["Kadiv"], office["Kabag"]
    await office.report("Budi", "Printer SAKTI menolak dokumen")
    await office.walk(until=3)

    await kabag.taps("Kembalikan")
    await kabag.taps("Disposisi kurang jelas")

    assert kabag.sees("Dikembalikan oleh Bram Contoh")
    assert (await office.task()).step == 2
    assert kadiv.sees("Disposisi kurang jelas")

    await office.walk(until=4)
    assert office["Kasubbag"].sees("DISPOSISI SW-2026-0001")
    assert await office.verified()


async def test_the_way_back_out_of_the_reasons_changes_nothing(office: DemoOffice) -> None:
    kabag = office["Kabag"]
    await office.report("Budi", "Printer SAKTI menolak dokumen")
    await office.walk(until=3)

    await kabag.taps("Kembalikan")
    await kabag.taps("Tulis alasan")
    await kabag.taps("« Kembali")

    assert kabag.sees("Teruskan ke Kasubbag")
    assert (await office.task()).step == 3
    await kabag.says("Ini masalah saya sendiri.")
    assert kabag.sees("Draf laporan"), "what follows is a report again, not a reason"


async def test_kasubbag_sends_it_back_past_kabag_to_kadiv(office: DemoOffice) -> None:
    kasubbag, kadiv = office["Kasubbag"], office["Kadiv"]
    await office.report("Budi", "Printer SAKTI menolak dokumen")
    await office.walk(until=4)

    await kasubbag.taps("Kembalikan")
    assert kasubbag.sees("◉ ke Kabag P2L")
    await kasubbag.taps("○ ke Kadiv")
    assert kasubbag.sees("◉ ke Kadiv")
    await kasubbag.taps("Tulis alasan")
    assert kasubbag.sees("Tulis alasan pengembalian ke Kadiv")
    await kasubbag.says("Ini urusan Subbagian Umum.")

    assert kasubbag.sees("Dikembalikan oleh Sari Contoh")
    assert (await office.task()).step == 2
    assert kadiv.sees("dikembalikan: “Ini urusan Subbagian Umum.”")
    assert not office["Kabag"].sees("Teruskan ke Kasubbag")
    await office.walk(until=5)
    assert await office.verified()


async def test_who_begins_again_begins_with_the_step_before(office: DemoOffice) -> None:
    kasubbag = office["Kasubbag"]
    await office.report("Budi", "Printer SAKTI menolak dokumen")
    await office.walk(until=4)
    await kasubbag.taps("Kembalikan")
    await kasubbag.taps("○ ke Kakanwil")
    await kasubbag.taps("« Kembali")

    await kasubbag.taps("Kembalikan")
    assert kasubbag.sees("◉ ke Kabag P2L")
    await kasubbag.taps("Data kurang lengkap")

    assert (await office.task()).step == 3
    assert await office.verified()
