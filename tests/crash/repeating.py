"""Repeating one run of the crash tests: the command that a failure prints, and what a test reads of it.

    CRASH_SEED=7 CRASH_RUN=portions-3 pytest -m "crash or not crash" "tests/crash/test_portions.py::…[sqlite]"

`CRASH_SEED` is what all deaths are drawn from. `CRASH_RUN` is the number of the run, with the name of the script before
it where that is not the straight path; without a name it is meant for each script.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.crash.stage import Nursery

SEED = int(os.environ.get("CRASH_SEED", "20261123"))


def wanted(script: str = "") -> int | None:
    """Return the run of a script that is to be repeated, None for all. Skips the test where another script is meant."""
    asked = os.environ.get("CRASH_RUN", "")
    if not asked:
        return None
    name, _, number = asked.rpartition("-")
    if name and name != script:
        pytest.skip(f"CRASH_RUN={asked} repeats a run of another script")
    return int(number)


@contextmanager
def repeatable(nest: Nursery, *, run: str = "") -> Iterator[None]:
    """Say how to repeat a run that fails: the seed, the `run` where the test has several, and the test."""
    try:
        yield
    except Exception as error:
        raise AssertionError(f"{error}\n\nrepeat with: {command(run)}\n{nest.said[-4000:]}") from error


def command(run: str = "") -> str:
    """Return the command that repeats a run of the test that runs now."""
    test, _, _ = os.environ["PYTEST_CURRENT_TEST"].rpartition(" ")
    only = f"CRASH_RUN={run} " if run else ""
    return f'CRASH_SEED={SEED} {only}pytest -m "crash or not crash" "{test}"'
