"""Inline queries at the stand-in: how long one waits, what is refused, what is sent of it."""

import pytest
from telegram import Bot, InlineQueryResultArticle, InlineQueryResultsButton, InputTextMessageContent
from telegram.error import BadRequest

from bot.sandbox.inline import MOST_RESULTS
from bot.sandbox.people import Person
from bot.sandbox.server import Sandbox


def article(name: str, text: str = "SW-2026-0001") -> InlineQueryResultArticle:
    return InlineQueryResultArticle(id=name, title="SW-2026-0001", input_message_content=InputTextMessageContent(text))


async def test_what_was_offered_is_posted_and_says_by_which_bot(bot: Bot, budi: Person) -> None:
    asked = budi.types("0001")
    (update,) = [one for one in await bot.get_updates() if one.inline_query is not None]
    assert update.inline_query is not None
    assert (update.inline_query.query, update.inline_query.from_user.id) == ("0001", budi.user_id)
    await bot.answer_inline_query(asked.query_id, [article("1")], cache_time=0, is_personal=True)
    assert (asked.titles, asked.said) == (["SW-2026-0001"], {"cache_time": 0, "is_personal": True})
    budi.posts(asked)
    posted = (await bot.get_updates(offset=update.update_id + 1))[-1].message
    assert posted is not None
    assert (posted.text, posted.via_bot) == ("SW-2026-0001", await bot.get_me())


async def test_a_second_answer_an_unknown_query_and_an_old_one_are_refused(bot: Bot, budi: Person) -> None:
    asked = budi.types("x")
    await bot.answer_inline_query(asked.query_id, [])
    for query_id in (asked.query_id, "1"):
        with pytest.raises(BadRequest, match=r"(?i)query is too old"):
            await bot.answer_inline_query(query_id, [])
    late = budi.types("x")
    late.asked -= 31
    with pytest.raises(BadRequest, match=r"(?i)query is too old"):
        await bot.answer_inline_query(late.query_id, [])


async def test_what_telegram_refuses_is_refused(bot: Bot, budi: Person) -> None:
    asked = budi.types("x")
    many = [article(str(one)) for one in range(MOST_RESULTS + 1)]
    for results, complaint in (
        ([article("1"), article("1")], "RESULT_ID_DUPLICATE"),
        ([article("x" * 65)], "RESULT_ID_INVALID"),
        ([article("1", "x" * 4097)], "MESSAGE_TOO_LONG"),
    ):
        with pytest.raises(BadRequest, match=rf"(?i){complaint}"):
            await bot.answer_inline_query(asked.query_id, results)
    with pytest.raises(BadRequest, match=r"(?i)results_too_much"):
        await bot.answer_inline_query(asked.query_id, many)
    with pytest.raises(BadRequest, match=r"(?i)start_param_invalid"):
        await bot.answer_inline_query(asked.query_id, [], button=InlineQueryResultsButton("x", start_parameter="a b"))


def test_a_client_cuts_long_queries(sandbox: Sandbox, budi: Person) -> None:
    assert sandbox.world.inline_queries == {}
    with pytest.raises(ValueError, match="256"):
        budi.types("x" * 257)
