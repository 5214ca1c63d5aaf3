"""Whose fault a database error is: the statement's, the server's, or another writer's at the same rows."""

import sqlite3

from sqlalchemy.exc import DBAPIError, OperationalError

_OUTAGES = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_INTERRUPT,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_NOTADB,
    }
)


_PRIMARY = 0xFF


_COLLISIONS = frozenset({"23505", "40001", "40P01", "55P03"})
"""PostgreSQL: a key taken, not serializable, a deadlock, a lock waited for too long."""


_SERVER_OUTAGES = ("08", "53", "57P", "58", "XX")
"""PostgreSQL's classes of states: connection, resources, the operator, the system, damage."""


_SERVER_OUTAGE_STATES = frozenset({"25006", "25P03", "57014", "55P03", "40001", "40P01"})
"""PostgreSQL: a standby that only reads, a transaction that stood still, a statement that took too long, collisions."""


def is_collision(error: BaseException) -> bool:
    """Whether PostgreSQL refused work because others were at the same rows: run again, it sees what they left."""
    return isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", None) in _COLLISIONS


def is_outage(error: BaseException) -> bool:
    """Whether the database itself is at fault: locked, full, away. The same work succeeds once it is back.

    A statement that SQLite cannot carry out is an `OperationalError` too, but it fails every time. psycopg gives no
    state where the connection is lost or was never made.
    """
    if not isinstance(error, DBAPIError):
        return False
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return code & _PRIMARY in _OUTAGES
    state = getattr(error.orig, "sqlstate", None)
    if state is not None:
        return state in _SERVER_OUTAGE_STATES or state.startswith(_SERVER_OUTAGES)
    return error.connection_invalidated or isinstance(error, OperationalError)
