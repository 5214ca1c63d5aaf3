"""Several processes on one PostgreSQL: who is present, who leads, and what becomes of one that falls silent."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from bot.loop.trouble import Trouble
from bot.replicas.presence import Alone, AmongOthers
from bot.storage.database import Database
from bot.storage.postgresql import Postgresql
from models.mail.lease import EVERYTHING, ONLY_ROW, Leader
from tests.parts import database_at

pytestmark = pytest.mark.databases("postgresql")

Joins = Callable[[], Awaitable[AmongOthers]]
PATIENCE = 20


class Guard:
    """Work that only the leader may do."""

    def __init__(self, process: AmongOthers) -> None:
        self.begun, self.broken_off = asyncio.Event(), asyncio.Event()
        self.task = asyncio.create_task(process.while_leading(self._stand))

    async def _stand(self) -> None:
        self.begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            self.broken_off.set()

    async def end(self) -> None:
        self.task.cancel()
        await asyncio.wait({self.task})


@pytest.fixture
def database(migrated_url: str) -> Iterator[Database]:
    with database_at(migrated_url) as database:
        yield database


@pytest.fixture
async def joins(database: Database, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Joins]:
    monkeypatch.setattr("bot.replicas.presence.SHOWN_EVERY", timedelta(milliseconds=20))
    store = database.store
    assert isinstance(store, Postgresql)
    async with AsyncExitStack() as leaving:

        async def join() -> AmongOthers:
            process = AmongOthers(store.connection_arguments, trouble=database.trouble, cause=store.cause)
            leaving.push_async_callback(process.stop)
            await process.start()
            return process

        yield join


async def happens(event: asyncio.Event) -> None:
    async with asyncio.timeout(PATIENCE):
        await event.wait()


async def test_one_leads_and_when_it_leaves_another_does(joins: Joins) -> None:
    first, second = await joins(), await joins()
    assert first.number != second.number
    assert [(process.sure, process.leading) for process in (first, second)] == [(True, True), (True, False)]
    begins, waits = Guard(first), Guard(second)
    await happens(begins.begun)
    assert not waits.begun.is_set()

    await first.stop()
    await happens(begins.broken_off)
    await happens(waits.begun)
    assert [(process.sure, process.leading) for process in (first, second)] == [(False, False), (True, True)]
    for guard in (begins, waits):
        await guard.end()


async def test_who_loses_the_session_leads_no_longer_and_comes_back(joins: Joins, database: Database) -> None:
    process = await joins()
    guard = Guard(process)
    await happens(guard.begun)
    guard.begun.clear()
    with database.engine.begin() as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'disposisi presence'"
        )
    await happens(guard.broken_off)
    await happens(guard.begun)
    assert process.leading
    await guard.end()


async def forever(*_: object) -> None:
    await asyncio.Event().wait()


async def test_who_is_silent_is_taken_for_absent(joins: Joins, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as stopped:
        stopped.setattr("bot.replicas.presence.ABSENT_AFTER", timedelta(milliseconds=50))
        stopped.setattr(AmongOthers, "_rest", forever)
        silent = await joins()
    other = await joins()
    guard = Guard(other)
    await happens(guard.begun)
    assert other.number != silent.number
    await guard.end()


async def test_what_the_leader_does_may_fail(joins: Joins) -> None:
    process = await joins()

    async def fail() -> None:
        raise LookupError("on purpose")

    with pytest.raises(LookupError):
        await process.while_leading(fail)


async def test_a_server_that_is_away_is_waited_for(caplog: pytest.LogCaptureFixture) -> None:
    away = {"host": "127.0.0.1", "port": 1, "dbname": "nothing", "connect_timeout": 2}
    process = AmongOthers(away, trouble=Trouble("away", "back"), cause=str)
    starting = asyncio.create_task(process.start())
    done, _ = await asyncio.wait({starting}, timeout=0.2)
    assert not done
    starting.cancel()
    await process.stop()
    (line,) = caplog.records
    assert "refused" in line.getMessage(), "the cause, and once"


async def test_whatever_breaks_the_session_a_new_one_is_tried(joins: Joins, monkeypatch: pytest.MonkeyPatch) -> None:
    connect, broken = psycopg.AsyncConnection.connect, list[bool]()

    async def reluctant(**arguments: Any) -> psycopg.AsyncConnection[Any]:
        if not broken:
            broken.append(True)
            raise OSError(24, "Too many open files")
        return await connect(**arguments)

    monkeypatch.setattr(psycopg.AsyncConnection, "connect", reluctant)
    async with asyncio.timeout(PATIENCE):
        process = await joins()
    assert broken
    assert process.leading


class Hearing:
    """What a process was told since it was last asked."""

    def __init__(self, process: AmongOthers) -> None:
        self._names: set[str] = set()
        self._told = asyncio.Event()
        process.on_told(self._note)

    def _note(self, names: frozenset[str]) -> None:
        self._names |= names
        self._told.set()

    async def hears(self, *names: str) -> None:
        """Wait until it was told of all these names, and forget what it was told."""
        await self._until(lambda: self._names.issuperset(names))

    async def hears_of(self, name: str) -> None:
        """Wait until it looks at `name`: it was told of it, or of everything."""
        await self._until(lambda: not self._names.isdisjoint({name, EVERYTHING}))

    async def _until(self, heard: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not heard():
                await self._told.wait()
                self._told.clear()
        self._names.clear()


async def test_what_one_tells_the_others_hear_at_once_and_it_does_not_itself(
    joins: Joins, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = await joins(), await joins()
    heard, own = Hearing(first), list[frozenset[str]]()
    # From here on nobody uses the session without a reason: what is heard comes with the word itself.
    monkeypatch.setattr("bot.replicas.presence.SHOWN_EVERY", timedelta(hours=1))
    second.on_told(own.append)
    second.tell(["tasks", "outbox"])
    await heard.hears("tasks", "outbox")
    assert own == []


async def test_what_is_told_in_quick_succession_is_told_together(joins: Joins, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = await joins(), await joins()
    heard = Hearing(first)
    monkeypatch.setattr("bot.replicas.presence.TOLD_EVERY", timedelta(milliseconds=200))
    second.tell(["tasks"])
    await heard.hears("tasks")
    second.tell(["outbox"])
    second.tell(["questions"])
    await heard.hears("outbox", "questions")


async def test_who_sees_another_go_looks_at_everything(joins: Joins) -> None:
    goes, stays = await joins(), await joins()
    heard = Hearing(stays)
    await goes.stop()
    await heard.hears(EVERYTHING)


async def test_who_was_out_of_touch_looks_at_everything(joins: Joins, database: Database) -> None:
    process = await joins()
    heard = Hearing(process)
    with database.engine.begin() as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'disposisi presence'"
        )
    await heard.hears(EVERYTHING)


async def test_what_could_not_be_told_is_looked_at_once_the_sessions_are_back(joins: Joins, database: Database) -> None:
    first, second = await joins(), await joins()
    heard = Hearing(first)
    with database.engine.begin() as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'disposisi presence'"
        )
    second.tell(["tasks"])
    # Whose session is there first is by chance. Where the teller's is, nobody listens yet; who comes looks at all.
    await heard.hears_of("tasks")


async def test_a_command_beside_the_bots_tells_them_of_what_it_has_written(joins: Joins, database: Database) -> None:
    process = await joins()
    heard = Hearing(process)
    with database.transaction() as session:
        session.add(Leader(id=ONLY_ROW, process=1, shown_at=datetime(2026, 11, 23, tzinfo=UTC)))
    await heard.hears(EVERYTHING)


async def test_alone_a_process_leads() -> None:
    process = Alone()
    done = []

    async def work() -> None:
        done.append(True)

    await process.start()
    await process.while_leading(work)
    await process.stop()
    assert done == [True]
    assert process.sure
