"""Places for work, given to the most urgent."""

import asyncio

from bot.notices.places import Places


async def test_the_most_urgent_comes_next_then_the_one_who_came_first() -> None:
    places, order = Places(1), list[str]()
    goes_on = asyncio.Event()

    async def work(urgency: str, name: str) -> None:
        async with places.at(urgency):
            order.append(name)
            await goes_on.wait()

    names = [("2", "first"), ("2", "late"), ("1", "card"), ("2", "later"), ("0", "answer")]
    tasks = [asyncio.create_task(work(*one)) for one in names]
    await asyncio.sleep(0)
    assert order == ["first"]
    goes_on.set()
    await asyncio.gather(*tasks)
    assert order == ["first", "answer", "card", "late", "later"]


async def test_no_more_run_at_once_than_there_are_places() -> None:
    places, running, most = Places(3), 0, 0

    async def work() -> None:
        nonlocal running, most
        async with places.at("1"):
            running += 1
            most = max(most, running)
            await asyncio.sleep(0)
            running -= 1

    await asyncio.gather(*(work() for _ in range(20)))
    assert most == 3


async def test_one_who_gives_up_waiting_does_not_take_the_place_along() -> None:
    places = Places(1)

    async def work() -> None:
        async with places.at("1"):
            await asyncio.sleep(0)

    async with places.at("1"):
        called, behind = asyncio.create_task(work()), asyncio.create_task(work())
        await asyncio.sleep(0)
    called.cancel()
    await asyncio.wait({called})
    await asyncio.wait_for(behind, 1)
