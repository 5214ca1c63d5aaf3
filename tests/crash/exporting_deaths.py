"""Exporting in processes that are killed: `python -m tests.crash.exporting_deaths RECORD KEY FOLDER EVERY`.

RECORD is an SQLite file that was sealed, with its archive beside it, KEY the public key. For each boundary in turn a
process exports it and is killed there (SIGKILL); then the folder is not there, or it is whole, and another process
exports it under the same name. Prints the boundaries as JSON; ends with 1 where a promise was broken.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any
from unittest.mock import patch

from bot.archive.place import folder_beside
from bot.export.exporting import Order, export
from bot.export.verifier import Audit
from tests.crash.boundaries import Boundaries
from tests.parts import database_at

_BOUNDARIES = ("fsync", "rename", "mkdir")
_BROKEN = 3


def exports(record: Path, target: Path, *, days: int = 0) -> None:
    """Export `record` to `target`, so many days from now by the clock of the machine."""
    at = datetime.fromtimestamp(record.stat().st_mtime, UTC) + timedelta(days=days)
    order = Order(by="Auditor", at=at, number=None, period=None, archive=folder_beside(record))
    with database_at(f"sqlite:///{record}") as database:
        export(database, target, order, progress=lambda *_: None)


def _dies(record: Path, target: Path, number: int) -> None:
    boundaries = Boundaries(partial(_announce, target), fatal=number)
    for name in _BOUNDARIES:
        patch.object(os, name, _watched(boundaries, name, getattr(os, name))).start()
    exports(record, target)


def _watched(boundaries: Boundaries, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
    def watched(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever the call takes and returns
        boundaries.cross(f"before {name}")
        done = call(*given, **named)
        boundaries.cross(f"after {name}")
        return done

    return watched


def _announce(target: Path, _: int, name: str) -> None:
    (target.parent / "died").write_text(name, encoding="utf-8")


def _goes_on(record: Path, key: str, target: Path) -> None:
    """Hold what a dead process has left behind against the promises, and export under the same name."""
    beside = [path for path in target.parent.iterdir() if path.name != "died" and path != target]
    assert all(path.name.startswith(".out.") and path.name.endswith(".part") for path in beside), beside
    if target.exists():
        assert Audit(target, [key]).run().faults == [], "the folder is there, and is not whole"
        assert not beside, "the folder is there, and so is another"
        return
    exports(record, target, days=3)
    assert Audit(target, [key]).run().faults == []
    assert {path.name for path in target.parent.iterdir()} == {"died", "out"}, "what was left behind has stayed"


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


def main(record: Path, key: str, folder: Path, *, every: int) -> None:
    """Try every boundary, or one of so many."""
    died = list[str]()
    for number in count(1, every):
        target = folder / str(number) / "out"
        target.parent.mkdir()
        ended = _in_a_process(partial(_dies, record, target, number))
        if os.waitstatus_to_exitcode(ended) != -signal.SIGKILL:
            assert ended == 0, ended
            break
        died.append((target.parent / "died").read_text(encoding="utf-8"))
        if _in_a_process(partial(_goes_on, record, key, target)) != 0:
            sys.exit(f"a promise was broken after a death {died[-1]}, number {number}")
    sys.stdout.write(json.dumps(died))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), every=int(sys.argv[4]))
