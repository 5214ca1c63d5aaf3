"""The stand-in on a loopback port, and the real python-telegram-bot talking to it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.sandbox.flood import Limits
from bot.sandbox.people import Person
from bot.sandbox.server import Address, Sandbox

TOKEN = "123456:a-token-for-tests"


@dataclass
class Time:
    """Both clocks of the stand-in, moved by hand."""

    shown: datetime = field(default_factory=lambda: datetime(2026, 3, 2, 0, 30, tzinfo=UTC))
    passed: float = 1000.0

    def passes(self, span: timedelta) -> None:
        self.shown += span
        self.passed += span.total_seconds()

    def is_moved(self, span: timedelta) -> None:
        """Move only what people see, as the clock buttons of the page do."""
        self.shown += span


@pytest.fixture(autouse=True)
def _durations_as_timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    """Choose the library's future type of `retry_after`; without it, reading one is a warning, hence an error."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def limits() -> Limits:
    return Limits.off()


@pytest.fixture
def sandbox(time: Time, limits: Limits) -> Sandbox:
    return Sandbox(
        token=TOKEN,
        bot_username="disposisi_demo_bot",
        clock=lambda: time.shown,
        monotonic=lambda: time.passed,
        limits=limits,
    )


@pytest.fixture
async def address(sandbox: Sandbox) -> AsyncIterator[Address]:
    async with sandbox.serve() as address:
        yield address


@pytest.fixture
async def bot(address: Address) -> AsyncIterator[Bot]:
    request = HTTPXRequest(connection_pool_size=4, read_timeout=2)
    polling = HTTPXRequest(connection_pool_size=4)
    bot = Bot(
        TOKEN,
        base_url=address.base_url,
        base_file_url=address.base_file_url,
        request=request,
        get_updates_request=polling,
    )
    async with bot:
        yield bot


@pytest.fixture
def budi(sandbox: Sandbox) -> Person:
    return sandbox.person(1001, "Budi Santoso", started=True)
