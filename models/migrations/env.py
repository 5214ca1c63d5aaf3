"""How Alembic runs the revisions: on the connection it is handed, or as SQL on paper for a dialect."""

from typing import Literal

from alembic import context
from sqlalchemy import Enum

from models.base import Instant
from models.search.document import INDEX
from models.tables import METADATA


def _render(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Write our own column types into a revision as plain ones, so that it stays true when ours change."""
    if kind == "type" and isinstance(item, Instant):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Enum):
        return f"sa.String(length={item.length})"
    return False


def _is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Whether a table is described by the models; those in which FTS5 keeps its index are its own."""
    return kind != "table" or name is None or not name.startswith(INDEX)


def _run() -> None:
    connection = context.config.attributes.get("connection")
    if connection is None:
        context.configure(
            dialect_name=context.config.attributes["dialect"],
            target_metadata=METADATA,
            literal_binds=True,
            transactional_ddl=True,
        )
    else:
        context.configure(
            connection=connection,
            target_metadata=METADATA,
            render_item=_render,
            include_name=_is_ours,
            # SQLite cannot alter most of a table: Alembic copies it instead.
            render_as_batch=connection.dialect.name == "sqlite",
            # The whole way from one revision to the other is one transaction; SQLite can do that when BEGIN is ours.
            transactional_ddl=True,
            compare_type=True,
            compare_server_default=True,
        )
    with context.begin_transaction():
        context.run_migrations()


_run()
