"""Running mutmut over a copy of the code, so that nothing in the work tree is ever changed."""

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from configparser import ConfigParser
from pathlib import Path

from tests.mutation.results import NOTICED, Change, Result
from tests.mutation.targets import Target

ROOT = Path(__file__).parents[2]

_COPIED = ("bot", "handlers", "models", "tests", "pyproject.toml", "requirements", "docs", "Makefile")
_LINE = re.compile(r"\s+(?P<name>\S+): (?P<status>.+)")
_MANGLED = re.compile(r".*\.(?:x_|xǁ)(?P<function>.+)__mutmut_\d+")


class Stopped(Exception):
    """Mutmut came to no result; the text is the end of what it said."""


def run(target: Target, folder: Path, *, processes: int) -> Result:
    """Mutate the target in a copy of the code under `folder`, and return what became of its mutants.

    Raises `Stopped` where there are none, or where the tests fail without any mutation.
    """
    _copy(folder)
    _configure(folder, target)
    said = _mutmut(folder, "run", "--max-children", str(processes))
    counted: Counter[str] = Counter()
    survivors: set[Change] = set()
    for name, status in _statuses(folder):
        if status == "not checked":
            raise Stopped(said[-2000:])
        if status in NOTICED:
            counted[NOTICED[status]] += 1
        else:
            survivors.add(_change(folder, name))
    if not counted and not survivors:
        raise Stopped(said[-2000:])
    return Result(counted["killed"], counted["stopped"], tuple(sorted(survivors)))


def _copy(folder: Path) -> None:
    for name in _COPIED:
        source, destination = ROOT / name, folder / name
        if source.is_dir():
            shutil.copytree(
                source, destination, ignore=shutil.ignore_patterns("__pycache__", "*.db*"), dirs_exist_ok=True
            )
        else:
            shutil.copy2(source, destination)


def _configure(folder: Path, target: Target) -> None:
    settings = {
        "source_paths": ["bot", "handlers", "models"],
        "also_copy": ["requirements", "docs", "Makefile"],
        "only_mutate": target.files,
        # What the type checker proves unreachable, no test can reach.
        "do_not_mutate_patterns": ["assert_never"],
        "pytest_add_cli_args_test_selection": target.tests,
        "pytest_add_cli_args": [
            *("-p", "tests.mutation.profile", "--hypothesis-profile=mutation"),
            *("--database=sqlite", "-p", "no:cacheprovider", "-p", "no:unraisableexception"),
            # What a mutant holds up for so long has failed.
            "--timeout=30",
        ],
        "process_isolation": ["forkserver"],
        # Long enough for a busy machine: a minute, and ten times what the tests take.
        "timeout_constant": ["6"],
        "timeout_multiplier": ["10"],
    }
    file = ConfigParser()
    file["mutmut"] = {name: "\n".join(values) for name, values in settings.items()}
    with (folder / "setup.cfg").open("w", encoding="utf-8") as opened:
        file.write(opened)


def _mutmut(folder: Path, *arguments: str) -> str:
    """Run mutmut in `folder` and return what it said. Raises `Stopped` where it fails."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    ran = subprocess.run(
        [Path(sys.executable).parent / "mutmut", *arguments],
        cwd=folder,
        env={**environment, "PYTHONHASHSEED": "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode != 0:
        raise Stopped((ran.stdout + ran.stderr)[-4000:])
    return ran.stdout


def _statuses(folder: Path) -> Iterator[tuple[str, str]]:
    for line in _mutmut(folder, "results", "--all", "true").splitlines():
        found = _LINE.fullmatch(line)
        if found:
            yield found["name"], found["status"]


def _change(folder: Path, name: str) -> Change:
    """Return what was changed in the mutant with this name, from the difference that mutmut shows."""
    mangled = _MANGLED.fullmatch(name)
    if mangled is None:
        raise Stopped(f"mutmut names a mutant in a way that is not known here: {name}")
    lines = _mutmut(folder, "show", name).splitlines()
    file = next(line.removeprefix("--- ") for line in lines if line.startswith("--- "))
    changed = [line for line in lines if not line.startswith(("---", "+++"))]
    was, became = (" ".join(line[1:].strip() for line in changed if line.startswith(sign)) for sign in ("-", "+"))
    return Change(file, mangled["function"].replace("ǁ", "."), was, became)
