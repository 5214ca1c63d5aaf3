"""How many updates are handled a second, and what memory does meanwhile."""

import asyncio
import time
from dataclasses import dataclass

from tests.benchmarks.bot_process import Usage
from tests.benchmarks.city import City
from tests.benchmarks.crowd import Crowd
from tests.benchmarks.figures import Figure, Findings, share
from tests.benchmarks.trips import empty_call

_EMPTY_TAPS = 40
"""Taps of the empty bot, before and after: what the machine does meanwhile changes by the minute."""

_GRACE = 600.0
_FEWEST_SECONDS = 16


@dataclass(frozen=True, slots=True)
class Amount:
    """How much is measured: for so many `seconds`, `at_once` cases are under way; those are then walked to their end.

    With two dozen at once the bot never waits for people; with a few, a busy machine comes to the end as well.
    """

    seconds: float
    at_once: int


@dataclass(frozen=True, slots=True)
class Handled:
    """What was done in how many seconds, and what it took."""

    seconds: float
    updates: int
    cases: int
    calls: int
    usage: Usage

    @property
    def milliseconds(self) -> float:
        """Processor time for each update."""
        return 1000 * self.usage.processor_seconds / self.updates


async def handle(city: City, amount: Amount, *, seed: int) -> Handled:
    """Let people report and officials decide as fast as the bot serves them.

    An update counts once it is marked as done in the database. The time runs from the first report to the last mark.
    It begins when the bot has nothing left to do of its start, as setting the menu of everybody's chat.
    """
    await city.settled()
    crowd = Crowd(city, seed)
    done = "SELECT count(*) FROM inbox WHERE state = 'done'"
    before, calls_before = city.count(done), len(city.sandbox.calls)
    ended = asyncio.Event()
    watching = asyncio.create_task(city.watched(ended))
    began = time.monotonic()
    with crowd.at_work():
        await crowd.keep_open(amount.at_once, seconds=amount.seconds)
        await crowd.all_finished(within=_GRACE)
        await city.settled()
    took = time.monotonic() - began
    ended.set()
    usage = await watching
    assert city.count("SELECT count(*) FROM inbox WHERE state = 'set-aside'") == 0
    calls = len(city.sandbox.calls) - calls_before
    return Handled(took, city.count(done) - before, crowd.finished, calls, usage)


async def handling(city: City, findings: Findings, amount: Amount, *, seed: int) -> None:
    """Measure it, and tell; also in what a call takes of the processor of a bot that does nothing else."""
    group = f"handling, {len(city.bots)} processes" if len(city.bots) > 1 else "handling"
    before = await empty_call(city.folder, taps=_EMPTY_TAPS)
    found = await handle(city, amount, seed=seed)
    empty = (before + await empty_call(city.folder, taps=_EMPTY_TAPS)) / 2
    each = found.seconds
    findings.add(
        Figure(group, "updates handled", found.updates / each, "1/s", "marked as done, over whole cases"),
        Figure(group, "cases through all nine steps", found.cases / each, "1/s", f"{found.cases} cases"),
        Figure(group, "Bot API calls", found.calls / each, "1/s", "messages, edits and answers that this took"),
        Figure(group, "processors kept busy", found.usage.processor_seconds / each, "", "by the bot"),
        Figure(group, "processor per update", found.milliseconds, "ms", "with all that is sent for it"),
        Figure(
            group,
            "processor per update, of what an empty bot takes",
            found.milliseconds / (empty * found.calls / found.updates),
            "times",
            f"the same client, as many calls: {found.calls / found.updates:.1f} an update, {empty:.2f} ms each",
            most=2.5,
        ),
    )
    findings.series[f"{group}: memory, MB, each second"] = [round(one, 1) for one in found.usage.memory]
    memory = found.usage.memory
    if len(memory) >= _FEWEST_SECONDS:
        # The middle of the run against its end: what a beginning takes once is no leak.
        quarter = len(memory) // 4
        middle, end = share(memory[2 * quarter : 3 * quarter], 0.5), share(memory[3 * quarter :], 0.5)
        findings.add(
            Figure(group, "memory", end, "MB", f"resident, in the last quarter of {found.updates} updates"),
            Figure(group, "growth of memory", 100 * (end / middle - 1), "%", "last quarter against third", most=5),
        )
