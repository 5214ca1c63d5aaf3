"""What the command line says to a pipe is what it says to a terminal, without the colours."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.cli import console

ROOT = Path(__file__).parents[3]

SAYING_ALL = """
from bot.cli import console
console.say("said")
console.fail("wrong")
with console.progress("going on") as tell:
    tell(0.5)
assert not console.is_terminal()
"""

COLOUR = re.compile("\x1b\\[[0-9;]*m")


@pytest.fixture(autouse=True)
def _asked_again() -> Iterator[None]:
    """What is a terminal is asked for each test: rich looks at the environment once."""
    console._console.cache_clear()
    yield
    console._console.cache_clear()


@pytest.mark.parametrize("said", [console.say, console.succeed, console.note, console.fail])
@pytest.mark.parametrize(
    "words", ["Well", "[bold]no markup[/bold]", "a\ttab", "two\nlines", "moves \x1b[2J the cursor", "x" * 300]
)
def test_a_pipe_gets_the_words_of_a_terminal_without_colours(
    said: Callable[[str], None],
    words: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name in ("FORCE_COLOR", "TTY_COMPATIBLE", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    said(words)
    plain = "".join(capsys.readouterr())
    console._console.cache_clear()
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    said(words)
    coloured = "".join(capsys.readouterr())
    assert COLOUR.sub("", coloured) == plain
    assert "\x1b" not in plain
    assert ("\x1b" in coloured) is (said is not console.say)


@pytest.mark.parametrize(("closed", "heard"), [("1", "✗ wrong\n"), ("2", "said\n")])
def test_a_program_without_one_of_its_streams_says_the_rest(closed: str, heard: str) -> None:
    """As under a supervisor that starts it with `>&-`: Python then has no stream there at all."""
    command = ["sh", "-c", f'exec "$0" -c "$1" {closed}>&-', sys.executable, SAYING_ALL]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout + ended.stderr) == (0, heard)
