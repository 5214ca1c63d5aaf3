"""The targets name files that exist, and a run is told as it went."""

from pathlib import Path

import pytest

from tests.mutation import report, running
from tests.mutation.results import Change, Result, keep, load, together
from tests.mutation.targets import TARGETS

SHORT = Change("models/rules/ladder.py", "rung", "a | b", "a & b")
LEFT_OUT = Change("models/rules/ladder.py", "rung", "a | b", "")


@pytest.mark.parametrize("name", TARGETS)
def test_a_target_names_files_that_exist(name: str) -> None:
    assert all((running.ROOT / path).exists() for path in (*TARGETS[name].files, *TARGETS[name].tests))


def test_each_judged_survivor_lies_in_a_target_and_has_a_reason() -> None:
    mutated = {file for target in TARGETS.values() for file in target.files}
    assert all(change.file in mutated and reason.endswith(".") for change, reason in report.reasons().items())


def test_a_stopped_mutant_counts_as_noticed() -> None:
    result = Result(killed=6, stopped=3, survivors=(SHORT,))
    assert (result.mutants, result.score) == (10, 90.0)
    assert together({"ladder": result, "standard": Result(10, 0, ())}).score == 95.0


def test_results_are_kept_for_the_next_run(tmp_path: Path) -> None:
    results = {"ladder": Result(6, 3, (SHORT, LEFT_OUT))}
    assert load(tmp_path / "build" / "mutation.json") == {}
    keep(tmp_path / "build" / "mutation.json", results)
    assert load(tmp_path / "build" / "mutation.json") == results


def test_the_section_lists_every_survivor_and_what_is_not_judged() -> None:
    lines = report.section({"ladder": Result(6, 3, (LEFT_OUT, SHORT))}).splitlines()
    assert lines[2:4] == [
        "| ladder | `models/rules/ladder.py` | 11 | 6 | 3 | 2 | 81.8 % |",
        "| **all** |  | 11 | 6 | 3 | 2 | 81.8 % |",
    ]
    assert lines[-1] == "| `rung` | `` a \\| b `` | (left out)<br>`` a & b `` | not judged yet |"
