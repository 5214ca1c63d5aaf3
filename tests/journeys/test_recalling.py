"""A disposition is taken back before the next official has acted, read as the chats of both."""

from tests.journeys.demo_office import DemoOffice


async def test_kadiv_takes_back_what_went_off_too_early(office: DemoOffice) -> None:
    kadiv, kabag = office["Kadiv"], office["Kabag"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=2)
    await kadiv.taps("Instruksi & catatan")
    await kadiv.taps("Tulis catatan")
    await kadiv.says("Mohon diselesaikan hari ini.")
    await kadiv.taps("Teruskan ke Kabag")
    decided = kadiv.message("Diteruskan oleh Dina Contoh")

    toast = await kadiv.taps("Tarik kembali", decided)

    assert toast == "↩️ SW-2026-0001 ditarik kembali; kartunya ada di bawah."
    assert "Kini pada Kadiv.\n↩️ Disposisi ini kemudian ditarik kembali." in decided.words
    assert kabag.sees("Ditarik kembali oleh Dina Contoh (Kadiv)")
    assert not kabag.sees("Teruskan ke Kasubbag")
    assert not kadiv.sees("Tarik kembali")
    assert "Mohon diselesaikan hari ini." in kadiv.message("Teruskan ke Kabag").words
    assert (await office.task()).step == 2
    await office["Budi"].taps("Riwayat")
    assert office["Budi"].sees("Dina Contoh (Kadiv) menarik kembali disposisinya")
    await office.walk(until=4)
    assert await office.verified()


async def test_it_is_too_late_once_the_next_one_has_acted(office: DemoOffice) -> None:
    kasubbag, rina = office["Kasubbag"], office["Rina"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=5)
    old = kasubbag.message("Diteruskan oleh Sari Contoh")
    button = old.button("Tarik kembali")
    assert button is not None
    assert button.data is not None

    await rina.taps("Mulai tangani")

    assert not kasubbag.sees("Tarik kembali")
    toast = await kasubbag.toast_of(kasubbag.person.forges(button.data, old))
    assert toast == "Terlambat: disposisi ini sudah ditindaklanjuti Rina Contoh."
    assert await office.verified()


async def test_one_takes_back_while_the_other_forwards(office: DemoOffice) -> None:
    kadiv, kabag = office["Kadiv"], office["Kabag"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=3)

    presses = [kadiv.person.taps("Tarik kembali"), kabag.person.taps("Teruskan ke Kasubbag")]
    await office.settle()
    toasts = [await press.answered() for press in presses]

    recalled = "ditarik kembali; kartunya" in toasts[0]
    assert recalled != ("Diteruskan ke" in toasts[1]), toasts
    assert (await office.task()).step == (2 if recalled else 4)
    assert await office.verified()
