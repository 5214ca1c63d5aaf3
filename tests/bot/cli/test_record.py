"""The commands for the record: tables, verification, copies, on a file and on a server."""

import os
import re
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url, select, text
from sqlalchemy.orm import Session

from bot.copying import sqlite_copy
from bot.storage import migration
from models.journal.chain import Chain
from models.proof.verification import Verification, verify
from tests.bot.cli.command_line import Disposisi, stored

LEFT_BY_READING = {f"disposisi.db{ending}" for ending in (".lock", "-wal", "-shm")}
"""What a command that only reads the record leaves beside it: SQLite does not let a reader take these files away."""


class TestRecord:
    def test_tables_are_made_once(self, disposisi: Disposisi) -> None:
        assert f"went from revision none to {migration.head()}" in disposisi("migrate")
        assert "are those of this version" in disposisi("migrate")

    def test_an_untouched_record_holds(self, disposisi: Disposisi) -> None:
        disposisi("invite", "--office")
        said = disposisi("verify")
        assert said.code == 0
        assert "0 cases, 2 journal entries: the record holds." in said, "the invite, and the rows as they were found"

    def test_a_copy_is_verified_without_office_and_token(
        self, disposisi: Disposisi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        disposisi("invite", "--office")
        monkeypatch.setenv("OFFICE_FILE", "gone.toml")
        (tmp_path / "copies").mkdir()
        (tmp_path / "copies/copy.db").write_bytes((tmp_path / "disposisi.db").read_bytes())
        assert disposisi("verify", "--database", "sqlite:///copies/copy.db").code == 0
        monkeypatch.setattr("os.access", lambda _path, mode: mode != os.W_OK)
        assert disposisi("verify", "--database", "sqlite:///copies/copy.db").code == 0

    def test_a_changed_record_names_the_first_bad_entry(self, disposisi: Disposisi, tmp_path: Path) -> None:
        for _ in range(3):
            disposisi("invite", "--office")
        with closing(sqlite3.connect(tmp_path / "disposisi.db")) as connection:
            for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                connection.execute(f"DROP TRIGGER {trigger}")
            connection.execute("UPDATE journal_entries SET capacity = 'admin' WHERE sequence >= 2")
            connection.commit()
        said = disposisi("verify")
        assert said.code == 1
        assert "The first bad entry is office, entry 2: changed" in said

    @pytest.mark.parametrize("url", ["sqlite:///nowhere.db", "sqlite://", "nonsense", "sqlite:///text.db"])
    def test_what_is_no_record_is_said_to_be_none(self, disposisi: Disposisi, tmp_path: Path, url: str) -> None:
        (tmp_path / "text.db").write_text("no database at all " * 99, encoding="utf-8")
        said = disposisi("verify", "--database", url)
        assert said.code == 1
        assert not (tmp_path / "nowhere.db").exists()

    def test_another_programs_database_is_left_alone(self, disposisi: Disposisi, tmp_path: Path) -> None:
        with closing(sqlite3.connect(tmp_path / "disposisi.db")) as connection:
            connection.execute("CREATE TABLE recipes (name TEXT)")
        assert "holds no record of disposisi" in disposisi("verify")
        assert "tables that are not disposisi's" in disposisi("migrate")
        assert "tables that are not disposisi's" in disposisi("invite", "--admin")

    def test_older_tables_are_not_written_by_a_command_beside_the_bot(
        self, disposisi: Disposisi, tmp_path: Path
    ) -> None:
        with stored(tmp_path) as database:
            migration.upgrade(database.engine, "0001")
        assert "run `disposisi migrate`" in disposisi("invite", "--admin")
        assert "run `disposisi migrate` on a copy" in disposisi("verify")
        assert disposisi("check", "--no-telegram").code == 0
        assert "went from revision 0001" in disposisi("migrate")

    def test_a_bot_that_goes_on_writing_does_not_look_like_a_forger(
        self, disposisi: Disposisi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        disposisi("invite", "--office")

        def interrupted(session: Session) -> Verification:
            assert session.scalars(select(Chain.length)).all() == [2]
            with closing(sqlite3.connect(tmp_path / "disposisi.db")) as bot:
                bot.execute("UPDATE journal_chains SET length = 7")
                bot.commit()
            return verify(session)

        monkeypatch.setattr("bot.storage.proof.verify", interrupted)
        assert disposisi("verify").code == 0, "it proves what stood there when it began"
        monkeypatch.undo()
        monkeypatch.chdir(tmp_path)
        assert disposisi("verify").code == 1

    def test_a_database_that_cannot_be_written_is_named(
        self, disposisi: Disposisi, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("DATABASE_URL", "sqlite:////proc/none.db")
        said = disposisi("invite", "--admin")
        assert said.code == 1
        assert "/proc/none.db" in said.err


class TestCopies:
    def test_a_copy_is_made_and_put_back(self, disposisi: Disposisi, tmp_path: Path) -> None:
        disposisi("invite", "--office")
        said = disposisi("backup", "monday.db")
        assert said.code == 0
        assert re.search(
            rf"monday\.db: 0 cases, revision {migration.head()}, 0\.\d MB; copied from disposisi\.db", said.out
        )
        assert "monday.db exists already" in disposisi("backup", "monday.db").err

        disposisi("invite", "--office")
        assert "say --replace" in disposisi("restore", "monday.db").err
        said = disposisi("restore", "monday.db", "--replace")
        assert said.code == 0
        assert f"kept in {tmp_path}/disposisi.db.kept-" in said
        assert f"{tmp_path}/disposisi.db is ready" in said
        assert re.search(r"The record ends at \d\d-\d\d-\d{4} \d\d\.\d\d\.\d\d UTC", said.out)
        assert "3 journal entries: the record holds" in said, "the invite, the rows then, and that it was put back"
        (kept,) = (one for one in tmp_path.glob("disposisi.db.kept-*") if one.name[-1] == "Z")
        assert disposisi("verify", "--database", f"sqlite:///{kept}").code == 0

    def test_a_copy_of_a_record_that_was_tampered_with_is_put_back_and_called_so(
        self, disposisi: Disposisi, tmp_path: Path
    ) -> None:
        disposisi("invite", "--office")
        with closing(sqlite3.connect(tmp_path / "disposisi.db")) as connection:
            connection.execute("UPDATE journal_chains SET length = 7")
            connection.commit()
        assert disposisi("backup", "monday.db").code == 0
        said = disposisi("restore", "monday.db", "--database", "sqlite:///other.db")
        assert said.code == 1
        assert "the record does not hold" in said.err
        assert (tmp_path / "other.db").exists()

    @pytest.mark.parametrize("command", [("backup", "tuesday.db"), ("restore", "monday.db", "--replace")])
    def test_what_is_told_to_end_leaves_nothing_half_done_behind(
        self, disposisi: Disposisi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
    ) -> None:
        disposisi("invite", "--office")
        disposisi("backup", "monday.db")
        before = signal.getsignal(signal.SIGTERM)
        there = {one.name for one in tmp_path.iterdir()} - LEFT_BY_READING
        monkeypatch.setattr(sqlite_copy, "examine", lambda *_, **__: signal.raise_signal(signal.SIGTERM))
        assert disposisi(*command).code == 128 + signal.SIGTERM
        assert {one.name for one in tmp_path.iterdir()} - LEFT_BY_READING == there
        assert signal.getsignal(signal.SIGTERM) == before
        assert disposisi("verify").code == 0

    def test_where_there_is_no_record_there_is_nothing_to_copy(self, disposisi: Disposisi, tmp_path: Path) -> None:
        said = disposisi("backup", "monday.db")
        assert said.code == 1
        assert "There is nothing to copy yet" in said.err
        assert not list(tmp_path.iterdir())


class TestOnPostgresql:
    def test_every_command_for_the_record_serves_a_server_too(
        self, disposisi: Disposisi, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
    ) -> None:
        with request.getfixturevalue("postgresql").empty() as url:
            name = make_url(url).database
            monkeypatch.setenv("DATABASE_URL", url)
            assert f"{name} on" in disposisi("verify").err, "there is no record yet"
            assert f"went from revision none to {migration.head()}" in disposisi("migrate")
            assert "are those of this version" in disposisi("migrate")
            assert f"revision {migration.head()}" in disposisi("check", "--no-telegram")
            assert disposisi("invite", "kadiv").code == 0
            assert "0 people are registered" in disposisi("person", "list")
            assert "0 cases, 2 journal entries: the record holds." in disposisi("verify")
            assert f"copied from {name} on" in disposisi("backup", "monday.copy")
            assert "kept in the schema kept_" in disposisi("restore", "monday.copy", "--replace")
            assert disposisi("verify").code == 0

    def test_an_owner_of_the_database_who_does_not_own_its_schema_is_told_how_to(
        self, disposisi: Disposisi, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
    ) -> None:
        with (
            request.getfixturevalue("postgresql").empty() as url,
            closing(psycopg.connect(url.replace("+psycopg", ""), autocommit=True)) as admin,
        ):
            clerk = f"clerk_of_{make_url(url).database}"
            own = make_url(url).set(username=clerk)
            monkeypatch.setenv("DATABASE_URL", own.render_as_string(hide_password=False))
            for statement in (
                f"CREATE ROLE {clerk} LOGIN PASSWORD '{own.password or clerk}'",
                f"ALTER DATABASE {own.database} OWNER TO {clerk}",
                "ALTER SCHEMA public OWNER TO CURRENT_USER",
                "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
            ):
                admin.execute(statement.encode())
            try:
                said = disposisi("check", "--no-telegram")
                assert said.code == 1
                assert "no tables may be made in it" in said.err
                assert "ALTER SCHEMA public OWNER TO that user" in said.err

                admin.execute("GRANT CREATE ON SCHEMA public TO PUBLIC")  # as it is up to PostgreSQL 14
                assert "is empty; the first command" in disposisi("check", "--no-telegram")
                assert disposisi("migrate").code == disposisi("backup", "monday.copy").code == 0
                assert "ALTER SCHEMA public OWNER TO that user" in disposisi("restore", "monday.copy", "--replace").err
                assert disposisi("verify").code == 0, "the record is untouched"

                admin.execute(f"ALTER SCHEMA public OWNER TO {clerk}".encode())
                assert disposisi("restore", "monday.copy", "--replace").code == 0
            finally:
                for statement in (f"REASSIGN OWNED BY {clerk} TO CURRENT_USER", f"DROP OWNED BY {clerk}"):
                    admin.execute(statement.encode())
                admin.execute(f"DROP ROLE {clerk}".encode())

    def test_a_large_record_has_the_time_it_needs(
        self, disposisi: Disposisi, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
    ) -> None:
        given: list[str | None] = []

        def verifying(session: Session) -> Verification:
            given.append(session.scalar(text("SHOW statement_timeout")))
            return verify(session)

        monkeypatch.setattr("bot.storage.proof.verify", verifying)
        with request.getfixturevalue("postgresql").empty() as url:
            monkeypatch.setenv("DATABASE_URL", url)
            assert disposisi("migrate").code == disposisi("verify").code == 0
        assert given == ["0"]

    def test_tables_that_somebody_has_locked_are_named(
        self, disposisi: Disposisi, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
    ) -> None:
        with request.getfixturevalue("postgresql").empty() as url:
            monkeypatch.setenv("DATABASE_URL", f"{url}&options=-c%20lock_timeout%3D100ms")
            assert disposisi("migrate").code == 0
            with closing(psycopg.connect(url.replace("+psycopg", ""))) as other:
                other.execute("LOCK TABLE alembic_version")
                assert "locked by another program" in disposisi("migrate").err

    def test_a_password_is_never_shown(self, disposisi: Disposisi, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("DATABASE_URL", "postgresql+psycopg://ani:rahasia-sekali@127.0.0.1:9/disposisi")
        for command in (["verify"], ["migrate"], ["check", "--no-telegram"], ["backup", "x"], ["person", "list"]):
            said = disposisi(*command)
            assert said.code == 1, command
            assert "disposisi on 127.0.0.1" in said.err, command
            assert "rahasia-sekali" not in said.err + said.out
