"""`disposisi run`: the bot itself."""

import asyncio
import logging
from datetime import timedelta

import typer

from bot import logs
from bot.application import Program
from bot.cli import console, surroundings
from bot.loop.ending import ended_within
from bot.settings import Settings
from bot.stopped import Stopped
from models.rules.errors import InvalidDocument

logger = logging.getLogger(__name__)

LETTING_GO = timedelta(seconds=2)
"""How long the event loop may take to close once the program has ended."""


def run(*, migrate: bool) -> None:
    """Serve until told to end; bring older tables to this version first, if they may `migrate`."""
    settings = surroundings.settings()
    logs.configure(settings.log_level, form=settings.log_format, secrets=surroundings.secrets(settings))
    try:
        _serve(settings, migrate=migrate)
    except (Stopped, InvalidDocument) as error:
        if settings.log_format == "text":
            raise
        # Whoever collects the log must see why there is no bot, in the form of every other line.
        logger.critical("%s", error)
        raise typer.Exit(1) from error


def _serve(settings: Settings, *, migrate: bool) -> None:
    program = Program(settings, upgrade=migrate)
    if settings.log_format == "text":
        console.note(f"Starting with {program.database.name}. Ctrl-C ends; nothing that was received is lost.")
    with asyncio.Runner() as runner:
        runner.run(program.run())
        # A name that is still being looked up cannot be broken off, and the loop would wait for it.
        with ended_within(LETTING_GO):
            runner.close()
