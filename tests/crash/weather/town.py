"""An office in bad weather: many people at their phones, the shipped program, a stand-in for Telegram that misbehaves.

People do what they see: whoever has a card taps what carries its case on, until every case has ended. Time stands still
until a test moves it.
"""

import asyncio
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TypeVar

from sqlalchemy import create_engine
from sqlalchemy import text as sql
from sqlalchemy.orm import Session

from bot.application import Program
from bot.clock import Clock, MovableClock
from bot.notices.pace import Rates
from bot.rules import load_rules
from bot.sandbox.chats import Message
from bot.sandbox.faults import Faults
from bot.sandbox.flood import Limits
from bot.sandbox.people import Person
from bot.sandbox.server import Sandbox
from bot.settings import Settings
from bot.storage import migration
from bot.updates import pieces
from models.office.person import Person as OfficePerson
from models.office.tenure import Capacity, Post, Tenure
from models.repository.records import Records
from tests.crash import invariants, record
from tests.crash.invariants import Down, Evidence
from tests.crash.record import Record
from tests.parts import database_at

T = TypeVar("T")

TOKEN = "1234567890:AABadWeatherHasNoSecretsAtAll-0000000"
MONDAY = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)
"""Senin, 23 November 2026, 08.30 WITA: an ordinary week begins, the office has been open for an hour."""

HEADS = {"kakanwil": 7001, "kadiv": 7002, "kabag-p2l": 7003, "kasubbag-humas": 7004}
"""The accounts of those who hold a post alone."""

FIRST_PRAKOM = 7101
FIRST_REPORTER = 7501
PATIENCE = 60.0

_ONWARD = ("Teruskan ke", "Benar, teruskan", "Setujui", "Diketahui, selesaikan")
_NUMBER = re.compile(r"SW-\d+-\d+")
_PROMPT = re.compile(r"✍️ (\w+) untuk (SW-\d+-\d+)")
_ROUNDS = 400


class Stopwatch:
    """Seconds that really pass, and those that a test lets pass at once; Telegram forgets presses by them."""

    def __init__(self) -> None:
        self._skipped = 0.0

    def __call__(self) -> float:
        return time.monotonic() + self._skipped

    def skip(self, seconds: float) -> None:
        self._skipped += seconds


class Town:
    """Everyone around one bot. `heads` hold their posts alone, `prakoms` together, `reporters` report."""

    def __init__(
        self, sandbox: Sandbox, settings: Settings, *, clock: Clock, stopwatch: Stopwatch, prakoms: int, seed: int
    ) -> None:
        self.sandbox = sandbox
        self.settings = settings
        self.clock = clock
        self.stopwatch = stopwatch
        self.seed = seed
        self.chance = Random(seed)
        self.heads = {post: sandbox.person(account, _name(post), started=True) for post, account in HEADS.items()}
        self.prakoms = [
            sandbox.person(FIRST_PRAKOM + number, _name(f"Prakom {number}"), started=True) for number in range(prakoms)
        ]
        self._outside = create_engine(settings.database_url)
        self.reporters: list[Person] = []
        self.reports: dict[str, int] = {}
        self.program = self.new_program()
        self.settling: Callable[[], Awaitable[None]] = self._program_settles
        """Waits until nothing is left to do; whoever lets other processes do the work puts their own here."""
        self._writers = [Writer(prakom) for prakom in self.prakoms]

    def new_program(self) -> Program:
        """Make the program as it is shipped; nothing is limited but by what fails."""
        return Program(self.settings, clock=self.clock, rates=Rates.unbounded())

    async def restart(self) -> None:
        """Stop the program if it runs, and start a new one."""
        await self.program.stop()
        self.program = self.new_program()
        await self.program.start()

    async def settle(self, *, within: float = PATIENCE) -> None:
        """Wait until every update was fetched and handled, every notice delivered, every due rung climbed."""
        await self.sandbox.drained(within=within)
        await self.settling()

    async def calms(self) -> None:
        """Wait until nothing is owed any more: `settle` does not wait for what waits out a failure of the database."""
        until = time.monotonic() + PATIENCE
        while self.count("SELECT count(*) FROM outbox WHERE state = 'owed'") and time.monotonic() < until:
            await asyncio.sleep(0.05)
            await self.settle()

    async def _program_settles(self) -> None:
        await self.program.quiet()
        if self.program.parts.intake.patient and isinstance(self.clock, MovableClock):
            self.clock.advance(pieces.PATIENCE)
            await self.program.quiet()

    def moves_to(self, at: datetime) -> None:
        """Let the clock show `at`; it must be one that can be moved, and time does not run back."""
        assert isinstance(self.clock, MovableClock)
        self.clock.jump_to(at)

    def passes(self, minutes: float) -> None:
        """Let office time pass."""
        self.moves_to(self.program.rules.office.calendar.add(self.clock.now(), round(minutes * 60)))

    def newcomers(self, count: int) -> list[Person]:
        """Let `count` more employees be known to the office, and return them at their phones."""
        first = FIRST_REPORTER + len(self.reporters)
        names = {first + number: _name(f"Pelapor {first + number}") for number in range(count)}
        with database_at(self.settings.database_url) as database, database.transaction() as session:
            session.add_all(_employee(name, account) for account, name in names.items())
        people = [self.sandbox.person(account, name, started=True) for account, name in names.items()]
        self.reporters += people
        return people

    async def report(self, *people: Person) -> None:
        """Let each of them report one problem at once, and send it."""
        for person in people:
            text = f"Laporan {len(self.reports) + 1} dari {person.name}: SIMPEG tidak dapat dibuka."
            self.reports[text] = person.user_id
            person.says(text)
        await self.settle()
        waiting = list(people)
        for _ in range(_ROUNDS):
            waiting = [person for person in waiting if _draft(person) is not None]
            if not waiting:
                return
            for person in waiting:
                person.taps("Kirim", _draft(person))
            await self.settle()
        raise AssertionError(f"{waiting[0]} cannot send a report\n{waiting[0].transcript()}")

    async def work(self, *, until: Callable[[], bool] | None = None) -> None:
        """Let everyone do their duty at once, round after round, until every case has ended, or `until` holds."""
        done = until or (lambda: self.open_cases == 0)
        for _ in range(_ROUNDS):
            if done():
                return
            self.act()
            await self.settle()
        raise AssertionError(f"the cases do not end (seed {self.seed})\n{self.sandbox.transcript()}")

    async def go_on(self, rounds: int | None = None) -> None:
        """Let everyone do their duty until every case has ended, or for only so many rounds."""
        if rounds is None:
            await self.work()
        for _ in range(rounds or 0):
            self.act()
            await self.settle()

    def act(self) -> None:
        """Let everyone tap or say what the newest things they see ask for, once."""
        for head in self.heads.values():
            for message in list(head.received):
                self._carry_on(head, message)
        for writer in self._writers:
            writer.act()

    @property
    def open_cases(self) -> int:
        """How many cases have not ended yet."""
        return self.count("SELECT count(*) FROM cases WHERE state = 'open'")

    def count(self, statement: str) -> int:
        """Count something in the database from outside, as another program would."""
        with self._outside.connect() as connection:
            return int(connection.execute(sql(statement)).scalar_one())

    def tamper(self, *statements: str) -> None:
        """Change the database from outside, as somebody with a console would."""
        with self._outside.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for statement in statements:
                connection.execute(sql(statement))

    def close(self) -> None:
        """Let go of the database."""
        self._outside.dispose()

    def kept(self) -> Record:
        """Return the database as it lies there."""
        return record.read(self.settings.database_url)

    async def asks(self, work: Callable[[Records], T]) -> T:
        """Run one piece of work on the database, through the program."""

        def piece(session: Session) -> T:
            return work(Records(session, rules=self.program.rules, at=self.clock.now()))

        return await self.program.database.transact(piece)

    def evidence(
        self,
        *,
        down: Sequence[Down] = (),
        grace: timedelta = timedelta(),
        removed: Collection[int] = (),
        unsteady: bool = False,
    ) -> Evidence:
        """Return what is known of what happened."""
        return Evidence(
            self.settings.database_url,
            self.sandbox,
            at=self.clock.now(),
            reports=self.reports,
            down=down,
            grace=grace,
            removed=removed,
            unsteady=unsteady,
        )

    def check(self, evidence: Evidence | None = None) -> None:
        """Hold everything against the promises."""
        broken = invariants.check(evidence or self.evidence())
        assert not broken, f"seed {self.seed}{invariants.told(broken)}"
        assert self.sandbox.complaints == []

    def _carry_on(self, head: Person, message: Message) -> None:
        names = [button for row in message.buttons for button in row if button.text.startswith("Prakom")]
        if names:
            head.taps(self.chance.choice(names), message)
            return
        for label in _ONWARD:
            if message.button(label) is not None:
                head.taps(label, message)
                return


class Writer:
    """A JFT Prakom, who writes one Laporan Evaluasi after the other.

    A prompt is answered once, until its message has been tapped again: a twin of it, which the bot does not know that
    it sent, asks for ever.
    """

    def __init__(self, person: Person) -> None:
        self._person = person
        self._number: str | None = None
        self._answered: dict[int, str] = {}

    def act(self) -> None:
        """Take the next step of the report being written, or begin with the oldest card."""
        own = [message for message in self._person.received if message.buttons and self._is_open(message)]
        if self._number is not None:
            of_case = [message for message in own if self._number in message.words]
            if of_case:
                self._go_on(of_case[-1])
                return
        self._number = None
        if own:
            self._number = _number(own[0])
            self._go_on([message for message in own if _number(message) == self._number][-1])

    def _go_on(self, message: Message) -> None:
        prompt = _PROMPT.search(message.words)
        if prompt is not None:
            self._answered[message.message_id] = prompt[0]
            self._person.says(f"{prompt[1]} untuk {prompt[2]} telah diperiksa dan dicatat.")
            return
        for label in ("Mulai tangani", "📝 Laporan Evaluasi", "Isi ", "Ajukan"):
            if message.button(label) is not None:
                self._answered.pop(message.message_id, None)
                self._person.taps(label, message)
                return

    def _is_open(self, message: Message) -> bool:
        prompt = _PROMPT.search(message.words)
        if prompt is not None:
            return self._answered.get(message.message_id) != prompt[0]
        return any(message.button(label) for label in ("Mulai tangani", "📝 Laporan Evaluasi", "Ajukan"))


def _number(message: Message) -> str:
    found = _NUMBER.search(message.words)
    assert found is not None, message.words
    return found[0]


def _draft(person: Person) -> Message | None:
    return next((message for message in reversed(person.received) if message.button("Kirim")), None)


def _name(name: str) -> str:
    return f"{name.capitalize()} Contoh"


def _employee(name: str, account: int) -> OfficePerson:
    return OfficePerson(
        name=name, nip=f"19800101200501{account:04d}", account_id=account, unit="", registered_at=MONDAY
    )


def found(settings: Settings, people: dict[str, list[Person]]) -> None:
    """Make the tables of an office where `people` hold their posts; the holder of kasubbag-humas is its admin."""
    rules = load_rules(settings)
    at = MONDAY - timedelta(days=30)
    with database_at(settings.database_url) as database:
        if not migration.state(database.engine).is_current:
            migration.upgrade(database.engine)
        with database.transaction() as session:
            for post in rules.office.posts:
                session.add(Post(code=post.code, title=post.title, short=post.short))
                for holder in people.get(post.code, []):
                    person = _employee(holder.name, holder.user_id)
                    person.is_admin = post.code == "kasubbag-humas"
                    session.add(Tenure.begin(person, post.code, capacity=Capacity.DEFINITIVE, at=at))


@asynccontextmanager
async def town(
    url: str,
    *,
    seed: int = 1,
    prakoms: int = 3,
    at: datetime = MONDAY,
    clock: Clock | None = None,
    running: bool = True,
) -> AsyncIterator[Town]:
    """Open an office on the database at `url`, and start the program unless told otherwise."""
    told = clock or MovableClock(at, frozen=True)
    stopwatch = Stopwatch()
    sandbox = Sandbox(
        token=TOKEN,
        bot_username="disposisi_bot",
        clock=told.now,
        limits=Limits.off(),
        faults=Faults(seed),
        monotonic=stopwatch,
    )
    async with sandbox.serve() as address, AsyncExitStack() as opened:
        folder = opened.enter_context(TemporaryDirectory())
        settings = Settings.load(
            None,
            telegram_bot_token=TOKEN,
            telegram_base_url=address.url,
            database_url=url,
            archive=str(Path(folder) / "files"),
        )
        place = Town(sandbox, settings, clock=told, stopwatch=stopwatch, prakoms=prakoms, seed=seed)
        found(settings, {**{post: [head] for post, head in place.heads.items()}, "jft-prakom": place.prakoms})
        if running:
            await place.program.start()
        try:
            yield place
        finally:
            await place.program.stop()
            place.close()
