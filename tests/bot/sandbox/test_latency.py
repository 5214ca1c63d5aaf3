"""The way to the stand-in takes time, and a call takes effect in the middle of it."""

import asyncio
import time
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from bot.sandbox import server
from bot.sandbox.latency import Latency
from bot.sandbox.server import Sandbox

MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


class Gates(Latency):
    """A way on which nothing moves before its gate is opened."""

    def __init__(self) -> None:
        super().__init__()
        self.setting_out, self.to_telegram = asyncio.Event(), asyncio.Event()
        self.taken_effect, self.to_bot = asyncio.Event(), asyncio.Event()

    async def there(self) -> None:
        self.setting_out.set()
        await self.to_telegram.wait()

    async def back(self) -> None:
        self.taken_effect.set()
        await self.to_bot.wait()


async def test_a_call_takes_effect_after_the_way_there_and_is_answered_after_the_way_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    way = Gates()
    monkeypatch.setattr(server, "Latency", lambda: way)
    sandbox = Sandbox(token="123456:stand-in", bot_username="disposisi_bot", clock=lambda: MORNING)
    budi = sandbox.person(7001, "Budi", started=True)
    async with sandbox.serve() as address, httpx.AsyncClient(base_url=address.url, trust_env=False) as client:
        said = {"chat_id": budi.user_id, "text": "Halo"}
        sending = asyncio.create_task(client.post(f"/bot{sandbox.token}/sendMessage", json=said))
        await way.setting_out.wait()
        assert budi.received == []

        way.to_telegram.set()
        await way.taken_effect.wait()
        assert [message.text for message in budi.received] == ["Halo"]
        assert not sending.done()

        way.to_bot.set()
        assert (await sending).json()["result"]["text"] == "Halo"


async def test_a_round_trip_is_as_long_as_was_asked_for() -> None:
    way = Latency()
    way.round_trip = timedelta(milliseconds=40)
    began = time.monotonic()
    await way.there()
    half = time.monotonic()
    await way.back()

    assert half - began >= 0.019
    assert time.monotonic() - began >= 0.039


async def test_without_latency_nothing_waits() -> None:
    way = Latency()
    travelling = way.there()
    try:
        travelling.send(None)
    except StopIteration:
        return
    raise AssertionError("the way there waited")
