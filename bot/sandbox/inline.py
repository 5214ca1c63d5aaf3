"""Inline queries: what a person types behind the bot's name in any chat, and what the bot offers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bot.sandbox.chats import Account, InlineQuery
from bot.sandbox.entities import utf16_length
from bot.sandbox.refusals import bad_request
from bot.sandbox.updates import INLINE_RETENTION
from bot.sandbox.wire import user_json

if TYPE_CHECKING:
    from bot.sandbox.sending import Request
    from bot.sandbox.world import World

MOST_RESULTS = 50
QUERY_LIMIT = 256
RESULT_ID_BYTES = 64
_TEXT_LIMIT = 4096
_START = re.compile(r"[A-Za-z0-9_-]{1,64}")


def asks(world: World, person: Account, query: str, *, chat_type: str) -> InlineQuery:
    """Let a person type behind the bot's name. `chat_type` is that of the chat in which they do."""
    if utf16_length(query) > QUERY_LIMIT:
        raise ValueError(f"clients cut inline queries at {QUERY_LIMIT} characters")
    asked = InlineQuery(world.next_query_id(), person, query, world.monotonic())
    world.inline_queries[asked.query_id] = asked
    payload = {
        "id": asked.query_id,
        "from": user_json(person),
        "query": query,
        "offset": "",
        "chat_type": chat_type,
    }
    world.updates.put("inline_query", payload, at=asked.asked)
    return asked


async def answered(world: World, asked: InlineQuery, *, within: float) -> InlineQuery:
    """Wait for the answer; AssertionError with the chats after `within` seconds."""
    why = f"No answer to the inline query “{asked.query}”"
    await world.until(lambda: asked.results is not None, within=within, why=why)
    return asked


def answer_query(world: World, request: Request) -> bool:
    """`answerInlineQuery`: articles with plain text; refuses what Telegram refuses."""
    asked = world.inline_queries.get(request["inline_query_id"])
    if asked is None or asked.results is not None or world.monotonic() - asked.asked > INLINE_RETENTION:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    results = request["results"]
    if len(results) > MOST_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    for one in results:
        _check(one)
    if len({one["id"] for one in results}) < len(results):
        raise bad_request("RESULT_ID_DUPLICATE")
    button = request.get("button")
    if button is not None and not _START.fullmatch(str(button.get("start_parameter", ""))):
        raise bad_request("START_PARAM_INVALID")
    given = {name: request.get(name) for name in _SAID}
    asked.results, asked.said = results, {name: one for name, one in given.items() if one is not None}
    world.changed()
    return True


_SAID = ("cache_time", "is_personal", "next_offset", "button")


def _check(result: dict[str, Any]) -> None:
    if result.get("type") != "article":
        raise bad_request("can't parse inline query result: the stand-in knows articles alone")
    if not 1 <= len(str(result.get("id", "")).encode()) <= RESULT_ID_BYTES:
        raise bad_request("RESULT_ID_INVALID")
    if not result.get("title"):
        raise bad_request('can\'t parse inline query result: field "title" must be of type String')
    content = result.get("input_message_content")
    if not isinstance(content, dict) or not content.get("message_text"):
        raise bad_request("MESSAGE_TEXT_EMPTY")
    if utf16_length(content["message_text"]) > _TEXT_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    if content.get("parse_mode"):
        raise bad_request("can't parse entities: the stand-in takes plain text in inline results")
