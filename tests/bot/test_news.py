"""What one process on a database writes, the parts of another one look at; what is nobody's business is not told."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.news import News
from bot.replicas.presence import AmongOthers
from bot.storage.database import Changed, Database
from bot.storage.postgresql import Postgresql
from models.base import Base
from models.chase.daily_round import DailyRound
from models.mail.inbox import InboxUpdate
from models.mail.lease import ONLY_ROW, Leader
from models.mail.notice import Notice
from models.repository.records import Records
from models.rules.rules import Rules
from tests.parts import database_at

pytestmark = pytest.mark.databases("postgresql")

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
PATIENCE = 20


class Process:
    """A process on the database, as far as it tells and hears; `heard` is what its parts were told of others."""

    def __init__(self, database: Database) -> None:
        assert isinstance(database.store, Postgresql)
        arguments, cause = database.store.connection_arguments, database.store.cause
        self.database = database
        self.presence = AmongOthers(arguments, trouble=database.trouble, cause=cause)
        self.news = News(database=database, presence=self.presence)
        self.heard: list[frozenset[type]] = []
        self._told = asyncio.Event()
        database.on_commit(self._note)

    def _note(self, changed: Changed) -> None:
        if changed.elsewhere:
            assert not changed.certain
            self.heard.append(changed.kinds)
            self._told.set()

    async def hears(self, *kinds: type, patience: float = PATIENCE) -> None:
        """Wait until it is told that objects of these classes were written, and of nothing but that."""
        async with asyncio.timeout(patience):
            while frozenset(kinds) not in self.heard:
                await self._told.wait()
                self._told.clear()

    async def writes(self, *rows: Base) -> None:
        def work(session: Session) -> None:
            session.add_all(rows)

        await self.database.transact(work)


@pytest.fixture
async def processes(migrated_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[tuple[Process, Process]]:
    """Two processes that are present; the second has seen the first."""
    monkeypatch.setattr("bot.replicas.presence.SHOWN_EVERY", timedelta(milliseconds=20))
    monkeypatch.setattr("bot.replicas.presence.TOLD_EVERY", timedelta())
    async with AsyncExitStack() as leaving:
        made = [Process(leaving.enter_context(database_at(migrated_url))) for _ in range(2)]
        for one in made:
            leaving.push_async_callback(one.presence.stop)
            await one.presence.start()
        yield made[0], made[1]


async def test_the_others_hear_of_a_commit_and_who_made_it_does_not(processes: tuple[Process, Process]) -> None:
    first, second = processes
    second.heard.clear()
    await second.writes(DailyRound(day=MONDAY.date(), made_at=MONDAY))
    await first.hears(DailyRound)
    assert second.heard == []


async def test_a_sign_of_life_is_no_news(processes: tuple[Process, Process]) -> None:
    first, second = processes
    await second.writes(Leader(id=ONLY_ROW, process=2, shown_at=MONDAY))
    assert second.presence._untold == set()
    await second.writes(DailyRound(day=MONDAY.date(), made_at=MONDAY))
    await first.hears(DailyRound)
    assert not any(Leader in kinds and len(kinds) < len(Base.registry.mappers) for kinds in first.heard)


async def test_updates_without_a_place_are_left_to_the_others(processes: tuple[Process, Process]) -> None:
    first, second = processes
    second.news.updates_wait()
    await first.hears(InboxUpdate)


async def test_tables_of_another_version_are_passed_over(processes: tuple[Process, Process]) -> None:
    first, second = processes
    second.presence.tell(["of_another_version", DailyRound.__tablename__])
    await first.hears(DailyRound)


async def test_what_a_command_writes_is_told_and_what_it_reads_is_not(
    processes: tuple[Process, Process], rules: Rules
) -> None:
    """Through `Records`, which writes rows by itself, and by a statement that no flush knows of."""
    first, _ = processes

    async def runs(command: Callable[[Session], object]) -> None:
        def run() -> None:
            with first.database.transaction() as session:
                command(session)

        first.heard.clear()
        await asyncio.to_thread(run)

    def owe(session: Session) -> None:
        Records(session, rules=rules, at=MONDAY).say(7, "welcome")

    everything = frozenset(mapper.class_ for mapper in Base.registry.mappers)
    for command in (owe, lambda session: session.execute(update(Notice).values(attempts=1))):
        await runs(command)
        await first.hears(*everything)
    await runs(lambda session: session.scalar(select(Notice.id)))
    with pytest.raises(TimeoutError):
        await first.hears(*everything, patience=0.3)


async def test_who_hears_something_does_not_tell_sooner_for_it(
    processes: tuple[Process, Process], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = processes
    await first.writes(DailyRound(day=MONDAY.date(), made_at=MONDAY))
    await second.hears(DailyRound)
    monkeypatch.setattr("bot.replicas.presence.TOLD_EVERY", timedelta(hours=1))
    first.presence.tell([Notice.__tablename__])
    second.presence._told_at = -timedelta(hours=1).total_seconds()
    second.news.updates_wait()
    await first.hears(InboxUpdate)
    assert first.presence._untold == {Notice.__tablename__}


async def test_what_is_written_while_somebody_comes_is_told_to_them(
    migrated_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer to a look is under way, and does not name who has come meanwhile."""
    monkeypatch.setattr("bot.replicas.presence.SHOWN_EVERY", timedelta(milliseconds=20))
    async with AsyncExitStack() as leaving:
        first, second = (Process(leaving.enter_context(database_at(migrated_url))) for _ in range(2))
        for one in (first, second):
            leaving.push_async_callback(one.presence.stop)
        await first.presence.start()
        look = first.presence._look

        async def look_slowly(connection: psycopg.AsyncConnection[Any]) -> None:
            monkeypatch.setattr(first.presence, "_look", look)
            await look(connection)
            await second.presence.start()
            first.presence.tell([DailyRound.__tablename__])

        monkeypatch.setattr(first.presence, "_look", look_slowly)
        await second.hears(DailyRound)


def test_all_tables_have_room_in_what_is_told() -> None:
    """PostgreSQL takes less than 8,000 bytes."""
    names = ",".join(mapper.class_.__tablename__ for mapper in Base.registry.mappers)
    assert len(names.encode()) < 8_000
