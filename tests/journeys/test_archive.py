"""The files of a case come into the office's archive, whatever becomes of Telegram's identifiers for them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from bot.archive.folder import Folder
from bot.sandbox.faults import Fault, Trouble
from bot.sandbox.files import FileKind, placeholder
from models.case.attachment import Attachment, Keeping
from tests.journeys.demo_office import DemoOffice

LARGE = 30 * 1024 * 1024


def folder(office: DemoOffice) -> Folder:
    archive = office.program._ground.archive
    assert isinstance(archive, Folder)
    return archive


async def attachments(office: DemoOffice) -> Sequence[Attachment]:
    found = select(Attachment).order_by(Attachment.id)
    return await office.asks(lambda records: records.session.scalars(found).all())


async def told(office: DemoOffice, action: str = "keep-file") -> list[dict[str, Any]]:
    return await office.journal(action)


async def test_every_file_of_a_case_is_kept_by_its_content(office: DemoOffice) -> None:
    await office["Budi"].sends_photo("SIMPEG tidak dapat dibuka")
    await office["Budi"].taps("Kirim")
    await office.walk(until=5)
    await office["Rina"].taps("Mulai tangani")
    await office["Rina"].taps("Tanya pelapor")
    await office["Rina"].says("Pesan galatnya apa?")
    question = office["Budi"].message("Pesan galatnya apa?")
    office["Budi"].person.sends_document("layar.pdf", "application/pdf", 3000, reply_to=question)
    await office.settle()
    await office["Rina"].sends_photo("Log peladen", reply_to=office["Rina"].message("PENANGANAN"))

    found = await attachments(office)
    assert [one.keeping for one in found] == [Keeping.KEPT] * 3
    kept = {one.content: folder(office).read(one.content or "") for one in found}
    assert len(kept) == 3
    assert kept[found[0].content].startswith(placeholder(0)[:8])
    entries = await told(office)
    assert {one["content"] for one in entries} == set(kept)
    assert [one["size"] for one in sorted(entries, key=lambda one: str(one["added"]))][1] == 3000
    assert [one["type"] for one in entries if one["content"] == found[0].content] == ["image/png"]
    assert await office.verified()


async def test_equal_files_are_kept_once(office: DemoOffice) -> None:
    photo = office["Budi"].person.sends_photo("SIMPEG tidak dapat dibuka").media
    await office.settle()
    await office["Budi"].taps("Kirim")
    assert photo is not None
    await office["Budi"].says("Tambahan", reply_to=office["Budi"].message("SW-2026-0001"))
    first = (await attachments(office))[0]
    await office["Wati"].sends_photo("Sama seperti Budi")
    await office["Wati"].taps("Kirim")
    assert list(folder(office).digests()) == sorted({one.content or "" for one in await attachments(office)})
    assert folder(office).read(first.content or "") == photo.content
    assert await office.verified()


async def test_a_file_that_is_too_large_is_named_to_its_sender_and_in_the_record(office: DemoOffice) -> None:
    unsized = office.sandbox.world.files.add(FileKind.DOCUMENT, name="rekaman-rapat.pdf", size=LARGE, sized=False)
    office["Budi"].person.sends(unsized, caption="Rekaman layar ketika galat")
    await office.settle()
    await office["Budi"].taps("Kirim")
    assert [one.keeping for one in await attachments(office)] == [Keeping.TOO_LARGE]
    assert office["Budi"].sees("Tidak tersimpan di arsip kantor karena lebih besar dari 20 MB")
    assert office["Budi"].sees("dokumen “rekaman-rapat.pdf”")
    await office["Kakanwil"].taps("Riwayat")
    assert office["Kakanwil"].sees("Satu berkas tidak tersimpan di arsip")
    assert [one["because"] for one in await told(office, "pass-over-file")] == ["too-large"]
    assert list(folder(office).digests()) == []
    await office["Kakanwil"].taps("Lampiran")
    assert office["Kakanwil"].person.received[-1].media is not None, "it opens as long as the account is the same"
    assert await office.verified()


async def test_a_file_that_telegram_hands_out_no_more_is_given_up_after_hours(office: DemoOffice) -> None:
    photo = (await office["Budi"].sends_photo("SIMPEG tidak dapat dibuka")).media
    assert photo is not None
    del office.sandbox.world.files._by_id[photo.file_id]
    await office["Budi"].taps("Kirim")
    for hours in (1, 2, 2, 3):
        assert [one.keeping for one in await attachments(office)] == [Keeping.WAITING]
        for _ in range(4 * hours):
            office.clock.advance(timedelta(minutes=15))
            await office.settle()
    assert [one.keeping for one in await attachments(office)] == [Keeping.GONE]
    assert office["Budi"].sees("karena Telegram tidak lagi memberikannya")
    assert await office.verified()


async def test_telegram_away_delays_the_archive_and_nothing_else(office: DemoOffice) -> None:
    office.sandbox.faults.next("getFile", *[Fault(Trouble.BAD_GATEWAY)] * 2)
    await office["Budi"].sends_photo("SIMPEG tidak dapat dibuka")
    await office["Budi"].taps("Kirim")
    assert office["Kakanwil"].sees("SIMPEG tidak dapat dibuka")
    assert [one.keeping for one in await attachments(office)] == [Keeping.WAITING]
    await office.passes(minutes=6)
    await office.passes(minutes=6)
    assert [one.keeping for one in await attachments(office)] == [Keeping.KEPT]
    assert len(await told(office)) == 1
    assert await office.verified()
