"""`disposisi demo`: the bot without a token, in a browser or as a played case."""

import asyncio
import signal
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import typer
from rich.table import Table

from bot import logs
from bot.cli import console, surroundings
from bot.clock import Clock
from bot.demonstration.mortal import Mortal
from bot.demonstration.office import REPORTER
from bot.demonstration.pacing import Pace, reading_time
from bot.demonstration.play import is_packaged, packaged, play
from bot.demonstration.show import direct
from bot.demonstration.stage import Scene, open_scene, open_stage
from bot.demonstration.story import MONDAY
from bot.demonstration.summary import Summary
from bot.demonstration.telling import Teller
from bot.sandbox.script import Action, Line
from bot.settings import Settings
from bot.stopped import Stopped

_NOTICEABLE = timedelta(minutes=1)

_PATIENCE = 120
"""Seconds a played case may take; it needs about ten."""

_SLOW_PATIENCE = 1800
"""Seconds it may take at reading speed."""


def serve(port: int, database: str | None) -> None:
    """Serve the page until it is closed; without `database` the record is removed. Raises `Stopped`."""
    logs.configure("WARNING")
    asyncio.run(_serve(port, database))


def play_here(database: str | None, *, slow: bool, full: bool) -> None:
    """Play one whole case here: summed up, or told in `full`, or `slow` enough to be read."""
    logs.configure("WARNING")
    asyncio.run(_play(database, slow=slow, full=full))


async def _serve(port: int, database: str | None) -> None:
    # Who reads the welcome may already press Ctrl-C.
    with _on_signal() as ending:
        async with open_scene(port=port, database_url=database) as scene:
            settings = Settings.load(**scene.given)
            async with Mortal(scene, settings) as bot:
                async with direct(scene, bot, with_play=is_packaged(settings)):
                    _welcome(scene, settings, port)
                    await _first(ending.wait(), bot.failed.wait())
                if bot.failed.is_set():
                    raise Stopped("The bot of the demonstration has ended by itself; what it said stands above.")
    console.say()
    console.say("Closed." if database else "Closed; nothing is left behind.")


async def _first(*happenings: Awaitable[object]) -> None:
    """Wait for the first of these, and let go of the others."""
    tasks = [asyncio.ensure_future(one) for one in happenings]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()


@contextmanager
def _on_signal() -> Iterator[asyncio.Event]:
    """Give an event that SIGTERM and SIGINT set."""
    loop, ending = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ending.set)
    try:
        yield ending
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)


async def _play(database: str | None, *, slow: bool, full: bool) -> None:
    patience = _SLOW_PATIENCE if slow else _PATIENCE
    async with open_stage(settings=packaged, database_url=database, at=MONDAY, paced=False) as stage:
        posts = {actor.name: actor.about for actor in stage.actors}
        summary, teller = Summary(posts), Teller(posts)

        def tell(line: Line) -> None:
            if slow or full:
                console.tell(teller.tell(line))
            else:
                summary.take(line)

        try:
            async with asyncio.timeout(patience), stage.program:
                outcome = await play(stage, tell=tell, before=_at_reading_speed() if slow else None)
        except AssertionError as error:
            console.fail(f"The case came to a halt: {error}")
            raise typer.Exit(1) from None
        except TimeoutError:
            console.fail(f"The case was not played within {patience} s.")
            raise typer.Exit(1) from None
    for row in summary.rows():
        console.tell(row)
    console.say()
    console.say(str(outcome), style="bold red" if outcome.lacking else "bold green")
    if outcome.lacking:
        raise typer.Exit(1)


def _at_reading_speed() -> Callable[[Action], Awaitable[None]]:
    pace = Pace()

    async def before(action: Action) -> None:
        await pace.hold(reading_time(action))

    return before


def _welcome(scene: Scene, settings: Settings, port: int) -> None:
    now = scene.clock.now().astimezone(scene.calendar.zone)
    if port not in (0, scene.address.port):
        console.note(f"Port {port} is taken; this is another one.")
    people = Table("Name", "Post", header_style="bold")
    for actor in scene.actors:
        people.add_row(actor.full_name, actor.about)
    console.show(people)
    console.note(f"{scene.rules.office.name}, from {scene.rules.office.source}.")
    for line in surroundings.overlooked(settings):
        console.note(line)
    if now - Clock().now() > _NOTICEABLE:
        console.note(f"The office is closed now, so its clock starts in its next hours: {now:%d-%m-%Y %H.%M %Z}.")
    else:
        console.note(f"The office is open: {now:%d-%m-%Y %H.%M %Z}.")
    console.say(
        f"Press “Putar contoh” and watch a case, or write a problem as {REPORTER}, tap “Kirim”, and follow the card "
        "from chat to chat. The buttons at the top move the clock."
    )
    if scene.keeps_record:
        console.say(f"The record stays: disposisi verify --database {scene.database_url}")
    console.succeed(f"Open {scene.address.url}   (Ctrl-C ends)")
