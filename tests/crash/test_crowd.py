"""The people of the crash tests are tried themselves: whom do they wait for, and what do they overlook?"""

import asyncio
import random

import pytest

from bot.sandbox.chats import Button, Message
from bot.sandbox.people import Person
from bot.sandbox.server import Sandbox
from tests.crash.crowd import Onlooker, Prakom
from tests.crash.mortal import TOKEN
from tests.crash.stage import MONDAY

AT_ONCE = 2.0
"""Seconds; a look at the screen takes less, and the patience of people is longer."""

PROMPT = "Tulis temuan, lalu kirim."


@pytest.fixture
def sandbox() -> Sandbox:
    return Sandbox(token=TOKEN, bot_username="disposisi_bot", clock=lambda: MONDAY)


@pytest.fixture
def rina(sandbox: Sandbox) -> Person:
    return sandbox.person(7001, "Rina", started=True)


def shown(sandbox: Sandbox, person: Person, text: str, label: str) -> Message:
    """Let the bot show a message with one button."""
    world = sandbox.world
    chat = world.chats[person.user_id]
    return world.post(Message(world.next_message_id(), chat, world.bot, MONDAY, text, buttons=[[button(label)]]))


def button(label: str) -> Button:
    """Return a button as the bot sends it."""
    return Button(label, "token", None, None, {})


async def begun(work: asyncio.Task[bool]) -> None:
    """Let somebody do all that they can do before they wait."""
    for _ in range(3):
        await asyncio.sleep(0)
    assert not work.done()


async def test_who_loses_the_phone_stops_waiting_for_an_answer_on_it(sandbox: Sandbox, rina: Person) -> None:
    prakom = Prakom(rina, random.Random(1))
    prakom.notices(shown(sandbox, rina, PROMPT, "« Kembali"))
    writing = asyncio.create_task(prakom.acts())
    await begun(writing)
    prakom.puts_down()
    async with asyncio.timeout(AT_ONCE):
        assert await writing
    assert [one.words for one in rina.chat if not one.from_bot] == ["Sudah diperiksa, 138."]


async def test_who_has_another_phone_stops_waiting_for_a_change_on_the_old_one(sandbox: Sandbox, rina: Person) -> None:
    prakom = Prakom(rina, random.Random(1))
    old = shown(sandbox, rina, "Kartu lama.", "Mulai tangani")
    prakom.notices(old)
    tapping = asyncio.create_task(prakom.acts())
    await begun(tapping)
    phone = sandbox.person(8001, "Rina", started=True)
    new = shown(sandbox, phone, "Kartu baru.", "Mulai tangani")
    prakom.takes(phone)
    async with asyncio.timeout(AT_ONCE):
        assert await tapping
    tapping = asyncio.create_task(prakom.acts())
    await begun(tapping)
    assert [press.message for press in new.chat.presses] == [new]
    assert len(old.chat.presses) == 1
    tapping.cancel()


async def test_a_change_is_seen_by_the_hand_that_was_busy_when_it_came(sandbox: Sandbox, rina: Person) -> None:
    """Another hand has looked at it meanwhile, and found nothing to do."""
    busy, looked = asyncio.Event(), asyncio.Queue[str]()

    class Slow(Onlooker):
        hands = 2
        turns = 0

        async def acts(self) -> bool:
            self.turns += 1
            turn = self.turns
            if turn == 1:
                await busy.wait()
            looked.put_nowait(f"turn {turn}")
            return False

    slow = Slow(rina, random.Random(1))
    living = asyncio.create_task(slow.lives())
    async with asyncio.timeout(AT_ONCE):
        assert await looked.get() == "turn 2"
        slow.notices(shown(sandbox, rina, "Kartu.", "Mulai tangani"))
        assert await looked.get() == "turn 3"
        busy.set()
        assert await looked.get() == "turn 1"
        assert await looked.get() == "turn 4", "the first hand looks again"
    living.cancel()
