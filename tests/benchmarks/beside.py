"""Whether people who look things up make taps slower, in a record with ten years of cases.

Taps are decided one after the other through the program's own doors and its own writer, each on disk before the next.
In every other round somebody looks something up beside them: figures, the board, a search, in turn, on the readers,
as often as a large office would. Both kinds of rounds take turns, so that what else the machine does meets both.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial
from itertools import cycle

from sqlalchemy.orm import Session

from models.mail.card import CardKind, Face
from models.office.person import Person
from models.repository.records import Records
from models.rules.board_filters import Wanted
from models.statistics.choice import Choice
from tests.benchmarks.decade import NOW, Decade
from tests.benchmarks.decisions import REPORT, through_the_door
from tests.benchmarks.drawn import ADMIN, HEAD, Screens, screens
from tests.benchmarks.figures import Figure, Findings, share
from tests.benchmarks.statistics import MONTH, YEAR

_MOST = 5
"""Percent by which a tap may be slower."""

EVERY = 1.0
"""Seconds from one thing that is looked up to the next: 3,600 an hour."""

_GLANCE = 0.02
"""Seconds from a tap to the next."""

_STEPS = 9


async def beside(filled: Decade, findings: Findings, *, rounds: int, cases: int = 4) -> None:
    """Walk so many cases in each round, alone and beside those who look."""
    with screens(filled) as drawing:
        await _walked(drawing, cases)
        alone, accompanied, looked = list[float](), list[float](), list[float]()
        for _ in range(rounds):
            alone += await _walked(drawing, cases)
            async with _looking(drawing, looked):
                accompanied += await _walked(drawing, cases)
    mean = 100 * (sum(accompanied) / len(accompanied) / (sum(alone) / len(alone)) - 1)
    before, after = share(alone, 0.5), share(accompanied, 0.5)
    findings.add(
        Figure(
            "beside taps",
            "a tap, beside figures, board and searches: slower by",
            100 * (after / before - 1),
            "%",
            f"median of {len(accompanied)} taps: {1000 * after:.1f} ms against {1000 * before:.1f}; "
            f"mean {mean:+.1f} %; {len(looked)} pages, one each {EVERY:g} s",
            most=_MOST,
        ),
        Figure("beside taps", "a page beside taps, median", 1000 * share(looked, 0.5), "ms", "by the clock"),
    )


async def _walked(drawing: Screens, cases: int) -> list[float]:
    """Return how many seconds each tap took until it was on disk."""
    database, rules, waited = drawing.database, drawing.filled.rules, list[float]()

    def begin(session: Session) -> int:
        records = Records(session, rules=rules, at=NOW)
        begun = records.begin(REPORT, reporter=session.get_one(Person, ADMIN), sop=rules.usual_sop)
        session.flush()
        return begun.case.id

    def decide(session: Session, case_id: int) -> None:
        records = Records(session, rules=rules, at=NOW)
        proceeding = records.case(case_id)
        task = proceeding.case.open_task
        assert task is not None
        through_the_door(records, proceeding, task)

    for _ in range(cases):
        case_id = await database.transact(begin)
        for _ in range(_STEPS):
            await asyncio.sleep(_GLANCE)
            began = time.perf_counter()
            await database.transact(partial(decide, case_id=case_id))
            waited.append(time.perf_counter() - began)
    return waited


@asynccontextmanager
async def _looking(drawing: Screens, looked: list[float]) -> AsyncIterator[None]:
    """Let somebody look something up again and again."""

    def page(kind: CardKind, kept: str, face: Face = Face.MAIN) -> Callable[[Session], object]:
        return partial(drawing.draw, kind=kind, person_id=HEAD, subject=kept, face=face)

    pages = cycle(
        (
            page(CardKind.STATISTICS, Choice(YEAR).kept),
            page(CardKind.BOARD, Wanted().kept),
            page(CardKind.SEARCH, "printer rusak"),
            page(CardKind.STATISTICS, Choice(MONTH).kept, Face.STEPS),
            page(CardKind.BOARD, Wanted(late=True).kept),
            page(CardKind.SEARCH, "jaringan"),
        )
    )

    async def look() -> None:
        for work in pages:
            began = time.perf_counter()
            await drawing.database.read(work)
            looked.append(time.perf_counter() - began)
            await asyncio.sleep(max(0, EVERY - (time.perf_counter() - began)))

    task = asyncio.create_task(look())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
