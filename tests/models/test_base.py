"""Whose fault a failed statement is: the database's, which will be back, or the statement's own."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from models.faults import is_outage


def refused(statement: str) -> DBAPIError:
    """Return how an empty database refuses `statement`."""
    engine = create_engine("sqlite://")
    try:
        with engine.connect() as connection, pytest.raises(DBAPIError) as caught:
            connection.execute(text(statement))
    finally:
        engine.dispose()
    return caught.value


@pytest.mark.parametrize("statement", ["SELECT * FROM missing", "SELECT nothing", "not even SQL"])
def test_a_statement_that_never_works_is_no_outage(statement: str) -> None:
    error = refused(statement)
    assert isinstance(error, OperationalError)
    assert not is_outage(error)


def test_a_locked_database_is_an_outage(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path}/record.db", connect_args={"timeout": 0})
    holder = sqlite3.connect(tmp_path / "record.db", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    try:
        with engine.connect() as connection, pytest.raises(OperationalError) as caught:
            connection.execute(text("SELECT * FROM sqlite_schema"))
    finally:
        holder.close()
        engine.dispose()
    assert is_outage(caught.value)


def test_a_file_that_is_no_database_is_an_outage(tmp_path: Path) -> None:
    (tmp_path / "record.db").write_text("not a database, whatever its name says " * 40)
    engine = create_engine(f"sqlite:///{tmp_path}/record.db")
    try:
        with pytest.raises(DBAPIError) as caught, engine.connect() as connection:
            connection.execute(text("SELECT * FROM sqlite_schema"))
    finally:
        engine.dispose()
    assert is_outage(caught.value)


def test_only_the_database_can_be_out() -> None:
    assert is_outage(OperationalError("", None, Exception("the server closed the connection")))
    assert not is_outage(IntegrityError("", None, Exception("twice")))
    assert not is_outage(LookupError("no such step"))
