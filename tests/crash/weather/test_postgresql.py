"""The database server restarts, dies and is replaced, and answers to commits are lost; the program finds its way."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest

from tests.crash.weather.cutter import Cutter
from tests.crash.weather.storm import hurried
from tests.crash.weather.town import Town, town
from tests.postgresql.server import Ending, Server

RATE = 0.1
"""How often a commit breaks its connection."""


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


async def goes_on(place: Town, rounds: int | None) -> None:
    """Let everything come to its end, or go on for a while, and hold it against the promises."""
    await place.settle()
    await place.go_on(rounds)
    await place.calms()
    place.check()


async def restarts(
    server: Server, monkeypatch: pytest.MonkeyPatch, *, times: int, cases: int, seed: int, rounds: int | None = None
) -> None:
    with hurried(monkeypatch):
        async with town(server.url(), seed=seed, prakoms=4) as place:
            await place.report(*place.newcomers(cases))
            async with crowded(place):
                for _ in range(times):
                    how = place.chance.choice([Ending.FAST, Ending.IMMEDIATE])
                    await asyncio.sleep(place.chance.uniform(0.3, 1.0))
                    await asyncio.to_thread(server.restart, how)
            await goes_on(place, rounds)


async def test_the_server_restarts_while_people_work(
    postgresql_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    await restarts(postgresql_server, monkeypatch, times=2, cases=1, seed=20261123, rounds=1)


@pytest.mark.crash
@pytest.mark.timeout(900)
@pytest.mark.parametrize("seed", [1, 2])
async def test_the_server_restarts_again_and_again_while_people_work(
    postgresql_server: Server, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    await restarts(postgresql_server, monkeypatch, times=12, cases=12, seed=seed)


async def unheard(
    server: Server, monkeypatch: pytest.MonkeyPatch, *, cases: int, seed: int, rounds: int | None = None
) -> None:
    """Let one commit in ten break its connection, and half of them succeed all the same."""
    with hurried(monkeypatch), Cutter(server.folder / ".s.PGSQL.5432", seed=seed) as wire:
        url = f"postgresql+psycopg://postgres@127.0.0.1:{wire.port}/postgres"
        async with town(url, seed=seed, prakoms=4) as place:
            people = place.newcomers(cases)
            wire.rate = RATE
            await place.report(*people)
            await place.go_on(rounds)
            wire.rate = 0.0
            await goes_on(place, rounds=1)
        assert wire.committed > 0, f"seed {seed}"
        assert wire.lost > 0, f"seed {seed}"


async def test_answers_to_commits_are_lost(postgresql_server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    await unheard(postgresql_server, monkeypatch, cases=2, seed=20261123, rounds=4)


@pytest.mark.crash
@pytest.mark.timeout(900)
@pytest.mark.parametrize("seed", [1, 2])
async def test_answers_to_many_commits_are_lost(
    postgresql_server: Server, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    await unheard(postgresql_server, monkeypatch, cases=10, seed=seed)


async def replaced(
    primary: Server, monkeypatch: pytest.MonkeyPatch, *, cases: int, seed: int, rounds: int | None
) -> None:
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
            await goes_on(place, rounds)
            assert standby.is_primary


@pytest.mark.parametrize(
    ("cases", "seed", "rounds"),
    [
        (1, 20261123, 1),
        *(pytest.param(10, seed, None, marks=[pytest.mark.crash, pytest.mark.timeout(900)]) for seed in (1, 2)),
    ],
)
async def test_the_primary_dies_and_its_standby_takes_over(
    postgresql_server: Server, monkeypatch: pytest.MonkeyPatch, cases: int, seed: int, rounds: int | None
) -> None:
    await replaced(postgresql_server, monkeypatch, cases=cases, seed=seed, rounds=rounds)
