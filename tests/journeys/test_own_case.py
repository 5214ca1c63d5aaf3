"""An official reports a problem: at the steps that judge it the superior stands in, read as the chats of both."""

from tests.journeys.demo_office import DemoOffice


async def test_kabag_corrects_what_kasubbag_has_reported(office: DemoOffice) -> None:
    kasubbag, kabag = office["Kasubbag"], office["Kabag"]
    await office.report("Kasubbag", "SIMPEG tidak dapat dibuka")
    await office.walk(until=4)
    assert kasubbag.sees("👤 Laporan ini Anda buat sendiri.")
    await office.walk(until=6)

    assert not kasubbag.sees("Benar, teruskan")
    assert kasubbag.sees("Kini pada Kabag P2L")
    assert kabag.sees("👤 Menggantikan Kasubbag Humas, yang melaporkan masalah ini sendiri.")
    assert kabag.sees("Sari Contoh (Kasubbag Humas, pelapor sendiri)")
    await kabag.taps("Benar, teruskan")
    await kabag.taps("Benar, teruskan")
    await office["Kadiv"].taps("Setujui")
    await kasubbag.taps("Riwayat")

    assert kasubbag.sees("Rina Contoh (JFT Prakom) mengajukan Laporan Evaluasi ke Kabag P2L")
    assert await office.verified()
