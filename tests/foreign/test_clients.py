"""One bot, written with three libraries: what the product uses of Telegram works with each as it does at Telegram."""

from __future__ import annotations

import pytest

from bot.sandbox.faults import Fault, Trouble
from bot.sandbox.people import Person
from bot.sandbox.server import Sandbox
from tests.foreign.places import Running

WITHIN = 60.0
"""Seconds for a client to start on a machine with much to do."""

every_client = pytest.mark.parametrize("client", ["with_aiogram", "with_telebot", "with_updater"])


@every_client
async def test_a_card_is_sent_tapped_edited_and_deleted(
    sandbox: Sandbox, budi: Person, running: Running, client: str
) -> None:
    asked = budi.says("kartu")
    async with running(client):
        card = await budi.awaits("Kartu tautan", within=WITHIN)
        assert card.reply_to is asked
        assert card.silent
        assert card.preview == {"is_disabled": True}
        assert [entity["type"] for entity in card.entities] == ["bold", "text_link"]
        assert [[(key.text, key.data, key.style) for key in row] for row in card.buttons] == [
            [("Buka", "buka", "success")]
        ]
        assert await budi.taps("Buka").answered(within=WITHIN) == "Dibuka"
        refused = await budi.awaits("galat: message is not modified", within=WITHIN)
        assert (card.text, card.buttons, card.edited is not None) == ("Terbuka", [], True)
        budi.says("hapus", reply_to=refused)
        await budi.awaits("terhapus", within=WITHIN)
        assert refused.deleted
    assert sandbox.world.commands["all_private_chats", 0, "id"] == [{"command": "start", "description": "Mulai"}]
    assert sandbox.world.complaints == []


@every_client
async def test_a_photo_is_fetched_and_sent_again_alone_and_in_an_album(
    sandbox: Sandbox, budi: Person, running: Running, client: str
) -> None:
    photo = budi.sends_photo().media
    assert photo is not None
    async with running(client):
        alone = await budi.awaits(f"{len(photo.content)} bita", within=WITHIN)
        first = await budi.awaits("album", within=WITHIN)
    album = [message for message in budi.received if message.media_group_id == first.media_group_id]
    assert [message.media for message in (alone, *album)] == [photo] * 3
    assert len(album) == 2
    assert sandbox.world.complaints == []


@every_client
async def test_refusals_are_read_as_what_they_are(
    sandbox: Sandbox, budi: Person, running: Running, client: str
) -> None:
    group = sandbox.group(-100500, "Tim Contoh", [budi])
    group.moves(-100600)
    async with running(client):
        budi.says("asing")
        await budi.awaits("galat: chat not found", within=WITHIN)
        sandbox.faults.next("sendMessage", Fault(Trouble.TOO_MANY_REQUESTS, seconds=170, chat_id=budi.user_id))
        budi.says("cepat")
        await budi.awaits("tunggu 170", within=WITHIN)
        budi.says("pindah")
        await sandbox.until(lambda: "pindah ke -100600" in sandbox.world.transcript, within=WITHIN, why="nothing moved")
    assert not budi.sees("terlalu cepat")
    assert sandbox.world.complaints == []


async def test_a_client_may_answer_in_the_answer_of_its_webhook(
    sandbox: Sandbox, budi: Person, running: Running
) -> None:
    async with running("with_aiogram", "webhook"):
        await sandbox.until(lambda: sandbox.world.webhook is not None, within=WITHIN, why="no webhook")
        budi.says("halo")
        answer = await budi.awaits("Dijawab: halo", within=WITHIN)
    assert answer.from_bot
    assert [entity["type"] for entity in answer.entities] == ["bold"]
    assert [call.method for call in sandbox.calls] == ["setWebhook", "sendMessage"]
    assert sandbox.world.complaints == []
