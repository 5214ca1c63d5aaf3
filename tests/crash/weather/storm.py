"""What goes wrong between the bot and Telegram, each trouble as often as the other, drawn from a seed."""

import asyncio
import time
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from functools import partial
from random import Random
from unittest.mock import patch

import httpcore
import pytest

from bot import assembly
from bot.application import Program
from bot.loop.pauses import Pauses
from bot.notices.pace import OwnPace
from bot.sandbox.faults import Fault, Trouble
from bot.sandbox.server import Sandbox
from bot.telegram.request import Request

RATE = 0.05
"""How often a call meets each of the troubles."""

AT_TELEGRAM = (
    Trouble.TOO_MANY_REQUESTS,
    Trouble.SERVER_ERROR,
    Trouble.BAD_GATEWAY,
    Trouble.GARBAGE,
    Trouble.GARBAGE_AFTER_ACTING,
    Trouble.RESET,
    Trouble.RESET_AFTER_ACTING,
)
"""What the stand-in does to a call."""

_SPARED = frozenset({"getMe", "setMyCommands"})
"""Calls at the start, whose pauses a test would have to wait out."""

_HURRY = 200
"""How much faster than a second Telegram's seconds pass while it wants to be left alone."""

_LONGEST = 0.02


class BadLine:
    """A pool of connections on which calls time out before they left, or after they arrived."""

    def __init__(self, pool: httpcore.AsyncConnectionPool, chance: Random, rate: float) -> None:
        self._call = pool.handle_async_request
        self._chance = chance
        self._rate = rate
        self.lost = 0
        """How many calls took effect of which the bot heard nothing."""

    async def handle_async_request(self, request: httpcore.Request) -> httpcore.Response:
        method = request.url.target.decode().rpartition("/")[2]
        drawn = 1.0 if method in _SPARED else self._chance.random()
        if drawn < self._rate:
            raise httpcore.ConnectTimeout("the way to Telegram is blocked")
        response = await self._call(request)
        if drawn < 2 * self._rate:
            await response.aread()
            await response.aclose()
            self.lost += 1
            raise httpcore.ReadTimeout("the answer never came")
        return response


def break_line(program: Program, *, seed: int, rate: float = RATE) -> list[BadLine]:
    """Let the calls of `program` time out now and then, those for updates too; to be called before it starts."""
    lines = []
    for number, request in enumerate(program.line._request):
        assert isinstance(request, Request)
        line = BadLine(request.pool, Random(seed + number), rate)
        patch.object(request.pool, "handle_async_request", line.handle_async_request).start()
        lines.append(line)
    return lines


def raise_storm(sandbox: Sandbox, *, rate: float = RATE) -> None:
    """Let every call meet each of the stand-in's troubles now and then."""
    for trouble in AT_TELEGRAM:
        sandbox.faults.sometimes("*", Fault(trouble), rate=rate)


@contextmanager
def hurried(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let no pause after a failure take long, and the seconds that Telegram asks for pass quickly."""
    wait = Pauses.wait

    async def briefly(pauses: Pauses, seconds: float) -> None:
        await wait(pauses, min(seconds, _LONGEST))

    def sleep(seconds: float) -> Awaitable[None]:
        return asyncio.sleep(seconds / _HURRY)

    with monkeypatch.context() as patch:
        patch.setattr(Pauses, "wait", briefly)
        patch.setattr(assembly, "OwnPace", partial(OwnPace, monotonic=lambda: time.monotonic() * _HURRY, sleep=sleep))
        yield
