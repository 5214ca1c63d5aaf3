"""On which database a test runs: SQLite, a real PostgreSQL, or one after the other.

What is said in chats (`tests/journeys`, `tests/handlers`) rests on rooms that are tested on both kinds alone, and a
journey on PostgreSQL takes more than twice the time of one on SQLite. So one test of each of their files, the first
that needs a database, runs on both; the others run on SQLite. With `--database both` all of them run on both.

Any other test that asks for one of these fixtures, itself or through another fixture, runs once on each of them:

- `database_url`: the SQLAlchemy URL of a database with nothing in it.
- `migrated_url`: the URL of a database with every table, as `disposisi migrate` leaves it; the faster one.
- `ready_made`: engines on databases filled once and had again as they were then; the fastest, SQLite's in memory.

`@pytest.mark.databases("sqlite")` on a test, a class or a module (`pytestmark`) keeps it to that kind. `database_kind`
is `"sqlite"` or `"postgresql"`, for a test that must know. On PostgreSQL alone, without a parameter, run tests that ask
for one of these:

- `postgresql`: the `Databases` of the server under this run; `with postgresql.empty() as url` gives one more database.
- `postgresql_server`: a `Server` of the test's own, which may be stopped, killed or followed by a standby.
- `make_server`: the same for several, and with the choices that `Server.make` has.

The server is found as `tests/postgresql/binaries.py` says and started once for each worker, at its first use, or it is
the one `TEST_DATABASE_URL` names, where the user must be allowed to create databases. Without either, tests on
PostgreSQL are skipped, and the summary says so. `--database sqlite` and `--database postgresql` keep to one kind.

The clients of `tests/foreign` have an environment of their own, which `make test` makes. Without it their tests are
skipped, and the summary says so, too. So are tests that measure in a browser, where none is installed.
"""

import gc
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, StaticPool, create_engine, event

from bot.storage import migration
from tests import dialects
from tests.bot.archive.s3 import MISSING as NO_S3
from tests.foreign.places import NO_CLIENTS
from tests.handlers.screens.browser import NO_BROWSER
from tests.postgresql.binaries import find_binaries
from tests.postgresql.databases import Databases
from tests.postgresql.server import Server

KINDS = ("sqlite", "postgresql")
BOTH = "both"

_OF_CHATS = ("tests/journeys/", "tests/handlers/")
"""The rooms of which one test a file runs on PostgreSQL."""

_FIRST: dict[str, str] = {}
"""The name of the first test that needs a database, for each file of those rooms."""

_MISSING = "no PostgreSQL server: install Debian's package `postgresql`, or set TEST_DATABASE_URL"


def pytest_configure() -> None:
    """Look for no rubbish among what is imported and collected, which stays until the end."""
    gc.disable()
    dialects.share()


def pytest_collection_finish() -> None:
    """Look for rubbish less often, and never among what was there before the first test: a seventh of all the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)
    gc.enable()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database",
        choices=(*KINDS, BOTH),
        help="run the database tests on this kind of database only, or each of them on both",
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database_kind" in metafunc.fixturenames:
        marker = metafunc.definition.get_closest_marker("databases")
        wanted = marker.args if marker else KINDS
        only = metafunc.config.getoption("--database")
        kinds = [kind for kind in wanted if only in {None, BOTH, kind}]
        if only is None and not marker and not _stands_for_its_file(metafunc.definition.nodeid):
            kinds.remove("postgresql")
        metafunc.parametrize("database_kind", kinds, scope="function")


def _stands_for_its_file(nodeid: str) -> bool:
    """Whether a test runs on every kind of database: any test, but of those of chats the first of each file."""
    file = nodeid.partition("::")[0]
    return not file.startswith(_OF_CHATS) or _FIRST.setdefault(file, nodeid) == nodeid


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reports = terminalreporter.stats.get("skipped", [])
    reasons = [report.longrepr[2] for report in reports if isinstance(report.longrepr, tuple)]
    for title, missing in (
        ("ON POSTGRESQL", _MISSING),
        ("WITH FOREIGN CLIENTS", NO_CLIENTS),
        ("IN A BROWSER", NO_BROWSER),
        ("IN A BUCKET", NO_S3),
    ):
        if skipped := sum(missing in reason for reason in reasons):
            terminalreporter.section(f"NOT TESTED {title}", sep="!", red=True, bold=True)
            terminalreporter.line(f"{skipped} tests were skipped: {missing}.", red=True)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Databases]:
    """The server under this run."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        databases = Databases(given)
        yield databases
        databases.close()
        return
    if find_binaries() is None:
        pytest.skip(_MISSING)
    with Server.make() as server:
        databases = Databases(server.url())
        yield databases
        databases.close(drop=False)


@pytest.fixture
def make_server() -> Iterator[Callable[..., Server]]:
    """`Server.make`, for servers that are thrown away after the test."""
    if find_binaries() is None:
        pytest.skip(_MISSING)
    with ExitStack() as made:
        yield lambda **choices: made.enter_context(Server.make(**choices))


@pytest.fixture
def postgresql_server(make_server: Callable[..., Server]) -> Server:
    """A server that the test may stop, kill and restart."""
    return make_server()


@pytest.fixture
def database_url(database_kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of a database with nothing in it."""
    if database_kind == "sqlite":
        yield f"sqlite:///{tmp_path}/empty.db"
    else:
        with _databases(request).empty() as url:
            yield url


@pytest.fixture
def migrated_url(database_kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of a database with the newest tables."""
    if database_kind == "sqlite":
        migrated: Path = request.getfixturevalue("_migrated_file")
        shutil.copy(migrated, tmp_path / "record.db")
        yield f"sqlite:///{tmp_path}/record.db"
    else:
        with _databases(request).filled("migrated", _migrate) as url:
            yield url


ReadyMade = Callable[[str, Callable[[Engine], object]], Engine]
"""Returns an engine on a database that holds what the function put in, which is called once for each name."""


@pytest.fixture
def ready_made(
    database_kind: str, _images: dict[str, bytes], _engines: dict[str, Engine], request: pytest.FixtureRequest
) -> Iterator[ReadyMade]:
    """A way to get any number of databases for the test."""
    with ExitStack() as opened:

        def make(name: str, fill: Callable[[Engine], object]) -> Engine:
            if database_kind == "sqlite":
                if name not in _images:
                    _images[name] = _image(fill)
                engine = _in_memory(_images[name])
            else:
                url = opened.enter_context(_databases(request).filled(name, fill))
                if url not in _engines:
                    # With the isolation that the program writes with.
                    _engines[url] = create_engine(url, isolation_level="READ COMMITTED")
                engine = _engines[url]
            opened.callback(engine.dispose)
            return engine

        yield make


@pytest.fixture(scope="session")
def memories() -> dict[tuple[str, str], Any]:
    """What must be known beside the databases that `ready_made` filled, by their kinds and names."""
    return {}


@pytest.fixture(scope="session")
def _images() -> dict[str, bytes]:
    """The SQLite databases that were filled, by their names."""
    return {}


@pytest.fixture(scope="session")
def _engines() -> dict[str, Engine]:
    """The engines on PostgreSQL by their URLs; to make one anew takes longer than most tests."""
    return {}


@pytest.fixture(scope="session")
def _migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("migrated") / "record.db"
    engine = create_engine(f"sqlite:///{path}")
    _migrate(engine)
    engine.dispose()
    return path


def _databases(request: pytest.FixtureRequest) -> Databases:
    databases: Databases = request.getfixturevalue("postgresql")
    return databases


def _migrate(engine: Engine) -> None:
    migration.upgrade(engine)


def _image(fill: Callable[[Engine], object]) -> bytes:
    engine = _in_memory()
    try:
        fill(engine)
        with closing(engine.raw_connection()) as raw:
            assert isinstance(raw.driver_connection, sqlite3.Connection)
            return raw.driver_connection.serialize()
    finally:
        engine.dispose()


def _in_memory(image: bytes = b"") -> Engine:
    """Return an engine on an SQLite database in memory; `image` is what it holds."""
    engine = create_engine("sqlite://", poolclass=StaticPool)

    @event.listens_for(engine, "connect")
    def set_up(connection: sqlite3.Connection, _record: object) -> None:
        if image:
            connection.deserialize(image)
        connection.execute("PRAGMA foreign_keys = ON")

    return engine
