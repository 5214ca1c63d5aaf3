"""A process whose event loop hangs ends itself; one that was stopped for a while, or is busy, does not."""

import asyncio
import subprocess
import sys
import threading
from datetime import timedelta

import pytest

from bot.loop import pulse
from bot.loop.ending import FAILURE
from bot.loop.pulse import Pulse

HANGING = """
import asyncio, logging, threading
from datetime import timedelta
from bot.loop import pulse
logging.basicConfig()
pulse.HANGS_AFTER, pulse.LOOKS_EVERY = 3, timedelta(milliseconds=10)

async def hang():
    asyncio.get_running_loop().create_task(pulse.Pulse().beat())
    await asyncio.sleep(0)
    threading.Event().wait()

asyncio.run(hang())
"""


def test_a_process_that_hangs_ends_and_says_where() -> None:
    ended = subprocess.run([sys.executable, "-c", HANGING], capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == FAILURE
    assert "the event loop hangs" in ended.stderr
    assert "in hang" in ended.stderr


async def test_a_loop_that_turns_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pulse, "LOOKS_EVERY", timedelta(milliseconds=1))
    ended = threading.Event()
    looks: list[bool] = []
    looked = asyncio.Event()
    loop = asyncio.get_running_loop()
    beating = Pulse(ends=ended.set)
    look = beating.look

    def noted() -> bool:
        looks.append(look())
        if len(looks) == 3 * pulse.HANGS_AFTER:
            loop.call_soon_threadsafe(looked.set)
        return looks[-1]

    monkeypatch.setattr(beating, "look", noted)
    task = asyncio.create_task(beating.beat())
    async with asyncio.timeout(30):
        await looked.wait()
    task.cancel()
    await asyncio.wait({task})
    assert not ended.is_set()
    assert not any(looks)


def test_looks_are_counted_and_not_the_time_that_a_stopped_process_missed() -> None:
    beating = Pulse()
    assert [beating.look() for _ in range(pulse.HANGS_AFTER)] == [False] * pulse.HANGS_AFTER
    assert beating.look()
