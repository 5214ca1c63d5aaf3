"""Kakanwil declines a report: the reporter is told why, and the case has ended."""

from models.case.case import CaseState
from tests.journeys.demo_office import DemoOffice


async def test_a_declined_report_tells_its_reporter_why(office: DemoOffice) -> None:
    budi, kakanwil = office["Budi"], office["Kakanwil"]
    await office.report("Budi", "Kursi saya rusak")

    await kakanwil.taps("Tolak")
    await kakanwil.taps("Tulis alasan")
    await kakanwil.says("Laporkan ke bagian rumah tangga.")

    assert (await office.case()).state is CaseState.DECLINED
    assert budi.sees("Laporkan ke bagian rumah tangga.")
    assert kakanwil.sees("Ditolak oleh Karel Contoh")
    assert (await office.case()).open_task is None
    await office.passes(days=3)
    assert not kakanwil.sees("lewat batas waktu"), "nothing is chased any more"
    assert await office.verified()
