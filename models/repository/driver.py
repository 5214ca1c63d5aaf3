"""Handing the driver statements that were written before, past SQLAlchemy's own execution.

That makes a context, a result and the description of its columns for each statement: a hundred calls, where the driver
needs three. A decision has a dozen statements. Somebody who listens for statements, as tests do that count them, is
told of them: then they take SQLAlchemy's way. Errors are SQLAlchemy's on either way, and a lost connection is noticed.
"""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, CursorResult
from sqlalchemy.engine.interfaces import DBAPICursor

T = TypeVar("T")

Parameters = tuple[Any, ...] | dict[str, Any]
"""The parameters of a statement, as the driver takes them."""


def rows(connection: Connection, statement: str, parameters: Parameters) -> Sequence[Sequence[Any]]:
    """Return the rows that a statement gives. Raises `sqlalchemy.exc.DBAPIError`."""
    if _is_watched(connection):
        return _watched(connection, statement, parameters).fetchall()

    def fetch(cursor: DBAPICursor) -> Sequence[Sequence[Any]]:
        cursor.execute(statement, parameters)
        return cursor.fetchall()

    return _carried_out(connection, statement, (parameters,), fetch)


def changed(connection: Connection, statement: str, *parameters: Parameters) -> int:
    """Carry out a statement once with each of some parameters, and return how many rows it changed, -1 if unknown.

    Raises `sqlalchemy.exc.DBAPIError`.
    """
    if _is_watched(connection):
        return _watched(connection, statement, *parameters).rowcount

    def change(cursor: DBAPICursor) -> int:
        if len(parameters) == 1:
            cursor.execute(statement, parameters[0])
        else:
            cursor.executemany(statement, list[Any](parameters))
        return cursor.rowcount

    return _carried_out(connection, statement, parameters, change)


def _is_watched(connection: Connection) -> bool:
    return bool(connection.dispatch.before_cursor_execute)


def _watched(connection: Connection, statement: str, *parameters: Parameters) -> CursorResult[Any]:
    given: Any = parameters[0] if len(parameters) == 1 else list(parameters)
    return connection.exec_driver_sql(statement, given)


def _carried_out(
    connection: Connection, statement: str, parameters: Sequence[Any], work: Callable[[DBAPICursor], T]
) -> T:
    cursor = connection.connection.cursor()
    try:
        return work(cursor)
    except BaseException as error:  # noqa: BLE001 - SQLAlchemy raises it, or what it makes of it
        # There is no public way to SQLAlchemy's error that also notices a lost connection.
        connection._handle_dbapi_exception(error, statement, parameters, cursor, None)  # noqa: SLF001
    finally:
        cursor.close()
