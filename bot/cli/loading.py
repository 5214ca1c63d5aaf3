"""Importing much at once: a process that serves imports 1,600 modules before it does anything."""

import gc
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from types import ModuleType

_COMMAND_LINE_OF_HTTPX = "pygments"
"""What httpx imports for a command line of its own, if it is there, and what nothing else here imports."""


@contextmanager
def without_collecting() -> Iterator[None]:
    """Let Python look for no rubbish within, nor later on among what was made within.

    Modules, classes and functions live as long as the process. Python would go through all of them again and again
    while they are made, which takes a quarter of the time of a start, and finds next to nothing.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if collects:
            gc.enable()


class _NotInstalled(MetaPathFinder):
    """Finds no module of the name `hidden`, as if it were not installed."""

    def __init__(self, hidden: str) -> None:
        self._hidden = hidden

    def find_spec(self, fullname: str, _path: Sequence[str] | None, _target: ModuleType | None = None) -> None:
        if fullname == self._hidden:
            raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)


@contextmanager
def without_the_client_s_command_line() -> Iterator[None]:
    """Let httpx, if it is imported within, find no pygments: then it does without a command line of its own.

    It does so wherever its `httpx[cli]` is not installed. Its command line would bring pygments and rich into every
    process that serves, because typer has rich and pygments installed.
    """
    finder = _NotInstalled(_COMMAND_LINE_OF_HTTPX)
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
