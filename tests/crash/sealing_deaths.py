"""Sealing in processes that are killed: `python -m tests.crash.sealing_deaths RECORD FOLDER SCENE`.

RECORD is an SQLite file with something to seal. For each boundary in turn a process seals a copy of it and is killed
there (SIGKILL), and another one goes on from what it has left behind and holds that against the promises. Prints the
boundaries as JSON; ends with 1 where a promise was broken. The parent has one thread, so that it can fork.
"""

import asyncio
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any
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
from tests.crash.boundaries import Boundaries

NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)
_RECORD = "disposisi.db"
_BOUNDARIES = ("fsync", "replace", "link", "unlink")
_BROKEN = 3


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


def _in_a_process(work: Callable[[], None]) -> int:
    """Do `work` in a process of its own; returns how it ended, as `waitpid` says it."""
    pid = os.fork()
    if pid == 0:
        try:
            work()
        except BaseException as error:  # noqa: BLE001 - the parent must learn of it
            print(f"{type(error).__name__}: {error}", file=sys.stderr)  # noqa: T201 - the test shows it
            os._exit(_BROKEN)
        os._exit(0)
    return os.waitpid(pid, 0)[1]


def _dies(scene: Callable[[Office], None], number: int) -> None:
    boundaries = Boundaries(_announce, fatal=number)
    for name in _BOUNDARIES:
        patch.object(os, name, _watched(boundaries, name, getattr(os, name))).start()
    with closing((office := Office(NOON)).database):
        boundaries.watch_commits(office.database.engine)
        scene(office)


def _watched(boundaries: Boundaries, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
    def watched(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever the call takes and returns
        boundaries.cross(f"before {name}")
        done = call(*given, **named)
        boundaries.cross(f"after {name}")
        return done

    return watched


def _announce(_: int, name: str) -> None:
    Path("died").write_text(name, encoding="utf-8")


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
    died = list[str]()
    for number in count(1):
        here = folder / f"{name}-{number}"
        here.mkdir()
        shutil.copy(record, here / _RECORD)
        os.chdir(here)
        if is_sealed:
            assert _in_a_process(_first) == 0
        ended = _in_a_process(partial(_dies, scene, number))
        if os.waitstatus_to_exitcode(ended) != -signal.SIGKILL:
            assert ended == 0, ended
            break
        died.append(Path("died").read_text(encoding="utf-8"))
        if _in_a_process(_goes_on) != 0:
            sys.exit(f"a promise was broken after a death {died[-1]}, number {number}")
    sys.stdout.write(json.dumps(died))


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute(), Path(sys.argv[2]).absolute(), sys.argv[3])
