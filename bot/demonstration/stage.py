"""The stage: the program as it ships, pointed at the stand-in, with a clock that can be moved."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from bot.application import Program
from bot.clock import Clock, MovableClock
from bot.demonstration import office
from bot.demonstration.leaps import leaps
from bot.demonstration.office import Actor, ForeignDatabase
from bot.metrics import Metrics
from bot.notices.pace import Rates
from bot.rules import load_rules
from bot.sandbox.flood import Limits
from bot.sandbox.people import Person
from bot.sandbox.server import Address, Sandbox
from bot.settings import Settings
from bot.storage import migration
from bot.storage.database import Database
from bot.storage.migration import Condition
from models.repository.records import Records
from models.rules.rules import Rules
from models.rules.work_calendar import WorkCalendar

_TOKEN = "8800000000:AADemonstrationHasNoSecretAtAll-00000"  # noqa: S105 - only the stand-in knows it
_USERNAME = "disposisi_demo_bot"
NOT_FOR_A_PLAY = {
    "web_listen": None,
    "health_listen": None,
    "webhook_url": None,
    "webhook_secret": None,
    "telegram_proxy": None,
    "checkpoint_dir": None,
    "checkpoint_key_file": None,
    "checkpoint_key": None,
    "checkpoint_chat": None,
    "checkpoint_url": None,
    "archive": None,
    "archive_endpoint": None,
    "archive_key_id": None,
    "archive_secret": None,
    "archive_quota_mb": None,
}
"""Where a real bot listens, how it reaches Telegram, where files and seals go, as `.env` may say: not for a play."""

_NUMBERED_SINCE = datetime(2026, 1, 1, tzinfo=UTC)
"""Messages of a kept record are numbered by the second: each start is later than all that was written before."""

_A_WHILE = 3600
"""Seconds of office time that have passed since the opening, where the demonstration has to choose its hour."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything but the program: the stand-in at its address, the people by first name, a database with its tables.

    `given` are the settings that belong to the stand-in and not to an office.
    """

    sandbox: Sandbox
    address: Address
    clock: MovableClock
    rules: Rules
    actors: list[Actor]
    people: dict[str, Person]
    given: dict[str, Any]
    keeps_record: bool

    @property
    def database_url(self) -> str:
        """Where the record is."""
        return str(self.given["database_url"])

    @property
    def calendar(self) -> WorkCalendar:
        """The office's time as its file has it, and its zone; what admins entered in chat is not in it."""
        return self.rules.office.calendar

    async def calendar_in_force(self) -> WorkCalendar:
        """Return the office's time by which the program decides now."""
        return await _in_force(self.database_url, self.rules, self.clock)


@dataclass(frozen=True, slots=True)
class Stage(Scene):
    """A scene with the program in this process, not yet started."""

    program: Program

    async def settle(self) -> None:
        """Wait until the bot has taken in everything that was done, and has answered all of it."""
        await self.sandbox.drained()
        await self.program.quiet()


@asynccontextmanager
async def open_stage(
    *,
    settings: Callable[..., Settings] = Settings.load,
    database_url: str | None = None,
    port: int = 0,
    at: datetime | None = None,
    paced: bool = True,
) -> AsyncIterator[Stage]:
    """Set a scene as `open_scene` does, with the program in this process."""
    async with open_scene(settings=settings, database_url=database_url, port=port, at=at, paced=paced) as scene:
        program = Program(settings(**scene.given), clock=scene.clock, rates=Rates() if paced else Rates.unbounded())
        yield Stage(**{each.name: getattr(scene, each.name) for each in fields(scene)}, program=program)


@asynccontextmanager
async def open_scene(
    *,
    settings: Callable[..., Settings] = Settings.load,
    database_url: str | None = None,
    port: int = 0,
    at: datetime | None = None,
    paced: bool = True,
) -> AsyncIterator[Scene]:
    """Set the scene; without `database_url` its database is a temporary one that is removed at the end.

    `at` fixes the instant it starts at and lets time stand still but for the clock's buttons; otherwise it starts now,
    or in the next office hours if the office is closed, and runs on. `paced` keeps Telegram's limits; without them
    neither side waits. Where `port` is taken, a free one is used. `settings` reads the settings, given what belongs to
    the stand-in. Raises `bot.stopped.Stopped` and `models.errors.InvalidDocument`.
    """
    async with AsyncExitStack() as stack:
        keeps_record = database_url is not None
        if database_url is None:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="disposisi-demo-"))
            database_url = f"sqlite:///{Path(folder) / 'demo.db'}"
        given: dict[str, Any] = {"telegram_bot_token": _TOKEN, "database_url": database_url, **NOT_FOR_A_PLAY}
        rules = load_rules(settings(**given))
        actors = office.cast(rules.office)
        clock = _prepared(database_url, rules, actors, at)
        calendar = rules.office.calendar
        sandbox = Sandbox(
            token=_TOKEN,
            bot_username=_USERNAME,
            clock=lambda: clock.now().astimezone(calendar.zone),
            limits=Limits() if paced else Limits.off(),
            clock_controls=leaps(clock, partial(_in_force, database_url, rules, clock)),
        )
        if keeps_record:
            sandbox.continue_after(int((clock.now() - _NUMBERED_SINCE).total_seconds()))
        people = {
            actor.name: sandbox.person(actor.account_id, actor.full_name, started=True, about=actor.about)
            for actor in actors
        }
        address = await _serve(stack, sandbox, port)
        given["telegram_base_url"] = address.url
        yield Scene(sandbox, address, clock, rules, actors, people, given, keeps_record)


def starting_instant(calendar: WorkCalendar, now: datetime) -> datetime:
    """Return `now` in office hours, else an instant an hour into the next ones, so that the office is seen at work."""
    return now if calendar.is_open(now) else calendar.add(now, _A_WHILE)


def _prepared(url: str, rules: Rules, actors: list[Actor], at: datetime | None) -> MovableClock:
    """Make the tables, appoint the people, and return a clock that does not start before what is written down."""
    start = at or starting_instant(rules.office.calendar, Clock().now())
    with Database(url, metrics=Metrics()) as database:
        _make_tables(database)
        with database.transaction() as session:
            records = Records(session, rules=rules, at=start)
            last, calendar = office.latest(records), records.calendar
            if last is not None and last >= start:
                start = starting_instant(calendar, calendar.add(last, _A_WHILE))
            elif at is None:
                start = starting_instant(calendar, start)
            office.appoint(Records(session, rules=rules, at=start), actors)
    return MovableClock(start, frozen=at is not None)


def _make_tables(database: Database) -> None:
    """Give an empty database its tables; one that is kept is never changed before it is known whose it is."""
    schema = migration.state(database.engine)
    if schema.condition is Condition.EMPTY:
        migration.upgrade(database.engine)
    elif not schema.is_current:
        raise ForeignDatabase(f"{database.name} was not made by this version's demonstration. Name another file.")


async def _in_force(url: str, rules: Rules, clock: MovableClock) -> WorkCalendar:
    """Return the calendar in force. It is read beside the program, which may run or not."""
    database = Database(url, metrics=Metrics())
    try:
        return await database.read(lambda session: Records(session, rules=rules, at=clock.now()).calendar)
    finally:
        await asyncio.to_thread(database.close)


async def _serve(stack: AsyncExitStack, sandbox: Sandbox, port: int) -> Address:
    try:
        return await stack.enter_async_context(sandbox.serve(port=port))
    except OSError:
        return await stack.enter_async_context(sandbox.serve(port=0))
