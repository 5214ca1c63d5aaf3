"""Closed tasks are counted when many were closed, when time has passed, and when the process begins to lead."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.clock import Clock
from bot.counting import COUNTED_FROM, Counting
from bot.loop.activity import Activity
from bot.storage.database import Database
from models.case.task import Task
from models.repository.records import Records
from models.rules.rules import Rules
from models.statistics import counting, days
from models.statistics.tables import UntalliedDay
from tests.bot.conftest import Desks


@asynccontextmanager
async def counts(database: Database, rules: Rules, clock: Clock) -> AsyncIterator[Activity]:
    """Count in a process whose first look is over."""
    activity = Activity()
    running = Counting(database=database, rules=rules, clock=clock, activity=activity)
    database.on_commit(running.committed)
    task = asyncio.create_task(running.run())
    await asyncio.sleep(0)
    await activity.still()
    try:
        yield activity
    finally:
        task.cancel()
        await asyncio.wait({task})


async def closes(office: Desks, tasks: int) -> None:
    """Close so many tasks, each the first of a case."""
    for _ in range(tasks):
        case_id = await office.report()

        def forward(records: Records, case_id: int = case_id) -> None:
            proceeding = records.case(case_id)
            task = proceeding.case.open_task
            assert isinstance(task, Task)
            proceeding.forward(task, by=records.tenure(proceeding.holders(task)[0], task))

        await office.work(forward)


async def waiting(database: Database) -> int:
    return await database.read(counting.uncounted)


async def test_what_was_closed_before_is_counted_at_the_start(office: Desks, database: Database, rules: Rules) -> None:
    await closes(office, 2)
    assert await waiting(database) == 2
    async with counts(database, rules, office.clock):
        assert await waiting(database) == 0


async def test_many_closed_tasks_are_counted_at_once_and_few_wait(
    office: Desks, database: Database, rules: Rules
) -> None:
    async with counts(database, rules, office.clock) as activity:
        await closes(office, 2)
        await activity.still()
        assert await waiting(database) == 2

        await closes(office, COUNTED_FROM)
        await activity.still()
        assert await waiting(database) < COUNTED_FROM


async def test_the_sums_of_days_that_wait_are_made_at_the_start(
    office: Desks, database: Database, rules: Rules
) -> None:
    today = office.clock.now().date()

    def wait(records: Records) -> None:
        records.session.add(UntalliedDay(day=today))

    await closes(office, 1)
    await office.work(wait)
    async with counts(database, rules, office.clock):
        assert await database.read(days.untallied) == frozenset()
