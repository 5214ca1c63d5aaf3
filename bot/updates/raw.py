"""What can be told of an update as Telegram wrote it, whatever its shape: no field of it must be there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.telegram.answers import storable
from handlers.chat.incoming import one_line
from handlers.texts.shorten import shortened

_TAP = "callback_query"
_MESSAGES = ("message", "edited_message")
_NAMED = frozenset(
    {"from", "sender_user", "user", "via_bot", "left_chat_member", "new_chat_members", "forward_from", "contact"}
)
"""The fields that hold somebody with a name, or a list of such."""

_FRAME = frozenset(
    {
        "message_id",
        "message_thread_id",
        "from",
        "sender_chat",
        "date",
        "edit_date",
        "chat",
        "entities",
        "caption_entities",
    }
)
"""The fields of a message that say nothing of what it holds."""

_EXCERPT = 200
"""Characters of what an update held that are told."""

_NOTHING = "–"
"""What stands for a name or words that are not there."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Whose an update is, and what it holds, for those who are told that it was set aside.

    `what` is message, tap or other. `sender` is the account, None where there is none that is usable. `group` is the
    number of the group that it comes from, `title` the group's name. `held` are its words, or the names of its fields.
    `message_id` is its message and `reply_to` the message that it replies to, None where there is none.
    """

    what: str
    sender: int | None
    name: str
    group: int | None
    title: str
    held: str
    message_id: int | None
    reply_to: int | None

    @classmethod
    def of(cls, body: Mapping[str, Any]) -> "Origin":
        """Return the origin of an update."""
        kind = next((name for name in (*_MESSAGES, _TAP) if name in body), "")
        part = _mapping(body.get(kind))
        message = _mapping(part.get("message")) if kind == _TAP else part
        chat, sender = _mapping(message.get("chat")), _mapping(part.get("from"))
        chat_id = chat.get("id")
        return cls(
            what="tap" if kind == _TAP else "message" if kind else "other",
            sender=sender["id"] if storable(sender.get("id")) else None,
            name=_name(sender),
            group=chat_id if storable(chat_id) and chat_id < 0 else None,
            title=_line(chat.get("title")) or _NOTHING,
            held=(_label(message, part.get("data")) if kind == _TAP else _content(message)) or _NOTHING,
            message_id=_number(message),
            reply_to=_number(_mapping(message.get("reply_to_message"))),
        )


def legible(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return an update in which everybody has a name, if an empty one: the library reads nobody without.

    A deleted account may have the name ""; what other servers and other versions leave out counts as empty.
    """
    return {name: _legible(name, part) for name, part in body.items()}


def _legible(field: str, part: object) -> object:
    if isinstance(part, list):
        return [_legible(field, one) for one in part]
    if not isinstance(part, Mapping):
        return part
    read = legible(part)
    if field in _NAMED:
        read["first_name"] = read["first_name"] if isinstance(read.get("first_name"), str) else ""
        if field != "contact":
            read.setdefault("is_bot", False)
    return read


def _name(user: Mapping[str, Any]) -> str:
    names = [_line(user.get("first_name")), _line(user.get("last_name"))]
    return " ".join(name for name in names if name) or _NOTHING


def _content(message: Mapping[str, Any]) -> str:
    """Return the words of a message, or the names of the fields that it brings, as far as an alert has room."""
    words = _line(message.get("text")) or _line(message.get("caption"))
    return shortened(words or ", ".join(sorted(str(name) for name in message.keys() - _FRAME)), _EXCERPT)


def _label(message: Mapping[str, Any], data: object) -> str:
    """Return the label of the button that carries `data`, if Telegram gives out the message."""
    rows = _mapping(message.get("reply_markup")).get("inline_keyboard")
    buttons = [_mapping(one) for row in _list(rows) for one in _list(row)]
    return next((_line(one.get("text")) for one in buttons if one.get("callback_data") == data), "")


def _number(message: Mapping[str, Any]) -> int | None:
    number = message.get("message_id")
    return number if storable(number) else None


def _mapping(part: object) -> Mapping[str, Any]:
    return part if isinstance(part, Mapping) else {}


def _list(part: object) -> list[Any]:
    return part if isinstance(part, list) else []


def _line(words: object) -> str:
    return one_line(words) if isinstance(words, str) else ""
