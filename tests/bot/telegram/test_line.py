"""Calls that do not reach Telegram: the log says why, where, and what to do, and nobody pays for a stranger's page."""

import asyncio
import re
import socket
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest
from telegram.error import NetworkError, TelegramError

from bot.clock import MovableClock
from bot.sandbox.flood import Limits
from bot.sandbox.server import Sandbox
from bot.telegram.fate import Fate, fate_of
from tests.bot.telegram.proxies import listening
from tests.parts import line_to

TOKEN = "123456:a-token-of-thirty-characters-or-more"


@asynccontextmanager
async def serving(answer: bytes) -> AsyncIterator[int]:
    """Serve `answer` to every request, on the port that is returned."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        writer.close()
        await writer.wait_closed()

    async with listening(serve) as port:
        yield port


def page(status: str) -> bytes:
    body = b"<html>Halaman ini diblokir</html>"
    return f"HTTP/1.1 {status}\r\ncontent-length: {len(body)}\r\nconnection: close\r\n\r\n".encode() + body


async def refused(url: str) -> TelegramError:
    """Return the error of a call to `url`."""
    line = line_to(url, token=TOKEN)
    async with line._request[1]:
        with pytest.raises(TelegramError) as caught:
            await line.send_message(1001, "Halo")
    return caught.value


async def test_a_connection_waits_half_a_minute_for_the_next_call(monkeypatch: pytest.MonkeyPatch) -> None:
    opened, ahead, now = 0, 0.0, time.monotonic

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal opened
        opened += 1
        with suppress(asyncio.IncompleteReadError):
            while head := await reader.readuntil(b"\r\n\r\n"):
                length = re.search(rb"content-length: *(\d+)", head, re.IGNORECASE)
                await reader.readexactly(int(length[1]) if length else 0)
                writer.write(b'HTTP/1.1 200 OK\r\ncontent-length: 25\r\n\r\n{"ok":true,"result":true}')
        writer.close()

    monkeypatch.setattr(time, "monotonic", lambda: now() + ahead)
    async with listening(serve) as port:
        line = line_to(f"http://127.0.0.1:{port}", token=TOKEN)
        async with line._request[1]:
            for seconds, connections in ((0, 1), (20, 1), (40, 2)):
                ahead += seconds
                await line.answer_callback_query("1")
                assert opened == connections


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
        return number


async def test_a_refused_connection_is_named_with_its_host_and_a_remedy(caplog: pytest.LogCaptureFixture) -> None:
    port = free_port()
    await refused(f"http://127.0.0.1:{port}")
    (line,) = caplog.messages
    assert line == (
        f"Telegram cannot be reached: 127.0.0.1:{port} refuses the connection. Check the network and the firewall. "
        "Where only a proxy leads to Telegram, set TELEGRAM_PROXY."
    )


async def test_a_name_that_cannot_be_looked_up_is_named(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    await refused("https://api.telegram.org")
    (line,) = caplog.messages
    assert "the name of api.telegram.org cannot be looked up (Name or service not known)" in line
    assert "DNS" in line


async def test_a_connection_that_breaks_off_is_named(caplog: pytest.LogCaptureFixture) -> None:
    async with serving(b"") as port:
        await refused(f"http://127.0.0.1:{port}")
    assert f"127.0.0.1:{port} breaks the connection off (RemoteProtocolError)" in caplog.text


@pytest.mark.parametrize("status", ["403 Forbidden", "404 Not Found", "400 Bad Request", "401 Unauthorized"])
async def test_a_page_of_a_firewall_is_taken_for_no_answer_of_telegrams(
    status: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Taken for Telegram's, the first would make everybody unreachable, and the second end the bot."""
    async with serving(page(status)) as port:
        error = await refused(f"http://127.0.0.1:{port}")
    assert type(error) is NetworkError
    assert fate_of(error) is Fate.NOT_SENT
    assert f"127.0.0.1:{port} answers with “{status[4:]} ({status[:3]})”, which is not Telegram's answer" in caplog.text
    assert "diblokir" not in caplog.messages[-1]


async def test_once_telegram_answers_the_trouble_is_over(caplog: pytest.LogCaptureFixture, clock: MovableClock) -> None:
    telegram = Sandbox(token=TOKEN, bot_username="disposisi_demo_bot", clock=clock.now, limits=Limits.off())
    async with telegram.serve() as address:
        line = line_to(address.url, token=TOKEN)
        line._trouble.met("the cable is out")
        async with line._request[1]:
            await line.get_me()
    assert caplog.messages[0] == "Telegram cannot be reached: the cable is out"
    assert caplog.messages[1].startswith("Telegram can be reached again, after ")


class LookedFor:
    """Notes what Python looks for in its folders. It finds nothing itself."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def find_spec(self, fullname: str, *_: object) -> None:
        self.names.append(fullname)


async def test_a_call_looks_for_no_module(monkeypatch: pytest.MonkeyPatch, clock: MovableClock) -> None:
    """A library that asks for a module which is not installed lets Python search every folder, call after call."""
    looked_for = LookedFor()
    sandbox = Sandbox(token=TOKEN, bot_username="disposisi_bot", clock=clock.now, limits=Limits.off())
    sandbox.person(1001, "Budi Contoh", started=True)
    async with sandbox.serve() as address, line_to(address.url, token=TOKEN) as line:
        await line.send_message(1001, "Halo")
        monkeypatch.setattr(sys, "meta_path", [looked_for, *sys.meta_path])
        await line.send_message(1001, "Halo")
    assert looked_for.names == []
