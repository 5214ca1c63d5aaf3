"""The server under the database tests does what tests rely on."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Engine, NullPool, create_engine

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


def test_a_standby_has_every_commit_when_the_primary_dies() -> None:
    with Server.make(tcp=True) as primary, primary.standby() as standby:
        primary.ask("CREATE TABLE t (n int)")
        primary.ask("INSERT INTO t VALUES (1)")
        primary.kill()
        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
            standby.ask("INSERT INTO t VALUES (2)")
        standby.promote()
        standby.ask("INSERT INTO t VALUES (2)")
        assert _count(standby) == 2
        assert f":{standby.port}/" in standby.url()


def test_databases_are_copies_that_do_not_meet(postgresql: Databases) -> None:
    template = postgresql.template("numbers", _put_a_number)
    with postgresql.fresh(template) as one, postgresql.fresh(template) as other:
        _put_a_number(create_engine(one, poolclass=NullPool))
        assert _numbers(one) == 2
        assert _numbers(other) == 1


def _put_a_number(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE IF NOT EXISTS numbers (n int)")
        connection.exec_driver_sql("INSERT INTO numbers VALUES (1)")


def _numbers(url: str) -> object:
    with create_engine(url, poolclass=NullPool).connect() as connection:
        return connection.exec_driver_sql("SELECT count(*) FROM numbers").scalar()


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
