"""An office for each journey, on each kind of database in turn."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.updates.intake import Intake
from tests.journeys.demo_office import DemoOffice, demo_office


@pytest.fixture
async def office(tmp_path: Path, migrated_url: str) -> AsyncIterator[DemoOffice]:
    async with demo_office(tmp_path, database_url=migrated_url) as place:
        yield place


@pytest.fixture(autouse=True)
def _wait_by_the_clock_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a chat wait for further pieces until the office's clock says it is enough, however slow the machine is."""
    wait = Intake._wait_for_more
    monkeypatch.setattr(Intake, "_wait_for_more", lambda intake, lane, _: wait(intake, lane, 3600))
