"""Sealing, and rotating the key, in processes that are killed at each commit and each write to the disk."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot.storage import migration
from models.journal.chain import Chain
from tests.crash.sealing_deaths import NOON, SCENES
from tests.parts import database_at

ROOT = Path(__file__).parents[2]


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "record.db"
    with database_at(f"sqlite:///{path}") as database:
        migration.upgrade(database.engine)
        with database.transaction() as session:
            chain = Chain.begin("office")
            session.add(chain)
            session.flush()
            chain.append("away", actor_id=None, capacity="system", payload={}, at=NOON)
    return path


@pytest.mark.databases("sqlite")
@pytest.mark.parametrize(
    ("scene", "fewest"), [("first", 20), pytest.param("again", 12, marks=pytest.mark.crash), ("rotation", 12)]
)
def test_a_death_leaves_no_gap_and_no_two_of_one_size(record: Path, tmp_path: Path, scene: str, fewest: int) -> None:
    (tmp_path / "deaths").mkdir()
    order = [sys.executable, "-m", "tests.crash.sealing_deaths", str(record), str(tmp_path / "deaths"), scene]
    done = subprocess.run(order, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    died = json.loads(done.stdout.splitlines()[-1])
    assert {"before commit", "after commit", "before fsync", "after replace"} <= set(died)
    assert len(died) >= fewest


def test_every_scene_is_tried() -> None:
    assert set(SCENES) == {"first", "again", "rotation"}
