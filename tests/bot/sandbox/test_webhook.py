"""The webhook of the stand-in: what was said arrives by POST, in order, and again until it was taken."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from telegram import Bot
from telegram.error import BadRequest, Conflict

from bot.sandbox.people import Person
from bot.sandbox.server import Sandbox, _listening, _QuietServer

SECRET = "a-secret_of-the-bot"


@dataclass
class Receiver:
    """A bot's end of the webhook: notes what comes, and answers as told."""

    url: str = ""
    updates: list[dict[str, Any]] = field(default_factory=list)
    secrets: list[str | None] = field(default_factory=list)
    answers: Callable[[dict[str, Any]], Response] = lambda _update: Response()
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    three: asyncio.Event = field(default_factory=asyncio.Event)
    at_once: int = 0
    most_at_once: int = 0

    async def receive(self, request: Request) -> Response:
        self.secrets.append(request.headers.get("x-telegram-bot-api-secret-token"))
        update = json.loads(await request.body())
        self.updates.append(update)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        if self.at_once == 3:
            self.three.set()
        await self.gate.wait()
        self.at_once -= 1
        return self.answers(update)

    @property
    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.updates if "message" in update]


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    receiver.gate.set()
    listener = _listening("127.0.0.1", 0)
    receiver.url = f"http://127.0.0.1:{listener.getsockname()[1]}/hook"
    server = _QuietServer(Starlette(routes=[Route("/hook", receiver.receive, methods=["POST"])]))
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    yield receiver
    receiver.gate.set()
    server.stop()
    await serving


@pytest.fixture
def pauses(sandbox: Sandbox) -> list[float]:
    """The pauses between attempts, noted instead of waited for."""
    pauses: list[float] = []

    async def note(seconds: float) -> None:
        pauses.append(seconds)
        await asyncio.sleep(0)

    sandbox.postman.sleep = note
    return pauses


def refusing(times: int, answer: Response) -> Callable[[dict[str, Any]], Response]:
    left = [times]

    def answers(_update: dict[str, Any]) -> Response:
        left[0] -= 1
        return answer if left[0] >= 0 else Response()

    return answers


async def test_what_is_said_arrives_in_its_order_with_the_secret(
    bot: Bot, sandbox: Sandbox, budi: Person, receiver: Receiver
) -> None:
    budi.says("sebelum")
    await bot.set_webhook(receiver.url, secret_token=SECRET)
    for word in ("satu", "dua", "tiga"):
        budi.says(word)
    await sandbox.drained()
    assert receiver.texts == ["sebelum", "satu", "dua", "tiga"]
    assert set(receiver.secrets) == {SECRET}
    info = await bot.get_webhook_info()
    assert (info.url, info.pending_update_count, info.last_error_message) == (receiver.url, 0, None)


async def test_what_is_not_taken_comes_again_after_longer_and_longer_pauses(
    bot: Bot, sandbox: Sandbox, budi: Person, receiver: Receiver, pauses: list[float]
) -> None:
    receiver.answers = refusing(4, Response(status_code=500))
    await bot.set_webhook(receiver.url)
    budi.says("satu")
    budi.says("dua")
    await sandbox.drained()
    assert receiver.texts == ["satu"] * 5 + ["dua"]
    assert pauses == [0, 2, 4, 8]
    assert [delivery.status for delivery in sandbox.postman.deliveries] == [500] * 4 + [200, 200]
    assert receiver.secrets[0] is None
    said = (await bot.get_webhook_info()).last_error_message
    assert said == "Wrong response from the webhook: 500 Internal Server Error"


async def test_a_bot_says_itself_when_to_come_again(
    bot: Bot, sandbox: Sandbox, budi: Person, receiver: Receiver, pauses: list[float]
) -> None:
    receiver.answers = refusing(2, Response(status_code=503, headers={"retry-after": "7"}))
    await bot.set_webhook(receiver.url)
    budi.says("satu")
    await sandbox.drained()
    assert pauses == [7, 7]


async def test_an_update_waits_for_a_bot_that_is_not_there(
    bot: Bot, sandbox: Sandbox, budi: Person, receiver: Receiver, pauses: list[float]
) -> None:
    nobody = _listening("127.0.0.1", 0)
    await bot.set_webhook(f"http://127.0.0.1:{nobody.getsockname()[1]}/hook")
    nobody.close()
    budi.says("satu")
    await sandbox.until(lambda: len(pauses) > 2)
    assert {delivery.status for delivery in sandbox.postman.deliveries} == {0}
    await bot.set_webhook(receiver.url)
    await sandbox.drained()
    assert receiver.texts == ["satu"]


async def test_chats_and_presses_come_side_by_side_but_no_more_than_allowed(
    bot: Bot, sandbox: Sandbox, receiver: Receiver
) -> None:
    people = [sandbox.person(2000 + number, f"Orang {number}", started=True) for number in range(5)]
    receiver.gate.clear()
    await bot.set_webhook(receiver.url, max_connections=3)
    for person in people:
        person.says("satu")
        person.says("dua")
    await bot.send_message(people[0].user_id, "?")
    people[0].forges("token")
    await asyncio.wait_for(receiver.three.wait(), 10)
    receiver.gate.set()
    await sandbox.drained()
    assert receiver.most_at_once == 3
    assert sorted(receiver.texts) == ["dua"] * 5 + ["satu"] * 5
    for person in people:
        own = [one for one in receiver.updates if one.get("message", {}).get("from", {}).get("id") == person.user_id]
        assert [one["message"]["text"] for one in own] == ["satu", "dua"]
    assert sum("callback_query" in one for one in receiver.updates) == 1


async def test_only_the_kinds_asked_for_are_carried(
    bot: Bot, sandbox: Sandbox, budi: Person, receiver: Receiver
) -> None:
    await bot.set_webhook(receiver.url, allowed_updates=["edited_message"])
    message = budi.says("halo")
    budi.edits(message, "halo semua")
    await sandbox.drained()
    assert [set(update) - {"update_id"} for update in receiver.updates] == [{"edited_message"}]
    info = await bot.get_webhook_info()
    assert info.allowed_updates == ("edited_message",)


async def test_a_webhook_ends_a_poll_that_waits_and_its_removal_lets_one_begin(
    bot: Bot, sandbox: Sandbox, budi: Person, receiver: Receiver
) -> None:
    polling = asyncio.create_task(bot.get_updates(timeout=30))
    await sandbox.until(lambda: sandbox._api.polling._turn > 0)
    await bot.set_webhook(receiver.url)
    with pytest.raises(Conflict, match="terminated by setWebhook"):
        await polling
    with pytest.raises(Conflict, match="webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
    budi.says("halo")
    assert len(await bot.get_updates()) == 1
    assert receiver.updates == []


async def test_what_waits_can_be_dropped_with_the_webhook(
    bot: Bot, sandbox: Sandbox, budi: Person, receiver: Receiver
) -> None:
    budi.says("lama")
    await bot.set_webhook(receiver.url, drop_pending_updates=True)
    budi.says("baru")
    await sandbox.drained()
    assert receiver.texts == ["baru"]


@pytest.mark.parametrize(
    ("url", "secret", "refusal"),
    [
        ("ftp://127.0.0.1/hook", None, "(?i)an https url must be provided"),
        ("https://example.org/hook", None, "nothing but this machine"),
        ("http://127.0.0.1:1/hook", "not allowed: ä", "unallowed characters"),
    ],
)
async def test_an_address_or_a_secret_that_cannot_be_is_refused(
    bot: Bot, url: str, secret: str | None, refusal: str
) -> None:
    with pytest.raises(BadRequest, match=refusal):
        await bot.set_webhook(url, secret_token=secret)
    assert (await bot.get_webhook_info()).url == ""


def of_kind(kind: str) -> Callable[[dict[str, Any]], Response]:
    """Return an answer that sends a message: as JSON, as a form, or in parts."""
    named = {"method": "sendMessage", "chat_id": "1001", "text": "Dijawab"}
    parts = "".join(
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in named.items()
    )
    body = {
        "application/json": json.dumps(named),
        "application/json; charset=utf-8": json.dumps(named),
        "application/x-www-form-urlencoded": urlencode(named),
        "multipart/form-data; boundary=x": f"{parts}--x--\r\n",
    }[kind]
    return lambda _update: Response(body, headers={"content-type": kind})


@pytest.mark.parametrize(
    "kind",
    [
        "application/json",
        "application/json; charset=utf-8",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
    ],
)
async def test_a_method_that_is_called_in_the_answer_is_carried_out(
    bot: Bot, sandbox: Sandbox, budi: Person, receiver: Receiver, kind: str
) -> None:
    receiver.answers = of_kind(kind)
    await bot.set_webhook(receiver.url)
    budi.says("halo")
    await sandbox.drained()
    assert budi.last.from_bot
    assert budi.last.words == "Dijawab"
    assert (sandbox.calls[-1].method, sandbox.calls[-1].error) == ("sendMessage", None)
    assert sandbox.world.complaints == []


@pytest.mark.parametrize("method", ["deleteWebhook", "SETWEBHOOK", "close", "logOut", "getMe", "getUpdates"])
async def test_what_changes_the_webhook_or_asks_is_not_carried_out_in_an_answer(
    bot: Bot, sandbox: Sandbox, budi: Person, receiver: Receiver, method: str
) -> None:
    receiver.answers = lambda _update: JSONResponse({"method": method, "url": ""})
    await bot.set_webhook(receiver.url)
    before = len(sandbox.calls)
    budi.says("halo")
    await sandbox.drained()
    assert len(sandbox.calls) == before
    assert (await bot.get_webhook_info()).url == receiver.url
    assert sandbox.world.complaints == []


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (JSONResponse({"method": "sendMessage", "chat_id": 1001}), "Bad Request: message text is empty"),
        (JSONResponse({"method": "sendMessage", "chat_id": 7, "text": "x"}), "Bad Request: chat not found"),
        (JSONResponse({"method": "sendDice", "chat_id": 1001}), None),
        (JSONResponse([]), None),
        (JSONResponse({"chat_id": 1001, "text": "x"}), None),
        (Response("method=sendMessage&chat_id=1001&text=x", media_type="text/plain"), None),
        (Response(status_code=204), None),
    ],
)
async def test_an_answer_that_calls_nothing_or_wrongly_takes_the_update_all_the_same(
    bot: Bot, sandbox: Sandbox, budi: Person, receiver: Receiver, answer: Response, error: str | None
) -> None:
    receiver.answers = lambda _update: answer
    await bot.set_webhook(receiver.url)
    before = len(sandbox.calls)
    budi.says("halo")
    await sandbox.drained()
    assert receiver.texts == ["halo"]
    assert not budi.last.from_bot
    assert [call.error for call in sandbox.calls[before:]] == ([error] if error else [])


async def test_an_answer_that_takes_nothing_calls_nothing(
    bot: Bot, sandbox: Sandbox, budi: Person, receiver: Receiver, pauses: list[float]
) -> None:
    called = {"method": "sendMessage", "chat_id": 1001, "text": "Dijawab"}
    receiver.answers = refusing(1, JSONResponse(called, status_code=500))
    await bot.set_webhook(receiver.url)
    budi.says("halo")
    await sandbox.drained()
    assert pauses == [0]
    assert not budi.last.from_bot
