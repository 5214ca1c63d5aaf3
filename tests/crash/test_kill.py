"""`kill -9` in the middle of work, with a backlog of updates: nothing is lost, and nothing happens twice."""

import asyncio
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import migration
from bot.application import load_rules
from bot.database import Database
from bot.sandbox.flood import Limits
from bot.sandbox.people import Person
from bot.sandbox.server import Address, Sandbox
from bot.settings import Settings
from models import office, verification
from models.office import Post

TOKEN = "1234567890:AACrashTestsHaveNoSecretsAtAll-00000"
REPORTERS = 30
FIRST_REPORTER = 5100
SEED = 20261123
PATIENCE = 60.0
ROOT = Path(__file__).parents[2]


class Killable:
    """The shipped program as a process of its own, against the stand-in in this one."""

    def __init__(self, folder: Path, address: Address) -> None:
        self.database = folder / "crash.db"
        self._environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_BASE_URL": address.url,
            "DATABASE_URL": f"sqlite:///{self.database}",
            "LOG_LEVEL": "ERROR",
        }
        self._log = folder / "program.log"
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "bot", "run"], cwd=self._folder, env=self._environment, stdout=log, stderr=log
            )

    def kill(self) -> None:
        assert self._process is not None
        self._process.kill()
        assert self._process.wait() == -signal.SIGKILL, self.said

    def stop(self) -> None:
        assert self._process is not None
        self._process.terminate()
        assert self._process.wait(timeout=20) == 0, self.said

    @property
    def said(self) -> str:
        return self._log.read_text(encoding="utf-8")

    def count(self, statement: str) -> int:
        """Look into the database from outside, as another program would."""
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True, timeout=10)) as connection:
            return int(connection.execute(statement).fetchone()[0])

    @property
    def settled(self) -> bool:
        """Whether every update is handled and every reporter answered; Kakanwil's pile arrives at one card a second."""
        waiting = "SELECT count(*) FROM inbox WHERE state = 'waiting'"
        owed = "SELECT count(*) FROM outbox WHERE state = 'owed' AND chat_id >= 5100"
        return self.count(waiting) == 0 and self.count(owed) == 0


async def until(condition: Callable[[], bool], why: Callable[[], str]) -> None:
    """Wait for another process, which can only be looked at."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, why()
        await asyncio.sleep(0.02)


@asynccontextmanager
async def crowd(folder: Path) -> AsyncIterator[tuple[Sandbox, Killable, list[Person]]]:
    """An office with one official per post and a crowd of reporters, and the program not yet started."""
    sandbox = Sandbox(
        token=TOKEN, bot_username="disposisi_bot", clock=lambda: datetime(2026, 11, 23, tzinfo=UTC), limits=Limits.off()
    )
    async with sandbox.serve() as address:
        program = Killable(folder, address)
        settings = Settings.load(None, telegram_bot_token=TOKEN, database_url=f"sqlite:///{program.database}")
        yield sandbox, program, _populate(settings, sandbox)


def _populate(settings: Settings, sandbox: Sandbox) -> list[Person]:
    at = datetime(2026, 1, 5, tzinfo=UTC)
    rules = load_rules(settings)
    with Database(settings.database_url) as database:
        migration.upgrade(database.engine)
        with database.transaction() as session:
            for number, post in enumerate(rules.office.posts):
                holder = _pegawai(number, post.short, at)
                session.add(Post(code=post.code, title=post.title, short=post.short))
                session.add(office.Tenure.begin(holder, post.code, capacity=office.Capacity.DEFINITIVE, at=at))
                sandbox.person(holder.telegram_id or 0, holder.name, started=True)
            crowd_of = [
                _pegawai(FIRST_REPORTER - 5000 + number, f"Pelapor {number}", at) for number in range(REPORTERS)
            ]
            session.add_all(crowd_of)
    return [sandbox.person(one.telegram_id or 0, one.name, started=True) for one in crowd_of]


def _pegawai(number: int, name: str, at: datetime) -> office.Person:
    return office.Person(
        name=f"{name} Contoh",
        nip=f"1980010120050110{number:02d}"[:15] + f"{number:03d}",
        telegram_id=5000 + number,
        registered_at=at,
    )


@pytest.mark.crash
async def test_a_backlog_of_reports_survives_being_killed_again_and_again(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    async with crowd(tmp_path) as (sandbox, program, reporters):
        for reporter in reporters:
            reporter.says(f"Laporan dari {reporter.name}")
        program.start()
        for _ in range(3):
            await _makes_calls(sandbox, chance.randrange(3, 9))
            program.kill()
            program.start()
        await until(lambda: _all_have_a_draft(reporters) and program.settled, lambda: program.said)

        for reporter in reporters:
            reporter.taps("Kirim")
        for _ in range(3):
            await _makes_calls(sandbox, chance.randrange(3, 9))
            program.kill()
            program.start()
        await sandbox.drained(within=PATIENCE)
        await until(lambda: program.settled, lambda: program.said)
        program.stop()

        assert program.count("SELECT count(*) FROM cases") == REPORTERS
        assert program.count("SELECT count(DISTINCT reporter_id) FROM cases") == REPORTERS
        assert program.count("SELECT count(*) FROM tasks") == REPORTERS
        assert program.count("SELECT count(*) FROM inbox WHERE state != 'done'") == 0
        _nothing_came_twice(sandbox, program)
        with Database(f"sqlite:///{program.database}") as database, database.transaction() as session:
            assert verification.verify(session).holds
        assert "ERROR" not in program.said


async def _makes_calls(sandbox: Sandbox, some: int) -> None:
    """Wait until the program has called Telegram `some` more times."""
    enough = len(sandbox.calls) + some
    await sandbox.until(lambda: len(sandbox.calls) >= enough, within=PATIENCE, why="The program has stopped calling")


def _all_have_a_draft(reporters: list[Person]) -> bool:
    return all(reporter.sees("Kirim") for reporter in reporters)


def _nothing_came_twice(sandbox: Sandbox, program: Killable) -> None:
    """A message may come twice only where a send was under way when the program was killed."""
    sent = Counter(
        (person.user_id, message.words)
        for person in sandbox.people.values()
        for message in person.received
        if "SW-" in message.words
    )
    twins = sum(count - 1 for count in sent.values())
    retried = program.count("SELECT coalesce(sum(attempts - 1), 0) FROM outbox WHERE attempts > 1")
    assert twins <= retried
