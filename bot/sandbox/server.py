"""The stand-in itself: one world, served over HTTP on the running event loop."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Sequence
from dataclasses import dataclass
from datetime import datetime

import uvicorn
from starlette.applications import Starlette

from bot.sandbox.bot_api import BotApi
from bot.sandbox.chats import Account
from bot.sandbox.control import LOOPBACK_ONLY, Control
from bot.sandbox.faults import Faults
from bot.sandbox.flood import FloodGate, Limits
from bot.sandbox.people import PATIENCE, Group, Person
from bot.sandbox.world import Call, Listener, World


@dataclass(frozen=True, slots=True)
class Address:
    """Where the stand-in listens."""

    host: str
    port: int

    @property
    def url(self) -> str:
        """The page with the chats."""
        return f"http://{self.host}:{self.port}"

    @property
    def base_url(self) -> str:
        """What python-telegram-bot takes as `base_url`."""
        return f"{self.url}/bot"

    @property
    def base_file_url(self) -> str:
        """What python-telegram-bot takes as `base_file_url`."""
        return f"{self.url}/file/bot"


@dataclass(frozen=True, slots=True)
class ClockControl:
    """A button on the page that moves the clock; what it does is the embedding program's business."""

    label: str
    press: Callable[[], Awaitable[None]]


class Sandbox:
    """A local stand-in for Telegram.

    `clock` gives the time people see, aware, in the zone it is to be shown in. `monotonic` gives seconds that really
    pass (see `world.py` for which limit follows which). Everything here belongs to one event loop.
    """

    def __init__(
        self,
        *,
        token: str,
        bot_username: str,
        clock: Callable[[], datetime],
        bot_name: str = "Disposisi",
        limits: Limits | None = None,
        faults: Faults | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        clock_controls: Sequence[ClockControl] = (),
    ) -> None:
        bot_id = token.partition(":")[0]
        bot = Account(int(bot_id) if bot_id.isdigit() else 1, bot_name, bot_username, is_bot=True)
        self.token = token
        self.world = World(bot=bot, clock=clock, monotonic=monotonic)
        self.faults = faults or Faults()
        self.clock_controls = list(clock_controls)
        flood = FloodGate(limits or Limits(), monotonic)
        self._api = BotApi(self.world, token=token, flood=flood, faults=self.faults)
        self._control = Control(self)
        self.people: dict[int, Person] = {}
        self.groups: dict[int, Group] = {}

    @property
    def calls(self) -> list[Call]:
        """Every Bot API call so far, without the getUpdates that went well."""
        return self.world.calls

    @property
    def complaints(self) -> list[str]:
        """What the bot sent that Telegram would silently ignore, or that the stand-in does not know."""
        return self.world.complaints

    def person(
        self,
        user_id: int,
        first_name: str,
        username: str | None = None,
        language_code: str | None = "id",
        *,
        started: bool = False,
        about: str = "",
    ) -> Person:
        """Return the person with this account, made known if new.

        `started`: has opened the bot's chat before. `about`: a line under the name on the page, such as their post.
        """
        account = Account(user_id, first_name, username, language_code)
        chat = self.world.register(account)
        chat.started = chat.started or started
        if about:
            self.world.about[user_id] = about
        person = Person(self.world, account, chat)
        self.people[user_id] = person
        return person

    def group(self, chat_id: int, title: str, members: Sequence[Person] = ()) -> Group:
        """Make a group with the bot in it; `chat_id` is negative, as Telegram's are."""
        room = self.world.open_group(chat_id, title, [member.account for member in members])
        self.groups[chat_id] = Group(self.world, room)
        return self.groups[chat_id]

    @contextlib.contextmanager
    def listening(self, listener: Listener) -> Generator[None]:
        """Call `listener` on everything that happens in any chat while the block runs, at once and on the loop."""
        self.world.listeners.append(listener)
        try:
            yield
        finally:
            self.world.listeners.remove(listener)

    def transcript(self) -> str:
        """All chats as readable text."""
        return self.world.transcript

    async def drained(self, *, within: float = PATIENCE) -> None:
        """Wait until every update produced so far is confirmed by a later getUpdates offset.

        Confirmed means that the bot has taken it in, which need not mean that it has acted on it.
        AssertionError with the chats after `within` real seconds.
        """
        last = self.world.updates.last_id
        await self.world.until(
            lambda: not any(waiting <= last for waiting in self.world.updates.ids()),
            within=within,
            why="The bot has not fetched all updates",
        )

    async def until(self, condition: Callable[[], bool], *, within: float = PATIENCE, why: str = "Never true") -> None:
        """Wait until `condition` holds, looked at after every change and every call."""
        await self.world.until(condition, within=within, why=why)

    @contextlib.asynccontextmanager
    async def serve(self, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[Address]:
        """Serve on the running loop until the block ends; port 0 takes a free one. OSError if it is taken."""
        listener = _listening(host, port)
        address = Address(host, listener.getsockname()[1])
        self._api.open()
        self._control.open()
        server = _QuietServer(self._application())
        serving = asyncio.ensure_future(server.serve(sockets=[listener]))
        try:
            yield address
        finally:
            self._api.close()
            self._control.close()
            server.stop()
            await serving

    def _application(self) -> Starlette:
        routes = [*self._api.routes(), *self._control.routes()]
        return Starlette(routes=routes, middleware=[LOOPBACK_ONLY])


def _listening(host: str, port: int) -> socket.socket:
    """Open the socket by hand: asyncio switches Nagle's delay off only where the protocol is named (40 ms a call)."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(256)
    except OSError:
        listener.close()
        raise
    return listener


class _QuietServer(uvicorn.Server):
    """uvicorn as a guest: no signal handlers, no log lines, stopped by a call instead of by polling a flag."""

    def __init__(self, application: Starlette) -> None:
        config = uvicorn.Config(
            application,
            lifespan="off",
            ws="none",
            http="h11",
            log_config=None,
            log_level="critical",
            access_log=False,
            timeout_keep_alive=75,
            timeout_graceful_shutdown=2,
        )
        super().__init__(config)
        self._stopped = asyncio.Event()

    def stop(self) -> None:
        self.should_exit = True
        self._stopped.set()

    async def main_loop(self) -> None:
        await self.on_tick(0)
        await self._stopped.wait()

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None]:
        yield
