"""A PostgreSQL server of a test's own: started in a temporary folder, abused, thrown away.

    with Server.make() as server:
        database_at(server.url("postgres"))

It listens on a Unix socket in its folder, with `tcp=True` also on a free port of the loopback. A server refuses to run
as root, so under root it runs as `postgres` or `nobody`. Should the test's process die, a guard ends the server and
removes its folder.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psycopg

from tests.postgresql.binaries import find_binaries

USER = "postgres"
PATIENCE = 120.0
"""Seconds within which a server must have started, stopped or caught up."""

_PORT = 5432
_PROMPT: Mapping[str, str] = {"fsync": "off", "full_page_writes": "off"}
_COMMON: Mapping[str, str] = {
    "shared_buffers": "32MB",
    "dynamic_shared_memory_type": "mmap",
    "logging_collector": "off",
    "log_min_messages": "log",
    "max_wal_senders": "4",
    "wal_keep_size": "64MB",
    "wal_retrieve_retry_interval": "100ms",
}
_GUARD = """
pid=-
while read -r line; do
    case $line in
        over) break ;;
        *) pid=$line ;;
    esac
done
if [ "$pid" != - ]; then
    kill -CONT "$pid"; kill -QUIT "$pid"
    for _ in 1 2 3 4 5 6 7 8 9 10; do kill -0 "$pid" || break; sleep 0.2; done
    kill -KILL "$pid"
fi
rm -rf "$0"
"""
"""Reads the number of the server's process from a pipe that ends when the test's process does."""


class Ending(StrEnum):
    """How a server is told to stop: having ended its sessions and written all down, or at once, as in a crash."""

    FAST = "fast"
    IMMEDIATE = "immediate"


class Server:
    """A running server. Every method returns when what it asks for has happened; the methods block."""

    def __init__(self, binaries: Path, *, port: int | None = None, account: str | None = None) -> None:
        self.binaries = binaries
        self.port = port
        self._account = account or _unprivileged()
        self.folder = Path(tempfile.mkdtemp(prefix="pg-"))
        self.data = self.folder / "data"
        self._settings: dict[str, str] = {}
        self._process: subprocess.Popen[bytes] | None = None
        if self._account:
            shutil.chown(self.folder, self._account)
        self._guard = subprocess.Popen(
            ["/bin/sh", "-c", _GUARD, str(self.folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            start_new_session=True,
        )

    @classmethod
    def make(cls, *, durable: bool = False, tcp: bool = False, settings: Mapping[str, str] | None = None) -> Self:
        """Make an empty cluster and start it.

        What was committed outlives a `kill` in any case; with `durable` also a power cut, at a real disk's price.
        `settings` go into postgresql.conf. Raises `RuntimeError` where the binaries are missing or the start fails.
        """
        binaries = find_binaries()
        if binaries is None:
            raise RuntimeError("no PostgreSQL server on this machine: initdb is neither on the PATH nor in PG_BIN")
        server = cls(binaries, port=_free_port() if tcp else None)
        try:
            server._run(
                "initdb", "-D", str(server.data), "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync",
                "--no-instructions",
            )  # fmt: skip
            server._configure({**_COMMON, **({} if durable else _PROMPT), **(settings or {})})
            server.start()
        except BaseException:
            server.close()
            raise
        return server

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def url(self, database: str = USER) -> str:
        """Return the SQLAlchemy URL of one of its databases: by TCP where the server listens there, else the socket."""
        if self.port is not None:
            return f"postgresql+psycopg://{USER}@127.0.0.1:{self.port}/{database}"
        return f"postgresql+psycopg://{USER}@/{database}?host={self.folder}"

    def connect(self, database: str = USER) -> psycopg.Connection[tuple[Any, ...]]:
        """Return a connection of a superuser, in autocommit."""
        return psycopg.connect(
            host=str(self.folder), port=self.port or _PORT, user=USER, dbname=database, autocommit=True
        )

    def ask(self, statement: str, database: str = USER) -> object:
        """Run one statement on a connection of its own; return the first column of its first row, None without one."""
        with self.connect(database) as connection:
            cursor = connection.execute(statement.encode())
            row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None

    @property
    def pid(self) -> int:
        """The number of the server's first process. Raises `RuntimeError` when it does not run."""
        if self._process is None:
            raise RuntimeError("the server does not run")
        return self._process.pid

    @property
    def log(self) -> str:
        """All that the server has said."""
        return (self.folder / "log").read_text(encoding="utf-8", errors="replace")

    def start(self) -> None:
        """Start it and wait until it takes connections. Raises `RuntimeError` with its log when it does not."""
        command = [str(self.binaries / "postgres"), "-D", str(self.data)]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env=_environment(),
                start_new_session=True,
                **self._as_account(),
            )
        self._tell_guard(str(self._process.pid))
        self._wait(self._answers, "did not start")

    def stop(self, how: Ending = Ending.FAST) -> None:
        """Stop it; does nothing when it does not run."""
        if self._process is None:
            return
        self.resume()
        self._process.send_signal(signal.SIGINT if how is Ending.FAST else signal.SIGQUIT)
        self._process.wait(PATIENCE)
        self._gone()

    def restart(self, how: Ending = Ending.FAST) -> None:
        """Stop it and start it again."""
        self.stop(how)
        self.start()

    def kill(self) -> None:
        """End all its processes with SIGKILL, as when its machine dies. It can be started again."""
        if self._process is None:
            return
        processes = self._processes()
        for pid in processes:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._process.wait(PATIENCE)
        deadline = time.monotonic() + PATIENCE
        while any(_lives(pid) for pid in processes) and time.monotonic() < deadline:
            time.sleep(0.005)
        self._gone()

    def pause(self) -> None:
        """Freeze all its processes: clients wait for answers that do not come."""
        for pid in self._processes():
            # A session may end between being listed and being told.
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGSTOP)

    def resume(self) -> None:
        """Let it go on after `pause`."""
        for pid in self._processes():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)

    def set(self, **settings: str) -> None:
        """Change settings that need no restart."""
        with self.connect() as connection:
            for name, value in settings.items():
                connection.execute(f"ALTER SYSTEM SET {name} = '{value}'".encode())
            connection.execute("SELECT pg_reload_conf()")

    def standby(self, *, synchronous: bool = True) -> Server:
        """Make another server that follows this one, and wait until it does.

        With `synchronous` no commit of this one returns before the other has written it down, and so commits wait
        while the other is away. Close it too.
        """
        port = _free_port() if self.port is not None else None
        other = Server(self.binaries, port=port, account=self._account)
        name = f"standby_{other.folder.name.replace('-', '_')}"
        try:
            other._run(
                "pg_basebackup", "-h", str(self.folder), "-p", str(self.port or _PORT), "-U", USER,
                "-D", str(other.data), "-X", "stream", "-c", "fast", "--no-sync",
            )  # fmt: skip
            source = f"host={self.folder} port={self.port or _PORT} user={USER} application_name={name}"
            other._configure({**self._settings, "primary_conninfo": source})
            (other.data / "standby.signal").touch()
            other.start()
            if synchronous:
                self.set(synchronous_standby_names=name)
            wanted = "sync" if synchronous else "async"
            follows = (
                f"SELECT count(*) FROM pg_stat_replication WHERE application_name = '{name}' "
                f"AND state = 'streaming' AND sync_state = '{wanted}'"
            )
            self._wait(lambda: self.ask(follows) == 1, "has no standby")
        except BaseException:
            other.close()
            raise
        return other

    def promote(self) -> None:
        """Make a standby the primary."""
        if not self.ask(f"SELECT pg_promote(true, {int(PATIENCE)})"):
            raise RuntimeError(f"the standby was not promoted:\n{self.log}")

    @property
    def is_primary(self) -> bool:
        """Whether it can be written to, being no standby."""
        return not self.ask("SELECT pg_is_in_recovery()")

    def close(self) -> None:
        """End the server and remove its folder. Does nothing the second time."""
        if self._guard.stdin is None or self._guard.stdin.closed:
            return
        with suppress(subprocess.TimeoutExpired):
            self.stop(Ending.IMMEDIATE)
        self.kill()
        self._release_memory()
        self._tell_guard("over")
        with suppress(BrokenPipeError):
            self._guard.stdin.close()
        self._guard.wait(PATIENCE)

    def _configure(self, settings: Mapping[str, str]) -> None:
        self._settings.update(settings)
        own = {
            "unix_socket_directories": str(self.folder),
            "listen_addresses": "127.0.0.1" if self.port is not None else "",
            "port": str(self.port or _PORT),
        }
        with (self.data / "postgresql.conf").open("a", encoding="utf-8") as conf:
            conf.writelines(f"{name} = '{value}'\n" for name, value in {**self._settings, **own}.items())

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [str(self.binaries / program), *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            cwd="/",
            env=_environment(),
            check=False,
            **self._as_account(),
        )
        if done.returncode:
            raise RuntimeError(f"{program} failed:\n{done.stdout}{done.stderr}")

    def _as_account(self) -> dict[str, Any]:
        if self._account is None:
            return {}
        entry = pwd.getpwnam(self._account)
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}

    def _answers(self) -> bool:
        if self._process is not None and self._process.poll() is not None:
            code = self._process.returncode
            self._gone()
            raise RuntimeError(f"the server ended with {code}:\n{self.log}")
        with suppress(psycopg.OperationalError):
            self.connect().close()
            return True
        return False

    def _wait(self, until: Callable[[], bool], failure: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while not until():
            if time.monotonic() > deadline:
                raise RuntimeError(f"the server {failure} within {PATIENCE:.0f} s:\n{self.log}")
            time.sleep(0.01)

    def _processes(self) -> list[int]:
        """Return the server's first process and its children, all of which are ours."""
        if self._process is None:
            return []
        children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children")
        with suppress(FileNotFoundError):
            return [self._process.pid, *(int(pid) for pid in children.read_text().split())]
        return [self._process.pid]

    def _gone(self) -> None:
        self._process = None
        self._tell_guard("-")

    def _tell_guard(self, line: str) -> None:
        if self._guard.stdin is not None:
            with suppress(BrokenPipeError):
                self._guard.stdin.write(f"{line}\n".encode())
                self._guard.stdin.flush()

    def _release_memory(self) -> None:
        """Give back the few bytes of shared memory that a killed server leaves; it names them in its lock file."""
        with suppress(FileNotFoundError, IndexError):
            segment = (self.data / "postmaster.pid").read_text().splitlines()[6].split()[1]
            subprocess.run(["ipcrm", "-m", segment], stderr=subprocess.DEVNULL, check=False)


def _unprivileged() -> str | None:
    """Return the account to run servers as; None where this process is no root's."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in known)


def _environment() -> dict[str, str]:
    """Return what a server needs to know: no setting of whoever runs the tests may reach it."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
