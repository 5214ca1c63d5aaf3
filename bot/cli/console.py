"""How the command line speaks: to a terminal in colours, to a file or a pipe in plain lines."""

import inspect
import os
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from shutil import get_terminal_size
from typing import TYPE_CHECKING, TextIO

import typer

# Colours and tables come from rich. A program that serves writes plain lines, and would hold rich for nothing.
if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

_PIPE_WIDTH = 150
_QUARTERS, _LONG = 4, 5.0
"""Into how many parts something long is told to a pipe, and from how many seconds on it is long."""
_STEERING = frozenset({"Cc", "Cs", "Cf"})
"""The kinds of character that are not shown but obeyed."""

_FORCING = ("FORCE_COLOR", "TTY_COMPATIBLE")
"""The variables by which rich takes a pipe for a terminal."""


def say(words: str = "", *, style: str = "") -> None:
    """Print a line as it is; square brackets in it mean nothing, and what would steer the terminal is shown as �."""
    _print((words, style))


def succeed(words: str) -> None:
    """Print that something is well."""
    _print(("✓ ", "green"), (words, ""))


def note(words: str) -> None:
    """Print something to know that is not wrong."""
    _print(("• ", "yellow"), (words, ""))


def fail(words: str) -> None:
    """Print what is wrong, to standard error."""
    _print(("✗ ", "bold red"), (words, ""), to_error=True)


def tell(line: "Text") -> None:
    """Print a line that brings its own colours."""
    _console().print(line)


def _print(*parts: tuple[str, str], to_error: bool = False) -> None:
    """Print words with the style of each, on one line: to a terminal in colours, elsewhere plain and without rich."""
    harmlessly = [(harmless(words), style) for words, style in parts]
    if _may_be_terminal(to_error=to_error):
        from rich.text import Text  # noqa: PLC0415 - for a terminal alone

        _console(to_error=to_error).print(Text.assemble(*harmlessly))
    elif (stream := _stream(to_error=to_error)) is not None:
        print("".join(words for words, _ in harmlessly).expandtabs(), file=stream, flush=True)


def _stream(*, to_error: bool) -> TextIO | None:
    """Return where words go, None where the program was started without that stream, as with `>&-`."""
    return sys.stderr if to_error else sys.stdout


def _may_be_terminal(*, to_error: bool = False) -> bool:
    stream = _stream(to_error=to_error)
    return stream is not None and (stream.isatty() or any(os.environ.get(name) for name in _FORCING))


@cache
def _console(*, to_error: bool = False) -> "Console":
    from rich.console import Console  # noqa: PLC0415 - as `_print` says

    # Long lines stay whole: a link or a path that is broken over two lines cannot be copied.
    return Console(soft_wrap=True, highlight=False, stderr=to_error)


def counted(number: int, one: str, many: str) -> str:
    """Return `number` with the word that goes with it."""
    return f"{number} {one if number == 1 else many}"


def show(thing: "RenderableType") -> None:
    """Print a table or the like, as wide as the terminal; square brackets in its cells mean nothing."""
    from rich.console import Console  # noqa: PLC0415 - as `_print` says

    Console(width=_width(), highlight=False, markup=False).print(thing)


@contextmanager
def progress(words: str) -> Iterator[Callable[[float], None]]:
    """Show how far something long has come, on standard error; give a function that is told the share, from 0 to 1.

    A terminal shows a bar. A file or a pipe gets a line at each quarter, of what takes longer than some seconds.
    """
    if _may_be_terminal(to_error=True) and _console(to_error=True).is_terminal:
        from rich.progress import Progress  # noqa: PLC0415 - as `_print` says

        with Progress(console=_console(to_error=True), transient=True) as bar:
            task = bar.add_task(words, total=1.0)
            yield lambda share: bar.update(task, completed=share)
        return
    began, told = time.monotonic(), 0

    def tell_quarters(share: float) -> None:
        nonlocal told
        if (quarter := int(share * _QUARTERS)) > told:
            told = quarter
            if time.monotonic() - began > _LONG:
                _print((f"{words}: {quarter * 100 // _QUARTERS} %", ""), to_error=True)

    yield tell_quarters


def harmless(words: str) -> str:
    """Return `words` without what would move a terminal's cursor, colour it or turn its lines around."""
    return "".join(one if one in "\n\t" or unicodedata.category(one) not in _STEERING else "�" for one in words)


def flowing(words: str) -> str:
    """Return `words` with each paragraph on one line, for the terminal to break where it is wide."""
    return "\n\n".join(" ".join(paragraph.split("\n")) for paragraph in inspect.cleandoc(words).split("\n\n"))


def let_help_flow(app: typer.Typer) -> None:
    """Let the help of every command below `app` be its docstring, broken as wide as the terminal is."""
    for command in app.registered_commands:
        if command.callback is not None:
            command.help = flowing(command.callback.__doc__ or "")
    for group in app.registered_groups:
        if group.typer_instance is not None:
            let_help_flow(group.typer_instance)


def is_terminal() -> bool:
    """Whether what is said is read on a terminal, where a line may be drawn again."""
    return _may_be_terminal() and _console().is_terminal


def is_wide(columns: int) -> bool:
    """Whether what `show` prints may be as wide as `columns`."""
    return _width() >= columns


def _width() -> int:
    """Return the columns of the terminal; a file or a pipe has room for 150."""
    # Asked each time: rich keeps the COLUMNS of the moment in which a console was made.
    width = get_terminal_size().columns
    return width if is_terminal() else max(width, _PIPE_WIDTH)
