"""Where the benchmarks keep their records: files of SQLite, or databases of a PostgreSQL server of their own."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sqlalchemy import make_url

from tests.postgresql.server import Server


class Databases(Protocol):
    """Makes empty databases, one for each thing that is measured."""

    def make(self, name: str) -> str:
        """Return the URL of a new, empty database."""

    def size(self, url: str) -> float:
        """Return how much room a database takes, in GB."""


@dataclass(frozen=True, slots=True)
class Files:
    """SQLite."""

    folder: Path

    def make(self, name: str) -> str:
        """Return the URL of a file that is not there yet."""
        return f"sqlite:///{self.folder / name}.db"

    def size(self, url: str) -> float:
        """Return the size of the file."""
        return Path(make_url(url).database or "").stat().st_size / 1e9


@dataclass(frozen=True, slots=True)
class Served:
    """PostgreSQL, writing to the disk as durably as one in service does."""

    server: Server

    def make(self, name: str) -> str:
        """Create a database and return its URL."""
        self.server.ask(f'CREATE DATABASE "{name}"')
        return self.server.url(name)

    def size(self, url: str) -> float:
        """Return the size of the database, by the server's telling."""
        found = self.server.ask(f"SELECT pg_database_size('{make_url(url).database}')")
        return float(str(found)) / 1e9


@contextmanager
def databases(kind: str, folder: Path) -> Iterator[Databases]:
    """Give databases of a kind, `sqlite` or `postgresql`, and take them away at the end."""
    if kind == "sqlite":
        yield Files(folder)
        return
    # What a small server in service has; the server for tests is made for tests.
    settings = {"shared_buffers": "1GB", "max_wal_size": "4GB", "work_mem": "16MB"}
    with Server.make(durable=True, settings=settings) as server:
        yield Served(server)
