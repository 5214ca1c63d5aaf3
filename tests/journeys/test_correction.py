"""A Laporan Evaluasi is returned with a correction: a new round, with its own clock, at the same desk."""

from tests.journeys.demo_office import DemoOffice


async def test_a_returned_report_comes_back_with_its_own_clock(office: DemoOffice) -> None:
    kasubbag, rina = office["Kasubbag"], office["Rina"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=6)
    await office.passes(minutes=60)

    await kasubbag.taps("Kembalikan dengan koreksi")
    await kasubbag.taps("Tulis alasan")
    await kasubbag.says("Simpulan belum memuat penyebab.")
    assert kasubbag.sees("Dikembalikan dengan koreksi oleh Sari Contoh")

    task = await office.task()
    calendar = office.program.rules.office.calendar
    assert (task.step, task.round) == (5, 2)
    assert task.opened_at == office.clock.now()
    assert task.due_at == calendar.due(office.clock.now(), task.time_standard)
    assert rina.sees("Simpulan belum memuat penyebab.")
    assert task.assignee is not None
    assert task.assignee.name == "Rina Contoh"

    await rina.taps("Laporan Evaluasi")
    await rina.taps("Penyebab")
    await rina.says("Sesi basis data tidak ditutup oleh pembaruan.")
    await rina.taps("Ajukan")

    assert kasubbag.sees("revisi 2")
    assert kasubbag.sees("Sesi basis data tidak ditutup oleh pembaruan.")
    await office.walk(until=10)
    assert [one.revision for one in (await office.case()).evaluations] == [1, 2]
    assert await office.verified()


async def test_a_report_that_lacks_parts_is_not_handed_in(office: DemoOffice) -> None:
    rina = office["Rina"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=5)
    await rina.taps("Mulai tangani")
    await rina.taps("Laporan Evaluasi")
    await rina.taps("Temuan")
    await rina.says("Aplikasi menolak semua sandi.")
    await rina.taps("Kembali")

    toast = await rina.taps("Ajukan")

    assert "belum lengkap" in toast
    assert "Penyebab" in toast
    assert (await office.task()).step == 5
