"""Databases on a server, made quickly: copied from a template, dropped after use."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from uuid import uuid4

import psycopg
from sqlalchemy import URL, Engine, create_engine, make_url

DRIVER = "postgresql+psycopg"

EMPTY = "template0"
"""The server's own template: a database with nothing in it."""


class Databases:
    """What makes and drops databases on the server of `url`, an SQLAlchemy URL of any database on it.

    The user must be allowed to create databases. Names never meet those of others on the same server.
    """

    def __init__(self, url: str) -> None:
        self._url = make_url(url).set(drivername=DRIVER)
        self._prefix = f"test_{uuid4().hex[:8]}"
        self._numbers = count(1)
        self._connection: psycopg.Connection[tuple[object, ...]] | None = None
        self._templates: dict[str, str] = {}

    def make(self, template: str = EMPTY) -> str:
        """Make a database as a copy of `template`; returns its URL."""
        name = f"{self._prefix}_{next(self._numbers)}"
        self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self._named(name).render_as_string(hide_password=False)

    def drop(self, url: str) -> None:
        """Drop the database of `url`, whoever is still connected to it."""
        self._execute(f'DROP DATABASE IF EXISTS "{make_url(url).database}" WITH (FORCE)')

    @contextmanager
    def fresh(self, template: str = EMPTY) -> Iterator[str]:
        """Give the URL of a copy of `template` that is dropped afterwards."""
        url = self.make(template)
        try:
            yield url
        finally:
            self.drop(url)

    def template(self, key: str, fill: Callable[[Engine], object]) -> str:
        """Return the name of the template known as `key`; `fill` puts in what it holds, the first time."""
        if key not in self._templates:
            url = make_url(self.make())
            engine = create_engine(url)
            try:
                fill(engine)
            finally:
                engine.dispose()
            self._templates[key] = url.database or ""
        return self._templates[key]

    def close(self) -> None:
        """Drop the templates and let go of the server."""
        for name in self._templates.values():
            self.drop(str(self._named(name)))
        self._templates.clear()
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _named(self, database: str) -> URL:
        return self._url.set(database=database)

    def _execute(self, statement: str) -> None:
        if self._connection is None:
            plain = self._url.set(drivername="postgresql").render_as_string(hide_password=False)
            self._connection = psycopg.connect(plain, autocommit=True)
        self._connection.execute(statement.encode())
