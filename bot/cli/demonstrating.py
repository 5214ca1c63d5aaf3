"""`disposisi demo`: the bot without a token, in a browser or as a played case."""

import asyncio
from datetime import timedelta

import typer
from rich.table import Table

from bot import logs
from bot.cli import console, surroundings
from bot.clock import Clock
from bot.demonstration.office import REPORTER
from bot.demonstration.play import MONDAY, packaged, play
from bot.demonstration.stage import Stage, open_stage
from bot.demonstration.telling import Teller

_NOTICEABLE = timedelta(minutes=1)

_PATIENCE = 120
"""Seconds a played case may take; it needs about ten."""


def demonstrate(*, played: bool, port: int, database: str | None) -> None:
    """Play one whole case here, or serve the page until it is closed; without `database` the record is removed."""
    logs.configure("WARNING")
    if played:
        asyncio.run(_play(database))
    else:
        asyncio.run(_serve(port, database))


async def _serve(port: int, database: str | None) -> None:
    async with open_stage(port=port, database_url=database) as stage:
        running = asyncio.create_task(stage.program.run())
        heard = asyncio.create_task(stage.sandbox.until(lambda: bool(stage.sandbox.calls), within=_PATIENCE))
        # Who reads the welcome may already press Ctrl-C: the program must have begun to listen for it.
        await asyncio.wait({running, heard}, return_when=asyncio.FIRST_COMPLETED)
        if not running.done():
            _welcome(stage, port)
        heard.cancel()
        await running
    console.say()
    console.say("Closed." if database else "Closed; nothing is left behind.")


async def _play(database: str | None) -> None:
    async with open_stage(settings=packaged, database_url=database, at=MONDAY, paced=False) as stage:
        teller = Teller({actor.name: actor.about for actor in stage.actors})
        try:
            async with asyncio.timeout(_PATIENCE), stage.program:
                outcome = await play(stage, tell=lambda line: console.tell(teller.tell(line)))
        except AssertionError as error:
            console.fail(f"The case came to a halt: {error}")
            raise typer.Exit(1) from None
        except TimeoutError:
            console.fail(f"The case was not played within {_PATIENCE} s.")
            raise typer.Exit(1) from None
    console.say()
    console.say(str(outcome), style="bold red" if outcome.lacking else "bold green")
    if outcome.lacking:
        raise typer.Exit(1)


def _welcome(stage: Stage, port: int) -> None:
    now = stage.clock.now().astimezone(stage.calendar.zone)
    if port not in (0, stage.address.port):
        console.note(f"Port {port} is taken; this is another one.")
    people = Table("Name", "Post", header_style="bold")
    for actor in stage.actors:
        people.add_row(actor.full_name, actor.about)
    console.show(people)
    console.note(f"{stage.program.rules.office.name}, from {stage.program.rules.office.source}.")
    for line in surroundings.overlooked(stage.program.settings):
        console.note(line)
    if now - Clock().now() > _NOTICEABLE:
        console.note(f"The office is closed now, so its clock starts in its next hours: {now:%d-%m-%Y %H.%M %Z}.")
    else:
        console.note(f"The office is open: {now:%d-%m-%Y %H.%M %Z}.")
    console.say(
        f"Write a problem as {REPORTER}, tap “Kirim”, and follow the card from chat to chat. "
        "The buttons at the top move the clock in office time."
    )
    if stage.keeps_record:
        console.say(f"The record stays: disposisi verify --database {stage.database_url}")
    console.succeed(f"Open {stage.address.url}   (Ctrl-C ends)")
