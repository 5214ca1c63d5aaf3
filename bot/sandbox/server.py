"""The stand-in itself: one world, served over HTTP on the running event loop."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import time
from collections.abc import AsyncIterator, Callable, Generator, Sequence
from dataclasses import dataclass
from datetime import datetime

import uvicorn
from starlette.applications import Starlette

from bot.sandbox.bot_api import BotApi
from bot.sandbox.cast import Cast, ClockControl
from bot.sandbox.chats import Account
from bot.sandbox.control import LOOPBACK_ONLY, Control
from bot.sandbox.faults import Faults
from bot.sandbox.flood import FloodGate, Limits
from bot.sandbox.latency import Latency
from bot.sandbox.postman import Postman
from bot.sandbox.world import World

_TURNS = 3
"""Turns of the loop after which nothing of a connection is left."""


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


class Sandbox(Cast):
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
        world = World(bot=bot, clock=clock, monotonic=monotonic)
        super().__init__(world, faults=faults or Faults(), clock_controls=clock_controls)
        self.token = token
        self.latency = Latency()
        flood = FloodGate(limits or Limits(), monotonic)
        self._api = BotApi(self.world, token=token, flood=flood, faults=self.faults, latency=self.latency)
        self.postman = Postman(world, self._api.carry_out)
        self._control = Control(self)

    @contextlib.asynccontextmanager
    async def serve(self, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[Address]:
        """Serve on the running loop until the block ends; port 0 takes a free one. OSError if it is taken."""
        listener = _listening(host, port)
        address = Address(host, listener.getsockname()[1])
        self._api.open()
        self._control.open()
        server = _QuietServer(self._application())
        serving = asyncio.ensure_future(server.serve(sockets=[listener]))
        delivering = asyncio.ensure_future(self.postman.run())
        try:
            yield address
        finally:
            delivering.cancel()
            await asyncio.gather(delivering, return_exceptions=True)
            self._api.close()
            self._control.close()
            server.stop()
            await serving
            await server.hang_up()

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

    async def hang_up(self) -> None:
        """Close the connections that came while the server was ending, or outlasted its patience."""
        # A connection that was taken in last is only known a turn of the loop later, and closed one after that.
        for _ in range(_TURNS):
            for connection in tuple(self.server_state.connections):
                connection.transport.abort()
            await asyncio.sleep(0)

    async def main_loop(self) -> None:
        await self.on_tick(0)
        await self._stopped.wait()

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None]:
        yield
