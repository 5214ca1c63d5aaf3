"""Exporting in processes that are killed: `python -m tests.crash.exporting_deaths RECORD KEY FOLDER EVERY`.

RECORD is an SQLite file that was sealed, with its archive beside it, KEY the public key. For each boundary in turn a
process exports it and is killed there (SIGKILL); then the folder is not there, or it is whole, and another process
exports it under the same name. Prints the boundaries as JSON; ends with 1 where a promise was broken.
"""

import json
import sys
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from bot.archive.place import folder_beside
from bot.export.exporting import Order, export
from bot.export.verifier import Audit
from tests.crash.deaths import DIED, boundaries_of, live_once, try_each
from tests.parts import database_at

_CALLS = ("fsync", "rename", "mkdir")
_TARGET = Path("out")


def exports(record: Path, *, days: int = 0) -> None:
    """Export `record` into the folder at hand, so many days from now by the clock of the machine."""
    at = datetime.fromtimestamp(record.stat().st_mtime, UTC) + timedelta(days=days)
    order = Order(by="Auditor", at=at, number=None, period=None, archive=folder_beside(record))
    with database_at(f"sqlite:///{record}") as database:
        export(database, _TARGET, order, progress=lambda *_: None)


def _dies(record: Path, number: int) -> None:
    boundaries_of(_CALLS, fatal=number)
    exports(record)


def _lives(record: Path, key: str) -> None:
    exports(record)
    assert Audit(_TARGET, [key]).run().faults == []


def _goes_on(record: Path, key: str) -> None:
    """Hold what a dead process has left behind against the promises, and export under the same name."""
    beside = [path for path in Path().iterdir() if path.name != DIED and path != _TARGET]
    assert all(path.name.startswith(".out.") and path.name.endswith(".part") for path in beside), beside
    if _TARGET.exists():
        assert Audit(_TARGET, [key]).run().faults == [], "the folder is there, and is not whole"
        assert not beside, "the folder is there, and so is another"
        return
    exports(record, days=3)
    assert Audit(_TARGET, [key]).run().faults == []
    assert {path.name for path in Path().iterdir()} == {DIED, _TARGET.name}, "what was left behind has stayed"


def main(record: Path, key: str, folder: Path, *, every: int) -> None:
    """Try every boundary, or one of so many."""
    live_once(folder, begins=lambda _: None, lives=partial(_lives, record, key))
    dies, goes_on = partial(_dies, record), partial(_goes_on, record, key)
    sys.stdout.write(json.dumps(try_each(folder, begins=lambda _: None, dies=dies, goes_on=goes_on, every=every)))


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute(), sys.argv[2], Path(sys.argv[3]).absolute(), every=int(sys.argv[4]))
