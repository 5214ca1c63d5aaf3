"""An office for each journey."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.journeys.demo_office import DemoOffice, demo_office


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[DemoOffice]:
    async with demo_office(tmp_path) as place:
        yield place
