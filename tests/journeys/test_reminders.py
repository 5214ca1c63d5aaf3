"""Nobody is flooded: one reminder in a while with all that waits, nothing at night, one list in the morning."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.sandbox.chats import Message
from models.mail.notice import Notice, NoticeKind
from models.repository.records import Records
from tests.journeys.demo_office import DemoOffice, demo_office

STEP = timedelta(minutes=3)
PACKAGED = (files("models") / "offices/sulawesi-utara.toml").read_text(encoding="utf-8")


def wita(day: int, hour: int, minute: int = 0) -> datetime:
    """Return an instant of November 2026 on the office's clock; the 24th is a Tuesday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


def sounds(office: DemoOffice, name: str) -> list[Message]:
    """Return all that the bot ever sent somebody with a sound, also what has left the chat since."""
    return [one for one in sent(office, name) if not one.silent]


def sent(office: DemoOffice, name: str) -> list[Message]:
    """Return all that the bot ever sent somebody."""
    chat = office.sandbox.world.chats[office[name].person.user_id]
    return [one for one in chat.messages.values() if one.from_bot]


async def escalated_to(office: DemoOffice, name: str) -> Counter[int]:
    """Return of which tasks of others reminders told somebody, and how often."""

    def count(records: Records) -> Counter[int]:
        person = records.known(office[name].person.user_id)
        theirs = Notice.person_id == person.id
        single = select(Notice.task_id).where(theirs, Notice.kind == NoticeKind.ESCALATE)
        lists = select(Notice.body).where(theirs, Notice.kind == NoticeKind.SUMMARY)
        items = [item for body in records.session.scalars(lists) for item in body["items"]]
        listed = [item["task"] for item in items if item["kind"] == NoticeKind.ESCALATE.value]
        return Counter([*records.session.scalars(single), *listed])

    return await office.asks(count)


async def lets_pass(office: DemoOffice, until: datetime) -> None:
    """Let the clock run until then as it does in an office, and not in one leap."""
    while office.clock.now() < until:
        await office.comes(min(office.clock.now() + STEP, until))


async def test_twelve_cards_for_an_absent_official_sound_eight_times_in_a_day_at_most(office: DemoOffice) -> None:
    await office.comes(wita(24, 7, 30))
    for number in range(12):
        await office.report("Budi" if number % 2 else "Wati", f"Masalah {number + 1}")
        await office.comes(office.clock.now() + STEP)
    await lets_pass(office, wita(24, 23, 59))

    counted = {name: len(sounds(office, name)) for name in ("Kakanwil", "Kasubbag", "Rina", "Andi")}
    assert all(count <= 8 for count in counted.values()), counted
    kakanwil = office["Kakanwil"]
    assert "12 disposisi menunggu Anda, 12 lewat batas waktu." in kakanwil.message("disposisi menunggu").words
    assert len([one for one in kakanwil.person.received if "disposisi menunggu" in one.words]) == 1, kakanwil.chat
    assert sum("DISPOSISI SW-" in one.words for one in kakanwil.person.received) == 12, "each card is there"
    said = await escalated_to(office, "Rina")
    assert said == Counter(range(1, 13)), "who keeps the SOP hears of each escalation, once"

    assert counted == {"Kakanwil": 6, "Kasubbag": 3, "Rina": 3, "Andi": 3}
    await lets_pass(office, wita(25, 7, 31))
    morning = kakanwil.message("Selamat pagi")
    assert "12 disposisi menunggu Anda, 12 lewat batas waktu." in morning.words
    assert not morning.silent
    await kakanwil.taps("0007" if morning.button("0007") else "0001", morning)
    assert "DISPOSISI" in kakanwil.person.received[-1].words, "a tap opens the card"
    assert await office.verified()


async def test_five_cases_over_two_days_sound_twelve_times_at_most(office: DemoOffice) -> None:
    for at in (wita(24, 7, 45), wita(24, 9, 30), wita(24, 13, 10), wita(25, 8, 15), wita(25, 10, 40)):
        await lets_pass(office, at)
        await office.report("Budi", f"Masalah {at:%d %H.%M}")
    await lets_pass(office, wita(25, 23, 59))
    counted = {name: len(sounds(office, name)) for name in ("Kakanwil", "Kasubbag", "Rina", "Andi")}
    assert all(count <= 12 for count in counted.values()), counted
    assert await office.verified()


async def test_what_comes_at_night_is_silent_and_one_list_at_the_opening(office: DemoOffice) -> None:
    await office.comes(wita(24, 20))
    for number in range(3):
        await office.report("Budi", f"Masalah malam {number + 1}")
    kakanwil = office["Kakanwil"]
    cards = [one for one in kakanwil.person.received if "DISPOSISI" in one.words]
    assert [one.silent for one in cards] == [True] * 3
    await lets_pass(office, wita(25, 7, 29))
    assert sounds(office, "Kakanwil") == []

    await office.comes(wita(25, 7, 30))
    (morning,) = sounds(office, "Kakanwil")
    assert "Selamat pagi. 3 disposisi menunggu Anda." in morning.words
    assert [morning.button(number) is not None for number in ("0001", "0002", "0003")] == [True] * 3
    await kakanwil.taps("0002", morning)
    assert "Masalah malam 2" in kakanwil.person.received[-1].words


@pytest.mark.parametrize("allowed", [False, True])
async def test_what_is_very_urgent_sounds_at_night_where_the_office_says_so(tmp_path: Path, *, allowed: bool) -> None:
    file = tmp_path / "office.toml"
    answer = "very_urgent_at_night = true" if allowed else "very_urgent_at_night = false"
    file.write_text(PACKAGED.replace("very_urgent_at_night = false", answer), encoding="utf-8")
    async with demo_office(tmp_path, at=wita(24, 20), office_file=file) as office:
        await office["Budi"].says("SIMPEG mati total")
        for _ in range(2):
            await office["Budi"].taps("Sifat")
        await office["Budi"].taps("Kirim")
        assert len(sounds(office, "Kakanwil")) == int(allowed)


async def test_a_restart_in_between_forgets_nobody_and_repeats_nothing(office: DemoOffice) -> None:
    for number in range(3):
        await office.report("Budi", f"Masalah {number + 1}")
    await office.passes(minutes=24)
    assert len(sounds(office, "Kakanwil")) == 2, "the first card, and the first reminder"
    await office.stops()
    await office.starts()
    assert len(sounds(office, "Kakanwil")) == 2
    await office.stops()
    office.clock.jump_to(wita(24, 10))
    await office.starts()
    assert len(sounds(office, "Kakanwil")) == 3, "a leap of a day is one reminder"
    assert "3 disposisi menunggu Anda, 3 lewat batas waktu." in sounds(office, "Kakanwil")[-1].words
    assert await office.verified()


async def test_who_acts_is_reminded_as_at_first(office: DemoOffice) -> None:
    for number in range(3):
        await office.report("Budi", f"Masalah {number + 1}")
    await lets_pass(office, wita(23, 11))
    reminded = len(sounds(office, "Kakanwil"))
    assert reminded == 4, "a card, and reminders at 08.54, 09.24 and 10.24; the next would be at 13.24"
    await office["Kakanwil"].taps("Teruskan ke")
    await lets_pass(office, wita(23, 11, 29))
    assert len(sounds(office, "Kakanwil")) == reminded
    await lets_pass(office, wita(23, 11, 30))
    assert len(sounds(office, "Kakanwil")) == reminded + 1
    assert "2 disposisi menunggu Anda" in sounds(office, "Kakanwil")[-1].words


async def test_the_digest_repeats_nothing_that_was_said_that_morning(office: DemoOffice) -> None:
    await office.comes(wita(23, 15, 0))
    await office.report("Budi", "Sebelum malam")
    await lets_pass(office, wita(23, 15, 59))
    await office.report("Wati", "Menjelang tutup")
    await lets_pass(office, wita(24, 8, 12))
    # The first was escalated at the opening, which the digest at 08.00 leaves out; the second is late since 07.59.
    said = Counter(
        number
        for one in sent(office, "Rina")
        if one.date >= wita(24, 7)
        for number in ("0001", "0002")
        if number in one.words
    )
    assert said == {"0001": 1, "0002": 1}, office["Rina"].chat
