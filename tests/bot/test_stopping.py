"""How the real process ends, whatever hangs: with code 0 when it was asked to end, with code 1 after a failure.

systemd starts it again after a failure only.
"""

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from bot.sandbox.faults import EVERY_METHOD, Fault, Trouble
from bot.sandbox.server import Sandbox
from tests.postgresql.server import Server

TOKEN = "1234567890:AAStoppingHasNoSecretsAtAll-0000000"
ROOT = Path(__file__).parents[2]

_RUN = """
from datetime import timedelta
from bot import application
application.FINISHING, application.LATEST = (timedelta(seconds=float(one)) for one in sys.argv[1:])
from bot.cli.main import main
main(["run"])
"""

_WITHOUT_NAMES = """
import socket, threading
def hang(*_, **__):
    print("asked for a name", file=sys.stderr, flush=True)
    threading.Event().wait()
socket.getaddrinfo = hang
"""

_PART_FAILS = """
from bot.pruning import Pruning
async def fail(self):
    raise ValueError(" ".join(("words", "of", "a", "person")))
Pruning.run = fail
"""

_START_FAILS = """
from bot.replicas.presence import Alone
from bot.stopped import DatabaseUnusable
async def refuse(self):
    raise DatabaseUnusable("the database has gone away")
Alone.start = refuse
"""

_CLOSING_HANGS = """
import threading
from bot.storage.database import Database
Database.close = lambda self: threading.Event().wait()
"""

_THREAD_HANGS = """
import asyncio, threading
from bot.updates.intake import Intake
async def leave_a_thread(self):
    asyncio.get_running_loop().run_in_executor(None, threading.Event().wait)
Intake.close = leave_a_thread
"""

BROKEN_OFF = "is broken off and taken up at the next start"
LEFT = "does not come to an end and is left as it is"

PATIENCE = 60.0
"""Seconds within which a process has long ended if it ends at all."""

TURN = 8.0
"""Seconds: less than PostgreSQL lets one wait for a lock, more than a process needs to end."""


class Bot:
    """The shipped program as a process of its own, with fewer seconds for ending than the eight and ten it has."""

    def __init__(
        self, folder: Path, telegram: str, database: str, *, latest: float = PATIENCE, before: str = ""
    ) -> None:
        self._log = folder / "log"
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_BASE_URL": telegram,
            "DATABASE_URL": database,
        }
        with self._log.open("wb") as log:
            command = [sys.executable, "-c", f"import sys\n{before}\n{_RUN}", "0.5", str(latest)]
            self.process = subprocess.Popen(command, cwd=folder, env=environment, stderr=log)

    async def ends(self, *, times: int = 1) -> None:
        """Ask the process to end, `times` over, and wait. It must end with 0."""
        for _ in range(times):
            self.process.send_signal(signal.SIGTERM)
        assert await asyncio.to_thread(self.process.wait, PATIENCE) == 0, self.said
        assert "Traceback" not in self.said, self.said

    async def fails(self) -> None:
        """Wait until the process ends by itself. It must end with 1."""
        assert await asyncio.to_thread(self.process.wait, PATIENCE) == 1, self.said

    @property
    def said(self) -> str:
        return self._log.read_text(encoding="utf-8")


@pytest.fixture
def sandbox() -> Sandbox:
    return Sandbox(token=TOKEN, bot_username="disposisi_bot", clock=lambda: datetime(2026, 11, 23, tzinfo=UTC))


@asynccontextmanager
async def running(
    folder: Path, sandbox: Sandbox, database: str, *, latest: float = PATIENCE, before: str = ""
) -> AsyncIterator[Bot]:
    """Start the program against the stand-in."""
    async with sandbox.serve() as address:
        bot = Bot(folder, address.url, database, latest=latest, before=before)
        try:
            yield bot
        finally:
            bot.process.kill()
            bot.process.wait()


async def serves(bot: Bot) -> None:
    """Wait until the program asks for updates."""
    await until(lambda: "serves" in bot.said, bot)


async def until(condition: Callable[[], bool], bot: Bot) -> None:
    """Wait for the process, which can only be looked at."""
    for _ in range(2000):
        if condition():
            return
        await asyncio.sleep(0.02)
    raise AssertionError(bot.said)


def tried(sandbox: Sandbox) -> bool:
    return any(call.method == "sendMessage" for call in sandbox.calls)


async def test_at_rest_it_ends_at_once(sandbox: Sandbox, migrated_url: str, tmp_path: Path) -> None:
    async with running(tmp_path, sandbox, migrated_url) as bot:
        await serves(bot)
        await bot.ends()
    assert BROKEN_OFF not in bot.said


async def test_a_call_that_hangs_is_broken_off_and_made_again_at_the_next_start(
    sandbox: Sandbox, migrated_url: str, tmp_path: Path
) -> None:
    budi = sandbox.person(7001, "Budi", started=True)
    sandbox.faults.next("sendMessage", Fault(Trouble.HANG))
    budi.says("/start")
    async with running(tmp_path, sandbox, migrated_url) as bot:
        await sandbox.until(lambda: tried(sandbox), within=PATIENCE)
        await bot.ends(times=2)
        assert BROKEN_OFF in bot.said
        assert LEFT not in bot.said
        assert not budi.received
    async with running(tmp_path, sandbox, migrated_url) as bot:
        await until(lambda: bool(budi.received), bot)
        await bot.ends()


@pytest.mark.databases("sqlite")
async def test_a_network_that_is_stuck_altogether_does_not_hold_it(
    sandbox: Sandbox, migrated_url: str, tmp_path: Path
) -> None:
    budi = sandbox.person(7001, "Budi", started=True)
    async with running(tmp_path, sandbox, migrated_url) as bot:
        await serves(bot)
        sandbox.faults.sometimes(EVERY_METHOD, Fault(Trouble.HANG), rate=1.0)
        budi.says("/start")
        await sandbox.until(lambda: any(call.error for call in sandbox.calls), within=PATIENCE)
        await bot.ends(times=2)
        assert LEFT not in bot.said


@pytest.mark.databases("sqlite")
async def test_asked_to_end_before_it_has_reached_telegram_it_ends(
    sandbox: Sandbox, migrated_url: str, tmp_path: Path
) -> None:
    sandbox.faults.sometimes(EVERY_METHOD, Fault(Trouble.HANG), rate=1.0)
    async with running(tmp_path, sandbox, migrated_url) as bot:
        await sandbox.until(lambda: bool(sandbox.calls), within=PATIENCE)
        await bot.ends()
        assert LEFT not in bot.said


@pytest.mark.databases("sqlite")
async def test_a_database_that_another_program_has_locked_does_not_hold_it(
    sandbox: Sandbox, migrated_url: str, tmp_path: Path
) -> None:
    budi = sandbox.person(7001, "Budi", started=True)
    async with running(tmp_path, sandbox, migrated_url, latest=1) as bot:
        await serves(bot)
        with closing(sqlite3.connect(tmp_path / "record.db", isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            budi.says("/start")
            await bot.ends()
    assert sandbox.world.updates.ids(), "what could not be stored was not confirmed"
    async with running(tmp_path, sandbox, migrated_url) as bot:
        await until(lambda: bool(budi.received), bot)


async def test_a_server_that_does_not_answer_does_not_hold_it(
    sandbox: Sandbox, postgresql_server: Server, tmp_path: Path
) -> None:
    budi = sandbox.person(7001, "Budi", started=True)
    async with running(tmp_path, sandbox, postgresql_server.url(), latest=1) as bot:
        await serves(bot)
        postgresql_server.pause()
        budi.says("/start")
        await bot.ends()
        postgresql_server.resume()
    async with running(tmp_path, sandbox, postgresql_server.url()) as bot:
        await until(lambda: bool(budi.received), bot)


@pytest.mark.databases("postgresql")
async def test_a_database_that_makes_the_start_wait_does_not_hold_it(
    sandbox: Sandbox, migrated_url: str, tmp_path: Path
) -> None:
    with closing(psycopg.connect(migrated_url.replace("+psycopg", ""), autocommit=True)) as other, other.transaction():
        other.execute("LOCK TABLE posts IN ACCESS EXCLUSIVE MODE")
        async with running(tmp_path, sandbox, migrated_url, latest=1) as bot:
            waiting = "SELECT 1 FROM pg_locks WHERE relation = 'posts'::regclass AND NOT granted"
            await until(lambda: other.execute(waiting).fetchone() is not None, bot)
            began = time.monotonic()
            await bot.ends()
            assert time.monotonic() - began < TURN


@pytest.mark.databases("sqlite")
async def test_a_name_that_is_looked_up_for_ever_does_not_hold_it(migrated_url: str, tmp_path: Path) -> None:
    bot = Bot(tmp_path, "https://telegram.example", migrated_url, latest=1, before=_WITHOUT_NAMES)
    try:
        await until(lambda: "asked for a name" in bot.said, bot)
        began = time.monotonic()
        await bot.ends()
        assert time.monotonic() - began < TURN
    finally:
        bot.process.kill()
        bot.process.wait()


@pytest.mark.databases("sqlite")
@pytest.mark.parametrize("hanging", [_CLOSING_HANGS, _THREAD_HANGS, ""], ids=["closing", "thread", "nothing"])
@pytest.mark.parametrize(
    ("failing", "reason"),
    [(_PART_FAILS, "ValueError"), (_START_FAILS, "the database has gone away")],
    ids=["part", "start"],
)
async def test_after_a_failure_it_ends_with_1_and_says_why_whatever_hangs(
    sandbox: Sandbox, migrated_url: str, tmp_path: Path, failing: str, reason: str, hanging: str
) -> None:
    async with running(tmp_path, sandbox, migrated_url, latest=1, before=failing + hanging) as bot:
        await bot.fails()
        assert reason in bot.said
        assert "words of a person" not in bot.said


@pytest.mark.databases("sqlite")
@pytest.mark.parametrize("hanging", [_CLOSING_HANGS, _THREAD_HANGS], ids=["closing", "thread"])
async def test_asked_to_end_it_ends_with_0_although_closing_hangs(
    sandbox: Sandbox, migrated_url: str, tmp_path: Path, hanging: str
) -> None:
    async with running(tmp_path, sandbox, migrated_url, latest=1, before=hanging) as bot:
        await serves(bot)
        await bot.ends()
        assert LEFT in bot.said
