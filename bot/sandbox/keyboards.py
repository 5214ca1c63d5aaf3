"""Inline keyboards: what Telegram accepts, and the buttons it makes of them."""

from __future__ import annotations

import re

from bot.sandbox.chats import Button, Json
from bot.sandbox.refusals import bad_request

MOST_BUTTONS = 100
"""Buttons one message may carry."""

DATA_BYTES = 64
"""Bytes of callback data one button may carry."""

_ACTIONS = frozenset(
    {
        "url",
        "callback_data",
        "web_app",
        "login_url",
        "switch_inline_query",
        "switch_inline_query_current_chat",
        "switch_inline_query_chosen_chat",
        "copy_text",
        "callback_game",
        "pay",
    }
)
_FIELDS = _ACTIONS | {"text", "style", "icon_custom_emoji_id"}
_STYLES = frozenset({"primary", "success", "danger"})
_OTHER_MARKUP = {
    "keyboard": {
        "keyboard",
        "is_persistent",
        "resize_keyboard",
        "one_time_keyboard",
        "input_field_placeholder",
        "selective",
    },
    "remove_keyboard": {"remove_keyboard", "selective"},
    "force_reply": {"force_reply", "input_field_placeholder", "selective"},
}


def read_markup(markup: Json | None, complaints: list[str]) -> tuple[list[list[Button]], Json | None]:
    """Return the inline buttons and, for any other kind of reply markup, the markup itself."""
    if not markup:
        return [], None
    if "inline_keyboard" in markup:
        complaints.extend(f"reply_markup: unknown field {name!r}" for name in markup if name != "inline_keyboard")
        return _inline(markup["inline_keyboard"], complaints), None
    for kind, fields in _OTHER_MARKUP.items():
        if kind in markup:
            complaints.extend(f"reply_markup: unknown field {name!r}" for name in markup if name not in fields)
            return [], markup
    raise bad_request("object expected as reply markup")


def _inline(rows: object, complaints: list[str]) -> list[list[Button]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request("can't parse inline keyboard: expected an Array of Arrays of buttons")
    buttons = [[_button(sent, complaints) for sent in row] for row in rows]
    if sum(len(row) for row in buttons) > MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    return [row for row in buttons if row]


def _button(sent: object, complaints: list[str]) -> Button:
    if not isinstance(sent, dict) or not isinstance(sent.get("text"), str):
        raise bad_request('can\'t parse inline keyboard button: Field "text" must be of type String')
    complaints.extend(f"inline button: unknown field {name!r}" for name in sent if name not in _FIELDS)
    if not sent["text"].strip():
        raise bad_request("can't parse inline keyboard button: Button text must be non-empty")
    actions = [name for name in sent if name in _ACTIONS]
    if not actions:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        complaints.append(f"inline button {sent['text']!r}: exactly one action is allowed, got {sorted(actions)}")
    style = sent.get("style")
    if style is not None and style not in _STYLES:
        raise bad_request("can't parse inline keyboard button: Invalid button style specified")
    data, url = sent.get("callback_data"), sent.get("url")
    if data is not None and not (isinstance(data, str) and 1 <= len(data.encode()) <= DATA_BYTES):
        raise bad_request("BUTTON_DATA_INVALID")
    if url is not None and not (isinstance(url, str) and re.match(r"(https?://|tg://|t\.me/)\S+$", url)):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    return Button(sent["text"], data, url, style, sent)
