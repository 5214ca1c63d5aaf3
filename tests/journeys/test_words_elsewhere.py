"""Words that are not in the text of a message, files of rare kinds, and news that is none."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest

from bot.sandbox.people import Group
from tests.journeys.demo_office import DemoOffice

pytestmark = pytest.mark.databases("sqlite")

GROUP = -100200300
ACCOUNT = 7007
"""Budi's, as the office of the journeys gives them out."""

AT = 1_774_830_600
COMMAND = {"type": "bot_command", "offset": 0, "length": 6}
_numbers = count(40_000)


async def sent(office: DemoOffice, kind: str = "message", *, number: int | None = None, **content: Any) -> int:
    """Hand out a message of Budi's as Telegram writes it; returns its number."""
    account, message_id = office["Budi"].person.user_id, number or next(_numbers)
    sender = {"id": account, "is_bot": False, "first_name": "Budi"}
    chat = {"id": account, "type": "private", "first_name": "Budi"}
    office.sandbox.hands_out(kind, {"message_id": message_id, "date": AT, "chat": chat, "from": sender, **content})
    await office.settle()
    return message_id


def link(offset: int, length: int, url: str) -> dict[str, Any]:
    return {"type": "text_link", "offset": offset, "length": length, "url": url}


LOCATION = {"latitude": 0.5071, "longitude": 101.4478}
OPTIONS = [{"text": name, "voter_count": 0, "persistent_id": name} for name in ("SIMPEG", "SAKTI")]
POLL = {
    "id": "1",
    "question": "Mana yang mati?",
    "options": OPTIONS,
    "total_voter_count": 0,
    "is_closed": False,
    "is_anonymous": True,
    "type": "regular",
    "allows_multiple_answers": False,
    "allows_revoting": False,
    "members_only": False,
}
ORIGIN = {"type": "hidden_user", "date": AT, "sender_user_name": "Sari"}
BUDI = {"id": ACCOUNT, "is_bot": False, "first_name": "Budi"}
CHANNEL = {"id": -100_9, "type": "channel", "title": "Kabar Kanwil"}
QUOTE = {"text": "Lihat ini", "position": 0, "entities": [link(6, 3, "https://a.example/")]}
EARLIER = {"message_id": 1, "date": AT, "chat": {"id": ACCOUNT, "type": "private"}, "from": BUDI, "text": "Lihat ini"}
PICTURES = [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]
PAID = {"star_count": 5, "paid_media": [{"type": "photo", "photo": PICTURES}]}


@pytest.mark.parametrize(
    ("content", "kept"),
    [
        (
            {"text": "Lihat ini", "entities": [link(6, 3, "https://galat.example/7")]},
            "Lihat ini (https://galat.example/7)",
        ),
        (
            {
                "text": "😀😀 ini dan itu",
                "entities": [link(5, 3, "https://a.example/"), link(13, 3, "https://b.example/")],
            },
            "😀😀 ini (https://a.example/) dan itu (https://b.example/)",
        ),
        ({"text": "https://a.example/x", "entities": [link(0, 19, "https://a.example/x")]}, "https://a.example/x"),
        ({"text": "ini", "entities": [link(0, 99, "https://a.example/")]}, "ini (https://a.example/)"),
        (
            {"contact": {"phone_number": "0812", "first_name": "Sari", "last_name": "Contoh"}},
            "Kontak: Sari Contoh 0812",
        ),
        ({"contact": {"phone_number": "0812", "first_name": ""}}, "Kontak: 0812"),
        ({"location": LOCATION}, "Lokasi: 0.5071, 101.4478"),
        (
            {"location": LOCATION, "venue": {"location": LOCATION, "title": "Kanwil", "address": "Jl. Contoh 1"}},
            "Lokasi: Kanwil Jl. Contoh 1 (0.5071, 101.4478)",
        ),
        ({"poll": POLL}, "Jajak pendapat: Mana yang mati?\n• SIMPEG\n• SAKTI"),
        (
            {"poll": POLL | {"description": "Sejak pagi", "explanation": "Server mati"}},
            "Jajak pendapat: Mana yang mati?\nSejak pagi\n• SIMPEG\n• SAKTI\nServer mati",
        ),
        (
            {
                "checklist": {
                    "title": "Cek",
                    "tasks": [{"id": 1, "text": "Kabel"}, {"id": 2, "text": "Server", "completion_date": AT}],
                }
            },
            "Daftar: Cek\n☐ Kabel\n☑ Server",
        ),
        (
            {
                "text": "Ini rusak",
                "quote": {"text": "Server mati", "position": 0},
                "external_reply": {"origin": ORIGIN, "contact": {"phone_number": "0812", "first_name": "Sari"}},
            },
            "“Server mati”\nKontak: Sari 0812\nIni rusak",
        ),
        (
            {"text": "Ini", "quote": QUOTE, "external_reply": {"origin": ORIGIN}},
            "“Lihat ini (https://a.example/)”\nIni",
        ),
        (
            {"text": "Ini lagi", "quote": QUOTE, "reply_to_message": EARLIER},
            "“Lihat ini (https://a.example/)”\nIni lagi",
        ),
        (
            {"text": "SIMPEG mati", "forward_origin": ORIGIN},
            "SIMPEG mati\n(diteruskan dari Sari)",
        ),
        (
            {
                "text": "SIMPEG mati",
                "forward_origin": {"type": "channel", "date": AT, "chat": CHANNEL, "message_id": 7},
            },
            "SIMPEG mati\n(diteruskan dari Kabar Kanwil)",
        ),
        ({"text": "SIMPEG mati", "forward_origin": {"type": "user", "date": AT, "sender_user": BUDI}}, "SIMPEG mati"),
    ],
    ids=[
        "link",
        "links behind emoji",
        "link that is seen",
        "link too long",
        "contact",
        "contact without a name",
        "place",
        "venue",
        "poll",
        "poll with words around it",
        "checklist",
        "reply to another chat",
        "quote with a link",
        "quote of an own message",
        "forwarded",
        "forwarded from a channel",
        "forwarded by its author",
    ],
)
async def test_what_a_message_says_beside_its_text_is_kept(
    office: DemoOffice, content: dict[str, Any], kept: str
) -> None:
    await sent(office, **content)
    await office["Budi"].taps("Kirim")
    assert (await office.case()).text == kept


LINKED = {"type": "url", "text": "sini", "url": "https://a.example/"}
STEPS = [
    {"label": f"{number}.", "blocks": [{"type": "paragraph", "text": text}]}
    for number, text in enumerate(("Masuk", "Simpan"), 1)
]
BLOCKS: list[dict[str, Any]] = [
    {"type": "heading", "text": "Galat", "size": 1},
    {"type": "paragraph", "text": ["SIMPEG ", {"type": "bold", "text": "mati"}, " di ", LINKED]},
    {"type": "list", "items": STEPS},
    {"type": "table", "cells": [[{"text": "Kode"}, {"text": "500"}]], "caption": {"text": "Log"}},
    {"type": "divider"},
]


async def test_a_rich_text_is_taken_like_text(office: DemoOffice) -> None:
    await sent(office, rich_message={"blocks": BLOCKS})
    await office["Budi"].taps("Kirim")
    lines = (await office.case()).text.splitlines()
    assert lines[:4] == ["Galat", "SIMPEG mati di sini (https://a.example/)", "1. Masuk", "2. Simpan"]
    assert "".join(lines[4:]).replace(" ", "") == "Kode500Log"
    assert not office["Budi"].sees("tidak ikut disimpan")


async def test_of_a_rich_text_with_a_picture_the_words_are_kept_and_the_loss_is_said(office: DemoOffice) -> None:
    photo = [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]
    await sent(office, rich_message={"blocks": [*BLOCKS, {"type": "photo", "photo": photo}]})
    assert office["Budi"].sees("di dalam teks berformat, jajak pendapat")
    await office["Budi"].taps("Kirim")
    assert "SIMPEG mati" in (await office.case()).text


@pytest.mark.parametrize(
    "content",
    [
        {"paid_media": PAID, "caption": "SIMPEG mati"},
        {"text": "SIMPEG mati", "external_reply": {"origin": ORIGIN, "paid_media": PAID}},
        {"poll": POLL | {"question": "SIMPEG mati", "media": {"photo": PICTURES}}},
    ],
    ids=["for sale", "for sale in another chat", "in a poll"],
)
async def test_of_media_that_no_bot_gets_the_words_are_kept_and_the_loss_is_said(
    office: DemoOffice, content: dict[str, Any]
) -> None:
    await sent(office, **content)
    assert office["Budi"].sees("media berbayar tidak ikut disimpan")
    await office["Budi"].taps("Kirim")
    assert "SIMPEG mati" in (await office.case()).text


@pytest.mark.parametrize(
    ("said", "kept"), [("/lapor Ini rusak", "Ini rusak\n“Server mati”"), ("/lapor", "“Server mati”")]
)
async def test_a_command_that_replies_to_another_chat_begins_a_report(office: DemoOffice, said: str, kept: str) -> None:
    quote = {"text": "Server mati", "position": 0}
    await sent(office, text=said, entities=[COMMAND], quote=quote, external_reply={"origin": ORIGIN})
    await office["Budi"].taps("Kirim")
    assert (await office.case()).text == kept


@pytest.mark.parametrize("rich", [None, 5, {}, {"blocks": None}, {"blocks": [None, 5, {"text": {"text": None}}]}])
async def test_a_rich_text_without_words_is_answered(office: DemoOffice, rich: object) -> None:
    await sent(office, rich_message=rich)
    assert office["Budi"].sees("jenis pesan ini tidak dapat disimpan")


async def test_a_round_video_travels_with_the_case(office: DemoOffice) -> None:
    budi, kakanwil = office["Budi"], office["Kakanwil"]
    budi.person.sends_video_note()
    await budi.says("Layarnya begini")
    assert budi.sees("1 video bulat")
    await budi.taps("Kirim")
    await kakanwil.taps("Lampiran")
    assert [one for one in kakanwil.person.received if one.media and one.media.kind == "video_note"]
    assert kakanwil.sees("Lampiran SW-2026-0001"), "its heading goes before it"


async def test_a_file_that_a_message_of_another_chat_holds_is_kept(office: DemoOffice) -> None:
    voice = {"file_id": "a", "file_unique_id": "b", "duration": 3}
    await sent(office, text="Dengarkan ini", external_reply={"origin": ORIGIN, "voice": voice})
    assert office["Budi"].sees("1 rekaman suara")


SERVICE: dict[str, Any] = {
    "pinned_message": {"chat": {"id": 7007, "type": "private"}, "message_id": 1, "date": 0},
    "message_auto_delete_timer_changed": {"message_auto_delete_time": 86_400},
    "chat_background_set": {"type": {"type": "fill", "fill": {"type": "solid", "color": 1}, "dark_theme_dimming": 0}},
    "write_access_allowed": {"from_request": True},
    "forum_topic_created": {"name": "Umum", "icon_color": 1},
}


@pytest.mark.parametrize("happened", SERVICE)
async def test_what_happens_in_a_chat_is_no_message(office: DemoOffice, happened: str) -> None:
    await sent(office, **{happened: SERVICE[happened]})
    assert office["Budi"].person.received == []
    assert not office["Kasubbag"].sees("disisihkan")


@pytest.mark.parametrize(
    ("first", "again"),
    [
        ({"text": "SIMPEG mati"}, {"text": "SIMPEG mati", "entities": [{"type": "bold", "offset": 0, "length": 6}]}),
        (
            {"text": "https://a.example/"},
            {"text": "https://a.example/", "link_preview_options": {"url": "https://a.example/"}},
        ),
        ({"poll": POLL}, {"poll": POLL | {"is_closed": True}}),
    ],
    ids=["bold", "preview", "closed poll"],
)
async def test_an_edit_that_changes_no_word_is_no_news(
    office: DemoOffice, first: dict[str, Any], again: dict[str, Any]
) -> None:
    number = await sent(office, **first)
    await office["Budi"].taps("Kirim")
    before = office["Budi"].chat
    await sent(office, "edited_message", number=number, edit_date=AT + 5, **again)
    assert office["Budi"].chat == before


async def test_an_edit_that_changes_words_is_told_once_and_what_follows_it_is_compared_with_it(
    office: DemoOffice,
) -> None:
    number = await sent(office, text="SIMPEG mati")
    await office["Budi"].taps("Kirim")
    await sent(office, "edited_message", number=number, edit_date=AT + 5, text="SIMPEG mati total")
    assert office["Budi"].sees("perubahan pesan ini tidak ikut")
    told = office["Budi"].chat
    await sent(office, "edited_message", number=number, edit_date=AT + 9, text="SIMPEG mati total")
    assert office["Budi"].chat == told


async def test_an_edited_link_changes_the_draft(office: DemoOffice) -> None:
    number = await sent(office, text="Lihat", entities=[link(0, 5, "https://a.example/")])
    await sent(office, "edited_message", number=number, text="Lihat", entities=[link(0, 5, "https://b.example/")])
    await office["Budi"].taps("Kirim")
    assert (await office.case()).text == "Lihat (https://b.example/)"


async def test_an_edit_may_give_a_text_its_first_file(office: DemoOffice) -> None:
    number = await sent(office, text="SIMPEG mati")
    await sent(office, "edited_message", number=number, caption="SIMPEG mati", photo=PICTURES)
    assert office["Budi"].sees("1 foto")
    await office["Budi"].taps("Kirim")
    assert (await office.case()).text == "SIMPEG mati"


async def test_of_a_file_that_comes_by_an_edit_and_is_not_taken_the_loss_is_said(office: DemoOffice) -> None:
    number = await sent(office, text="SIMPEG mati")
    program = {"file_id": "a", "file_unique_id": "b", "file_name": "setup.exe"}
    await sent(office, "edited_message", number=number, caption="SIMPEG mati", document=program)
    assert office["Budi"].sees("Berkas jenis .exe tidak diterima")


async def test_a_contact_of_a_group_is_reported_by_replying_to_it(office: DemoOffice) -> None:
    group = Group(
        office.sandbox.world, office.sandbox.world.open_group(GROUP, "Kepegawaian", [office["Budi"].person.account])
    )
    chat = {"id": GROUP, "type": "supergroup", "title": "Kepegawaian"}
    wati = {"id": office["Wati"].person.user_id, "is_bot": False, "first_name": "Wati"}
    contact = {"phone_number": "0812", "first_name": "Teknisi"}
    original = {"message_id": 1, "date": AT, "chat": chat, "from": wati, "contact": contact}
    command = {"type": "bot_command", "offset": 0, "length": 6}
    await sent(office, chat=chat, text="/lapor", entities=[command], reply_to_message=original)
    assert group.sees("SW-2026-0001")
    assert "Kontak: Teknisi 0812" in (await office.case()).text


async def test_the_official_and_the_admin_learn_which_file_cannot_be_fetched_and_why(office: DemoOffice) -> None:
    await sent(
        office, document={"file_id": "gone", "file_unique_id": "x", "file_name": "galat.pdf"}, caption="SIMPEG mati"
    )
    office["Budi"].person.sends_photo()
    await office.settle()
    await office["Budi"].taps("Kirim")
    kakanwil = office["Kakanwil"]
    await kakanwil.taps("Lampiran")
    assert [one for one in kakanwil.person.received if one.media], "the photo behind it arrives"
    assert kakanwil.sees("dokumen ke-1 “galat.pdf” (Telegram: Wrong file identifier")
    assert office["Kasubbag"].sees("Lampiran SW-2026-0001 yang tidak dapat dikirim kepada Karel Contoh")
