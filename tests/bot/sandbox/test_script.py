from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Protocol

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

from bot.sandbox.cast import ClockControl
from bot.sandbox.people import Person
from bot.sandbox.script import (
    Advance,
    Do,
    Follow,
    Line,
    LineKind,
    Narrate,
    Player,
    Say,
    SendDocument,
    SendPhoto,
    Tap,
    WaitFor,
)
from bot.sandbox.server import Sandbox


class Time(Protocol):
    def is_moved(self, span: timedelta) -> None: ...


@pytest.fixture
async def clerk(bot: Bot) -> AsyncIterator[None]:
    """A bot that offers a button for whatever it is sent, and stamps the message when it is tapped."""

    async def work() -> None:
        offset = 0
        while True:
            for update in await bot.get_updates(offset=offset, timeout=5):
                offset = update.update_id + 1
                if update.callback_query:
                    await update.callback_query.answer("Dicatat.")
                    await update.callback_query.edit_message_text("Selesai")
                elif update.effective_chat:
                    button = InlineKeyboardButton("📨 Kirim", callback_data="k")
                    markup = InlineKeyboardMarkup([[button]])
                    await bot.send_message(update.effective_chat.id, "Draf laporan", reply_markup=markup)

    working = asyncio.create_task(work())
    yield
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)


@pytest.fixture
def told() -> list[Line]:
    return []


@pytest.fixture
def player(sandbox: Sandbox, budi: Person, told: list[Line]) -> Player:
    return Player(sandbox, {"Budi": budi}, tell=told.append, settle=sandbox.drained, patience=2)


@pytest.mark.usefixtures("clerk")
async def test_a_script_is_played_and_told_as_the_chat_it_is(player: Player, told: list[Line]) -> None:
    await player.play(
        [
            Narrate("Pelaporan"),
            Say("Budi", "SIMPEG mati"),
            Tap("Budi", "Kirim"),
            WaitFor("Budi", "Selesai"),
        ]
    )
    assert [(line.kind, line.who, line.text) for line in told] == [
        (LineKind.NARRATION, "", "Pelaporan"),
        (LineKind.SAYS, "Budi", "SIMPEG mati"),
        (LineKind.SEES, "Budi", "Draf laporan"),
        (LineKind.TAPS, "Budi", "[📨 Kirim]"),
        (LineKind.TOAST, "Budi", "Dicatat."),
        (LineKind.SEES_CHANGED, "Budi", "Selesai"),
    ]
    assert str(told[2]) == "00.30 Budi ← Draf laporan\n         [📨 Kirim]"


@pytest.mark.usefixtures("clerk")
async def test_files_links_and_replies_have_their_place(player: Player, budi: Person, told: list[Line]) -> None:
    await player.play(
        [
            Follow("Budi", "https://t.me/disposisi_demo_bot?start=KODE"),
            WaitFor("Budi", "Draf"),
            SendPhoto("Budi", "layar", count=2),
            SendPhoto("Budi"),
            SendDocument("Budi", "galat.log", "text/plain"),
            Say("Budi", "catatan", reply_to="Draf"),
        ]
    )
    said = [line.text for line in told if line.kind is LineKind.SAYS]
    assert said[0] == "/start KODE"
    assert said[1].endswith("layar")
    assert "galat.log" in said[4]
    own = [message for message in budi.chat if not message.from_bot]
    assert own[1].media_group_id == own[2].media_group_id is not None
    assert own[-1].reply_to is not None
    assert own[-1].reply_to.text == "Draf laporan"


@pytest.mark.parametrize(("text", "presses"), [("Draf", 0), ("Diingatkan", 3)])
@pytest.mark.usefixtures("clerk")
async def test_what_need_not_come_is_looked_for_while_the_clock_goes_on_and_then_left(
    player: Player, sandbox: Sandbox, told: list[Line], time: Time, text: str, presses: int
) -> None:
    async def an_hour() -> None:
        time.is_moved(timedelta(hours=1))

    sandbox.clock_controls.append(ClockControl("+1 jam kerja", an_hour))
    await player.play(
        [
            Say("Budi", "SIMPEG mati"),
            WaitFor("Budi", "Draf"),
            WaitFor("Budi", text, presses=3, control="+1 jam kerja"),
            Narrate("Lanjut"),
        ]
    )
    assert [line.kind for line in told].count(LineKind.CLOCK) == presses
    assert told[-1].text == "Lanjut"


async def test_the_clock_and_other_work_are_part_of_a_script(
    player: Player, sandbox: Sandbox, told: list[Line], time: Time
) -> None:
    seen: list[str] = []

    async def an_hour() -> None:
        time.is_moved(timedelta(hours=1))

    async def look() -> None:
        seen.append("looked")

    sandbox.clock_controls.append(ClockControl("+1 jam kerja", an_hour))
    await player.play([Advance("+1 jam kerja"), Do(look)])
    assert [str(line) for line in told] == ["01.30 +1 jam kerja 🕑 01.30 UTC"]
    assert seen == ["looked"]
    with pytest.raises(AssertionError, match="No clock control"):
        await player.play([Advance("+1 abad")])


async def test_a_script_that_goes_wrong_shows_the_chat(
    bot: Bot, sandbox: Sandbox, budi: Person, told: list[Line]
) -> None:
    async def at_once() -> None:
        return

    await bot.send_message(budi.user_id, "Kartu lama")
    player = Player(sandbox, {"Budi": budi}, tell=told.append, settle=at_once, patience=0.01)
    with pytest.raises(AssertionError, match=r"never sees a button “Setujui”(?s:.*)Kartu lama"):
        await player.play([Tap("Budi", "Setujui")])
    budi.says("sesudahnya")
    assert told == []
