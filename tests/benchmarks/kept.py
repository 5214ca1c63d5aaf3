"""Whether fetching files and sealing make taps slower.

Cases are walked through the program's own doors and its own writer, one tap after the other, each on disk before the
next; each report has a file. In every other round the program's fetcher brings these files into an archive beside the
taps, and its sealer seals the record once, when half of the cases are closed: once for 63 taps, as it does each minute
in an office with a tap a second. Both kinds of rounds take turns, so that what else the machine does meets both.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.archive.folder import Folder
from bot.clock import MovableClock
from bot.fetcher import Fetcher
from bot.loop.activity import Activity
from bot.rules import load_rules
from bot.sealing.places import Places
from bot.sealing.sealer import Sealer
from bot.settings import Settings
from bot.storage.database import Database
from models.case.attachment import Attachment, Keeping
from models.checkpoint.log import Sealing
from models.office.person import Person
from models.repository.records import Records
from models.rules.rules import Rules
from tests.benchmarks import file_keeper
from tests.benchmarks.bot_process import BotProcess
from tests.benchmarks.city import MONDAY, TOKEN, prepare
from tests.benchmarks.decisions import REPORT, STEPS, through_the_door
from tests.benchmarks.figures import Figure, Findings, share
from tests.parts import database_at, line_to

_MOST = 5
"""Percent by which a tap may be slower."""

_BYTES = 200_000
"""The size of a file: a photo as Telegram sends it."""

_GLANCE = 0.02
"""Seconds from a tap to the next."""


@dataclass(slots=True)
class _Taps:
    """What taps took, in seconds: until each was on disk, each one's own work of the writer, all that was done."""

    waited: list[float] = field(default_factory=list)
    worked: list[float] = field(default_factory=list)
    processor: float = 0.0


class _Office:
    """Invented people who decide cases, and the parts of the program that keep and seal what they do."""

    def __init__(self, database: Database, rules: Rules, sealer: Sealer, telegram: BotProcess) -> None:
        self.database, self._rules, self._sealer, self._telegram = database, rules, sealer, telegram

    async def walk(self, cases: int, taps: _Taps, *, sealing: bool) -> None:
        """Walk so many cases to their end, and note what each tap took."""
        under_way = set[asyncio.Task[None]]()
        busy = time.process_time()
        for number in range(1, cases + 1):
            told = await self._telegram.told({"file": True})
            case_id = await self.database.transact(partial(self._begin, file=told["file"]))
            for _ in range(STEPS):
                await asyncio.sleep(_GLANCE)
                began = time.perf_counter()
                taps.worked.append(await self.database.transact(partial(self._decide, case_id=case_id)))
                taps.waited.append(time.perf_counter() - began)
            if sealing and number == (cases + 1) // 2:
                under_way.add(asyncio.create_task(self._sealer.look()))
        await asyncio.gather(*under_way)
        taps.processor += time.process_time() - busy

    async def settled(self, activity: Activity) -> None:
        """Wait until everything is fetched and sealed."""
        await activity.still()
        await self._sealer.look()

    def _begin(self, session: Session, file: dict[str, object]) -> int:
        records = Records(session, rules=self._rules, at=MONDAY)
        reporter = session.scalars(select(Person).order_by(Person.id.desc()).limit(1)).one()
        begun = records.begin(replace(REPORT, files=(file,)), reporter=reporter, sop=self._rules.usual_sop)
        session.flush()
        return begun.case.id

    def _decide(self, session: Session, case_id: int) -> float:
        busy = time.thread_time()
        records = Records(session, rules=self._rules, at=MONDAY)
        proceeding = records.case(case_id)
        task = proceeding.case.open_task
        assert task is not None
        through_the_door(records, proceeding, task)
        session.flush()
        return time.thread_time() - busy


async def kept(folder: Path, url: str, findings: Findings, *, rounds: int, seed: int, cases: int = 7) -> None:
    """Walk so many cases in each round, without and with fetching and sealing beside them."""
    prepare(url, employees=1, handlers=1)
    alone, beside = _Taps(), _Taps()
    async with _telegram(folder, seed) as telegram:
        address = (await telegram.told({"file": True}))["telegram"]
        with database_at(url) as database:
            settings = Settings.load(None, telegram_bot_token=TOKEN, database_url=url)
            rules, clock, activity = load_rules(settings), MovableClock(MONDAY, frozen=True), Activity()
            places = Places.of(settings, record=database.path or folder / "kept")
            sealer = Sealer(database=database, rules=rules, clock=clock, places=places)
            office = _Office(database, rules, sealer, telegram)
            async with line_to(address, token=TOKEN) as line:
                archive = Folder(folder / "kept.files")
                fetcher = Fetcher(
                    line=line, database=database, archive=archive, rules=rules, clock=clock, activity=activity
                )
                database.on_commit(fetcher.committed)
                for one in range(rounds + 1):
                    # The first round is for reading what a process reads once.
                    unmeasured = one == 0
                    await office.walk(cases, _Taps() if unmeasured else alone, sealing=False)
                    async with _running(fetcher):
                        await office.settled(activity)
                        await office.walk(cases, _Taps() if unmeasured else beside, sealing=True)
                        await office.settled(activity)
            done = await database.read(_done)
    _tell(findings, alone, beside, *done)


def _done(session: Session) -> tuple[int, int]:
    """Return how many files were kept and how many checkpoints made. Every file was."""
    waiting = select(func.count()).select_from(Attachment).where(Attachment.keeping != Keeping.KEPT)
    assert session.scalar(waiting) == 0
    files, checkpoints = (session.scalar(select(func.count()).select_from(one)) or 0 for one in (Attachment, Sealing))
    return files, checkpoints


def _tell(findings: Findings, alone: _Taps, beside: _Taps, files: int, checkpoints: int) -> None:
    done = f"{len(beside.waited)} taps; {files} files of {_BYTES // 1000} kB fetched, {checkpoints} checkpoints made"

    def slower(name: str, before: float, after: float, meaning: str) -> Figure:
        told = f"{meaning}: {1000 * after:.1f} ms against {1000 * before:.1f}; {done}"
        return Figure("kept and sealed", name, 100 * (after / before - 1), "%", told, _MOST)

    mean_before, mean_after = (sum(one.waited) / len(one.waited) for one in (alone, beside))
    each_before, each_after = (1000 * one.processor / len(one.waited) for one in (alone, beside))
    findings.add(
        slower(
            "a tap, beside fetching and sealing: slower by",
            share(alone.waited, 0.5),
            share(beside.waited, 0.5),
            f"median, by the clock (mean {100 * (mean_after / mean_before - 1):+.1f} %)",
        ),
        slower(
            "its own work, processor of the writer's thread: more by",
            share(alone.worked, 0.5),
            share(beside.worked, 0.5),
            "median, without the commit",
        ),
        Figure(
            "kept and sealed",
            "fetching and sealing, their share of a tap",
            each_after - each_before,
            "ms",
            f"processor of the process for all that is done, {each_after:.1f} ms a tap against {each_before:.1f}",
        ),
    )


@asynccontextmanager
async def _telegram(folder: Path, seed: int) -> AsyncIterator[BotProcess]:
    given = {"token": TOKEN, "bytes": _BYTES, "seed": seed}
    telegram = BotProcess(given, folder / "telegram.log", module=file_keeper.__name__)
    await telegram.start()
    try:
        yield telegram
    finally:
        await telegram.stop()


@asynccontextmanager
async def _running(fetcher: Fetcher) -> AsyncIterator[None]:
    task = asyncio.create_task(fetcher.run())
    await asyncio.sleep(0)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
