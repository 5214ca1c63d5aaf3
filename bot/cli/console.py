"""How the command line speaks: to a terminal in colours, to a file or a pipe in plain lines."""

from rich.console import Console, RenderableType
from rich.text import Text

_PIPE_WIDTH = 150

# Long lines stay whole: a link or a path that is broken over two lines cannot be copied.
_OUT = Console(soft_wrap=True, highlight=False)
_ERROR = Console(soft_wrap=True, highlight=False, stderr=True)


def say(words: str = "", *, style: str = "") -> None:
    """Print a line as it is; square brackets in it mean nothing."""
    _OUT.print(Text(words, style=style))


def succeed(words: str) -> None:
    """Print that something is well."""
    _OUT.print(Text.assemble(("✓ ", "green"), words))


def note(words: str) -> None:
    """Print something to know that is not wrong."""
    _OUT.print(Text.assemble(("• ", "yellow"), words))


def fail(words: str) -> None:
    """Print what is wrong, to standard error."""
    _ERROR.print(Text.assemble(("✗ ", "bold red"), words))


def tell(line: Text) -> None:
    """Print a line that brings its own colours."""
    _OUT.print(line)


def show(thing: RenderableType) -> None:
    """Print a table or the like, as wide as the terminal."""
    Console(width=_width(), highlight=False).print(thing)


def is_wide(columns: int) -> bool:
    """Whether what `show` prints may be as wide as `columns`."""
    return _width() >= columns


def _width() -> int:
    """Return the columns of the terminal; a file or a pipe has room for 150."""
    return _OUT.width if _OUT.is_terminal else max(_OUT.width, _PIPE_WIDTH)
