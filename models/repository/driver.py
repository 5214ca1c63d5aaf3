"""Handing the driver statements that were written before, past SQLAlchemy's own execution.

That makes a context, a result and the description of its columns for each statement: a hundred calls, where the driver
needs three. A decision has a dozen statements. Somebody who listens for statements, as tests do that count them, is
told of them: then they take SQLAlchemy's way. Errors are SQLAlchemy's on either way, and a lost connection is noticed.

psycopg reads a statement with its own marks each time, unless it is short and takes few parameters: those that write a
decision are neither. So it gets them as the server takes them, with numbered marks.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import Connection, CursorResult
from sqlalchemy.engine.interfaces import DBAPICursor

T = TypeVar("T")

Parameters = tuple[Any, ...] | dict[str, Any]
"""The parameters of a statement, as the driver takes them."""

_MARK = re.compile(r"%(?:\((?P<name>[^)]+)\)s|(?P<next>s)|%)")
"""A mark of a parameter in psycopg's own statements, by its name or by its place; or a doubled percent sign."""

_KEPT, _LONGEST_KEPT = 512, 40_000
"""How many statements are kept with numbered marks, and the characters of the longest: one for thousands of values is
seldom asked for again."""


def rows(connection: Connection, statement: str, parameters: Parameters) -> Sequence[Sequence[Any]]:
    """Return the rows that a statement gives. Raises `sqlalchemy.exc.DBAPIError`."""
    if _is_watched(connection):
        return _watched(connection, statement, parameters).fetchall()

    def fetch(cursor: DBAPICursor, statement: str, given: Sequence[Any]) -> Sequence[Sequence[Any]]:
        cursor.execute(statement, given[0])
        return cursor.fetchall()

    return _carried_out(connection, statement, (parameters,), fetch)


def changed(connection: Connection, statement: str, *parameters: Parameters) -> int:
    """Carry out a statement once with each of some parameters, and return how many rows it changed, -1 if unknown.

    Raises `sqlalchemy.exc.DBAPIError`.
    """
    if _is_watched(connection):
        return _watched(connection, statement, *parameters).rowcount

    def change(cursor: DBAPICursor, statement: str, given: Sequence[Any]) -> int:
        if len(given) == 1:
            cursor.execute(statement, given[0])
        else:
            cursor.executemany(statement, given)
        return cursor.rowcount

    return _carried_out(connection, statement, parameters, change)


def _is_watched(connection: Connection) -> bool:
    return bool(connection.dispatch.before_cursor_execute)


def _watched(connection: Connection, statement: str, *parameters: Parameters) -> CursorResult[Any]:
    given: Any = parameters[0] if len(parameters) == 1 else list(parameters)
    return connection.exec_driver_sql(statement, given)


def _carried_out(
    connection: Connection,
    statement: str,
    parameters: Sequence[Parameters],
    work: Callable[[DBAPICursor, str, Sequence[Any]], T],
) -> T:
    cursor, said, given = _raw(connection, statement, parameters)
    try:
        return work(cursor, said, given)
    except BaseException as error:  # noqa: BLE001 - SQLAlchemy raises it, or what it makes of it
        # There is no public way to SQLAlchemy's error that also notices a lost connection.
        connection._handle_dbapi_exception(error, statement, parameters, cursor, None)  # noqa: SLF001
    finally:
        cursor.close()


def _raw(
    connection: Connection, statement: str, parameters: Sequence[Parameters]
) -> tuple[DBAPICursor, str, Sequence[Any]]:
    """Return a cursor of the driver, the statement as that takes it, and its parameters."""
    if connection.dialect.driver != "psycopg":
        return connection.connection.cursor(), statement, parameters
    numbered, names = (_numbered_before if len(statement) <= _LONGEST_KEPT else _numbered)(statement)
    given = [one if isinstance(one, tuple) else tuple([one[name] for name in names]) for one in parameters]
    psycopg: Any = connection.dialect.loaded_dbapi
    return psycopg.RawCursor(connection.connection.dbapi_connection), numbered, given


def _numbered(statement: str) -> tuple[str, Sequence[str]]:
    """Return a statement with numbered marks, and the names of its parameters in the order of their numbers."""
    places = dict[str, int]()
    said, end = list[str](), 0
    for mark in _MARK.finditer(statement):
        said.append(statement[end : mark.start()])
        end = mark.end()
        if mark["name"] is None and mark["next"] is None:
            said.append("%")
        else:
            name = mark["name"] or str(len(places))
            said.append(f"${places.setdefault(name, len(places) + 1)}")
    return "".join([*said, statement[end:]]), list(places)


_numbered_before = lru_cache(_KEPT)(_numbered)
