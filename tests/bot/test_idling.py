"""What a process asks of PostgreSQL while nothing happens, counted: what each part asks in a round, and how often."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from types import MethodType
from typing import Any

import psycopg
import pytest
from sqlalchemy import Engine, event

from bot import leadership, pruning
from bot.application import Program
from bot.chaser import Chaser
from bot.clock import MovableClock
from bot.freshener import Freshener
from bot.leadership import Leadership
from bot.loop.lookout import Lookout
from bot.notices.pace import Rates
from bot.pruning import Pruning
from bot.replicas import presence
from bot.replicas.presence import AmongOthers
from bot.sandbox.flood import Limits
from bot.sandbox.server import Sandbox
from bot.sealing import sealer
from bot.sealing.sealer import Sealer
from bot.settings import Settings
from bot.updates.polling import Polling

pytestmark = pytest.mark.databases("postgresql")

TOKEN = "123456:a-token-of-thirty-characters-or-more"
SHOWN_EVERY = presence.SHOWN_EVERY.total_seconds()
PATIENCE = 20


class Transactions:
    """Counts the transactions that this process begins, beside those of the session that shows its presence."""

    def __init__(self) -> None:
        self.count = 0

    def note(self, *_: object) -> None:
        self.count += 1


@contextmanager
def counted() -> Iterator[Transactions]:
    begun = Transactions()
    event.listen(Engine, "begin", begun.note)
    try:
        yield begun
    finally:
        event.remove(Engine, "begin", begun.note)


async def in_a_round(bot: Program, part: object) -> tuple[int, float]:
    """Let a part do what it does when nothing is to be done; returns its transactions, and the seconds between two."""
    with counted() as begun:
        match part:
            case Polling():
                return 0, PATIENCE
            case Leadership():
                await bot.database.transact(part.renew)
                return begun.count, leadership.RENEWED_EVERY.total_seconds()
            case Sealer():
                await part.look()
                begun.count = 0
                await part.look()
                return begun.count, sealer.LOOKED_EVERY.total_seconds()
            case Pruning():
                for prune in part._prunes:
                    await part._complete(prune)
                return begun.count, pruning.PRUNED_EVERY.total_seconds()
            case Chaser():
                # The audit comes with each of its looks without a reason.
                part._audited = None
            case Freshener():
                # It rests for seconds of the program's clock, which stands still here.
                part._looked = None
        # A part without a lookout has its case above.
        lookout: Lookout = vars(part)["_lookout"]
        lookout.nudge()
        await bot.quiet()
        return begun.count, lookout._every.total_seconds()


async def shown_in_a_round(monkeypatch: pytest.MonkeyPatch) -> int:
    """Return how many statements the session that shows the presence runs from one rest to the next."""
    execute, rest, run, rests = psycopg.AsyncConnection.execute, AmongOthers._rest, list[object](), list[int]()
    rested = asyncio.Event()

    async def counting(connection: psycopg.AsyncConnection[Any], *given: Any, **named: Any) -> object:
        run.append(given)
        return await execute(connection, *given, **named)

    async def resting(process: AmongOthers, connection: psycopg.AsyncConnection[Any]) -> None:
        rests.append(len(run))
        if len(rests) > 2:
            rested.set()
        await rest(process, connection)

    with monkeypatch.context() as watched:
        watched.setattr(psycopg.AsyncConnection, "execute", counting)
        watched.setattr(AmongOthers, "_rest", resting)
        async with asyncio.timeout(PATIENCE):
            await rested.wait()
    return rests[2] - rests[1]


async def test_an_idle_process_asks_less_than_once_a_second(
    clock: MovableClock, migrated_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(presence, "SHOWN_EVERY", timedelta(milliseconds=20))
    sandbox = Sandbox(token=TOKEN, bot_username="disposisi_demo_bot", clock=clock.now, limits=Limits.off())
    async with sandbox.serve() as address:
        settings = Settings.load(
            None, telegram_bot_token=TOKEN, telegram_base_url=address.url, database_url=migrated_url
        )
        async with Program(settings, clock=clock, rates=Rates.unbounded()) as bot:
            await bot.quiet()
            leading = [run.__self__ for run in bot.parts.leading if isinstance(run, MethodType)]
            assert len(leading) == len(bot.parts.leading)
            parts: list[object] = [bot.parts.intake, bot.parts.courier, *leading]
            rounds = {type(part).__name__: await in_a_round(bot, part) for part in parts}
            rounds["AmongOthers"] = (await shown_in_a_round(monkeypatch), SHOWN_EVERY)
    assert rounds["AmongOthers"][0] == 1
    assert all(count for name, (count, _) in rounds.items() if name != "Polling")
    asked = {name: count / seconds for name, (count, seconds) in rounds.items()}
    assert sum(asked.values()) < 1, "\n".join(f"{name}: {rate:.3f}" for name, rate in asked.items())
