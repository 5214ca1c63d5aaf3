"""`disposisi verify` names what keeps the record from being changed and is not there: triggers, the office's chain."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

from models.journal.triggers import POSTGRESQL, SQLITE
from models.proof.guards import with_guards
from models.proof.verification import Verification
from tests.bot.cli.command_line import Disposisi, make_tables


@pytest.fixture
def record(disposisi: Disposisi, tmp_path: Path) -> Path:
    make_tables(tmp_path)
    disposisi("invite", "--office")
    assert disposisi("verify").code == 0
    return tmp_path / "disposisi.db"


def does(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


@pytest.mark.parametrize("name", SQLITE)
def test_a_trigger_that_was_dropped_is_named(disposisi: Disposisi, record: Path, name: str) -> None:
    does(record, f"DROP TRIGGER {name}")
    said = disposisi("verify")
    assert said.code == 1
    assert f"trigger {name}: it is missing" in said


def test_a_trigger_that_was_altered_is_named(disposisi: Disposisi, record: Path) -> None:
    weak = SQLITE["journal_entries_unchanged"].replace("BEFORE UPDATE", "BEFORE UPDATE OF digest")
    does(record, "DROP TRIGGER journal_entries_unchanged", weak)
    said = disposisi("verify")
    assert said.code == 1
    assert "trigger journal_entries_unchanged: it is not the one that this version makes" in said


def test_a_trigger_that_somebody_added_is_named(disposisi: Disposisi, record: Path) -> None:
    does(
        record,
        "CREATE TRIGGER quiet AFTER INSERT ON journal_entries BEGIN UPDATE people SET unit = ''; END",
        "CREATE TRIGGER other AFTER INSERT ON people BEGIN UPDATE people SET unit = ''; END",
    )
    said = disposisi("verify")
    assert said.code == 1
    assert "trigger quiet: this version makes no such trigger, on journal_entries" in said
    assert "trigger other" not in said


def test_a_payload_is_emptied_only_where_an_entry_tells_of_it(record: Path) -> None:
    for change in ("body = NULL", "body = '{}'", "erased_in = 1", "body = '{}', erased_in = 1", "secrets = NULL"):
        with pytest.raises(sqlite3.IntegrityError, match="may only be erased, by an entry that tells of it"):
            does(record, f"UPDATE journal_payloads SET {change}")


def test_an_office_whose_chain_is_gone_is_named(disposisi: Disposisi, record: Path) -> None:
    """People are there who were let in, and nothing tells of it."""
    triggers = [f"DROP TRIGGER {name}" for name in ("journal_entries_kept", "journal_payloads_kept")]
    again = [SQLITE[name] for name in ("journal_entries_kept", "journal_payloads_kept")]
    columns = "name, nip, language, unit, is_admin, registered_at, unanswered"
    person = "'Budi Santoso', '198001012005012001', 'id', '', 0, '2026-11-23 00:30:00.000000', 0"
    assert disposisi("verify").code == 0
    does(record, f"INSERT INTO people ({columns}) VALUES ({person})")
    assert "is not known to the journal" in disposisi("verify")
    does(
        record,
        *triggers,
        "DELETE FROM journal_payloads",
        "DELETE FROM journal_entries",
        "DELETE FROM journal_chains",
        *again,
    )
    said = disposisi("verify")
    assert said.code == 1
    assert "office, entry 1: the chain of the office is missing" in said


WEAK = """
    CREATE OR REPLACE FUNCTION journal_payload_is_erased() RETURNS trigger LANGUAGE plpgsql
    AS $$ BEGIN RETURN NEW; END $$"""
QUIET = """
    CREATE TRIGGER quiet AFTER INSERT ON journal_chains FOR EACH ROW EXECUTE FUNCTION journal_is_append_only()"""
ON_SERVER = [
    *((f"DROP TRIGGER {name} ON {table}", name, "it is missing") for name, (table, _, _) in POSTGRESQL.items()),
    ("ALTER TABLE journal_entries DISABLE TRIGGER journal_entries_kept", "journal_entries_kept", "it is not the one"),
    (WEAK, "journal_payloads_unchanged", "it is not the one"),
    (QUIET, "quiet", "this version makes no such trigger"),
]


def test_a_server_is_asked_for_its_triggers_too(
    disposisi: Disposisi, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    with request.getfixturevalue("postgresql").empty() as url:
        monkeypatch.setenv("DATABASE_URL", url)
        disposisi("migrate")
        assert disposisi("verify").code == 0
        engine = create_engine(url)
        for statement, name, reason in ON_SERVER:
            with engine.connect() as connection, connection.begin() as begun:
                connection.execute(text(statement))
                found = with_guards(Verification(0, 0, 0, ()), Session(connection))
                begun.rollback()
            assert [(one.subject, one.reason[: len(reason)]) for one in found.breaches] == [(f"trigger {name}", reason)]
        with engine.begin() as connection:
            connection.execute(text(WEAK))
        engine.dispose()
        assert disposisi("verify").code == 1
