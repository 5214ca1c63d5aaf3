"""The stand-in's objects as the Bot API's JSON."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.sandbox.chats import Account, CallbackPress, Chat, ChatKind, Json, Message
from bot.sandbox.files import FileKind, StoredFile

_ICON_COLOR = 0x6FB9F0
"""The colour of a topic's icon: one of the six that Telegram gives."""

GIVEN_OUT = timedelta(days=2)
"""How long Telegram gives out the whole message whose button is pressed, as was seen; the Bot API names no time."""


def user_json(account: Account) -> Json:
    """Return the Bot API's User."""
    user: Json = {"id": account.account_id, "is_bot": account.is_bot, "first_name": account.first_name}
    if account.username:
        user["username"] = account.username
    if account.language_code:
        user["language_code"] = account.language_code
    return user


def chat_json(chat: Chat) -> Json:
    """Return the Bot API's Chat."""
    if chat.kind is ChatKind.PRIVATE:
        person = chat.members[0]
        shown: Json = {"id": chat.chat_id, "type": chat.kind.value, "first_name": person.first_name}
        if person.username:
            shown["username"] = person.username
        return shown
    forum = {"is_forum": True} if chat.forum else {}
    return {"id": chat.chat_id, "type": chat.kind.value, "title": chat.title, **forum}


def file_json(file: StoredFile) -> Json:
    """Return the fields every file object of the Bot API has."""
    size = {"file_size": file.size} if file.sized else {}
    return {"file_id": file.file_id, "file_unique_id": file.unique_id, **size}


def media_json(file: StoredFile) -> Json:
    """Return the media field of a Message, for example `{"document": {...}}`."""
    shown = file_json(file)
    match file.kind:
        case FileKind.PHOTO:
            small = [{**file_json(file.thumbnail), "width": 90, "height": 62}] if file.thumbnail else []
            return {"photo": [*small, {**shown, "width": 320, "height": 220}]}
        case FileKind.DOCUMENT:
            return {"document": {**shown, "file_name": file.name, "mime_type": file.mime}}
        case FileKind.VIDEO:
            video = {**shown, "width": 640, "height": 360, "duration": file.seconds, "mime_type": file.mime}
            return {"video": {**video, "file_name": file.name}}
        case FileKind.VOICE:
            return {"voice": {**shown, "duration": file.seconds, "mime_type": file.mime}}
        case FileKind.AUDIO:
            audio = {**shown, "duration": file.seconds, "mime_type": file.mime}
            return {"audio": {**audio, "file_name": file.name}}
        case FileKind.VIDEO_NOTE:
            return {"video_note": {**shown, "length": 384, "duration": file.seconds}}


def message_json(message: Message, *, nested: bool = False) -> Json:
    """Return the Bot API's Message; one level of `reply_to_message`, as Telegram does.

    What replies to nothing in a topic is told as if it replied to the service message that began the topic.
    """
    shown: Json = {
        "message_id": message.message_id,
        "from": user_json(message.sender),
        "chat": chat_json(message.chat),
        "date": int(message.date.timestamp()),
    }
    if message.edited:
        shown["edit_date"] = int(message.edited.timestamp())
    shown |= _content_json(message)
    if message.thread is not None:
        shown |= {"message_thread_id": message.thread.message_id, "is_topic_message": True}
    if message.media_group_id:
        shown["media_group_id"] = message.media_group_id
    if message.buttons:
        shown["reply_markup"] = {"inline_keyboard": [[button.sent for button in row] for row in message.buttons]}
    if message.preview:
        shown["link_preview_options"] = message.preview
    if message.via:
        shown["via_bot"] = user_json(message.via)
    if message.protected:
        shown["has_protected_content"] = True
    if message.forwarded_from:
        origin = {"type": "user", "date": shown["date"], "sender_user": user_json(message.forwarded_from)}
        shown["forward_origin"] = origin
    replied = message.reply_to or message.topic
    if replied and not nested:
        shown["reply_to_message"] = message_json(replied, nested=True)
    return shown


def _content_json(message: Message) -> Json:
    """Return what a message brings: that it began a topic, media with a caption, or text."""
    if message.topic_name:
        return {"forum_topic_created": {"name": message.topic_name, "icon_color": _ICON_COLOR}}
    shown: Json = media_json(message.media) if message.media else {"text": message.text}
    if message.media and message.caption:
        shown["caption"] = message.caption
    if message.entities:
        shown["caption_entities" if message.media else "entities"] = message.entities
    return shown


def press_json(press: CallbackPress, *, at: datetime) -> Json:
    """Return the Bot API's CallbackQuery of a button that is pressed at this instant.

    Of a message that is deleted or old, Telegram tells only where it stands (InaccessibleMessage).
    """
    message = press.message
    shown = message_json(message)
    if message.deleted or at - message.date >= GIVEN_OUT:
        shown = {"chat": chat_json(message.chat), "message_id": message.message_id, "date": 0}
    return {
        "id": press.query_id,
        "from": user_json(press.person),
        "message": shown,
        "chat_instance": str(7_000_000_000 + message.chat.chat_id),
        "data": press.data,
    }


def blocking_json(chat: Chat, person: Account, bot: Account, *, blocked: bool, at: int) -> Json:
    """Return the ChatMemberUpdated a bot receives when it is blocked or let in again; `at` in Unix seconds."""
    member: Json = {"status": "member", "user": user_json(bot)}
    kicked: Json = {"status": "kicked", "user": user_json(bot), "until_date": 0}
    return {
        "chat": chat_json(chat),
        "from": user_json(person),
        "date": at,
        "old_chat_member": member if blocked else kicked,
        "new_chat_member": kicked if blocked else member,
    }
