"""The stage: the program as it ships, pointed at the stand-in, with a clock that leaps in office time."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from bot.application import Program
from bot.clock import Clock, MovableClock
from bot.demonstration import office
from bot.demonstration.office import Actor, ForeignDatabase
from bot.metrics import Metrics
from bot.notices.pace import Rates
from bot.rules import load_rules
from bot.sandbox.cast import ClockControl
from bot.sandbox.flood import Limits
from bot.sandbox.people import Person
from bot.sandbox.server import Address, Sandbox
from bot.settings import Settings
from bot.storage import migration
from bot.storage.database import Database
from bot.storage.migration import Condition
from models.repository.records import Records
from models.rules.rules import Rules
from models.rules.standard import Standard
from models.rules.work_calendar import WorkCalendar

TEN_MINUTES, ONE_HOUR, ONE_DAY = "+10 menit kerja", "+1 jam kerja", "+1 hari kerja"
"""The labels of the buttons that move the clock."""

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
class Stage:
    """Everything set up: the stand-in at its address, the program not yet started, the people by first name."""

    sandbox: Sandbox
    address: Address
    program: Program
    clock: MovableClock
    actors: list[Actor]
    people: dict[str, Person]
    database_url: str
    keeps_record: bool

    @property
    def calendar(self) -> WorkCalendar:
        """The office's time as its file has it, and its zone; what admins entered in chat is not in it."""
        return self.program.rules.office.calendar

    async def calendar_in_force(self) -> WorkCalendar:
        """Return the office's time by which the program decides now."""
        return await _in_force(self.database_url, self.program.rules, self.clock)

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
    """Set the stage; without `database_url` its database is a temporary one that is removed at the end.

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
            clock_controls=_controls(clock, partial(_in_force, database_url, rules, clock)),
        )
        if keeps_record:
            sandbox.continue_after(int((clock.now() - _NUMBERED_SINCE).total_seconds()))
        people = {
            actor.name: sandbox.person(actor.account_id, actor.full_name, started=True, about=actor.about)
            for actor in actors
        }
        address = await _serve(stack, sandbox, port)
        program = Program(
            settings(**given, telegram_base_url=address.url),
            clock=clock,
            rates=Rates() if paced else Rates.unbounded(),
        )
        yield Stage(sandbox, address, program, clock, actors, people, database_url, keeps_record)


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


def _controls(clock: MovableClock, calendar: Callable[[], Awaitable[WorkCalendar]]) -> list[ClockControl]:
    """Return the buttons that move the clock in the office's time, by the `calendar` as it is when one is pressed."""

    def leap(standard: Standard) -> Callable[[], Awaitable[None]]:
        async def press() -> None:
            clock.jump_to((await calendar()).due(clock.now(), standard))

        return press

    return [
        ClockControl(TEN_MINUTES, leap(Standard.parse("10 menit"))),
        ClockControl(ONE_HOUR, leap(Standard.parse("1 jam"))),
        ClockControl(ONE_DAY, leap(Standard.parse("1 hari"))),
    ]


async def _serve(stack: AsyncExitStack, sandbox: Sandbox, port: int) -> Address:
    try:
        return await stack.enter_async_context(sandbox.serve(port=port))
    except OSError:
        return await stack.enter_async_context(sandbox.serve(port=0))
