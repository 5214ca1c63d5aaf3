"""A lookout looks when it is nudged, at the latest after a while, and leaves no work under way behind it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from bot.loop.activity import Activity
from bot.loop.lookout import Lookout

SELDOM = timedelta(hours=1)


def lookout(look: Callable[[], Awaitable[None]], activity: Activity) -> Lookout:
    return Lookout(look, every=SELDOM, activity=activity, failing="it could not be looked")


@asynccontextmanager
async def running(found: Lookout) -> AsyncIterator[None]:
    task = asyncio.create_task(found.run())
    await asyncio.sleep(0)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait({task})


async def test_it_looks_at_once_and_whenever_it_is_nudged() -> None:
    looks, activity = list[int](), Activity()

    async def look() -> None:
        looks.append(len(looks))

    found = lookout(look, activity)
    async with running(found):
        await activity.still()
        assert looks == [0]
        found.nudge()
        found.nudge()
        await activity.still()
        assert looks == [0, 1]


async def test_without_a_reason_it_looks_after_a_while() -> None:
    looked, activity, unasked = asyncio.Event(), Activity(), list[bool]()

    async def look() -> None:
        if unasked:
            looked.set()

    every = timedelta(milliseconds=1)
    found = Lookout(look, every=every, activity=activity, failing="", unasked=lambda: unasked.append(True))
    async with running(found):
        await looked.wait()


async def test_a_look_that_fails_is_logged_and_made_up_for(caplog: pytest.LogCaptureFixture) -> None:
    faults, looks, activity = [LookupError("on purpose")], list[str](), Activity()

    async def look() -> None:
        if faults:
            raise faults.pop()
        looks.append("looked")

    found = lookout(look, activity)
    async with running(found):
        await activity.still()
        assert [one.getMessage() for one in caplog.records] == ["it could not be looked"]
        found.nudge()
        await activity.still()
        assert looks == ["looked"]


async def test_a_look_that_fails_is_tried_again_soon_although_nobody_asks_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    pauses, faults, looked = list[int](), [LookupError("once"), LookupError("twice")], asyncio.Event()

    def no_pause(failures: int, *, longest: float) -> float:
        assert longest == SELDOM.total_seconds()
        pauses.append(failures)
        return 0

    async def look() -> None:
        if faults:
            raise faults.pop()
        looked.set()

    monkeypatch.setattr("bot.loop.lookout.backoff", no_pause)
    async with running(lookout(look, Activity())):
        async with asyncio.timeout(5):
            await looked.wait()
    assert pauses == [1, 2]
    assert len(caplog.records) == 2


async def test_what_was_asked_while_another_process_does_it_is_no_work_under_way() -> None:
    activity = Activity()

    async def look() -> None:
        pytest.fail("nobody runs it")

    lookout(look, activity).nudge_running()
    await asyncio.wait_for(activity.still(), 5)


async def test_what_was_asked_when_it_ends_is_no_work_under_way_any_more() -> None:
    activity, begun, goes_on = Activity(), asyncio.Event(), asyncio.Event()

    async def look() -> None:
        begun.set()
        await goes_on.wait()

    found = lookout(look, activity)
    async with running(found):
        await begun.wait()
        found.nudge_running()
    await asyncio.wait_for(activity.still(), 5)
