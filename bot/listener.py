"""One address on which the program answers HTTP."""

import asyncio
import contextlib
import socket
from collections.abc import Generator

import uvicorn
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.connection import MOST, Connection
from bot.settings import Listen
from bot.stopped import Stopped

FINISHED_WITHIN = 5
"""Seconds for requests under way when the program ends."""


class CannotListen(Stopped):
    """The address is taken or may not be used."""


class Listener:
    """Answers the requests to one address. `setting` is the name of the setting that holds the address.

    Belongs to one event loop; sets no signal handlers.
    """

    def __init__(self, application: ASGIApp, *, listen: Listen, setting: str) -> None:
        self.address = listen
        """Where it listens, with the port it was given once it is bound."""
        self._setting = setting
        self._server = _Guest(_one_length(application))
        self._socket: socket.socket | None = None
        self._serving: asyncio.Task[None] | None = None

    def bind(self) -> None:
        """Take the address. Raises `CannotListen`."""
        host, port = self.address
        refused = f"{self._setting}: {host}:{port} cannot be used"
        try:
            family, kind, protocol, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
            # With the protocol by name: asyncio switches Nagle's delay off only then.
            listener = socket.socket(family, kind, protocol)
        except OSError as error:
            raise CannotListen(f"{refused} ({error.strerror}).") from None
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(place)
            listener.listen(MOST)
        except OSError as error:
            listener.close()
            remedy = "Choose another port, or end what uses it."
            raise CannotListen(f"{refused} ({error.strerror}). {remedy}") from None
        self._socket = listener
        self.address = Listen(host, listener.getsockname()[1])

    async def run(self) -> None:
        """Serve until cancelled; then no connection is accepted any more. Raises `CannotListen`."""
        if self._socket is None:
            self.bind()
        sockets = [self._socket] if self._socket is not None else None
        self._serving = asyncio.create_task(self._server.serve(sockets=sockets), name=self._setting)
        try:
            await asyncio.shield(self._serving)
        finally:
            self._server.end()

    async def close(self) -> None:
        """Finish the requests that are under way, and let go of the address."""
        self._server.end()
        if self._serving is not None:
            await asyncio.wait({self._serving})
        if self._socket is not None:
            self._socket.close()


class _Guest(uvicorn.Server):
    """uvicorn on a loop that is not its own: it leaves the signals alone, and lets the loop rest.

    By itself it wakes up ten times a second, to look whether it is to end and, each tenth time, to tell answers the
    time. Here it is told when to end, and a connection tells itself the time.
    """

    def __init__(self, application: ASGIApp) -> None:
        self._ending = asyncio.Event()
        super().__init__(
            uvicorn.Config(
                application,
                lifespan="off",
                ws="none",
                http=Connection,
                log_config=None,
                access_log=False,
                server_header=False,
                limit_concurrency=MOST,
                timeout_graceful_shutdown=FINISHED_WITHIN,
            )
        )

    def end(self) -> None:
        """Let it finish the requests that are under way, and end."""
        self.should_exit = True
        self._ending.set()

    async def main_loop(self) -> None:
        await self._ending.wait()

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None]:
        yield


def _one_length(application: ASGIApp) -> ASGIApp:
    """Refuse requests with both Content-Length and Transfer-Encoding, and end their connection (RFC 9112, 6.1).

    HTTP/1.0 knows no Transfer-Encoding, and a proxy of that version may overlook it.
    """

    async def served(scope: Scope, receive: Receive, send: Send) -> None:
        names = {name for name, _ in scope["headers"]}
        old = scope["http_version"] == "1.0"
        if b"transfer-encoding" in names and (old or b"content-length" in names):
            await Response(status_code=400, headers={"connection": "close"})(scope, receive, send)
        else:
            await application(scope, receive, send)

    return served
