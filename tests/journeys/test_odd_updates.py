"""Updates of a shape that is rare: each is taken like any other, or its sender learns what was not kept."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest
from telegram.ext import Application

from bot.loop.pauses import Pauses
from bot.sandbox.chats import Button
from bot.sandbox.people import Group
from tests.journeys.demo_office import DemoOffice

pytestmark = pytest.mark.databases("sqlite")

GROUP = -100200300
_queries = count(1)


@pytest.fixture
def group(office: DemoOffice) -> Group:
    return office.sandbox.group(GROUP, "Kepegawaian", [office["Budi"].person, office["Wati"].person])


def user(account_id: int, **more: Any) -> dict[str, Any]:
    return {"id": account_id, "is_bot": False, "first_name": "Orang", **more}


def button_of(office: DemoOffice, name: str, label: str) -> tuple[Button, int]:
    """Return a button that somebody sees, and the number of its message."""
    message = office[name].message(label)
    button = message.button(label)
    assert button is not None
    return button, message.message_id


async def pressed(office: DemoOffice, name: str, label: str, **shown: Any) -> None:
    """Press a button on a message of which Telegram gives out only where it stands, or what `shown` says instead."""
    account_id = office[name].person.user_id
    button, message_id = button_of(office, name, label)
    place = {"chat": {"id": account_id, "type": "private"}, "message_id": message_id, "date": 0}
    query = {"id": str(next(_queries)), "from": user(account_id), "chat_instance": "1", "data": button.data}
    office.sandbox.hands_out("callback_query", query | {"message": place | shown})
    await office.settle()


async def test_a_card_that_telegram_no_longer_gives_out_is_tapped_like_any_other(office: DemoOffice) -> None:
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await pressed(office, "Kakanwil", "Teruskan ke")
    assert (await office.task()).step == 2


async def test_a_card_that_was_chased_for_a_week_still_decides(office: DemoOffice) -> None:
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    card = office["Kakanwil"].message("Teruskan ke")
    await office.passes(days=5)
    toast = await office["Kakanwil"].taps("Teruskan ke", card)
    assert "tidak berlaku" not in toast
    assert (await office.task()).step == 2


@pytest.mark.parametrize(
    "shown",
    [
        {"chat": {"id": GROUP, "type": "supergroup", "title": "Kepegawaian"}},
        {"date": 1_774_830_600, "from": user(7001), "text": "Salinan"},
        {"date": 1_774_830_600, "text": "Tanpa pengirim"},
    ],
    ids=["in a group", "by a person", "by nobody"],
)
async def test_a_tap_on_what_is_not_ours_counts_for_nothing(office: DemoOffice, shown: dict[str, Any]) -> None:
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    await pressed(office, "Kakanwil", "Teruskan ke", **shown)
    assert (await office.task()).step == 1


async def test_an_old_card_whose_button_was_overtaken_says_so(office: DemoOffice) -> None:
    await office.report("Budi", "SIMPEG tidak dapat dibuka")
    kakanwil = office["Kakanwil"]
    button, _ = button_of(office, "Kakanwil", "Teruskan ke")
    card = kakanwil.message("Teruskan ke")
    await kakanwil.taps("Teruskan ke")
    await office.passes(days=5)
    assert "Sudah diputuskan" in await kakanwil.toast_of(kakanwil.person.forges(button.data or "", card))


@pytest.mark.parametrize(
    "author", [{"first_name": ""}, {"first_name": "\u3164\u200b"}, {"first_name": "<b>{0}</b>"}, {}]
)
async def test_a_message_of_somebody_with_an_odd_name_is_reported(
    office: DemoOffice, group: Group, author: dict[str, Any]
) -> None:
    await lapor(office, {"id": 99, "is_bot": False, **author})
    assert await office.cases() == ["SW-2026-0001"]
    assert group.sees("SW-2026-0001")
    assert "SIMPEG mati" in (await office.case()).text


async def lapor(office: DemoOffice, author: dict[str, Any] | None, **original_has: Any) -> None:
    """Let Budi write `/lapor` in the group, in reply to a message of `author`."""
    chat = {"id": GROUP, "type": "supergroup", "title": "Kepegawaian"}
    original: dict[str, Any] = {
        "message_id": 901,
        "date": 1_774_830_600,
        "chat": chat,
        "text": "SIMPEG mati",
    } | original_has
    if author is not None:
        original["from"] = author
    command = {"type": "bot_command", "offset": 0, "length": 6}
    said = {"message_id": 902, "date": 1_774_830_600, "chat": chat, "from": user(office["Budi"].person.user_id)}
    said |= {"text": "/lapor", "entities": [command], "reply_to_message": original}
    office.sandbox.hands_out("message", said)
    await office.settle()


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every update fail, each time at once."""

    async def fail(*_: object) -> None:
        raise ValueError("rusak")

    async def at_once(*_: object) -> None:
        return

    monkeypatch.setattr(Application, "process_update", fail)
    monkeypatch.setattr(Pauses, "wait", at_once)


@pytest.mark.usefixtures("failing")
async def test_the_sender_of_an_update_of_a_group_that_fails_is_told_in_private(
    office: DemoOffice, group: Group
) -> None:
    await office["Budi"].says("/lapor SIMPEG mati", into=group)
    assert office["Budi"].sees("tidak dapat diproses karena gangguan: “/lapor SIMPEG mati”")
    assert office["Budi"].sees("di grup “Kepegawaian”")
    admin = office["Kasubbag"]
    assert admin.sees("Pesan dari “Budi Contoh” di grup “Kepegawaian” tidak dapat diproses")
    assert admin.sees("“/lapor SIMPEG mati”")
    assert not any(one.from_bot for one in group.chat), "the group hears nothing of it"


@pytest.mark.usefixtures("failing")
async def test_a_tap_that_fails_is_answered_in_private(office: DemoOffice) -> None:
    office.sandbox.hands_out(
        "callback_query",
        {"id": "1", "from": user(office["Budi"].person.user_id), "chat_instance": "1", "data": "x"},
    )
    await office.settle()
    assert office["Budi"].sees("ketukan Anda tidak dapat diproses")
    assert office["Kasubbag"].sees("Ketukan tombol dari “Budi Contoh”")


@pytest.mark.usefixtures("failing")
async def test_a_file_that_fails_is_named_to_its_sender_and_the_admin(office: DemoOffice) -> None:
    await office["Budi"].sends_photo()
    assert office["Budi"].sees("“photo”")
    assert office["Kasubbag"].sees("“photo”")


@pytest.mark.parametrize(
    ("author", "sender_chat"),
    [
        (
            {"id": 1_087_968_824, "is_bot": True, "first_name": "Group"},
            {"id": GROUP, "type": "supergroup", "title": "Kepegawaian"},
        ),
        (
            {"id": 136_817_688, "is_bot": True, "first_name": "Channel"},
            {"id": -100_9, "type": "channel", "title": "Kabar"},
        ),
        ({"id": 777_000, "is_bot": False, "first_name": "Telegram"}, {"id": -100_9, "type": "channel"}),
    ],
    ids=["anonymous admin", "as a channel", "channel without a name"],
)
async def test_an_anonymous_sender_is_told_to_write_as_themselves(
    office: DemoOffice, group: Group, author: dict[str, Any], sender_chat: dict[str, Any]
) -> None:
    chat = {"id": GROUP, "type": "supergroup", "title": "Kepegawaian"}
    command = {"type": "bot_command", "offset": 0, "length": 6}
    said = {"message_id": 903, "date": 1_774_830_600, "chat": chat, "from": author, "sender_chat": sender_chat}
    office.sandbox.hands_out("message", said | {"text": "/lapor SIMPEG mati", "entities": [command]})
    await office.settle()
    assert group.sees("Matikan mode anonim")
    assert not group.sees("undangan")
    assert await office.cases() == []


async def test_what_an_anonymous_admin_wrote_is_reported_in_the_name_of_the_group(
    office: DemoOffice, group: Group
) -> None:
    anonymous = {"id": 1_087_968_824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    await lapor(office, anonymous, sender_chat={"id": GROUP, "type": "supergroup", "title": "Kepegawaian"})
    assert group.sees("Laporan SW-2026-0001 dicatat dari pesan Kepegawaian.")
