"""Offices with a database of their own, on either kind of database."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from sqlalchemy import Engine, PoolProxiedConnection, StaticPool, create_engine, event

from models.office import Rules
from models.office_file import load_office
from models.sop import load_sops, parse_sop
from tests.models.bureau import HARDWARE, SOFTWARE, Bureau
from tests.postgresql.databases import Databases

PACKAGED = Path(__file__).parents[2] / "models"


@pytest.fixture(scope="session")
def packaged_rules() -> Rules:
    """The office and its SOPs as packaged, and a related SOP, so that a case can be moved."""
    sops = load_sops(PACKAGED / "sops")
    text = sops[SOFTWARE].text.replace(f'code = "{SOFTWARE}"', f'code = "{HARDWARE}"', 1).replace('"SW"', '"HW"', 1)
    related = parse_sop(text, source="hardware.toml")
    return Rules(office=load_office(PACKAGED / "offices/sulawesi-utara.toml"), sops={**sops, related.code: related})


@pytest.fixture(scope="session")
def founded(packaged_rules: Rules) -> bytes:
    """The office at its beginning, as an SQLite database."""
    engine = _in_memory()
    Bureau.founds(engine, packaged_rules)
    with closing(engine.raw_connection()) as raw:
        image = connection_of(raw).serialize()
    engine.dispose()
    return image


@pytest.fixture(scope="session")
def engines() -> dict[str, Engine]:
    """The engines by their URLs; to make one anew takes longer than most tests."""
    return {}


@pytest.fixture
def open_bureau(
    database_kind: str, packaged_rules: Rules, engines: dict[str, Engine], request: pytest.FixtureRequest
) -> Iterator[Callable[[], Bureau]]:
    """Open offices, each with a database of its own."""
    with ExitStack() as opened:

        def open_one() -> Bureau:
            if database_kind == "sqlite":
                engine = _in_memory(request.getfixturevalue("founded"))
            else:
                databases: Databases = request.getfixturevalue("postgresql")
                url = opened.enter_context(
                    databases.filled("bureau", lambda empty: Bureau.founds(empty, packaged_rules))
                )
                if url not in engines:
                    # With the isolation that the program writes with.
                    engines[url] = create_engine(url, isolation_level="READ COMMITTED")
                engine = engines[url]
            opened.callback(engine.dispose)
            return Bureau(engine, packaged_rules)

        yield open_one


@pytest.fixture
def bureau(open_bureau: Callable[[], Bureau]) -> Bureau:
    return open_bureau()


def connection_of(raw: PoolProxiedConnection) -> sqlite3.Connection:
    """Return the driver's own connection."""
    assert isinstance(raw.driver_connection, sqlite3.Connection)
    return raw.driver_connection


def _in_memory(image: bytes = b"") -> Engine:
    """Return an engine on an SQLite database in memory; `image` is what it holds."""
    engine = create_engine("sqlite://", poolclass=StaticPool)

    @event.listens_for(engine, "connect")
    def enforce(connection: sqlite3.Connection, _record: object) -> None:
        if image:
            connection.deserialize(image)
        connection.execute("PRAGMA foreign_keys = ON")

    return engine
