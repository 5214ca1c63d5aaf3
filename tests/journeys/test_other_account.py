"""The record moves to another account of the bot: nobody has a chat with it who has not pressed Start there."""

from __future__ import annotations

import logging
import re
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.sandbox.faults import Fault, Trouble
from bot.sandbox.files import FileKind
from bot.sandbox.flood import Limits
from bot.sandbox.server import Sandbox
from bot.settings import Settings
from models.case.case import CaseState
from models.office.person import Obstacle
from models.repository.records import Records
from tests.journeys.demo_office import DemoOffice, Employee, demo_office

OTHER = "9876543210:AAJourneysHaveNoSecretsAtAll-111111"
LINK = "https://t.me/disposisi_baru_bot"


@pytest.fixture
async def office(tmp_path: Path, migrated_url: str) -> AsyncIterator[DemoOffice]:
    async with demo_office(tmp_path, database_url=migrated_url) as place:
        yield place


@asynccontextmanager
async def moved(office: DemoOffice, url: str, *, started: Collection[str] = ()) -> AsyncIterator[None]:
    """Let the office go on with another account of the bot, which nobody but these has `started` yet."""
    await office.stops()
    other = Sandbox(
        token=OTHER,
        bot_username="disposisi_baru_bot",
        clock=office.clock.now,
        limits=Limits.off(),
        monotonic=office.stopwatch,
    )
    async with other.serve() as address:
        office.sandbox = other
        office._settings = Settings.load(
            None,
            telegram_bot_token=OTHER,
            telegram_base_url=address.url,
            database_url=url,
            archive=office._settings.archive,
        )
        for name, one in office._people.items():
            there = other.person(one.person.user_id, one.person.name, started=name in started)
            office._people[name] = Employee(office, there)
        await office.starts()
        try:
            yield
        finally:
            await office.program.stop()


async def presses_start(office: DemoOffice, name: str) -> None:
    office[name].person.follows(LINK)
    await office.settle()


async def test_each_goes_on_where_they_were_once_they_have_pressed_start(
    office: DemoOffice, migrated_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    number = await office.report("Budi", "SIMPEG tidak dapat dibuka")
    async with moved(office, migrated_url):
        assert "the bot's account is @disposisi_baru_bot now; before, @disposisi_bot served this record" in caplog.text
        assert office["Kakanwil"].person.received == [], "the bot cannot write first"

        await presses_start(office, "Kasubbag")
        await presses_start(office, "Kakanwil")
        assert office["Kakanwil"].sees(number)
        await office["Kakanwil"].taps("Teruskan ke")
        assert office["Kasubbag"].sees(
            "Dina Contoh tidak dapat dihubungi bot (belum mengetuk Mulai (Start) pada akun bot"
        )
        await office["Kasubbag"].says("/kelola")
        assert office["Kasubbag"].sees("belum mengetuk Mulai")
        assert "memblokir" not in office["Kasubbag"].chat

        for name in ("Budi", "Wati", "Kadiv", "Kabag", "Rina", "Andi"):
            await presses_start(office, name)
        assert office["Budi"].sees(number), "the receipt is there again"
        await office.walk(until=10)
        assert (await office.case(number)).state is CaseState.CLOSED
        assert office["Budi"].sees("SIMPEG dapat dibuka kembali")
        assert await office.verified()


async def test_the_former_account_may_serve_again(office: DemoOffice, migrated_url: str) -> None:
    number = await office.report("Budi", "SIMPEG tidak dapat dibuka")
    former = office.sandbox, office._settings, dict(office._people)
    async with moved(office, migrated_url, started=["Kakanwil", "Kasubbag", "Kadiv"]):
        await office["Kakanwil"].taps("Teruskan ke")
    office.sandbox, office._settings, office._people = former
    await office.starts()
    await office["Kadiv"].taps("Teruskan ke")
    assert (await office.task(number)).step == 3
    assert office["Kasubbag"].sees("Bot ini kini memakai akun @disposisi_bot.")
    assert await office.verified()


async def test_a_block_is_a_block_still(office: DemoOffice) -> None:
    office["Kakanwil"].person.blocks_bot()
    await office.settle()
    await office.report("Budi", "SIMPEG tidak dapat dibuka")

    def obstacle(records: Records) -> Obstacle:
        person = records.known(office["Kakanwil"].person.user_id)
        return person.obstacle

    assert await office.asks(obstacle) is Obstacle.BLOCKED
    assert office["Kasubbag"].sees("Karel Contoh tidak dapat dihubungi bot (memblokir bot)")
    office["Kadiv"].person.leaves_telegram()
    office["Kakanwil"].person.unblocks()
    await office.settle()
    await office["Kakanwil"].taps("Teruskan ke")
    assert office["Kasubbag"].sees("Dina Contoh tidak dapat dihubungi bot (akun Telegramnya sudah dihapus)")


async def test_numbers_of_the_new_chats_are_not_taken_for_those_of_the_old(
    office: DemoOffice, migrated_url: str
) -> None:
    number = await office.report("Budi", "SIMPEG tidak dapat dibuka")
    receipt = office["Budi"].message(number).message_id
    begun = await office["Wati"].says("Printer macet")
    async with moved(office, migrated_url, started=["Wati", "Kakanwil"]):
        office.sandbox.continue_after(receipt - 2)
        await presses_start(office, "Budi")
        welcome = office["Budi"].person.received[0]
        assert (welcome.message_id, "Selamat datang" in welcome.words) == (receipt, True), "the numbers meet"
        await office["Kakanwil"].taps("Teruskan ke")
        assert "Selamat datang" in welcome.words, "what bears the number of an old card is not overwritten"
        assert office["Budi"].message(number).message_id != receipt

        office.sandbox.continue_after(begun.message_id - 1)
        again = await office["Wati"].says("dan kertasnya habis")
        assert again.message_id == begun.message_id, "the numbers meet"
        office["Wati"].person.edits(again, "dan tintanya habis")
        await office.settle()
        draft = office["Wati"].message("Draf laporan").words
        assert "Printer macet" in draft, "an edit of a new message is not taken for one of the old"
        assert "dan tintanya habis" in draft
        assert await office.verified()


async def test_files_of_the_former_account_come_out_of_the_archive(
    office: DemoOffice, migrated_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    budi = office["Budi"]
    await budi.sends_album(2, "SIMPEG tidak dapat dibuka")
    await budi.taps("Kirim")
    receipt, files = budi.message("SW-2026-0001"), office.sandbox.world.files
    for kind in FileKind:
        if kind is not FileKind.PHOTO:
            content = b"%PDF-1.7 layar" if kind is FileKind.DOCUMENT else None
            name = "layar.pdf" if kind is FileKind.DOCUMENT else None
            mime = "application/pdf" if kind is FileKind.DOCUMENT else None
            budi.person.sends(files.add(kind, name=name, mime=mime, content=content), reply_to=receipt)
            await office.settle()
    sent = [one.media.whole for one in budi.person.chat if one.media is not None]
    assert len(sent) == 7
    async with moved(office, migrated_url):
        assert "0 files cannot be sent any more" in caplog.text
        for name in ("Budi", "Kasubbag", "Kakanwil", "Kadiv"):
            await presses_start(office, name)
        kakanwil = office["Kakanwil"]
        await kakanwil.taps("Lampiran")
        opened = [one.media for one in kakanwil.person.received if one.media is not None]
        assert sorted(one.whole for one in opened) == sorted(sent), "every attachment opens"
        names = {one.name for one in opened if one.kind is FileKind.DOCUMENT}
        assert all(re.fullmatch(r"lampiran-[0-9a-f]{8}[.]pdf", one) for one in names), "no name is the sender's"
        assert not office["Kasubbag"].sees("yang tidak dapat dikirim")

        await kakanwil.taps("Teruskan ke")
        before = len(office.sandbox.calls)
        await office["Kadiv"].taps("Lampiran")
        refused = [one for one in office.sandbox.calls[before:] if one.error is not None]
        assert refused == [], "the new identifiers are kept: nothing is tried that is dead, nothing sent up twice"
        assert "sendMediaGroup" in [one.method for one in office.sandbox.calls[before:]]
        again = [one.media for one in office["Kadiv"].person.received if one.media is not None]
        assert {one.file_id for one in again} == {one.file_id for one in opened}
        assert await office.verified()


async def test_a_file_that_was_not_kept_is_named_not_lost_in_silence(
    office: DemoOffice, migrated_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    office.sandbox.faults.sometimes("getFile", Fault(Trouble.BAD_GATEWAY), rate=1)
    await office["Budi"].sends_photo("SIMPEG tidak dapat dibuka")
    await office["Budi"].taps("Kirim")
    async with moved(office, migrated_url):
        assert "1 files cannot be sent any more" in caplog.text
        for name in ("Budi", "Kasubbag", "Kakanwil", "Kadiv"):
            await presses_start(office, name)
        await office["Kakanwil"].taps("Teruskan ke")
        await office["Kadiv"].taps("Lampiran")
        assert office["Kadiv"].sees("tidak dapat diambil")
        assert office["Kasubbag"].sees("Lampiran SW-2026-0001 yang tidak dapat dikirim kepada Dina Contoh")


def files_in(root: Path) -> list[Path]:
    return [one for one in root.rglob("*") if one.is_file()]


@pytest.mark.parametrize("damage", ["missing", "flipped"])
@pytest.mark.databases("sqlite")
async def test_what_the_archive_has_lost_is_named_and_nothing_else_is_sent_for_it(
    office: DemoOffice, migrated_url: str, damage: str
) -> None:
    await office["Budi"].sends_photo("SIMPEG tidak dapat dibuka")
    await office["Budi"].taps("Kirim")
    root = Path(office._settings.archive or "")
    (kept,) = files_in(root)
    if damage == "missing":
        kept.unlink()
    else:
        kept.write_bytes(b"\x89PNG another picture")
    async with moved(office, migrated_url):
        for name in ("Kasubbag", "Kakanwil"):
            await presses_start(office, name)
        await office["Kakanwil"].taps("Lampiran")
        assert office["Kakanwil"].sees("tidak dapat diambil")
        assert [one.media for one in office["Kakanwil"].person.received if one.media is not None] == []


async def test_an_admin_who_has_started_it_before_is_told_what_to_do_once(
    office: DemoOffice, migrated_url: str
) -> None:
    async with moved(office, migrated_url, started=["Kasubbag"]):
        assert office["Kasubbag"].sees(f"Setiap pegawai perlu membukanya sekali dan mengetuk Mulai (Start): {LINK}.")
        await office.stops()
        await office.starts()
        assert office["Kasubbag"].chat.count("kini memakai akun") == 1
        assert await office.verified()
