"""One process per database."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.stopped import AlreadyRunning, DatabaseUnusable
from bot.storage.process_lock import ProcessLock

HOLDER = """
import sys, time
from pathlib import Path
from bot.storage.process_lock import ProcessLock
lock = ProcessLock(Path(sys.argv[1]))
lock.acquire()
print("held", flush=True)
sys.stdin.read()
"""


def test_a_second_one_is_refused_and_told_by_whom(tmp_path: Path) -> None:
    first, second = ProcessLock(tmp_path / "record.db"), ProcessLock(tmp_path / "record.db")
    first.acquire()
    with pytest.raises(AlreadyRunning, match=f"record.db is already served by process {os.getpid()}") as caught:
        second.acquire()
    assert caught.value.pid == os.getpid()
    first.release()
    second.acquire()
    second.release()


def test_another_database_is_another_lock(tmp_path: Path) -> None:
    first, second = ProcessLock(tmp_path / "record.db"), ProcessLock(tmp_path / "other.db")
    first.acquire()
    second.acquire()
    first.release()
    second.release()


def test_the_kernel_lets_go_when_a_process_is_killed(tmp_path: Path) -> None:
    database = tmp_path / "record.db"
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(database)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        lock = ProcessLock(database)
        with pytest.raises(AlreadyRunning) as caught:
            lock.acquire()
        assert caught.value.pid == holder.pid
        holder.send_signal(signal.SIGKILL)
        holder.wait()
        lock.acquire()
        lock.release()


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnusable, match="nowhere exists and may be written"):
        ProcessLock(tmp_path / "nowhere" / "record.db").acquire()
