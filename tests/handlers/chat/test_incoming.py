"""What is taken from a message that Telegram hands out."""

from typing import Any

import pytest
from telegram import Message

from handlers.chat.incoming import incoming

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
