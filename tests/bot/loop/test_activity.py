"""Knowing when nothing is left to do."""

import asyncio

from bot.loop.activity import Activity


async def test_it_is_still_once_all_that_began_has_ended() -> None:
    activity = Activity()
    await activity.still()

    activity.begin()
    with activity:
        waiting = asyncio.create_task(activity.still())
        await asyncio.sleep(0)
    assert not waiting.done()
    activity.end()
    await asyncio.wait_for(waiting, 1)


async def test_what_begins_before_the_waiter_looks_keeps_it_waiting() -> None:
    activity = Activity()
    activity.begin()
    waiting = asyncio.create_task(activity.still())
    await asyncio.sleep(0)
    activity.end()
    activity.begin()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert not waiting.done()
    activity.end()
    await asyncio.wait_for(waiting, 1)
