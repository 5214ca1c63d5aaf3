"""The papers of a case in chat: sent as PDF/A, written down before they leave, sent up once, for who may read them."""

import hashlib

from sqlalchemy import select

from bot.sandbox.files import FileKind, StoredFile
from models.case.issued_paper import IssuedPaper, PaperKind
from tests.bot.papers.reading import joined, words_of
from tests.journeys.demo_office import DemoOffice, Employee
from tests.journeys.test_flow import media_of, settled

SW = "SW-2026-0001"


async def takes(person: Employee, label: str = "Lembar Disposisi", *, number: str = SW) -> StoredFile:
    """Ask where a case stands and for a paper of it; returns the file."""
    await person.says(f"/status {number}")
    assert await person.taps("📄 Lembar Disposisi") == f"{number}: lihat di bawah."
    if label != "Lembar Disposisi":
        await person.taps(label)
    return media_of(person.message(f"{label} {number}"))


async def issued(office: DemoOffice) -> list[IssuedPaper]:
    found = select(IssuedPaper).order_by(IssuedPaper.sequence, IssuedPaper.kind)
    return await office.asks(lambda records: list(records.session.scalars(found)))


async def test_both_papers_come_as_files_that_were_written_down_before_they_left(office: DemoOffice) -> None:
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=9)

    sheet = await takes(office["Kakanwil"])
    report = await takes(office["Kakanwil"], "Laporan Evaluasi")

    assert (sheet.kind, sheet.name) == (FileKind.DOCUMENT, f"lembar-disposisi-{SW}.pdf")
    assert report.name == f"laporan-evaluasi-{SW}.pdf"
    assert "Diparaf secara elektronik di bot" in words_of(sheet.content)
    kept = {one.kind: one.file for one in await issued(office)}
    assert kept == {
        PaperKind.DISPOSITION: hashlib.sha256(sheet.content).hexdigest(),
        PaperKind.EVALUATION: hashlib.sha256(report.content).hexdigest(),
    }
    assert await settled(office)
    assert await office.verified()


async def test_the_sheet_says_whether_the_report_came_in_private_or_from_a_group(office: DemoOffice) -> None:
    group = office.sandbox.group(-100200300, "Kepegawaian", [office["Budi"].person])
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    private = joined(words_of((await takes(office["Budi"])).content))
    await office["Budi"].says("/lapor Server terbakar", into=group)
    shared = joined(words_of((await takes(office["Budi"], number="SW-2026-0002")).content))

    assert joined("Melalui : pesan pribadi kepada bot") in private
    assert joined("Melalui : grup Telegram") in shared


async def test_by_how_many_days_a_step_was_late_is_what_it_took_beyond_its_standard(office: DemoOffice) -> None:
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=5)
    await office.passes(days=4)
    await office.walk(until=6)
    rina = office["Rina"]
    assert "4 hari dari mutu baku 2 hari: lewat 2 hari" in words_of((await takes(rina)).content)

    await rina.says("/rekap")
    assert "4 hari dari 2 hari, terlambat 2 hari" in rina.message("REKAP KINERJA").words
    await rina.taps("Alasan keterlambatan")
    assert rina.sees("Langkah 5 lewat 2 hari dari mutu baku 2 hari.")


async def test_the_same_state_is_issued_and_sent_up_once_for_all_who_may_read_it(office: DemoOffice) -> None:
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=4)

    first = await takes(office["Kakanwil"])
    await office.passes(minutes=5)
    assert (await takes(office["Kadiv"])).file_id == first.file_id
    assert len(await issued(office)) == 1
    own = await takes(office["Budi"])
    assert own.content != first.content, "the reporter's sheet leaves out what officials say to each other"
    await office.walk(until=5)
    assert (await takes(office["Kadiv"])).content != first.content
    assert len(await issued(office)) == 3
    assert await office.verified()
