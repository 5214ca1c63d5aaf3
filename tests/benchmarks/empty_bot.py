"""A bot that keeps nothing and decides nothing, as a process of its own: what is left is the way to Telegram and back.

It uses the client that the shipped program uses. Whatever somebody writes is answered with a button; a tap on it is
answered with a toast and, at the same time, with a message to the account that the button names.
"""

import asyncio
import json
import sys
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.telegram.line import Line
from tests.parts import line_to

BUTTON = "Teruskan"
NEXT = "Kartu berikutnya"


async def serve(given: dict[str, Any]) -> None:
    """Serve until standard input ends. `given` holds the `token`, the address of `telegram` and the `next` account."""
    ended = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(ended), sys.stdin)
    async with line_to(given["telegram"], token=given["token"]) as line:
        polling = asyncio.create_task(_poll(line, given["next"]))
        sys.stdout.write(json.dumps({"ready": True}) + "\n")
        sys.stdout.flush()
        await ended.read()
        polling.cancel()
        await asyncio.gather(polling, return_exceptions=True)


async def _poll(line: Line, following: int) -> None:
    offset, under_way = None, set[asyncio.Task[None]]()
    while True:
        for update in await line.raw_updates(offset=offset, kinds=["message", "callback_query"]):
            offset = update["update_id"] + 1
            answering = asyncio.create_task(_answer(line, update, following))
            under_way.add(answering)
            answering.add_done_callback(under_way.discard)


async def _answer(line: Line, update: dict[str, Any], following: int) -> None:
    match update:
        case {"callback_query": {"id": query_id}}:
            await asyncio.gather(line.answer_callback_query(query_id, BUTTON), line.send_message(following, NEXT))
        case {"message": {"chat": {"id": chat_id}}}:
            keyboard = InlineKeyboardMarkup.from_button(InlineKeyboardButton(BUTTON, callback_data=BUTTON))
            await line.send_message(chat_id, "Kartu", reply_markup=keyboard)


if __name__ == "__main__":
    asyncio.run(serve(json.loads(sys.argv[1])))
