"""Who reports and decides hears one reminder in a while: of the tasks that wait and of the questions, together."""

from datetime import datetime, timedelta
from itertools import pairwise

from bot.sandbox.chats import Message
from tests.journeys.demo_office import DemoOffice
from tests.journeys.test_reminders import lets_pass, sounds, wita

HALF_AN_HOUR = 30 * 60
KADIV = "Kadiv"


async def asks(office: DemoOffice, number: int, at: datetime) -> None:
    """Let Kadiv report something, and Rina ask about it at that time."""
    await office.report(KADIV, f"Masalah {number} di meja saya")
    await office.walk(until=5)
    await office["Rina"].taps("Mulai tangani")
    await lets_pass(office, at)
    await office["Rina"].taps("Tanya pelapor")
    await office["Rina"].says(f"Sejak kapan masalah {number}?")


async def forwards_to_kadiv(office: DemoOffice, *numbers: int) -> None:
    for number in numbers:
        await office.report("Budi", f"Laporan Budi {number}")
        await office["Kakanwil"].taps("Kadiv")


def reminding(office: DemoOffice) -> list[Message]:
    """Return all that reminded Kadiv with a sound."""
    return [one for one in sounds(office, KADIV) if "menunggu" in one.words and "DISPOSISI" not in one.words]


def gaps(office: DemoOffice) -> list[int]:
    """Return the office time, in seconds, between each two messages that reminded Kadiv with a sound."""
    calendar = office.program.rules.office.calendar
    return [calendar.between(one.date, other.date) for one, other in pairwise(reminding(office))]


async def test_questions_and_tasks_that_fall_due_together_sound_once(office: DemoOffice) -> None:
    for number, minute in enumerate((0, 5, 10), start=1):
        await asks(office, number, wita(24, 9, minute))
    await lets_pass(office, wita(24, 13, 10))
    await forwards_to_kadiv(office, 4, 5)
    await lets_pass(office, wita(24, 16))
    assert len(reminding(office)) >= 2
    assert min(gaps(office)) >= HALF_AN_HOUR, [f"{one.date:%H.%M} {one.words}" for one in reminding(office)]
    assert await office.verified()


async def test_the_list_of_what_waits_names_the_questions_too_and_leads_to_them(office: DemoOffice) -> None:
    kadiv = office[KADIV]
    await asks(office, 1, wita(24, 9))
    await lets_pass(office, wita(24, 13))
    await forwards_to_kadiv(office, 2, 3)
    await lets_pass(office, wita(24, 14))
    named = [one for one in kadiv.person.received if "Satu pertanyaan menunggu jawaban Anda" in one.words]
    assert named, kadiv.chat
    assert "disposisi menunggu Anda" in named[-1].words
    await kadiv.taps("Pertanyaan untuk Anda", named[-1])
    shown = kadiv.person.received[-1]
    assert "Sejak kapan masalah 1?" in shown.words
    await kadiv.taps("Jawab", shown)
    await kadiv.says("Sejak pagi.")
    assert office["Rina"].sees("Sejak pagi.")
    again = next(one for one in kadiv.person.received if one.message_id == named[-1].message_id)
    assert "pertanyaan" not in again.words
    assert again.button("Pertanyaan untuk Anda") is None
    assert await office.verified()


async def test_a_question_that_waits_for_quiet_comes_with_all_others_once_it_may_sound(office: DemoOffice) -> None:
    """Two cases were asked about half an hour apart, and the first reminder names both: the second sounds no more."""
    await asks(office, 1, wita(24, 9))
    await asks(office, 2, wita(24, 9, 20))
    await lets_pass(office, wita(24, 15, 30))
    (heard,) = [one for one in reminding(office) if "pertanyaan masih menunggu jawaban Anda" in one.words]
    assert "2 pertanyaan masih menunggu jawaban Anda" in heard.words
    assert timedelta() <= heard.date - wita(24, 13, 45) < timedelta(minutes=4)
    assert [len(await office.journal("remind", f"SW-2026-000{number}")) for number in (1, 2)] == [1, 1]
