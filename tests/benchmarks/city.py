"""A city to measure in: an office with its officials, thousands of employees, the stand-in, and the bot beside it."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import text

from bot.clock import Clock, MovableClock
from bot.rules import load_rules
from bot.sandbox.flood import Limits
from bot.sandbox.people import Person
from bot.sandbox.server import Sandbox
from bot.sandbox.updates import UpdateQueue, WaitingUpdate
from bot.settings import Settings
from bot.storage import migration
from bot.storage.database import Database
from models.office.person import Person as OfficePerson
from models.office.tenure import Capacity, Post, Tenure
from tests.benchmarks.bot_process import BotProcess, Usage
from tests.parts import database_at

TOKEN = "1234567890:AABenchmarksHaveNoSecretsAtAll-00000"
MONDAY = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
"""Senin, 23 November 2026, 08.00 WITA: eight hours of the office's day are still to come."""

HANDLERS = 6
"""How many hold the post that handles reports, unless told otherwise."""

FIRST_ACCOUNT = 7000
FIRST_EMPLOYEE = 10_000


class ObservedQueue(UpdateQueue):
    """Telegram's queue, noting for each press when it is handed out, and as which update."""

    def __init__(self, watched: UpdateQueue) -> None:
        super().__init__(watched._bell, watched.last_id + 1)
        self.handed_out: dict[str, float] = {}
        self.numbers: dict[str, int] = {}
        self.count = 0

    def pending(self, *, limit: int, allowed: list[str] | None, at: float) -> list[WaitingUpdate]:
        """Return the oldest unconfirmed updates, which are now on their way to the bot."""
        found = super().pending(limit=limit, allowed=allowed, at=at)
        now = time.monotonic()
        for update in found:
            if update.kind == "callback_query":
                self.handed_out.setdefault(update.payload["id"], now)
                self.numbers[update.payload["id"]] = update.update_id
        return found


@dataclass(slots=True)
class City:
    """Everything that takes part. `officials` are by post, in the order in which they were appointed."""

    sandbox: Sandbox
    clock: MovableClock
    queue: ObservedQueue
    database: Database
    officials: dict[str, list[Person]]
    employees: list[Person]
    bots: list[BotProcess]
    folder: Path

    def count(self, statement: str, **values: Any) -> int:
        """Look into the database from outside."""
        with self.database.store.reading.connect() as connection:
            return int(connection.execute(text(statement), values).scalar_one())

    async def settled(self) -> None:
        """Wait until every update is taken in and handled, and everything owed is sent."""
        await self.sandbox.drained(within=600)
        while True:
            for bot in self.bots:
                await bot.told({"quiet": True})
            waiting = self.count("SELECT count(*) FROM inbox WHERE state = 'waiting'")
            if not waiting and not self.count("SELECT count(*) FROM outbox WHERE state = 'owed'"):
                return
            await asyncio.sleep(0.1)

    async def leaps(self, span: timedelta) -> None:
        """Let the clocks of the stand-in and of the bots show a later time."""
        self.clock.advance(span)
        for bot in self.bots:
            await bot.told({"advance": span.total_seconds()})

    async def decided(self) -> dict[int, float]:
        """Return how many seconds the bots took to carry out each update so far and to commit it, by its number."""
        found: dict[int, float] = {}
        for bot in self.bots:
            answer = await bot.told({"decided": True})
            found |= {int(update_id): seconds for update_id, seconds in answer["decided"].items()}
        return found

    async def watched(self, ended: asyncio.Event) -> Usage:
        """Look at the bots each second until `ended`."""
        before = sum(bot.processor_seconds for bot in self.bots)
        memory = []
        while not ended.is_set():
            memory.append(sum(bot.resident for bot in self.bots))
            try:
                async with asyncio.timeout(1):
                    await ended.wait()
            except TimeoutError:
                continue
        return Usage(sum(bot.processor_seconds for bot in self.bots) - before, memory)


def officials_of(handlers: int) -> dict[str, list[str]]:
    """Return who holds which post of the packaged office."""
    return {
        "kakanwil": ["Karel Contoh"],
        "kadiv": ["Dina Contoh"],
        "kabag-p2l": ["Bram Contoh"],
        "kasubbag-humas": ["Sari Contoh"],
        "jft-prakom": [f"Prakom {number} Contoh" for number in range(1, handlers + 1)],
    }


def prepare(database_url: str, *, employees: int, handlers: int = HANDLERS) -> None:
    """Make the tables of an empty database, and appoint invented people."""
    rules = load_rules(Settings.load(None, telegram_bot_token=TOKEN, database_url=database_url))
    with database_at(database_url) as database:
        if migration.state(database.engine).is_current:
            return
        migration.upgrade(database.engine)
        at = MONDAY - timedelta(days=30)
        with database.transaction() as session:
            session.add_all(Post(code=one.code, title=one.title, short=one.short) for one in rules.office.posts)
            session.flush()
            account = FIRST_ACCOUNT
            for post, names in officials_of(handlers).items():
                for name in names:
                    account += 1
                    person = _person(name, account, at=at)
                    person.is_admin = post == "kasubbag-humas"
                    session.add(person)
                    session.add(Tenure.begin(person, post, capacity=Capacity.DEFINITIVE, at=at))
            session.add_all(
                _person(f"Pegawai {number} Contoh", FIRST_EMPLOYEE + number, at=at) for number in range(employees)
            )


def _person(name: str, account: int, *, at: datetime) -> OfficePerson:
    return OfficePerson(
        name=name,
        nip=f"19800101{account:010d}",
        account_id=account,
        unit="Subbagian Kepegawaian",
        registered_at=at,
    )


@asynccontextmanager
async def city(
    folder: Path,
    database_url: str,
    *,
    employees: int,
    handlers: int = HANDLERS,
    start: datetime = MONDAY,
    limits: bool = False,
    paced: bool = False,
    round_trip: timedelta = timedelta(),
    bots: int = 1,
    history: int = 0,
) -> AsyncIterator[City]:
    """Open the city: the stand-in in this process, each bot in one of its own.

    `limits` are Telegram's at the stand-in, `paced` the bot's own; both are off unless asked for. `history` is how
    many messages and updates the database may already know of.
    """
    prepare(database_url, employees=employees, handlers=handlers)
    clock = MovableClock(start)
    sandbox = Sandbox(
        token=TOKEN,
        bot_username="disposisi_bot",
        clock=clock.now,
        limits=Limits() if limits else Limits.off(),
    )
    sandbox.latency.round_trip = round_trip
    sandbox.continue_after(history)
    queue = sandbox.world.updates = ObservedQueue(sandbox.world.updates)
    officials: dict[str, list[Person]] = {}
    account = FIRST_ACCOUNT
    for post, names in officials_of(handlers).items():
        officials[post] = []
        for name in names:
            account += 1
            officials[post].append(sandbox.person(account, name, started=True))
    crowd = [
        sandbox.person(FIRST_EMPLOYEE + number, f"Pegawai {number} Contoh", started=True) for number in range(employees)
    ]
    async with sandbox.serve() as address:
        given = {
            "ahead": (clock.now() - Clock().now()).total_seconds(),
            "token": TOKEN,
            "telegram": address.url,
            "database": database_url,
            "paced": paced,
            "timed": bool(round_trip),
        }
        processes = [BotProcess(given, folder / f"bot-{number}.log") for number in range(1, bots + 1)]
        with database_at(database_url) as database:
            started: list[BotProcess] = []
            try:
                for one in processes:
                    await one.start()
                    started.append(one)
                yield City(sandbox, clock, queue, database, officials, crowd, started, folder)
            finally:
                for one in started:
                    await one.stop()
    complaints: Sequence[str] = sandbox.complaints
    assert not complaints, complaints[:5]
