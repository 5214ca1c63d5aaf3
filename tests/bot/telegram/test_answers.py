"""Answers nobody expects: each is read as far as it is used, or told as a sentence."""

import json
from typing import Any

import pytest
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.telegram.fate import Fate, fate_of, retry_after
from bot.telegram.line import Line
from tests.bot.telegram.test_line import TOKEN, refused, serving
from tests.parts import line_to


def answer(body: object, status: str = "200 OK") -> bytes:
    written = body if isinstance(body, bytes) else json.dumps(body).encode()
    return f"HTTP/1.1 {status}\r\ncontent-length: {len(written)}\r\nconnection: close\r\n\r\n".encode() + written


def result(told: object) -> bytes:
    return answer({"ok": True, "result": told})


async def called(told: bytes, call: str) -> tuple[Any, Line]:
    """Return what `call` of a line answers to a server that tells this."""
    async with serving(told) as port:
        line = line_to(f"http://127.0.0.1:{port}", token=TOKEN)
        async with line._request[0], line._request[1]:
            return await getattr(line, call)(**({"offset": None, "kinds": []} if call == "raw_updates" else {})), line


@pytest.mark.parametrize(
    "told",
    [
        {"id": 666, "username": "contoh_bot"},
        {"id": 666, "username": "contoh_bot", "first_name": None, "is_bot": "ya"},
        {"id": 666, "username": "contoh_bot", "first_name": "Contoh", "can_join_groups": {}},
    ],
)
async def test_a_bot_is_known_by_its_number_and_username_alone(told: object) -> None:
    _, line = await called(result(told), "get_me")
    assert (line.account.id, line.account.username) == (666, "contoh_bot")


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({}, "an account without a number"),
        (None, "an account without a number"),
        ([], "an account without a number"),
        ({"id": "666", "username": "contoh_bot"}, "an account without a number"),
        ({"id": True, "username": "contoh_bot"}, "an account without a number"),
        ({"id": 666, "first_name": "Contoh"}, "a bot without a username"),
        ({"id": 666, "username": 5}, "a bot without a username"),
    ],
)
async def test_an_account_that_is_none_is_a_sentence(
    told: object, words: str, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(NetworkError, match=words):
        await called(result(told), "get_me")
    assert (
        f"answers with “{words}”, which is not Telegram's answer. Check the network and TELEGRAM_BASE_URL."
        in caplog.text
    )


@pytest.mark.parametrize("told", [None, {}, True, 5, "x"])
async def test_updates_that_are_no_list_are_trouble(told: object) -> None:
    with pytest.raises(NetworkError, match="updates that are no list"):
        await called(result(told), "raw_updates")


async def test_a_batch_is_handed_on_as_it_is_whatever_is_in_it() -> None:
    batch = [{"update_id": 5}, 7, None, {"update_id": "x", "message": {"chat": []}}]
    assert (await called(result(batch), "raw_updates"))[0] == batch


@pytest.mark.parametrize(
    ("told", "url", "waiting"),
    [
        ({}, "", 0),
        ({"url": None, "pending_update_count": "9"}, "", 0),
        ({"url": "https://x.example", "pending_update_count": 9, "last_error_date": "x"}, "https://x.example", 9),
        ({"url": "https://x.example", "last_error_date": 10**18, "allowed_updates": [5]}, "https://x.example", 0),
    ],
)
async def test_a_webhook_is_read_as_far_as_it_can_be(told: object, url: str, waiting: int) -> None:
    info, _ = await called(result(told), "get_webhook_info")
    assert (info.url, info.pending_update_count, info.last_error_date) == (url, waiting, None)
    assert info.allowed_updates == ()


async def test_a_webhook_in_trouble_is_read_with_its_reason() -> None:
    told = {"url": "https://x.example", "last_error_date": 1774830600, "last_error_message": None}
    info, _ = await called(result(told), "get_webhook_info")
    assert info.last_error_date is not None
    assert info.last_error_message == ""


async def test_a_webhook_that_is_no_object_is_trouble() -> None:
    with pytest.raises(NetworkError, match="a webhook that is no object"):
        await called(result([]), "get_webhook_info")


@pytest.mark.parametrize("body", [{}, [], None, 5, "x", {"ok": True}, {"error": "forbidden"}, b"[" * 100_000])
async def test_json_that_is_no_answer_is_taken_for_none(body: object, caplog: pytest.LogCaptureFixture) -> None:
    async with serving(answer(body)) as port:
        error = await refused(f"http://127.0.0.1:{port}")
    assert fate_of(error) is Fate.UNKNOWN
    assert "answers with “no JSON of the Bot API”, which is not Telegram's answer" in caplog.messages[-1]


async def test_json_of_a_firewall_makes_nobody_unreachable() -> None:
    async with serving(answer({"message": "Forbidden"}, "403 Forbidden")) as port:
        error = await refused(f"http://127.0.0.1:{port}")
    assert type(error) is NetworkError
    assert fate_of(error) is Fate.NOT_SENT


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ({"ok": False}, BadRequest),
        ({"ok": False, "error_code": "403"}, BadRequest),
        ({"ok": False, "error_code": 200, "description": "Bad Request: chat not found"}, BadRequest),
        ({"ok": False, "error_code": 403, "description": "Forbidden: bot was blocked by the user"}, Forbidden),
        ({"ok": False, "error_code": 429, "parameters": {"retry_after": 7}}, RetryAfter),
        ({"ok": False, "error_code": 503, "description": {"en": "busy"}}, NetworkError),
    ],
)
async def test_a_refusal_with_a_good_status_is_a_refusal(body: object, kind: type[TelegramError]) -> None:
    async with serving(answer(body)) as port:
        assert type(await refused(f"http://127.0.0.1:{port}")) is kind


@pytest.mark.parametrize(
    "parameters", [[1], 5, {"retry_after": "lama"}, {"retry_after": -5}, {"migrate_to_chat_id": "x"}]
)
async def test_parameters_that_mean_nothing_change_nothing(parameters: object) -> None:
    body = {"ok": False, "error_code": 400, "description": "Bad Request: x", "parameters": parameters}
    async with serving(answer(body, "400 Bad Request")) as port:
        error = await refused(f"http://127.0.0.1:{port}")
    assert type(error) is BadRequest
    assert fate_of(error) is Fate.REFUSED


@pytest.mark.parametrize(
    ("named", "kept"),
    [
        (7, 7),
        ("30", 30),
        (1.5, 2),
        (10**30, 86_400),
        (10**400, 86_400),
        ("1e99", 86_400),
        *((nothing, 5) for nothing in (0, -5, "lama", "nan", None, True, [7])),
    ],
)
async def test_a_429_is_one_whatever_it_names(named: object, kept: int) -> None:
    body = {"ok": False, "error_code": 429, "description": "Too Many Requests", "parameters": {"retry_after": named}}
    async with serving(answer(body, "429 Too Many Requests")) as port:
        error = await refused(f"http://127.0.0.1:{port}")
    assert isinstance(error, RetryAfter)
    assert retry_after(error) == kept


async def test_a_429_without_parameters_is_one() -> None:
    body = {"ok": False, "error_code": 429, "description": "Too Many Requests"}
    async with serving(answer(body, "429 Too Many Requests")) as port:
        assert fate_of(await refused(f"http://127.0.0.1:{port}")) is Fate.LIMITED
