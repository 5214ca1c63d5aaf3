"""The courier at work on a real database; what screens look like is not its business."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.clock import MovableClock
from bot.notices.outbox import Outbox
from bot.sandbox.flood import Limits
from bot.sandbox.people import Person
from bot.sandbox.server import Sandbox
from bot.storage.database import Database
from handlers.texts.catalogue import Texts
from models.rules.rules import Rules
from tests.bot.notices.owed import Ledger
from tests.bot.notices.post import TOKEN, Office, Post, drawn


@pytest.fixture(autouse=True)
def _drawing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.notices.outbox.draw", drawn)


@pytest.fixture
def leases() -> Ledger:
    return Ledger()


@pytest.fixture
def outbox(rules: Rules, clock: MovableClock, leases: Ledger) -> Outbox:
    return Outbox(rules=rules, texts=Texts.load(rules.office.calendar.zone), now=clock.now, leases=leases)


@pytest.fixture
def sandbox(clock: MovableClock) -> Sandbox:
    return Sandbox(token=TOKEN, bot_username="disposisi_demo_bot", clock=clock.now, limits=Limits.off())


@pytest.fixture
def budi(sandbox: Sandbox) -> Person:
    return sandbox.person(1001, "Budi", started=True)


@pytest.fixture
async def post(
    sandbox: Sandbox, database: Database, rules: Rules, clock: MovableClock, office: Office
) -> AsyncIterator[Post]:
    for account in office.account.values():
        sandbox.person(account, f"Orang {account}", started=True)
    async with sandbox.serve() as address:
        post = Post(database, rules, clock, address)
        async with post.line:
            running = asyncio.create_task(post.courier.run())
            # The courier looks at the outbox when it begins; a test must not meet that look.
            await asyncio.sleep(0)
            await post.activity.still()
            yield post
            running.cancel()
            await asyncio.wait({running})
            await post.courier.close()
