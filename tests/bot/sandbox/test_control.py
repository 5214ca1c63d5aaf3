from __future__ import annotations

import asyncio
import json
import re
import sys
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any, Protocol

import httpx
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

import bot.sandbox
from bot.sandbox.cast import ClockControl
from bot.sandbox.people import Person
from bot.sandbox.server import Address, Sandbox

PAGE = Path(bot.sandbox.__file__).parent / "page"


class Time(Protocol):
    def is_moved(self, span: timedelta) -> None: ...


@pytest.fixture
async def page(address: Address) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=address.url, trust_env=False) as client:
        yield client


async def test_a_person_reports_and_taps_without_python(bot: Bot, page: httpx.AsyncClient) -> None:
    await page.post("/sandbox/person", json={"user_id": 1001, "first_name": "Budi", "started": True})
    said = await page.post("/sandbox/say", json={"person": 1001, "text": "SIMPEG mati"})
    assert said.json() == {"message_id": 1}
    (update,) = await bot.get_updates()
    assert update.effective_message is not None
    assert update.effective_message.text == "SIMPEG mati"

    buttons = InlineKeyboardMarkup([[InlineKeyboardButton("Batal", callback_data="b")], _row("Kirim", "k")])
    card = await bot.send_message(1001, "Draf", reply_markup=buttons)
    tapped = asyncio.create_task(page.post("/sandbox/tap", json={"person": 1001, "label": "Kirim", "wait": 2}))
    (update,) = await bot.get_updates(offset=update.update_id + 1, timeout=2)
    assert update.callback_query is not None
    assert update.callback_query.data == "k"
    await update.callback_query.answer("Terkirim.")
    assert (await tapped).json() == {"answer": "Terkirim.", "alert": False}

    await page.post("/sandbox/tap", json={"person": 1001, "message_id": card.message_id, "row": 0, "column": 0})
    await page.post("/sandbox/tap", json={"person": 1001, "message_id": card.message_id, "data": "palsu"})
    pressed = await bot.get_updates(offset=update.update_id + 1)
    assert [update.callback_query.data for update in pressed if update.callback_query] == ["b", "palsu"]


async def test_the_page_is_told_of_changes_as_they_happen(bot: Bot, page: httpx.AsyncClient, budi: Person) -> None:
    before = (await page.get("/sandbox/state")).json()
    assert [chat["title"] for chat in before["chats"]] == ["Budi Santoso"]
    waiting = asyncio.create_task(page.get("/sandbox/state", params={"since": before["version"], "wait": 5}))
    await bot.send_message(budi.user_id, "<b>Halo</b>", parse_mode="HTML", disable_notification=True)
    (chat,) = (await waiting).json()["chats"]
    (message,) = chat["messages"]
    assert (message["text"], message["entities"][0]["type"], message["silent"]) == ("Halo", "bold", True)

    after = (await page.get("/sandbox/state", params={"since": chat["version"]})).json()
    assert after["chats"] == []


async def test_a_pressed_button_spins_until_it_is_answered(bot: Bot, page: httpx.AsyncClient, budi: Person) -> None:
    await bot.send_message(budi.user_id, "Kartu", reply_markup=InlineKeyboardMarkup([_row("Teruskan", "t")]))
    budi.taps("Teruskan")
    assert (await _chat(page))["messages"][0]["buttons"][0][0]["pending"]
    (update,) = await bot.get_updates()
    assert update.callback_query is not None
    await update.callback_query.answer("Diteruskan.")
    chat = await _chat(page)
    assert not chat["messages"][0]["buttons"][0][0]["pending"]
    assert chat["toasts"][0]["text"] == "Diteruskan."


async def test_files_are_uploaded_and_shown(bot: Bot, page: httpx.AsyncClient, budi: Person) -> None:
    query = {"person": "1001", "name": "layar.png", "caption": "lihat ini"}
    await page.post("/sandbox/upload", params=query, content=b"\x89PNG...", headers={"content-type": "image/png"})
    evil = {"person": "1001", "name": "jahat.html"}
    await page.post("/sandbox/upload", params=evil, content=b"<script>", headers={"content-type": "text/html"})
    photo, document = (await bot.get_updates())[:2]
    assert photo.message is not None
    assert document.message is not None
    assert (photo.message.caption, len(photo.message.photo)) == ("lihat ini", 2)
    assert document.message.document is not None
    assert document.message.document.file_name == "jahat.html"

    shown = [message["media"]["url"] for message in (await _chat(page))["messages"]]
    picture, script = [await page.get(url) for url in shown]
    assert (picture.content, picture.headers["content-type"]) == (b"\x89PNG...", "image/png")
    assert script.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in script.headers["content-security-policy"]
    assert budi.last.media is not None


async def test_messages_are_edited_deleted_and_the_bot_blocked(bot: Bot, page: httpx.AsyncClient, budi: Person) -> None:
    message = budi.says("salah")
    await page.post("/sandbox/edit", json={"person": 1001, "message_id": message.message_id, "text": "benar"})
    await page.post("/sandbox/follow", json={"person": 1001, "link": "https://t.me/disposisi_demo_bot?start=K"})
    await page.post("/sandbox/block", json={"person": 1001})
    await page.post("/sandbox/block", json={"person": 1001, "blocked": False})
    kinds = [next(name for name in update.to_dict() if name != "update_id") for update in await bot.get_updates()]
    assert kinds == ["message", "edited_message", "message", "my_chat_member", "my_chat_member"]
    await page.post("/sandbox/delete", json={"person": 1001, "message_id": message.message_id})
    assert (await _chat(page))["messages"][0]["deleted"]
    assert "benar" not in (await page.get("/sandbox/transcript")).text


async def test_the_clock_belongs_to_the_program_around_it(
    page: httpx.AsyncClient, sandbox: Sandbox, time: Time
) -> None:
    async def an_hour() -> None:
        time.is_moved(timedelta(hours=1))

    sandbox.clock_controls.append(ClockControl("+1 jam kerja", an_hour))
    before = (await page.get("/sandbox/state")).json()["clock"]
    assert before["controls"] == ["+1 jam kerja"]
    assert (await page.post("/sandbox/clock", json={"label": "+1 jam kerja"})).status_code == 200
    after = (await page.get("/sandbox/state")).json()["clock"]
    assert (before["now"], after["now"]) == ("2026-03-02T00:30:00", "2026-03-02T01:30:00")
    assert (await page.post("/sandbox/clock", json={"label": "+1 abad"})).status_code == 404


async def test_a_group_speaks_through_its_members(bot: Bot, page: httpx.AsyncClient, budi: Person) -> None:
    await page.post("/sandbox/group", json={"chat_id": -100777, "title": "Kepegawaian", "members": [budi.user_id]})
    await page.post("/sandbox/say", json={"person": 1001, "chat": -100777, "text": "SIMPEG mati"})
    await page.post("/sandbox/say", json={"person": 1001, "chat": -100777, "text": "/lapor", "reply_to": 1})
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.reply_to_message is not None
    assert update.message.chat.id == -100777


async def test_troubles_calls_and_the_queue_can_be_reached(bot: Bot, page: httpx.AsyncClient, budi: Person) -> None:
    await page.post("/sandbox/fault", json={"method": "sendMessage", "trouble": "429", "seconds": 3})
    answer = await page.post(f"/bot{bot.token}/sendMessage", json={"chat_id": budi.user_id, "text": "Halo"})
    assert answer.json()["parameters"] == {"retry_after": 3}
    calls = (await page.get("/sandbox/calls")).json()
    assert calls["calls"][-1]["error"] == "injected: 429"
    budi.says("halo")
    assert (await page.post("/sandbox/drained", json={"within": 0.01})).status_code == 409
    (update,) = await bot.get_updates()
    await bot.get_updates(offset=update.update_id + 1)
    assert (await page.post("/sandbox/drained", json={})).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "evil.example"},
        {"host": "127.0.0.1.evil.example"},
        {"host": ""},
        {"host": "[::1"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
    ],
)
async def test_other_sites_cannot_play_the_officials(
    page: httpx.AsyncClient, budi: Person, headers: dict[str, str]
) -> None:
    for method, path in (("POST", "/sandbox/say"), ("GET", "/sandbox/state"), ("GET", "/")):
        answer = await page.request(method, path, json={"person": 1001, "text": "x"}, headers=headers)
        assert answer.status_code == 403
    assert budi.chat == []


async def test_the_own_page_may(page: httpx.AsyncClient, address: Address, budi: Person) -> None:
    answer = await page.post("/sandbox/say", json={"person": 1001, "text": "x"}, headers={"origin": address.url})
    assert answer.status_code == 200
    assert len(budi.chat) == 1


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("say", "{", 400),
        ("say", "[]", 400),
        ("say", "{}", 404),
        ("say", '{"person": 5, "text": "x"}', 404),
        ("tap", '{"person": 1001, "label": "Tidak ada"}', 409),
        ("delete", '{"person": 1001, "message_id": 77}', 404),
        ("direct", '{"do": "play"}', 404),
        ("fault", '{"method": "sendMessage", "trouble": "gempa"}', 409),
    ],
)
async def test_wrong_requests_get_a_reason(
    page: httpx.AsyncClient, budi: Person, path: str, body: str, status: int
) -> None:
    answer = await page.post(f"/sandbox/{path}", content=body)
    assert answer.status_code == status
    assert answer.json()["error"]
    assert budi.chat == []


async def test_the_page_comes_whole_from_here_and_runs_no_foreign_code(page: httpx.AsyncClient) -> None:
    index = await page.get("/")
    assert "default-src 'self'" in index.headers["content-security-policy"]
    for address in re.findall(r'(?:src|href)="([^#"][^"]*)"', index.text):
        assert address.startswith("/page/")
        assert (await page.get(address)).status_code == 200


def test_texts_never_become_markup_on_the_page() -> None:
    scripts = "".join(path.read_text() for path in PAGE.glob("*.js"))
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", scripts)


async def test_it_runs_alone_in_a_process_of_its_own() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot.sandbox", "--now", "2026-03-02T08:30+08:00"),
        stdout=asyncio.subprocess.PIPE,
        cwd=PAGE.parents[2],
    )
    assert process.stdout is not None
    try:
        ready = json.loads(await process.stdout.readline())
        async with Bot("123456:stand-in", base_url=ready["base_url"]) as bot:
            assert bot.username == "disposisi_demo_bot"
        async with httpx.AsyncClient(base_url=ready["url"], trust_env=False) as client:
            await client.post("/sandbox/clock", json={"label": "+1 hari"})
            now = (await client.get("/sandbox/state")).json()["clock"]["now"]
        assert now.startswith("2026-03-03T08:30")
    finally:
        process.terminate()
        await process.wait()


def _row(label: str, data: str) -> list[InlineKeyboardButton]:
    return [InlineKeyboardButton(label, callback_data=data)]


async def _chat(page: httpx.AsyncClient) -> dict[str, Any]:
    state: dict[str, Any] = (await page.get("/sandbox/state")).json()
    chat: dict[str, Any] = state["chats"][0]
    return chat
