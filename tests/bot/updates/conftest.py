"""The intake at work on a real database."""

from collections.abc import AsyncIterator

import pytest

from bot.clock import MovableClock
from bot.sandbox.flood import Limits
from bot.sandbox.server import Sandbox
from bot.storage.database import Database
from models.rules.rules import Rules
from tests.bot.updates.reception import TOKEN, Reception


@pytest.fixture
def sandbox(clock: MovableClock) -> Sandbox:
    return Sandbox(token=TOKEN, bot_username="disposisi_demo_bot", clock=clock.now, limits=Limits.off())


@pytest.fixture
async def reception(
    sandbox: Sandbox, database: Database, rules: Rules, clock: MovableClock
) -> AsyncIterator[Reception]:
    async with sandbox.serve() as address:
        reception = Reception(database, rules, clock, address)
        async with reception.application:
            reception.begin()
            yield reception
            await reception.stop()
            for gate in reception.gates.values():
                gate.set()
            await reception.intake.close()
