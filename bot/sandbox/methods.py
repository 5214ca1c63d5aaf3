"""All Bot API methods by name, except getUpdates, which waits and therefore lives in `polling.py`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial

from bot.sandbox import editing, inline, sending
from bot.sandbox.chats import ChatKind, Json
from bot.sandbox.files import FileKind
from bot.sandbox.refusals import bad_request
from bot.sandbox.sending import Request
from bot.sandbox.specification import words
from bot.sandbox.webhook import CONNECTIONS, Webhook
from bot.sandbox.wire import chat_json, file_json, user_json
from bot.sandbox.world import World

Method = Callable[[World, Request], object]

MOST_COMMANDS, COMMAND_DESCRIPTION_LIMIT = 100, 256
DESCRIPTION_LIMIT, SHORT_DESCRIPTION_LIMIT, NAME_LIMIT = 512, 120, 64

_ACTIONS = words(
    "typing upload_photo record_video upload_video record_voice upload_voice upload_document choose_sticker "
    "find_location record_video_note upload_video_note"
)
_SCOPES = words(
    "default all_private_chats all_group_chats all_chat_administrators chat chat_administrators chat_member"
)


def get_me(world: World, _request: Request) -> Json:
    """`getMe`."""
    return {
        **user_json(world.bot),
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def get_file(world: World, request: Request) -> Json:
    """`getFile`."""
    file = world.files.downloadable(request["file_id"])
    return {**file_json(file), "file_path": file.path}


def get_chat(world: World, request: Request) -> Json:
    """`getChat`."""
    chat = world.chat(request["chat_id"])
    no_gifts = {
        "unlimited_gifts": False,
        "limited_gifts": False,
        "unique_gifts": False,
        "premium_subscription": False,
        "gifts_from_channels": False,
    }
    shown = {**chat_json(chat), "accent_color_id": 1, "max_reaction_count": 11, "accepted_gift_types": no_gifts}
    if chat.kind is ChatKind.SUPERGROUP:
        shown["permissions"] = {"can_send_messages": True}
    return shown


def send_chat_action(world: World, request: Request) -> bool:
    """`sendChatAction`."""
    world.chat_for_sending(request["chat_id"])
    if request["action"] not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    return True


def set_commands(world: World, request: Request) -> bool:
    """`setMyCommands`."""
    commands = request["commands"]
    if len(commands) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not all(isinstance(command.get(name), str) for name in ("command", "description")):
            raise bad_request("can't parse BotCommand")
        if not re.fullmatch(r"[a-z0-9_]{1,32}", str(command.get("command", "")).removeprefix("/")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(str(command.get("description", ""))) <= COMMAND_DESCRIPTION_LIMIT:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    world.commands[_scope(world, request)] = [
        {"command": command["command"].removeprefix("/"), "description": command["description"]} for command in commands
    ]
    world.changed()
    return True


def get_commands(world: World, request: Request) -> list[Json]:
    """`getMyCommands`."""
    return world.commands.get(_scope(world, request), [])


def delete_commands(world: World, request: Request) -> bool:
    """`deleteMyCommands`."""
    world.commands.pop(_scope(world, request), None)
    world.changed()
    return True


def set_profile(world: World, request: Request, *, field: str, limit: int) -> bool:
    """`setMyName`, `setMyDescription`, `setMyShortDescription`."""
    text = request.get(field, "")
    if len(text) > limit:
        raise bad_request(f"{field.replace('_', ' ')} is too long")
    world.profile[field, request.get("language_code", "")] = text
    return True


def set_menu_button(world: World, request: Request) -> bool:
    """`setChatMenuButton`."""
    if request.get("chat_id") is not None:
        world.chat(request["chat_id"])
    return True


def delete_webhook(world: World, request: Request) -> bool:
    """`deleteWebhook`."""
    _put_webhook(world, None, drop=request.get("drop_pending_updates", False))
    return True


def set_webhook(world: World, request: Request) -> bool:
    """`setWebhook`; an empty address takes it away."""
    webhook = (
        Webhook.checked(
            request["url"],
            secret=request.get("secret_token", ""),
            connections=request.get("max_connections", CONNECTIONS),
        )
        if request["url"]
        else None
    )
    if request.get("allowed_updates") is not None:
        world.allowed_updates = request["allowed_updates"] or None
    _put_webhook(world, webhook, drop=request.get("drop_pending_updates", False))
    return True


def webhook_info(world: World, _request: Request) -> Json:
    """`getWebhookInfo`."""
    shown: Json = {"url": "", "has_custom_certificate": False, "pending_update_count": len(world.updates)}
    if world.allowed_updates:
        shown["allowed_updates"] = world.allowed_updates
    return shown | (world.webhook.info() if world.webhook else {})


def _put_webhook(world: World, webhook: Webhook | None, *, drop: bool) -> None:
    world.webhook = webhook
    if drop:
        world.updates.clear()
    world.bell.ring()


def _scope(world: World, request: Request) -> tuple[str, int, str]:
    scope = request.get("scope") or {"type": "default"}
    kind = scope.get("type")
    if kind not in _SCOPES:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    chat_id = int(scope.get("chat_id", 0))
    if kind.startswith("chat"):
        world.chat(chat_id)
    language = request.get("language_code", "")
    if language and not re.fullmatch(r"[a-z]{2}", language):
        raise bad_request("invalid language code specified")
    return kind, chat_id, language


METHODS: Mapping[str, Method] = {
    "getMe": get_me,
    "deleteWebhook": delete_webhook,
    "setWebhook": set_webhook,
    "getWebhookInfo": webhook_info,
    "sendMessage": sending.send_message,
    "sendPhoto": partial(sending.send_media, kind=FileKind.PHOTO),
    "sendDocument": partial(sending.send_media, kind=FileKind.DOCUMENT),
    "sendVideo": partial(sending.send_media, kind=FileKind.VIDEO),
    "sendVoice": partial(sending.send_media, kind=FileKind.VOICE),
    "sendAudio": partial(sending.send_media, kind=FileKind.AUDIO),
    "sendVideoNote": partial(sending.send_media, kind=FileKind.VIDEO_NOTE),
    "sendMediaGroup": sending.send_media_group,
    "copyMessage": sending.copy_message,
    "forwardMessage": sending.forward_message,
    "editMessageText": editing.edit_text,
    "editMessageCaption": editing.edit_caption,
    "editMessageReplyMarkup": editing.edit_markup,
    "deleteMessage": editing.delete_message,
    "deleteMessages": editing.delete_messages,
    "pinChatMessage": editing.pin_message,
    "unpinChatMessage": editing.unpin_message,
    "answerCallbackQuery": editing.answer_press,
    "answerInlineQuery": inline.answer_query,
    "getFile": get_file,
    "getChat": get_chat,
    "sendChatAction": send_chat_action,
    "setMyCommands": set_commands,
    "getMyCommands": get_commands,
    "deleteMyCommands": delete_commands,
    "setMyName": partial(set_profile, field="name", limit=NAME_LIMIT),
    "setMyDescription": partial(set_profile, field="description", limit=DESCRIPTION_LIMIT),
    "setMyShortDescription": partial(set_profile, field="short_description", limit=SHORT_DESCRIPTION_LIMIT),
    "setChatMenuButton": set_menu_button,
}
