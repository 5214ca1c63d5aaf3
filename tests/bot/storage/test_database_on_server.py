"""PostgreSQL under the bot: what others got in the way of runs again, and what went wrong is said."""

import asyncio
from collections.abc import Callable, Iterator

import psycopg
import pytest
from sqlalchemy import PoolProxiedConnection, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm import Session

from bot.stopped import DatabaseUnusable
from bot.storage.database import Changed, Database
from bot.storage.postgresql import Postgresql
from models.faults import is_collision, is_outage
from models.office.tenure import Post
from models.repository.numbering import Numbering
from tests.parts import database_at
from tests.postgresql.databases import Databases
from tests.postgresql.server import Ending, Server

pytestmark = pytest.mark.databases("postgresql")

TRIES = 6


def post(code: str) -> Post:
    return Post(code=code, title=code, short=code)


async def test_work_whose_key_was_taken_meanwhile_runs_again_and_sees_it(database: Database) -> None:
    tries = 0

    def makes_or_finds(session: Session) -> str:
        nonlocal tries
        tries += 1
        found = session.get(Numbering, ("SW", 2026))
        if tries == 1:
            with database.transaction() as other:
                other.add(Numbering(prefix="SW", year=2026, last=1))
        if found is None:
            session.add(Numbering(prefix="SW", year=2026, last=1))
            return "made"
        return "found"

    assert await database.transact(makes_or_finds) == "found"
    assert tries == 2


async def test_a_key_that_stays_taken_is_told_in_the_end(database: Database) -> None:
    tries = 0

    def makes_two(session: Session) -> None:
        nonlocal tries
        tries += 1
        session.add_all([post("kadiv"), post("kadiv")])

    with pytest.raises(IntegrityError) as caught:
        await database.transact(makes_two)
    assert tries == TRIES
    assert is_collision(caught.value)
    assert not is_outage(caught.value)


async def test_a_commit_whose_answer_was_lost_is_told_to_those_who_listen(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[Changed] = []
    database.on_commit(heard.append)
    commit = database.engine.dialect.do_commit

    def unheard(connection: PoolProxiedConnection) -> None:
        commit(connection)
        raise psycopg.OperationalError("server closed the connection unexpectedly")

    with monkeypatch.context() as patch:
        patch.setattr(database.engine.dialect, "do_commit", unheard)
        with pytest.raises(OperationalError):
            await database.transact(lambda session: session.add(post("kadiv")))
    assert await database.read(lambda session: session.get(Post, "kadiv")) is not None
    assert heard == [Changed(frozenset({Post}), certain=False)]


async def test_two_that_wait_for_each_other_both_get_through(database: Database) -> None:
    await database.transact(lambda session: session.add_all([post("a"), post("b")]))
    both = asyncio.Barrier(2)
    loop = asyncio.get_running_loop()
    met = 0

    def crosses(first: str, second: str) -> Callable[[Session], None]:
        def work(session: Session) -> None:
            nonlocal met
            session.get_one(Post, first, with_for_update=True).short += "!"
            session.flush()
            if met < 2:
                met += 1
                asyncio.run_coroutine_threadsafe(both.wait(), loop).result(10)
            session.get_one(Post, second, with_for_update=True).short += "!"

        return work

    await asyncio.gather(database.transact(crosses("a", "b")), database.transact(crosses("b", "a")))
    shorts = await database.read(lambda session: [session.get_one(Post, code).short for code in "ab"])
    assert shorts == ["a!!", "b!!"]


async def test_work_runs_again_on_a_server_that_was_restarted(postgresql_server: Server) -> None:
    with database_at(postgresql_server.url()) as database:
        await database.transact(lambda session: session.execute(text("CREATE TABLE t (n int)")))
        postgresql_server.restart(Ending.IMMEDIATE)
        await database.transact(lambda session: session.execute(text("INSERT INTO t VALUES (1)")))
        assert await database.read(lambda session: session.scalar(text("SELECT count(*) FROM t"))) == 1


async def test_a_server_that_is_away_is_an_outage(postgresql_server: Server) -> None:
    with database_at(postgresql_server.url()) as database:
        await database.transact(lambda session: session.execute(text("SELECT 1")))
        postgresql_server.stop()
        with pytest.raises(OperationalError) as caught:
            await database.transact(lambda session: session.execute(text("SELECT 1")))
        assert is_outage(caught.value)
        with pytest.raises(DatabaseUnusable, match="Start it, or mend the host"):
            database.open()


@pytest.mark.parametrize(
    ("statement", "outage"),
    [
        ("SELECT * FROM missing", False),
        ("not even SQL", False),
        ("INSERT INTO posts VALUES (NULL, '', '')", False),
        ("SELECT pg_terminate_backend(pg_backend_pid())", True),
        ("SET statement_timeout = 1; SELECT pg_sleep(10)", True),
        ("SET TRANSACTION READ ONLY; DELETE FROM posts", True),
    ],
)
def test_what_is_the_servers_fault_is_told_from_what_never_works(
    database: Database,
    statement: str,
    outage: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    with pytest.raises(DBAPIError) as caught, database.engine.begin() as connection:
        connection.exec_driver_sql(statement)
    assert is_outage(caught.value) is outage
    assert not is_collision(caught.value)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda url: url.replace("/test_", "/no_test_"), "does not exist.*Create it with `createdb`"),
        (lambda url: url.replace("host=", "host=/nowhere"), "Start it, or mend the host"),
        (lambda url: url.replace("postgres@", "nobody_known@"), "does not exist.*Mend the user in DATABASE_URL"),
        (lambda url: url.replace("host=", "sslmood=on&host="), "Mend the port, or what follows the question mark"),
        (lambda _: "postgresql+psycopg://u:s3cret@nowhere.invalid/office", "on nowhere.invalid.*this machine's DNS"),
        (lambda _: "postgresql+psycopg://u:s3cret@127.0.0.1:99999/office", "Mend the port"),
        (lambda _: "postgresql+psycopg://u:s3cret@127.0.0.1:1/office", "Start it, or mend the host"),
    ],
)
def test_a_url_that_leads_nowhere_is_explained(url: str, change: Callable[[str], str], said: str) -> None:
    with pytest.raises(DatabaseUnusable, match=said):
        database_at(change(url)).open()


@pytest.mark.parametrize(
    ("user", "database", "remedy"),
    [
        ("bot:canary", "office", "The server refuses the password in DATABASE_URL"),
        ("bot", "office", "The server refuses the password in DATABASE_URL"),
        ("bot:right", "closed", "GRANT CONNECT ON DATABASE"),
        ("idle:right", "office", "Mend the user in DATABASE_URL, or the server's pg_hba.conf"),
        ("limited:right", "office", "The server takes no more connections"),
        ("bot:right", "office?sslmode=require", "Mend sslmode and sslrootcert"),
    ],
)
def test_a_server_that_lets_nobody_in_is_explained(guarded: Server, user: str, database: str, remedy: str) -> None:
    url = guarded.url().replace("postgres@", f"{user}@").replace("/postgres", f"/{database}")
    with pytest.raises(DatabaseUnusable, match=remedy) as caught:
        database_at(url).open()
    assert "canary" not in str(caught.value)


@pytest.fixture(scope="module")
def guarded() -> Iterator[Server]:
    """A server that asks for passwords, with users and databases that refuse."""
    with Server.make(tcp=True) as server:
        with server.connect() as connection:
            connection.autocommit = True
            for statement in (
                "CREATE ROLE bot LOGIN PASSWORD 'right'",
                "CREATE ROLE idle PASSWORD 'right'",
                "CREATE ROLE limited LOGIN PASSWORD 'right' CONNECTION LIMIT 0",
                "CREATE DATABASE office OWNER bot",
                "CREATE DATABASE closed",
                "REVOKE CONNECT ON DATABASE closed FROM PUBLIC",
            ):
                connection.execute(statement)
        rules = server.data / "pg_hba.conf"
        asking = "host all bot,idle,limited 127.0.0.1/32 scram-sha-256\n"
        rules.write_text(asking + rules.read_text(encoding="utf-8"), encoding="utf-8")
        server.ask("SELECT pg_reload_conf()")
        yield server


def test_the_server_starts_nothing_for_a_statement_that_is_short(database: Database) -> None:
    """Neither processes that help nor a compilation, unless the URL asks for it."""
    for engine in (database.store.reading, database.engine):
        with engine.connect() as connection:
            assert connection.scalar(text("SHOW max_parallel_workers_per_gather")) == "0"
            assert connection.scalar(text("SHOW jit")) == "off"
    store = Postgresql(database.engine.url.update_query_dict({"options": "-c jit=on"}))
    with store.reading.connect() as connection:
        assert connection.scalar(text("SHOW jit")) == "on"
        assert connection.scalar(text("SHOW max_parallel_workers_per_gather")) == "0"
    store.reading.dispose()


def test_tables_that_are_missing_are_named(postgresql: Databases) -> None:
    with (
        postgresql.empty() as url,
        database_at(url) as database,
        pytest.raises(DatabaseUnusable, match="disposisi migrate"),
        database.transaction() as session,
    ):
        session.get(Post, "kadiv")


async def test_a_standby_is_named_as_what_it_is(postgresql_server: Server) -> None:
    with postgresql_server.standby(synchronous=False) as standby:
        database = database_at(standby.url())
        with pytest.raises(DatabaseUnusable, match="standby that only reads"), database.transaction() as session:
            session.execute(text("CREATE TABLE t (n int)"))
        with pytest.raises(DBAPIError) as caught:
            await database.transact(lambda session: session.execute(text("CREATE TABLE t (n int)")))
        assert is_outage(caught.value)
        database.close()


async def test_of_several_servers_only_the_one_that_can_be_written_to_will_do(postgresql_server: Server) -> None:
    with postgresql_server.standby(synchronous=False) as standby:
        hosts = "&".join(f"host={server.folder}:5432" for server in (standby, postgresql_server))
        with database_at(f"postgresql+psycopg://postgres@/postgres?{hosts}") as database:
            await database.transact(lambda session: session.execute(text("CREATE TABLE t (n int)")))
            following = text("SELECT pg_is_in_recovery()")
            assert await database.read(lambda session: session.scalar(following)) is False
            store = database.store
            assert isinstance(store, Postgresql)
            # On the standby it would hold locks that no other process sees.
            with psycopg.connect(**store.connection_arguments) as presence:
                assert presence.execute("SELECT pg_is_in_recovery()").fetchone() == (False,)


def test_a_server_that_is_too_old_is_refused(postgresql: Databases, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.storage.postgresql.OLDEST", 99)
    with postgresql.empty() as url, pytest.raises(DatabaseUnusable, match=r"PostgreSQL \d\d\. Name one of version 99"):
        database_at(url).open()


def test_no_password_is_ever_said() -> None:
    database = database_at("postgresql://bot:secret@/disposisi?host=/nowhere")
    with pytest.raises(DatabaseUnusable) as caught:
        database.open()
    assert "secret" not in f"{caught.value} {database.name}"
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(host="/nowhere", user="bot", dbname="disposisi")
