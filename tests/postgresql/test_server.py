"""The server under the database tests does what tests rely on."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Engine

from tests.postgresql.databases import Databases
from tests.postgresql.server import Ending, Server

ROOT = Path(__file__).parents[2]


def _count(server: Server) -> object:
    return server.ask("SELECT count(*) FROM t")


def test_what_was_committed_outlives_every_ending(postgresql_server: Server) -> None:
    server = postgresql_server
    server.ask("CREATE TABLE t (n int)")
    server.ask("INSERT INTO t VALUES (1)")
    server.restart()
    server.ask("INSERT INTO t VALUES (2)")
    server.restart(Ending.IMMEDIATE)
    server.ask("INSERT INTO t VALUES (3)")
    server.kill()
    with pytest.raises(psycopg.OperationalError):
        server.connect()
    server.start()
    assert _count(server) == 3


def test_a_paused_server_answers_once_it_may_go_on(postgresql_server: Server) -> None:
    with postgresql_server.connect() as connection:
        connection.execute("SET statement_timeout = 0")
        postgresql_server.pause()
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(host=str(postgresql_server.folder), user="postgres", connect_timeout=2)
        postgresql_server.resume()
        row = connection.execute("SELECT 1").fetchone()
    assert row == (1,)


def test_a_standby_has_every_commit_when_the_primary_dies(make_server: Callable[..., Server]) -> None:
    primary = make_server(tcp=True)
    with primary.standby() as standby:
        primary.ask("CREATE TABLE t (n int)")
        primary.ask("INSERT INTO t VALUES (1)")
        primary.kill()
        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
            standby.ask("INSERT INTO t VALUES (2)")
        standby.promote()
        standby.ask("INSERT INTO t VALUES (2)")
        assert _count(standby) == 2
        assert f":{standby.port}/" in standby.url()


def test_each_test_finds_the_template_as_it_was_filled(postgresql: Databases) -> None:
    with postgresql.filled("numbers", _number) as one, postgresql.filled("numbers", _number) as other:
        assert one != other
        first = {one, other}
        _does(one, "INSERT INTO numbers (n) VALUES (7)")
        assert _asks(other, "SELECT n FROM numbers") == [(1,)]
        # As a program that is killed leaves it: a session that holds locks.
        stale = psycopg.connect(one.replace("+psycopg", ""))
        stale.execute("LOCK TABLE numbers")
    with pytest.raises(psycopg.OperationalError):
        stale.execute("SELECT 1")
    with postgresql.filled("numbers", _number) as one, postgresql.filled("numbers", _number) as other:
        assert {one, other} == first
        for url in (one, other):
            assert _asks(url, "SELECT n FROM numbers") == [(1,)]
            assert _asks(url, "INSERT INTO numbers (n) VALUES (8) RETURNING id") == [(2,)]


def test_a_database_whose_tables_were_changed_serves_nobody_else(postgresql: Databases) -> None:
    with postgresql.filled("numbers", _number) as url:
        _does(url, "ALTER TABLE numbers DROP CONSTRAINT numbers_n_check")
        _does(url, "INSERT INTO numbers (n) VALUES (-1)")
    with postgresql.filled("numbers", _number) as other:
        assert other != url
        with pytest.raises(psycopg.errors.CheckViolation):
            _does(other, "INSERT INTO numbers (n) VALUES (-1)")


def test_an_empty_database_is_new_each_time(postgresql: Databases) -> None:
    for _ in range(2):
        with postgresql.empty() as url:
            _does(url, "CREATE TABLE numbers (n int)")


def _number(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE numbers (id serial, n int CHECK (n > 0))")
        connection.exec_driver_sql("INSERT INTO numbers (n) VALUES (1)")


def _does(url: str, statement: str) -> None:
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        connection.execute(statement.encode())


def _asks(url: str, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        return connection.execute(statement.encode()).fetchall()


@pytest.mark.usefixtures("make_server")
def test_nothing_is_left_behind_by_a_test_process_that_dies() -> None:
    """The server must end, and its folder go, although nobody closes it."""
    program = (
        "from tests.postgresql.server import Server\n"
        "import sys\n"
        "server = Server.make()\n"
        "print(server.pid, server.folder, flush=True)\n"
        "sys.stdin.read()\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    with process:
        assert process.stdout is not None
        pid, folder = process.stdout.readline().split()
        process.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 20
    while (Path(folder).exists() or Path(f"/proc/{pid}").exists()) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not Path(folder).exists()
    assert not Path(f"/proc/{pid}").exists()
