"""SQLAlchemy's dialects as the tests use them: engines of one kind share the statements that were compiled.

Each engine compiles every statement anew, which takes longer than most tests, and the tests make hundreds of engines.
What is compiled depends on the kind of database and its version alone, so dialects that agree in these are equal here.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine.default import DefaultDialect

_COMPILED: dict[Any, Any] = {}
_REGISTERED: Mapping[str, str] = {
    "sqlite": "SharingSqlite",
    "sqlite.pysqlite": "SharingSqlite",
    "postgresql.psycopg": "SharingPostgresql",
}


class _Sharing(DefaultDialect):
    """A dialect whose engines find what was compiled for any engine like them."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Sharing) and self._likeness == other._likeness

    def __hash__(self) -> int:
        return hash((self.name, self.paramstyle))

    @property
    def _likeness(self) -> tuple[object, ...]:
        return self.name, self.driver, self.paramstyle, self.server_version_info

    @classmethod
    def engine_created(cls, engine: Engine) -> None:
        engine.update_execution_options(compiled_cache=_COMPILED)


class SharingSqlite(_Sharing, SQLiteDialect_pysqlite):
    """SQLite by the driver of the standard library."""

    supports_statement_cache = True


class SharingPostgresql(_Sharing, PGDialect_psycopg):
    """PostgreSQL by psycopg."""

    supports_statement_cache = True


def share() -> None:
    """Let engines that are made from now on share what they compile."""
    for name, dialect in _REGISTERED.items():
        registry.register(name, __name__, dialect)
