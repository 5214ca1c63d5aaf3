"""`disposisi` as somebody types it, in an empty folder."""

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import logs
from bot.cli.main import main
from bot.clock import Clock
from bot.sandbox.server import Sandbox
from tests.bot.cli.command_line import TOKEN, Disposisi, Said


@pytest.fixture
def disposisi(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Disposisi:
    """Type `disposisi` with arguments, in an empty folder; the log of this process stays as it is."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(logs, "configure", lambda *_, **__: None)

    def command(*arguments: str) -> Said:
        with pytest.raises(SystemExit) as ending:
            main(arguments)
        said = capsys.readouterr()
        assert isinstance(ending.value.code, int)
        return Said(ending.value.code, said.out, said.err)

    return command


@pytest.fixture
def telegram(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    """A stand-in for Telegram on a thread of its own, and the settings that lead there.

    It tells the system's time, as Telegram does: `disposisi check` compares what it is told with its own clock.
    """
    loop, ready, over = asyncio.new_event_loop(), threading.Event(), asyncio.Event()
    made: list[tuple[Sandbox, str]] = []

    async def serve() -> None:
        sandbox = Sandbox(token=TOKEN, bot_username="disposisi_bot", clock=Clock().now)
        async with sandbox.serve() as address:
            made.append((sandbox, address.url))
            ready.set()
            await over.wait()

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()))
    thread.start()
    assert ready.wait(10)
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("TELEGRAM_BASE_URL", made[0][1])
    yield made[0][0]
    loop.call_soon_threadsafe(over.set)
    thread.join()
    loop.close()
