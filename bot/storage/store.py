"""What `database.py` needs to know of one kind of database; `sqlite.py` and `postgresql.py` tell it."""

from pathlib import Path
from typing import Protocol

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from bot.stopped import DatabaseUnusable


class Store(Protocol):
    """One kind of database at one URL. Opens nothing until an engine is used."""

    @property
    def name(self) -> str:
        """What to call the database in a sentence; never holds a password."""

    @property
    def path(self) -> Path | None:
        """The file the record lies in, where it is one."""

    @property
    def shared(self) -> bool:
        """Whether other processes may serve the same database at the same time."""

    @property
    def writing(self) -> Engine:
        """The engine for work that writes."""

    @property
    def reading(self) -> Engine:
        """The engine for work on a snapshot that cannot be written to."""

    @property
    def writers(self) -> int:
        """How many pieces of work write side by side."""

    @property
    def readers(self) -> int:
        """How many pieces of work read side by side."""

    @property
    def group(self) -> int:
        """The most pieces of work that share one commit; with 1 a piece is a transaction and can be run again."""

    def explained(self, error: DBAPIError) -> DatabaseUnusable:
        """Return what the operator can do about `error`."""
