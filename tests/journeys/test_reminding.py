"""Who reports is reminded of what waits for them: a question without an answer, a draft that was not sent."""

from datetime import UTC, datetime, timedelta

from bot.sandbox.chats import Message
from tests.journeys.demo_office import DemoOffice, Employee


def wita(day: int, hour: int, minute: int = 0) -> datetime:
    """Return an instant of November 2026 on the office's clock; the 23rd is a Monday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


async def asked(office: DemoOffice, *questions: str) -> None:
    """Let Budi report, and Rina ask him, at 09.00 on Monday."""
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=5)
    await office["Rina"].taps("Mulai tangani")
    await office.comes(wita(23, 9))
    for question in questions:
        await asks(office, question)


async def asks(office: DemoOffice, question: str) -> None:
    await office["Rina"].taps("Tanya pelapor")
    await office["Rina"].says(question)


def reminders(employee: Employee) -> list[Message]:
    """Return the reminders of questions that a chat shows."""
    return [one for one in employee.person.received if "menunggu jawaban Anda" in one.words]


async def test_an_unanswered_question_reminds_after_half_a_day_and_each_day(office: DemoOffice) -> None:
    budi = office["Budi"]
    await asked(office, "Pesan galat apa yang muncul?")
    await office.comes(wita(23, 13, 44))
    assert reminders(budi) == []
    await office.comes(wita(23, 13, 45))
    (first,) = reminders(budi)
    assert "Satu pertanyaan masih menunggu jawaban Anda" in first.words
    assert "SW-2026-0001 · JFT Prakom Rina Contoh" in first.words
    assert "Pesan galat apa yang muncul?" in first.words
    assert "Balas pesan ini atau ketuk ✍️ Jawab" in first.words
    assert not first.silent

    await office.comes(wita(24, 13, 44))
    assert [one.message_id for one in reminders(budi)] == [first.message_id]
    await office.comes(wita(24, 13, 45))
    (second,) = reminders(budi)
    assert second.message_id != first.message_id, "the older one has left the chat"
    assert [one.get("missed") for one in await office.journal("remind")] == [None, None]
    assert await office.verified()


async def test_the_reminder_is_answered_by_a_reply(office: DemoOffice) -> None:
    budi, rina = office["Budi"], office["Rina"]
    await asked(office, "Sejak kapan?")
    await office.comes(wita(23, 14))
    (reminder,) = reminders(budi)
    await budi.sends_photo("Sejak pagi.", reply_to=reminder)
    assert rina.sees("Sejak pagi.")
    assert reminders(budi) == [], "nothing waits, so the reminder leaves the chat"
    await office.comes(wita(25, 9))
    assert reminders(budi) == []
    assert len(await office.journal("remind")) == 1
    assert await office.verified()


async def test_the_reminder_is_answered_by_its_button(office: DemoOffice) -> None:
    budi, rina = office["Budi"], office["Rina"]
    await asked(office, "Sejak kapan?")
    await office.comes(wita(23, 14))
    await budi.taps("Jawab", reminders(budi)[0])
    assert budi.sees("Tulis jawaban Anda")
    await budi.taps("Kembali")
    await budi.taps("Jawab", reminders(budi)[0])
    await budi.says("Sejak pagi.")
    assert rina.sees("Sejak pagi.")
    assert not budi.sees("Draf laporan")
    assert reminders(budi) == []
    assert await office.verified()


async def test_several_questions_are_one_message(office: DemoOffice) -> None:
    budi, rina = office["Budi"], office["Rina"]
    await asked(office, "Sejak kapan?", "Di komputer mana?")
    await office.report("Budi", "SAKTI lambat")
    await office.walk(until=5)
    await rina.taps("Mulai tangani")
    await asks(office, "Seberapa lambat?")
    await office.comes(wita(23, 14))
    (reminder,) = reminders(budi)
    assert "3 pertanyaan" in reminder.words
    assert len([one for row in reminder.buttons for one in row if "Jawab" in one.text]) == 3

    await budi.taps("“Di komputer mana?”", reminder)
    await budi.says("Komputer loket.")
    (reminder,) = reminders(budi)
    assert "2 pertanyaan" in reminder.words
    assert "Di komputer mana?" not in reminder.words

    await budi.says("Sangat lambat.", reminder)
    assert budi.sees("Draf laporan"), "a reply to two questions names neither, and is kept"
    await budi.taps("Jadikan jawaban SW-2026-0002")
    (reminder,) = reminders(budi)
    assert "Sejak kapan?" in reminder.words
    await budi.says("Sejak pagi.", reminder)
    assert reminders(budi) == []
    assert await office.verified()


async def test_nobody_is_reminded_at_night_or_after_the_case_went_on(office: DemoOffice) -> None:
    budi = office["Budi"]
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await office.walk(until=5)
    await office.comes(wita(23, 15))
    await office["Rina"].taps("Mulai tangani")
    await asks(office, "Sejak kapan?")
    await office.comes(wita(23, 23))
    assert reminders(budi) == []
    await office.comes(wita(24, 10, 15))
    assert len(reminders(budi)) == 1
    await office.evaluate()
    assert reminders(budi) == [], "the Prakom went on without the answer"
    await office.comes(wita(26, 10))
    assert reminders(budi) == []
    await budi.says("Sejak pagi.", budi.message("Pertanyaan tentang"))
    assert budi.sees("Jawaban untuk SW-2026-0001 disampaikan"), "a late answer is still one"
    assert await office.verified()


async def test_after_a_downtime_there_is_one_reminder_and_the_journal_has_the_count(office: DemoOffice) -> None:
    budi = office["Budi"]
    await asked(office, "Sejak kapan?")
    await office.stops()
    office.clock.jump_to(wita(26, 14))
    await office.starts()
    assert len(reminders(budi)) == 1
    assert [one.get("missed") for one in await office.journal("remind")] == [3]
    assert await office.verified()


def drafts(employee: Employee) -> list[Message]:
    """Return the drafts with buttons that a chat shows."""
    return [one for one in employee.person.received if one.button("Kirim")]


async def test_a_draft_that_lies_for_ten_minutes_says_once_that_it_is_not_sent(office: DemoOffice) -> None:
    budi = office["Budi"]
    await office.comes(wita(23, 9))
    await budi.says("SIMPEG tidak dapat dibuka")
    await office.comes(wita(23, 9, 6))
    await budi.says("Muncul galat 500.")
    await office.comes(wita(23, 9, 15))
    assert not budi.sees("belum terkirim"), "it was written on"
    (before,) = drafts(budi)
    await office.comes(wita(23, 9, 17))
    (draft,) = drafts(budi)
    assert "Laporan ini belum terkirim." in draft.words
    assert draft.message_id != before.message_id, "it stands at the bottom, and the older one has left"
    assert not draft.silent
    await office.comes(wita(23, 11))
    await budi.says("Sejak pagi.")
    await office.comes(wita(23, 15))
    assert [one for one in budi.person.received if "belum terkirim" in one.words] == drafts(budi), "once"
    await budi.taps("Kirim")
    assert await office.cases() == ["SW-2026-0001"]


async def test_outside_office_hours_it_says_so_without_a_sound(office: DemoOffice) -> None:
    budi = office["Budi"]
    await office.comes(wita(23, 21))
    await budi.says("SIMPEG tidak dapat dibuka")
    await office.comes(wita(23, 21, 11))
    (draft,) = drafts(budi)
    assert "belum terkirim" in draft.words
    assert draft.silent


async def test_it_survives_a_restart(office: DemoOffice) -> None:
    budi = office["Budi"]
    await office.comes(wita(23, 9))
    await budi.says("SIMPEG tidak dapat dibuka")
    await office.stops()
    office.clock.jump_to(wita(23, 9, 30))
    await office.starts()
    assert budi.sees("belum terkirim")


async def test_what_was_sent_discarded_or_put_off_says_nothing(office: DemoOffice) -> None:
    budi, wati = office["Budi"], office["Wati"]
    await office.comes(wita(23, 9))
    await wati.says("SIMPEG tidak dapat dibuka")
    await wati.taps("Batal")
    for number in range(10):
        await office.report("Budi", f"Masalah {number}")
    await budi.says("Satu lagi")
    await budi.taps("Kirim")
    assert budi.sees("Batas 10 laporan per jam tercapai")
    await office.comes(wita(23, 9, 30))
    assert not budi.sees("belum terkirim")
    assert not wati.sees("belum terkirim")


async def test_a_draft_that_is_being_rewritten_goes_on_expecting_words(office: DemoOffice) -> None:
    budi = office["Budi"]
    await office.comes(wita(23, 9))
    await budi.says("SIMPEG tidak dapt dibuka")
    await budi.taps("Ubah")
    await office.comes(wita(23, 9, 11))
    assert budi.sees("belum terkirim")
    await budi.says("SIMPEG tidak dapat dibuka")
    (draft,) = drafts(budi)
    assert "dapt" not in draft.words
