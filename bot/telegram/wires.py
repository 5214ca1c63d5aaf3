"""Connections as httpcore uses them, which say cheaply whether the other side has ended them.

httpcore asks every idle connection of the pool that before each call and after it. Its own answer asks the kernel for
the addresses of both ends first.
"""

import select
from collections.abc import Coroutine, Iterable
from ssl import SSLContext
from typing import Any

import httpcore


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
        self._arrived = select.poll()
        self._arrived.register(self._socket, select.POLLIN)

    def read(self, max_bytes: int, timeout: float | None = None) -> Coroutine[Any, Any, bytes]:
        return self._stream.read(max_bytes, timeout)

    def write(self, buffer: bytes, timeout: float | None = None) -> Coroutine[Any, Any, None]:
        return self._stream.write(buffer, timeout)

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
