"""Another program uses the bot's token: it is noticed, named by its host, and the admins and `/readyz` tell of it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from bot.loop.pauses import Pauses
from bot.metrics import Metrics
from bot.telegram.line import Line
from bot.updates.polling import KINDS
from tests.journeys.demo_office import TOKEN, DemoOffice, demo_office

PATH = "a-path-that-is-a-secret"
FOREIGN = f"http://127.0.0.1:9/{PATH}"
"""The webhook of the other program; nobody answers there."""

WITHIN = 10


@pytest.fixture
async def office(tmp_path: Path, migrated_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[DemoOffice]:
    """An office that fetches updates, and does not wait long after a failure."""
    wait = Pauses.wait

    async def briefly(pauses: Pauses, seconds: float) -> None:
        await wait(pauses, min(seconds, 0.02))

    monkeypatch.setattr(Pauses, "wait", briefly)
    monkeypatch.setenv("WEB_LISTEN", "127.0.0.1:0")
    async with demo_office(tmp_path, database_url=migrated_url) as place:
        yield place


@pytest.fixture
async def other(office: DemoOffice) -> AsyncIterator[Line]:
    """The other program, with the same token."""
    base = office.program.line.base_url.rpartition("/bot")[0]
    async with Line(TOKEN, base_url=base, proxy=None, metrics=Metrics()) as line:
        yield line


async def readiness(office: DemoOffice) -> tuple[int, str]:
    """Return the status of `/readyz`, and the reason of its check `intake`."""
    assert office.program.web is not None
    address = f"http://127.0.0.1:{office.program.web.address.port}/readyz"
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.get(address)
    return answer.status_code, answer.json()["checks"]["intake"]["reason"]


def webhook(office: DemoOffice) -> str:
    """Return the webhook that Telegram has, "" where it has none."""
    return office.sandbox.world.webhook.url if office.sandbox.world.webhook else ""


async def told(office: DemoOffice, words: str) -> str:
    """Wait until an admin reads `words` in chat, and return the whole chat."""
    admin = office["Kasubbag"]
    await office.sandbox.until(lambda: admin.sees(words), within=WITHIN, why=f"Nobody tells of “{words}”")
    return admin.chat


async def test_a_foreign_webhook_is_taken_away_once_and_told(
    office: DemoOffice, other: Line, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    await other.set_webhook(FOREIGN)
    await told(office, "127.0.0.1 mengalihkan pesan-pesan bot ini")
    assert webhook(office) == ""
    await office["Budi"].says("SIMPEG tidak dapat dibuka")
    assert office["Budi"].sees("Kirim"), "updates are fetched again"
    assert (await readiness(office))[0] == 200

    await other.set_webhook(FOREIGN)
    chat = await told(office, "lagi-lagi mengalihkan")
    assert webhook(office) == FOREIGN, "a second owner is not fought"
    status, reason = await readiness(office)
    assert (status, "another program has set its webhook at 127.0.0.1 again" in reason) == (503, True)
    assert PATH not in chat + reason + caplog.text
    assert not office["Budi"].sees("mengalihkan"), "those who cannot mend it are not troubled"

    office.sandbox.world.webhook = None
    office.sandbox.world.bell.ring()
    await office["Wati"].says("Printer macet")
    assert office["Wati"].sees("Kirim"), "it goes on once the other program is gone"


async def test_what_takes_a_webhook_away_drops_nothing_that_waits(office: DemoOffice, other: Line) -> None:
    await other.set_webhook(FOREIGN)
    await office["Budi"].says("SIMPEG tidak dapat dibuka")
    assert office["Budi"].sees("Kirim")


async def fetches(other: Line) -> None:
    """Fetch updates as a second process does, one long poll after the other, until cancelled."""
    while True:
        await asyncio.gather(asked(other), return_exceptions=True)
        await asyncio.sleep(0)


def asked(other: Line) -> Awaitable[object]:
    return other.raw_updates(offset=None, kinds=KINDS, patience=timedelta(seconds=5))


async def test_a_second_process_that_fetches_is_named_in_chat_and_by_readyz(office: DemoOffice, other: Line) -> None:
    second = asyncio.create_task(fetches(other))
    await told(office, "mengambil pesan-pesan bot ini dengan token yang sama")
    status, reason = await readiness(office)
    assert (status, reason.startswith("another process fetches this bot's updates. Stop it.")) == (503, True)
    second.cancel()
    await asyncio.gather(second, return_exceptions=True)
    chat = office["Kasubbag"].chat
    assert chat.count("dengan token yang sama") == 1, "once a day"
