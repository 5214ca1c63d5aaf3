"""Files: which a case takes, how many, how large; and that a name is only ever shown."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.sandbox.files import FileKind
from handlers.chat.attachable import SIZE_LIMIT, why_not
from models.case.attachment import Attachment
from models.mail.notice import Notice
from models.refusals.reports import FileNotAccepted, FileTooLarge
from tests.journeys.demo_office import DemoOffice, demo_office

MEGABYTE = 1024 * 1024


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[DemoOffice]:
    async with demo_office(tmp_path) as place:
        yield place


async def kept(office: DemoOffice) -> list[str]:
    found = select(Attachment.name).order_by(Attachment.id)
    return await office.asks(lambda records: list(records.session.scalars(found)))


def files_beside_the_record(folder: Path) -> list[Path]:
    return [one for one in folder.rglob("*") if one.is_file() and "journey.db" not in one.name]


@pytest.mark.parametrize(
    "name", ["surat.pdf", "LAYAR.PNG", "log.tar.gz", "data.xlsx", "galat.log", "rekaman.m4a", ".pdf"]
)
def test_what_shows_a_problem_is_taken(name: str) -> None:
    assert why_not(name=name, mime="", size=1000, sent_as_document=True) is None


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        ("undangan.apk", ".apk"),
        ("surat.pdf.EXE", ".exe"),
        ("laporan.xlsm", ".xlsm"),
        ("halaman.html", ".html"),
        ("gambar.svg", ".svg"),
        ("pintasan.lnk", ".lnk"),
        ("surat.pdf. scr", ".scr"),
        ("Laporan.exe.", ".exe"),
        ("Laporan.exe . .", ".exe"),
        ("Laporan.exe\u3000", ".exe"),
        ("a." + "x" * 200, "." + "x" * 15),
    ],
)
def test_what_could_run_is_not_taken(name: str, ending: str) -> None:
    refusal = why_not(name=name, mime="application/pdf", size=1000, sent_as_document=True)
    assert isinstance(refusal, FileNotAccepted)
    assert refusal.ending == ending


def test_a_program_is_one_whatever_its_name() -> None:
    package = "application/vnd.android.package-archive"
    assert isinstance(why_not(name="surat.pdf", mime=package, size=1, sent_as_document=True), FileNotAccepted)
    assert isinstance(why_not(name="lagu.exe", mime="audio/mpeg", size=1, sent_as_document=False), FileNotAccepted)
    assert isinstance(why_not(name="lagu.apk.", mime="audio/mpeg", size=1, sent_as_document=False), FileNotAccepted)
    page = "text/html; charset=utf-8"
    assert isinstance(why_not(name="surat.pdf", mime=page, size=1, sent_as_document=True), FileNotAccepted)
    spaced = " Text/HTML ;charset=utf-8"
    assert isinstance(why_not(name="surat.pdf", mime=spaced, size=1, sent_as_document=True), FileNotAccepted)


def test_without_a_name_the_type_decides() -> None:
    assert why_not(name="", mime="application/pdf", size=1, sent_as_document=True) is None
    assert why_not(name="", mime="", size=1, sent_as_document=False) is None
    assert isinstance(why_not(name="", mime="", size=1, sent_as_document=True), FileNotAccepted)
    assert isinstance(why_not(name="README", mime="application/x-sh", size=1, sent_as_document=True), FileNotAccepted)


def test_a_dot_at_the_end_of_a_name_is_no_ending() -> None:
    assert why_not(name="surat.pdf.", mime="", size=1, sent_as_document=True) is None
    assert why_not(name="Surat tugas.", mime="application/pdf", size=1, sent_as_document=True) is None
    assert why_not(name="...", mime="text/plain; charset=utf-8", size=1, sent_as_document=True) is None


def test_a_type_is_told_no_longer_than_types_are() -> None:
    refusal = why_not(name="", mime="m" * 4200, size=1, sent_as_document=True)
    assert isinstance(refusal, FileNotAccepted)
    assert refusal.ending == "m" * 64


def test_a_file_of_just_the_limit_is_taken() -> None:
    assert why_not(name="a.zip", mime="", size=SIZE_LIMIT * MEGABYTE, sent_as_document=True) is None
    too_large = why_not(name="a.zip", mime="", size=SIZE_LIMIT * MEGABYTE + 1, sent_as_document=True)
    assert isinstance(too_large, FileTooLarge)


async def test_words_are_kept_without_the_file_that_is_not(office: DemoOffice) -> None:
    budi = office["Budi"]
    budi.person.sends_document("undangan.apk", "application/vnd.android.package-archive", caption="SIMPEG galat")
    await office.settle()
    assert budi.sees("Berkas jenis .apk tidak diterima")
    await budi.taps("Kirim")

    assert (await office.case()).text == "SIMPEG galat"
    assert await kept(office) == []


async def test_a_file_of_a_type_without_end_is_answered_and_alerts_nobody(office: DemoOffice) -> None:
    budi = office["Budi"]
    budi.person.sends_document("README", "m\n" * 2100)
    await office.settle()

    assert budi.sees("Berkas jenis m m m")
    failed = select(Notice.failure).where(Notice.failure.is_not(None))
    assert await office.asks(lambda records: list(records.session.scalars(failed))) == []


async def test_a_file_alone_that_is_not_taken_changes_nothing(office: DemoOffice) -> None:
    budi = office["Budi"]
    await budi.says("SIMPEG galat")
    budi.person.sends_document("besar.zip", "application/zip", size=SIZE_LIMIT * MEGABYTE + 1)
    await office.settle()
    assert budi.sees(f"Berkas lebih besar dari {SIZE_LIMIT} MB")
    await budi.taps("Kirim")

    assert (await office.case()).text == "SIMPEG galat"
    assert await kept(office) == []


async def test_an_album_of_files_not_taken_is_answered_once(office: DemoOffice) -> None:
    budi, sandbox = office["Budi"], office.sandbox
    group = sandbox.world.new_group_id()
    for number in range(5):
        program = sandbox.world.files.add(FileKind.DOCUMENT, name=f"{number}.exe", mime="application/x-msdownload")
        budi.person.sends(program, media_group_id=group)
    await office.settle()
    told = [one for one in budi.person.received if ".exe tidak diterima" in one.words]
    assert len(told) == 1


async def test_an_answer_and_a_report_of_evaluation_take_no_program_either(office: DemoOffice, tmp_path: Path) -> None:
    budi, rina = office["Budi"], office["Rina"]
    await office.report("Budi", "SIMPEG galat")
    await office.walk(until=5)
    await rina.taps("Mulai tangani")
    await rina.taps("Tanya pelapor")
    await rina.says("Mana lognya?")
    await budi.taps("Jawab")
    budi.person.sends_document("log.exe", "application/x-msdownload")
    await office.settle()
    assert budi.sees(".exe tidak diterima")
    budi.person.sends_document("../../galat\u202egol.log", "text/plain", caption="Ini lognya")
    await office.settle()
    assert rina.sees("Ini lognya"), "the answer is still awaited after a file that was not taken"

    await rina.taps("Laporan Evaluasi")
    await rina.taps("Lampiran")
    rina.person.sends_document("perbaikan.bat", "application/x-msdos-program")
    await office.settle()
    assert rina.sees(".bat tidak diterima")
    rina.person.sends_document("bukti.pdf")
    await office.settle()

    assert await kept(office) == ["../../galatgol.log", "bukti.pdf"]
    written = files_beside_the_record(tmp_path)
    assert len(written) == 1, "the two are equal, and nothing is outside the archive"
    assert all(one == tmp_path / "journey.files" / one.name[:2] / one.name for one in written)
    assert all(re.fullmatch("[0-9a-f]{64}", one.name) for one in written), "no name of a sender becomes a path"
    assert all(one.stat().st_mode & 0o7777 == 0o600 for one in written), "and nothing can be executed"


async def test_an_answer_of_files_with_long_names_reaches_whoever_asked(office: DemoOffice) -> None:
    budi, rina = office["Budi"], office["Rina"]
    await office.report("Budi", "SIMPEG galat")
    await office.walk(until=5)
    await rina.taps("Mulai tangani")
    names = [f"{number:02} Surat keputusan {'X' * 220}.pdf" for number in range(20)]
    for name in names[:-1]:
        budi.person.sends_document(name)
    await rina.taps("Tanya pelapor")
    await rina.says("Mana suratnya?")
    budi.person.sends_document(names[-1])
    await office.settle()
    await budi.taps("Jadikan jawaban")

    assert rina.sees(f"📄 {names[0][:18]}")
    assert await kept(office) == names
    failed = select(Notice.failure).where(Notice.failure.is_not(None))
    assert await office.asks(lambda records: list(records.session.scalars(failed))) == []


async def test_a_group_message_with_a_program_becomes_a_report_without_it(office: DemoOffice) -> None:
    budi, wati = office["Budi"], office["Wati"]
    group = office.sandbox.group(-100200300, "Kepegawaian", [budi.person, wati.person])
    said = wati.person.sends_document("a.exe", "application/x-msdownload", caption="Tidak bisa dibuka", into=group)
    await budi.says("/lapor", said, into=group)

    assert (await office.case()).text.startswith("Tidak bisa dibuka")
    assert await kept(office) == []
    assert budi.sees(".exe tidak diterima")
    assert not group.sees(".exe")


async def test_stickers_and_dice_are_answered_and_not_kept_while_a_contact_is(office: DemoOffice) -> None:
    budi = office["Budi"]
    size = {"width": 1, "height": 1, "is_animated": False, "is_video": False}
    for part in (
        {"sticker": {"file_id": "S", "file_unique_id": "S", "type": "regular", **size}},
        {"contact": {"phone_number": "+62", "first_name": "X"}},
        {"dice": {"emoji": "🎲", "value": 6}},
    ):
        message = budi.person.draft(None, None)
        office.sandbox.world.post(message)
        payload = {
            "message_id": message.message_id,
            "date": int(office.clock.now().timestamp()),
            "chat": {"id": budi.person.user_id, "type": "private", "first_name": "Budi"},
            "from": {"id": budi.person.user_id, "is_bot": False, "first_name": "Budi"},
        }
        office.sandbox.world.updates.put("message", payload | part, at=office.stopwatch())
    await office.settle()
    told = [one for one in budi.person.received if "jenis pesan ini tidak dapat disimpan" in one.words]
    assert len(told) == 2
    assert budi.sees("Kontak: X +62")
