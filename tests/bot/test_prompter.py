"""The prompter wakes when somebody is to be reminded: not earlier, not later, and again after each start."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Protocol, TypeVar

import pytest
from sqlalchemy import select, update

from bot import prompter as prompting_of
from bot.clock import Clock, MovableClock
from bot.loop.activity import Activity
from bot.prompter import Prompter
from bot.storage.database import Database
from models.administration.calendar import adopt_calendar
from models.case.draft import ReportDraft
from models.office.person import Person
from models.repository.records import Records
from models.rules.rules import Rules

T = TypeVar("T")

OPENING = datetime(2026, 3, 30, 0, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class Office(Protocol):
    """What these tests need of the office in `conftest.py`."""

    async def work(self, work: Callable[[Records], T]) -> T: ...


@asynccontextmanager
async def prompting(database: Database, rules: Rules, clock: Clock) -> AsyncIterator[tuple[Prompter, Activity]]:
    """Run a prompter whose first look is over."""
    activity = Activity()
    prompter = Prompter(database=database, rules=rules, clock=clock, activity=activity)
    database.on_commit(prompter.committed)
    running = asyncio.create_task(prompter.run())
    await asyncio.sleep(0)
    await activity.still()
    try:
        yield prompter, activity
    finally:
        running.cancel()
        await asyncio.wait({running})


def draft(records: Records) -> None:
    """Let somebody begin a report."""
    person = records.session.scalars(select(Person).order_by(Person.id)).first()
    assert person is not None
    written = records.begin_draft(person, sop=records.rules.usual_sop, previous_case_id=None)
    written.text = "SIMPEG tidak dapat dibuka"
    written.lie(at=records.at)


async def told(database: Database) -> list[bool]:
    return await database.read(lambda session: list(session.scalars(select(ReportDraft.unsent_told))))


async def test_a_draft_is_told_of_when_its_time_has_come(
    database: Database, rules: Rules, clock: MovableClock, office: Office
) -> None:
    async with prompting(database, rules, clock) as (_, activity):
        await office.work(draft)
        await activity.still()
        clock.advance(9 * MINUTE)
        await activity.still()
        assert await told(database) == [False]
        clock.advance(MINUTE)
        await activity.still()
        assert await told(database) == [True]


async def test_what_fell_due_while_nobody_looked_is_told_at_the_start(
    database: Database, rules: Rules, clock: MovableClock, office: Office
) -> None:
    await office.work(draft)
    clock.advance(30 * MINUTE)
    async with prompting(database, rules, clock) as (_, activity):
        await activity.still()
        assert await told(database) == [True]


async def test_the_scheduler_is_told_the_very_instant(database: Database, rules: Rules, office: Office) -> None:
    clock = MovableClock(OPENING)
    async with prompting(database, rules, clock) as (prompter, activity):
        assert prompter._lookout.next_call() is None
        await office.work(draft)
        await activity.still()
        due = await database.read(lambda session: session.scalars(select(ReportDraft.unsent_at)).one())
        assert due is not None
        called, expected = prompter._lookout.next_call(), clock.real_instant(due)
        assert called is not None
        assert expected is not None
        assert abs(called - expected) < timedelta(seconds=1)


async def test_a_fault_in_one_look_does_not_end_the_reminding(
    database: Database, rules: Rules, clock: MovableClock, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    await office.work(draft)
    async with prompting(database, rules, clock) as (prompter, activity):
        look, faults = prompter._look, [LookupError("on purpose")]

        async def faulty() -> None:
            if faults:
                raise faults.pop()
            await look()

        monkeypatch.setattr(prompter._lookout, "_look", faulty)
        clock.advance(11 * MINUTE)
        await activity.still()
        assert await told(database) == [False]
        prompter.nudge()
        await activity.still()
        assert await told(database) == [True]


async def test_one_kind_of_prompt_that_fails_keeps_no_other_from_being_done(
    database: Database, rules: Rules, clock: MovableClock, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(_records: Records) -> bool:
        raise LookupError("on purpose")

    monkeypatch.setattr(prompting_of, "_PROMPTS", (faulty, *prompting_of._PROMPTS))
    await office.work(draft)
    async with prompting(database, rules, clock) as (_, activity):
        clock.advance(11 * MINUTE)
        await activity.still()
        assert await told(database) == [True]


async def test_another_calendar_lets_it_look_at_once(
    database: Database, rules: Rules, clock: MovableClock, office: Office
) -> None:
    async with prompting(database, rules, clock) as (prompter, activity):
        await office.work(draft)
        await activity.still()
        assert prompter._following == clock.now() + 10 * MINUTE
        earlier = update(ReportDraft).values(unsent_at=clock.now() + MINUTE)
        await office.work(lambda records: records.session.execute(earlier))
        await activity.still()
        assert prompter._following == clock.now() + 10 * MINUTE, "what was brought forward so is not seen"
        await office.work(adopt_calendar)
        await activity.still()
        assert prompter._following == clock.now() + MINUTE


async def test_a_draft_that_is_gone_wakes_nobody(
    database: Database, rules: Rules, clock: MovableClock, office: Office
) -> None:
    async with prompting(database, rules, clock) as (prompter, activity):
        await office.work(draft)
        await activity.still()
        await office.work(lambda records: records.session.execute(update(ReportDraft).values(unsent_at=None)))
        clock.advance(11 * MINUTE)
        await activity.still()
        assert await told(database) == [False]
        assert prompter._following is None
