"""A Telegram message as the handlers see it: its words and its file, nothing that Telegram made of them."""

from dataclasses import dataclass
from typing import Any

from telegram import Message

from models.task import AttachmentKind, FileRecord

_NAME_LENGTH = 255


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message. `reply_to` is the id of the message it replies to; `file` is None where it carries none we keep."""

    chat_id: int
    sender_id: int
    sender_name: str
    language: str | None
    message_id: int
    text: str
    file: FileRecord | None = None
    album: str | None = None
    reply_to: int | None = None


def incoming(message: Message) -> Incoming:
    """Return what `message` says. A message without a sender, as in channels, counts as sent by its chat."""
    sender = message.from_user
    return Incoming(
        chat_id=message.chat_id,
        sender_id=sender.id if sender else message.chat_id,
        sender_name=sender.full_name if sender else "",
        language=sender.language_code if sender else None,
        message_id=message.message_id,
        text=(message.text or message.caption or "").strip(),
        file=file_of(message),
        album=message.media_group_id,
        reply_to=message.reply_to_message.message_id if message.reply_to_message else None,
    )


def file_of(message: Message) -> FileRecord | None:
    """Return the file that `message` carries, as it is attached to a case; the largest size of a photo."""
    kind: AttachmentKind
    file: Any
    if message.photo:
        kind, file = AttachmentKind.PHOTO, message.photo[-1]
    elif message.animation:
        kind, file = AttachmentKind.DOCUMENT, message.animation
    elif message.document:
        kind, file = AttachmentKind.DOCUMENT, message.document
    elif message.video:
        kind, file = AttachmentKind.VIDEO, message.video
    elif message.voice:
        kind, file = AttachmentKind.VOICE, message.voice
    elif message.audio:
        kind, file = AttachmentKind.AUDIO, message.audio
    else:
        return None
    name = getattr(file, "file_name", None) or ""
    return {
        "kind": kind.value,
        "file_id": file.file_id,
        "file_unique_id": file.file_unique_id,
        "name": name[:_NAME_LENGTH],
        "size": file.file_size or 0,
        "caption": (message.caption or "").strip(),
    }
