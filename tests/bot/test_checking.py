"""What `disposisi check` says about how updates come in."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.cli import main
from bot.clock import Clock
from bot.sandbox import Sandbox
from bot.sandbox.webhook import Webhook

TOKEN = "1234567890:AACommandLineHasNoSecretAtAll-0000000"
SECRET = "a-secret_of-16-or-more"
URL = "https://127.0.0.1:8443/telegram"

Check = Callable[[], tuple[int, str]]


@pytest.fixture
def check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Check:
    """Type `disposisi check` in an empty folder; returns how it ended and what it said."""
    monkeypatch.chdir(tmp_path)

    def command() -> tuple[int, str]:
        with pytest.raises(SystemExit) as ending:
            main(["check"])
        said = capsys.readouterr()
        assert isinstance(ending.value.code, int)
        return ending.value.code, said.out + said.err

    return command


@pytest.fixture
def sandbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    """A stand-in for Telegram on a thread of its own, and the settings that lead there.

    It tells the system's time, as Telegram does: the command compares what it is told with its own clock.
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


@pytest.fixture
def _hooked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBHOOK_URL", URL)
    monkeypatch.setenv("WEBHOOK_SECRET", SECRET)


@pytest.mark.usefixtures("sandbox")
def test_whoever_sets_nothing_fetches_updates(check: Check) -> None:
    code, said = check()
    assert code == 0, said
    assert "the bot fetches them from Telegram\n" in said
    assert "there is none, and none is wanted" in said


def test_a_webhook_left_behind_is_told(check: Check, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEB_LISTEN", "127.0.0.1:9000")
    sandbox.world.webhook = Webhook.checked(URL, secret="", connections=1)
    code, said = check()
    assert code == 0, said
    assert "it listens on 127.0.0.1:9000" in said
    assert f"there is one at Telegram, {URL}; `disposisi run` takes it away" in said


@pytest.mark.usefixtures("sandbox", "_hooked")
def test_a_webhook_that_is_not_set_yet_is_no_fault(check: Check) -> None:
    code, said = check()
    assert code == 0, said
    assert f"Telegram sends them to {URL}; it listens on 127.0.0.1:8080" in said
    assert "Telegram has none; `disposisi run` sets it" in said
    assert SECRET not in said


@pytest.mark.usefixtures("_hooked")
def test_what_does_not_come_through_is_a_fault_with_its_remedy(check: Check, sandbox: Sandbox) -> None:
    webhook = sandbox.world.webhook = Webhook.checked(URL, secret=SECRET, connections=1)
    code, said = check()
    assert code == 0, said
    assert "Telegram has it, and 0 updates wait" in said

    webhook.failure, webhook.failed_at = "Connection refused", int(Clock().now().timestamp())
    sandbox.world.updates.put("message", {"chat": {"id": 1}}, at=sandbox.world.monotonic())
    code, said = check()
    assert code == 1
    assert "1 updates wait at Telegram: Connection refused. The address must lead to WEB_LISTEN" in said


def test_a_webhook_without_its_secret_is_a_fault(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBHOOK_URL", URL)
    code, said = check()
    assert code == 1
    assert "WEBHOOK_SECRET: it is needed with WEBHOOK_URL" in said
