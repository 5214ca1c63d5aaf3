"""How long a case takes while accounts that nobody knows write without a pause.

The same cases are walked three times, each time on a record of its own: with no stranger, with a few of them, and with
very many. Telegram's limits are on, and the bot keeps its own rates.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import cycle
from pathlib import Path

from bot.sandbox.people import Person
from tests.benchmarks.city import City, city
from tests.benchmarks.crowd import Crowd
from tests.benchmarks.databases import Databases
from tests.benchmarks.figures import Figure, Findings, share

FEW, MANY = 45, 1_000

_EACH_SECOND = 45
"""How many messages the strangers write each second, all together: more than the bot sends."""

_FIRST_ACCOUNT = 900_000
_GLANCE = 0.3
_GROUP = "strangers who write without a pause"
_TARGET = 20


async def strangers(folder: Path, databases: Databases, findings: Findings, *, seed: int, cases: int) -> None:
    """Walk `cases` one after the other, beside no, few, and many strangers."""
    alone = await _walked(folder, databases, findings, seed=seed, cases=cases, number=0)
    findings.add(Figure(_GROUP, "none: a case through nine steps, median", alone, "s", f"{cases} cases"))
    for number in (FEW, MANY):
        beside = await _walked(folder, databases, findings, seed=seed, cases=cases, number=number)
        said = f"{_EACH_SECOND} messages a second, all strangers together"
        findings.add(
            Figure(_GROUP, f"{number:,}: a case through nine steps, median", beside, "s", said),
            Figure(_GROUP, f"{number:,}: longer than with none by", 100 * (beside / alone - 1), "%", said, _TARGET),
        )


async def _walked(
    folder: Path, databases: Databases, findings: Findings, *, seed: int, cases: int, number: int
) -> float:
    """Return the seconds that a case takes from its report to its end, the median of `cases`."""
    url, took = databases.make(f"strangers-{number}"), []
    async with city(folder, url, employees=cases, limits=True, paced=True) as place:
        crowd = Crowd(place, seed, glance=_GLANCE)
        with crowd.at_work():
            async with _strangers(place, number):
                for _ in range(cases):
                    began = time.monotonic()
                    crowd.report()
                    await crowd.all_finished(within=300)
                    took.append(time.monotonic() - began)
        if number:
            answered = place.count("SELECT count(*) FROM outbox WHERE chat_id >= :first", first=_FIRST_ACCOUNT)
            findings.add(Figure(_GROUP, f"{number:,}: answers that they are owed", answered, "", "since the start"))
    return share(took, 0.5)


@asynccontextmanager
async def _strangers(place: City, number: int) -> AsyncIterator[None]:
    """Let so many accounts write in turn while the block runs, and for a moment before."""
    crowd = [place.sandbox.person(_FIRST_ACCOUNT + one, f"Orang {one} Contoh", started=True) for one in range(number)]
    writing = asyncio.create_task(_write(crowd))
    try:
        await asyncio.sleep(3 if number else 0)
        yield
    finally:
        writing.cancel()
        await asyncio.wait({writing})


async def _write(crowd: list[Person]) -> None:
    for one in cycle(crowd):
        one.says("Halo, saya mau lapor.")
        await asyncio.sleep(1 / _EACH_SECOND)
