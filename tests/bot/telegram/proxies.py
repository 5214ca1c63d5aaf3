"""Proxies on this machine, and a Telegram that speaks HTTPS behind them."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

NAME = "telegram.example.go.id"
"""A name that is in no DNS: only the proxies know where it is."""

CERTIFICATE = Path(__file__).parent / "data/telegram.pem"
"""A certificate for `NAME` that vouches for itself, with its key. Good until the year 2126, and for tests alone."""

_WHO_AM_I = b'{"ok":true,"result":{"id":1,"is_bot":true,"first_name":"Disposisi","username":"disposisi_bot"}}'

Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Proxy:
    """A proxy that leads every connection to the port `behind`, and notes what it was asked."""

    behind: int
    status: str = "200 OK"
    asked: list[str] = field(default_factory=list)

    async def connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve HTTP's CONNECT."""
        self.asked += (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        writer.write(f"HTTP/1.1 {self.status}\r\n\r\n".encode())
        if self.status.startswith("200"):
            await self._lead(reader, writer)
        else:
            await _close(writer)

    async def socks(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve SOCKS 5 without a password, for a host that is given by its name (RFC 1928)."""
        await reader.readexactly((await reader.readexactly(2))[1])
        writer.write(b"\x05\x00")
        length = (await reader.readexactly(5))[4]
        name = await reader.readexactly(length)
        port = int.from_bytes(await reader.readexactly(2))
        self.asked.append(f"{name.decode()}:{port}")
        writer.write(b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00")
        await self._lead(reader, writer)

    async def _lead(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, to_there = await asyncio.open_connection("127.0.0.1", self.behind)
        await asyncio.gather(_pour(reader, to_there), _pour(there, writer))


async def _pour(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while some := await source.read(65536):
            target.write(some)
    await _close(target)


async def _close(writer: asyncio.StreamWriter) -> None:
    writer.close()
    # The other end may have gone first.
    with suppress(OSError):
        await writer.wait_closed()


@asynccontextmanager
async def listening(serve: Serve, *, tls: ssl.SSLContext | None = None) -> AsyncIterator[int]:
    """Serve on a free port of this machine, which is returned. Waits for the connections under way at the end."""
    served = set[asyncio.Task[None]]()

    async def noted(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        served.add(task)
        await serve(reader, writer)

    server = await asyncio.start_server(noted, "127.0.0.1", 0, ssl=tls)
    async with server:
        yield server.sockets[0].getsockname()[1]
    async with asyncio.timeout(10):
        await asyncio.gather(*served)


@asynccontextmanager
async def telegram() -> AsyncIterator[int]:
    """Serve a Telegram over TLS that answers every call with the bot's account."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        head = f"HTTP/1.1 200 OK\r\ncontent-length: {len(_WHO_AM_I)}\r\nconnection: close\r\n\r\n"
        writer.write(head.encode() + _WHO_AM_I)
        await _close(writer)

    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(CERTIFICATE)
    async with listening(answer, tls=tls) as port:
        yield port
