"""Telegram fails in every way it can, each for one call in twenty: whole cases, side by side, come to their end."""

import pytest

from tests.crash.weather.storm import break_line, hurried, raise_storm
from tests.crash.weather.town import town


async def storm(
    url: str, monkeypatch: pytest.MonkeyPatch, *, seed: int, cases: int, prakoms: int, rounds: int | None = None
) -> None:
    with hurried(monkeypatch):
        async with town(url, seed=seed, prakoms=prakoms, running=False) as place:
            lines = break_line(place.program, seed=seed)
            await place.program.start()
            people = place.newcomers(cases)
            raise_storm(place.sandbox)
            await place.report(*people)
            await place.go_on(rounds)
            place.check()
            assert sum(line.lost for line in lines) > 0, f"seed {seed}: the storm was no storm"


@pytest.mark.databases("sqlite")
async def test_cases_side_by_side_survive_a_storm(migrated_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    await storm(migrated_url, monkeypatch, seed=20261123, cases=2, prakoms=2, rounds=7)


@pytest.mark.crash
@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", [1, 2])
async def test_many_cases_side_by_side_survive_a_storm(
    migrated_url: str, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    await storm(migrated_url, monkeypatch, seed=seed, cases=15, prakoms=8)
