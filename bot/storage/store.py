"""The interface of the kinds of database: `sqlite.py` and `postgresql.py` implement it, others use it."""

from pathlib import Path
from typing import Protocol

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from bot.stopped import DatabaseUnusable


class Store(Protocol):
    """One kind of database at one URL. Opens nothing until an engine is used."""

    @property
    def name(self) -> str:
        """The name of the database for a sentence, without a password."""

    @property
    def path(self) -> Path | None:
        """The file of the database, None where it is on a server."""

    @property
    def shared(self) -> bool:
        """Whether other processes may use the same database at the same time."""

    @property
    def writing(self) -> Engine:
        """The engine for work that writes."""

    @property
    def reading(self) -> Engine:
        """The engine for work on a read-only snapshot."""

    @property
    def writers(self) -> int:
        """How many pieces of work write side by side."""

    @property
    def readers(self) -> int:
        """How many pieces of work read side by side."""

    @property
    def group(self) -> int:
        """How many pieces of work may share one commit. With 1, each piece is a transaction and can be run again."""

    def explained(self, error: DBAPIError) -> DatabaseUnusable:
        """Return `error` as a sentence that says what the operator can do."""
