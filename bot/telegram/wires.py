"""Connections as httpcore uses them, on asyncio alone.

httpcore's own stand on anyio, which goes through the event loop once more for each part of a call that is written, so
that a call waits for every other one that begins beside it. Here the parts of a call leave together, as soon as its
answer is waited for.
"""

import asyncio
import select
from collections.abc import Coroutine, Iterable, Iterator
from contextlib import contextmanager
from ssl import SSLContext
from typing import Any, cast

import httpcore

_NEXT_ADDRESS_AFTER = 0.25
"""Seconds after which the next address of a host is tried beside the one that does not answer (RFC 8305, section 8)."""

_LEAVES_AT = 65_536
"""Bytes of a call from which on the connection is waited for. Less than that leaves at once."""

_MOST_ARRIVED = 262_144
"""Bytes of an answer that may wait to be read. Until some are, no more are taken from the network."""


class Wires(httpcore.AsyncNetworkBackend):
    """Opens connections."""

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Return a connection to a host. Raises `httpcore.ConnectError` and `httpcore.ConnectTimeout`."""
        connecting = asyncio.get_running_loop().create_connection(
            _Wire,
            *(host, port),
            local_addr=None if local_address is None else (local_address, 0),
            happy_eyeballs_delay=_NEXT_ADDRESS_AFTER,
        )
        with _connecting():
            async with asyncio.timeout(timeout):
                transport, wire = await connecting
        for option in socket_options or ():
            transport.get_extra_info("socket").setsockopt(*option)
        return wire

    def sleep(self, seconds: float) -> Coroutine[Any, Any, None]:
        """Wait, as before another attempt to connect."""
        return asyncio.sleep(seconds)


class _Wire(asyncio.Protocol, httpcore.AsyncNetworkStream):
    """A connection, with or without TLS. Like a call and its answer, one thing at a time is done on it."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport
        self._readable = select.poll()
        self._leaving: list[bytes] = []
        self._arrived = bytearray()
        self._is_full = self._is_paused = self._has_ended = False
        self._broken_by: Exception | None = None
        self._waiting: asyncio.Future[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the connection that the event loop has opened."""
        self._transport = cast("asyncio.Transport", transport)
        self._readable.register(transport.get_extra_info("socket"), select.POLLIN)

    def data_received(self, data: bytes) -> None:
        """Keep bytes until they are read."""
        self._arrived += data
        if len(self._arrived) > _MOST_ARRIVED and not self._is_paused:
            self._is_paused = True
            self._transport.pause_reading()
        self._go_on()

    def eof_received(self) -> None:
        """Take note that no more will arrive. The event loop closes the connection."""
        self._has_ended = True
        self._go_on()

    def connection_lost(self, exc: Exception | None) -> None:
        """Take note of the end, and of what broke the connection if anything did."""
        self._has_ended, self._broken_by = True, exc
        self._go_on()

    def pause_writing(self) -> None:
        """Take note that the network takes no more for now."""
        self._is_full = True

    def resume_writing(self) -> None:
        """Take note that the network takes more again."""
        self._is_full = False
        self._go_on()

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109 - httpcore's
        """Return what has arrived, b"" at the end. Raises `httpcore.ReadError` and `httpcore.ReadTimeout`."""
        self._leave()
        while not self._arrived:
            if self._broken_by is not None:
                raise httpcore.ReadError(self._broken_by) from self._broken_by
            if self._has_ended:
                return b""
            await self._wait(timeout, httpcore.ReadTimeout)
        taken = bytes(self._arrived[:max_bytes])
        del self._arrived[:max_bytes]
        if self._is_paused and not self._arrived:
            self._is_paused = False
            self._transport.resume_reading()
        return taken

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109 - httpcore's
        """Let bytes leave, at the latest when an answer is read. Raises `httpcore.WriteError` and `WriteTimeout`."""
        if self._transport.is_closing():
            raise httpcore.WriteError(self._broken_by or "the connection has ended")
        self._leaving.append(buffer)
        if sum(map(len, self._leaving)) < _LEAVES_AT:
            return
        self._leave()
        while self._is_full:
            if self._has_ended:
                raise httpcore.WriteError(self._broken_by or "the connection has ended")
            await self._wait(timeout, httpcore.WriteTimeout)

    async def aclose(self) -> None:
        """End the connection. What has not left yet stays."""
        self._transport.abort()
        # Its socket is closed by the event loop.
        await asyncio.sleep(0)

    async def start_tls(
        self,
        ssl_context: SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's
    ) -> httpcore.AsyncNetworkStream:
        """Return the connection with TLS. Raises `httpcore.ConnectError` and `httpcore.ConnectTimeout`."""
        self._leave()
        try:
            with _connecting():
                async with asyncio.timeout(timeout):
                    secured = await asyncio.get_running_loop().start_tls(
                        self._transport, self, ssl_context, server_hostname=server_hostname
                    )
        except BaseException:
            await self.aclose()
            raise
        self._transport = cast("asyncio.Transport", secured)
        return self

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 - differs by `info`
        """Return what is known of the connection. One that has ended counts as readable, as httpcore has it."""
        match info:
            case "is_readable":
                # What has reached the machine may not have reached the event loop.
                return self._has_ended or self._transport.is_closing() or bool(self._arrived or self._readable.poll(0))
            case "client_addr":
                return self._transport.get_extra_info("sockname")
            case "server_addr":
                return self._transport.get_extra_info("peername")
            case _:
                return self._transport.get_extra_info(info)

    def _leave(self) -> None:
        """Hand to the network what has been written so far."""
        if self._leaving:
            self._transport.write(b"".join(self._leaving))
            self._leaving.clear()

    async def _wait(self, seconds: float | None, too_long: type[httpcore.TimeoutException]) -> None:
        """Wait until something happens on the connection. Raises `too_long` if nothing does."""
        loop = asyncio.get_running_loop()
        self._waiting = waiting = loop.create_future()
        ending = None if seconds is None else loop.call_later(seconds, _give_up, waiting, too_long)
        try:
            await waiting
        finally:
            self._waiting = None
            if ending is not None:
                ending.cancel()

    def _go_on(self) -> None:
        """Let the waiting call look again."""
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)


def _give_up(waiting: asyncio.Future[None], too_long: type[httpcore.TimeoutException]) -> None:
    if not waiting.done():
        waiting.set_exception(too_long())


@contextmanager
def _connecting() -> Iterator[None]:
    """Name as httpcore does what goes wrong within, also the errors of TLS, which are some of the system's."""
    try:
        yield
    except TimeoutError as error:
        raise httpcore.ConnectTimeout(error) from error
    except OSError as error:
        raise httpcore.ConnectError(error) from error
