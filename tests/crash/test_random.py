"""`kill -9` every half to ten seconds while a whole office works: nothing is lost, nothing happens twice.

    CASES=5000 CRASH_SEED=7 pytest tests/crash/test_random.py -m crash -k sqlite

The kills come at the same moments for the same seed; what they hit depends on the machine.
"""

import asyncio
import os
import random
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from itertools import count

import pytest

from tests.crash import invariants, office_hours, record
from tests.crash.crowd import Crowd
from tests.crash.stage import MONDAY, Fresh, Nursery, Stage, stage
from tests.crash.upheaval import RESERVE, Upheaval

SEED = int(os.environ.get("CRASH_SEED", "20261123"))
CASES = int(os.environ.get("CASES", "300"))
REPORTERS = 12
PRAKOMS = 8

SOONEST, LATEST = 0.5, 10.0
"""Seconds between two kills."""

UPHEAVAL = 5.0, 30.0
"""Seconds between two of those who lose a phone or a post, at least and at most."""

LEAP = timedelta(minutes=26)
"""How far the clock leaps now and then, in office time: whoever has something on the desk is warned."""

_LEAPS = 0.2
_LAST_LEAP = MONDAY + timedelta(days=21)
_PUT_OFF = 6
"""How many kills a leap waits for, until what the one before made due was climbed: a life may be too short for that."""

_SLOW = timedelta(minutes=2)
"""How late a rung may be climbed, beside the leap that it fell into."""

PEOPLE = {
    "Kakanwil": "kakanwil",
    "Kadiv": "kadiv",
    "Kabag": "kabag-p2l",
    "Kasubbag": "kasubbag-humas",
    **{f"Prakom {number}": "jft-prakom" for number in range(1, PRAKOMS + 1)},
    **{f"{RESERVE} {number}": "" for number in (1, 2)},
    **{f"Pelapor {number}": "" for number in range(1, REPORTERS + 1)},
}


async def hailstorm(
    place: Stage, chance: random.Random, *, over: asyncio.Event, kills: int | None, latest: float
) -> None:
    """Kill the program again and again, so many times or until it is `over`, and let the clock leap."""
    put_off = 0
    for _ in count() if kills is None else range(kills):
        with suppress(TimeoutError):
            async with asyncio.timeout(chance.uniform(SOONEST, latest)):
                await over.wait()
                return
        await place.killed()
        if put_off or (chance.random() < _LEAPS and place.clock.now() < _LAST_LEAP):
            put_off += 1
            if put_off > _PUT_OFF or not record.due(place.url, place.clock.now()):
                put_off = 0
                await place.comes(office_hours.reached(place.clock.now(), LEAP.total_seconds()))


async def lived_through(
    nest: Nursery,
    url: str,
    *,
    cases: int,
    seed: int,
    kills: int | None = None,
    latest: float = LATEST,
    upheaval: tuple[float, float] = UPHEAVAL,
) -> str:
    """Let an office work on so many cases while the program is killed; returns the figures once all promises hold."""
    began = time.monotonic()
    async with stage(nest, url, frozen=False) as place:
        await place.starts()
        place.populate(PEOPLE, at=MONDAY - timedelta(days=30))
        crowd = Crowd(place, cases=cases, seed=seed)
        async with asyncio.TaskGroup() as group:
            over = asyncio.Event()
            turmoil = Upheaval(place, crowd, random.Random(f"{seed}/upheaval"))
            soonest, until = upheaval
            group.create_task(turmoil.goes_on(over=over, soonest=soonest, latest=until))
            group.create_task(hailstorm(place, random.Random(seed), over=over, kills=kills, latest=latest))
            await crowd.works()
            over.set()
        await place.settles()
        killed = len(place.deaths.boundaries)
        broken = invariants.check(
            invariants.Evidence(
                url,
                place.sandbox,
                at=place.clock.now(),
                reports=crowd.sent,
                kills=killed,
                grace=LEAP + _SLOW,
                lost=turmoil.lost,
            )
        )
        assert not broken, invariants.told(broken)
        kept = record.read(url)
        return (
            f"{len(kept.cases)} cases, {sum(map(len, kept.entries.values()))} entries, {len(place.sandbox.calls)} calls"
            f" and {len(kept.chases)} rungs over {killed} kills in {time.monotonic() - began:.0f} s;"
            f" {len(turmoil.lost)} phones lost, {turmoil.handed_over} posts handed over"
        )


async def test_an_office_works_while_the_program_is_killed(nest: Nursery, fresh: Fresh) -> None:
    with fresh() as url:
        await lived_through(nest, url, cases=3, seed=SEED, kills=4, latest=1.5, upheaval=(0.5, 2.0))


@pytest.mark.crash
@pytest.mark.timeout(0)
async def test_kill_after_kill(nest: Nursery, fresh: Fresh, record_property: Callable[[str, object], None]) -> None:
    with fresh() as url:
        try:
            figures = await lived_through(nest, url, cases=CASES, seed=SEED)
        except Exception as error:
            command = f"CASES={CASES} CRASH_SEED={SEED} pytest tests/crash/test_random.py -m crash"
            raise AssertionError(f"{error}\n\nrepeat with: {command}\n{nest.said[-4000:]}") from error
    record_property("crash", figures)
