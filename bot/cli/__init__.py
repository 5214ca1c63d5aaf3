"""The command line: `disposisi`, one module per group of commands.

It ends with 0 when all is well, 1 when something is wrong that it names, 2 when it was asked the wrong way.
"""

import sys
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Annotated

import typer

from bot.cli import checking, console, copying, demonstrating, people, record, serving, sop
from bot.stopped import Stopped
from models.rules.errors import InvalidDocument

_HELP = """A Telegram bot that makes an office keep its own SOP.

Try it without a token:  [bold]disposisi demo[/bold]

Run it for real: put the token from @BotFather into .env (see .env.example); then [bold]disposisi check[/bold],
[bold]disposisi run[/bold], and in a second terminal [bold]disposisi invite --admin[/bold] for yourself and
[bold]disposisi invite kakanwil[/bold] for each official.
"""

app = typer.Typer(
    help=console.flowing(_HELP),
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(wanted: bool) -> None:  # noqa: FBT001 - the shape of a callback that typer calls
    if wanted:
        try:
            console.say(f"disposisi {version('disposisi')}")
        except PackageNotFoundError:
            console.say("disposisi, from a folder that is not installed")
        raise typer.Exit


@app.callback()
def disposisi(
    *,
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and end.")
    ] = False,
) -> None:
    """Take the options that belong to no command."""


demonstrating.add_to(app)
serving.add_to(app)
checking.add_to(app)
people.add_to(app)
sop.add_to(app)
record.add_to(app)
copying.add_to(app)
console.let_help_flow(app)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and end the process; what its reader can mend is told in a sentence, without a traceback."""
    try:
        app(args=arguments, prog_name="disposisi")
    except (Stopped, InvalidDocument) as error:
        for line in str(error).splitlines():
            console.fail(line)
        sys.exit(1)
