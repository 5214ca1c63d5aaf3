"""What a bot costs that has nothing to do: its start, its memory, how often it wakes up, and how often it asks.

The bot is the one that ships, `disposisi run`, in a process of its own, with its web server, beside the stand-in.
"""

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import make_url, text

from bot.clock import Clock
from bot.sandbox.server import Sandbox
from tests.benchmarks.city import TOKEN, prepare
from tests.benchmarks.figures import Figure, Findings, share
from tests.parts import database_at

ROOT = Path(__file__).parents[2]

SETTLES = 15.0
"""Seconds after the start in which it prunes, sets menus and counts, before it is idle."""

_TICK = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")
_SERVES = b"@disposisi_bot serves"
_STARTED_WITHIN = 300.0

_START_TARGET, _MEMORY_TARGET, _TRANSACTIONS_TARGET = 1.0, 110, 1


@dataclass(frozen=True, slots=True)
class _Process:
    """A process by its number, as the kernel sees it."""

    pid: int

    @property
    def processor_seconds(self) -> float:
        """How long it has kept a processor busy so far."""
        fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICK

    @property
    def resident(self) -> float:
        """The memory it holds, in MB."""
        return int(Path(f"/proc/{self.pid}/statm").read_text(encoding="ascii").split()[1]) * _PAGE / 1e6

    @property
    def waits(self) -> int:
        """How often its threads have gone to sleep so far by themselves, also to wait for the disk or Python's lock."""
        found = Path(f"/proc/{self.pid}/task").glob("*/status")
        lines = (line for status in found for line in status.read_text(encoding="ascii").splitlines())
        return sum(int(line.split()[1]) for line in lines if line.startswith("voluntary_ctxt_switches"))


async def idle(folder: Path, database_url: str, findings: Findings, *, starts: int, seconds: float) -> None:
    """Start the bot so many times, and let the last one stand idle for so many seconds."""
    prepare(database_url, employees=0)
    sandbox = Sandbox(token=TOKEN, bot_username="disposisi_bot", clock=Clock().now)
    processor: list[float] = []
    async with sandbox.serve() as address:
        environment = {
            **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
            "PYTHONPATH": str(ROOT),
            "PYTHONPYCACHEPREFIX": str(folder / "compiled"),
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_BASE_URL": address.url,
            "DATABASE_URL": database_url,
            "HEALTH_LISTEN": "127.0.0.1:0",
        }
        # The first one compiles what later starts find compiled, as an installation does.
        for counts in (False, *[True] * starts):
            async with _bot(folder, environment) as bot:
                processor += [bot.processor_seconds] if counts else []
        said = f"{starts} starts, until it serves, of the processor"
        findings.add(Figure("idle", "a start, median", share(processor, 0.5), "s", said, _START_TARGET))
        async with _bot(folder, environment) as bot:
            await _stand(bot, database_url, findings, seconds=seconds)


async def _stand(bot: _Process, database_url: str, findings: Findings, *, seconds: float) -> None:
    """Let the bot come to rest, then look at it before and after so many seconds."""
    await asyncio.sleep(SETTLES)
    began, waits, processor = time.monotonic(), bot.waits, bot.processor_seconds
    asked = _transactions(database_url)
    await asyncio.sleep(seconds)
    took = time.monotonic() - began
    said = f"over {took:.0f} s, all its threads"
    findings.add(
        Figure("idle", "memory", bot.resident, "MB", "resident, once it is at rest", _MEMORY_TARGET),
        Figure("idle", "sleeps of threads", (bot.waits - waits) / took, "1/s", said),
        Figure("idle", "processor", 1000 * (bot.processor_seconds - processor) / took, "ms/s", said),
    )
    if asked is not None:
        # The server tells what a session did when the session has been quiet for a moment.
        after = _transactions(database_url) or 0
        rate = (after - asked - 1) / took
        findings.add(Figure("idle", "transactions", rate, "1/s", "by pg_stat_database", _TRANSACTIONS_TARGET))


def _transactions(database_url: str) -> int | None:
    """Return how many transactions the server has ended so far in this database; None for SQLite."""
    if make_url(database_url).get_backend_name() != "postgresql":
        return None
    ended = "SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = current_database()"
    with database_at(database_url) as database, database.engine.connect() as connection:
        return int(connection.execute(text(ended)).scalar_one())


@asynccontextmanager
async def _bot(folder: Path, environment: dict[str, str]) -> AsyncIterator[_Process]:
    """Run the bot; gives it once it serves. Raises `RuntimeError` with what it said if it does not."""
    log = folder / "idle.log"
    with log.open("wb") as said:
        running = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", cwd=folder, env=environment, stderr=said
        )
    try:
        async with asyncio.timeout(_STARTED_WITHIN):
            while _SERVES not in (told := await asyncio.to_thread(log.read_bytes)):
                if running.returncode is not None:
                    raise RuntimeError(f"the bot has ended\n{told.decode()}")
                await asyncio.sleep(0.02)
        yield _Process(running.pid)
    finally:
        if running.returncode is None:
            running.terminate()
        await running.wait()
