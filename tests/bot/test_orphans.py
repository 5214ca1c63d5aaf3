"""A demonstration that is killed leaves no bot behind, whatever that was doing."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE
from pathlib import Path

import pytest

BUSY = 60.0
"""Seconds that the start and the end of processes may take on a busy machine."""


@pytest.mark.timeout(200)
@pytest.mark.parametrize("moment", ["starting", "answering"])
async def test_a_bot_ends_when_the_demonstration_that_started_it_is_killed(tmp_path: Path, moment: str) -> None:
    parent = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.bot.orphaning", f"sqlite:///{tmp_path / 'demo.db'}", moment),
        stdout=PIPE,
        stderr=PIPE,
    )
    assert parent.stdout is not None
    assert parent.stderr is not None
    bot = int(await asyncio.wait_for(parent.stdout.readline(), BUSY))
    parent.kill()
    try:
        # Both write errors to the same pipe, which ends when neither is left.
        await asyncio.wait_for(parent.stderr.read(), BUSY)
    except TimeoutError:
        os.kill(bot, signal.SIGKILL)
        raise
    await parent.wait()
