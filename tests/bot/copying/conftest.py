"""A record to copy, and other databases of its kind."""

from collections.abc import Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import pytest

from bot.storage.database import Database
from tests.bot.copying.copied import Elsewhere
from tests.parts import database_at


@pytest.fixture
def database(migrated_url: str) -> Iterator[Database]:
    with database_at(migrated_url) as database:
        yield database


@pytest.fixture
def elsewhere(database_kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Elsewhere]:
    """Give the URLs of databases of the same kind that do not exist yet or hold nothing."""
    with ExitStack() as made:
        numbers = count(1)

        def another() -> str:
            if database_kind == "sqlite":
                return f"sqlite:///{tmp_path}/elsewhere-{next(numbers)}.db"
            url: str = made.enter_context(request.getfixturevalue("postgresql").empty())
            return url

        yield another
