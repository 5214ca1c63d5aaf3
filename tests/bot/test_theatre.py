"""The case that plays in the open page: watched, paused and hurried over HTTP, with the bot in a process of its own."""

import asyncio
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from bot.clock import MovableClock
from bot.demonstration.halting import Hindrance, failed, halted
from bot.demonstration.mortal import Mortal
from bot.demonstration.pacing import Cue, Pace, reading_time
from bot.demonstration.play import is_packaged, outcome, packaged
from bot.demonstration.show import direct
from bot.demonstration.stage import Scene, open_scene
from bot.demonstration.story import MONDAY, morning, script
from bot.demonstration.theatre import Theatre
from bot.sandbox.script import (
    Action,
    Advance,
    Do,
    Follow,
    Narrate,
    Player,
    Say,
    Script,
    SendDocument,
    SendPhoto,
    Tap,
    WaitFor,
)
from tests.parts import database_at

pytestmark = pytest.mark.timeout(400)

BUSY = 60.0
"""Seconds a bot in a process of its own may take on a busy machine."""

NEVER = 1e6
"""A pace at which nothing goes on by itself."""


class Page:
    """What the page of one scene asks for and shows."""

    def __init__(self, scene: Scene, client: httpx.AsyncClient) -> None:
        self.scene = scene
        self._client = client

    async def does(self, what: str, **fields: object) -> httpx.Response:
        return await self._client.post("/sandbox/direct", json={"do": what, **fields})

    async def shows(self) -> dict[str, Any]:
        state = (await self._client.get("/sandbox/state")).json()
        direction: dict[str, Any] = state["direction"]
        return direction


@pytest.fixture
async def opened() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as stack:
        yield stack


async def page_of(opened: AsyncExitStack, *, pace: float) -> tuple[Page, Theatre]:
    scene = await opened.enter_async_context(open_scene(settings=packaged, at=MONDAY, paced=False))
    bot = await opened.enter_async_context(Mortal(scene, packaged(**scene.given), paced=False))
    show = await opened.enter_async_context(direct(scene, bot, with_play=True, pace=pace))
    client = httpx.AsyncClient(base_url=scene.address.url, trust_env=False)
    assert show.theatre is not None
    return Page(scene, await opened.enter_async_context(client)), show.theatre


async def test_a_whole_case_plays_in_the_page_and_is_proved(opened: AsyncExitStack) -> None:
    page, theatre = await page_of(opened, pace=0)
    assert (await page.shows())["play"]["state"] == "ready"
    assert (await page.does("play")).status_code == 200
    await theatre.finished()
    play = (await page.shows())["play"]
    assert (play["state"], play["done"], play["of"], play["cue"]) == ("over", 10, 10, None)
    with database_at(page.scene.database_url) as database, database.transaction() as session:
        played = outcome(session)
    assert (played.done, played.lacking) == (9, ())


async def test_a_case_that_somebody_left_at_a_desk_does_not_keep_the_play_from_its_end(opened: AsyncExitStack) -> None:
    page, theatre = await page_of(opened, pace=0)
    budi = page.scene.people["Budi"]
    budi.says("Email tidak masuk")
    await budi.awaits("Draf laporan", within=60)
    budi.taps("Kirim")
    await page.scene.people["Karel"].awaits("Email tidak masuk", within=60)
    await page.does("play")
    await theatre.finished()
    play = (await page.shows())["play"]
    assert (play["state"], play["done"]) == ("over", 10), play["look"]


class Going(MovableClock):
    """A clock that goes on with each look at it, as in the demonstration, where nobody holds it."""

    def now(self) -> datetime:
        self.advance(timedelta(microseconds=1))
        return super().now()


async def test_a_play_begins_within_a_working_day_while_the_clock_goes_on(opened: AsyncExitStack) -> None:
    page, theatre = await page_of(opened, pace=NEVER)
    clock = Going(MONDAY, frozen=True)
    day_begins = script(replace(page.scene, clock=clock))[0]
    assert isinstance(day_begins, Do)
    await day_begins.action()
    assert clock.now() - MONDAY < timedelta(seconds=1), "it is a working day already"

    await page.does("play")
    play = (await page.shows())["play"]
    assert (play["heading"], play["of"]) == ("Budi melapor dengan tiga foto", 10), "said at once, whatever is awaited"
    assert theatre.plays


async def test_a_play_that_fails_says_that_it_is_over(opened: AsyncExitStack, monkeypatch: pytest.MonkeyPatch) -> None:
    page, theatre = await page_of(opened, pace=NEVER)

    async def fails(_player: Player, _actions: Script) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(Player, "play", fails)
    await page.does("play")
    await theatre.finished()
    play = (await page.shows())["play"]
    assert (play["state"], play["cue"]) == ("stopped", None)
    assert play["look"] == failed("Budi melapor dengan tiga foto")


async def test_a_play_waits_for_its_reader_and_shows_what_comes_next(opened: AsyncExitStack) -> None:
    page, theatre = await page_of(opened, pace=NEVER)
    await page.does("play")
    assert (await page.does("play")).status_code == 409, "one at a time"
    await page.scene.sandbox.until(lambda: theatre.view()["done"] == 1)
    play = (await page.shows())["play"]
    assert play["look"].startswith("Perhatikan tanda terima Budi")
    await page.does("pause")
    assert (await page.shows())["play"]["state"] == "paused"
    await page.does("hurry")
    await page.scene.sandbox.until(lambda: theatre.view()["done"] == 2, within=30)
    assert page.scene.people["Karel"].sees("SIMPEG tidak dapat dibuka setelah pembaruan.")
    await page.does("stop")
    play = (await page.shows())["play"]
    assert (play["state"], play["cue"]) == ("stopped", None)
    assert play["look"].startswith("Dihentikan pada “Langkah 1: "), "and not what was to be looked for there"
    assert (await page.does("dance")).status_code == 404


async def test_the_bot_follows_the_clock_of_the_page(opened: AsyncExitStack) -> None:
    page, _ = await page_of(opened, pace=0)
    budi, karel = page.scene.people["Budi"], page.scene.people["Karel"]
    budi.says("SIMPEG tidak dapat dibuka")
    await budi.awaits("Draf laporan", within=BUSY)
    await budi.taps("Kirim").answered(within=BUSY)
    await karel.awaits("DISPOSISI", within=BUSY)
    for control in page.scene.sandbox.clock_controls[:1] * 4:
        await control.press()
    await karel.awaits("lewat batas waktu", within=BUSY)


async def test_a_play_that_somebody_disturbs_says_so_and_names_the_button_that_helps(opened: AsyncExitStack) -> None:
    page, theatre = await page_of(opened, pace=0)
    page.scene.people["Budi"].blocks_bot()
    await page.does("play")
    await theatre.finished()
    play = (await page.shows())["play"]
    assert play["state"] == "stopped"
    assert play["look"] == (
        "Contoh berhenti pada “Budi melapor dengan tiga foto”: Budi memblokir bot. "
        "Ketuk “Diblokir” di chat Budi, lalu ▶ Putar contoh lagi."
    )


async def test_what_keeps_a_play_from_going_on_is_known_with_its_button(opened: AsyncExitStack) -> None:
    page, theatre = await page_of(opened, pace=NEVER)
    assert theatre.hindrances() == []
    for trouble in ("block", "kill", "cut"):
        assert (await page.does(trouble)).status_code == 200
    page.scene.people["Budi"].blocks_bot()
    cut = Hindrance("jaringan putus", "“Sambungkan jaringan”")
    assert theatre.hindrances() == [Hindrance("Budi memblokir bot", "“Diblokir” di chat Budi"), BLOCKED, cut, KILLED]


async def nothing() -> None:
    """Do what nobody sees."""


HEADING = "Langkah 3: Kabag meneruskan"
BLOCKED = Hindrance("Dina memblokir bot", "“Buka blokir Dina”")
KILLED = Hindrance("proses bot mati", "“Hidupkan bot lagi”")


class TestHalting:
    @pytest.mark.parametrize(
        ("action", "says"),
        [
            (Tap("Dina", "Setujui"), "tombol “Setujui” tidak ada di chat Dina"),
            (WaitFor("Sari", "tertahan"), "pesan dengan “tertahan” tidak sampai ke chat Sari"),
            (
                Say("Budi", "Ya.", reply_to="Galat apa?"),
                "pesan “Galat apa?” yang hendak dijawab tidak ada di chat Budi",
            ),
            (Say("Budi", "Halo"), "kiriman Budi"),
            (SendPhoto("Budi"), "kiriman Budi"),
            (SendDocument("Rina", "log.pdf"), "kiriman Rina"),
            (Follow("Wati", "https://t.me/bot"), "kiriman Wati"),
            (Advance("+1 jam"), "bot tidak selesai bekerja"),
            (Do(nothing), "bot tidak selesai bekerja"),
            (None, "bot tidak selesai bekerja"),
        ],
    )
    def test_each_end_says_where_what_was_missing_and_what_to_do(self, action: Action | None, says: str) -> None:
        told = halted(HEADING, action, [])
        assert told.startswith(f"Contoh berhenti pada “{HEADING}”: ")
        assert says in told
        assert told.endswith("atau ketuk ▶ Putar contoh lagi untuk mengulang dari awal.")

    def test_what_was_asked_for_on_the_page_comes_first_with_its_button(self) -> None:
        told = halted(HEADING, Tap("Dina", "Setujui"), [BLOCKED, KILLED])
        assert told == (
            f"Contoh berhenti pada “{HEADING}”: Dina memblokir bot, proses bot mati. "
            "Ketuk “Buka blokir Dina” dan “Hidupkan bot lagi”, lalu ▶ Putar contoh lagi."
        )

    def test_a_mistake_of_the_program_says_what_is_kept(self) -> None:
        assert "Yang sudah dikerjakan tetap tersimpan." in failed(HEADING)


class TestPacing:
    def test_what_is_read_gets_time_and_what_nobody_sees_gets_none(self) -> None:
        long, short = Narrate("Langkah 1", "Perhatikan " * 20), Narrate("Langkah 1")
        assert reading_time(long) > reading_time(short) > 2
        assert reading_time(Tap("Dina", "Teruskan")) == reading_time(Advance("+1 jam")) > 1
        assert reading_time(Do(nothing)) == 0

    def test_only_people_are_cued(self) -> None:
        assert Cue.of(Tap("Dina", "Teruskan")) == Cue("Dina", "tap", "Teruskan")
        assert Cue.of(Say("Dina", "Baik.")) == Cue("Dina", "write", "Baik.")
        assert Cue.of(WaitFor("Dina", "tertahan")) == Cue("Dina", "see", "tertahan")
        assert Cue.of(Advance("+1 jam")) is None

    async def test_a_paused_play_goes_on_only_when_told(self) -> None:
        pace = Pace(factor=0)
        pace.pause()
        held = asyncio.create_task(pace.hold(1))
        for _ in range(3):
            await asyncio.sleep(0)
        assert not held.done()
        pace.resume()
        await held


async def test_every_chapter_says_what_to_look_for() -> None:
    async with open_scene(settings=packaged, at=MONDAY, paced=False) as scene:
        chapters = [action for action in script(scene) if isinstance(action, Narrate)]
        calendar = scene.calendar
    assert all(chapter.look.startswith("Perhatikan") for chapter in chapters)
    assert morning(calendar, MONDAY) == MONDAY
    friday_evening = datetime(2026, 11, 27, 10, 0, tzinfo=UTC)
    assert f"{morning(calendar, friday_evening).astimezone(calendar.zone):%a %H.%M}" == "Mon 08.30"


def test_a_play_is_written_for_the_packaged_office_only() -> None:
    ours = packaged(telegram_bot_token="8800000000:AADemonstrationHasNoSecretAtAll-00000")
    assert is_packaged(ours)
    assert not is_packaged(ours.model_copy(update={"office_file": ours.sop_dir / "other.toml"}))


async def test_a_program_that_still_starts_when_its_people_go_is_not_left_behind(
    opened: AsyncExitStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = await opened.enter_async_context(open_scene(settings=packaged, at=MONDAY, paced=False))
    begun, begin = asyncio.Event(), asyncio.create_subprocess_exec

    async def begins(*words: str, **ways: Any) -> Process:
        process = await begin(*words, **ways)
        begun.set()
        return process

    monkeypatch.setattr(asyncio, "create_subprocess_exec", begins)
    program = Mortal(scene, packaged(**scene.given), paced=False)
    entering = asyncio.create_task(program.__aenter__())
    await begun.wait()
    entering.cancel()
    with pytest.raises(asyncio.CancelledError):
        await entering
    assert not program.lives


async def test_a_play_that_gives_up_its_waiting_for_the_bot_breaks_nothing(opened: AsyncExitStack) -> None:
    scene = await opened.enter_async_context(open_scene(settings=packaged, at=MONDAY, paced=False))
    bot = await opened.enter_async_context(Mortal(scene, packaged(**scene.given), paced=False))
    given_up = asyncio.create_task(bot.settle())
    await scene.sandbox.drained(within=30)
    for _ in range(100):
        if bot._awaited:
            break
        await asyncio.sleep(0)
    assert bot._awaited
    given_up.cancel()
    await bot.settle()
    assert given_up.cancelled()
