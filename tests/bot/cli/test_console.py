"""What the command line says to a pipe is what it says to a terminal, without the colours."""

import re
from collections.abc import Callable, Iterator

import pytest

from bot.cli import console

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
