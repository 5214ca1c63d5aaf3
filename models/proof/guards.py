"""The triggers that keep what was written, held against those that this version makes."""

from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.journal.chain import Breach
from models.journal.triggers import POSTGRESQL, POSTGRESQL_FUNCTIONS, SQLITE
from models.proof.verification import Verification

_TABLES = ("journal_entries", "journal_payloads", "journal_chains", "checkpoint_leaves")

_OF_SQLITE = text("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
_OF_POSTGRESQL = text(
    "SELECT t.tgname, c.relname, t.tgtype, t.tgenabled, t.tgqual IS NULL, f.proname, f.prosrc"
    " FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc f ON f.oid = t.tgfoid"
    " WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace ORDER BY t.tgname"
)


def with_guards(found: Verification, session: Session) -> Verification:
    """Return a verification that also names the triggers that are missing, altered or not of this version."""
    on_sqlite = session.get_bind().dialect.name == "sqlite"
    faults = _sqlite_faults(session) if on_sqlite else _postgresql_faults(session)
    return replace(found, breaches=(*found.breaches, *(Breach(f"trigger {name}", 0, why) for name, why in faults)))


def _sqlite_faults(session: Session) -> Iterator[tuple[str, str]]:
    kept = {name: (table, _spaced(sql)) for name, table, sql in session.execute(_OF_SQLITE) if table in _TABLES}
    for name, sql in SQLITE.items():
        _, written = kept.pop(name, ("", None))
        if written is None:
            yield name, _MISSING
        elif written != _spaced(sql):
            yield name, _ALTERED
    yield from ((name, f"{_UNKNOWN}, on {table}") for name, (table, _) in kept.items())


def _postgresql_faults(session: Session) -> Iterator[tuple[str, str]]:
    kept = {row[0]: row[1:] for row in session.execute(_OF_POSTGRESQL) if row[1] in _TABLES}
    for name, (table, kind, function) in POSTGRESQL.items():
        row = kept.pop(name, None)
        if row is None:
            yield name, _MISSING
            continue
        relation, called, enabled, always, calls, source = row
        alike = (relation, called, calls) == (table, kind, function) and always and enabled in ("O", "A", b"O", b"A")
        if not alike or _spaced(source) != _spaced(POSTGRESQL_FUNCTIONS[function]):
            yield name, _ALTERED
    yield from ((name, f"{_UNKNOWN}, on {row[0]}") for name, row in kept.items())


_MISSING = "it is missing: nothing keeps the database from changing what was written"
_ALTERED = "it is not the one that this version makes"
_UNKNOWN = "this version makes no such trigger"


def _spaced(sql: str) -> str:
    return " ".join(sql.split())
