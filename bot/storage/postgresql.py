"""PostgreSQL: a small pool of connections, for several identical processes on one database."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, Engine, create_engine, event, func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from bot.stopped import DatabaseUnusable
from models.mail.lease import CHANNEL, EVERYTHING

if TYPE_CHECKING:
    import psycopg

DRIVER = "postgresql+psycopg"
WRITERS = 8
READERS = 4

OLDEST = 14
"""The oldest version of the server that works. Older ones cannot end a session that is silent."""

STANDING_STILL_SECONDS = 15
"""How long a transaction may be idle before the server ends it. A stopped process must not keep others waiting."""

_PATIENCE: dict[str, Any] = {
    # Of a server that does not answer, in seconds.
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    # In milliseconds.
    "tcp_user_timeout": 20_000,
}
_LIMITS = {
    "idle_in_transaction_session_timeout": f"{STANDING_STILL_SECONDS}s",
    "lock_timeout": "10s",
    "statement_timeout": "60s",
}

_PLANS = {"jit": "off", "max_parallel_workers_per_gather": "0"}
"""What the server does for long statements, and what costs more than it gives for those of this program.

To compile a statement takes longer than it runs, and processes that help with one must be started for each statement.
"""

_CHOICE = "target_session_attrs"

LET_IT_OWN = "Let it own the database and its schema: ALTER SCHEMA public OWNER TO that user."
"""The remedy for a user who may not make tables. Up to PostgreSQL 14 who owns a database does not own its schema."""

_CANNOT_CONNECT = "Start it, or mend the host, port and name in DATABASE_URL."
_REMEDIES = {
    "28P01": "The server refuses the password in DATABASE_URL, or there is none. Mend it.",
    "28000": "The server refuses this user. Mend the user in DATABASE_URL, or the server's pg_hba.conf.",
    "3D000": "The server has no such database. Create it with `createdb`, or name another one in DATABASE_URL.",
    "42501": f"The user in DATABASE_URL may not do this. {LET_IT_OWN}",
    "42P01": "It lacks tables of the record. Run `disposisi migrate`, or name another one in DATABASE_URL.",
    "53100": "The disk of the server is full. Free some space and try again.",
    "53300": "The server takes no more connections. Raise max_connections or the user's limit, or run fewer processes.",
    "57P03": "The server is starting or stopping. Wait, or see its own log.",
    "25006": "The server is a standby that only reads. Name the primary, or every host, in DATABASE_URL.",
    "55P03": "It is locked by another program. Wait until that has finished, and try again.",
}

_IN_WORDS = {
    "password": _REMEDIES["28P01"],
    "too many (clients|connections)|connection slots": _REMEDIES["53300"],
    'database ".*" does not exist': _REMEDIES["3D000"],
    'role ".*" (does not exist|is not permitted)|pg_hba.conf|authentication failed': _REMEDIES["28000"],
    "permission denied for database": (
        "The user in DATABASE_URL may not connect to it: GRANT CONNECT ON DATABASE name TO that user."
    ),
    "starting up|shutting down|recovery": _REMEDIES["57P03"],
    "resolve host|translate host": "Mend the host in DATABASE_URL, or this machine's DNS.",
    "SSL|certificate": "Mend sslmode and sslrootcert in DATABASE_URL, or the server's certificate.",
    "connection option|invalid port": "Mend the port, or what follows the question mark, in DATABASE_URL.",
    "timeout|timed out|unreachable|No route": (
        "Check the network and the firewall, or mend the host and port in DATABASE_URL."
    ),
}
"""The remedy by the words of a refusal: an error of a connection that was never made has no code."""


def unhurried(session: Session) -> Session:
    """Lift the time limit for the statements of this transaction; returns `session`. SQLite sets no limit."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SET LOCAL statement_timeout = 0"))
    return session


_TELL = select(func.pg_notify(CHANNEL, EVERYTHING)).where(func.pg_current_xact_id_if_assigned().is_not(None))
"""Lets the commit tell the processes that listen. A transaction has a number once it has written or locked a row."""


@contextmanager
def telling_those_who_serve(session: Session) -> Iterator[None]:
    """Let the commit tell every process that serves this database, if something is written within.

    The server is asked for that: no event of the session tells of what a statement has written, nor of what `Records`
    writes by itself.
    """
    yield
    session.flush()
    session.execute(_TELL)


class Postgresql:
    """A database on a server, or on several of which one is the primary (`?host=a:5432&host=b:5432`).

    Raises `DatabaseUnusable` for a URL with another driver than psycopg, or without a database.
    """

    path = None
    shared = True
    writers = WRITERS
    readers = READERS
    group = 1

    def __init__(self, url: URL) -> None:
        if url.drivername not in {"postgresql", DRIVER}:
            raise DatabaseUnusable(f"DATABASE_URL asks for the driver {url.drivername}. Write it as {DRIVER}://…")
        if not url.database:
            raise DatabaseUnusable(f"DATABASE_URL names no database. Write it like {DRIVER}://user@host/disposisi.")
        self._url = url.set(drivername=DRIVER)

    @property
    def name(self) -> str:
        """The name of the database and where its server is."""
        hosts = self._url.query.get("host") or self._url.host or "this machine"
        return f"{self._url.database} on {hosts if isinstance(hosts, str) else ', '.join(hosts)}"

    @property
    def connection_arguments(self) -> dict[str, Any]:
        """The arguments of psycopg's own `connect` for the same database, for a session beside the pool."""
        _, arguments = self.writing.dialect.create_connect_args(self._url)
        return {**arguments, **_PATIENCE, **self._choice, "application_name": "disposisi"}

    @cached_property
    def writing(self) -> Engine:
        """The engine of the writers. Each statement sees what was committed before it, so decisions must lock rows."""
        engine = create_engine(
            self._url,
            pool_size=WRITERS + 1,
            max_overflow=1,
            hide_parameters=True,
            isolation_level="READ COMMITTED",
            connect_args=self._arguments("disposisi"),
        )
        event.listen(engine, "connect", _refuse_old)
        return engine

    @cached_property
    def reading(self) -> Engine:
        """The engine of the readers: a piece of work sees one snapshot and writes nothing."""
        engine = create_engine(
            self._url,
            pool_size=READERS,
            hide_parameters=True,
            isolation_level="REPEATABLE READ",
            connect_args=self._arguments("disposisi reading"),
        )
        return engine.execution_options(postgresql_readonly=True)

    def explained(self, error: DBAPIError) -> DatabaseUnusable:
        """Return `error` as a sentence that says what the operator can do."""
        return DatabaseUnusable(self.cause(error.orig or error))

    def cause(self, error: BaseException) -> str:
        """Return an error of the driver as a sentence that says what the operator can do."""
        code = getattr(error, "sqlstate", None) or ""
        reason = " ".join(str(error).split())
        remedy = _REMEDIES.get(code) or ("" if code else _remedy(reason))
        return f"{self.name}: the database reports “{reason}”. {remedy}".rstrip()

    def _arguments(self, name: str) -> dict[str, Any]:
        """Return the arguments for the driver. What the URL's own `options` set stays as it is."""
        given = self._url.query.get("options") or ""
        options = given if isinstance(given, str) else " ".join(given)
        wanted = {**_LIMITS, **_PLANS}.items()
        # As a whole word: lock_timeout is not meant where deadlock_timeout is set.
        own = [f"-c {one}={value}" for one, value in wanted if not re.search(rf"\b{one}=", options)]
        options = " ".join([*own, options]).strip()
        return {**_PATIENCE, **self._choice, "application_name": name, "options": options}

    @property
    def _choice(self) -> dict[str, str]:
        """The argument that chooses the writable one of several servers, so that all processes see the same locks."""
        hosts = self._url.query.get("host") or self._url.host or ""
        several = not isinstance(hosts, str) or "," in hosts
        return {_CHOICE: "read-write"} if several and _CHOICE not in self._url.query else {}


def _remedy(reason: str) -> str:
    """Return what to do where no connection came about."""
    return next((remedy for words, remedy in _IN_WORDS.items() if re.search(words, reason)), _CANNOT_CONNECT)


def _refuse_old(connection: "psycopg.Connection[Any]", _: ConnectionPoolEntry) -> None:
    """Raise `DatabaseUnusable` for a server that is too old: processes could not detect that another one is absent."""
    version = connection.info.server_version // 10_000
    if version < OLDEST:
        connection.close()
        raise DatabaseUnusable(f"The server is PostgreSQL {version}. Name one of version {OLDEST} or newer.")
