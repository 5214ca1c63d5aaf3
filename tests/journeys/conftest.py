"""An office for each journey, on each kind of database in turn."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.journeys.demo_office import DemoOffice, demo_office


@pytest.fixture
async def office(tmp_path: Path, migrated_url: str) -> AsyncIterator[DemoOffice]:
    async with demo_office(tmp_path, database_url=migrated_url) as place:
        yield place
