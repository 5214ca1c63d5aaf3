"""Who leads, as the others see it: a lock that anybody may hold is no sign of life, a row that is renewed is one."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta

import psycopg
import pytest
from psycopg import sql

from bot.clock import MovableClock
from bot.health import Vitals
from bot.leadership import Leadership
from bot.metrics import Metrics
from bot.replicas.presence import LEADER, AmongOthers
from bot.storage.database import Database
from bot.storage.postgresql import Postgresql
from models.rules.rules import Rules
from tests.parts import database_at

pytestmark = pytest.mark.databases("postgresql")

STRANGER = "one_who_may_only_connect"
PATIENCE = 20


@pytest.fixture
def database(migrated_url: str) -> Iterator[Database]:
    with database_at(migrated_url) as database:
        yield database


@pytest.fixture
def server(database: Database) -> Postgresql:
    assert isinstance(database.store, Postgresql)
    return database.store


@pytest.fixture
def stranger(server: Postgresql) -> Iterator[str]:
    """A role that owns nothing and was granted nothing."""
    name = sql.Identifier(STRANGER)
    with psycopg.connect(**server.connection_arguments, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(name))
    yield STRANGER
    with psycopg.connect(**server.connection_arguments, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP ROLE {}").format(name))


@asynccontextmanager
async def process(database: Database, server: Postgresql) -> AsyncIterator[AmongOthers]:
    presence = AmongOthers(server.connection_arguments, trouble=database.trouble, cause=server.cause)
    await presence.start()
    try:
        yield presence
    finally:
        await presence.stop()


def vitals_of(presence: AmongOthers, database: Database, clock: MovableClock, rules: Rules) -> Vitals:
    return Vitals(database=database, presence=presence, clock=clock, metrics=Metrics(), rules=rules)


async def test_a_stranger_who_holds_the_leaders_lock_makes_nobody_ready(
    database: Database, server: Postgresql, stranger: str, clock: MovableClock, rules: Rules
) -> None:
    arguments = {**server.connection_arguments, "user": stranger}
    with psycopg.connect(**arguments, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s, 0)", [LEADER])
        async with process(database, server) as presence:
            assert (presence.sure, presence.leading) == (True, False)
            health = await vitals_of(presence, database, clock, rules).report()
    assert not health.ready
    assert {check.name: check.reason for check in health.checks if not check.ok} == {"leader": "no process has led yet"}


async def test_a_stranger_gets_no_further_once_public_may_not_connect(server: Postgresql, stranger: str) -> None:
    with psycopg.connect(**server.connection_arguments, autocommit=True) as connection:
        name = sql.Identifier(connection.info.dbname)
        connection.execute(sql.SQL("REVOKE CONNECT ON DATABASE {} FROM PUBLIC").format(name))
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        psycopg.connect(**{**server.connection_arguments, "user": stranger})


async def test_one_that_follows_is_ready_while_the_other_shows_that_it_leads(
    database: Database, server: Postgresql, clock: MovableClock, rules: Rules, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.leadership.RENEWED_EVERY", timedelta(milliseconds=20))

    async with process(database, server) as first, process(database, server) as second:
        follower = vitals_of(second, database, clock, rules)
        assert not (await follower.report()).ready
        leads = Leadership(database=database, presence=first, clock=clock)
        renewing = asyncio.create_task(first.while_leading(leads.run))
        async with asyncio.timeout(PATIENCE):
            while not (await follower.report()).ready:
                pass
        renewing.cancel()
        await asyncio.wait({renewing})
        clock.advance(timedelta(minutes=1))
        assert not (await follower.report()).ready
