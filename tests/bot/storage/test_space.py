"""A disk with no room for a record: what is said at the start, on a real one."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
TOKEN = "1234567890:AACommandLineHasNoSecretAtAll-0000000"
SIZE, BLOCK = 320, 4
"""Kilobytes of the disk, and of one of its blocks."""

pytestmark = pytest.mark.databases("sqlite")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own; needs the right to mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}k", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("this machine lets nobody mount a disk")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize("free", [0, 4, 16, 32, 128])
def test_a_full_disk_at_the_start_is_one_sentence(disk: Path, free: int) -> None:
    (disk / "filling").write_bytes(bytes((SIZE - free) * 1024))
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TELEGRAM_BOT_TOKEN": TOKEN}
    environment["DATABASE_URL"] = f"sqlite:///{disk}/record.db"
    command = [sys.executable, "-m", "bot", "run"]
    bot = subprocess.run(command, cwd=disk, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert bot.returncode == 1
    assert "Traceback" not in bot.stderr
    said = " ".join(bot.stderr.split())
    assert f"The disk that holds {disk}/record.db is full. Free some space and try again." in said
