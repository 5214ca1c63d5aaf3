"""The way of a case as a picture, and the SOP's own form: in chat, once drawn and once sent up."""

import struct
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from bot.demonstration.flow import Reader
from bot.papers.typesetting import NotTypeset, Typesetter
from bot.sandbox.chats import Message
from bot.sandbox.files import FileKind, StoredFile
from handlers.papers.paper import Paper
from models.mail.notice import Notice, NoticeState
from models.mail.printed import PrintedFile
from models.repository.records import Records
from tests.bot.papers.reading import words_of
from tests.journeys.demo_office import DemoOffice, Employee

SW = "SW-2026-0001"


def media_of(message: Message) -> StoredFile:
    assert message.media is not None
    return message.media


async def looks(person: Employee) -> Message:
    """Ask where the case stands and tap for its way; returns the message with the picture."""
    await person.says(f"/status {SW}")
    assert await person.taps("Alur SOP") == f"{SW}: lihat di bawah."
    return person.message("POSISI")


async def kept(office: DemoOffice) -> int:
    return await office.asks(lambda records: records.session.scalar(select(func.count(PrintedFile.digest))) or 0)


async def settled(office: DemoOffice) -> bool:
    owed = select(func.count(Notice.id)).where(Notice.state.not_in([NoticeState.SENT, NoticeState.NOT_NEEDED]))
    return not await office.asks(lambda records: records.session.scalar(owed))


async def test_the_way_of_a_case_comes_as_a_picture_for_a_phone_with_words_that_say_the_same(
    office: DemoOffice,
) -> None:
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=7)
    await office["Kabag"].taps("Kembalikan")
    await office["Kabag"].taps("Data kurang lengkap")

    shown = await looks(office["Kakanwil"])

    picture = media_of(shown)
    assert picture.kind is FileKind.PHOTO
    assert picture.content.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", picture.content[16:24])
    assert width == 1080
    assert 1500 < height <= 2600
    assert picture.name == f"alur-{SW}.png"
    assert "putaran 2" in shown.caption
    assert "▶️ 5. Identifikasi dan penanganan — JFT Prakom: Rina Contoh" in shown.caption
    assert "○ 9. Menerima laporan" in shown.caption
    assert await settled(office)
    assert await office.verified()


async def test_the_same_state_is_drawn_and_sent_up_once_for_all_who_look(office: DemoOffice) -> None:
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=3)

    first = media_of(await looks(office["Kakanwil"]))
    again = media_of(await looks(office["Kakanwil"]))
    assert again.file_id == first.file_id
    assert media_of(await looks(office["Kadiv"])).file_id == first.file_id
    assert await kept(office) == 1

    await office.passes(minutes=5)
    assert media_of(await looks(office["Kakanwil"])).file_id == first.file_id, "nothing has changed but the time"
    await office.stops()
    await office.starts()
    assert media_of(await looks(office["Kakanwil"])).file_id == first.file_id, "it is kept over a restart"

    await office.walk(until=4)
    other = media_of(await looks(office["Kakanwil"]))
    assert other.content != first.content
    assert await kept(office) == 2
    await office.passes(minutes=45)
    late = media_of(await looks(office["Kakanwil"]))
    assert late.content != other.content, "a step has become late"


async def test_the_flow_beside_the_chats_of_the_demonstration_says_what_the_words_in_chat_say(
    office: DemoOffice,
) -> None:
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office["Kakanwil"].taps("Teruskan ke")
    office.clock.advance(timedelta(seconds=61))
    await office["Kadiv"].taps("Teruskan ke")
    await office.passes(minutes=90)
    await office["Kabag"].taps("Teruskan ke")

    def steps(records: Records) -> list[str]:
        flow = Reader(records.calendar, records.at).read(records.session, None)
        return [str(one["text"]) for one in flow["steps"]]

    shown, told = (await looks(office["Kakanwil"])).caption, await office.asks(steps)
    for place, span in enumerate(("kurang dari semenit", "2 menit", "1 jam 30 menit")):
        assert f"{span} dari 30 menit" in told[place]
        assert span in shown


async def test_a_deadline_that_ends_with_the_day_is_late_in_neither_before_the_office_opens(
    office: DemoOffice,
) -> None:
    await office.comes(datetime(2026, 11, 23, 7, 30, tzinfo=UTC))
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.comes(datetime(2026, 11, 23, 10, 0, tzinfo=UTC))

    def first(records: Records) -> str:
        return str(Reader(records.calendar, records.at).read(records.session, None)["steps"][0]["text"])

    assert "lewat" not in (await looks(office["Kakanwil"])).caption
    assert await office.asks(first) == "batas waktu 23/11 16.00"


async def test_it_is_drawn_in_the_language_of_its_reader(office: DemoOffice) -> None:
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=3)
    indonesian = media_of(await looks(office["Kakanwil"]))
    await office["Kadiv"].says("/bahasa en")
    await office["Kadiv"].says(f"/status {SW}")
    await office["Kadiv"].taps("SOP flow")

    english = office["Kadiv"].message("POSITION")
    assert media_of(english).content != indonesian.content
    assert english.button("The SOP (PDF)")


async def test_an_identifier_that_works_no_more_is_replaced(office: DemoOffice) -> None:
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    first = media_of(await looks(office["Kakanwil"]))

    def forget(records: Records) -> None:
        records.session.scalars(select(PrintedFile)).one().file_id = "AgACunknown"

    await office.asks(forget)
    again = media_of(await looks(office["Kakanwil"]))

    assert again.content == first.content
    assert again.file_id != first.file_id
    assert await kept(office) == 1
    assert await settled(office)


async def test_where_it_cannot_be_drawn_its_words_come_without_it(
    office: DemoOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(_self: Typesetter, paper: Paper) -> bytes:
        raise NotTypeset(paper.template, "out of ink")

    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    monkeypatch.setattr(Typesetter, "typeset", fails)
    shown = await looks(office["Kakanwil"])

    assert shown.media is None
    assert "▶️ 1. Menugaskan Kadiv" in shown.words
    assert await settled(office)


async def test_the_picture_of_a_confidential_case_is_for_those_in_it(office: DemoOffice) -> None:
    await office["Budi"].says("Rahasia: sandi bocor")
    await office["Budi"].taps("Rahasia")
    await office["Budi"].taps("Kirim")
    await office.walk(until=2)

    await looks(office["Budi"])
    await office["Rina"].says(f"/status {SW}")
    assert not office["Rina"].sees("POSISI")


async def test_the_form_of_the_sop_comes_as_a_document_and_is_set_once(office: DemoOffice) -> None:
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=3)
    await looks(office["Kakanwil"])
    await office["Kakanwil"].taps("Naskah SOP", office["Kakanwil"].message("POSISI"))

    sent = office["Kakanwil"].message("Yang mengikat ialah naskah yang ditandatangani.")
    form = media_of(sent)
    assert form.kind is FileKind.DOCUMENT
    assert form.name == "penanganan-masalah-software.pdf"
    assert "W.25-OT.02.02-1472" in sent.caption
    assert "adalah bacaan kami" in words_of(form.content)

    await looks(office["Kadiv"])
    await office["Kadiv"].taps("Naskah SOP", office["Kadiv"].message("POSISI"))
    assert media_of(office["Kadiv"].message("Yang mengikat")).file_id == form.file_id
    assert await kept(office) == 2
    assert await settled(office)
