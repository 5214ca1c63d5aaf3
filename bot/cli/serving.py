"""`disposisi run`: the bot itself."""

import asyncio
import logging
import os
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any

import typer

from bot import logs
from bot.application import Program
from bot.cli import console, surroundings
from bot.clock import Clock
from bot.loop.ending import FAILED, FAILURE, ended_within
from bot.loop.manager import ServiceManager
from bot.loop.pulse import Pulse
from bot.notices.pace import Rates
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
        # Monitoring that collects the log must see why there is no bot, in the form of every other line.
        logger.critical("%s", error)
        raise typer.Exit(FAILURE) from error
    except Exception as error:
        # Python would print what the exception says, and that may quote what people wrote. The log leaves it out.
        logger.critical(FAILED, exc_info=error)
        raise typer.Exit(FAILURE) from error


async def _with_pulse(work: Coroutine[Any, Any, None]) -> None:
    """Do `work`, and end the process if the event loop hangs meanwhile."""
    pulse = asyncio.create_task(Pulse().beat(), name="pulse")
    try:
        await work
    finally:
        pulse.cancel()


def _serve(settings: Settings, *, migrate: bool) -> None:
    manager = ServiceManager.of(os.environ)
    program = Program(settings, clock=Clock(), rates=Rates(), upgrade=migrate, manager=manager)
    for line in surroundings.overlooked(settings):
        logger.warning("%s", line)
    if settings.log_format == "text":
        console.note(f"Starting with {program.database.name}. Ctrl-C ends; nothing that was received is lost.")
    failure: BaseException | None = None
    with asyncio.Runner() as runner:
        try:
            runner.run(_with_pulse(program.run()))
        except BaseException as error:
            failure = error
            raise
        finally:
            # A name that is still being looked up cannot be broken off, and the loop would wait for it.
            with ended_within(LETTING_GO, failure=failure):
                runner.close()
