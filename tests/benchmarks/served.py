"""The bot of a benchmark, as a process of its own: the shipped program with the rates and the clock it is given.

It reads its orders from standard input, one JSON object a line, and answers each with one line.
"""

import asyncio
import json
import logging
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from bot.application import Program
from bot.clock import Clock, MovableClock
from bot.notices.pace import Rates
from bot.settings import Settings
from handlers.chat.desk import Desk, Fallback, Work


@contextmanager
def timing(*, wanted: bool) -> Iterator[dict[int, float]]:
    """Give the seconds that each update's own transaction takes, by the number of the update.

    Not wanted where memory is watched: it would grow with what is noted.
    """
    serve, taken = Desk.serve, dict[int, float]()

    async def timed(desk: Desk, update_id: int, work: Work[Any], otherwise: Fallback[Any]) -> Any:  # noqa: ANN401
        began = time.monotonic()
        try:
            return await serve(desk, update_id, work, otherwise)
        finally:
            if wanted:
                taken[update_id] = time.monotonic() - began

    with patch.object(Desk, "serve", timed):
        yield taken


async def serve(given: dict[str, Any]) -> None:
    """Run the program until standard input ends."""
    ahead = timedelta(seconds=given["ahead"])
    clock = MovableClock(Clock().now() + ahead)
    settings = Settings.load(
        None,
        telegram_bot_token=given["token"],
        telegram_base_url=given["telegram"],
        database_url=given["database"],
    )
    rates = Rates() if given["paced"] else Rates.unbounded()
    orders = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(orders), sys.stdin)
    with timing(wanted=given["timed"]) as decided:
        async with Program(settings, clock=clock, rates=rates) as program:
            _answer({"ready": True})
            while line := await orders.readline():
                match json.loads(line):
                    case {"advance": seconds}:
                        clock.advance(timedelta(seconds=seconds))
                        _answer({"now": clock.now().isoformat()})
                    case {"decided": True}:
                        _answer({"decided": decided})
                    case {"quiet": True}:
                        await program.quiet()
                        _answer({"quiet": True})


def _answer(answer: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    asyncio.run(serve(json.loads(sys.argv[1])))
