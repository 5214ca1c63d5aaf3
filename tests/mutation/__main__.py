"""`python -m tests.mutation`: change the code in small ways, and see whether the tests notice.

Each target is mutated in a copy of the code. The results of the targets that were run are kept in `build/mutation.json`
beside those of earlier runs; `--section` prints them all as the section of `docs/reliability.md` without running any.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from rich.console import Console

from tests.mutation import report, running
from tests.mutation.results import Result, keep, load, together
from tests.mutation.targets import TARGETS

LEAST = 90
"""The score, in percent, below which a run fails."""


def main() -> int:
    """Read the arguments, run, tell. Returns 1 where too many survive, or one whose reason is not written down."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description="Measure what the tests notice.")
    parser.add_argument("--only", choices=TARGETS, action="append", help="mutate this target alone; may be repeated")
    parser.add_argument("--processes", type=int, default=2, help="how many mutants are tested at a time")
    parser.add_argument("--output", type=Path, default=Path("build/mutation.json"), help="where the results are kept")
    parser.add_argument("--section", action="store_true", help="print the kept results as Markdown; run nothing")
    options = parser.parse_args()
    kept = load(options.output)
    if options.section:
        sys.stdout.write(report.section({name: kept[name] for name in TARGETS if name in kept}) + "\n")
        return 0
    ran: dict[str, Result] = {}
    for name in TARGETS:
        if name in (options.only or TARGETS):
            sys.stderr.write(f"{name} …\n")
            with tempfile.TemporaryDirectory(prefix="disposisi-mutation-") as folder:
                ran[name] = running.run(TARGETS[name], Path(folder), processes=options.processes)
            keep(options.output, kept | ran)
    return _tell(ran)


def _tell(ran: dict[str, Result]) -> int:
    judged = report.reasons()
    Console().print(report.table(ran))
    unjudged = [change for change in together(ran).survivors if change not in judged]
    for change in unjudged:
        sys.stdout.write(
            f"\n{change.file}, {change.function}: no test tells this change\n- {change.was}\n+ {change.became}\n"
        )
    mutated = {file for name in ran for file in TARGETS[name].files}
    for change in judged.keys() - set(together(ran).survivors):
        if change.file in mutated:
            sys.stdout.write(f"\nkilled by now; take it out of survivors.toml: {change.function}: {change.became}\n")
    return int(bool(unjudged) or together(ran).score < LEAST)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except running.Stopped as stopped:
        sys.exit(f"{stopped}\nThe mutation run was stopped; the lines above say why.")
