"""Whether people who look things up make taps slower, in a record with ten years of cases.

Taps are decided one after the other through the program's own doors and its own writer, each on disk before the next.
In every other round somebody looks something up beside them: figures, the board, a search, in turn, on the readers,
once for so many taps, so that the speed of the machine makes no difference. Both kinds of rounds take turns, so that
what else the machine does meets both.
"""

import asyncio
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import cycle
from pathlib import Path

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

_TAPS_A_PAGE = 12
"""Taps to one thing that is looked up: three a case, beside those that are asked for by the people of the case."""

_GLANCE = 0.02
"""Seconds from a tap to the next."""

_STEPS = 9


@dataclass(frozen=True, slots=True)
class _Tap:
    """Seconds of one tap: until it was on disk, and of the writer's processor while it was decided.

    `unqueued` is the first without what the writer and the event loop waited for a processor, which is the machine's.
    """

    waited: float
    processor: float
    unqueued: float


async def beside(filled: Decade, findings: Findings, *, rounds: int, cases: int = 4) -> None:
    """Walk so many cases in each round, alone and beside those who look."""
    with screens(filled) as drawing:
        looking = _Looking(drawing)
        await _walked(drawing, cases, None)
        alone, accompanied = list[_Tap](), list[_Tap]()
        for _ in range(rounds):
            alone += await _walked(drawing, cases, None)
            accompanied += await _walked(drawing, cases, looking)
            await looking.ended()
    looked = looking.took
    waits, longer = ([one.waited for one in taps] for taps in (alone, accompanied))
    mean = 100 * (sum(longer) / len(longer) / (sum(waits) / len(waits)) - 1)
    before, after = share(waits, 0.5), share(longer, 0.5)
    own, longer_own = (share([one.unqueued for one in taps], 0.5) for taps in (alone, accompanied))
    busy, busier = (share([one.processor for one in taps], 0.5) for taps in (alone, accompanied))
    findings.add(
        Figure(
            "beside taps",
            "a tap, beside figures, board and searches: slower by",
            100 * (after / before - 1),
            "%",
            f"median of {len(accompanied)} taps: {1000 * after:.1f} ms against {1000 * before:.1f}; "
            f"mean {mean:+.1f} %; {len(looked)} pages, one for {_TAPS_A_PAGE} taps",
            most=_MOST,
        ),
        Figure(
            "beside taps",
            "the same without what the tap's own threads waited for a processor: slower by",
            100 * (longer_own / own - 1),
            "%",
            f"median: {1000 * longer_own:.1f} ms against {1000 * own:.1f}; by the kernel's count, on Linux",
        ),
        Figure(
            "beside taps",
            "of it the processor of the tap's own thread: more by",
            100 * (busier / busy - 1),
            "%",
            f"median: {1000 * busier:.2f} ms against {1000 * busy:.2f}; the rest waits for lock, disk and machine",
        ),
        Figure("beside taps", "a page beside taps, median", 1000 * share(looked, 0.5), "ms", "by the clock"),
    )


async def _walked(drawing: Screens, cases: int, looking: "_Looking | None") -> list[_Tap]:
    """Return what each tap took."""
    database, rules, taps = drawing.database, drawing.filled.rules, list[_Tap]()

    def begin(session: Session) -> int:
        records = Records(session, rules=rules, at=NOW)
        begun = records.begin(REPORT, reporter=session.get_one(Person, ADMIN), sop=rules.usual_sop)
        session.flush()
        return begun.case.id

    def decide(session: Session, case_id: int) -> float:
        busy = time.thread_time()
        records = Records(session, rules=rules, at=NOW)
        proceeding = records.case(case_id)
        task = proceeding.case.open_task
        assert task is not None
        through_the_door(records, proceeding, task)
        session.flush()
        return time.thread_time() - busy

    for _ in range(cases):
        case_id = await database.transact(begin)
        for _ in range(_STEPS):
            await asyncio.sleep(_GLANCE)
            if looking is not None and len(taps) % _TAPS_A_PAGE == 0:
                looking.begin()
            began, queued = time.perf_counter(), _queued()
            processor = await database.transact(partial(decide, case_id=case_id))
            waited = time.perf_counter() - began
            taps.append(_Tap(waited, processor, max(0.0, waited - (_queued() - queued))))
    return taps


def _queued() -> float:
    """Return the seconds that the event loop and the writer have waited for a processor; 0 where nobody counts them."""
    threads = [one for one in threading.enumerate() if one is threading.main_thread() or one.name.startswith("writer")]
    found = [Path(f"/proc/self/task/{one.native_id}/schedstat") for one in threads]
    return sum(int(one.read_text().split()[1]) / 1e9 for one in found if one.exists())


class _Looking:
    """Somebody who looks something up, in turn, without being waited for; `took` are the seconds of each page."""

    def __init__(self, drawing: Screens) -> None:
        def page(kind: CardKind, kept: str, face: Face = Face.MAIN) -> Callable[[Session], object]:
            return partial(drawing.draw, kind=kind, person_id=HEAD, subject=kept, face=face)

        self._database = drawing.database
        self._pages = cycle(
            (
                page(CardKind.STATISTICS, Choice(YEAR).kept),
                page(CardKind.BOARD, Wanted().kept),
                page(CardKind.SEARCH, "printer rusak"),
                page(CardKind.STATISTICS, Choice(MONTH).kept, Face.STEPS),
                page(CardKind.BOARD, Wanted(late=True).kept),
                page(CardKind.SEARCH, "jaringan"),
            )
        )
        self._under_way = set[asyncio.Task[None]]()
        self.took: list[float] = []

    def begin(self) -> None:
        """Begin to read the next page."""
        self._under_way.add(asyncio.create_task(self._look(next(self._pages))))

    async def ended(self) -> None:
        """Wait for what is under way."""
        await asyncio.gather(*self._under_way)
        self._under_way.clear()

    async def _look(self, work: Callable[[Session], object]) -> None:
        began = time.perf_counter()
        await self._database.read(work)
        self.took.append(time.perf_counter() - began)
