"""Whether a list of numbers that a column keeps as JSON has a number in it, asked of the database."""

from typing import Any

from sqlalchemy import Boolean, ColumnElement
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class _Has(FunctionElement[bool]):
    """A column with a JSON array, and the number that is looked for in it."""

    type = Boolean()
    inherit_cache = True


def has(numbers: InstrumentedAttribute[list[int]], number: ColumnElement[Any]) -> ColumnElement[bool]:
    """Return whether `number` is one of the `numbers`; it is not where it is null."""
    return _Has(numbers, number)


@compiles(_Has, "sqlite")
def _in_sqlite(element: _Has, compiler: SQLCompiler, **kw: Any) -> str:
    numbers, number = (compiler.process(one, **kw) for one in element.clauses)
    return f"EXISTS (SELECT 1 FROM json_each({numbers}) AS one WHERE one.value = {number})"  # noqa: S608 - rendered by SQLAlchemy


@compiles(_Has, "postgresql")
def _in_postgresql(element: _Has, compiler: SQLCompiler, **kw: Any) -> str:
    numbers, number = (compiler.process(one, **kw) for one in element.clauses)
    return f"coalesce({numbers} @> to_jsonb(CAST({number} AS BIGINT)), FALSE)"
