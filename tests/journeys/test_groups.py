"""Groups: topics, captions for other bots, what a group that was left alone has said meanwhile."""

from __future__ import annotations

from collections.abc import AsyncIterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.sandbox.people import Group
from models.case.case import Case
from tests.journeys.demo_office import DemoOffice, demo_office

GROUP = -100200300


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[DemoOffice]:
    async with demo_office(tmp_path) as place:
        yield place


@pytest.fixture
def group(office: DemoOffice) -> Group:
    return office.sandbox.group(GROUP, "Kepegawaian", [office["Budi"].person, office["Wati"].person])


async def reported(office: DemoOffice) -> list[str]:
    """Return the first line of each report."""
    texts = await office.asks(lambda records: list(records.session.scalars(select(Case.text).order_by(Case.id))))
    return [text.splitlines()[0] for text in texts]


async def test_every_report_in_a_topic_is_one(office: DemoOffice, group: Group) -> None:
    budi, wati = office["Budi"], office["Wati"]
    topic = group.opens_topic("Masalah TI", budi.person)
    await budi.says("/lapor SIMPEG mati", into=topic)
    await wati.says("/lapor Server terbakar", into=topic)

    assert await reported(office) == ["SIMPEG mati", "Server terbakar"]
    answers = [one for one in group.chat if one.from_bot]
    assert [one.words for one in answers] == ["Laporan SW-2026-0001 dicatat.", "Laporan SW-2026-0002 dicatat."]
    assert all(one.topic is topic.topic for one in answers), "they stand in the topic"


async def test_a_message_in_a_topic_is_reported_by_replying_to_it(office: DemoOffice, group: Group) -> None:
    budi, wati = office["Budi"], office["Wati"]
    topic = group.opens_topic("Masalah TI", budi.person)
    complaint = wati.person.says("SIMPEG tidak dapat dibuka", into=topic)
    await budi.says("/lapor", complaint, into=topic)
    await wati.says("/lapor", complaint, into=topic)

    assert await reported(office) == ["SIMPEG tidak dapat dibuka"]
    assert group.sees("Pesan itu sudah dicatat sebagai SW-2026-0001.")


async def test_a_command_alone_in_a_topic_is_answered_with_a_hint(office: DemoOffice, group: Group) -> None:
    budi = office["Budi"]
    await budi.says("/lapor", into=group.opens_topic("Masalah TI", budi.person))

    assert group.sees("Balas pesan yang memuat masalahnya")


async def test_a_topic_whose_beginning_tells_only_its_number_is_one_too(office: DemoOffice, group: Group) -> None:
    budi = office["Budi"]
    beginning: dict[str, Any] = {"message_id": 777, "date": 0, "chat": FORUM}
    in_topic: dict[str, Any] = {"message_thread_id": 777, "is_topic_message": True, "reply_to_message": beginning}
    await office.program.parts.intake.store([said(budi.person.user_id, number, **in_topic) for number in (1, 2)])
    await office.settle()

    assert await reported(office) == ["Rusak 1", "Rusak 2"]
    assert group.sees("Laporan SW-2026-0002 dicatat.")


FORUM = {"id": GROUP, "type": "supergroup", "title": "Kepegawaian", "is_forum": True}
PHOTO = {"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}
_updates = count(700_000_000)


def said(account: int, number: int, *, text: str | None = None, **more: Any) -> dict[str, Any]:
    """Return an update as Telegram hands it out: `/lapor` in the group, with whatever else it brings."""
    words = text or f"/lapor Rusak {number}"
    entities = [{"type": "bot_command", "offset": 0, "length": len(words.split()[0])}]
    user = {"id": account, "is_bot": False, "first_name": "Orang"}
    message = {"message_id": 50_000 + number, "date": 0, "chat": FORUM, "from": user}
    if "photo" in more:
        message |= {"caption": words, "caption_entities": entities}
    else:
        message |= {"text": words, "entities": entities}
    return {"update_id": next(_updates), "message": message | more}


@pytest.mark.parametrize(
    "words",
    [
        "/lapor Layar biru",
        "/LAPOR\nLayar biru",
        "/lapor@disposisi_bot Layar biru",
        "/lapor@Disposisi_BOT Layar biru",
    ],
)
async def test_a_caption_that_begins_with_our_command_is_a_report(office: DemoOffice, group: Group, words: str) -> None:
    account = office["Budi"].person.user_id
    await office.program.parts.intake.store([said(account, 1, text=words, photo=[PHOTO])])
    await office.settle()

    assert await reported(office) == ["Layar biru"]
    assert group.sees("Laporan SW-2026-0001 dicatat.")


@pytest.mark.parametrize(
    "words",
    ["/lapor@bot_lain Layar biru", "/lapor@disposisi_bot2 Layar biru", "/laporan Layar biru", "Saya /lapor"],
)
async def test_a_caption_that_is_not_for_us_is_none(office: DemoOffice, group: Group, words: str) -> None:
    account = office["Budi"].person.user_id
    await office.program.parts.intake.store([said(account, 1, text=words, photo=[PHOTO])])
    await office.settle()

    assert await reported(office) == []
    assert not any(one.from_bot for one in group.chat)


async def test_what_is_written_in_private_to_another_bot_is_kept_as_it_was_written(office: DemoOffice) -> None:
    budi = office["Budi"]
    budi.person.sends_photo("/lapor@bot_lain Layar biru")
    await office.settle()
    await budi.taps("Kirim")
    budi.person.sends_photo("/lapor@disposisi_bot Layar hitam")
    await office.settle()
    await budi.taps("Kirim")

    assert await reported(office) == ["/lapor@bot_lain Layar biru", "Layar hitam"]


async def test_a_message_that_becomes_a_report_by_an_edit_is_one(office: DemoOffice, group: Group) -> None:
    account = office["Budi"].person.user_id
    await edited(office, said(account, 1, text="/lapr Layar biru"))
    await edited(office, said(account, 1, text="/lapor Layar biru"), kind="edited_message")
    assert await reported(office) == ["Layar biru"]
    assert group.sees("Laporan SW-2026-0001 dicatat.")


async def test_a_report_that_is_edited_stands_as_it_was_and_its_sender_is_told_once(
    office: DemoOffice, group: Group
) -> None:
    account = office["Budi"].person.user_id
    await edited(office, said(account, 1, text="/lapor Layar biru"))
    preview = said(account, 1, text="/lapor Layar biru", link_preview_options={"url": "https://a.example/"})
    await edited(office, preview, kind="edited_message")
    assert len([one for one in group.chat if one.from_bot]) == 1, "a preview is no news"
    for words in ("/lapor Layar hitam", "/lapor Layar putih"):
        await edited(office, said(account, 1, text=words), kind="edited_message")
    assert await reported(office) == ["Layar biru"]
    answers = [one.words for one in group.chat if one.from_bot]
    assert len(answers) == 2
    assert answers[1].startswith("SW-2026-0001 sudah terkirim seperti semula; perubahan pesan ini tidak ikut.")


async def edited(office: DemoOffice, update: dict[str, Any], kind: str = "message") -> None:
    """Hand out a message of the group, or its edit."""
    office.sandbox.hands_out(kind, update["message"])
    await office.settle()


async def test_what_the_bot_said_is_reported_by_nobody(office: DemoOffice, group: Group) -> None:
    budi = office["Budi"]
    await budi.says("/lapor", into=group)
    hint = next(one for one in group.chat if one.from_bot)
    await budi.says("/lapor", hint, into=group)
    assert await reported(office) == []
    await budi.says("/lapor SIMPEG mati", hint, into=group)
    assert (await office.case()).text == "SIMPEG mati\n(dari grup Kepegawaian)"


async def test_sixty_reports_of_one_person_do_not_stand_before_the_emergency_of_another(
    office: DemoOffice, group: Group
) -> None:
    budi, wati, kakanwil = office["Budi"], office["Wati"], office["Kakanwil"]
    flood = [said(budi.person.user_id, number) for number in range(60)]
    await office.program.parts.intake.store(flood)
    await office.program.parts.intake.store([said(wati.person.user_id, 60, text="/lapor Server terbakar")])
    await office.settle()

    assert await reported(office) == [f"Rusak {number}" for number in range(10)] + ["Server terbakar"]
    assert sum("DISPOSISI" in one.words for one in kakanwil.person.received) == 11
    assert sum("tersimpan sebagai draf di obrolan pribadi" in one.words for one in group.chat) == 1
    drafts = [one.words for one in budi.person.received if "Draf laporan" in one.words]
    assert len(drafts) == 50
    assert all(f"Rusak {number}" in words for number, words in enumerate(drafts, start=10))
