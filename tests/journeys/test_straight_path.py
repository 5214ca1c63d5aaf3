"""One report travels all nine steps: from a Pegawai down to the JFT Prakom and back up to Kakanwil."""

from models.case.case import CaseState
from models.rules.actions import Outcome
from tests.journeys.demo_office import DemoOffice


async def test_a_report_travels_all_nine_steps_and_the_reporter_learns_of_it(office: DemoOffice) -> None:
    budi, kakanwil, kadiv, rina = office["Budi"], office["Kakanwil"], office["Kadiv"], office["Rina"]

    await budi.says("SIMPEG tidak dapat dibuka setelah pembaruan.")
    assert budi.sees("Draf laporan")
    await budi.taps("Kirim")
    assert budi.sees("SW-2026-0001")
    assert budi.sees("Kakanwil")

    assert kakanwil.sees("DISPOSISI SW-2026-0001")
    assert kakanwil.sees("SIMPEG tidak dapat dibuka setelah pembaruan.")
    assert not kadiv.person.received

    await kakanwil.taps("Instruksi & catatan")
    await kakanwil.taps("Tindak lanjuti")
    await kakanwil.taps("Tulis catatan")
    await kakanwil.says("Mohon prioritas, layanan AHU terganggu.")
    assert "Diteruskan" in await kakanwil.taps("Teruskan ke Kadiv")
    assert kakanwil.sees("Diteruskan oleh Karel Contoh")
    assert not kakanwil.sees("Instruksi & catatan"), "a decided card has no buttons"

    assert kadiv.sees("Mohon prioritas, layanan AHU terganggu.")
    assert kadiv.sees("Tindak lanjuti")
    assert budi.sees("Kadiv")

    await office.walk(until=10)

    case = await office.case()
    assert case.state is CaseState.CLOSED
    assert [(task.step, task.outcome) for task in case.tasks] == [
        (1, Outcome.FORWARDED),
        (2, Outcome.FORWARDED),
        (3, Outcome.FORWARDED),
        (4, Outcome.FORWARDED),
        (5, Outcome.SUBMITTED),
        (6, Outcome.PASSED),
        (7, Outcome.PASSED),
        (8, Outcome.APPROVED),
        (9, Outcome.ACKNOWLEDGED),
    ]
    assert rina.sees("Laporan Evaluasi diajukan oleh Rina Contoh")
    assert budi.sees("selesai")
    assert budi.sees("SIMPEG dapat dibuka kembali.")
    await budi.taps("Sudah teratasi")
    assert (await office.case()).helped is True
    assert await office.verified()
