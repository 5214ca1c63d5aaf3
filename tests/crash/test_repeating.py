"""A failure of the crash tests prints a command, and the test reads from it which run to repeat."""

import shlex

import pytest

from tests.crash.repeating import SEED, command, repeatable, wanted
from tests.crash.stage import Nursery
from tests.crash.test_exhaustive import BESIDE, numbers


def environment_of(line: str) -> dict[str, str]:
    """Return what a command sets."""
    return dict(word.split("=", 1) for word in shlex.split(line) if word.startswith("CRASH_"))


@pytest.mark.parametrize("script", ["", "portions", *BESIDE])
def test_the_command_of_each_script_is_read_back_as_its_run(monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    run = f"{script}-3" if script else "3"
    said = environment_of(command(run))
    assert said == {"CRASH_SEED": str(SEED), "CRASH_RUN": run}
    monkeypatch.setenv("CRASH_RUN", said["CRASH_RUN"])
    assert wanted(script) == 3
    assert list(numbers(script)) == [3]
    assert f"::{test_the_command_of_each_script_is_read_back_as_its_run.__name__}[{script}]" in command(run)


def test_a_number_alone_is_the_run_of_each_script(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRASH_RUN", "7")
    assert [wanted(script) for script in ("", *BESIDE)] == [7] * (len(BESIDE) + 1)


@pytest.mark.parametrize("script", ["", "verbs"])
def test_a_run_of_another_script_is_not_played(monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    monkeypatch.setenv("CRASH_RUN", "absences-3")
    with pytest.raises(pytest.skip.Exception, match="another script"):
        wanted(script)


def test_without_a_word_all_runs_are_played(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CRASH_RUN", raising=False)
    assert wanted("absences") is None
    assert list(numbers("absences"))[:2] == [1, 2]


def test_a_failure_says_how_to_repeat_it(nest: Nursery) -> None:
    told = r"a promise is broken\n\nrepeat with: CRASH_SEED=\d+ CRASH_RUN=many-2 "
    with pytest.raises(AssertionError, match=told), repeatable(nest, run="many-2"):
        raise RuntimeError("a promise is broken")
