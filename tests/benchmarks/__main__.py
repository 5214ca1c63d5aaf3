"""`python -m tests.benchmarks`: measure everything, print a table, write it as JSON.

The times are of this machine on this day; the ratios, the round trips and the rates mean more. Nothing here is a test.
"""

import argparse
import asyncio
import tempfile
from collections.abc import Callable, Coroutine
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from tests.benchmarks import rates, rungs, trips, years
from tests.benchmarks.beside import beside
from tests.benchmarks.board import board
from tests.benchmarks.city import city
from tests.benchmarks.command_line import command_line
from tests.benchmarks.databases import Databases, databases
from tests.benchmarks.decade import Decade, decade
from tests.benchmarks.decisions import decisions
from tests.benchmarks.figures import Figure, Findings
from tests.benchmarks.handling import Amount, handling
from tests.benchmarks.idle import idle
from tests.benchmarks.kept import kept
from tests.benchmarks.papers import papers
from tests.benchmarks.peak import Peak, peak
from tests.benchmarks.register import register
from tests.benchmarks.sealing import sealing
from tests.benchmarks.search import search
from tests.benchmarks.statistics import statistics
from tests.benchmarks.strangers import strangers

SEED = 20261123

MINUTE = Peak(34, 60)
"""A minute of what 33 offices make at their peak, 34 updates a second. They make it for ten."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How large a run is: seconds, cases, tasks, starts of the command line, and cases beside strangers."""

    handling_seconds: float
    single_cases: int
    loaded_seconds: float
    tasks: int
    rate_seconds: float
    finished_cases: int
    years_seconds: float
    starts: int
    beside_strangers: int
    employees: int = 3_000
    at_once: int = 24
    walked: int = 160
    chains: int = 100_000
    steps: int = 100_000
    idle_seconds: float = 60
    peak: Peak = MINUTE


_SMALL = Scale(5, 2, 5, 200, 10, 3_000, 1, 3, 1, employees=60, at_once=6, walked=32, chains=1_000, steps=2_000)
_FULL = Scale(900, 30, 120, 10_000, 60, 1_000_000, 30, 31, 15, steps=1_000_000)

SCALES = {
    "small": replace(_SMALL, peak=Peak(12, 30)),
    "default": Scale(60, 10, 45, 10_000, 45, 50_000, 10, 15, 5),
    "full": replace(_FULL, peak=replace(MINUTE, seconds=600)),
}


@dataclass(frozen=True)
class Run:
    """One run: where, with what, how large."""

    folder: Path
    databases: Databases
    scale: Scale
    processes: int
    findings: Findings

    async def handling(self) -> None:
        """Updates a second, and memory."""
        url = self.databases.make("handling")
        async with city(self.folder, url, employees=self.scale.employees, bots=self.processes) as place:
            amount = Amount(self.scale.handling_seconds, self.scale.at_once)
            await handling(place, self.findings, amount, seed=SEED)

    async def peak(self) -> None:
        """As many updates as 33 offices make at their peak, for long."""
        url = self.databases.make("peak")
        async with city(self.folder, url, employees=self.scale.employees, bots=self.processes) as place:
            await peak(place, self.findings, self.scale.peak, seed=SEED)

    async def decisions(self) -> None:
        """Decisions without Telegram, beside the least there can be."""
        url = self.databases.make("decisions")
        await decisions(self.folder, url, self.findings, cases=self.scale.walked)

    async def trips(self) -> None:
        """From a tap to its answer and to the next card, with a way of 50 ms to Telegram and back."""
        await trips.floor(self.folder, self.findings, taps=10 * self.scale.single_cases)
        way: timedelta = trips.ROUND_TRIP
        url = self.databases.make("trips")
        async with city(self.folder, url, employees=self.scale.employees, round_trip=way, bots=self.processes) as place:
            await trips.unloaded(place, self.findings, seed=SEED, cases=self.scale.single_cases)
            await trips.loaded(place, self.findings, seed=SEED + 1, per_second=0.5, seconds=self.scale.loaded_seconds)

    async def rungs(self) -> None:
        """Ten thousand rungs at one instant."""
        url = self.databases.make("rungs")
        await rungs.rungs(self.folder, url, self.findings, seed=SEED, tasks=self.scale.tasks)

    async def rates(self) -> None:
        """Telegram's rates, used and kept."""
        url = self.databases.make("rates")
        await rates.rates(self.folder, url, self.findings, seconds=self.scale.rate_seconds)

    async def strangers(self) -> None:
        """The same beside accounts that nobody knows and that write without a pause."""
        await strangers(self.folder, self.databases, self.findings, seed=SEED, cases=self.scale.beside_strangers)

    async def years(self) -> None:
        """The same with years of finished cases."""
        await years.years(
            self.folder,
            self.databases,
            self.findings,
            seed=SEED,
            cases=self.scale.finished_cases,
            seconds=self.scale.years_seconds,
        )

    async def sealing(self) -> None:
        """A checkpoint over years of chains."""
        sealing(self.databases.make("sealing"), self.findings, chains=self.scale.chains)

    async def kept(self) -> None:
        """Taps beside fetching and sealing."""
        await kept(self.folder, self.databases.make("kept"), self.findings, rounds=self.scale.single_cases, seed=SEED)

    async def register(self) -> None:
        """The register of a large record."""
        register(self.folder, self.databases, self.findings, steps=self.scale.steps)

    @cached_property
    def decade(self) -> Decade:
        """The record with ten years in it, filled once for all that is looked up in it."""
        filled = decade(self.databases.make("decade"), cases=self.scale.finished_cases, seed=SEED)
        meaning = f"{self.databases.size(filled.url):.2f} GB; " + (
            f"filled in {filled.seconds:.0f} s" if filled.seconds else "filled before"
        )
        self.findings.add(Figure("ten years", "cases in the record", filled.cases, "", meaning))
        return filled

    async def statistics(self) -> None:
        """The figures of a large record."""
        statistics(self.decade, self.findings)

    async def search(self) -> None:
        """Looking for words in a large record."""
        search(self.decade, self.findings, seed=SEED)

    async def board(self) -> None:
        """The board of a large record."""
        board(self.decade, self.findings)

    async def beside(self) -> None:
        """Taps beside those who look things up in a large record."""
        await beside(self.decade, self.findings, rounds=self.scale.single_cases)

    async def papers(self) -> None:
        """What papers and pictures cost."""
        papers(self.findings, times=self.scale.starts)

    async def idle(self) -> None:
        """A bot that has nothing to do, and its start."""
        url = self.databases.make("idle")
        await idle(self.folder, url, self.findings, starts=self.scale.starts, seconds=self.scale.idle_seconds)

    async def command_line(self) -> None:
        """What a quick answer at the command line costs."""
        command_line(self.folder, self.findings, times=self.scale.starts)


PARTS: dict[str, Callable[[Run], Coroutine[Any, Any, None]]] = {
    "handling": Run.handling,
    "peak": Run.peak,
    "decisions": Run.decisions,
    "trips": Run.trips,
    "rungs": Run.rungs,
    "rates": Run.rates,
    "strangers": Run.strangers,
    "years": Run.years,
    "sealing": Run.sealing,
    "kept": Run.kept,
    "register": Run.register,
    "statistics": Run.statistics,
    "search": Run.search,
    "board": Run.board,
    "beside": Run.beside,
    "papers": Run.papers,
    "idle": Run.idle,
    "command-line": Run.command_line,
}


def main() -> None:
    """Read the arguments, measure, tell."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description="Measure the bot under load.")
    parser.add_argument("--scale", choices=SCALES, default="default", help="full: a million finished cases")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--processes", type=int, default=1, help="bots on one record; more than one needs postgresql")
    parser.add_argument("--only", choices=PARTS, action="append", help="measure this part alone; may be repeated")
    parser.add_argument("--kept", type=Path, help="a folder in which SQLite's records stay, and are found again")
    parser.add_argument("--output", type=Path, default=Path("build/benchmark.json"), help="where the JSON goes")
    options = parser.parse_args()
    if options.processes > 1 and options.database == "sqlite":
        parser.error("SQLite serves one process; name --database postgresql")
    scale = SCALES[options.scale]
    findings = Findings(
        {
            "seed": SEED,
            "scale": asdict(scale),
            "database": options.database,
            "processes": options.processes,
        }
    )
    if options.kept is not None:
        options.kept.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="disposisi-benchmark-") as folder,
        databases(options.database, options.kept or Path(folder)) as made,
    ):
        run = Run(Path(folder), made, scale, options.processes, findings)
        for name in options.only or PARTS:
            asyncio.run(PARTS[name](run))
    findings.show()
    options.output.parent.mkdir(parents=True, exist_ok=True)
    findings.write(options.output)


if __name__ == "__main__":
    main()
