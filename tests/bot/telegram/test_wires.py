"""Connections to Telegram: what leaves together, what arrives in parts, and how each failure is named."""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import httpcore
import pytest

from bot.telegram.wires import Wires
from tests.bot.telegram.proxies import listening

LARGE = bytes(range(256)) * 8_192
"""More than a connection keeps for somebody who does not read, in either direction."""

SOON = 0.05
"""Seconds after which a connection is given up that does nothing."""

Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def connected(serve: Serve) -> AsyncIterator[httpcore.AsyncNetworkStream]:
    async with listening(serve) as port:
        wire = await Wires().connect_tcp("127.0.0.1", port)
        try:
            yield wire
        finally:
            await wire.aclose()


async def whole(wire: httpcore.AsyncNetworkStream) -> bytes:
    """Read to the end in pieces, as httpcore does."""
    arrived = bytearray()
    while some := await wire.read(65_536, 5):
        arrived += some
    return bytes(arrived)


async def fed(wire: httpcore.AsyncNetworkStream, seconds: float) -> None:
    """Write without end; each part may take so many seconds."""
    while True:
        await wire.write(LARGE, seconds)


async def test_head_and_body_of_a_call_leave_together() -> None:
    packets: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        packets.append(await reader.read(65_536))
        writer.write(b"ok")
        writer.close()

    async with connected(serve) as wire:
        await wire.write(b"head ")
        await asyncio.sleep(0)
        await wire.write(b"body")
        assert await wire.read(10) == b"ok"
    assert packets == [b"head body"]


async def test_an_answer_larger_than_what_is_kept_arrives_whole() -> None:
    async def serve(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(LARGE)
        await writer.drain()
        writer.close()

    async with connected(serve) as wire:
        arrived = await wire.read(1)
        # The network fills up before anything more is read.
        for _ in range(100):
            await asyncio.sleep(0)
        assert arrived + await whole(wire) == LARGE


async def test_a_file_larger_than_what_is_kept_goes_up_whole() -> None:
    arrived = bytearray()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while len(arrived) < len(LARGE):
            arrived.extend(await reader.read(65_536))
        writer.write(b"ok")
        writer.close()

    async with connected(serve) as wire:
        for start in range(0, len(LARGE), 100_000):
            await wire.write(LARGE[start : start + 100_000], 5)
        assert await whole(wire) == b"ok"
    assert bytes(arrived) == LARGE


async def test_who_takes_nothing_is_given_up_as_late_as_the_call_says() -> None:
    over = asyncio.Event()

    async def serve(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await over.wait()
        writer.transport.abort()

    async with connected(serve) as wire:
        with pytest.raises(httpcore.WriteTimeout):
            await fed(wire, SOON)
        over.set()


async def test_who_answers_nothing_is_given_up_as_late_as_the_call_says() -> None:
    over = asyncio.Event()

    async def serve(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await over.wait()
        writer.close()

    async with connected(serve) as wire:
        await wire.write(b"call")
        with pytest.raises(httpcore.ReadTimeout):
            await wire.read(10, SOON)
        over.set()


async def test_a_connection_that_breaks_before_its_answer_is_an_error_and_one_that_ends_is_none() -> None:
    async def breaks(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        linger = (1).to_bytes(4, "little") + bytes(4)
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        writer.transport.abort()

    async def ends(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(4)
        writer.close()

    async with connected(breaks) as wire:
        await wire.write(b"call")
        with pytest.raises(httpcore.ReadError):
            await wire.read(10, 5)
    async with connected(ends) as wire:
        await wire.write(b"call")
        assert await wire.read(10, 5) == b""
        assert wire.get_extra_info("is_readable")


async def test_an_answer_is_read_although_the_call_was_not_taken_whole() -> None:
    answered = asyncio.Event()

    async def serve(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"413 too large")
        writer.write_eof()
        await asyncio.sleep(0)
        writer.transport.abort()
        answered.set()

    async with connected(serve) as wire:
        await answered.wait()
        await wire.write(b"call")
        assert await wire.read(100, 5) == b"413 too large"


async def test_what_kept_a_call_from_leaving_is_named_by_what_its_answer_meets() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    async with connected(serve) as wire:
        await wire.aclose()
        await wire.write(b"call")
        with pytest.raises(httpcore.ReadError):
            await wire.read(10, 5)


async def test_what_breaks_while_a_file_goes_up_is_an_error() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.transport.abort()

    async with connected(serve) as wire:
        with pytest.raises(httpcore.WriteError):
            await fed(wire, 5)


async def test_who_is_not_there_or_speaks_no_tls_was_never_connected() -> None:
    over = asyncio.Event()

    async def silent(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await over.wait()
        writer.close()

    async def talks_otherwise(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"Selamat datang\r\n")
        writer.close()

    async with listening(silent) as port:
        wire = await Wires().connect_tcp("127.0.0.1", port, timeout=5)
        with pytest.raises(httpcore.ConnectTimeout):
            await wire.start_tls(ssl.create_default_context(), "telegram.example.go.id", SOON)
        over.set()
    with pytest.raises(httpcore.ConnectError):
        await Wires().connect_tcp("127.0.0.1", port, timeout=5)
    async with connected(talks_otherwise) as wire:
        with pytest.raises(httpcore.ConnectError):
            await wire.start_tls(ssl.create_default_context(), "telegram.example.go.id", 5)


async def test_a_connection_names_both_its_ends_and_takes_options() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    kept_alive = (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    async with listening(serve) as port:
        wire = await Wires().connect_tcp(
            "127.0.0.1", port, timeout=5, local_address="127.0.0.1", socket_options=[kept_alive]
        )
        assert wire.get_extra_info("server_addr") == ("127.0.0.1", port)
        assert wire.get_extra_info("client_addr")[0] == "127.0.0.1"
        assert wire.get_extra_info("ssl_object") is None
        assert wire.get_extra_info("socket").getsockopt(*kept_alive[:2]) != 0
        assert not wire.get_extra_info("is_readable")
        await wire.aclose()
        assert wire.get_extra_info("is_readable")
