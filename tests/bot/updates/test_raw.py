"""What is told of an update before anybody has parsed it."""

from typing import Any

import pytest
from telegram import Update

from bot.updates.raw import Origin, legible

CHAT = {"id": 7, "type": "private"}
GROUP = {"id": -100, "type": "supergroup", "title": "Kepegawaian"}


@pytest.mark.parametrize(
    ("sender", "name"),
    [
        ({"id": 7, "first_name": "Budi", "last_name": "Contoh"}, "Budi Contoh"),
        ({"id": 7, "first_name": "", "last_name": "Contoh"}, "Contoh"),
        ({"id": 7, "first_name": ""}, "–"),
        ({"id": 7, "first_name": None, "last_name": 5}, "–"),
        ({}, "–"),
        ("siapa", "–"),
    ],
)
def test_a_name_is_told_as_far_as_there_is_one(sender: object, name: str) -> None:
    assert Origin.of({"message": {"chat": CHAT, "from": sender}}).name == name


@pytest.mark.parametrize(
    ("body", "what", "held"),
    [
        ({"message": {"text": "SIMPEG\nmati"}}, "message", "SIMPEG mati"),
        ({"edited_message": {"caption": "Layar", "photo": []}}, "message", "Layar"),
        ({"message": {"message_id": 1, "date": 0, "chat": CHAT, "contact": {}, "x": 1}}, "message", "contact, x"),
        ({"message": {"text": "a" * 300}}, "message", "a" * 199 + "…"),
        ({"message": {"text": "\ud83d"}}, "message", "\ufffd"),
        ({"message": None}, "message", "–"),
        ({"callback_query": {"data": "x", "message": {"reply_markup": {"inline_keyboard": [None, 5]}}}}, "tap", "–"),
        ({"my_chat_member": {"chat": CHAT}}, "other", "–"),
        ({}, "other", "–"),
    ],
)
def test_what_an_update_holds_is_told_whatever_its_shape(body: dict[str, Any], what: str, held: str) -> None:
    origin = Origin.of(body)
    assert (origin.what, origin.held) == (what, held)


def test_of_a_tap_the_label_is_told() -> None:
    keyboard = {
        "inline_keyboard": [[{"text": "Tolak", "callback_data": "x"}, {"text": "Teruskan", "callback_data": "y"}]]
    }
    body = {"callback_query": {"from": {"id": 7}, "data": "y", "message": {"chat": GROUP, "reply_markup": keyboard}}}
    assert (Origin.of(body).held, Origin.of(body).sender, Origin.of(body).group) == ("Teruskan", 7, -100)


@pytest.mark.parametrize("number", [None, "7", 2**63, 1.5])
def test_an_account_that_cannot_be_one_is_none(number: object) -> None:
    assert Origin.of({"message": {"chat": GROUP, "from": {"id": number}}}).sender is None


@pytest.mark.parametrize(
    "message",
    [
        {"from": {"id": 7}},
        {"from": {"id": 7, "is_bot": False, "first_name": None}},
        {"reply_to_message": {"message_id": 1, "date": 0, "chat": CHAT, "from": {"id": 8}}},
        {"forward_origin": {"type": "user", "date": 1, "sender_user": {"id": 8}}},
        {"new_chat_members": [{"id": 8}, {"id": 9, "first_name": ""}]},
        {"contact": {"phone_number": "0812"}},
        {"entities": [{"type": "text_mention", "offset": 0, "length": 1, "user": {"id": 8}}]},
    ],
)
def test_people_without_a_name_can_be_read(message: dict[str, Any]) -> None:
    body = {"update_id": 1, "message": {"message_id": 2, "date": 1, "chat": CHAT, "text": "Halo", **message}}
    update = Update.de_json(legible(body), None)
    assert update.message is not None
    assert update.message.text == "Halo"
