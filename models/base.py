"""What every table shares: the base, the naming of constraints, instants in UTC, and whose fault an error is."""

import sqlite3
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Enum, Integer, MetaData, TypeDecorator
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import DeclarativeBase

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Instant(TypeDecorator[datetime]):
    """An aware instant, stored in UTC and returned in UTC; a naive datetime is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Bring `value` to UTC; SQLite keeps it without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"an instant needs a time zone: {value!r}")
        instant = value.astimezone(UTC)
        return instant.replace(tzinfo=None) if dialect.name == "sqlite" else instant

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the stored instant its zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


Identity = BigInteger().with_variant(Integer(), "sqlite")
"""A row's own number: 64 bits, and still SQLite's rowid, which only an INTEGER key is."""


class Base(DeclarativeBase):
    """The base of all tables."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: Instant(),
        int: BigInteger(),
        StrEnum: Enum(
            StrEnum, native_enum=False, length=32, values_callable=lambda states: [one.value for one in states]
        ),
        dict[str, Any]: JSON(),
        list[dict[str, Any]]: JSON(),
        list[str]: JSON(),
        list[float]: JSON(),
    }


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
