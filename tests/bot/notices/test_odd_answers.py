"""Answers that the library cannot read: what was delivered counts as delivered, under the number that Telegram gave."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from bot.sandbox.faults import Fault, Trouble
from bot.sandbox.people import Person
from bot.sandbox.server import Sandbox
from models.mail.card import CardKind
from models.mail.notice import NoticeKind, NoticeState
from tests.bot.notices.post import Post, carded, fresh_card, media, note

ODD_FIELDS: list[dict[str, Any]] = [
    {"chat": {"id": 1001}},
    {"chat": 5},
    {"chat": None},
    {"from": {"id": 1}},
    {"date": "kemarin"},
    {"date": 10**30},
    {"entities": [{}]},
    {"reply_markup": {"inline_keyboard": [[{}]]}},
    {"reply_markup": []},
    {"link_preview_options": 1},
    {"quote": {"is_manual": True}},
]


def _told(result: object, _true: object) -> object:
    return result


def odd(alter: Callable[[Any], object]) -> Fault:
    return Fault(Trouble.ODD_ANSWER, alter=alter)


@pytest.mark.parametrize("field", ODD_FIELDS)
@pytest.mark.databases("sqlite")
async def test_a_message_with_an_odd_field_is_delivered_and_its_number_known(
    post: Post, budi: Person, sandbox: Sandbox, field: dict[str, Any]
) -> None:
    sandbox.faults.next("sendMessage", odd(lambda result: result | field))
    sandbox.faults.next("editMessageText", odd(lambda result: result | field))
    card = fresh_card()
    await post.owe(carded(NoticeKind.CARD, card, "Tugas"))
    assert await post.outcome() == [NoticeState.SENT]
    assert (await post.card()).message_id == budi.last.message_id
    await post.owe(carded(NoticeKind.REFRESH, await post.card(), "Tugas, terlambat"))
    assert await post.outcome() == [NoticeState.SENT] * 2
    assert [message.words for message in budi.received] == ["Tugas, terlambat"]


@pytest.mark.parametrize("files", [1, 3])
@pytest.mark.databases("sqlite")
async def test_files_are_sent_once_whatever_their_answer(
    post: Post, budi: Person, sandbox: Sandbox, files: int
) -> None:
    photo = media(budi.sends_photo())
    odd_results: list[object] = [None, 5, [5], [{"message_id": 7}], {}]
    for result in odd_results:
        alter = partial(_told, result)
        sandbox.faults.next("sendPhoto", odd(alter))
        sandbox.faults.next("sendMediaGroup", odd(alter))
        before = len(budi.received)
        await post.owe(note(files=[{"kind": "photo", "file_id": photo}] * files))
        assert len(budi.received) == before + files
    assert set(await post.outcome()) == {NoticeState.SENT}


@pytest.mark.parametrize(
    "result", [None, True, 5, "x", [], {}, {"message_id": 0}, {"message_id": True}, {"message_id": 2**70}]
)
@pytest.mark.databases("sqlite")
async def test_a_card_whose_number_telegram_keeps_to_itself_is_sent_again_to_be_changed(
    post: Post, budi: Person, sandbox: Sandbox, result: object
) -> None:
    sandbox.faults.next("sendMessage", odd(lambda _: result))
    await post.owe(carded(NoticeKind.CARD, fresh_card(CardKind.TASK), "Tugas"))
    assert await post.outcome() == [NoticeState.SENT]
    assert [message.words for message in budi.received] == ["Tugas"]
    await post.owe(carded(NoticeKind.REFRESH, await post.card(), "Tugas, terlambat"))
    assert set(await post.outcome()) == {NoticeState.SENT}
    assert len(budi.received) == 2
    assert not [call for call in sandbox.calls if call.method == "editMessageText"]
    assert (await post.card()).message_id == budi.last.message_id


@pytest.mark.databases("sqlite")
async def test_nothing_replies_to_a_message_without_a_number_and_it_is_not_deleted(
    post: Post, budi: Person, sandbox: Sandbox
) -> None:
    sandbox.faults.next("sendMessage", odd(lambda _: None))
    await post.owe(carded(NoticeKind.CARD, fresh_card(), "Tugas"))
    await post.owe(note("Pengingat", reply_to=0), carded(NoticeKind.WITHDRAW, await post.card(), ""))
    assert set(await post.outcome()) == {NoticeState.SENT}
    assert budi.last.words == "Pengingat"
    assert budi.last.reply_to is None
    assert not [call for call in sandbox.calls if call.method == "deleteMessage"]
