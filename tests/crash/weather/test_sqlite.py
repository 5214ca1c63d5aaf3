"""The file is locked by another program, the disk is full: work waits, and goes on as if nothing had been."""

import asyncio
import logging
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path

import pytest

from bot.storage import sqlite
from tests.crash.weather.storm import hurried
from tests.crash.weather.town import Town, town


@pytest.fixture(autouse=True)
def _everything_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="bot")


pytestmark = pytest.mark.databases("sqlite")

PATIENCE = 60.0
LOCKED_SECONDS = 60.0
DISK = "16m"
"""The size of the disk that fills up: room for a few cases and SQLite's own log."""

_LOCKER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=30)
connection.execute("BEGIN IMMEDIATE")
print("locked", flush=True)
sys.stdin.read()
connection.execute("ROLLBACK")
"""


@asynccontextmanager
async def locked(path: Path) -> AsyncIterator[None]:
    """Let another process hold the lock of the database for as long as the block runs."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _LOCKER, str(path), stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    try:
        assert process.stdout is not None
        assert await process.stdout.readline() == b"locked\n"
        yield
    finally:
        await process.communicate(b"over")


async def until(condition: Callable[[], bool], why: str) -> None:
    """Wait for what only the log tells."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, why
        await asyncio.sleep(0.01)


def failures(caplog: pytest.LogCaptureFixture) -> int:
    """Return how often a part of the program has met the failing database. Only the lines for DEBUG tell each time."""
    return sum("the database is away" in record.getMessage() for record in caplog.records)


def people_go_on(place: Town) -> None:
    """Let everybody write and tap as if nothing were the matter."""
    for reporter in place.reporters:
        text = f"Laporan {len(place.reports) + 1} saat gangguan dari {reporter.name}"
        place.reports[text] = reporter.user_id
        reporter.says(text)
    place.act()


async def goes_on(place: Town, rounds: int | None = None) -> None:
    """Let everybody finish what they began, or go on for a while, and hold it against the promises."""
    await place.settle()
    for reporter in place.reporters:
        reporter.taps("Kirim")
    await place.settle()
    await place.go_on(rounds)
    place.check()


async def test_another_program_locks_the_database(
    migrated_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.05)
    with hurried(monkeypatch):
        async with town(migrated_url) as place:
            await place.report(*place.newcomers(2))
            async with locked(tmp_path / "record.db"):
                people_go_on(place)
                await until(lambda: failures(caplog) >= 5, "the program has not met the lock")
            await goes_on(place, rounds=2)


@pytest.mark.crash
@pytest.mark.timeout(600)
async def test_another_program_locks_the_database_for_a_minute(
    migrated_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with town(migrated_url) as place:
        await place.report(*place.newcomers(4))
        async with locked(tmp_path / "record.db"):
            people_go_on(place)
            await asyncio.sleep(LOCKED_SECONDS)
        assert failures(caplog) > 0
        await goes_on(place)


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """Give a folder on a disk of its own that is soon full. Skips the test where none may be mounted."""
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("a full disk is NOT TESTED: this user may not mount one")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@contextmanager
def filled(disk: Path) -> Iterator[None]:
    """Let there be no room on the disk while the block runs."""
    ballast = disk / "ballast"
    with suppress(OSError), ballast.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(4096))
    try:
        yield
    finally:
        ballast.unlink()


@pytest.mark.parametrize("times", [1, pytest.param(6, marks=[pytest.mark.crash, pytest.mark.timeout(600)])])
async def test_the_disk_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, times: int
) -> None:
    with small_disk(tmp_path / "disk") as disk, hurried(monkeypatch):
        async with town(f"sqlite:///{disk}/record.db") as place:
            place.newcomers(2)
            for _ in range(times):
                caplog.clear()
                # SQLite's log keeps the room it once had.
                place.tamper("PRAGMA wal_checkpoint(TRUNCATE)")
                with filled(disk):
                    people_go_on(place)
                    await until(lambda: failures(caplog) >= 3, "the program has met no full disk")
                await goes_on(place, rounds=2 if times == 1 else None)
