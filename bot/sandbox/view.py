"""The chats as the page reads them: JSON made for showing, not the Bot API's."""

from __future__ import annotations

from datetime import datetime

from bot.sandbox.chats import Account, Button, CallbackPress, Chat, ChatKind, Json, Message
from bot.sandbox.world import World

NEWEST_MESSAGES = 200
"""Messages shown per chat."""

NEWEST_TOASTS = 8
"""Answers to presses that are still told per chat."""


def chat_view(world: World, chat: Chat) -> Json:
    """Return one chat for the page."""
    shown = list(chat.messages.values())[-NEWEST_MESSAGES:]
    unanswered = {(press.message.message_id, press.data) for press in chat.presses if not press.answer}
    return {
        "id": chat.chat_id,
        "kind": chat.kind.value,
        "title": chat.title,
        "about": world.about.get(chat.chat_id, ""),
        "version": chat.version,
        "blocked": chat.blocked,
        "members": [{"id": member.account_id, "name": member.first_name} for member in chat.members],
        "commands": _commands(world, chat),
        "toasts": [_toast(press) for press in chat.presses if press.answer][-NEWEST_TOASTS:],
        "messages": [message_view(message, unanswered) for message in shown],
    }


def message_view(message: Message, unanswered: set[tuple[int, str]]) -> Json:
    """Return one message for the page; `unanswered` holds (message, data) of presses still on their way."""
    return {
        "id": message.message_id,
        "revision": message.revision,
        "sender": _sender(message.sender),
        "date": _wall(message.date),
        "text": message.words,
        "entities": message.entities,
        "media": _media(message),
        "group": message.media_group_id,
        "buttons": [[_button(message, button, unanswered) for button in row] for row in message.buttons],
        "reply": _reply(message.reply_to),
        "silent": message.silent,
        "force_reply": bool(message.keyboard and message.keyboard.get("force_reply")),
        "edited": message.edited is not None,
        "deleted": message.deleted,
        "pinned": message.pinned,
        "forwarded": message.forwarded_from.first_name if message.forwarded_from else None,
    }


def clock_view(now: datetime, controls: list[str]) -> Json:
    """Return the clock for the page: wall time, the zone's own name, and the labels of its buttons."""
    return {"now": _wall(now), "zone": now.tzname() or "", "controls": controls}


def _wall(moment: datetime) -> str:
    return moment.replace(tzinfo=None).isoformat(timespec="seconds")


def _sender(account: Account) -> Json:
    return {"id": account.account_id, "name": account.first_name, "bot": account.is_bot}


def _media(message: Message) -> Json | None:
    file = message.media
    if file is None:
        return None
    return {
        "kind": file.kind.value,
        "name": file.name,
        "size": file.size,
        "url": f"/sandbox/file/{file.file_id}",
    }


def _button(message: Message, button: Button, unanswered: set[tuple[int, str]]) -> Json:
    return {
        "text": button.text,
        "style": button.style,
        "url": button.url,
        "live": button.data is not None,
        "copy": (button.sent.get("copy_text") or {}).get("text"),
        "pending": (message.message_id, button.data) in unanswered,
    }


def _reply(message: Message | None) -> Json | None:
    if message is None:
        return None
    excerpt = message.words or (message.media.name if message.media else "")
    return {"id": message.message_id, "name": message.sender.first_name, "text": excerpt[:120]}


def _toast(press: CallbackPress) -> Json:
    answer = press.answer
    return {
        "id": press.query_id,
        "text": answer.text if answer else "",
        "alert": bool(answer and answer.alert),
        "person": press.person.account_id,
    }


def _commands(world: World, chat: Chat) -> list[Json]:
    """Return the commands Telegram would offer in this chat: the narrowest scope that has any, language first."""
    language = chat.members[0].language_code or "" if chat.members else ""
    whole = "all_private_chats" if chat.kind is ChatKind.PRIVATE else "all_group_chats"
    for scope, chat_id in (("chat", chat.chat_id), (whole, 0), ("default", 0)):
        for code in (language, ""):
            if found := world.commands.get((scope, chat_id, code)):
                return found
    return []
