"""`disposisi run`: the bot itself."""

import asyncio
from datetime import timedelta
from typing import Annotated

import typer

from bot import logs
from bot.application import Program
from bot.cli import console, surroundings
from bot.ending import ended_within

LETTING_GO = timedelta(seconds=2)
"""How long the event loop may take to close once the program has ended."""


def add_to(parent: typer.Typer) -> None:
    """Add the command of this module."""
    parent.command()(run)


def run(
    *,
    migrate: Annotated[bool, typer.Option(help="Bring older tables to this version first, or refuse to start.")] = True,
) -> None:
    """Run the bot from the settings in .env, until Ctrl-C or SIGTERM.

    Needs TELEGRAM_BOT_TOKEN; `disposisi check` tells what else is missing. The log goes to standard error.

    Example:  [bold]disposisi run[/bold]
    """
    settings = surroundings.settings()
    logs.configure(settings.log_level, form=settings.log_format, secrets=settings.secrets)
    program = Program(settings, upgrade=migrate)
    if settings.log_format == "text":
        console.note(f"Starting with {program.database.name}. Ctrl-C ends; nothing that was received is lost.")
    with asyncio.Runner() as runner:
        runner.run(program.run())
        # A name that is still being looked up cannot be broken off, and the loop would wait for it.
        with ended_within(LETTING_GO):
            runner.close()
