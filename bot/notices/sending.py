"""The calls to Telegram that carry out a plan."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from markupsafe import Markup
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    InputMediaAudio,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.telegram.fate import Fate, fate_of
from bot.telegram.line import Line
from handlers.delivery.plan import Delete, Edit, Key, Keyboard, Send, SendFiles, SendPaper, SendRegister
from models.case.attachment import AttachmentKind
from models.mail.card import UNNUMBERED
from models.rules.complete import complete

ALBUM = 10
"""How many files Telegram takes as one album. An album has at least two."""

_ANSWERED_WITHIN, _SENT_UP_WITHIN = 10.0, 60.0
"""How long the answer may take to a file that is sent by its file_id, and to one that is sent up, in seconds."""

_LARGE_WITHIN = 300.0
"""How long sending up a register may take, in seconds: one of 50 MB at 170 kB a second."""

File = Mapping[str, Any]

Media = InputMediaPhoto | InputMediaVideo | InputMediaDocument | InputMediaAudio


@dataclass(frozen=True, slots=True)
class _Album:
    """How a file stands in an album: beside files of the same `company`, and as which medium, made of its file_id."""

    company: str
    medium: Callable[[str], Media]


class _Method(Protocol):
    """A method of the bot that sends one file by its file_id, or up, with a caption."""

    def __call__(
        self,
        chat_id: int,
        file_id: str | InputFile,
        /,
        *,
        caption: str | None,
        parse_mode: str | None,
        disable_notification: bool,
        reply_parameters: ReplyParameters | None,
        read_timeout: float = ...,
    ) -> Awaitable[Message]:
        """Send it. `read_timeout` is how long the answer may take, in seconds. Raises `TelegramError`."""
        ...


@dataclass(frozen=True, slots=True)
class _Sending:
    """How a file is sent: by which method of the bot when it is alone; `album` is None where it always is.

    `headed` tells that its caption goes before it, as a message of its own.
    """

    alone: Callable[[Bot], _Method]
    album: _Album | None
    headed: bool = False


def _video_note(bot: Bot) -> _Method:
    """Return the method for a round video, to which Telegram gives no caption: `send_heading` sends that before it."""

    async def send(
        chat_id: int,
        file_id: str | InputFile,
        /,
        *,
        caption: str | None,
        parse_mode: str | None,
        disable_notification: bool,
        reply_parameters: ReplyParameters | None,
        read_timeout: float = _ANSWERED_WITHIN,
    ) -> Message:
        del caption, parse_mode
        return await bot.send_video_note(
            chat_id,
            file_id,
            disable_notification=disable_notification,
            reply_parameters=reply_parameters,
            read_timeout=read_timeout,
        )

    return send


_SENDING: Mapping[AttachmentKind, _Sending] = complete(
    AttachmentKind,
    {
        AttachmentKind.PHOTO: _Sending(lambda bot: bot.send_photo, _Album("pictures", InputMediaPhoto)),
        AttachmentKind.DOCUMENT: _Sending(lambda bot: bot.send_document, _Album("documents", InputMediaDocument)),
        AttachmentKind.VIDEO: _Sending(lambda bot: bot.send_video, _Album("pictures", InputMediaVideo)),
        AttachmentKind.VOICE: _Sending(lambda bot: bot.send_voice, None),
        AttachmentKind.AUDIO: _Sending(lambda bot: bot.send_audio, _Album("audio", InputMediaAudio)),
        AttachmentKind.VIDEO_NOTE: _Sending(_video_note, None, headed=True),
    },
)
"""How a file of each kind is sent, as Telegram allows (sendMediaGroup)."""

_PLAIN = LinkPreviewOptions(is_disabled=True)
_UNCHANGED = "message is not modified"
_GONE = ("message to edit not found", "message can't be edited", "message_id_invalid")


async def send(line: Line, plan: Send) -> int:
    """Send a new message and return its `message_id`, perhaps `UNNUMBERED`. Raises `TelegramError`."""
    parameters = _shown(plan) | {"disable_notification": plan.silent}
    if plan.reply_to is not None and plan.reply_to != UNNUMBERED:
        parameters["reply_parameters"] = {"message_id": plan.reply_to, "allow_sending_without_reply": True}
    message = await line.call("sendMessage", parameters)
    return int(message["message_id"])


async def edit(line: Line, plan: Edit, message_id: int) -> bool:
    """Edit one message. Returns whether there is one that can be edited. Raises `TelegramError`."""
    if message_id == UNNUMBERED:
        return False
    try:
        await line.call("editMessageText", _shown(plan) | {"message_id": message_id})
    except BadRequest as error:
        said = error.message.lower()
        if any(words in said for words in _GONE):
            return False
        if _UNCHANGED not in said:
            raise
    return True


async def remove(line: Line, plan: Delete, message_id: int) -> None:
    """Delete one message. Does nothing if it is gone or too old to be deleted. Raises `TelegramError`."""
    if message_id == UNNUMBERED:
        return
    try:
        await line.call("deleteMessage", {"chat_id": plan.chat_id, "message_id": message_id})
    except BadRequest as error:
        if fate_of(error) is Fate.UNREACHABLE:
            raise


def albums(files: Sequence[File]) -> Iterator[Sequence[File]]:
    """Cut a list of files into batches, in order, each of which Telegram takes in one call.

    Photos and videos may share an album. Documents and audio files share one with their own kind. A voice message and
    a round video go alone.
    """
    batch: list[File] = []
    for file in files:
        if batch and (_company(file) is None or _company(file) != _company(batch[0]) or len(batch) == ALBUM):
            yield batch
            batch = []
        batch.append(file)
    if batch:
        yield batch


def needs_heading(batch: Sequence[File]) -> bool:
    """Whether the caption of a batch of `albums` must go before it, as a message of its own."""
    return _sending(batch[0]).headed


async def send_heading(bot: Bot, plan: SendFiles) -> None:
    """Send the caption of files as a message of its own. Raises `TelegramError`."""
    await bot.send_message(
        plan.chat_id,
        plan.caption,
        parse_mode=ParseMode.HTML,
        disable_notification=plan.silent,
        link_preview_options=_PLAIN,
        reply_parameters=_replying_to(plan.reply_to),
    )


async def send_files(bot: Bot, plan: SendFiles, batch: Sequence[File], *, caption: str) -> None:
    """Send one batch of `albums`, with `caption` under its first file. Raises `TelegramError`."""
    if len(batch) == 1:
        await _send_file(bot, plan, batch[0], caption=caption)
        return
    await bot.send_media_group(
        plan.chat_id,
        [_in_album(file) for file in batch],
        caption=caption or None,
        parse_mode=ParseMode.HTML if caption else None,
        disable_notification=plan.silent,
        reply_parameters=_replying_to(plan.reply_to),
    )


async def send_up(bot: Bot, plan: SendFiles, file: File, content: bytes, *, name: str, caption: str) -> str | None:
    """Send one file by its bytes, under a `name` of ours, and return the file_id that it has got, None if none is told.

    Raises `TelegramError`.
    """
    message = await _sending(file).alone(bot)(
        plan.chat_id,
        InputFile(content, filename=name),
        caption=caption or None,
        parse_mode=ParseMode.HTML if caption else None,
        disable_notification=plan.silent,
        reply_parameters=_replying_to(plan.reply_to),
        read_timeout=_SENT_UP_WITHIN,
    )
    return message.document.file_id if message.document is not None else None


async def send_paper(bot: Bot, plan: SendPaper, kind: AttachmentKind, file: str | bytes) -> tuple[int, str | None]:
    """Send a paper by its file_id or by its bytes. Returns the `message_id`, and the file_id that it has now.

    Raises `TelegramError`.
    """
    given = file if isinstance(file, str) else InputFile(file, filename=f"{plan.name}.{plan.paper.sheet.value}")
    send = bot.send_photo if kind is AttachmentKind.PHOTO else bot.send_document
    message = await send(
        plan.chat_id,
        given,
        caption=plan.caption,
        parse_mode=ParseMode.HTML,
        disable_notification=plan.silent,
        reply_markup=markup(plan.keyboard),
        read_timeout=_ANSWERED_WITHIN if isinstance(file, str) else _SENT_UP_WITHIN,
    )
    sent = message.photo[-1] if message.photo else message.document
    return message.message_id, sent.file_id if sent is not None else None


async def send_words(line: Line, plan: SendPaper) -> int:
    """Send the words of a paper without it, and return the `message_id`. Raises `TelegramError`."""
    return await send(line, Send(plan.chat_id, plan.caption, plan.keyboard, silent=plan.silent))


async def send_register(bot: Bot, plan: SendRegister, file: Path, *, name: str, caption: Markup) -> None:
    """Send a file up as a document, under a `name` of ours. Raises `TelegramError`, and OSError where it is gone."""
    content = await asyncio.to_thread(file.read_bytes)
    await bot.send_document(
        plan.chat_id,
        InputFile(content, filename=name),
        caption=caption,
        parse_mode=ParseMode.HTML,
        disable_notification=plan.silent,
        read_timeout=_SENT_UP_WITHIN,
        write_timeout=_LARGE_WITHIN,
    )


def _shown(plan: Send | Edit) -> dict[str, Any]:
    """Return the parameters of a message with its buttons, as the Bot API has them.

    They are most of what is sent. The library's objects for them take a fifth of such a call's processor.
    """
    parameters: dict[str, Any] = {
        "chat_id": plan.chat_id,
        "text": plan.text,
        "parse_mode": ParseMode.HTML.value,
        "link_preview_options": {"is_disabled": True},
    }
    if plan.keyboard:
        parameters["reply_markup"] = {"inline_keyboard": [[_button(key) for key in row] for row in plan.keyboard]}
    return parameters


def _button(key: Key) -> dict[str, str]:
    button = {"text": key.label, "callback_data": key.token, "url": key.url, "style": key.style and key.style.value}
    return {name: value for name, value in button.items() if value is not None}


def markup(keyboard: Keyboard) -> InlineKeyboardMarkup | None:
    """Return the inline keyboard as the library takes it; None takes the buttons off a message."""
    if not keyboard:
        return None
    return InlineKeyboardMarkup(
        [
            [
                InlineKeyboardButton(
                    key.label, callback_data=key.token, url=key.url, style=key.style and key.style.value
                )
                for key in row
            ]
            for row in keyboard
        ]
    )


async def _send_file(bot: Bot, plan: SendFiles, file: File, *, caption: str) -> None:
    send = _sending(file).alone(bot)
    await send(
        plan.chat_id,
        str(file["file_id"]),
        caption=caption or None,
        parse_mode=ParseMode.HTML if caption else None,
        disable_notification=plan.silent,
        reply_parameters=_replying_to(plan.reply_to),
    )


def _sending(file: File) -> _Sending:
    return _SENDING[AttachmentKind(file["kind"])]


def _company(file: File) -> str | None:
    """Return the group of kinds that may share an album with `file`, None for a file that goes alone."""
    album = _sending(file).album
    return album.company if album is not None else None


def _in_album(file: File) -> Media:
    album = _sending(file).album
    if album is None:
        raise ValueError(f"a {file['kind']} cannot be part of an album")
    return album.medium(str(file["file_id"]))


def _replying_to(message_id: int | None) -> ReplyParameters | None:
    if message_id is None or message_id == UNNUMBERED:
        return None
    return ReplyParameters(message_id, allow_sending_without_reply=True)
