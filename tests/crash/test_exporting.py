"""Exporting in processes that are killed at each write to the disk: no folder looks whole that is not."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bot.export.played import SECOND, plays

ROOT = Path(__file__).parents[2]


@pytest.mark.databases("sqlite")
@pytest.mark.parametrize(
    ("every", "fewest"), [(7, 6), pytest.param(1, 40, marks=[pytest.mark.crash, pytest.mark.timeout(900)])]
)
def test_a_death_leaves_nothing_or_a_whole_export(tmp_path: Path, every: int, fewest: int) -> None:
    record, deaths = tmp_path / "record.db", tmp_path / "deaths"
    plays(f"sqlite:///{record}", tmp_path / "record.db.files")
    deaths.mkdir()
    order = [sys.executable, "-m", "tests.crash.exporting_deaths"]
    order += [str(record), str(SECOND.public), str(deaths), str(every)]
    done = subprocess.run(order, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    died = json.loads(done.stdout.splitlines()[-1])
    assert len(died) >= fewest
    if every == 1:
        assert {f"{when} {what}" for when in ("before", "after") for what in ("fsync", "rename", "mkdir")} == set(died)
