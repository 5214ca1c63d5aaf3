"""What a decision costs without Telegram: nine-step cases walked by sixteen callers, each tap on disk before the next.

The domain path alone: find the case, go through the door of the step, keep the journal's entry, the deadline, the
notices and cards owed. On SQLite the least there can be (`bare_writer.py`) is measured in turn with it, in the same
run: the ratio says more than the rates.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from bot.rules import load_rules
from bot.settings import Settings
from bot.storage.database import Database
from models.case.case import Case, CaseState
from models.case.evaluation import Part
from models.case.proceeding import Proceeding
from models.case.report import Report
from models.case.task import Task
from models.office.person import Person
from models.repository.records import Records
from models.rules.actions import Action
from models.rules.rules import Rules
from models.rules.urgency import Urgency
from tests.benchmarks.bare_writer import BareWriter
from tests.benchmarks.city import MONDAY, TOKEN, prepare
from tests.benchmarks.figures import Figure, Findings, share
from tests.parts import database_at

CALLERS = 16
STEPS = 9

_FORWARDED, _HANDLED, _LAST = 4, 5, 9
REPORT = Report(
    text="SIMPEG tidak dapat dibuka setelah pembaruan.",
    urgency=Urgency.ORDINARY,
    confidential=False,
    previous_case_id=None,
    files=(),
    origin={},
)


class _Office:
    """Invented people who decide cases through the program's own doors and its own writer."""

    def __init__(self, database: Database, rules: Rules) -> None:
        self._database = database
        self._rules = rules

    async def open_case(self) -> int:
        def work(session: Session) -> int:
            records = self._records(session)
            reporter = session.scalars(select(Person).order_by(Person.id.desc()).limit(1)).one()
            begun = records.begin(REPORT, reporter=reporter, sop=self._rules.usual_sop)
            session.flush()
            return begun.case.id

        return await self._database.transact(work)

    async def decide(self, case_id: int, step: int) -> None:
        def work(session: Session) -> None:
            records = self._records(session)
            proceeding = records.case(case_id)
            task = proceeding.case.open_task
            assert task is not None
            assert task.step == step
            through_the_door(records, proceeding, task)

        await self._database.transact(work)

    def _records(self, session: Session) -> Records:
        return Records(session, rules=self._rules, at=MONDAY)


def through_the_door(records: Records, proceeding: Proceeding, task: Task) -> None:
    """Decide a task by the first of those who may, the straight way on."""
    by = records.tenure(proceeding.holders(task)[0], task)
    if task.step <= _FORWARDED:
        proceeding.forward(task, by=by)
    elif task.step == _HANDLED:
        for part in Part:
            proceeding.write(task, part, "Sesi basis data dibersihkan.", by=by)
        proceeding.submit(task, by=by)
    else:
        action = Action.ACKNOWLEDGE if task.step == _LAST else Action.PASS
        proceeding.sign_off(task, Action.APPROVE if task.step == _LAST - 1 else action, by=by)


async def decisions(folder: Path, url: str, findings: Findings, *, cases: int) -> None:
    """Walk so many cases, and tell."""
    prepare(url, employees=1, handlers=1)
    rules = load_rules(Settings.load(None, telegram_bot_token=TOKEN, database_url=url))
    with database_at(url) as database:
        office = _Office(database, rules)
        await _walked([await office.open_case() for _ in range(CALLERS)], office.decide)
        numbers = [await office.open_case() for _ in range(cases)]
        processor = time.process_time()
        ours, waited = await _walked(numbers, office.decide)
        processor = time.process_time() - processor
        counted, statements = [await office.open_case() for _ in range(CALLERS)], [0]
        # Only now: statements that somebody listens for take another way, see `models/repository/driver.py`.
        event.listen(database.engine, "before_cursor_execute", lambda *_: statements.__setitem__(0, statements[0] + 1))
        await _walked(counted, office.decide)
        closed = select(func.count()).select_from(Case).where(Case.state == CaseState.CLOSED)
        assert await database.read(lambda session: session.scalar(closed)) == cases + 2 * CALLERS
    decided, asked = STEPS * cases, statements[0] / (STEPS * CALLERS)
    meaning = f"{decided} decisions of {CALLERS} callers, each on disk"
    findings.add(
        Figure("decisions", "the domain path", ours, "1/s", meaning),
        Figure("decisions", "processor per decision", 1000 * processor / decided, "ms", "without a server's"),
        Figure("decisions", "statements per decision", asked, "", "BEGIN and savepoints among them"),
        Figure(
            "decisions", "until it is on disk, median", 1000 * share(waited, 0.5), "ms", "what waits before it, too"
        ),
    )
    if database.shared:
        return
    with BareWriter(folder / "bare.db") as bare:
        for case_id in numbers:
            await bare.decide(case_id, 0)
        least, _ = await _walked(numbers, bare.decide)
    findings.add(
        Figure("decisions", "the least there can be", least, "1/s", "plain sqlite3, nothing looked up or checked"),
        Figure("decisions", "the domain path, of the least there can be", least / ours, "times slower", meaning),
    )


async def _walked(case_ids: list[int], decide: Callable[[int, int], Awaitable[None]]) -> tuple[float, list[float]]:
    """Let the callers walk their cases side by side; return decisions a second, and how long each was waited for."""
    waited: list[float] = []

    async def call(mine: list[int]) -> None:
        for step in range(1, STEPS + 1):
            for case_id in mine:
                began = time.perf_counter()
                await decide(case_id, step)
                waited.append(time.perf_counter() - began)

    began = time.perf_counter()
    await asyncio.gather(*(call(case_ids[one::CALLERS]) for one in range(CALLERS)))
    return len(waited) / (time.perf_counter() - began), waited
