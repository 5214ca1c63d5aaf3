"""Places for work, given to the most urgent."""

import asyncio

from bot.notices.places import Places

EQUAL = {"0": 1, "1": 1, "2": 1}


async def served(places: Places[str], waiting: str) -> str:
    """Return in which order the pieces of work are served that wait together, each named by its urgency."""
    order = list[str]()

    async def work(urgency: str) -> None:
        async with places.at(urgency):
            order.append(urgency)

    async with places.at("0"):
        tasks = [asyncio.create_task(work(urgency)) for urgency in waiting]
        await asyncio.sleep(0)
    await asyncio.gather(*tasks)
    return "".join(order)


async def test_while_all_wait_each_gets_its_share() -> None:
    order = await served(Places(1, {"0": 3, "1": 2, "2": 1}), "2" * 40 + "0" * 40 + "1" * 40)
    assert [order[:30].count(urgency) for urgency in "012"] == [15, 10, 5]
    assert order[0] == "0", "the most urgent comes first"


async def test_many_of_the_most_urgent_keep_no_other_away() -> None:
    assert "1" in (await served(Places(1, {"0": 12, "1": 8}), "0" * 1000 + "1"))[:4]


async def test_shares_cannot_be_saved_up() -> None:
    places = Places(1, {"0": 1, "1": 1})
    await served(places, "0" * 50)
    assert (await served(places, "1" * 10 + "0" * 10))[:6].count("0") == 3


async def test_the_most_urgent_comes_next_then_the_one_who_came_first() -> None:
    places, order = Places(1, EQUAL), list[str]()
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
    places, running, most = Places(3, EQUAL), 0, 0

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
    places = Places(1, EQUAL)

    async def work() -> None:
        async with places.at("1"):
            await asyncio.sleep(0)

    async with places.at("1"):
        called, behind = asyncio.create_task(work()), asyncio.create_task(work())
        await asyncio.sleep(0)
    called.cancel()
    await asyncio.wait({called})
    await asyncio.wait_for(behind, 1)
