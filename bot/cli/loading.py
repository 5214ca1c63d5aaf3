"""Importing much at once: a process that serves imports 1,600 modules before it does anything."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


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
