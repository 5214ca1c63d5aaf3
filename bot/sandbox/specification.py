"""Which Bot API methods the stand-in serves, with which parameters of which type. Source: Bot API 10.1.

A line of the table reads `*name:kind`; the star marks what Telegram requires.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.sandbox.refusals import bad_request


class Kind(StrEnum):
    """The kinds of parameter value."""

    INTEGER = "integer"
    BOOLEAN = "boolean"
    STRING = "string"
    CHAT = "chat"
    OBJECT = "object"
    ARRAY = "array"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a method."""

    kind: Kind
    required: bool


_SENDING = (
    "business_connection_id:string *chat_id:chat message_thread_id:integer direct_messages_topic_id:integer "
    "disable_notification:boolean protect_content:boolean allow_paid_broadcast:boolean message_effect_id:string "
    "reply_parameters:object "
)
_ANSWERABLE = _SENDING + "suggested_post_parameters:object reply_markup:object "
_CAPTIONED = _ANSWERABLE + "caption:string parse_mode:string caption_entities:array "
_PICTURED = _CAPTIONED + "show_caption_above_media:boolean has_spoiler:boolean "
_EDITING = "business_connection_id:string chat_id:chat message_id:integer inline_message_id:string reply_markup:object "
_FROM = (
    "*chat_id:chat message_thread_id:integer direct_messages_topic_id:integer *from_chat_id:chat *message_id:integer "
)
_SCOPED = "scope:object language_code:string "

_TABLE = {
    "getMe": "",
    "getUpdates": "offset:integer limit:integer timeout:integer allowed_updates:array",
    "deleteWebhook": "drop_pending_updates:boolean",
    "setWebhook": "*url:string certificate:file ip_address:string max_connections:integer allowed_updates:array "
    "drop_pending_updates:boolean secret_token:string",
    "getWebhookInfo": "",
    "sendMessage": _ANSWERABLE + "*text:string parse_mode:string entities:array link_preview_options:object",
    "sendPhoto": _PICTURED + "*photo:file",
    "sendDocument": _CAPTIONED + "*document:file thumbnail:file disable_content_type_detection:boolean",
    "sendVideo": _PICTURED + "*video:file duration:integer width:integer height:integer thumbnail:file cover:file "
    "start_timestamp:integer supports_streaming:boolean",
    "sendVoice": _CAPTIONED + "*voice:file duration:integer",
    "sendAudio": _CAPTIONED + "*audio:file duration:integer performer:string title:string thumbnail:file",
    "sendVideoNote": _ANSWERABLE + "*video_note:file duration:integer length:integer thumbnail:file",
    "sendMediaGroup": _SENDING + "*media:array",
    "copyMessage": _FROM + "video_start_timestamp:integer caption:string parse_mode:string caption_entities:array "
    "show_caption_above_media:boolean disable_notification:boolean protect_content:boolean "
    "allow_paid_broadcast:boolean message_effect_id:string suggested_post_parameters:object "
    "reply_parameters:object reply_markup:object",
    "forwardMessage": _FROM + "video_start_timestamp:integer disable_notification:boolean protect_content:boolean "
    "message_effect_id:string suggested_post_parameters:object",
    "editMessageText": _EDITING + "text:string parse_mode:string entities:array link_preview_options:object "
    "rich_message:object",
    "editMessageCaption": _EDITING + "caption:string parse_mode:string caption_entities:array "
    "show_caption_above_media:boolean",
    "editMessageReplyMarkup": _EDITING,
    "deleteMessage": "*chat_id:chat *message_id:integer",
    "deleteMessages": "*chat_id:chat *message_ids:array",
    "pinChatMessage": "business_connection_id:string *chat_id:chat *message_id:integer disable_notification:boolean",
    "unpinChatMessage": "business_connection_id:string *chat_id:chat message_id:integer",
    "answerCallbackQuery": "*callback_query_id:string text:string show_alert:boolean url:string cache_time:integer",
    "answerInlineQuery": "*inline_query_id:string *results:array cache_time:integer is_personal:boolean "
    "next_offset:string button:object",
    "getFile": "*file_id:string",
    "getChat": "*chat_id:chat",
    "sendChatAction": "business_connection_id:string *chat_id:chat message_thread_id:integer *action:string",
    "setMyCommands": "*commands:array " + _SCOPED,
    "getMyCommands": _SCOPED,
    "deleteMyCommands": _SCOPED,
    "setMyName": "name:string language_code:string",
    "setMyDescription": "description:string language_code:string",
    "setMyShortDescription": "short_description:string language_code:string",
    "setChatMenuButton": "chat_id:integer menu_button:object",
}

_MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
    "video": "there is no video in the request",
    "voice": "there is no voice in the request",
    "audio": "there is no audio in the request",
    "video_note": "there is no video note in the request",
}


_ELEMENTS: Mapping[str, type] = {"message_ids": int, "allowed_updates": str}
"""What the arrays consist of that consist of no objects."""


def words(line: str) -> frozenset[str]:
    """Return the words of `line`, for the long lists of names the Bot API is made of."""
    return frozenset(line.split())


def _read(line: str) -> dict[str, Parameter]:
    parameters = {}
    for word in line.split():
        name, _, kind = word.partition(":")
        parameters[name.lstrip("*")] = Parameter(Kind(kind), required=name.startswith("*"))
    return parameters


METHODS: Mapping[str, Mapping[str, Parameter]] = {name: _read(line) for name, line in _TABLE.items()}
"""Parameters by method, all methods the stand-in serves."""


FORMER: Mapping[str, Mapping[str, Parameter]] = {
    "reply_parameters": _read("reply_to_message_id:integer allow_sending_without_reply:boolean"),
    "link_preview_options": _read("disable_web_page_preview:boolean"),
    "button": _read("switch_pm_text:string switch_pm_parameter:string"),
}
"""Parameters of before Bot API 7.0, by what took their place. Telegram's server honours them where that is missing."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with the request."""

    name: str
    mime: str
    content: bytes


def read_parameters(
    method: str, raw: Mapping[str, Any], uploads: Mapping[str, Upload]
) -> tuple[dict[str, Any], list[str]]:
    """Return the parameters with their proper types, and a complaint for each name Telegram would silently ignore.

    `raw` holds strings (forms) or JSON values. Raises `Refusal` for a missing parameter or a wrong type.
    """
    known = {**METHODS[method], **former(method)}
    complaints = [f"{method}: unknown parameter {name!r}" for name in raw if name not in known]
    values = {name: _typed(name, value, known[name].kind) for name, value in raw.items() if name in known}
    for name, parameter in known.items():
        if parameter.required and name not in values and name not in uploads:
            raise bad_request(_MISSING.get(name, f'parameter "{name}" is required'))
    files = {name: upload for name, upload in uploads.items() if name in known and known[name].kind is Kind.FILE}
    return _translated(values, METHODS[method]) | files, complaints


def former(method: str) -> dict[str, Parameter]:
    """Return the parameters of before Bot API 7.0 that a method takes."""
    return {name: one for new, old in FORMER.items() if new in METHODS[method] for name, one in old.items()}


def _translated(values: dict[str, Any], known: Mapping[str, Parameter]) -> dict[str, Any]:
    """Return the parameters without those of before Bot API 7.0: these stand in what took their place."""
    replied, alone = values.pop("reply_to_message_id", 0), values.pop("allow_sending_without_reply", False)
    plain = values.pop("disable_web_page_preview", None)
    if "reply_parameters" in known and "reply_parameters" not in values and replied > 0:
        values["reply_parameters"] = {"message_id": replied, "allow_sending_without_reply": alone}
    if "link_preview_options" in known and "link_preview_options" not in values and plain is not None:
        values["link_preview_options"] = {"is_disabled": plain}
    words, start = values.pop("switch_pm_text", None), values.pop("switch_pm_parameter", "")
    if "button" in known and "button" not in values and words is not None:
        values["button"] = {"text": words, "start_parameter": start}
    return values


def _typed(name: str, value: object, kind: Kind) -> object:
    fitting = False
    match kind:
        case Kind.STRING | Kind.FILE:
            fitting = isinstance(value, str)
        case Kind.INTEGER:
            value = _number(value)
            fitting = isinstance(value, int) and not isinstance(value, bool)
        case Kind.CHAT:
            value = value if isinstance(value, str) and value.startswith("@") else _number(value)
            fitting = isinstance(value, int | str) and not isinstance(value, bool)
        case Kind.BOOLEAN:
            value = {"true": True, "false": False, "1": True, "0": False}.get(str(value).lower())
            fitting = value is not None
        case Kind.OBJECT:
            value = _structure(name, value)
            fitting = isinstance(value, dict)
        case Kind.ARRAY:
            value = _structure(name, value)
            element = _ELEMENTS.get(name, dict)
            fitting = isinstance(value, list) and all(type(one) is element for one in value)
    if not fitting:
        raise bad_request(f'parameter "{name}" must be of type {kind.value}')
    return value


def _number(value: object) -> object:
    if isinstance(value, str):
        try:
            return int(value)
        except ValueError:
            return None
    return value


def _structure(name: str, value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        raise bad_request(f"can't parse {name} JSON object") from None
