"""The stand-in against what python-telegram-bot declares of the Bot API: parameters, limits, rates."""

from __future__ import annotations

import inspect
import re
from datetime import timedelta

import pytest
from telegram import Bot, constants
from telegram.error import BadRequest

from bot.sandbox import editing, files, inline, keyboards, methods, polling, sending, webhook
from bot.sandbox.flood import Limits
from bot.sandbox.people import Person
from bot.sandbox.specification import METHODS, former

_OWN = {"self", "read_timeout", "write_timeout", "connect_timeout", "pool_timeout", "api_kwargs"}
_CONVENIENT = {"filename"} | {f"sendMediaGroup.{name}" for name in ("caption", "parse_mode", "caption_entities")}
_CONVENIENT |= {"answerInlineQuery.current_offset"}
"""Parameters that the library makes others of."""

_NEWER = {"editMessageText.rich_message"}
"""Parameters of Bot API 10.1, where the library has 10.0."""

_GIVEN_UP = {"answerInlineQuery.switch_pm_text", "answerInlineQuery.switch_pm_parameter"}
"""Former parameters that Telegram still honours, and the library offers no more."""


@pytest.mark.parametrize("method", METHODS)
def test_a_method_has_the_parameters_that_the_library_declares(method: str) -> None:
    snake = re.sub(r"(?<!^)(?=[A-Z])", "_", method).lower()
    declared = inspect.signature(getattr(Bot, snake)).parameters.keys() - _OWN
    declared = {name for name in declared if not _CONVENIENT & {name, f"{method}.{name}"}}
    passed_over = _NEWER | _GIVEN_UP
    known = {name for name in {**METHODS[method], **former(method)} if f"{method}.{name}" not in passed_over}
    assert known == declared


@pytest.mark.parametrize("method", sorted(set(METHODS) - {"editMessageText"}))
def test_a_method_requires_what_the_library_requires(method: str) -> None:
    snake = re.sub(r"(?<!^)(?=[A-Z])", "_", method).lower()
    declared = inspect.signature(getattr(Bot, snake)).parameters.items()
    required = {name for name, one in declared if one.default is inspect.Parameter.empty} - _OWN
    assert {name for name, one in METHODS[method].items() if one.required} == required


@pytest.mark.parametrize(
    ("known", "declared"),
    [
        (sending.TEXT_LIMIT, constants.MessageLimit.MAX_TEXT_LENGTH),
        (sending.CAPTION_LIMIT, constants.MessageLimit.CAPTION_LENGTH),
        (sending.SMALLEST_ALBUM, constants.MediaGroupLimit.MIN_MEDIA_LENGTH),
        (sending.LARGEST_ALBUM, constants.MediaGroupLimit.MAX_MEDIA_LENGTH),
        (editing.TOAST_LIMIT, constants.CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH),
        (editing.MOST_DELETED, constants.BulkRequestLimit.MAX_LIMIT),
        (keyboards.DATA_BYTES, constants.InlineKeyboardButtonLimit.MAX_CALLBACK_DATA),
        (keyboards.MOST_BUTTONS, constants.InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER),
        (inline.MOST_RESULTS, constants.InlineQueryLimit.RESULTS),
        (inline.QUERY_LIMIT, constants.InlineQueryLimit.MAX_QUERY_LENGTH),
        (inline.RESULT_ID_BYTES, constants.InlineQueryResultLimit.MAX_ID_LENGTH),
        (methods.MOST_COMMANDS, constants.BotCommandLimit.MAX_COMMAND_NUMBER),
        (methods.COMMAND_DESCRIPTION_LIMIT, constants.BotCommandLimit.MAX_DESCRIPTION),
        (methods.DESCRIPTION_LIMIT, constants.BotDescriptionLimit.MAX_DESCRIPTION_LENGTH),
        (methods.SHORT_DESCRIPTION_LIMIT, constants.BotDescriptionLimit.MAX_SHORT_DESCRIPTION_LENGTH),
        (methods.NAME_LIMIT, constants.BotNameLimit.MAX_NAME_LENGTH),
        (polling.BATCH, constants.PollingLimit.MAX_LIMIT),
        (webhook.MOST_CONNECTIONS, constants.WebhookLimit.MAX_CONNECTIONS_LIMIT),
        (Limits().chat_per_second, constants.FloodLimit.MESSAGES_PER_SECOND_PER_CHAT),
        (Limits().overall_per_second, constants.FloodLimit.MESSAGES_PER_SECOND),
        (Limits().group_per_minute, constants.FloodLimit.MESSAGES_PER_MINUTE_PER_GROUP),
        # The page of the Bot API says 20 MB; Telegram's server means 20 · 2²⁰ bytes.
        (files.DOWNLOAD_LIMIT // 2**20, constants.FileSizeLimit.FILESIZE_DOWNLOAD // 10**6),
        # Said of deleteMessage in the Bot API's page.
        (editing.DELETABLE_FOR, timedelta(hours=48)),
    ],
)
def test_a_limit_is_the_one_that_is_documented(known: object, declared: object) -> None:
    assert known == declared


async def test_no_more_messages_are_deleted_at_once_than_may_be(bot: Bot, budi: Person) -> None:
    message = await bot.send_message(budi.user_id, "Halo")
    for numbers in ([], [message.message_id] * (editing.MOST_DELETED + 1)):
        with pytest.raises(BadRequest, match=r"(?i)message identifiers"):
            await bot.delete_messages(budi.user_id, numbers)
    assert await bot.delete_messages(budi.user_id, [message.message_id] * editing.MOST_DELETED)
    assert not budi.sees("Halo")
