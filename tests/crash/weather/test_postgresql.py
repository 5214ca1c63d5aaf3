"""The database server restarts, dies and is replaced, and answers to commits are lost; the program finds its way."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest

from tests.crash.weather.cutter import Cutter
from tests.crash.weather.storm import hurried
from tests.crash.weather.town import Town, town
from tests.postgresql.server import Ending, Server


@asynccontextmanager
async def crowded(place: Town) -> AsyncIterator[None]:
    """Let people go on working for as long as the block runs, whatever becomes of what they do."""
    over = asyncio.Event()

    async def bustle() -> None:
        while not over.is_set():
            place.act()
            with suppress(TimeoutError):
                async with asyncio.timeout(0.5):
                    await place.settle()

    working = asyncio.create_task(bustle())
    try:
        yield
    finally:
        over.set()
        await working


async def finished(place: Town) -> None:
    """Let everything come to its end, and hold it against the promises."""
    await place.settle()
    await place.work()
    place.check()


async def restarts(server: Server, monkeypatch: pytest.MonkeyPatch, *, times: int, cases: int, seed: int) -> None:
    with hurried(monkeypatch):
        async with town(server.url(), seed=seed, prakoms=4) as place:
            await place.report(*place.newcomers(cases))
            async with crowded(place):
                for _ in range(times):
                    how = place.chance.choice([Ending.FAST, Ending.IMMEDIATE])
                    await asyncio.sleep(place.chance.uniform(0.3, 1.0))
                    await asyncio.to_thread(server.restart, how)
            await finished(place)


async def test_the_server_restarts_while_people_work(
    postgresql_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    await restarts(postgresql_server, monkeypatch, times=2, cases=2, seed=20261123)


@pytest.mark.crash
@pytest.mark.timeout(900)
@pytest.mark.parametrize("seed", [1, 2])
async def test_the_server_restarts_again_and_again_while_people_work(
    postgresql_server: Server, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    await restarts(postgresql_server, monkeypatch, times=15, cases=20, seed=seed)


async def unheard(server: Server, monkeypatch: pytest.MonkeyPatch, *, cases: int, seed: int, rate: float = 0.1) -> None:
    """Let one commit in ten break its connection, and half of them succeed all the same."""
    with hurried(monkeypatch), Cutter(server.folder / ".s.PGSQL.5432", seed=seed) as wire:
        url = f"postgresql+psycopg://postgres@127.0.0.1:{wire.port}/postgres"
        async with town(url, seed=seed, prakoms=4) as place:
            people = place.newcomers(cases)
            wire.rate = rate
            await place.report(*people)
            await place.work()
            wire.rate = 0.0
            await finished(place)
        assert wire.committed > 0, f"seed {seed}"
        assert wire.lost > 0, f"seed {seed}"


async def test_answers_to_commits_are_lost(postgresql_server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    await unheard(postgresql_server, monkeypatch, cases=2, seed=20261123)


@pytest.mark.crash
@pytest.mark.timeout(900)
@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_answers_to_many_commits_are_lost(
    postgresql_server: Server, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    await unheard(postgresql_server, monkeypatch, cases=15, seed=seed)


async def replaced(primary: Server, monkeypatch: pytest.MonkeyPatch, *, cases: int, seed: int) -> None:
    """Kill the primary under load, make its standby the primary, and go on there."""
    standby = await asyncio.to_thread(primary.standby)
    with standby, hurried(monkeypatch):
        hosts = f"host={primary.folder}&host={standby.folder}"
        url = f"postgresql+psycopg://postgres@/postgres?{hosts}&target_session_attrs=read-write"
        async with town(url, seed=seed, prakoms=4) as place:
            await place.report(*place.newcomers(cases))
            async with crowded(place):
                await asyncio.sleep(place.chance.uniform(0.3, 1.0))
                await asyncio.to_thread(primary.kill)
                await asyncio.to_thread(standby.promote)
            await finished(place)
            assert standby.is_primary


@pytest.mark.parametrize(
    ("cases", "seed"),
    [(2, 20261123), *(pytest.param(10, seed, marks=[pytest.mark.crash, pytest.mark.timeout(900)]) for seed in (1, 2))],
)
async def test_the_primary_dies_and_its_standby_takes_over(
    postgresql_server: Server, monkeypatch: pytest.MonkeyPatch, cases: int, seed: int
) -> None:
    await replaced(postgresql_server, monkeypatch, cases=cases, seed=seed)
