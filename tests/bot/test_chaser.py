"""The chaser wakes when the next rung falls due: not earlier, not later, and not at all while the office is closed."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Protocol, Self, TypeVar

import pytest
from sqlalchemy import delete, select, update

from bot.chaser import Chaser
from bot.clock import Clock, MovableClock
from bot.loop.activity import Activity
from bot.metrics import Metrics
from bot.storage.database import Changed, Database
from models.administration import following_tasks
from models.administration.calendar import bring_into_force
from models.case.question import Question
from models.case.task import Chase, Task
from models.chase import sweep
from models.chase.sweep import chase_due
from models.mail.card import Card, CardKind
from models.mail.notice import Notice, NoticeKind
from models.proof.verification import verify
from models.repository.records import Records
from models.rules.ladder import RungKind
from models.rules.office_calendar import CalendarEntry, EntryKind
from models.rules.rules import Rules

T = TypeVar("T")

OPENING = datetime(2026, 3, 30, 0, 30, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


class Office(Protocol):
    """What these tests need of the office in `conftest.py`."""

    account: dict[str, int]

    async def report(self, text: str = "") -> int: ...
    async def work(self, work: Callable[[Records], T]) -> T: ...


class Watchman:
    """A chaser, and what it did."""

    def __init__(self, database: Database, rules: Rules, clock: Clock) -> None:
        self.database, self.activity = database, Activity()
        self.chaser = Chaser(
            database=database,
            rules=rules,
            clock=clock,
            activity=self.activity,
            audited=lambda: None,
            metrics=Metrics(),
        )
        database.on_commit(self.chaser.committed)

    async def __aenter__(self) -> Self:
        """Start, and let the first look be over."""
        self._running = asyncio.create_task(self.chaser.run())
        await asyncio.sleep(0)
        await self.activity.still()
        return self

    async def __aexit__(self, *_: object) -> None:
        self._running.cancel()
        await asyncio.wait({self._running})

    async def climbed(self) -> list[RungKind]:
        await self.activity.still()
        statement = select(Chase.kind).order_by(Chase.task_id, Chase.ordinal)
        return await self.database.read(lambda session: [RungKind(kind) for kind in session.scalars(statement)])

    async def owed(self, kind: NoticeKind) -> int:
        statement = select(Notice).where(Notice.kind == kind)
        return await self.database.read(lambda session: len(session.scalars(statement).all()))

    @property
    def wakes_at(self) -> datetime | None:
        """When the scheduler will wake the chaser, apart from the safety sweep."""
        return self.chaser._lookout.next_call()


@pytest.fixture
async def watchman(database: Database, rules: Rules, clock: MovableClock, office: Office) -> AsyncIterator[Watchman]:
    assert office.account
    async with Watchman(database, rules, clock) as watchman:
        yield watchman


async def test_each_rung_is_climbed_when_the_clock_reaches_it(
    watchman: Watchman, office: Office, clock: MovableClock
) -> None:
    await office.report()
    clock.advance(23 * MINUTE)
    assert await watchman.climbed() == []
    clock.advance(2 * MINUTE)
    assert await watchman.climbed() == [RungKind.WARN]
    clock.advance(6 * MINUTE)
    assert await watchman.climbed() == [RungKind.WARN], "the holder was reminded six minutes ago"
    clock.advance(24 * MINUTE)
    assert await watchman.climbed() == [RungKind.WARN, RungKind.LATE]
    clock.advance(6 * MINUTE)
    assert await watchman.climbed() == [RungKind.WARN, RungKind.LATE, RungKind.ESCALATE]


def _with_a_day_off(records: Records) -> None:
    entry = CalendarEntry(
        0, EntryKind.DAY_OFF, OPENING.date(), OPENING.date(), "Keputusan Gubernur 12/2026", 1, OPENING
    )
    bring_into_force(records, lambda known: known.entered(entry))


def _behind(records: Records) -> int:
    return following_tasks.left(records)


async def test_open_tasks_follow_a_changed_calendar_portion_by_portion(
    watchman: Watchman, office: Office, clock: MovableClock, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following_tasks, "PORTION", 1)
    for _ in range(4):
        await office.report()
    commits = list[Changed]()
    database.on_commit(commits.append)
    await office.work(_with_a_day_off)
    await watchman.activity.still()
    assert await office.work(_behind) == 0
    portions = [one for one in commits if Task in one.kinds]
    assert len(portions) >= 4, "each portion has a transaction of its own"
    clock.advance(6 * HOUR)
    assert await watchman.climbed() == [], "nobody is late on the day off"


async def test_what_is_left_over_follows_at_the_next_start(
    database: Database, rules: Rules, clock: MovableClock, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process dies within its second portion: the one that is started next moves the rest."""
    assert office.account
    monkeypatch.setattr(following_tasks, "PORTION", 1)
    for _ in range(4):
        await office.report()
    await office.work(_with_a_day_off)
    assert await office.work(_behind) == 3
    go_on, done = following_tasks.go_on, list[int]()

    def dies(records: Records) -> following_tasks.Followed:
        done.append(go_on(records).moved)
        if len(done) > 1:
            raise MemoryError
        return following_tasks.Followed(tasks=1, moved=1, touched=1, left=2)

    monkeypatch.setattr(following_tasks, "go_on", dies)
    async with Watchman(database, rules, clock):
        pass
    assert done == [1, 1]
    assert await office.work(_behind) == 2, "what it was at when it died was undone, and the portion before stands"
    monkeypatch.setattr(following_tasks, "go_on", go_on)
    async with Watchman(database, rules, clock):
        pass
    assert await office.work(_behind) == 0
    assert await database.read(lambda session: verify(session).breaches) == ()


async def test_absences_that_cannot_begin_keep_no_rung_from_being_climbed(
    watchman: Watchman,
    office: Office,
    clock: MovableClock,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fails(_: Records) -> int:
        raise LookupError("an absence of nobody")

    monkeypatch.setattr("bot.chaser.absences_due", fails)
    await office.report()
    clock.advance(25 * MINUTE)
    assert await watchman.climbed() == [RungKind.WARN]
    assert "chasing failed" in [one.getMessage() for one in caplog.records]


async def test_nobody_is_chased_at_night(watchman: Watchman, office: Office, clock: MovableClock) -> None:
    clock.advance(7 * HOUR + 20 * MINUTE)
    await office.report()
    clock.advance(6 * HOUR)
    assert await watchman.climbed() == []
    clock.advance(12 * HOUR)
    assert RungKind.LATE in await watchman.climbed()


async def test_after_a_long_silence_nothing_is_skipped_and_nobody_gets_a_storm(
    watchman: Watchman, office: Office, clock: MovableClock
) -> None:
    await office.report("satu")
    await office.report("dua")
    clock.advance(3 * HOUR)
    climbed = await watchman.climbed()
    assert climbed.count(RungKind.WARN) == climbed.count(RungKind.ESCALATE) == 2
    summaries = await watchman.owed(NoticeKind.SUMMARY)
    assert summaries > 0
    assert await watchman.owed(NoticeKind.REPEAT) == 0


async def test_more_late_tasks_than_one_batch_are_all_chased(
    watchman: Watchman, office: Office, clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweep, "chase_due", partial(chase_due, batch=2))
    for number in range(5):
        await office.report(str(number))
    clock.advance(25 * MINUTE)
    assert await watchman.climbed() == [RungKind.WARN] * 5
    assert (await watchman.owed(NoticeKind.SUMMARY), await watchman.owed(NoticeKind.WARN)) == (1, 0)


async def test_the_watchers_get_one_digest_a_day(watchman: Watchman, office: Office, clock: MovableClock) -> None:
    await office.report()
    clock.advance(2 * HOUR)
    await watchman.activity.still()
    assert await watchman.owed(NoticeKind.DIGEST) == 0, "nothing was late when the day began"
    clock.jump_to(datetime(2026, 3, 31, 0, 1, tzinfo=UTC))
    await watchman.activity.still()
    digests = await watchman.owed(NoticeKind.DIGEST)
    assert digests == len(watchman.chaser._rules.office.watchers)
    clock.advance(3 * HOUR)
    await watchman.activity.still()
    assert await watchman.owed(NoticeKind.DIGEST) == digests


async def test_no_digest_is_given_at_night(watchman: Watchman, office: Office, clock: MovableClock) -> None:
    clock.jump_to(datetime(2026, 3, 31, 7, 40, tzinfo=UTC))
    await office.report()
    await watchman.activity.still()
    clock.jump_to(datetime(2026, 3, 31, 14, 0, tzinfo=UTC))
    await watchman.activity.still()
    assert await watchman.owed(NoticeKind.DIGEST) == 0
    clock.jump_to(datetime(2026, 4, 1, 0, 5, tzinfo=UTC))
    await watchman.activity.still()
    assert await watchman.owed(NoticeKind.DIGEST) > 0


async def test_a_fault_in_one_round_does_not_end_the_chasing(
    watchman: Watchman, office: Office, clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    await office.report()
    faults = [LookupError("on purpose")]

    def faulty(records: Records) -> sweep.Sweep:
        if faults:
            raise faults.pop()
        return chase_due(records)

    monkeypatch.setattr(sweep, "chase_due", faulty)
    clock.advance(25 * MINUTE)
    assert await watchman.climbed() == []
    watchman.chaser.nudge()
    assert await watchman.climbed() == [RungKind.WARN]


async def test_the_scheduler_is_told_the_very_instant(database: Database, rules: Rules, office: Office) -> None:
    start = datetime(2026, 3, 30, 0, 30, tzinfo=UTC)
    clock = MovableClock(start)
    async with Watchman(database, rules, clock) as watchman:
        digest = watchman.wakes_at
        assert digest is not None, "the next digest is always ahead"

        await office.report()
        await watchman.activity.still()
        planned = watchman.wakes_at
        task = await database.read(lambda session: session.scalars(select(Task)).one())
        assert task.chase_at is not None
        assert planned is not None
        expected = clock.real_instant(task.chase_at)
        assert expected is not None
        assert abs(planned - expected) < timedelta(seconds=1)

        clock.advance(10 * MINUTE)
        await watchman.activity.still()
        sooner = watchman.wakes_at
        assert sooner is not None
        assert timedelta(minutes=9) < planned - sooner < timedelta(minutes=11), "a leap brings the instant nearer"


async def test_only_a_task_that_is_due_before_the_others_makes_it_look(
    watchman: Watchman, office: Office, clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    await office.report()
    await watchman.activity.still()
    looks = 0
    following = watchman.chaser._next

    async def counted(at: datetime) -> datetime | None:
        nonlocal looks
        looks += 1
        return await following(at)

    monkeypatch.setattr(watchman.chaser, "_next", counted)
    clock._frozen_at = OPENING + 5 * MINUTE
    await office.report("Sesudah itu")
    await watchman.activity.still()
    assert looks == 0
    clock._frozen_at = OPENING - 5 * MINUTE
    await office.report("Sebelum itu")
    await watchman.activity.still()
    assert looks == 1


async def test_an_answered_question_makes_it_look_again(watchman: Watchman, monkeypatch: pytest.MonkeyPatch) -> None:
    looks = 0
    following = watchman.chaser._next

    async def counted(at: datetime) -> datetime | None:
        nonlocal looks
        looks += 1
        return await following(at)

    monkeypatch.setattr(watchman.chaser, "_next", counted)
    watchman.chaser.committed(Changed(frozenset({Notice})))
    await watchman.activity.still()
    assert looks == 0
    watchman.chaser.committed(Changed(frozenset({Notice, Question})))
    await watchman.activity.still()
    assert looks == 1, "the clock of a task that paused may run again"


async def test_the_scheduler_wakes_it(database: Database, rules: Rules, office: Office) -> None:
    clock = MovableClock(datetime(2026, 3, 30, 0, 30, tzinfo=UTC))
    async with Watchman(database, rules, clock) as watchman:
        await office.report()
        await watchman.activity.still()
        task = await database.read(lambda session: session.scalars(select(Task)).one())
        assert task.chase_at is not None
        warned = asyncio.Event()
        database.on_commit(lambda changed: warned.set() if Chase in changed.kinds else None)
        clock.jump_to(task.chase_at - timedelta(milliseconds=200))
        await asyncio.wait_for(warned.wait(), 5)
        assert await watchman.climbed() == [RungKind.WARN]


async def test_a_wake_up_that_is_missed_is_made_up_for(
    database: Database, rules: Rules, clock: MovableClock, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.chaser.SWEPT_EVERY", timedelta(milliseconds=20))
    monkeypatch.setattr("bot.chaser.AUDITED_EVERY", timedelta(milliseconds=20))
    async with Watchman(database, rules, clock):
        await office.report()
        warned, timed = asyncio.Event(), asyncio.Event()
        database.on_commit(lambda changed: warned.set() if Chase in changed.kinds else None)
        clock._frozen_at = OPENING + 25 * MINUTE
        await asyncio.wait_for(warned.wait(), 5)

        def lose(records: Records) -> None:
            records.session.execute(update(Task).values(chase_at=None))

        # Before the loss: the audit may mend it before this coroutine goes on.
        database.on_commit(lambda changed: timed.set() if Task in changed.kinds else None)
        await office.work(lose)
        async with asyncio.timeout(5):
            while (await database.read(lambda session: session.scalars(select(Task)).one())).chase_at is None:
                await timed.wait()
                timed.clear()


async def test_the_audit_at_the_start_mends_what_lost_its_timer_and_its_card(
    database: Database, rules: Rules, clock: MovableClock, office: Office
) -> None:
    await office.report()

    def damage(records: Records) -> None:
        records.session.execute(update(Task).values(chase_at=None))
        records.session.execute(delete(Notice))
        records.session.execute(update(Card).values(live=False))

    await office.work(damage)
    async with Watchman(database, rules, clock):
        task = await database.read(lambda session: session.scalars(select(Task)).one())
        assert task.chase_at is not None
        live = select(Card).where(Card.live, Card.kind == CardKind.TASK)
        assert len(await database.read(lambda session: session.scalars(live).all())) == 1
