"""What is taken from a message that Telegram hands out."""

from typing import Any

import pytest
from telegram import Message

from handlers.chat.incoming import incoming
from models.case.attachment import AttachmentKind

BOT = {"id": 1, "is_bot": True, "first_name": "Disposisi"}
BUDI = {"id": 7, "is_bot": False, "first_name": "Budi"}
CHAT = {"id": 7, "type": "private", "first_name": "Budi"}
KEYBOARD = {
    "inline_keyboard": [
        [{"text": "Panduan", "url": "https://example.org"}],
        [{"text": "Jawab", "callback_data": "abc"}],
    ]
}
FORWARDED = {"type": "user", "date": 1, "sender_user": BOT}


def replying_to(**shown: Any) -> Message:
    """Return a message of Budi's that replies to one which shows this."""
    original = {"message_id": 5, "date": 1, "chat": CHAT, "text": "Sejak kapan?", **shown}
    reply = {"message_id": 6, "date": 2, "chat": CHAT, "from": BUDI, "text": "Tadi", "reply_to_message": original}
    message = Message.de_json(reply, None)
    assert message is not None
    return message


def test_a_reply_to_a_message_of_ours_brings_the_token_on_it() -> None:
    said = incoming(replying_to(**{"from": BOT}, reply_markup=KEYBOARD))
    assert (said.reply_to, said.reply_token) == (5, "abc")


@pytest.mark.parametrize(
    "shown",
    [
        {"from": BOT},
        {"from": BUDI, "reply_markup": KEYBOARD, "via_bot": {**BOT, "id": 2}},
        {"from": BOT, "reply_markup": KEYBOARD, "forward_origin": FORWARDED},
        {"reply_markup": KEYBOARD},
    ],
    ids=["without buttons", "by way of another bot", "forwarded", "by nobody"],
)
def test_buttons_that_others_may_have_chosen_bring_none(shown: dict[str, Any]) -> None:
    said = incoming(replying_to(**shown))
    assert (said.reply_to, said.reply_token) == (5, None)


def file(number: str, **more: Any) -> dict[str, Any]:
    return {"file_id": f"F{number}", "file_unique_id": f"U{number}", "file_size": 5, **more}


PHOTO = [file("small", width=90, height=60), file("large", width=1280, height=853)]
MOVING = file("moving", width=320, height=240, duration=3, file_name="rekaman.mp4", mime_type="video/mp4")


@pytest.mark.parametrize(
    ("carried", "kind", "file_id"),
    [
        ({"photo": PHOTO}, AttachmentKind.PHOTO, "Flarge"),
        ({"document": file("letter", file_name="surat.pdf")}, AttachmentKind.DOCUMENT, "Fletter"),
        ({"animation": MOVING, "document": MOVING}, AttachmentKind.DOCUMENT, "Fmoving"),
        ({"animation": MOVING}, AttachmentKind.DOCUMENT, "Fmoving"),
        ({"video": MOVING}, AttachmentKind.VIDEO, "Fmoving"),
        ({"voice": file("voice", duration=3)}, AttachmentKind.VOICE, "Fvoice"),
        ({"audio": file("song", duration=3)}, AttachmentKind.AUDIO, "Fsong"),
    ],
    ids=["photo", "document", "animation", "animation alone", "video", "voice", "audio"],
)
def test_a_file_is_found_where_telegram_puts_its_kind(carried: dict[str, Any], kind: str, file_id: str) -> None:
    message = Message.de_json({"message_id": 6, "date": 2, "chat": CHAT, "from": BUDI, **carried}, None)
    assert message is not None
    (found,) = incoming(message).files
    assert (found["kind"], found["file_id"], found["size"]) == (kind, file_id, 5)
