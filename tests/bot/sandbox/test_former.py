"""Parameters of before Bot API 7.0, which Telegram's server still honours, and an edit without a text."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from bot.sandbox.people import Person
from bot.sandbox.server import Address, Sandbox

TOKEN = "123456:a-token-for-tests"


async def call(address: Address, method: str, **parameters: Any) -> dict[str, Any]:
    async with httpx.AsyncClient(base_url=f"{address.base_url}{TOKEN}/", trust_env=False) as client:
        told: dict[str, Any] = (await client.post(method, json=parameters)).json()
        return told


@pytest.fixture
def photo(budi: Person) -> str:
    media = budi.sends_photo().media
    assert media is not None
    return media.file_id


async def test_a_message_replies_to_the_one_it_names(address: Address, sandbox: Sandbox, budi: Person) -> None:
    asked = budi.says("Halo")
    told = await call(address, "sendMessage", chat_id=1001, text="Ya", reply_to_message_id=asked.message_id)
    assert told["result"]["reply_to_message"]["message_id"] == asked.message_id
    assert budi.last.reply_to is asked
    assert sandbox.world.complaints == []


@pytest.mark.parametrize("method", ["sendPhoto", "copyMessage", "sendMediaGroup"])
async def test_everything_that_is_sent_may_reply_so(
    address: Address, sandbox: Sandbox, budi: Person, photo: str, method: str
) -> None:
    asked = budi.says("Halo")
    others: dict[str, dict[str, Any]] = {
        "sendPhoto": {"photo": photo},
        "copyMessage": {"from_chat_id": 1001, "message_id": asked.message_id},
        "sendMediaGroup": {"media": [{"type": "photo", "media": photo}] * 2},
    }
    assert (await call(address, method, chat_id=1001, reply_to_message_id=asked.message_id, **others[method]))["ok"]
    assert budi.last.reply_to is asked
    assert sandbox.world.complaints == []


async def test_a_message_that_is_not_there_is_refused_unless_it_may_be_missing(address: Address, budi: Person) -> None:
    refused = await call(address, "sendMessage", chat_id=1001, text="Ya", reply_to_message_id=999)
    assert refused["description"] == "Bad Request: message to be replied not found"
    lenient = {"reply_to_message_id": 999, "allow_sending_without_reply": True}
    assert (await call(address, "sendMessage", chat_id=1001, text="Ya", **lenient))["ok"]
    assert budi.last.reply_to is None


async def test_the_newer_parameter_counts_where_both_are_given(address: Address, budi: Person) -> None:
    first, second = budi.says("satu"), budi.says("dua")
    both = {"reply_to_message_id": first.message_id, "reply_parameters": {"message_id": second.message_id}}
    await call(address, "sendMessage", chat_id=1001, text="Ya", **both)
    assert budi.last.reply_to is second
    previews = {"disable_web_page_preview": True, "link_preview_options": {"url": "https://example.org"}}
    told = await call(address, "sendMessage", chat_id=1001, text="https://example.org", **previews)
    assert told["result"]["link_preview_options"] == {"url": "https://example.org"}


async def test_a_preview_is_switched_off_by_either_name(address: Address, sandbox: Sandbox, budi: Person) -> None:
    told = await call(address, "sendMessage", chat_id=1001, text="https://example.org", disable_web_page_preview=True)
    assert told["result"]["link_preview_options"] == {"is_disabled": True}
    number = told["result"]["message_id"]
    edit = {"chat_id": 1001, "message_id": number, "text": "https://example.com"}
    told = await call(address, "editMessageText", **edit, link_preview_options={"show_above_text": True})
    assert told["result"]["link_preview_options"] == {"show_above_text": True}
    assert budi.last.message_id == number
    assert sandbox.world.complaints == []


async def test_a_method_that_never_took_them_does_not_know_them(
    address: Address, sandbox: Sandbox, budi: Person
) -> None:
    message = budi.says("Halo")
    call_of = {"chat_id": 1001, "from_chat_id": 1001, "message_id": message.message_id, "reply_to_message_id": 1}
    assert (await call(address, "forwardMessage", **call_of))["ok"]
    assert sandbox.world.complaints == ["forwardMessage: unknown parameter 'reply_to_message_id'"]


async def test_an_edit_needs_a_text_only_where_it_has_no_rich_message(address: Address, budi: Person) -> None:
    number = (await call(address, "sendMessage", chat_id=1001, text="Halo"))["result"]["message_id"]
    edit = {"chat_id": 1001, "message_id": number}
    empty = await call(address, "editMessageText", **edit)
    assert empty["description"] == "Bad Request: message text is empty"
    rich = await call(address, "editMessageText", **edit, rich_message={"html": "<p>Halo</p>"})
    assert rich["description"] == "Bad Request: can't parse rich message: the stand-in draws none"
    assert budi.last.words == "Halo"


async def test_the_button_above_inline_results_is_known_by_its_former_names(address: Address, budi: Person) -> None:
    asked = budi.types("0147")
    former = {"switch_pm_text": "Buka bot", "switch_pm_parameter": "cari"}
    assert (await call(address, "answerInlineQuery", inline_query_id=asked.query_id, results=[], **former))["ok"]
    again, broken = budi.types("0148"), former | {"switch_pm_parameter": "a b"}
    told = await call(address, "answerInlineQuery", inline_query_id=again.query_id, results=[], **broken)
    assert "START_PARAM_INVALID" in told["description"]
