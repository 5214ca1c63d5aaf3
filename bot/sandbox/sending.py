"""The Bot API methods that put messages into a chat."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.chats import Button, Chat, Json, Message
from bot.sandbox.entities import parse_html, trim, utf16_length, with_automatic
from bot.sandbox.files import FileKind, StoredFile
from bot.sandbox.keyboards import read_markup
from bot.sandbox.refusals import bad_request
from bot.sandbox.specification import Upload, words
from bot.sandbox.wire import message_json
from bot.sandbox.world import World

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
"""Limits of a text and of a caption, in UTF-16 code units: the stricter of the two ways in which Telegram counts."""
SMALLEST_ALBUM, LARGEST_ALBUM = 2, 10

_ALBUM_KINDS = {kind.value: kind for kind in (FileKind.PHOTO, FileKind.DOCUMENT, FileKind.VIDEO, FileKind.AUDIO)}
_ALBUM_FIELDS = words(
    "type media caption parse_mode caption_entities show_caption_above_media has_spoiler thumbnail cover "
    "start_timestamp width height duration supports_streaming disable_content_type_detection performer title"
)
_REPLY_FIELDS = words(
    "message_id chat_id allow_sending_without_reply quote quote_parse_mode quote_entities quote_position "
    "checklist_task_id poll_option_id"
)
_PREVIEW_FIELDS = words("is_disabled url prefer_small_media prefer_large_media show_above_text")


@dataclass(slots=True)
class Request:
    """One call's parameters, its uploaded files, and the complaints it gives rise to."""

    values: dict[str, Any]
    uploads: dict[str, Upload] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401  (typed by the specification's table, not by Python)
        return self.values[name]

    def get(self, name: str, default: Any = None) -> Any:  # noqa: ANN401  (as above)
        """Return a parameter, or `default` where it was not given."""
        return self.values.get(name, default)

    def check_fields(self, name: str, allowed: frozenset[str]) -> None:
        """Complain of fields Telegram does not know in the object `name`."""
        self.complaints.extend(f"{name}: unknown field {key!r}" for key in self.get(name) or {} if key not in allowed)


def formatted(text: str, parse_mode: str | None, entities: list[Json] | None) -> tuple[str, list[Json]]:
    """Return plain text and entities after parsing, cut as Telegram cuts them."""
    if parse_mode and parse_mode.lower() != "html":
        raise bad_request(f"can't parse entities: the stand-in reads HTML only, not {parse_mode}")
    plain, found = parse_html(text) if parse_mode else (text, list(entities or []))
    plain, found = trim(plain, found)
    return plain, with_automatic(plain, found)


def caption_of(request: Request) -> tuple[str, list[Json]]:
    """Return the caption and its entities; refuses one longer than Telegram allows."""
    caption, entities = formatted(
        request.get("caption", ""), request.get("parse_mode"), request.get("caption_entities")
    )
    if utf16_length(caption) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return caption, entities


def text_of(request: Request, too_long: str) -> tuple[str, list[Json]]:
    """Return the text and its entities; refuses an empty one, and with `too_long` one that is too long."""
    text, entities = formatted(request.get("text", ""), request.get("parse_mode"), request.get("entities"))
    if not text:
        raise bad_request("message text is empty")
    if utf16_length(text) > TEXT_LIMIT:
        raise bad_request(too_long)
    return text, entities


def preview_of(request: Request) -> Json | None:
    """Return how the link in a text is to be shown, None where the call says nothing of it."""
    request.check_fields("link_preview_options", _PREVIEW_FIELDS)
    return request.get("link_preview_options") or None


def send_message(world: World, request: Request) -> Json:
    """`sendMessage`."""
    chat = world.chat_for_sending(request["chat_id"])
    preview = preview_of(request)
    text, entities = text_of(request, "message is too long")
    draft = _draft(world, request, chat, text=text, entities=entities)
    draft.preview = preview
    return message_json(world.post(draft))


def send_media(world: World, request: Request, kind: FileKind) -> Json:
    """`sendPhoto`, `sendDocument`, `sendVideo`, `sendVoice`, `sendAudio`, `sendVideoNote`."""
    chat = world.chat_for_sending(request["chat_id"])
    caption, entities = caption_of(request)
    media = _file(world, request, request[kind.value], kind)
    return message_json(world.post(_draft(world, request, chat, caption=caption, entities=entities, media=media)))


def send_media_group(world: World, request: Request) -> list[Json]:
    """`sendMediaGroup`: all items are checked before the first one is posted."""
    chat = world.chat_for_sending(request["chat_id"])
    items = request["media"]
    if not SMALLEST_ALBUM <= len(items) <= LARGEST_ALBUM:
        raise bad_request("wrong number of items in the media group; must be 2-10 items")
    kinds = {item.get("type") for item in items}
    if not kinds <= _ALBUM_KINDS.keys():
        raise bad_request("can't parse InputMedia: invalid media type specified")
    if len(kinds) > 1 and not kinds <= {"photo", "video"}:
        raise bad_request("can't mix different types of media in a media group")
    group = world.new_group_id()
    drafts = []
    for item in items:
        request.complaints.extend(f"media: unknown field {name!r}" for name in item if name not in _ALBUM_FIELDS)
        one = Request({**request.values, **item}, request.uploads, request.complaints)
        caption, entities = caption_of(one)
        media = _file(world, one, item.get("media", ""), _ALBUM_KINDS[item["type"]])
        draft = _draft(world, one, chat, caption=caption, entities=entities, media=media)
        draft.media_group_id = group
        drafts.append(draft)
    return [message_json(world.post(draft)) for draft in drafts]


def copy_message(world: World, request: Request) -> Json:
    """`copyMessage`: the same content, without a trace of the origin."""
    chat = world.chat_for_sending(request["chat_id"])
    source = world.message(world.chat(request["from_chat_id"]), request["message_id"], "message to copy not found")
    draft = _draft(
        world, request, chat, text=source.text, caption=source.caption, entities=source.entities, media=source.media
    )
    if request.get("caption") is not None and source.media:
        draft.caption, draft.entities = caption_of(request)
    world.post(draft)
    return {"message_id": draft.message_id}


def forward_message(world: World, request: Request) -> Json:
    """`forwardMessage`."""
    chat = world.chat_for_sending(request["chat_id"])
    source = world.message(world.chat(request["from_chat_id"]), request["message_id"], "message to forward not found")
    if source.protected:
        raise bad_request("message can't be forwarded")
    draft = _draft(
        world, request, chat, text=source.text, caption=source.caption, entities=source.entities, media=source.media
    )
    draft.forwarded_from = source.forwarded_from or source.sender
    return message_json(world.post(draft))


def _draft(
    world: World,
    request: Request,
    chat: Chat,
    *,
    text: str = "",
    caption: str = "",
    entities: list[Json],
    media: StoredFile | None = None,
) -> Message:
    """Build the bot's message, not yet in the chat; takes an id only when nothing can be refused any more."""
    buttons, keyboard = _markup(request)
    reply_to = _reply_to(world, request, chat)
    return Message(
        message_id=world.next_message_id(),
        chat=chat,
        sender=world.bot,
        date=world.clock(),
        text=text,
        caption=caption,
        entities=list(entities),
        media=media,
        buttons=buttons,
        keyboard=keyboard,
        reply_to=reply_to,
        topic=_topic(request, chat, reply_to),
        silent=bool(request.get("disable_notification")),
        protected=bool(request.get("protect_content")),
    )


def _markup(request: Request) -> tuple[list[list[Button]], Json | None]:
    return read_markup(request.get("reply_markup"), request.complaints)


def _reply_to(world: World, request: Request, chat: Chat) -> Message | None:
    reply = request.get("reply_parameters")
    if not reply:
        return None
    request.check_fields("reply_parameters", _REPLY_FIELDS)
    source = world.chats.get(reply.get("chat_id", chat.chat_id), chat)
    target = source.messages.get(reply.get("message_id", 0))
    if target is None or target.deleted:
        if reply.get("allow_sending_without_reply"):
            return None
        raise bad_request("message to be replied not found")
    quote = reply.get("quote")
    if quote and quote not in target.words:
        raise bad_request("QUOTE_TEXT_INVALID")
    return target


def _topic(request: Request, chat: Chat, reply_to: Message | None) -> Message | None:
    """Return what began the topic that a message goes into: the one it names, or that of what it replies to."""
    number = request.get("message_thread_id")
    if number is None:
        return reply_to.thread if reply_to is not None and reply_to.chat is chat else None
    began = chat.messages.get(number)
    if began is None or not began.topic_name:
        raise bad_request("message thread not found")
    return began


def _file(world: World, request: Request, given: str | Upload, kind: FileKind) -> StoredFile:
    if isinstance(given, str) and given.startswith("attach://"):
        attached = request.uploads.get(given.removeprefix("attach://"))
        if attached is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        given = attached
    if isinstance(given, str):
        return world.files.sendable(given, kind)
    if not given.content:
        raise bad_request("file must be non-empty")
    return world.files.add(kind, name=given.name, mime=given.mime, content=given.content)
