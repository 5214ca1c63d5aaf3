"""Whatever comes as the body of a call, the stand-in answers it, and never with a fault of its own."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette

from bot.sandbox.bot_api import BotApi
from bot.sandbox.flood import FloodGate, Limits
from bot.sandbox.server import Sandbox
from bot.sandbox.specification import METHODS

TOKEN = "123456:a-token-for-tests"
BUDI = 1001
JSON_TYPE = "application/json"

scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from([BUDI, str(BUDI), 1, "1", "HTML", "MarkdownV2", "<b>x</b>", "attach://x", "*", 10**400])
)
KEYS = (
    "type url text callback_data inline_keyboard message_id offset length media caption emoji command description user"
)
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS.split()), inner, max_size=4),
    max_leaves=8,
)


@st.composite
def calls(draw: st.DrawFn) -> tuple[str, object]:
    """A method and the JSON of its body: mostly parameters that it knows, with whatever values."""
    method = draw(st.sampled_from(sorted(set(METHODS) - {"getUpdates"})))
    known: dict[str, Any] = {
        name: draw(anything) for name, parameter in METHODS[method].items() if parameter.required or draw(st.booleans())
    }
    if "chat_id" in known and draw(st.booleans()):
        known["chat_id"] = BUDI
    if "text" in known and draw(st.booleans()):
        known["text"] = "Halo"
    return method, draw(st.just(known) | anything)


def answered(method: str, body: bytes, kind: str = JSON_TYPE) -> httpx.Response:
    """Return the answer of a stand-in in which the bot has written one message to Budi. Its own faults are raised."""

    async def ask() -> httpx.Response:
        place = Sandbox(token=TOKEN, bot_username="disposisi_demo_bot", clock=lambda: datetime(2026, 3, 2, tzinfo=UTC))
        place.person(BUDI, "Budi Santoso", started=True)
        flood = FloodGate(Limits.off(), lambda: 0.0)
        api = BotApi(place.world, token=TOKEN, flood=flood, faults=place.faults, latency=place.latency)
        transport = httpx.ASGITransport(Starlette(routes=api.routes()))
        async with httpx.AsyncClient(transport=transport, base_url=f"http://127.0.0.1/bot{TOKEN}/") as client:
            await client.post("sendMessage", json={"chat_id": BUDI, "text": "Halo"})
            return await client.post(method, content=body, headers={"content-type": kind})

    return asyncio.run(ask())


@settings(derandomize=True, deadline=None, max_examples=400)
@given(calls())
def test_no_body_makes_a_fault(call: tuple[str, object]) -> None:
    method, body = call
    answer = answered(method, json.dumps(body).encode())
    assert answer.status_code < 500
    assert answer.json()["ok"] is (answer.status_code == 200)


@pytest.mark.parametrize(
    ("method", "parameters"),
    [
        ("deleteMessages", {"chat_id": BUDI, "message_ids": [[]]}),
        ("setMyCommands", {"commands": [None]}),
        ("setMyCommands", {"commands": [{"command": 5, "description": "x"}]}),
    ],
)
def test_an_element_of_a_wrong_kind_is_a_bad_request(method: str, parameters: dict[str, Any]) -> None:
    assert answered(method, json.dumps(parameters).encode()).status_code == 400


@pytest.mark.parametrize("method", ["sendMessage", "editMessageText", "answerCallbackQuery"])
@pytest.mark.parametrize(
    ("kind", "body"),
    [
        *((JSON_TYPE, body) for body in (b"null", b"[]", b"5", b'"x"', b"true", b"{", b"\xff", b"[" * 100_000)),
        (JSON_TYPE, b'{"chat_id": 1e999, "text": "x"}'),
        (JSON_TYPE, b'{"chat_id": NaN, "text": "x"}'),
        ("application/x-www-form-urlencoded", b"\xff\xfe"),
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n\xff\r\n--x--'),
    ],
)
def test_a_body_that_is_no_call_is_a_bad_request(method: str, kind: str, body: bytes) -> None:
    answer = answered(method, body, kind)
    assert (answer.status_code, answer.json()["ok"]) == (400, False)
