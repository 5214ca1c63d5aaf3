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
