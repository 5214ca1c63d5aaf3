"""What the crash tests share: the parent of the processes to be killed, and databases without end."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.crash.stage import Fresh, Nursery, nursery
from tests.postgresql.databases import Databases

_MEMORY = Path("/dev/shm")
"""Killing a process loses nothing that it has written, on whatever kind of disk; memory makes it faster."""


@pytest.fixture(scope="session")
def nest(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    with nursery(tmp_path_factory.mktemp("nursery")) as made:
        yield made


@pytest.fixture
def fresh(database_kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Fresh:
    @contextmanager
    def sqlite() -> Iterator[str]:
        with TemporaryDirectory(dir=_MEMORY if _MEMORY.is_dir() else tmp_path) as folder:
            yield f"sqlite:///{folder}/record.db"

    if database_kind == "sqlite":
        return sqlite
    server: Databases = request.getfixturevalue("postgresql")
    return server.empty


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures of the long runs."""
    figures = [
        f"{report.nodeid.rpartition('::')[2]}: {value}"
        for report in terminalreporter.stats.get("passed", [])
        for name, value in report.user_properties
        if name == "crash"
    ]
    if figures:
        terminalreporter.section("What the program lived through")
        for line in figures:
            terminalreporter.line(line)
