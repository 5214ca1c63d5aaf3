"""What the operator is told of a URL or a file that cannot be used."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from bot.stopped import DatabaseUnusable
from bot.storage.database import Database
from bot.storage.sqlite import Sqlite
from bot.storage.url import password_in
from tests.parts import database_at


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("nonsense", "not an SQLAlchemy URL"),
        ("mysql://user:secret@host/db", "names mysql"),
        ("postgresql+asyncpg://user:secret@host/db", "asks for the driver postgresql.asyncpg"),
        ("postgresql://user:secret@host", "names no database"),
        ("postgresql://user:my@secret@host/db", "%40"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
    ],
)
def test_a_url_that_cannot_be_used_is_explained(url: str, said: str) -> None:
    with pytest.raises(DatabaseUnusable, match=said) as caught:
        database_at(url)
    assert "secret" not in str(caught.value)


def test_a_password_with_an_at_sign_is_known_whole() -> None:
    assert password_in("postgresql://user:my@secret@host/db") == "my@secret"


@pytest.mark.parametrize("reason", ["disk I/O error", "locking protocol"])
def test_a_disk_that_fails_is_named_with_what_to_look_at(tmp_path: Path, reason: str) -> None:
    store = Sqlite(make_url(f"sqlite:///{tmp_path}/record.db"))
    said = str(store.explained(DBAPIError("", None, sqlite3.OperationalError(reason))))
    assert f"The disk that holds {tmp_path}/record.db fails (“{reason}”). Look at its health" in said


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnusable, match=r"cannot be opened.*/nowhere exists"):
        database_at(f"sqlite:///{tmp_path}/nowhere/record.db").open()


def test_a_folder_in_place_of_the_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnusable, match="is a folder"):
        database_at(f"sqlite:///{tmp_path}").open()


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Yth. Kepala Kantor Wilayah, " * 50)
    with pytest.raises(DatabaseUnusable, match=r"letter\.txt is not a sound SQLite database"):
        database_at(f"sqlite:///{letter}").open()
    assert letter.read_text().startswith("Yth.")


@pytest.mark.databases("sqlite")
def test_a_file_locked_by_another_program_is_named(
    url: str, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.storage.sqlite.BUSY_SECONDS", 0)
    locked = database_at(url)
    with database.transaction(), pytest.raises(DatabaseUnusable, match="locked by another program"):
        locked.open()
    pool = locked.engine.pool
    assert isinstance(pool, QueuePool)
    assert pool.checkedin() + pool.checkedout() == 0, "no connection stays open"
