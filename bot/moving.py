"""Carrying every row from one database to another, of any kind, whose tables are of the same revision."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from sqlalchemy import JSON, Connection, MetaData, Table, func, select, text

_BATCH = 1000

_REVISION = "alembic_version"


def move(source: Connection, target: Connection) -> None:
    """Copy the rows of every table of `source` into the empty tables of `target`, in the transaction of `target`.

    It goes by the tables as they lie in the databases, not by the models, so that it serves any revision. Instants
    without a zone, as SQLite keeps them, are in UTC.
    """
    told, wanted = MetaData(), MetaData()
    told.reflect(source)
    wanted.reflect(target)
    for table in wanted.sorted_tables:
        if table.name == _REVISION:
            continue
        for column in table.columns:
            if isinstance(column.type, JSON):
                # What is NULL stays NULL: for a payload that means erased.
                column.type = JSON(none_as_null=True)
        rows = _rows(source, told.tables[table.name])
        while batch := list(islice(rows, _BATCH)):
            target.execute(table.insert(), batch)
        _go_on_numbering(target, table)


def _rows(source: Connection, table: Table) -> Iterator[dict[str, Any]]:
    for row in source.execute(select(table), execution_options={"yield_per": _BATCH}).mappings():
        yield {name: _in_utc(value) for name, value in row.items()}


def _in_utc(value: object) -> object:
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) and value.tzinfo is None else value


def _go_on_numbering(target: Connection, table: Table) -> None:
    """Let new rows be numbered after those that were brought; SQLite does so by itself."""
    if target.dialect.name != "postgresql":
        return
    for column in table.primary_key.columns:
        sequence = target.scalar(
            text("SELECT pg_get_serial_sequence(:table, :column)"), {"table": table.name, "column": column.name}
        )
        last = target.scalar(select(func.max(column))) if sequence else None
        if last is not None:
            target.execute(text("SELECT setval(:sequence, :last)"), {"sequence": sequence, "last": last})
