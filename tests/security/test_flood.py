"""Somebody who floods the bot: others are served beside them, their backlog has a bound, and they are told once."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from telegram import Update

from bot.updates.inbox import BACKLOG, PRESSES
from bot.updates.intake import SIDE_BY_SIDE, TURN, AnyApplication
from handlers.chat.incoming import Incoming
from handlers.reporting.group import from_group
from models.case.case import Case
from models.mail.inbox import InboxState, InboxUpdate
from models.mail.notice import Notice, NoticeState, Priority
from models.repository.owing import STRANGERS
from models.repository.records import Records
from tests.journeys.demo_office import DemoOffice, Employee, demo_office

FLOOD = 1000
EACH = 40
GROUP = -100200300


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[DemoOffice]:
    async with demo_office(tmp_path) as place:
        yield place


Seen = Callable[[Update], Awaitable[object]]


@pytest.fixture
def watched(office: DemoOffice, monkeypatch: pytest.MonkeyPatch) -> Callable[[Seen], None]:
    """Return the way to look at each update before it is handled; whoever looks may let it wait."""
    kind = type(office.program.application)
    process = kind.process_update

    def watch(seen: Seen) -> None:
        async def process_update(application: AnyApplication, update: Update) -> None:
            await seen(update)
            await process(application, update)

        # On the class: from Python 3.13 on an application has no room for a method of its own.
        monkeypatch.setattr(kind, "process_update", process_update)

    return watch


def message(number: int, account: int, *, chat_id: int | None = None, text: str = "halo") -> dict[str, Any]:
    user = {"id": account, "is_bot": False, "first_name": "Orang"}
    kind = "private" if chat_id is None else "supergroup"
    chat = {"id": chat_id or account, "type": kind, "first_name": "Orang", "title": "Grup"}
    entities = (
        [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}] if text.startswith("/") else []
    )
    said = {"message_id": number, "date": 0, "chat": chat, "from": user, "text": text, "entities": entities}
    return {"update_id": 700_000_000 + number, "message": said}


def said(chat_id: int, account: int) -> Incoming:
    return Incoming(
        chat_id=chat_id, sender_id=account, sender_name="Orang", language=None, message_id=1, text="/lapor SIMPEG mati"
    )


def press(number: int, account: int, data: str) -> dict[str, Any]:
    user = {"id": account, "is_bot": False, "first_name": "Orang"}
    chat = {"id": account, "type": "private", "first_name": "Orang"}
    shown = {"message_id": 1, "date": 0, "chat": chat}
    query = {"id": str(number), "from": user, "message": shown, "chat_instance": "1", "data": data}
    return {"update_id": 700_000_000 + number, "callback_query": query}


async def states(office: DemoOffice, lane: int) -> dict[InboxState, int]:
    counted = select(InboxUpdate.state, func.count()).where(InboxUpdate.lane == lane).group_by(InboxUpdate.state)
    found = await office.asks(lambda records: records.session.execute(counted).all())
    return {InboxState(state): number for state, number in found}


async def test_a_thousand_messages_of_one_keep_nobody_else_waiting(
    office: DemoOffice, watched: Callable[[Seen], None]
) -> None:
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    wati, kakanwil = office["Wati"], office["Kakanwil"]
    gate = asyncio.Event()

    async def hold_wati(update: Update) -> None:
        if update.effective_user is not None and update.effective_user.id == wati.person.user_id:
            await gate.wait()

    watched(hold_wati)
    for number in range(FLOOD):
        wati.person.says(f"Pesan {number}")
    await office.sandbox.drained()
    pressed = kakanwil.person.taps("Teruskan ke")

    assert "Diteruskan" in await pressed.answered(), "the very first message of the flood is still being handled"
    await office["Kadiv"].person.awaits("DISPOSISI SW-2026-0001")

    gate.set()
    await office.settle()
    assert await states(office, wati.person.user_id) == {
        InboxState.DONE: BACKLOG,
        InboxState.SET_ASIDE: FLOOD - BACKLOG,
    }
    told = [one for one in wati.person.received if "Terlalu banyak pesan" in one.words]
    assert len(told) == 1
    assert (await office.task()).step == 2


async def test_whoever_flooded_is_served_again_afterwards(office: DemoOffice) -> None:
    wati = office["Wati"]
    for number in range(BACKLOG + 50):
        wati.person.says(f"Pesan {number}")
    await office.settle()
    await wati.taps("Kirim")
    assert (await office.cases()) == ["SW-2026-0001"]


async def test_as_many_floods_as_there_are_places_leave_turns_to_others(
    office: DemoOffice, watched: Callable[[Seen], None]
) -> None:
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    handled: list[int] = []

    async def note(update: Update) -> None:
        handled.append(update.effective_user.id if update.effective_user else 0)

    watched(note)
    flooders = range(8001, 8001 + SIDE_BY_SIDE)
    batch = [message(number * 100 + one, one) for one in flooders for number in range(EACH)]
    kakanwil = office["Kakanwil"].person.user_id
    intake = office.program.parts.intake
    await intake.store([*batch, press(1, kakanwil, "x" * 20)])
    await office.settle()

    assert len(handled) == SIDE_BY_SIDE * EACH + 1
    assert handled.index(kakanwil) <= SIDE_BY_SIDE * (TURN + 1)


async def test_a_foreign_group_that_floods_is_bounded_too_and_told_nothing(
    office: DemoOffice, watched: Callable[[Seen], None]
) -> None:
    gate = asyncio.Event()
    watched(lambda _: gate.wait())
    office.sandbox.group(GROUP, "Asing", [office.newcomer("Asing", 8100).person])
    batch = [message(number, 8100, chat_id=GROUP, text="/lapor") for number in range(PRESSES + 50)]
    await office.program.parts.intake.store(batch)
    found = await states(office, GROUP)
    owed = await office.asks(lambda records: records.session.scalar(select(func.count()).select_from(Notice)))
    gate.set()

    assert found == {InboxState.WAITING: BACKLOG, InboxState.SET_ASIDE: PRESSES + 50 - BACKLOG}
    assert owed == 0, "neither the group nor the stranger is told"


async def test_strangers_in_a_group_are_answered_once_however_much_they_write(office: DemoOffice) -> None:
    office.sandbox.group(GROUP, "Asing", [office.newcomer("Asing", 8100).person])
    await office.program.parts.intake.store(
        [message(one, 8100, chat_id=GROUP, text="/lapor") for one in range(BACKLOG)]
    )
    await office.settle()

    owed = select(Notice.priority).where(Notice.chat_id == GROUP)
    answers = await office.asks(lambda records: records.session.scalars(owed).all())
    assert set(answers) == {Priority.STRANGER}
    assert len(answers) <= 2, "one a minute, and the minute may have changed"
    assert await office.asks(lambda records: records.session.scalar(select(func.count()).select_from(Case))) == 0


async def test_groups_of_strangers_share_the_budget_of_strangers(office: DemoOffice) -> None:
    groups = range(GROUP - 2 * STRANGERS, GROUP)
    stranger = office.newcomer("Asing", 8100).person
    waiting = [Priority.STRANGER] * STRANGERS

    def take(records: Records) -> list[Priority]:
        for chat_id in groups:
            from_group(records, said(chat_id, stranger.user_id), None, title="Asing", username="")
        records.flush()
        owed = select(Notice).where(Notice.state == NoticeState.OWED).order_by(Notice.id)
        return [one.priority for one in records.session.scalars(owed)]

    assert await office.asks(take) == waiting


async def test_what_else_a_group_says_takes_no_room_from_a_report(office: DemoOffice) -> None:
    budi, wati = office["Budi"].person, office["Wati"].person
    office.sandbox.group(GROUP, "Kepegawaian", [budi, wati])
    batch = [message(number, wati.user_id, chat_id=GROUP) for number in range(BACKLOG + 50)]
    await office.program.parts.intake.store(
        [*batch, message(900, budi.user_id, chat_id=GROUP, text="/lapor Server terbakar")]
    )

    assert await states(office, GROUP) == {InboxState.DONE: BACKLOG + 50, InboxState.WAITING: 1}
    await office.settle()
    assert await office.cases() == ["SW-2026-0001"]


async def test_a_report_in_a_busy_group_survives_an_outage(office: DemoOffice) -> None:
    budi, wati = office["Budi"].person, office["Wati"].person
    group = office.sandbox.group(GROUP, "Kepegawaian", [budi, wati])
    await office.stops()
    for number in range(2 * BACKLOG + 50):
        wati.says(f"/tanya obrolan {number}", into=group)
    budi.says("/lapor Server terbakar", into=group)
    await office.starts()
    await office.settle()

    assert await office.cases() == ["SW-2026-0001"]
    assert group.sees("Laporan SW-2026-0001 dicatat.")


async def test_whoever_reports_in_a_group_where_too_many_do_is_told_in_private(
    office: DemoOffice, watched: Callable[[Seen], None]
) -> None:
    budi, wati = office["Budi"], office["Wati"].person
    group = office.sandbox.group(GROUP, "Kepegawaian", [budi.person, wati])
    gate = asyncio.Event()
    watched(lambda _: gate.wait())
    flood = [message(number, wati.user_id, chat_id=GROUP, text="/lapor") for number in range(PRESSES)]
    late = [message(5000 + one, budi.person.user_id, chat_id=GROUP, text="/lapor Server terbakar") for one in range(2)]
    await office.program.parts.intake.store([*flood, *late])

    await budi.person.awaits("/lapor Anda di sana belum kami proses")
    assert len(budi.person.received) == 1
    assert not any(one.from_bot for one in group.chat)
    assert office.program.metrics.value("disposisi_updates_handled_total", outcome="set-aside") == 2
    gate.set()


async def test_strangers_who_flood_a_group_leave_room_for_a_report(
    office: DemoOffice, watched: Callable[[Seen], None]
) -> None:
    budi = office["Budi"].person
    office.sandbox.group(GROUP, "Kepegawaian", [budi])
    gate = asyncio.Event()
    watched(lambda _: gate.wait())
    intake = office.program.parts.intake
    await intake.store([message(number, 8100, chat_id=GROUP, text="/lapor") for number in range(PRESSES)])
    await intake.store([message(5000, budi.user_id, chat_id=GROUP, text="/lapor Server terbakar")])
    assert await states(office, GROUP) == {InboxState.WAITING: BACKLOG + 1, InboxState.SET_ASIDE: PRESSES - BACKLOG}
    gate.set()
    await office.settle()
    assert await office.cases() == ["SW-2026-0001"]


async def test_even_presses_have_a_bound(office: DemoOffice, watched: Callable[[Seen], None]) -> None:
    intake = office.program.parts.intake
    account = office["Wati"].person.user_id
    gate = asyncio.Event()
    watched(lambda _: gate.wait())
    for start in range(0, 30 * BACKLOG, 10 * BACKLOG):
        await intake.store([press(number, account, "x" * 20) for number in range(start, start + 10 * BACKLOG)])
    found = await states(office, account)
    gate.set()

    assert found[InboxState.SET_ASIDE] >= 19 * BACKLOG


async def test_a_guess_at_an_invite_is_answered_and_tells_nothing(office: DemoOffice) -> None:
    stranger: Employee = office.newcomer("Asing", 8200)
    for number in range(20):
        await stranger.says(f"/start {number:022d}")
    answers = {one.words for one in stranger.person.received}
    assert len(answers) == 1
    assert "Undangan ini tidak berlaku" in answers.pop()


@pytest.mark.parametrize("text", ["halo", "/bahasa", "/start salah", "/bantuan", "/tugas"])
async def test_what_many_strangers_write_owes_them_little(office: DemoOffice, text: str) -> None:
    strangers = range(8001, 8046)
    batch = [message(number * 100 + one - 8000, one, text=text) for one in strangers for number in range(4)]
    await office.program.parts.intake.store(batch)
    await office.settle()
    answers = select(Notice.chat_id, Notice.priority).where(Notice.chat_id.in_(strangers))
    owed = await office.asks(lambda records: records.session.execute(answers).all())
    assert {priority for _, priority in owed} == {Priority.STRANGER}
    assert len(owed) <= 2 * len(strangers), "one a minute to each, and the minute may have changed"


async def test_while_many_strangers_wait_nothing_more_is_said_to_strangers(office: DemoOffice) -> None:
    def say(records: Records) -> list[Priority]:
        for chat_id in range(8001, 8001 + 2 * STRANGERS):
            records.say(chat_id, "greeting-unknown")
            records.say(chat_id, "language-unknown", languages="")
        records.say(office["Kakanwil"].person.user_id, "welcome")
        return [one.priority for one in records.session.scalars(select(Notice).where(Notice.state == NoticeState.OWED))]

    assert Counter(await office.asks(say)) == {Priority.STRANGER: STRANGERS, Priority.ANSWER: 1}


async def test_a_thousand_strangers_share_one_budget_a_minute(office: DemoOffice) -> None:
    def say_to(first: int) -> Callable[[Records], None]:
        def say(records: Records) -> None:
            for chat_id in range(first, first + 2 * STRANGERS):
                records.say(chat_id, "greeting-unknown")

        return say

    def owed(records: Records) -> int:
        to_strangers = select(func.count()).where(Notice.priority == Priority.STRANGER)
        return records.session.scalar(to_strangers) or 0

    for round_number in range(3):
        await office.asks(say_to(8001 + 100 * round_number))
        await office.settle()
        assert await office.asks(owed) == STRANGERS, "what was said to the others is sent by now, and counts"
    office.clock.advance(timedelta(seconds=61))
    await office.asks(say_to(8501))
    assert await office.asks(owed) == 2 * STRANGERS
