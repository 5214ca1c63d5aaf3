"""An official reports a problem: at the steps that judge it the superior stands in, read as the chats of both."""

import pytest

from tests.journeys.demo_office import DemoOffice


async def test_kabag_corrects_what_kasubbag_has_reported(office: DemoOffice) -> None:
    kasubbag, kabag = office["Kasubbag"], office["Kabag"]
    await office.report("Kasubbag", "SIMPEG tidak dapat dibuka")
    await office.walk(until=4)
    assert kasubbag.sees("👤 Anda sendiri pelapor masalah ini.")
    await office.walk(until=6)

    assert not kasubbag.sees("Benar, teruskan")
    assert kasubbag.sees("kini di meja Kabag P2L")
    assert kabag.sees("👤 Menggantikan Kasubbag Humas, yang melaporkan masalah ini sendiri.")
    assert kabag.sees("Sari Contoh (Kasubbag Humas, pelapor sendiri)")
    await kabag.taps("Benar, teruskan")
    await kabag.taps("Benar, teruskan")
    await office["Kadiv"].taps("Setujui")
    await kasubbag.taps("Riwayat")

    assert kasubbag.sees("Rina Contoh (JFT Prakom) mengajukan Laporan Evaluasi ke Kabag P2L")
    assert await office.verified()


async def test_who_joined_the_report_of_another_is_marked_as_a_reporter_too(office: DemoOffice) -> None:
    kasubbag, kabag = office["Kasubbag"], office["Kabag"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka sejak pagi, muncul error 500")
    await kasubbag.says("Aplikasi SIMPEG error, saya tidak bisa masuk")
    await kasubbag.taps("Saya juga (0001)")
    await office.walk(until=4)
    assert kasubbag.sees("👤 Anda sendiri pelapor masalah ini.")
    await office.walk(until=6)

    assert kabag.sees("Sari Contoh (Kasubbag Humas, pelapor sendiri)")
    await kabag.taps("Riwayat")
    timeline = kabag.message("RIWAYAT SW-2026-0001").words
    assert "Sari Contoh (Kasubbag Humas, pelapor sendiri) meneruskan" in timeline
    assert await office.verified()


@pytest.mark.parametrize("others", [False, True])
async def test_what_they_decided_while_it_was_theirs_stays_marked_after_it_was_parted(
    office: DemoOffice, *, others: bool
) -> None:
    kakanwil, kadiv, kabag = office["Kakanwil"], office["Kadiv"], office["Kabag"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka sejak pagi, muncul error 500")
    for person in (kadiv, *([office["Wati"]] if others else [])):
        await person.says("Aplikasi SIMPEG error, saya tidak bisa masuk")
        await person.taps("Saya juga (0001)")
    await office.walk(until=3)
    await office.passes(minutes=1)
    await kakanwil.says("/status 0001")
    await kakanwil.taps(f"Pisahkan {kadiv.person.name}")
    await kabag.taps("Riwayat", kabag.message("DISPOSISI SW-2026-0001"))
    timeline = kabag.message("RIWAYAT SW-2026-0001").words
    assert timeline.count("pelapor sendiri") == 1, timeline
    assert await office.verified()


async def test_what_was_decided_before_joining_is_not_marked(office: DemoOffice) -> None:
    kakanwil, kadiv = office["Kakanwil"], office["Kadiv"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka sejak pagi, muncul error 500")
    await office.walk(until=2)
    await office.passes(minutes=1)
    await kakanwil.says("Aplikasi SIMPEG error, saya tidak bisa masuk")
    await kakanwil.taps("Saya juga (0001)")
    await kadiv.taps("Riwayat")
    assert "pelapor sendiri" not in kadiv.message("RIWAYAT SW-2026-0001").words
    assert kadiv.sees("Karel Contoh (Kakanwil)")
