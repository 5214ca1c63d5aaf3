"""What `disposisi check` says about how updates come in."""

import pytest

from bot.clock import Clock
from bot.sandbox.server import Sandbox
from bot.sandbox.webhook import Webhook
from tests.bot.cli.command_line import Disposisi

SECRET = "a-secret_of-16-or-more"
URL = "https://127.0.0.1:8443/telegram"


@pytest.fixture
def _hooked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBHOOK_URL", URL)
    monkeypatch.setenv("WEBHOOK_SECRET", SECRET)


@pytest.mark.usefixtures("telegram")
def test_whoever_sets_nothing_fetches_updates(disposisi: Disposisi) -> None:
    said = disposisi("check")
    assert said.code == 0, said.out
    assert "the bot fetches them from Telegram\n" in said.out
    assert "there is none, and none is wanted" in said


def test_a_webhook_left_behind_is_told(
    disposisi: Disposisi, telegram: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WEB_LISTEN", "127.0.0.1:9000")
    telegram.world.webhook = Webhook.checked(URL, secret="", connections=1)
    said = disposisi("check")
    assert said.code == 0, said.out
    assert "it listens on 127.0.0.1:9000" in said
    assert "there is one at Telegram, at 127.0.0.1; `disposisi run` takes it away" in said
    assert URL not in said


@pytest.mark.usefixtures("telegram", "_hooked")
def test_a_webhook_that_is_not_set_yet_is_no_fault(disposisi: Disposisi) -> None:
    said = disposisi("check")
    assert said.code == 0, said.out
    assert f"Telegram sends them to {URL}; it listens on 127.0.0.1:8080" in said
    assert "Telegram has none; `disposisi run` sets it" in said
    assert SECRET not in said


@pytest.mark.usefixtures("_hooked")
def test_what_does_not_come_through_is_a_fault_with_its_remedy(disposisi: Disposisi, telegram: Sandbox) -> None:
    webhook = telegram.world.webhook = Webhook.checked(URL, secret=SECRET, connections=1)
    said = disposisi("check")
    assert said.code == 0, said.out
    assert "Telegram has it, and 0 updates wait" in said

    webhook.failure, webhook.failed_at = "Connection refused", int(Clock().now().timestamp())
    telegram.world.updates.put("message", {"chat": {"id": 1}}, at=telegram.world.monotonic())
    said = disposisi("check")
    assert said.code == 1
    assert "1 updates wait at Telegram: Connection refused. The address must lead to WEB_LISTEN" in said


def test_a_webhook_without_its_secret_is_a_fault(disposisi: Disposisi, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBHOOK_URL", URL)
    said = disposisi("check")
    assert said.code == 1
    assert "WEBHOOK_SECRET: it is needed with WEBHOOK_URL" in said
