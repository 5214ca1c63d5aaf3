"""Where the crash tests play: the stand-in for Telegram with its people, and a program that is killed and restarted.

What people do goes on over the deaths of the program; each waits until all that follows from it has happened.
"""

import asyncio
import hashlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from bot.clock import MovableClock
from bot.sandbox.flood import Limits
from bot.sandbox.people import Person
from bot.sandbox.server import Sandbox
from models.office.person import Person as OfficePerson
from models.office.tenure import Capacity, Tenure
from tests.crash import record
from tests.crash.mortal import TOKEN

ROOT = Path(__file__).parents[2]
MONDAY = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)
"""Senin, 23 November 2026, 08.30 WITA."""

PATIENCE = 60.0
_GLANCE = 0.01
"""Seconds between looks at the database of another process."""


class Died(Exception):
    """The process has ended. `last_words` name the boundary it died at, None where it was to live."""

    def __init__(self, last_words: str | None) -> None:
        super().__init__(last_words)
        self.last_words = last_words


class Nursery:
    """The parent of the processes to be killed, with everything loaded; use it as a context manager."""

    def __init__(self, folder: Path) -> None:
        self.log = folder / "program.log"
        self._orders, theirs = socket.socketpair()
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.crash.mortal", str(theirs.fileno())],
                cwd=ROOT,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
                pass_fds=[theirs.fileno()],
                stdout=log,
                stderr=log,
            )
        theirs.close()

    def places_of(self, url: str) -> dict[str, str]:
        """Return the settings that keep what a record seals here: a server's would lie in the working folder."""
        beside = self.log.parent / hashlib.sha256(url.encode()).hexdigest()
        return {"checkpoint_dir": f"{beside}.checkpoints", "checkpoint_key_file": f"{beside}.checkpoint-key"}

    def bear(self, order: dict[str, Any]) -> tuple[int, socket.socket]:
        """Fork a process; returns its number and the line to it."""
        ours, theirs = socket.socketpair()
        pid = b""
        with self.log.open("ab") as log:
            socket.send_fds(self._orders, [json.dumps(order).encode()], [theirs.fileno(), log.fileno()])
        theirs.close()
        with suppress(ConnectionError):
            pid = self._orders.recv(64)
        assert pid, self.said
        return int(pid), ours

    @property
    def said(self) -> str:
        """What the processes have written so far."""
        return self.log.read_text(encoding="utf-8")

    def close(self) -> None:
        """End all processes that still run, and the parent with them."""
        self._orders.close()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(5)
        self._process.kill()
        self._process.wait()


@contextmanager
def nursery(folder: Path) -> Iterator[Nursery]:
    """Give a nursery that is closed afterwards."""
    made = Nursery(folder)
    try:
        yield made
    finally:
        made.close()


class Process:
    """One running program and the line to it."""

    def __init__(self, pid: int, line: socket.socket) -> None:
        self._handle = os.pidfd_open(pid)
        self._line = line
        self._line.setblocking(False)
        self._heard = b""
        self.ended = False

    async def begins(self) -> None:
        """Wait until the program has started. Raises `Died`."""
        await self._hears()

    async def does(self, what: str, **words: object) -> dict[str, Any]:
        """Tell the process something and wait for its answer. Raises `Died`."""
        # What a dying process has said must be heard, also where it can be told nothing any more.
        with suppress(ConnectionError):
            self._line.send(json.dumps({"do": what, **words}).encode() + b"\n")
        return await self._hears()

    @property
    def lives(self) -> bool:
        """Whether the process has not ended."""
        return not self.ended and not select.select([self._handle], [], [], 0)[0]

    def send(self, number: signal.Signals) -> None:
        """Send a signal."""
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._handle, number)

    async def gone(self) -> None:
        """Wait until the process is no more, and let go of it."""
        loop, over = asyncio.get_running_loop(), asyncio.Event()
        loop.add_reader(self._handle, over.set)
        try:
            async with asyncio.timeout(PATIENCE):
                await over.wait()
        finally:
            loop.remove_reader(self._handle)
        self.ended = True
        os.close(self._handle)
        self._line.close()

    async def _hears(self) -> dict[str, Any]:
        loop = asyncio.get_running_loop()
        async with asyncio.timeout(PATIENCE):
            while b"\n" not in self._heard:
                try:
                    more = await loop.sock_recv(self._line, 65_536)
                except ConnectionError:
                    more = b""
                if not more:
                    await self.gone()
                    raise Died(None)
                self._heard += more
        line, _, self._heard = self._heard.partition(b"\n")
        answer: dict[str, Any] = json.loads(line)
        if "dying" in answer:
            await self.gone()
            raise Died(f"{answer['dying']}, {answer['at']}")
        return answer


@dataclass(slots=True)
class Deaths:
    """Where the program died, and where it is to die while it recovers."""

    boundaries: list[str] = field(default_factory=list)
    recovery: Callable[[], int | None] = lambda: None


class Stage:
    """The stand-in, the clock, the people, and the program in its present process."""

    def __init__(
        self, sandbox: Sandbox, nursery: Nursery, clock: MovableClock, url: str, base: str, sabotage: Sequence[str]
    ) -> None:
        self.sandbox = sandbox
        self.nursery = nursery
        self.clock = clock
        self.url = url
        self.people: dict[str, Person] = {}
        self.deaths = Deaths()
        self.frozen = True
        self._base = base
        self._sabotage = list(sabotage)
        self._process: Process | None = None

    def __getitem__(self, name: str) -> Person:
        return self.people[name]

    @property
    def process(self) -> Process:
        """The program as it runs now."""
        assert self._process is not None
        return self._process

    async def starts(self, *, fatal: int | None = None) -> None:
        """Start the program, and again as long as it dies as planned."""
        while True:
            process = self._process = self.born(fatal)
            try:
                return await process.begins()
            except Died as death:
                self._note(death)
                fatal = self.deaths.recovery()

    def born(self, fatal: int | None = None) -> Process:
        """Return a new process that is only about to start."""
        order = {
            "fatal": fatal,
            "now": self.clock.now().isoformat(),
            "frozen": self.frozen,
            "sabotage": self._sabotage,
            "settings": {
                "telegram_bot_token": TOKEN,
                "telegram_base_url": self._base,
                "database_url": self.url,
                "archive": str(self.nursery.log.with_name("files")),
                **self.nursery.places_of(self.url),
            },
        }
        return Process(*self.nursery.bear(order))

    async def killed(self) -> None:
        """Kill the program from outside, and start it again."""
        assert self.process.lives, f"the program ended by itself\n{self.nursery.said}"
        self.process.send(signal.SIGKILL)
        await self.process.gone()
        self.deaths.boundaries.append("killed")
        await self.starts()

    async def armed(self, fatal: int | None) -> None:
        """Let the program die at the boundary number `fatal` from now on; None lets it live."""
        while True:
            try:
                await self.process.does("arm", fatal=fatal)
            except Died as death:
                # It looked around once more, though it had nothing left to do.
                self._note(death)
                await self.starts(fatal=self.deaths.recovery())
                await self.settles()
            else:
                return

    async def settles(self) -> None:
        """Wait until all is done that follows from what people did, however often the program dies over it."""
        while True:
            try:
                async with asyncio.timeout(PATIENCE):
                    return await self._calm()
            except Died as death:
                self._note(death)
                await self.starts(fatal=self.deaths.recovery())
            except TimeoutError:
                left = record.waiting(self.url)
                raise AssertionError(
                    f"it does not settle: {left}, {len(self.sandbox.world.updates)} unfetched"
                ) from None

    async def comes(self, at: datetime) -> None:
        """Let the clock show `at`."""
        self.clock.jump_to(at)
        try:
            await self.process.does("move", to=at.isoformat())
        except Died as death:
            self._note(death)
            await self.starts(fatal=self.deaths.recovery())

    async def _calm(self) -> None:
        """Wait until every update is confirmed and handled and every notice sent. Raises `Died`."""
        while True:
            await self.process.does("settle")
            if not self.sandbox.world.updates.ids():
                await self.process.does("settle")
                left = record.waiting(self.url)
                if not left["updates"] and not left["notices"]:
                    return
            await asyncio.sleep(_GLANCE)

    def _note(self, death: Died) -> None:
        assert death.last_words is not None, f"the program ended by itself\n{self.nursery.said}"
        self.deaths.boundaries.append(death.last_words)

    def populate(self, staff: dict[str, str], *, at: datetime) -> None:
        """Put people into the database and the stand-in: by name, each with the code of a post, or '' for none."""
        engine = create_engine(self.url)
        with Session(engine) as session, session.begin():
            for number, (name, post) in enumerate(staff.items(), start=len(self.people) + 1):
                person = OfficePerson(
                    name=f"{name} Contoh",
                    nip=f"19800101200501{1 + number % 2}{number:03d}",
                    account_id=7000 + number,
                    registered_at=at,
                )
                session.add(person)
                if post:
                    session.add(Tenure.begin(person, post, capacity=Capacity.DEFINITIVE, at=at))
                self.people[name] = self.sandbox.person(7000 + number, name, started=True)
        engine.dispose()


STAFF = {
    "Kakanwil": "kakanwil",
    "Kadiv": "kadiv",
    "Kabag": "kabag-p2l",
    "Kasubbag": "kasubbag-humas",
    "Rina": "jft-prakom",
    "Andi": "jft-prakom",
    "Budi": "",
    "Wati": "",
}


Fresh = Callable[[], AbstractContextManager[str]]
"""Gives the URL of one more database with nothing in it."""


@asynccontextmanager
async def stage(
    nursery: Nursery, url: str, *, at: datetime = MONDAY, frozen: bool = True, sabotage: Sequence[str] = ()
) -> AsyncIterator[Stage]:
    """Set the stage with an empty database and nobody on it; the program is not yet started."""
    clock = MovableClock(at, frozen=frozen)
    sandbox = Sandbox(token=TOKEN, bot_username="disposisi_bot", clock=clock.now, limits=Limits.off())
    async with sandbox.serve() as address:
        made = Stage(sandbox, nursery, clock, url, address.url, sabotage)
        made.frozen = frozen
        try:
            yield made
        finally:
            if made._process is not None and not made._process.ended:
                made._process.send(signal.SIGKILL)
                await made._process.gone()
    assert sandbox.complaints == []
