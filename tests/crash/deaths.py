"""Processes that die at one boundary after the other, each in a folder of its own, and the ones that go on after them.

What is done, and what it must leave behind, is in the modules that end in `_deaths`. The parent has one thread, so that
it can fork.
"""

import gc
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any
from unittest.mock import patch

from tests import dialects
from tests.crash.boundaries import Boundaries

DIED = "died"
"""The file in the folder at hand that names the boundary at which a process died."""

_BROKEN = 3


def boundaries_of(calls: Sequence[str], *, fatal: int) -> Boundaries:
    """Let these calls of the module `os` be two boundaries each, for good; the process dies at the fatal one."""
    boundaries = Boundaries(lambda _, name: _announce(name), fatal=fatal)
    for name in calls:
        patch.object(os, name, _watched(boundaries, name, getattr(os, name))).start()
    return boundaries


def _announce(name: str) -> None:
    Path(DIED).write_text(name, encoding="utf-8")


def _watched(boundaries: Boundaries, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
    def watched(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever the call takes and returns
        boundaries.cross(f"before {name}")
        done = call(*given, **named)
        boundaries.cross(f"after {name}")
        return done

    return watched


def live_once(folder: Path, *, begins: Callable[[Path], object], lives: Callable[[], None]) -> None:
    """Do the work once in this process, undisturbed: what it has imported and compiled is there for all forked later.

    `begins` lays into a folder beside theirs what the work, `lives`, finds.
    """
    dialects.share()
    here = folder / "undisturbed"
    here.mkdir()
    begins(here)
    os.chdir(here)
    lives()
    alive = threading.enumerate()
    assert len(alive) == 1, f"a process with several threads cannot be forked: {alive}"
    gc.collect()
    gc.freeze()


def in_a_process(work: Callable[[], None]) -> int:
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


def try_each(
    folder: Path,
    *,
    begins: Callable[[Path], None],
    dies: Callable[[int], None],
    goes_on: Callable[[], None],
    every: int = 1,
) -> list[str]:
    """Let a process die at each boundary, or one of so many, and another one go on; returns the boundaries.

    `begins` lays into a folder what the first process finds; the others are in that folder. Ends this process with 1
    where one that went on found a promise broken.
    """
    died = list[str]()
    for number in count(1, every):
        here = folder / str(number)
        here.mkdir()
        begins(here)
        os.chdir(here)
        ended = in_a_process(partial(dies, number))
        if os.waitstatus_to_exitcode(ended) != -signal.SIGKILL:
            assert ended == 0, ended
            return died
        died.append(Path(DIED).read_text(encoding="utf-8"))
        if in_a_process(goes_on) != 0:
            sys.exit(f"a promise was broken after a death {died[-1]}, number {number}")
    raise AssertionError("unreachable")
