"""Databases on a server, had quickly: one is made per template, and emptied again for the next test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from uuid import uuid4

import psycopg
from sqlalchemy import URL, Engine, create_engine, make_url

DRIVER = "postgresql+psycopg"

EMPTY = "template0"
"""The server's own template: a database with nothing in it."""

_KEPT = "kept"
"""The schema in which a database keeps the rows of its template."""

_SHAPE = """
SELECT md5(concat(
    (SELECT string_agg(concat(oid, relname), ',' ORDER BY oid) FROM pg_class
        WHERE relnamespace IN ('public'::regnamespace, 'kept'::regnamespace)),
    (SELECT string_agg(concat(oid, tgname, tgenabled), ',' ORDER BY oid) FROM pg_trigger),
    (SELECT string_agg(concat(oid, conname, convalidated), ',' ORDER BY oid) FROM pg_constraint)))
"""
_OTHERS = """
SELECT count(pg_terminate_backend(pid, 10000)) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


@dataclass(slots=True)
class _Made:
    """A database with the rows of a template, and how to bring it back to them."""

    url: URL
    connection: psycopg.Connection[tuple[object, ...]]
    shape: object
    emptying: str


@dataclass(slots=True)
class _Template:
    name: str
    idle: list[_Made] = field(default_factory=list)


class Databases:
    """What makes and drops databases on the server of `url`, an SQLAlchemy URL of any database on it.

    The user must be allowed to create databases; a superuser's are had faster, because triggers stand aside for nobody
    else. Names never meet those of others on the server.
    """

    def __init__(self, url: str) -> None:
        self._url = make_url(url).set(drivername=DRIVER)
        self._prefix = f"test_{uuid4().hex[:8]}"
        self._numbers = count(1)
        self._connection: psycopg.Connection[tuple[object, ...]] | None = None
        self._templates: dict[str, _Template] = {}

    @contextmanager
    def empty(self) -> Iterator[str]:
        """Give the URL of a new database with nothing in it, dropped afterwards whoever is still connected."""
        url = self._create(EMPTY)
        try:
            yield _written(url)
        finally:
            self._drop(url)

    @contextmanager
    def filled(self, key: str, fill: Callable[[Engine], object]) -> Iterator[str]:
        """Give the URL of a database that holds what `fill` puts in; called once for each `key`.

        Afterwards whoever is still connected is thrown out, and the rows are made as they were for the next one. A
        database whose tables were changed is dropped instead.
        """
        template = self._template(key, fill)
        made = template.idle.pop() if template.idle else self._copy(template)
        try:
            yield _written(made.url)
        finally:
            if self._emptied(made):
                template.idle.append(made)
            else:
                made.connection.close()
                self._drop(made.url)

    def close(self, *, drop: bool = True) -> None:
        """Let go of the server; what is left is dropped first, unless the server is to be thrown away with it."""
        for template in self._templates.values():
            for made in template.idle:
                made.connection.close()
                if drop:
                    self._drop(made.url)
            if drop:
                self._drop(self._url.set(database=template.name))
        self._templates.clear()
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _create(self, template: str) -> URL:
        name = f"{self._prefix}_{next(self._numbers)}"
        self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self._url.set(database=name)

    def _drop(self, url: URL) -> None:
        self._execute(f'DROP DATABASE IF EXISTS "{url.database}" WITH (FORCE)')

    def _template(self, key: str, fill: Callable[[Engine], object]) -> _Template:
        if key not in self._templates:
            url = self._create(EMPTY)
            engine = create_engine(url)
            try:
                fill(engine)
            finally:
                engine.dispose()
            with _connected(url) as connection:
                _keep_rows(connection)
            self._templates[key] = _Template(url.database or "")
        return self._templates[key]

    def _copy(self, template: _Template) -> _Made:
        url = self._create(template.name)
        connection = _connected(url)
        return _Made(url, connection, _one(connection, _SHAPE), _emptying(connection))

    def _emptied(self, made: _Made) -> bool:
        """Bring a database back to the rows of its template; False where it cannot be."""
        try:
            _one(made.connection, _OTHERS)
            if _one(made.connection, _SHAPE) != made.shape:
                return False
            made.connection.execute(made.emptying.encode())
        except psycopg.Error:
            return False
        return True

    def _execute(self, statement: str) -> None:
        if self._connection is None or self._connection.closed:
            self._connection = _connected(self._url)
        self._connection.execute(statement.encode())


def _written(url: URL) -> str:
    return url.render_as_string(hide_password=False)


def _connected(url: URL) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(_written(url.set(drivername="postgresql")), autocommit=True)


def _one(connection: psycopg.Connection[tuple[object, ...]], statement: str) -> object:
    row = connection.execute(statement.encode()).fetchone()
    return row[0] if row else None


def _names(connection: psycopg.Connection[tuple[object, ...]], schema: str) -> list[str]:
    statement = f"SELECT tablename FROM pg_tables WHERE schemaname = '{schema}' ORDER BY tablename"
    return [str(row[0]) for row in connection.execute(statement.encode())]


def _keep_rows(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    """Put the rows aside within their own database, those of each table that has any."""
    connection.execute(f"CREATE SCHEMA {_KEPT}".encode())
    for table in _names(connection, "public"):
        if _one(connection, f'SELECT EXISTS (SELECT FROM public."{table}")'):
            connection.execute(f'CREATE TABLE {_KEPT}."{table}" AS TABLE public."{table}"'.encode())


def _emptying(connection: psycopg.Connection[tuple[object, ...]]) -> str:
    """Return the statements that make a database what it is now, whatever rows came and went. They ask no trigger."""
    sequences = connection.execute(
        b"SELECT schemaname || '.' || sequencename, start_value, last_value FROM pg_sequences"
    ).fetchall()
    return "; ".join(
        [
            "BEGIN",
            "SET LOCAL session_replication_role = replica",
            *(f'DELETE FROM public."{table}"' for table in _names(connection, "public")),
            *(
                f'INSERT INTO public."{table}" OVERRIDING SYSTEM VALUE TABLE {_KEPT}."{table}"'
                for table in _names(connection, _KEPT)
            ),
            *(
                f"SELECT setval('{name}', {last or start}, {'true' if last else 'false'})"
                for name, start, last in sequences
            ),
            "COMMIT",
        ]
    )
