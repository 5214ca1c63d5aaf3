"""Waiting out a failure: longer each time, never too long, and never in the way of the end."""

import asyncio

import pytest

from bot.loop.pauses import Pauses, backoff


@pytest.mark.parametrize(("failures", "seconds"), [(1, 1), (2, 2), (5, 16), (6, 30), (100, 30)])
def test_each_wait_is_longer_up_to_a_limit(failures: int, seconds: float) -> None:
    assert backoff(failures, longest=30) == seconds


def test_an_outage_of_many_hours_can_be_counted() -> None:
    assert backoff(1_000_000, longest=30) == 30


async def test_a_wait_that_is_broken_off_ends_its_task_and_no_other() -> None:
    pauses, finished = Pauses(), list[str]()

    async def waits() -> None:
        await pauses.wait(3600)

    async def works() -> None:
        await asyncio.sleep(0)
        finished.append("work")

    waiting, working = asyncio.create_task(waits()), asyncio.create_task(works())
    await asyncio.sleep(0)
    pauses.break_off()
    await asyncio.wait({waiting, working})
    assert waiting.cancelled()
    assert finished == ["work"]


async def test_whoever_comes_to_wait_after_that_does_not_wait() -> None:
    pauses = Pauses()
    pauses.break_off()

    async def waits() -> None:
        await pauses.wait(3600)

    async with asyncio.timeout(5):
        waiting = asyncio.create_task(waits())
        await asyncio.wait({waiting})
    assert waiting.cancelled()
