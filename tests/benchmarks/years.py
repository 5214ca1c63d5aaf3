"""Whether a record with years of finished cases makes anything slower: both are measured in turn, in one run."""

import asyncio
from pathlib import Path

from tests.benchmarks.city import city
from tests.benchmarks.crowd import Crowd
from tests.benchmarks.databases import Databases
from tests.benchmarks.figures import Figure, Findings, share
from tests.benchmarks.filling import copy_case
from tests.benchmarks.handling import Amount, handle
from tests.benchmarks.looking import Taken, look_around

EMPLOYEES = 2_000
ROUNDS = 3

_MOST = 10
"""Percent by which anything may be slower."""

_YOUNG = 1_000
"""Finished cases in the record that the full one is held against."""

_OWNERS = 50
"""Employees to whom the copied cases belong, in turn."""

_AT_ONCE = 6
"""Cases under way at once: few, so that each round is short."""

_APART = 100_000
"""Numbers of messages and updates by which the rounds lie apart."""


async def years(
    folder: Path, databases: Databases, findings: Findings, *, seed: int, cases: int, seconds: float
) -> None:
    """Fill one of two records with finished cases, the other with a few, then work with both in turn."""
    group = f"{cases:,} finished cases"
    young, old = databases.make("young"), databases.make("old")
    for url in (young, old):
        async with city(folder, url, employees=EMPLOYEES) as place:
            crowd = Crowd(place, seed)
            with crowd.at_work():
                crowd.report()
                await crowd.all_finished(within=120)
            await place.settled()
    # In both there is enough to fill every list that is shown: only what is beneath it differs.
    await asyncio.to_thread(copy_case, young, 1, _YOUNG, employees=_OWNERS)
    took = await asyncio.to_thread(copy_case, old, 1, cases, employees=_OWNERS, whole=cases // 10)
    size = databases.size(old)
    findings.add(
        Figure(group, "filling", took, "s", "copying one finished case by SQL"),
        Figure(group, "size on disk", size, "GB", f"{1e6 * size / cases:.1f} kB a case"),
    )
    costs: dict[str, list[float]] = {young: [], old: []}
    looks: dict[str, dict[str, Taken]] = {young: {}, old: {}}
    for turn in range(ROUNDS):
        for url in (young, old):
            async with city(folder, url, employees=EMPLOYEES, history=_APART * (turn + 1)) as place:
                costs[url].append((await handle(place, Amount(seconds, _AT_ONCE), seed=seed + turn)).milliseconds)
                for name, taken in (await look_around(place)).items():
                    so_far = looks[url].setdefault(name, Taken())
                    so_far.waited += taken.waited
                    so_far.worked += taken.worked
    findings.add(_slower(group, "an update", "ms of processor", costs[young], costs[old], most=_MOST))
    for name, taken in looks[old].items():
        before = looks[young][name]
        findings.add(
            _slower(
                group, name, "ms of processor", _thousandths(before.worked), _thousandths(taken.worked), most=_MOST
            ),
            _slower(group, f"{name}, answered", "ms", _thousandths(before.waited), _thousandths(taken.waited)),
        )


def _thousandths(seconds: list[float]) -> list[float]:
    return [1000 * one for one in seconds]


def _slower(
    group: str, name: str, unit: str, young: list[float], old: list[float], *, most: float | None = None
) -> Figure:
    before, after = share(young, 0.5), share(old, 0.5)
    said = f"median {after:.1f} {unit} against {before:.1f}"
    return Figure(group, f"{name}: slower by", 100 * (after / before - 1), "%", said, most=most)
