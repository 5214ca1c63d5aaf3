"""Albums: Telegram hands them out file by file, and they are one message with one answer, wherever they come."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.sandbox.people import Group
from models.case.attachment import Attachment
from models.case.case import CaseState
from models.case.evaluation import Part
from models.journal.chain import Entry
from models.rules.actions import Outcome
from tests.journeys.demo_office import DemoOffice, Employee

GROUP = -100200300


async def files(office: DemoOffice, number: str = "SW-2026-0001") -> int:
    case = await office.case(number)
    found = select(Attachment.file_unique_id).where(Attachment.case_id == case.id)
    return len(set(await office.asks(lambda records: list(records.session.scalars(found)))))


async def answer(office: DemoOffice) -> str | None:
    return await office.asks(lambda records: records.question(1)[1].answer)


async def asked(office: DemoOffice) -> None:
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=5)
    await office["Rina"].taps("Mulai tangani")
    await office["Rina"].taps("Tanya pelapor")
    await office["Rina"].says("Seperti apa layarnya?")


def since(person: Employee, before: int) -> list[str]:
    """Return what the bot has written to a person since there were so many messages."""
    return [message.words for message in person.person.received[before:]]


async def test_captions_on_every_file_of_an_album_are_the_answer(office: DemoOffice) -> None:
    budi, rina = office["Budi"], office["Rina"]
    await asked(office)
    await budi.taps("Jawab")
    before = len(budi.person.received)
    await budi.sends_album(3, later=["Layar putih sejak pagi", "Ini galatnya"])

    assert await answer(office) == "Layar putih sejak pagi\nIni galatnya"
    assert await files(office) == 3
    assert rina.sees("Layar putih sejak pagi\nIni galatnya")
    assert since(budi, before) == ["💬 Jawaban untuk SW-2026-0001 disampaikan."]
    assert await office.verified()


async def test_an_album_may_reply_to_the_question(office: DemoOffice) -> None:
    budi = office["Budi"]
    await asked(office)
    await budi.sends_album(2, later=["Galat 500"], reply_to=budi.message("Seperti apa layarnya?"))
    assert await answer(office) == "Galat 500"
    assert await files(office) == 2
    assert not budi.sees("sudah dijawab")


async def test_files_that_come_after_the_report_was_sent_join_its_case(office: DemoOffice) -> None:
    budi = office["Budi"]
    first = await budi.sends_album(2, "SIMPEG tidak dapat dibuka")
    await budi.taps("Kirim")
    album = first.messages[0].media_group_id
    before = len(budi.person.received)
    await budi.sends_album(1, album=album)
    await budi.sends_album(1, album=album)

    assert await files(office) == 4
    assert since(budi, before) == ["📎 Berkas yang menyusul dari album yang sama ditambahkan ke SW-2026-0001."]
    assert await office.cases() == ["SW-2026-0001"]
    await office["Kakanwil"].taps("Lampiran")
    assert sum(message.media is not None for message in office["Kakanwil"].person.received) == 4
    assert await office.verified()


async def joins_with_album(office: DemoOffice) -> str:
    """Let Wati join Budi's report with an album; returns its identifier."""
    wati = office["Wati"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka sejak pagi, muncul error 500")
    first = await wati.sends_album(2, "Aplikasi simpeg error, saya tidak bisa masuk")
    await wati.taps("Saya juga (0001)")
    return first.messages[0].media_group_id or ""


async def test_a_late_file_of_a_reporter_who_joined_is_given_as_their_report_was(office: DemoOffice) -> None:
    album = await joins_with_album(office)
    await office["Wati"].sends_album(1, album=album)
    assert await files(office) == 3
    told = select(Entry.action, Entry.capacity).where(Entry.action.in_(["join", "attach"])).order_by(Entry.sequence)
    entries = await office.asks(lambda records: [tuple(one) for one in records.session.execute(told)])
    assert entries == [("join", "fellow-reporter"), ("attach", "fellow-reporter")]
    assert await office.verified()


async def test_a_late_file_of_one_who_has_left_does_not_go_where_they_have_no_part(office: DemoOffice) -> None:
    wati = office["Wati"]
    album = await joins_with_album(office)
    await wati.taps("Tarik laporan saya")
    await wati.taps("Ya, tarik laporan ini")
    await wati.sends_album(1, "menyusul", album=album)
    assert await files(office) == 2
    assert wati.sees("Draf laporan")
    assert "menyusul" in wati.message("Draf laporan").words
    assert await office.verified()


async def test_a_file_that_comes_late_is_no_answer_to_a_question(office: DemoOffice) -> None:
    budi = office["Budi"]
    first = await budi.sends_album(2, "SIMPEG tidak dapat dibuka")
    await budi.taps("Kirim")
    await office.walk(until=5)
    await office["Rina"].taps("Mulai tangani")
    await office["Rina"].taps("Tanya pelapor")
    await office["Rina"].says("Seperti apa layarnya?")
    await budi.taps("Jawab")
    await budi.sends_album(1, "menyusul", album=first.messages[0].media_group_id)

    assert await answer(office) is None
    assert await files(office) == 3
    assert budi.sees("tetapi keterangannya tidak ikut")
    await budi.says("Layar putih.")
    assert await answer(office) == "Layar putih."


async def test_an_album_is_a_correction_with_its_files(office: DemoOffice) -> None:
    kasubbag, rina = office["Kasubbag"], office["Rina"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=6)
    await kasubbag.taps("Kembalikan dengan koreksi")
    await kasubbag.taps("Tulis alasan")
    before = len(kasubbag.person.received)
    await kasubbag.sends_album(3, "Simpulan belum memuat penyebab", later=["lihat bagian ini"])

    case = await office.case()
    returned = next(task for task in case.tasks if task.outcome is Outcome.RETURNED)
    assert returned.note == "Simpulan belum memuat penyebab\nlihat bagian ini"
    assert await files(office) == 3
    assert len(since(kasubbag, before)) == 1
    assert not kasubbag.sees("Draf laporan")
    await rina.taps("Lampiran")
    assert sum(message.media is not None for message in rina.person.received) == 3
    assert await office.verified()


async def test_an_album_without_words_is_a_correction_too(office: DemoOffice) -> None:
    kasubbag = office["Kasubbag"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=6)
    await kasubbag.taps("Kembalikan dengan koreksi")
    await kasubbag.taps("Tulis alasan")
    await kasubbag.sends_album(2)
    assert (await office.task()).round == 2
    assert await files(office) == 2


async def test_an_album_is_a_note_that_goes_along(office: DemoOffice) -> None:
    kakanwil, kadiv = office["Kakanwil"], office["Kadiv"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await kakanwil.taps("Instruksi & catatan")
    await kakanwil.taps("Tulis catatan")
    await kakanwil.sends_album(3, "Mohon prioritas")
    assert await files(office) == 0, "a note is no part of the record before it is sent"
    await kakanwil.taps("Teruskan ke")

    assert await files(office) == 3
    assert kadiv.sees("Mohon prioritas")
    assert not kakanwil.sees("Draf laporan")
    assert await office.verified()


async def test_an_album_declines_with_its_words_and_its_files_reach_the_reporter(office: DemoOffice) -> None:
    budi, kakanwil = office["Budi"], office["Kakanwil"]
    await office.report("Budi", "Kursi saya rusak")
    await kakanwil.taps("Tolak")
    await kakanwil.taps("Tulis alasan")
    await kakanwil.sends_album(2, "Isi formulir ini")
    assert (await office.case()).state is CaseState.DECLINED
    assert budi.sees("Isi formulir ini")
    assert sum(message.media is not None for message in budi.person.received) == 2
    assert await office.verified()


async def test_an_album_without_words_declines_nothing_and_is_refused_once(office: DemoOffice) -> None:
    kakanwil = office["Kakanwil"]
    await office.report("Budi", "Kursi saya rusak")
    await kakanwil.taps("Tolak")
    await kakanwil.taps("Tulis alasan")
    before = len(kakanwil.person.received)
    await kakanwil.sends_album(3)
    assert (await office.case()).state is CaseState.OPEN
    assert len(since(kakanwil, before)) == 1


async def test_an_album_fills_a_part_of_the_evaluation(office: DemoOffice) -> None:
    rina = office["Rina"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=5)
    await rina.taps("Mulai tangani")
    await rina.taps("Laporan Evaluasi")
    await rina.taps("Temuan")
    await rina.sends_album(3, "Sesi penuh", later=["", "sejak pembaruan"])
    draft = (await office.case()).evaluation_draft
    assert draft is not None
    assert draft.parts[Part.FINDINGS] == "Sesi penuh\nsejak pembaruan"
    assert rina.sees("☐ Rekomendasi · 📎 3")


async def test_a_file_that_comes_after_the_evaluation_was_handed_in_is_refused_by_a_word(office: DemoOffice) -> None:
    rina = office["Rina"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=5)
    await rina.taps("Mulai tangani")
    await rina.taps("Laporan Evaluasi")
    await rina.taps("📎 Lampiran")
    album = (await rina.sends_album(2)).messages[0].media_group_id
    await rina.sends_album(1, album=album)
    assert await files(office) == 3
    await rina.taps("Cukup")
    await rina.taps("Kembali")
    await office.evaluate()
    assert (await office.task()).step == 6
    before = len(rina.person.received)
    await rina.sends_album(1, album=album)
    assert await files(office) == 3
    assert [said.startswith("Sudah diputuskan") for said in since(rina, before)] == [True]


@pytest.fixture
def group(office: DemoOffice) -> Group:
    return office.sandbox.group(GROUP, "Kepegawaian", [office["Budi"].person, office["Wati"].person])


async def test_an_album_reported_in_a_group_is_one_report_with_all_its_files(office: DemoOffice, group: Group) -> None:
    group.makes_bot_admin()
    await office["Budi"].sends_album(3, "/lapor Layar galat", into=group)
    assert await office.cases() == ["SW-2026-0001"]
    assert await files(office) == 3
    assert [one.words for one in group.chat if one.from_bot] == ["Laporan SW-2026-0001 dicatat."]


async def test_the_command_may_stand_on_any_file_of_the_album(office: DemoOffice, group: Group) -> None:
    group.makes_bot_admin()
    await office["Budi"].sends_album(3, later=["/lapor Layar galat"], into=group)
    assert await files(office) == 3
    assert (await office.case()).text.startswith("Layar galat\n")


async def test_a_reply_to_an_album_reports_all_of_it(office: DemoOffice, group: Group) -> None:
    group.makes_bot_admin()
    album = await office["Wati"].sends_album(3, "Layar galat", into=group)
    await office["Budi"].says("/lapor", album.messages[2], into=group)
    assert await files(office) == 3
    assert (await office.case()).text.startswith("Layar galat\n")
    await office["Wati"].says("/lapor", album.messages[0], into=group)
    assert group.sees("Pesan itu sudah dicatat sebagai SW-2026-0001.")
    assert await office.cases() == ["SW-2026-0001"]


async def test_files_of_a_group_that_the_bot_is_not_shown_are_asked_for(office: DemoOffice, group: Group) -> None:
    """Telegram shows a bot only what is meant for it: of an album, the file whose caption is the command."""
    budi = office["Budi"]
    album = await budi.sends_album(3, "/lapor Layar galat", into=group)
    assert await files(office) == 1
    assert budi.sees("Dari album di grup itu baru satu berkas yang masuk ke SW-2026-0001")
    assert "album" not in group.transcript().lower()

    for photo in album.messages[1:]:
        await budi.says("/lapor", photo, into=group)
    assert await files(office) == 3
    assert await office.cases() == ["SW-2026-0001"]
    assert await office.verified()


async def test_a_file_that_comes_late_joins_the_report_from_a_group(office: DemoOffice, group: Group) -> None:
    group.makes_bot_admin()
    budi = office["Budi"]
    album = await budi.sends_album(2, "/lapor Layar galat", into=group)
    await budi.sends_album(1, album=album.messages[0].media_group_id, into=group)
    assert await files(office) == 3
    assert budi.sees("ditambahkan ke SW-2026-0001")
    assert len([one for one in group.chat if one.from_bot]) == 1


async def test_the_albums_of_two_people_in_a_group_stay_apart(office: DemoOffice, group: Group) -> None:
    group.makes_bot_admin()
    budi, wati = office["Budi"].person, office["Wati"].person
    one, other = "71", "72"
    budi.sends_album(1, "/lapor Printer macet", album=one, into=group)
    wati.sends_album(1, "/lapor SIMPEG mati", album=other, into=group)
    for _ in range(2):
        budi.sends_album(1, album=one, into=group)
        wati.sends_album(1, album=other, into=group)
    await office.settle()
    numbers = await office.cases()
    assert {(await office.case(number)).subject: await files(office, number) for number in numbers} == {
        "Printer macet": 3,
        "SIMPEG mati": 3,
    }


async def test_a_long_report_in_a_group_is_whole_or_its_reporter_is_told(office: DemoOffice, group: Group) -> None:
    budi = office["Budi"]
    await budi.says_at_length("/lapor " + "p" * 4089 + "q" * 10, into=group)
    assert budi.sees("sepanjang satu pesan Telegram"), "the rest does not reach the bot"
    group.makes_bot_admin()
    await budi.says_at_length("/lapor " + "r" * 4089 + "q" * 10, into=group)
    assert (await office.case("SW-2026-0002")).text.startswith("r" * 4089 + "q" * 10 + "\n")
