"""Connections as httpcore uses them: a call leaves in one piece, and each says cheaply whether it has ended.

httpcore writes the head of a call and its body one after the other. Each would go through the event loop, through TLS
and to the kernel by itself. It also asks every idle connection of the pool before each call, and after it, whether the
other side has ended it. Its own answer asks the kernel for the addresses of both ends first.
"""

import select
from collections.abc import Coroutine, Iterable
from contextlib import suppress
from ssl import SSLContext
from typing import Any

import httpcore

_LEAVES_AT = 65_536
"""Bytes that leave although more of the call may follow: a file is not gathered in memory."""


class Wires(httpcore.AsyncNetworkBackend):
    """Opens connections as httpcore does by itself."""

    def __init__(self) -> None:
        self._opening = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Return a connection to a host. Raises `httpcore.ConnectError` and `httpcore.ConnectTimeout`."""
        return _Wire(await self._opening.connect_tcp(host, port, timeout, local_address, socket_options))

    def sleep(self, seconds: float) -> Coroutine[Any, Any, None]:
        """Wait, as before another attempt to connect."""
        return self._opening.sleep(seconds)


class _Wire(httpcore.AsyncNetworkStream):
    """A connection, with or without TLS."""

    def __init__(self, stream: httpcore.AsyncNetworkStream) -> None:
        self._stream = stream
        self._socket = stream.get_extra_info("socket")
        self._leaving: list[bytes] = []
        self._leaves_within: float | None = None
        self._arrived = select.poll()
        self._arrived.register(self._socket, select.POLLIN)

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109 - httpcore's
        """Let the call leave, and return what arrives of its answer. Raises `httpcore.WriteTimeout` as well."""
        if self._leaving:
            # As httpcore does: who takes no more of a call may have answered it.
            with suppress(httpcore.WriteError):
                await self._leave()
        return await self._stream.read(max_bytes, timeout)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109 - httpcore's
        """Take a part of a call. It leaves when the answer is read, or when there is much to leave."""
        self._leaving.append(buffer)
        self._leaves_within = timeout
        if sum(map(len, self._leaving)) >= _LEAVES_AT:
            await self._leave()

    async def _leave(self) -> None:
        leaving, self._leaving = b"".join(self._leaving), []
        await self._stream.write(leaving, self._leaves_within)

    def aclose(self) -> Coroutine[Any, Any, None]:
        return self._stream.aclose()

    async def start_tls(
        self,
        ssl_context: SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's
    ) -> httpcore.AsyncNetworkStream:
        return _Wire(await self._stream.start_tls(ssl_context, server_hostname, timeout))

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 - differs by `info`
        """Return what is known of the connection. One that is closed counts as readable, as httpcore has it."""
        if info == "is_readable":
            return self._socket.fileno() < 0 or bool(self._arrived.poll(0))
        return self._stream.get_extra_info(info)
