"""The stand-in, and clients that nobody here wrote, each in a process of its own."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.sandbox.flood import Limits
from bot.sandbox.people import Person
from bot.sandbox.server import Address, Sandbox
from tests.foreign.places import CLIENTS, NO_CLIENTS, PYTHON, Running

TOKEN = "123456:a-token-for-tests"


@pytest.fixture(scope="session")
def foreign_python() -> Path:
    if not PYTHON.exists():
        assert "CI" not in os.environ, "the foreign clients are not installed"
        pytest.skip(NO_CLIENTS)
    return PYTHON


@pytest.fixture
def sandbox() -> Sandbox:
    at = datetime(2026, 3, 2, 0, 30, tzinfo=UTC)
    return Sandbox(token=TOKEN, bot_username="contoh_bot", clock=lambda: at, limits=Limits.off())


@pytest.fixture
async def address(sandbox: Sandbox) -> AsyncIterator[Address]:
    async with sandbox.serve() as address:
        yield address


@pytest.fixture
def budi(sandbox: Sandbox) -> Person:
    return sandbox.person(1001, "Budi Contoh", started=True)


@pytest.fixture
def running(address: Address, request: pytest.FixtureRequest, capfd: pytest.CaptureFixture[str]) -> Running:
    """Return what runs a client while a block lasts; what the client says is shown where the test fails."""

    @asynccontextmanager
    async def run(client: str, *arguments: str) -> AsyncIterator[None]:
        own = client == "with_updater"
        python = sys.executable if own else request.getfixturevalue("foreign_python")
        process = await asyncio.create_subprocess_exec(python, CLIENTS / f"{client}.py", address.url, TOKEN, *arguments)
        try:
            yield
            assert process.returncode is None, capfd.readouterr().err
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()

    return run
