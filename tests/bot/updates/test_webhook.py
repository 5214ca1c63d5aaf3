"""The webhook at Telegram is set at the start, looked after, and set again when somebody takes it away."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Any

import pytest
from pydantic import SecretStr

from bot.clock import MovableClock
from bot.health import Vitals
from bot.loop.pauses import Pauses
from bot.metrics import Metrics
from bot.replicas.presence import Alone
from bot.sandbox.faults import Fault, Trouble
from bot.sandbox.flood import Limits
from bot.sandbox.server import Address, Sandbox
from bot.settings import Settings
from bot.stopped import TokenRejected
from bot.storage.database import Database
from bot.telegram.fate import LONGEST_SILENCE
from bot.telegram.line import Line
from bot.updates.polling import KINDS, Polling
from bot.updates.rivals import Rivals
from bot.updates.webhook import CONNECTIONS, LOOKED_EVERY, Webhook, WebhookKeeper
from models.mail.correspondence import Alert
from models.rules.rules import Rules
from tests.parts import line_to

TOKEN = "123456:a-token-of-thirty-characters-or-more"
SECRET = "a-secret_of-16-or-more"
NOWHERE = Webhook("http://127.0.0.1:9/telegram", SecretStr(SECRET))
"""A webhook that nobody answers."""


@pytest.fixture
def sandbox(clock: MovableClock) -> Sandbox:
    return Sandbox(token=TOKEN, bot_username="disposisi_demo_bot", clock=clock.now, limits=Limits.off())


@pytest.fixture
async def address(sandbox: Sandbox) -> AsyncIterator[Address]:
    async with sandbox.serve() as address:
        yield address


@pytest.fixture
async def line(address: Address) -> AsyncIterator[Line]:
    async with line_to(address.url, token=TOKEN) as line:
        yield line


@pytest.fixture
def vitals(database: Database, clock: MovableClock, rules: Rules) -> Vitals:
    return Vitals(database=database, presence=Alone(), clock=clock, metrics=Metrics(), rules=rules)


def rivals_of(line: Line, alerts: list[tuple[Alert, str]], hindered: Callable[[str], None]) -> Rivals:
    """Return what meets other programs, and notes in `alerts` what the admins would be told."""

    async def tell(word: Alert, host: str) -> None:
        alerts.append((word, host))

    return Rivals(bot=line, tell=tell, hindered=hindered)


class Keeping:
    """A keeper that runs. `pauses` are the seconds of its pauses, which end when a test says so."""

    def __init__(self, line: Line, vitals: Vitals, clock: MovableClock) -> None:
        self.pauses: list[float] = []
        self._turn = asyncio.Semaphore(0)
        self._resting = asyncio.Event()
        self.alerts: list[tuple[Alert, str]] = []
        self._keeper = WebhookKeeper(
            bot=line,
            webhook=NOWHERE,
            vitals=vitals,
            rivals=rivals_of(line, self.alerts, vitals.called),
            clock=clock,
            sleep=self._rest,
        )
        self.task = asyncio.create_task(self._keeper.run())

    async def _rest(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self._resting.set()
        await self._turn.acquire()

    async def rests(self) -> None:
        """Wait until it has done what it had to do and pauses."""
        await asyncio.wait_for(self._resting.wait(), 10)

    async def looks_again(self) -> None:
        self._resting.clear()
        self._turn.release()
        await self.rests()


@pytest.fixture
async def keeper(line: Line, vitals: Vitals, clock: MovableClock) -> AsyncIterator[Callable[[], Keeping]]:
    made: list[Keeping] = []

    def make() -> Keeping:
        made.append(Keeping(line, vitals, clock))
        return made[-1]

    yield make
    for one in made:
        one.task.cancel()
    await asyncio.gather(*(one.task for one in made), return_exceptions=True)


def calls(sandbox: Sandbox, method: str) -> list[dict[str, Any]]:
    return [call.params for call in sandbox.calls if call.method == method]


async def intake(vitals: Vitals) -> tuple[bool, str]:
    report = await vitals.report()
    return next((check.ok, check.reason) for check in report.checks if check.name == "intake")


def test_it_is_what_the_settings_say() -> None:
    settings = Settings.load(None, webhook_url="https://bot.example.go.id/a/b", webhook_secret=SECRET)
    webhook = Webhook.of(settings)
    assert webhook is not None
    assert webhook.path == "/a/b"
    assert SECRET not in repr(webhook)
    assert Webhook.of(Settings.load(None)) is None


async def test_it_is_set_with_its_secret_and_what_waits_stays(
    sandbox: Sandbox, keeper: Callable[[], Keeping], vitals: Vitals
) -> None:
    sandbox.person(1001, "Budi", started=True).says("sebelum")
    await keeper().rests()
    assert sandbox.world.webhook is not None
    assert sandbox.world.webhook.url == NOWHERE.url
    assert sandbox.world.webhook.secret == SECRET
    assert sandbox.world.webhook.connections == CONNECTIONS
    assert sandbox.world.allowed_updates == list(KINDS)
    assert len(sandbox.world.updates) == 1
    assert await intake(vitals) == (True, "Telegram last answered 0 s ago")


async def test_one_that_stands_as_it_should_is_left_alone(sandbox: Sandbox, keeper: Callable[[], Keeping]) -> None:
    keeping = keeper()
    await keeping.rests()
    await keeping.looks_again()
    assert len(calls(sandbox, "setWebhook")) == 1
    assert keeping.pauses == [LOOKED_EVERY.total_seconds()] * 2


@pytest.mark.parametrize("taken", ["deleteWebhook", "another"])
async def test_one_that_was_taken_away_is_set_again(
    sandbox: Sandbox, line: Line, keeper: Callable[[], Keeping], caplog: pytest.LogCaptureFixture, taken: str
) -> None:
    keeping = keeper()
    await keeping.rests()
    if taken == "another":
        await line.set_webhook("http://127.0.0.1:10/other")
    else:
        await line.delete_webhook()
    await keeping.looks_again()
    assert sandbox.world.webhook is not None
    assert sandbox.world.webhook.url == NOWHERE.url
    assert "Who else uses this token?" in caplog.text


async def test_another_programs_webhook_is_replaced_once_and_then_only_told(
    sandbox: Sandbox, line: Line, keeper: Callable[[], Keeping], vitals: Vitals, caplog: pytest.LogCaptureFixture
) -> None:
    keeping = keeper()
    await keeping.rests()
    for _ in range(3):
        await line.set_webhook("http://localhost:10/a-path-that-is-a-secret")
        await keeping.looks_again()
    assert sandbox.world.webhook is not None
    assert sandbox.world.webhook.url.startswith("http://localhost:10/"), "a second owner is not fought"
    assert keeping.alerts == [
        *(
            (Alert.WEBHOOK_TAKEN_AWAY, "localhost"),
            (Alert.WEBHOOK_STAYS, "localhost"),
            (Alert.WEBHOOK_STAYS, "localhost"),
        )
    ]
    ok, reason = await intake(vitals)
    assert not ok
    assert reason.startswith("another program has set its webhook at localhost again")
    await line.delete_webhook()
    await keeping.looks_again()
    assert sandbox.world.webhook.url == NOWHERE.url, "once the other is gone, it is set again"
    assert (await intake(vitals))[0]
    assert "a-path-that-is-a-secret" not in caplog.text


async def test_after_a_restart_it_is_set_anew_because_its_secret_may_have_changed(
    sandbox: Sandbox, line: Line, keeper: Callable[[], Keeping]
) -> None:
    await line.set_webhook(NOWHERE.url, secret_token="an-older-secret_of-ours", allowed_updates=KINDS)
    await keeper().rests()
    assert sandbox.world.webhook is not None
    assert sandbox.world.webhook.secret == SECRET


async def test_a_telegram_in_trouble_is_asked_again(
    sandbox: Sandbox, keeper: Callable[[], Keeping], vitals: Vitals
) -> None:
    sandbox.faults.next("setWebhook", Fault(Trouble.TOO_MANY_REQUESTS, 7), Fault(Trouble.TOO_MANY_REQUESTS, 3600))
    keeping = keeper()
    await keeping.rests()
    ok, reason = await intake(vitals)
    assert not ok
    assert reason.startswith("the webhook is not set: Flood control exceeded")
    await keeping.looks_again()
    await keeping.looks_again()
    assert keeping.pauses == [7, LONGEST_SILENCE, LOOKED_EVERY.total_seconds()]
    assert (await intake(vitals))[0]


async def test_what_does_not_come_through_is_told_until_it_does(
    sandbox: Sandbox, keeper: Callable[[], Keeping], vitals: Vitals, clock: MovableClock
) -> None:
    keeping = keeper()
    await keeping.rests()
    sandbox.person(1001, "Budi", started=True).says("Rahasia jabatan")
    await sandbox.until(lambda: len(sandbox.postman.deliveries) > 0)
    await keeping.looks_again()
    assert await intake(vitals) == (False, "1 updates wait at Telegram: Connection refused")
    sandbox.world.updates.clear()
    await keeping.looks_again()
    assert (await intake(vitals))[0]
    assert sandbox.world.webhook is not None
    sandbox.world.webhook.failed_at = int(clock.now().timestamp())
    clock.advance(timedelta(hours=1))
    await keeping.looks_again()
    assert (await intake(vitals))[0]


async def test_a_token_that_telegram_refuses_ends_it(
    sandbox: Sandbox, line: Line, vitals: Vitals, clock: MovableClock
) -> None:
    sandbox._api._token = "123456:another-token-of-thirty-characters"
    rivals = rivals_of(line, [], vitals.called)
    with pytest.raises(TokenRejected) as caught:
        await WebhookKeeper(bot=line, webhook=NOWHERE, vitals=vitals, rivals=rivals, clock=clock).run()
    assert TOKEN not in str(caught.value)


async def test_whoever_fetches_updates_takes_the_webhook_away_and_loses_nothing(
    sandbox: Sandbox, line: Line, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot")
    await line.set_webhook(NOWHERE.url)
    sandbox.person(1001, "Budi", started=True).says("Halo")
    stored: list[Any] = []
    came = asyncio.Event()

    async def store(batch: Any) -> None:  # noqa: ANN401 - a batch as Telegram wrote it
        stored.extend(batch)
        came.set()

    fetching = Polling(
        line=line,
        store=store,
        patience=timedelta(seconds=1),
        pauses=Pauses(),
        heard=lambda: None,
        rivals=rivals_of(line, [], lambda _: None),
        metrics=Metrics(),
    )
    polling = asyncio.create_task(fetching.run())
    await asyncio.wait_for(came.wait(), 10)
    polling.cancel()
    await asyncio.gather(polling, return_exceptions=True)
    assert sandbox.world.webhook is None
    assert [one["message"]["text"] for one in stored] == ["Halo"]
    assert "the webhook that was set at Telegram, at 127.0.0.1, was taken away" in caplog.text
    assert NOWHERE.url not in caplog.text
