"""A Telegram message in the form that the handlers take: its words and its file."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from telegram import ExternalReplyInfo, Message

from handlers.chat import attachable
from handlers.chat.meaning import loses_media, words_of
from handlers.texts.shorten import length
from models.case.attachment import AttachmentKind, FileRecord
from models.refusals.refusal import Refusal
from models.refusals.reports import RichMediaNotKept
from models.rules.complete import complete

_NAME_LENGTH = 255
_ALBUM_LENGTH = 64
_KEPT_CONTROLS = frozenset("\n\t")
_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that change the direction of the text after them, also of text that others wrote."""

_BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters and signs that are invisible, such as the fillers of Hangul and the empty pattern of Braille."""

_VARIANTS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))
"""Selectors of a variant of the character before them; they are invisible themselves."""


def _photo(message: Message | ExternalReplyInfo) -> Any:  # noqa: ANN401 - the files of Telegram have no common type
    """Return the largest size of a photo, or of the picture of a live photo; Telegram lists the largest last."""
    sizes = message.photo or (message.live_photo.photo if message.live_photo else ())
    return sizes[-1] if sizes else None


_FILES: Mapping[AttachmentKind, Callable[[Message | ExternalReplyInfo], Any]] = complete(
    AttachmentKind,
    {
        AttachmentKind.PHOTO: _photo,
        AttachmentKind.DOCUMENT: lambda message: message.animation or message.document,
        AttachmentKind.VIDEO: lambda message: message.video,
        AttachmentKind.VOICE: lambda message: message.voice,
        AttachmentKind.AUDIO: lambda message: message.audio,
        AttachmentKind.VIDEO_NOTE: lambda message: message.video_note,
    },
)
"""Where a message of Telegram, or one of another chat that it replies to, carries a file of each kind; else None."""


_NUMBER = re.compile(r"\b[A-Z]{2,5}-[0-9]{4}-[0-9]{4,9}\b")
"""The number of a case, as every text of the bot writes it."""

_LONGEST = 4096
"""The `length` of a message at which a client has cut a text in the middle of a line."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One of the messages of which a whole consists. `joint` is what stands between its words and those before it."""

    message_id: int
    text: str
    file: FileRecord | None = None
    joint: str = "\n"


@dataclass(frozen=True, slots=True)
class Incoming:
    """What somebody wrote: one message, or several that are one whole, as a long text or an album is.

    `files` are those that a case takes, `unfit` the refusals of the others. `several` are the messages of a whole, the
    first of which gives it its `message_id`; one message by itself has none. `reply_to` is the id of the message to
    which it replies. `reply_token` is the token on a button of that message: it names the card where the record does
    not know the id, because the message is a copy of the card. `reply_about` is the number of the case that the message
    names first, where the bot wrote it: plain news is no card. `anonymous` tells that it was sent in the name of a
    chat, so that nobody knows the sender. `cut_from` is the message of which it is the rest, where that was taken
    without it.
    """

    chat_id: int
    sender_id: int
    sender_name: str
    language: str | None
    message_id: int
    text: str
    files: tuple[FileRecord, ...] = ()
    album: str | None = None
    reply_to: int | None = None
    reply_token: str | None = None
    reply_about: str | None = None
    unfit: tuple[Refusal, ...] = ()
    anonymous: bool = False
    several: tuple[Piece, ...] = ()
    cut_from: int | None = None

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The messages of the whole; the message itself where it is one by itself."""
        return self.several or (Piece(self.message_id, self.text, self.files[0] if self.files else None),)


def folded(pieces: Iterable[tuple[str, str]]) -> str:
    """Return the words of pieces, each given as its joint and its words, as one text."""
    text = ""
    for joint, words in pieces:
        text += (joint if text and words else "") + words
    return text


def whole(messages: Sequence[Message], *, username: str = "", cut_from: int | None = None) -> Incoming:
    """Return messages that are one whole, in the order in which they were written, for the handlers."""
    last = max((number for number, one in enumerate(messages) if one.text or one.caption), default=0)
    each = [incoming(one, username=username, goes_on=number < last) for number, one in enumerate(messages)]
    joints = ["\n", *(_joint(one, other) for one, other in pairwise(messages))]
    pieces = tuple(
        Piece(one.message_id, one.text, one.files[0] if one.files else None, joint)
        for one, joint in zip(each, joints, strict=True)
    )
    first = next((one for one in each if one.reply_to is not None), each[0])
    return replace(
        each[0],
        text=folded((piece.joint, piece.text) for piece in pieces),
        files=tuple(file for one in each for file in one.files),
        unfit=tuple(refusal for one in each for refusal in one.unfit),
        reply_to=first.reply_to,
        reply_token=first.reply_token,
        reply_about=first.reply_about,
        several=pieces if len(pieces) > 1 else (),
        cut_from=cut_from,
    )


def beside(message: Incoming, others: Sequence[Incoming]) -> Incoming:
    """Return `message` with the files and words of other messages of its album, in the order in which they stand."""
    pieces = sorted(
        (*message.pieces, *(piece for one in others for piece in one.pieces)), key=lambda one: one.message_id
    )
    return replace(
        message,
        text=folded((piece.joint, piece.text) for piece in pieces),
        files=tuple(piece.file for piece in pieces if piece.file is not None),
        unfit=(*message.unfit, *(refusal for one in others for refusal in one.unfit)),
        several=tuple(pieces) if len(pieces) > 1 else (),
    )


def _joint(message: Message, following: Message) -> str:
    """Return what a client took away where it cut a text: nothing within a word, else the end of a line."""
    cut, rest = message.text or "", following.text or ""
    within = length(cut) >= _LONGEST and not cut[-1:].isspace() and not rest[:1].isspace()
    return "" if within else "\n"


def incoming(message: Message, *, username: str = "", goes_on: bool = False) -> Incoming:
    """Return `message` for the handlers. A message without a sender, as in channels, counts as sent by its chat.

    A command may name a bot, as `/lapor@username`. Our own `username` is removed; the name of another bot stays. Where
    the words `goes_on` in another message, who wrote forwarded ones is told there.
    """
    sender = message.from_user
    file, unfit = _file_of(message)
    return Incoming(
        chat_id=message.chat_id,
        sender_id=sender.id if sender else message.chat_id,
        sender_name=_name_of(message),
        language=sender.language_code if sender else None,
        message_id=message.message_id,
        text=_unnamed(cleaned(words_of(message, goes_on=goes_on)), username),
        files=() if file is None else (file,),
        album=message.media_group_id,
        reply_to=message.reply_to_message.message_id if message.reply_to_message else None,
        reply_token=_token_on(message.reply_to_message) if message.reply_to_message else None,
        reply_about=_case_named_in(message.reply_to_message) if message.reply_to_message else None,
        unfit=() if unfit is None else (unfit,),
        anonymous=message.sender_chat is not None,
    )


def _name_of(message: Message) -> str:
    """Return the name of the sender, empty where there is none, as of a deleted account.

    A message in the name of a chat, as of an anonymous admin or a channel, is by that chat.
    """
    if message.sender_chat is not None:
        return one_line(message.sender_chat.effective_name or "")
    # The library has None for the full name where the first name is empty.
    return one_line(message.from_user.full_name or message.from_user.last_name or "") if message.from_user else ""


def _unnamed(text: str, username: str) -> str:
    """Return `text` without our username after the command at its beginning."""
    return re.sub(rf"^(/\w+)@{re.escape(username)}\b", r"\1", text, flags=re.IGNORECASE) if username else text


def is_ours(message: Message) -> bool:
    """Whether the bot wrote a message of a private chat.

    A message that was forwarded, or sent through another bot, may carry buttons that anybody made.
    """
    author = message.from_user
    return author is not None and author.is_bot and message.forward_origin is None


def _token_on(message: Message) -> str | None:
    """Return the first token on the buttons of a message that the bot wrote."""
    rows = message.reply_markup.inline_keyboard if message.reply_markup and is_ours(message) else ()
    return next((str(button.callback_data) for row in rows for button in row if button.callback_data), None)


def _case_named_in(message: Message) -> str | None:
    """Return the number of the case that a message of the bot's names first."""
    named = _NUMBER.search(message.text or "") if is_ours(message) else None
    return named[0] if named else None


def cleaned(text: str) -> str:
    """Return `text` without characters that nobody types on purpose or that mislead a reader.

    Removed are control characters, except the line feed and the tabulator, and marks that change the direction of text.
    Halves of a surrogate pair become �, because no database stores them. A text without a visible character is empty.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join("\ufffd" if unicodedata.category(one) == "Cs" else one for one in plain if _is_kept(one)).strip()
    return kept if any(_is_seen(one) for one in kept) else ""


def one_line(text: str) -> str:
    """Return a name cleaned and on one line."""
    return " ".join(cleaned(text).split())


def _is_seen(character: str) -> bool:
    if character.isspace() or character in _BLANKS or unicodedata.category(character) == "Cf":
        return False
    return not any(ord(character) in variants for variants in _VARIANTS)


def _is_kept(character: str) -> bool:
    if character in _TURNS:
        return False
    return character in _KEPT_CONTROLS or unicodedata.category(character) != "Cc"


def _file_of(message: Message) -> tuple[FileRecord | None, Refusal | None]:
    """Return the file that `message` carries, or the refusal of a file that a case does not take."""
    sources = [source for source in (message, message.external_reply) if source is not None]
    carried = ((kind, _FILES[kind](source)) for source in sources for kind in AttachmentKind)
    found = next((one for one in carried if one[1]), None)
    if found is None:
        return None, RichMediaNotKept() if loses_media(message) else None
    kind, file = found
    name, size = one_line(getattr(file, "file_name", None) or ""), file.file_size or 0
    unfit = attachable.why_not(
        name=name,
        mime=one_line(getattr(file, "mime_type", None) or ""),
        size=size,
        sent_as_document=kind is AttachmentKind.DOCUMENT,
    )
    if unfit is not None:
        return None, unfit
    record: FileRecord = {
        "kind": kind.value,
        "file_id": file.file_id,
        "file_unique_id": file.file_unique_id,
        "name": name[:_NAME_LENGTH],
        "size": size,
        "caption": cleaned(words_of(message)),
    }
    # The library has the length in one of two types; what it writes out is in seconds, as Telegram gave them.
    seconds = file.to_dict().get("duration")
    if seconds is not None:
        record["seconds"] = int(seconds)
    if message.media_group_id is not None:
        record["album"] = message.media_group_id[:_ALBUM_LENGTH]
    return record, None
