from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Protocol

import httpx
import pytest
from telegram import Bot, InputMediaPhoto
from telegram.error import NetworkError, RetryAfter, TelegramError, TimedOut

from bot.sandbox.chats import ChatKind
from bot.sandbox.faults import Fault, Faults, Trouble
from bot.sandbox.flood import FloodGate, Limits
from bot.sandbox.people import Person
from bot.sandbox.refusals import Refusal
from bot.sandbox.server import Sandbox


class Time(Protocol):
    def passes(self, span: timedelta) -> None: ...


class TestFloodLimits:
    @pytest.fixture
    def limits(self) -> Limits:
        return Limits(chat_burst=3, overall_burst=5)

    async def test_one_chat_takes_a_burst_and_then_one_a_second(self, bot: Bot, budi: Person, time: Time) -> None:
        for number in range(3):
            await bot.send_message(budi.user_id, str(number))
        with pytest.raises(RetryAfter) as refused:
            await bot.send_message(budi.user_id, "terlalu cepat")
        assert refused.value._retry_after == timedelta(seconds=1)
        time.passes(timedelta(seconds=1))
        await bot.send_message(budi.user_id, "lagi")
        assert not budi.sees("terlalu cepat")

    async def test_all_chats_share_one_rate(self, bot: Bot, sandbox: Sandbox, time: Time) -> None:
        people = [sandbox.person(2000 + number, f"Orang {number}", started=True) for number in range(6)]
        for person in people[:5]:
            await bot.send_message(person.user_id, "Halo")
        with pytest.raises(RetryAfter):
            await bot.send_message(people[5].user_id, "Halo")
        time.passes(timedelta(seconds=1))
        await bot.send_message(people[5].user_id, "Halo")

    async def test_every_item_of_an_album_counts(self, bot: Bot, budi: Person) -> None:
        photo = budi.sends_photo().media
        assert photo is not None
        await bot.send_media_group(budi.user_id, [InputMediaPhoto(photo.file_id)] * 3)
        with pytest.raises(RetryAfter):
            await bot.send_message(budi.user_id, "Halo")

    async def test_deleting_and_answering_cost_nothing(self, bot: Bot, budi: Person) -> None:
        card = await bot.send_message(budi.user_id, "Kartu")
        for _ in range(10):
            await bot.send_chat_action(budi.user_id, "typing")
        await card.delete()


async def test_a_group_takes_twenty_a_minute() -> None:
    passed = 0.0
    gate = FloodGate(Limits(), lambda: passed)
    for _ in range(20):
        gate.pass_through(-1, ChatKind.SUPERGROUP)
        passed += 0.1
    with pytest.raises(Refusal, match="retry after 1"):
        gate.pass_through(-1, ChatKind.SUPERGROUP)
    passed += 3
    gate.pass_through(-1, ChatKind.SUPERGROUP)


@pytest.mark.parametrize(
    ("fault", "error", "acted"),
    [
        (Fault(Trouble.TOO_MANY_REQUESTS, 7), RetryAfter, False),
        (Fault(Trouble.SERVER_ERROR), NetworkError, False),
        (Fault(Trouble.BAD_GATEWAY), NetworkError, False),
        (Fault(Trouble.GARBAGE), TelegramError, False),
        (Fault(Trouble.GARBAGE_AFTER_ACTING), TelegramError, True),
        (Fault(Trouble.RESET), NetworkError, False),
        (Fault(Trouble.RESET_AFTER_ACTING), NetworkError, True),
    ],
)
async def test_troubles_look_to_the_bot_like_real_ones(
    bot: Bot,
    sandbox: Sandbox,
    budi: Person,
    fault: Fault,
    error: type[TelegramError],
    caplog: pytest.LogCaptureFixture,
    *,
    acted: bool,
) -> None:
    caplog.set_level("CRITICAL", "telegram.request.BaseRequest")
    sandbox.faults.next("sendMessage", fault)
    with pytest.raises(error):
        await bot.send_message(budi.user_id, "Halo")
    assert budi.sees("Halo") is acted
    await bot.send_message(budi.user_id, "Sekali lagi")
    assert budi.sees("Sekali lagi")


@pytest.mark.parametrize(("trouble", "acted"), [(Trouble.HANG, False), (Trouble.HANG_AFTER_ACTING, True)])
async def test_a_hanging_answer_lasts_until_the_bot_gives_up(
    bot: Bot,
    sandbox: Sandbox,
    budi: Person,
    trouble: Trouble,
    *,
    acted: bool,
) -> None:
    sandbox.faults.next("sendMessage", Fault(trouble))
    with pytest.raises(TimedOut) as given_up:
        await bot.send_message(budi.user_id, "Halo", read_timeout=0.05)
    assert isinstance(given_up.value.__cause__, httpx.ReadTimeout)
    assert budi.sees("Halo") is acted


async def test_the_stand_in_stops_although_somebody_still_waits(sandbox: Sandbox, budi: Person) -> None:
    async with sandbox.serve() as address:
        bot = Bot(sandbox.token, base_url=address.base_url)
        await bot.initialize()
        sandbox.faults.next("sendMessage", Fault(Trouble.HANG))
        hanging = asyncio.create_task(bot.send_message(budi.user_id, "Halo", read_timeout=60))
        polling = asyncio.create_task(bot.get_updates(timeout=50))
        await sandbox.until(lambda: sandbox.calls[-1].method == "sendMessage")
    results = await asyncio.wait_for(asyncio.gather(hanging, polling, return_exceptions=True), 2)
    assert isinstance(results[0], NetworkError)
    await bot.shutdown()


async def test_chats_and_updates_outlive_a_restart_of_the_server(sandbox: Sandbox, budi: Person) -> None:
    async with sandbox.serve() as address, Bot(sandbox.token, base_url=address.base_url) as bot:
        await bot.send_message(budi.user_id, "sebelum")
        budi.says("menunggu")
    async with sandbox.serve() as address, Bot(sandbox.token, base_url=address.base_url) as bot:
        assert len(await bot.get_updates()) == 1
        await bot.send_message(budi.user_id, "sesudah")
    assert budi.sees("sebelum")
    assert budi.sees("sesudah")


def test_random_troubles_are_the_same_for_the_same_seed() -> None:
    def pattern(seed: int) -> list[bool]:
        faults = Faults(seed)
        faults.sometimes("sendMessage", Fault(Trouble.SERVER_ERROR), rate=0.3)
        return [faults.draw("sendMessage") is not None for _ in range(200)]

    assert pattern(1) == pattern(1) != pattern(2)
    assert 30 < sum(pattern(1)) < 90


def test_queued_troubles_come_first_and_can_be_forgotten() -> None:
    faults = Faults()
    faults.next("*", Fault(Trouble.RESET))
    faults.next("sendMessage", Fault(Trouble.GARBAGE))
    assert faults.draw("sendMessage") == Fault(Trouble.GARBAGE)
    assert faults.draw("getMe") == Fault(Trouble.RESET)
    faults.next("getMe", Fault(Trouble.HANG))
    faults.clear()
    assert faults.draw("getMe") is None


def test_a_trouble_of_one_chat_waits_for_a_call_for_that_chat() -> None:
    faults = Faults()
    faults.next("sendMessage", Fault(Trouble.RESET, chat_id=1001), Fault(Trouble.GARBAGE))
    assert faults.draw("sendMessage", 1002) == Fault(Trouble.GARBAGE)
    assert faults.draw("sendMessage", 1002) is None
    assert faults.draw("sendMessage", 1001) == Fault(Trouble.RESET, chat_id=1001)
    assert faults.draw("sendMessage", 1001) is None


async def test_what_one_chat_meets_another_does_not(bot: Bot, sandbox: Sandbox, budi: Person) -> None:
    siti = sandbox.person(1002, "Siti", started=True)
    sandbox.faults.next("sendMessage", Fault(Trouble.BAD_GATEWAY, chat_id=budi.user_id))
    await bot.send_message(siti.user_id, "Halo")
    with pytest.raises(NetworkError):
        await bot.send_message(budi.user_id, "Halo")
    assert siti.sees("Halo")
    assert not budi.sees("Halo")
