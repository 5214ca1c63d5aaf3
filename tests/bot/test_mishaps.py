"""Troubles on request on the page of the demonstration, a guest and a group; and the record that is really verified."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from typing import Any

import httpx
import pytest
from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from bot.demonstration.mortal import Mortal
from bot.demonstration.play import packaged
from bot.demonstration.show import direct
from bot.demonstration.stage import Scene, open_scene
from bot.demonstration.story import MONDAY
from bot.demonstration.visitors import STRANGER
from models.administration import appointment
from models.case.case import Case
from models.office.person import Person as OfficePerson
from models.repository.records import Records
from tests.parts import database_at

pytestmark = pytest.mark.timeout(400)

BUSY = 60.0
"""Seconds a bot in a process of its own may take on a busy machine."""


class Page:
    """The page of one scene: its buttons beside the chats, and what they tell."""

    def __init__(self, scene: Scene, client: httpx.AsyncClient, bot: Mortal) -> None:
        self.scene = scene
        self.bot = bot
        self._client = client

    async def awaits(self, part: str, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Return a part of what the page tells once it is as wanted."""
        while True:
            # Listens before it looks: a bell that rings in between is heard.
            rung = asyncio.ensure_future(self.scene.sandbox.world.bell.heard())
            try:
                found: dict[str, Any] = (await self.direction())[part]
                if wanted(found):
                    return found
                await rung
            finally:
                rung.cancel()

    async def presses(self, do: str) -> str:
        """Press a button, and return the line that says what became of it."""
        pressed = await self._client.post("/sandbox/direct", json={"do": do}, timeout=60)
        assert pressed.status_code == 200, pressed.text
        told: str = (await self.direction())["told"][0]["text"]
        return told

    async def direction(self) -> dict[str, Any]:
        direction: dict[str, Any] = (await self._client.get("/sandbox/state")).json()["direction"]
        return direction

    async def selects(self, case: int) -> dict[str, Any]:
        """Select a case, and return its flow."""
        await self._client.post("/sandbox/direct", json={"do": "flow", "case": case})
        flow: dict[str, Any] = (await self.direction())["flow"]
        return flow

    async def labels(self) -> list[str]:
        return [trouble["label"] for trouble in (await self.direction())["troubles"]]

    async def reports(self) -> None:
        """Let Budi send a report that comes to Karel."""
        budi = self.scene.people["Budi"]
        budi.says("SIMPEG tidak dapat dibuka")
        await budi.awaits("Draf laporan", within=BUSY)
        await budi.taps("Kirim").answered(within=BUSY)
        await self.scene.people["Karel"].awaits("DISPOSISI", within=BUSY)


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    async with AsyncExitStack() as stack:
        scene = await stack.enter_async_context(open_scene(settings=packaged, at=MONDAY, paced=False))
        bot = await stack.enter_async_context(Mortal(scene, packaged(**scene.given), paced=False))
        await stack.enter_async_context(direct(scene, bot, with_play=False))
        client = httpx.AsyncClient(base_url=scene.address.url, trust_env=False)
        yield Page(scene, await stack.enter_async_context(client), bot)


async def test_a_killed_bot_has_kept_all_and_does_what_waited(page: Page) -> None:
    await page.reports()
    told = await page.presses("kill")
    assert not page.bot.lives
    assert "SIGKILL" in told
    assert "1 laporan (1 berjalan), " in told
    assert not page.bot.failed.is_set(), "it was asked for"
    page.scene.people["Karel"].taps("Teruskan ke")
    assert "Hidupkan bot lagi" in await page.labels()

    told = await page.presses("revive")
    assert told.startswith(
        "Bot hidup lagi: dari 1 pesan dan ketukan yang menunggu, 1 sudah dijalankan (1 catatan baru)"
    )
    assert told.endswith("catatan jurnal · terbukti.")
    said = [one["text"] for one in (await page.direction())["told"]]
    assert said[1].startswith("Bot dihidupkan lagi"), "and so much was said at once, before it served"
    assert page.scene.people["Dina"].sees("DISPOSISI")
    assert "Matikan proses bot" in await page.labels()


async def test_what_is_tapped_while_the_network_is_cut_is_done_when_it_is_back(page: Page) -> None:
    await page.reports()
    await page.presses("cut")
    page.scene.people["Karel"].taps("Teruskan ke")
    told = await page.presses("mend")
    assert told.startswith("Jaringan tersambung: dari 1 pesan dan ketukan yang menunggu, 1 sudah dijalankan")
    assert "semua pesan bot sudah terkirim" in told
    await page.scene.people["Dina"].awaits("DISPOSISI", within=BUSY)


async def test_who_blocks_the_bot_keeps_the_task_and_finds_it_again(page: Page) -> None:
    await page.reports()
    assert "Dina memblokir bot" in await page.labels()
    await page.presses("block")
    await page.scene.people["Karel"].taps("Teruskan ke").answered(within=BUSY)
    assert "Buka blokir Dina" in await page.labels()
    told = await page.presses("unblock")
    assert "Bila ada tugas menunggu, kartunya ada di percakapannya lagi." in told
    await page.scene.people["Dina"].awaits("DISPOSISI", within=BUSY)


async def test_a_stranger_is_invited_and_registers(page: Page) -> None:
    told = await page.presses("invite")
    assert told.startswith(f"{STRANGER} membuka tautan undangan kantor, lalu menulis NIP dan namanya.")
    (stranger,) = (one for one in page.scene.sandbox.people.values() if one.name.startswith(STRANGER))
    await stranger.awaits("Benar, ini saya", within=BUSY)
    await stranger.taps("Benar, ini saya").answered(within=BUSY)
    await page.scene.people["Ayu"].awaits("Terima", within=BUSY)
    await page.scene.people["Ayu"].taps("Terima").answered(within=BUSY)
    await stranger.awaits("Terdaftar", within=BUSY)
    while page.scene.sandbox.world.about[stranger.account.account_id] != "Pegawai":
        await page.scene.sandbox.world.bell.heard()
    assert await page.presses("invite") == f"{STRANGER} sudah terdaftar, dan dapat melapor seperti Budi."


async def test_what_is_said_of_a_trouble_is_true_while_another_lasts(page: Page) -> None:
    await page.presses("kill")
    told = await page.presses("block")
    assert "Prosesnya mati: bot mengurus ini begitu dihidupkan lagi." in told
    assert "diberi tahu" not in told
    await page.presses("cut")
    told = await page.presses("revive")
    assert "Jaringan putus: bot mengurus ini begitu tersambung lagi." in told
    told = await page.presses("mend")
    assert told.startswith("Jaringan tersambung: ")
    assert "semua pesan bot sudah terkirim" in told
    await page.presses("kill")
    told = await page.presses("revive")
    assert told.startswith("Bot hidup lagi: tidak ada yang menunggu dan tidak ada yang hilang; ")


async def test_what_stands_below_a_name_follows_the_posts_that_a_person_holds(page: Page) -> None:
    scene = page.scene
    about, budi, dina = scene.sandbox.world.about, scene.people["Budi"].user_id, scene.people["Dina"].user_id
    assert (about[budi], about[dina]) == ("Pelapor", "Kadiv")

    def appoints(session: Session) -> None:
        records = Records(session, rules=scene.rules, at=scene.clock.now())
        person = session.scalars(select(OfficePerson).where(OfficePerson.account_id == budi)).one()
        appointment.appoint(records, person, "kadiv")

    with database_at(scene.database_url) as database:
        await database.transact(appoints)
    await scene.sandbox.until(lambda: (about[budi], about[dina]) == ("Kadiv", "Pegawai"))


async def test_a_message_of_the_group_becomes_a_report(page: Page) -> None:
    (group,) = page.scene.sandbox.groups.values()
    budi = page.scene.people["Budi"]
    said = budi.says("Aplikasi persuratan tidak menyimpan", into=group)
    budi.says("/lapor", said, into=group)
    await page.scene.sandbox.until(lambda: budi.sees("Aplikasi persuratan tidak menyimpan"))


async def test_the_record_is_called_proved_only_while_it_is(page: Page) -> None:
    async def says(words: str) -> dict[str, Any]:
        return await page.awaits("record", lambda record: words in record["text"])

    await page.reports()
    first = await says("terbukti")
    assert first["proved"]
    with database_at(page.scene.database_url) as database, database.transaction() as session:
        session.execute(text("PRAGMA ignore_check_constraints = 1"))
        session.execute(update(Case).values(round=7))
    await page.scene.people["Karel"].taps("Teruskan ke").answered(within=BUSY)
    assert not (await says("tidak terbukti"))["proved"]


async def test_the_flow_of_the_selected_case_is_drawn(page: Page) -> None:
    async def flow_with(state: str) -> dict[str, Any]:
        return await page.awaits("flow", lambda flow: bool(flow.get("steps")) and flow["steps"][0]["state"] == state)

    assert (await page.direction())["flow"].get("cases", []) == []
    await page.reports()
    flow = await flow_with("open")
    assert flow["state"] == "langkah 1 dari 9"
    assert flow["cases"] == [{"id": flow["chosen"], "name": "SW-2026-0001 · SIMPEG tidak dapat dibuka"}]
    assert flow["steps"][0]["text"].endswith("09.00")
    assert {step["state"] for step in flow["steps"][1:]} == {"next"}
    await page.scene.sandbox.clock_controls[1].press()
    assert (await flow_with("overdue"))["steps"][0]["text"].startswith("lewat batas waktu")
    await page.scene.people["Karel"].taps("Teruskan ke").answered(within=BUSY)
    flow = await flow_with("late")
    assert flow["steps"][0]["text"] == "Karel 23/11 09.30 · 1 jam dari 30 menit"
    assert flow["steps"][1]["state"] == "open"
    await page.reports()
    while len((flow := (await page.direction())["flow"])["cases"]) < 2:
        await page.scene.sandbox.world.bell.heard()
    assert flow["state"] == "langkah 1 dari 9", "the newest, where none is selected"
    selected = await page.selects(flow["cases"][1]["id"])
    assert selected["state"] == "langkah 2 dari 9"
