"""An old record within a second: all cases of a PostgreSQL database, with what belongs to them, copied many times."""

from sqlalchemy import Column, Connection, String, Table

from models.tables import METADATA

GROWING = (
    "attachments",
    "buttons",
    "cards",
    "cases",
    "chases",
    "consultations",
    "copies",
    "durations",
    "evaluations",
    "extensions",
    "inbox",
    "issued_papers",
    "joined_reports",
    "journal_chains",
    "journal_entries",
    "journal_payloads",
    "outbox",
    "questions",
    "remarks",
    "search_documents",
    "stretches",
    "tasks",
)
"""The tables that grow with every report."""

_APART = 1_000_000
"""How far the numbers of a copy lie from those of the one before."""


def multiply(connection: Connection, copies: int) -> None:
    """Copy what the growing tables hold `copies` times, under numbers of its own, and let the server look at it.

    The user must be a superuser. The journal's hashes are copied as they are, so its chains do not hold.
    """
    connection.exec_driver_sql("SET session_replication_role = replica")
    for name in GROWING:
        table = METADATA.tables[name]
        columns = ", ".join(f'"{column.name}"' for column in table.columns)
        values = ", ".join(_copied(table, column) for column in table.columns)
        connection.exec_driver_sql(
            f'INSERT INTO "{name}" ({columns}) SELECT {values} FROM "{name}", generate_series(1, {copies}) AS copy'
        )
    connection.exec_driver_sql("SET session_replication_role = origin")
    connection.exec_driver_sql("ANALYZE")


def _copied(table: Table, column: Column[object]) -> str:
    """Return what a column of a copy holds: another number where it names a row that is copied too."""
    named = {key.column.table.name for key in column.foreign_keys}
    keys = {*table.primary_key.columns.keys(), *_unique(table)}
    if named & {*GROWING} or (column.name in keys and not named and not isinstance(column.type, String)):
        return f'"{column.name}" + copy * {_APART}'
    if column.name in keys and isinstance(column.type, String):
        return f"\"{column.name}\" || '-' || copy"
    return f'"{column.name}"'


def _unique(table: Table) -> set[str]:
    """Return the columns that are unique by themselves."""
    return {column.name for column in table.columns if column.unique}
