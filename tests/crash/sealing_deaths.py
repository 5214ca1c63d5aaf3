"""Sealing in processes that are killed: `python -m tests.crash.sealing_deaths RECORD FOLDER SCENE`.

RECORD is an SQLite file with something to seal. For each boundary in turn a process seals a copy of it and is killed
there (SIGKILL), and another one goes on from what it has left behind and holds that against the promises. Prints the
boundaries as JSON; ends with 1 where a promise was broken.
"""

import asyncio
import json
import os
import shutil
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from unittest.mock import patch

from sqlalchemy import select

from bot.cli import surroundings
from bot.clock import MovableClock
from bot.metrics import Metrics
from bot.rules import load_rules
from bot.sealing.places import Places
from bot.sealing.sealer import Sealer
from bot.settings import Settings
from bot.storage.database import Database
from models.checkpoint import delivery, sealing
from models.checkpoint.log import SealedLeaf, Sealing
from models.checkpoint.note import Note
from models.checkpoint.statement import Checkpoint
from models.journal.chain import Chain
from models.proof.against import hold_against
from tests.crash.deaths import boundaries_of, in_a_process, live_once, try_each

NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)
_RECORD = "disposisi.db"
_CALLS = ("fsync", "replace", "link", "unlink")


class Office:
    """A record in a folder of its own, as one process finds it."""

    def __init__(self, at: datetime) -> None:
        self.settings = Settings.load(None, database_url=f"sqlite:///{_RECORD}")
        self.rules = load_rules(self.settings)
        self.clock = MovableClock(at, frozen=True)
        self.database = Database(self.settings.database_url, metrics=Metrics())
        self.places = Places.of(self.settings, record=self.database.path)

    def seal(self) -> None:
        """Look as the bot does once a minute."""
        sealer = Sealer(database=self.database, rules=self.rules, clock=self.clock, places=self.places)
        asyncio.run(sealer.look())

    def journals(self) -> None:
        """Let something happen in the office."""
        with self.database.transaction() as session:
            chain = session.scalars(select(Chain).where(Chain.subject == "office")).one()
            chain.append("away", actor_id=None, capacity="system", payload={}, at=self.clock.now())

    def holds(self) -> None:
        """Hold what the folder shows against the record: no gap, no two of one size, nothing that does not follow."""
        shown = self.places.folder.path
        with self.database.transaction() as session:
            rows = list(session.scalars(select(Sealing).order_by(Sealing.number)))
            leaves = list(session.scalars(select(SealedLeaf.leaf).order_by(SealedLeaf.position)))
            keys = [key for key, _ in delivery.every_key(session)]
            waits = sealing.waiting(session).moved
        made = [Checkpoint.parse(Note.parse(row.note).text) for row in rows]
        assert [row.number for row in rows] == list(range(1, len(rows) + 1)), "a gap"
        assert len({one.size for one in made}) == len(made), "two checkpoints of one size"
        assert not waits, "something was left out"
        named = [f"checkpoint-{row.number:08d}.txt" for row in rows]
        assert sorted(path.name for path in shown.glob("checkpoint-*.txt")) == named, "the folder lacks one"
        assert [(shown / name).read_text(encoding="utf-8") for name in named] == [row.note for row in rows]
        assert self.places.folder.every_log() == [leaves], "the folder has other leaves"
        key = self.places.key.load()
        assert key is not None
        assert str(key.public) == keys[-1], "the key in the file is not the one in use"
        for row in rows:
            with self.database.transaction() as session:
                held = hold_against(session, row.note, keys=[key.public])
            assert held.faults == (), held.faults


def sealed_first(office: Office) -> None:
    """Seal a record for the first time, which makes the key and the folder."""
    office.seal()


def sealed_again(office: Office) -> None:
    """Seal what happened after the first checkpoint."""
    office.journals()
    office.clock.advance(timedelta(hours=1))
    office.seal()


def rotated(office: Office) -> None:
    """Rotate the key, as the command line does it."""
    from bot.cli import checkpoints

    with (
        patch.object(surroundings, "settings", lambda *_: office.settings),
        patch.object(surroundings, "database", lambda *_: office.database),
        patch.object(surroundings, "Clock", lambda: office.clock),
    ):
        checkpoints.rotate()


SCENES: dict[str, tuple[Callable[[Office], None], bool]] = {
    "first": (sealed_first, False),
    "again": (sealed_again, True),
    "rotation": (rotated, True),
}
"""What a process does before it dies, and whether the record was sealed before."""


def _dies(scene: Callable[[Office], None], number: int) -> None:
    boundaries = boundaries_of(_CALLS, fatal=number)
    with closing((office := Office(NOON)).database):
        boundaries.watch_commits(office.database.engine)
        scene(office)


def _goes_on() -> None:
    with closing((office := Office(NOON + timedelta(hours=2))).database):
        office.seal()
        office.holds()
        office.journals()
        office.clock.advance(timedelta(hours=1))
        office.seal()
        office.holds()


def _first() -> None:
    with closing((office := Office(NOON)).database):
        office.seal()


def main(record: Path, folder: Path, name: str) -> None:
    """Try every boundary of a scene."""
    scene, is_sealed = SCENES[name]
    live_once(folder, begins=lambda here: shutil.copy(record, here / _RECORD), lives=_goes_on)

    def begins(here: Path) -> None:
        shutil.copy(record, here / _RECORD)
        os.chdir(here)
        if is_sealed:
            assert in_a_process(_first) == 0

    sys.stdout.write(json.dumps(try_each(folder, begins=begins, dies=partial(_dies, scene), goes_on=_goes_on)))


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute(), Path(sys.argv[2]).absolute(), sys.argv[3])
