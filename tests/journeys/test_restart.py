"""The program is stopped in the middle and started anew: everything goes on where it was."""

from tests.journeys.demo_office import DemoOffice


async def test_half_written_things_survive_a_restart(office: DemoOffice) -> None:
    kakanwil, budi = office["Kakanwil"], office["Budi"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await kakanwil.taps("Instruksi & catatan")
    await kakanwil.taps("Tindak lanjuti")
    await kakanwil.taps("Tulis catatan")
    await budi.says("Laporan kedua, belum dikirim.")

    await office.stops()
    await office.starts()

    await kakanwil.says("Mohon segera.")
    await kakanwil.taps("Teruskan ke Kadiv")
    assert office["Kadiv"].sees("Mohon segera.")
    assert office["Kadiv"].sees("Tindak lanjuti")
    await budi.taps("Kirim")
    assert await office.cases() == ["SW-2026-0001", "SW-2026-0002"]


async def test_what_arrives_while_the_program_is_down_is_handled_afterwards(office: DemoOffice) -> None:
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.stops()
    press = office["Kakanwil"].person.taps("Teruskan ke")
    office["Wati"].person.says("SAKTI juga mati.")

    await office.starts()

    assert "Diteruskan" in await press.answered()
    assert office["Kadiv"].sees("SW-2026-0001")
    assert office["Wati"].sees("Draf laporan")


async def test_a_reminder_that_fell_due_while_down_is_sent_once(office: DemoOffice) -> None:
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.stops()
    calendar = office.program.rules.office.calendar
    office.clock.jump_to(calendar.add(office.clock.now(), 25 * 60))

    await office.starts()
    await office.stops()
    await office.starts()

    kakanwil = office["Kakanwil"]
    assert len([one for one in kakanwil.person.received if "jatuh tempo" in one.words]) == 1
