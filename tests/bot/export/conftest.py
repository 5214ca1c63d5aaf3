"""A played record and its export, made once for each worker; a test that changes an export has a copy of it."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.bot.export.played import Played, goes_on, plays


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    folder = tmp_path_factory.mktemp("played")
    return plays(f"sqlite:///{folder}/disposisi.db", folder / "disposisi.db.files")


@pytest.fixture
def fresh(played: Played, tmp_path: Path) -> Iterator[Played]:
    """The played record, to be changed."""
    (tmp_path / "record").mkdir()
    copy = goes_on(played, tmp_path / "record")
    yield copy
    copy.bureau.engine.dispose()


@pytest.fixture(scope="session")
def exports(played: Played, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The whole record, and one case of it."""
    folder = tmp_path_factory.mktemp("exports")
    played.exports(folder / "whole")
    played.exports(folder / "extract", number="SW-2026-0004")
    return {name: folder / name for name in ("whole", "extract")}


Copied = Callable[[str], Path]


@pytest.fixture
def copied(exports: dict[str, Path], tmp_path: Path) -> Copied:
    """Copies of the exports, to be changed."""
    return lambda name: Path(shutil.copytree(exports[name], tmp_path / name))
