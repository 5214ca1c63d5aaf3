"""The Bot API methods that change or remove what is already in a chat."""

from __future__ import annotations

from datetime import timedelta

from bot.sandbox.chats import Answer, Button, Chat, Json, Message
from bot.sandbox.entities import utf16_length
from bot.sandbox.keyboards import read_markup
from bot.sandbox.refusals import bad_request
from bot.sandbox.sending import Request, caption_of, preview_of, text_of
from bot.sandbox.wire import message_json
from bot.sandbox.world import World

DELETABLE_FOR = timedelta(hours=48)
"""How long a bot may delete a message, by the dates people see."""

TOAST_LIMIT = 200

MOST_DELETED = 100
"""Messages that one call may delete."""

_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)


def edit_text(world: World, request: Request) -> Json:
    """`editMessageText`."""
    message = _editable(world, request)
    if message.media:
        raise bad_request("there is no text in the message to edit")
    if request.get("rich_message") is not None:
        raise bad_request("can't parse rich message: the stand-in draws none")
    text, entities = text_of(request, "MESSAGE_TOO_LONG")
    buttons = _inline_buttons(request)
    _refuse_sameness(message, text, entities, buttons)
    message.text, message.entities, message.buttons = text, entities, buttons
    message.preview = preview_of(request)
    world.edited(message)
    return message_json(message)


def edit_caption(world: World, request: Request) -> Json:
    """`editMessageCaption`."""
    message = _editable(world, request)
    if not message.media:
        raise bad_request("there is no caption in the message to edit")
    caption, entities = caption_of(request)
    buttons = _inline_buttons(request)
    _refuse_sameness(message, caption, entities, buttons)
    message.caption, message.entities, message.buttons = caption, entities, buttons
    world.edited(message)
    return message_json(message)


def edit_markup(world: World, request: Request) -> Json:
    """`editMessageReplyMarkup`."""
    message = _editable(world, request)
    buttons = _inline_buttons(request)
    _refuse_sameness(message, message.words, message.entities, buttons)
    message.buttons = buttons
    world.edited(message, marked=False)
    return message_json(message)


def delete_message(world: World, request: Request) -> bool:
    """`deleteMessage`."""
    chat = _reachable(world, request)
    message = world.message(chat, request["message_id"], "message to delete not found")
    if world.clock() - message.date > DELETABLE_FOR:
        raise bad_request("message can't be deleted for everyone")
    world.delete(message)
    return True


def delete_messages(world: World, request: Request) -> bool:
    """`deleteMessages`: those that are not found are skipped."""
    chat = _reachable(world, request)
    if not request["message_ids"]:
        raise bad_request("message identifiers are not specified")
    if len(request["message_ids"]) > MOST_DELETED:
        raise bad_request("too many message identifiers specified")
    for message_id in request["message_ids"]:
        message = chat.messages.get(message_id)
        if message is not None and not message.deleted and world.clock() - message.date <= DELETABLE_FOR:
            world.delete(message)
    return True


def pin_message(world: World, request: Request) -> bool:
    """`pinChatMessage`."""
    chat = _reachable(world, request)
    message = world.message(chat, request["message_id"], "message to pin not found")
    message.pinned = True
    world.edited(message, marked=False)
    return True


def unpin_message(world: World, request: Request) -> bool:
    """`unpinChatMessage`: the given message, or the one pinned last."""
    chat = _reachable(world, request)
    pinned = [message for message in chat.visible if message.pinned]
    wanted = request.get("message_id", pinned[-1].message_id if pinned else 0)
    for message in pinned:
        if message.message_id == wanted:
            message.pinned = False
            world.edited(message, marked=False)
            return True
    raise bad_request("message to unpin not found")


def answer_press(world: World, request: Request) -> bool:
    """`answerCallbackQuery`."""
    text = request.get("text", "")
    if utf16_length(text) > TOAST_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    answer = Answer(text, alert=bool(request.get("show_alert")), url=request.get("url"))
    world.answer(request["callback_query_id"], answer)
    return True


def _reachable(world: World, request: Request) -> Chat:
    if request.get("chat_id") is None:
        raise bad_request("chat_id is empty")
    return world.chat_for_sending(request["chat_id"])


def _editable(world: World, request: Request) -> Message:
    if request.get("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    chat = _reachable(world, request)
    if request.get("message_id") is None:
        raise bad_request("message identifier is not specified")
    message = world.message(chat, request["message_id"], "message to edit not found")
    if not message.from_bot or message.forwarded_from is not None:
        raise bad_request("message can't be edited")
    return message


def _inline_buttons(request: Request) -> list[list[Button]]:
    buttons, other = read_markup(request.get("reply_markup"), request.complaints)
    if other is not None:
        raise bad_request("inline keyboard expected")
    return buttons


def _refuse_sameness(message: Message, words: str, entities: list[Json], buttons: list[list[Button]]) -> None:
    if (message.words, message.entities, message.buttons) == (words, entities, buttons):
        raise bad_request(_NOT_MODIFIED)
