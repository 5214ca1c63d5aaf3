"""What goes over the wire for a call, over which connection, and with how little work."""

import asyncio
import json
import re
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from types import FrameType

import pytest
from markupsafe import Markup
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, InputFile
from telegram.error import BadRequest, NetworkError

from bot.notices import sending
from bot.telegram.fate import Fate, fate_of
from handlers.delivery.plan import Key, Send
from tests.bot.telegram.proxies import listening
from tests.parts import line_to

TOKEN = "123456:a-token-of-thirty-characters-or-more"
SENT = b'{"ok":true,"result":{"message_id":7,"date":0,"chat":{"id":1,"type":"private"}}}'
MOST_STEPS = 1_180
"""How many Python functions it may be: 2,300 by the library's objects and httpx's client, 1,240 in two parts."""


@dataclass
class Telegram:
    """A server that answers each call with a message, and keeps what it was asked."""

    impatient: bool = False
    connections: int = 0
    heads: list[bytes] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the calls on one connection. An impatient server ends it after each answer, without saying so."""
        self.connections += 1
        with suppress(asyncio.IncompleteReadError):
            while head := await reader.readuntil(b"\r\n\r\n"):
                length = re.search(rb"content-length: *(\d+)", head, re.IGNORECASE)
                self.heads.append(head)
                self.bodies.append(await reader.readexactly(int(length[1]) if length else 0))
                writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n" % len(SENT) + SENT)
                if self.impatient:
                    break
        writer.close()
        await writer.wait_closed()


@asynccontextmanager
async def telegram(*, impatient: bool = False) -> AsyncIterator[tuple[Telegram, str]]:
    server = Telegram(impatient)
    async with listening(server.serve) as port:
        yield server, f"http://127.0.0.1:{port}"


@contextmanager
def counted() -> Iterator[list[str]]:
    """Note each function written in Python that is called within, except those of the server."""
    called: list[str] = []

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code.co_filename != __file__:
            called.append(frame.f_code.co_qualname)

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        yield called
    finally:
        sys.setprofile(before)


async def test_a_call_is_an_object_in_which_lists_stand_as_in_a_form() -> None:
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("✅ Teruskan", callback_data="abc")]])
    async with telegram() as (server, address):
        line = line_to(address, token=TOKEN)
        async with line._request[1]:
            sent = await line.send_message(1001, "Laporan Anda “diterima”", reply_markup=keyboard)
    assert sent.message_id == 7
    assert server.heads[0].startswith(f"POST /bot{TOKEN}/sendMessage HTTP/1.1\r\n".encode())
    told = json.loads(server.bodies[0])
    assert told["chat_id"] == "1001"
    assert told["text"] == "Laporan Anda “diterima”"
    assert json.loads(told["reply_markup"]) == keyboard.to_dict()


async def test_a_file_goes_up_as_a_form_with_its_name() -> None:
    async with telegram() as (server, address):
        line = line_to(address, token=TOKEN)
        async with line._request[1]:
            await line.send_document(1001, InputFile(b"isi berkas", filename="register.csv"), caption="Register")
    assert b"multipart/form-data; boundary=" in server.heads[0]
    assert b'filename="register.csv"' in server.bodies[0]
    assert b"isi berkas" in server.bodies[0]
    assert b"Register" in server.bodies[0]


async def test_a_connection_that_telegram_has_ended_is_not_used_again() -> None:
    async with telegram(impatient=True) as (server, address):
        line = line_to(address, token=TOKEN)
        async with line._request[1]:
            for _ in range(3):
                await line.send_message(1001, "Halo")
                await asyncio.sleep(0.01)
    assert server.connections == 3


async def test_calls_one_after_the_other_share_a_connection() -> None:
    async with telegram() as (server, address):
        line = line_to(address, token=TOKEN)
        async with line._request[1]:
            for _ in range(3):
                await line.send_message(1001, "Halo")
    assert server.connections == 1


async def test_a_line_that_is_closed_makes_no_call_until_it_is_opened_again() -> None:
    async with telegram() as (server, address):
        line = line_to(address, token=TOKEN)
        async with line._request[1]:
            pass
        with pytest.raises(NetworkError, match="closed"):
            await line.send_message(1001, "Halo")
        async with line._request[1]:
            await line.send_message(1001, "Halo lagi")
    assert len(server.bodies) == 1


async def test_half_of_a_surrogate_pair_never_leaves() -> None:
    async with telegram() as (server, address):
        line = line_to(address, token=TOKEN)
        async with line._request[1]:
            with pytest.raises(BadRequest) as caught:
                await line.send_message(1001, "\ud83d")
    assert fate_of(caught.value) is Fate.REFUSED
    assert server.bodies == []


async def test_a_card_that_is_sent_takes_few_steps() -> None:
    """What a call takes of the processor: a card with five buttons, over a connection that is there."""
    keyboard = tuple((Key(f"✅ Teruskan ke pejabat {number}", token=f"token-{number}"),) for number in range(5))
    card = Send(1001, Markup("SW-2026-0147 · langkah 4 dari 9"), keyboard)
    async with telegram() as (server, address):
        line = line_to(address, token=TOKEN)
        async with line._request[1]:
            await sending.send(line, card)
            with counted() as called:
                assert await sending.send(line, card) == 7
    (row, *_) = json.loads(json.loads(server.bodies[1])["reply_markup"])["inline_keyboard"]
    assert row == [{"text": "✅ Teruskan ke pejabat 0", "callback_data": "token-0"}]
    assert len(called) <= MOST_STEPS
