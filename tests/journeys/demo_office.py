"""The office of the journeys: the shipped program, a stand-in for Telegram behind HTTP, and invented people.

Time stands still until a journey moves it. After each thing a person does, the office settles: every update
has been fetched and handled, every message delivered, every due reminder sent.
"""

import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session, joinedload

from bot.application import Program
from bot.clock import MovableClock
from bot.notices.pace import Rates
from bot.sandbox.chats import Message
from bot.sandbox.flood import Limits
from bot.sandbox.people import Album, Group, Person, Press
from bot.sandbox.server import Sandbox
from bot.settings import Settings
from bot.storage import migration
from bot.updates.pieces import PATIENCE
from models.administration import appointment
from models.case.case import Case
from models.case.task import Task
from models.journal.chain import Entry
from models.office.person import Person as OfficePerson
from models.office.tenure import Capacity, Tenure
from models.proof import verification
from models.repository.records import Records
from models.rules.standard import Standard

T = TypeVar("T")

_ONE_DAY = Standard.parse("1 hari")

TOKEN = "1234567890:AAJourneysHaveNoSecretsAtAll-000000"
MONDAY = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)
"""Senin, 23 November 2026, 08.30 WITA: the office has been open for an hour."""

Staff = Mapping[str, tuple[str, str]]
"""Who holds which post, by the name a journey calls them: the post's code, the full name."""

STAFF: Staff = {
    "Kakanwil": ("kakanwil", "Karel Contoh"),
    "Kadiv": ("kadiv", "Dina Contoh"),
    "Kabag": ("kabag-p2l", "Bram Contoh"),
    "Kasubbag": ("kasubbag-humas", "Sari Contoh"),
    "Rina": ("jft-prakom", "Rina Contoh"),
    "Andi": ("jft-prakom", "Andi Contoh"),
}
"""The people of the packaged office."""

ADMINS = {"Kasubbag", "Kepala"}
"""Who of them is an admin."""

REPORTERS = {"Budi": "Budi Contoh", "Wati": "Wati Contoh"}
PARTS = ("Temuan", "Penyebab", "Tindakan", "Hasil", "Rekomendasi")


class Stopwatch:
    """The seconds by which Telegram forgets presses; a journey may let some pass at once."""

    def __init__(self) -> None:
        self._skipped = 0.0

    def __call__(self) -> float:
        return time.monotonic() + self._skipped

    def skip(self, seconds: float) -> None:
        self._skipped += seconds


class Employee:
    """Someone at their phone. Each of their acts is followed by the office settling."""

    def __init__(self, place: "DemoOffice", person: Person) -> None:
        self._office = place
        self.person = person

    async def says(self, text: str, reply_to: Message | None = None, *, into: Group | None = None) -> Message:
        message = self.person.says(text, reply_to, into=into)
        await self._office.settle()
        return message

    async def sends_photo(self, caption: str = "", *, reply_to: Message | None = None) -> Message:
        message = self.person.sends_photo(caption, reply_to=reply_to)
        await self._office.settle()
        return message

    async def says_at_length(
        self, text: str, reply_to: Message | None = None, *, into: Group | None = None
    ) -> list[Message]:
        """Write a text that the client cuts into several messages."""
        messages = self.person.says_at_length(text, reply_to, into=into)
        await self._office.settle()
        return messages

    async def sends_album(
        self,
        size: int,
        caption: str = "",
        *,
        later: Sequence[str] = (),
        reply_to: Message | None = None,
        into: Group | None = None,
        album: str | None = None,
    ) -> Album:
        sent = self.person.sends_album(size, caption, later=later, reply_to=reply_to, into=into, album=album)
        await self._office.settle()
        return sent

    async def taps(self, label: str, message: Message | None = None) -> str:
        """Tap a button and return the toast it was answered with."""
        press = self.person.taps(label, message)
        return await self.toast_of(press)

    async def toast_of(self, press: Press) -> str:
        await self._office.settle()
        return await press.answered()

    def sees(self, text: str) -> bool:
        return self.person.sees(text)

    def message(self, text: str) -> Message:
        """Return the newest message of the bot that shows `text`, on it or on a button."""
        found = [one for one in self.person.received if text in one.words or one.button(text)]
        assert found, f"{self.person.name} does not see “{text}”\n{self.person.transcript()}"
        return found[-1]

    @property
    def chat(self) -> str:
        return self.person.transcript()


class DemoOffice:
    """One office with its people, the bot under test and the stand-in."""

    def __init__(
        self, sandbox: Sandbox, clock: MovableClock, stopwatch: Stopwatch, settings: Settings, staff: Staff
    ) -> None:
        self.sandbox = sandbox
        self.clock = clock
        self.stopwatch = stopwatch
        self._settings = settings
        self._staff = staff
        self.program = self._program()
        self._people: dict[str, Employee] = {}

    def __getitem__(self, name: str) -> Employee:
        return self._people[name]

    def newcomer(self, name: str, user_id: int) -> Employee:
        """Return somebody whom the office does not know, with the bot's chat open."""
        self._people[name] = Employee(self, self.sandbox.person(user_id, name, started=True))
        return self._people[name]

    async def settle(self) -> None:
        """Let everything be handled that came, also what may have further pieces: for these the time passes.

        So does the moment in which a person reads the answer before they write again.
        """
        await self.sandbox.drained()
        await self.program.quiet()
        if self.program.parts.intake.patient:
            self.clock.advance(2 * PATIENCE)
            await self.program.quiet()

    async def passes(self, *, minutes: int = 0, days: int = 0) -> None:
        """Let office time pass: minutes of it, then working days at the same time of day."""
        calendar = self.program.rules.office.calendar
        at = calendar.add(self.clock.now(), minutes * 60) if minutes else self.clock.now()
        for _ in range(days):
            at = calendar.due(at, _ONE_DAY)
        await self.comes(at)

    async def comes(self, at: datetime) -> None:
        """Let the clock show `at`."""
        self.clock.jump_to(at)
        await self.settle()

    async def stops(self) -> None:
        await self.program.stop()

    async def starts(self) -> None:
        """Start the program anew on the same database, as after a restart."""
        self.program = self._program()
        await self.program.start()
        await self.settle()

    def edits_office_file(self, path: Path) -> None:
        """Let the next start read the office from another file."""
        self._settings = self._settings.model_copy(update={"office_file": path})

    async def asks(self, work: Callable[[Records], T]) -> T:
        """Look something up in the database the program works on."""

        def piece(session: Session) -> T:
            return work(Records(session, rules=self.program.rules, at=self.clock.now()))

        return await self.program.database.transact(piece)

    async def case(self, number: str = "SW-2026-0001") -> Case:
        return await self.asks(lambda records: records.case_numbered(number).case)

    async def task(self, number: str = "SW-2026-0001") -> Task:
        """Return the open task of a case."""
        open_task = (await self.case(number)).open_task
        assert open_task is not None
        return open_task

    async def cases(self) -> list[str]:
        return await self.asks(lambda records: list(records.session.scalars(select(Case.number).order_by(Case.id))))

    async def journal(self, action: str, number: str = "SW-2026-0001") -> list[dict[str, Any]]:
        """Return what the journal of a case says under an action, entry by entry."""

        def read(records: Records) -> list[dict[str, Any]]:
            entries = records.case_numbered(number).case.chain.entries.select().where(Entry.action == action)
            found = records.session.scalars(entries.options(joinedload(Entry.payload)).order_by(Entry.sequence))
            return [dict(one.payload.body or {}) for one in found if one.payload is not None]

        return await self.asks(read)

    async def verified(self) -> bool:
        """Whether every chain of the journal holds and tells the cases as they are."""
        found = await self.asks(lambda records: verification.verify(records.session))
        assert found.verifies, found
        return True

    async def appoints(self, name: str, post: str) -> None:
        """Let somebody hold a post from now on, beside those they hold already, as at the command line."""
        await self._changes(lambda records, person: appointment.appoint(records, person, post), name)

    async def relieves(self, name: str, post: str) -> None:
        """Let somebody hold a post no longer, with no successor, as at the command line."""
        await self._changes(lambda records, person: appointment.relieve(records, person, post), name)

    async def _changes(self, change: Callable[[Records, OfficePerson], object], name: str) -> None:
        account = self[name].person.account.account_id

        def work(records: Records) -> None:
            change(records, records.known(account))

        await self.asks(work)
        await self.settle()

    async def report(self, name: str, text: str) -> str:
        """Let somebody report; returns the number of the newest case."""
        await self[name].says(text)
        await self[name].taps("Kirim")
        return (await self.cases())[-1]

    async def walk(self, until: int, *, handler: str = "Rina") -> None:
        """Let everyone do their duty, from the step the newest case is at, up to but without step `until`."""
        number = (await self.cases())[-1]
        while (task := (await self.case(number)).open_task) is not None and task.step < until:
            await self._duty(task.step, handler)

    async def _duty(self, step: int, handler: str) -> None:
        match step:
            case 1:
                await self["Kakanwil"].taps("Teruskan ke")
            case 2:
                await self["Kadiv"].taps("Teruskan ke")
            case 3:
                await self["Kabag"].taps("Teruskan ke")
            case 4:
                await self["Kasubbag"].taps("Teruskan ke")
                await self["Kasubbag"].taps(f"{handler} Contoh")
            case 5:
                await self.evaluate(handler)
            case 6:
                await self["Kasubbag"].taps("Benar, teruskan")
            case 7:
                await self["Kabag"].taps("Benar, teruskan")
            case 8:
                await self["Kadiv"].taps("Setujui")
            case _:
                await self["Kakanwil"].taps("Diketahui, selesaikan")

    async def evaluate(self, handler: str = "Rina", *, result: str = "SIMPEG dapat dibuka kembali.") -> None:
        """Let the JFT Prakom write every part of the Laporan Evaluasi and hand it in."""
        prakom = self[handler]
        if prakom.sees("Mulai tangani"):
            await prakom.taps("Mulai tangani")
        await prakom.taps("Laporan Evaluasi")
        for part in PARTS:
            await prakom.taps(part)
            await prakom.says(result if part == "Hasil" else f"{part} telah dicatat.")
        await prakom.taps("Ajukan")

    async def _appoint(self) -> None:
        """Put invented people into the posts, as if they had registered before the journey begins."""
        at = self.clock.now() - timedelta(days=30)
        numbers = iter(range(1, 100))

        def work(records: Records) -> list[tuple[str, int]]:
            made = []
            for name, (post, full_name) in self._staff.items():
                person = _person(full_name, next(numbers), at=at)
                person.is_admin = name in ADMINS
                tenure = Tenure.begin(person, post, capacity=Capacity.DEFINITIVE, at=at)
                records.session.add_all([person, tenure])
                made.append((name, person.account_id or 0))
            for name, full_name in REPORTERS.items():
                person = _person(full_name, next(numbers), at=at)
                records.session.add(person)
                made.append((name, person.account_id or 0))
            return made

        for name, account_id in await self.asks(work):
            full_name = self._staff[name][1] if name in self._staff else REPORTERS[name]
            self._people[name] = Employee(self, self.sandbox.person(account_id, full_name, started=True))

    def _program(self) -> Program:
        return Program(self._settings, clock=self.clock, rates=Rates.unbounded(), upgrade=True)


def _person(full_name: str, number: int, *, at: datetime) -> OfficePerson:
    return OfficePerson(
        name=full_name,
        nip=f"19800101200501{1 + number % 2}{number:03d}",
        account_id=7000 + number,
        unit="Subbagian Kepegawaian",
        registered_at=at,
    )


@cache
def _new_record() -> bytes:
    """Return a database with the newest tables and nothing in them, which is made once in a process."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "record.db"
        engine = create_engine(f"sqlite:///{file}")
        migration.upgrade(engine)
        engine.dispose()
        return file.read_bytes()


@asynccontextmanager
async def demo_office(
    folder: Path, *, database_url: str | None = None, at: datetime = MONDAY, staff: Staff = STAFF, **files: Path
) -> AsyncIterator[DemoOffice]:
    """Open an office at `at`, with the database named, or else one in `folder`; the stand-in limits no rates.

    `files` are settings: the `office_file` and the `sop_dir` where they are not the packaged ones.
    """
    own = folder / "journey.db"
    if database_url is None and not own.exists():
        own.write_bytes(_new_record())
    clock = MovableClock(at, frozen=True)
    stopwatch = Stopwatch()
    sandbox = Sandbox(
        token=TOKEN, bot_username="disposisi_bot", clock=clock.now, limits=Limits.off(), monotonic=stopwatch
    )
    async with sandbox.serve() as address:
        settings = Settings.load(
            None,
            telegram_bot_token=TOKEN,
            telegram_base_url=address.url,
            database_url=database_url or f"sqlite:///{own}",
            archive=str(folder / "journey.files"),
            checkpoint_dir=folder / "checkpoints",
            checkpoint_key_file=folder / "checkpoint-key",
            **files,
        )
        place = DemoOffice(sandbox, clock, stopwatch, settings, staff)
        await place.program.start()
        try:
            await place._appoint()
            await place.settle()
            yield place
        finally:
            await place.program.stop()
    assert sandbox.complaints == []
