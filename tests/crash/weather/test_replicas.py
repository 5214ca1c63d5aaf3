"""Three processes on one PostgreSQL: one is killed, one is stopped until the others count it out, and goes on.

Nothing is lost or done twice, nothing stale is written, and what a chat says stays in its order.
"""

import asyncio
import signal
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from bot.clock import MovableClock
from bot.replicas.presence import ABSENT_AFTER
from tests.crash.stage import Nursery, Process
from tests.crash.weather.town import MONDAY, TOKEN, Town, town

pytestmark = pytest.mark.databases("postgresql")

PATIENCE = 180.0
GRACE = timedelta(minutes=2)
_GLANCE = 0.05
_LEFT = (
    "SELECT (SELECT count(*) FROM inbox WHERE state = 'waiting') + (SELECT count(*) FROM outbox WHERE state = 'owed')"
    " + (SELECT count(*) FROM leases WHERE holder IS NOT NULL)"
)
"""Updates that wait, notices that are owed, chats that somebody is at."""


class Fleet:
    """The processes that serve a town. The first one begins to lead, because nobody else is there."""

    def __init__(self, place: Town, nest: Nursery) -> None:
        self._place = place
        self._nest = nest
        self.processes: list[Process] = []

    async def starts(self, count: int) -> None:
        """Start so many processes, one after the other."""
        for _ in range(count):
            settings = self._place.settings
            order: dict[str, object] = {
                "fatal": None,
                "now": self._place.clock.now().isoformat(),
                "frozen": False,
                "sabotage": [],
                "settings": {
                    "telegram_bot_token": TOKEN,
                    "telegram_base_url": settings.telegram_base_url,
                    "database_url": settings.database_url,
                    "archive": settings.archive,
                },
            }
            process = Process(*self._nest.bear(order))
            self.processes.append(process)
            await process.begins()

    async def settles(self) -> None:
        """Wait until nothing is left to do, as far as the database shows."""
        deadline = time.monotonic() + PATIENCE
        calm = 0
        while calm < 3:
            assert time.monotonic() < deadline, self._nest.said[-4000:]
            await asyncio.sleep(_GLANCE)
            left = await asyncio.to_thread(self._place.count, _LEFT)
            calm = calm + 1 if left == 0 and not self._place.sandbox.world.updates.ids() else 0

    async def leaps(self, minutes: float) -> None:
        """Let office time pass, for all of them at once."""
        self._place.passes(minutes)
        to = self._place.clock.now().isoformat()
        await asyncio.gather(*(process.does("move", to=to) for process in self.processes))
        # The rungs are climbed by whoever leads, which nothing from outside can tell the end of.
        await asyncio.gather(*(process.does("settle") for process in self.processes))
        await self._place.settle()

    async def loses(self, process: Process) -> None:
        """Kill one of them."""
        process.send(signal.SIGKILL)
        await process.gone()
        self.processes.remove(process)


@asynccontextmanager
async def served(url: str, nest: Nursery, *, seed: int, count: int = 3) -> AsyncIterator[tuple[Town, Fleet]]:
    """Open a town that is served by so many processes."""
    async with town(url, seed=seed, prakoms=4, clock=MovableClock(MONDAY), running=False) as place:
        fleet = Fleet(place, nest)
        place.settling = fleet.settles
        try:
            await fleet.starts(count)
            yield place, fleet
        finally:
            for process in list(fleet.processes):
                process.send(signal.SIGCONT)
                await fleet.loses(process)


def tells(place: Town, words: int) -> str:
    """Let the first reporter write so many messages in one breath; returns what must become of them."""
    teller = place.reporters[0]
    for number in range(words):
        teller.says(f"kalimat {number}")
    return "\n".join(f"kalimat {number}" for number in range(words))


async def reported_in_order(place: Town, text: str) -> None:
    teller = place.reporters[0]
    await place.settle()
    teller.taps("Kirim")
    place.reports[text] = teller.user_id
    await place.settle()
    assert text in {case["text"] for case in place.kept().cases}


@asynccontextmanager
async def bustling(place: Town) -> AsyncIterator[None]:
    """Let people act on what they see, again and again, for as long as the block runs."""
    over = asyncio.Event()

    async def act() -> None:
        while not over.is_set():
            place.act()
            await asyncio.sleep(0.5)

    acting = asyncio.create_task(act())
    try:
        yield
    finally:
        over.set()
        await acting


async def one_is_killed(
    url: str, nest: Nursery, *, leader: bool, cases: int, seed: int, rounds: int | None = None
) -> None:
    """Kill one of three in the middle of it. The cases go on to their end, or only for so many rounds."""
    async with served(url, nest, seed=seed) as (place, fleet):
        await place.report(*place.newcomers(cases))
        text = tells(place, 10)
        place.act()
        await fleet.loses(fleet.processes[0] if leader else fleet.processes[1])
        await reported_in_order(place, text)
        await fleet.leaps(26)
        await place.go_on(rounds)
        place.check(place.evidence(grace=GRACE))


@pytest.mark.parametrize(
    "leader",
    [pytest.param(True, id="the leader"), pytest.param(False, id="another", marks=pytest.mark.crash)],
)
async def test_one_of_three_is_killed(migrated_url: str, nest: Nursery, *, leader: bool) -> None:
    await one_is_killed(migrated_url, nest, leader=leader, cases=1, seed=20261123, rounds=2)


@pytest.mark.crash
@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", [1, 2])
async def test_one_of_three_is_killed_among_many_cases(migrated_url: str, nest: Nursery, seed: int) -> None:
    await one_is_killed(migrated_url, nest, leader=seed == 1, cases=10, seed=seed)


@pytest.mark.crash
@pytest.mark.timeout(600)
@pytest.mark.parametrize("leader", [True, False], ids=["the leader", "another"])
@pytest.mark.parametrize("seed", [1, 2])
async def test_one_of_three_is_stopped_past_its_leases_and_goes_on(
    migrated_url: str, nest: Nursery, seed: int, *, leader: bool
) -> None:
    async with served(migrated_url, nest, seed=seed) as (place, fleet):
        await place.report(*place.newcomers(8))
        stopped = fleet.processes[0] if leader else fleet.processes[1]
        text = tells(place, 20)
        place.act()
        await asyncio.sleep(place.chance.uniform(0.05, 0.5))
        stopped.send(signal.SIGSTOP)
        async with bustling(place):
            await asyncio.sleep(ABSENT_AFTER.total_seconds() + 4)
        await reported_in_order(place, text)
        before = place.kept()

        stopped.send(signal.SIGCONT)
        await stopped.does("settle")
        await place.settle()
        after = place.kept()
        assert [(task["id"], task["version"], task["outcome"]) for task in after.tasks] == [
            (task["id"], task["version"], task["outcome"]) for task in before.tasks
        ], "what it was about to write is out of date"
        place.check(place.evidence(grace=GRACE))

        await fleet.leaps(26)
        await fleet.loses(next(process for process in fleet.processes if process is not stopped))
        await place.work()
        place.check(place.evidence(grace=GRACE))
