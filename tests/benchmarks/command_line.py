"""What a quick answer at the command line costs: the processor that `disposisi --version` and its like keep busy.

Told as a ratio to `python -c pass` too, measured in turn with it, since the times are of this machine on this day.
"""

import os
import resource
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.figures import Figure, Findings, share

ROOT = Path(__file__).parents[2]

_SOP = ROOT / "models" / "sops" / "penanganan-masalah-software.toml"

_NOTHING = ("-c", "pass")

ANSWERS = {
    "disposisi --version": ("-m", "bot", "--version"),
    "disposisi --help": ("-m", "bot", "--help"),
    "disposisi run --help": ("-m", "bot", "run", "--help"),
    "disposisi sop check FILE": ("-m", "bot", "sop", "check", str(_SOP)),
    "disposisi sop check CODE": ("-m", "bot", "sop", "check", _SOP.stem),
}
"""What is measured, by how it is typed: the arguments of the interpreter."""

_TARGET = 25
"""Times what an interpreter takes that does nothing: 0.4 s where that is 16 ms."""


def command_line(folder: Path, findings: Findings, *, times: int) -> None:
    """Ask for each answer so many times, and hold it against an interpreter that does nothing."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    # The code that is compiled at the first start stays here, as it stays in an installation.
    environment |= {"PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": str(folder / "compiled")}
    programs = [_NOTHING, *ANSWERS.values()]
    for program in programs:
        processor_seconds(program, environment)
    rounds = [[processor_seconds(program, environment) for program in programs] for _ in range(times)]
    nothing, *answers = [share(taken, 0.5) for taken in zip(*rounds, strict=True)]
    findings.add(Figure("command line", "python -c pass", 1000 * nothing, "ms", f"median of {times}, of the processor"))
    for name, taken in zip(ANSWERS, answers, strict=True):
        findings.add(
            Figure("command line", name, 1000 * taken, "ms", f"median of {times}, of the processor"),
            Figure("command line", f"{name}, held against it", taken / nothing, "times", "of the processor", _TARGET),
        )


def processor_seconds(program: Sequence[str], environment: dict[str, str]) -> float:
    """Run the interpreter with the arguments `program`; returns how long it kept a processor busy."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *program], env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
