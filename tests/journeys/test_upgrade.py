"""A new version starts on the record that the previous one left in the middle of its cases.

`data/revision-0002` is what that version left behind in SQLite (`data/leave_open.py` made it): SW-2026-0001
with Rina at step 5, her Laporan Evaluasi half written; SW-2026-0002 with Kakanwil, whose note has just come in and
waits to be handled; SW-2026-0003, whose cards are still owed; and a report that Wati has not sent yet.
"""

import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import datetime
from pathlib import Path

from sqlalchemy import create_engine, func, select

from bot.clock import MovableClock
from bot.copying.moving import move
from bot.sandbox.chats import Message
from bot.sandbox.flood import Limits
from bot.sandbox.keyboards import read_markup
from bot.sandbox.server import Sandbox
from bot.settings import Settings
from bot.storage import migration
from models.case.case import CaseState
from models.journal.chain import VERSION, Chain, Entry
from models.mail.inbox import InboxState, InboxUpdate
from models.mail.notice import Notice, NoticeState
from models.repository.records import Records
from tests.journeys.demo_office import (
    MONDAY,
    REPORTERS,
    STAFF,
    TOKEN,
    DemoOffice,
    Employee,
    Stopwatch,
)

LEFT = Path(__file__).parent / "data/revision-0002"


def _load(url: str, folder: Path) -> None:
    """Make the record that was left behind the one of `url`, which holds nothing."""
    file = folder / "left.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript((LEFT / "record.sql").read_text(encoding="utf-8"))
    if url.startswith("sqlite"):
        file.rename(url.removeprefix("sqlite:///"))
        return
    left, target = create_engine(f"sqlite:///{file}"), create_engine(url)
    migration.upgrade(target, "0002")
    with left.connect() as source, target.begin() as writing:
        move(source, writing)
    left.dispose()
    target.dispose()


def _recall(sandbox: Sandbox) -> dict[str, int]:
    """Give the phones the messages that are on them; returns the accounts by name."""
    world = sandbox.world
    accounts = {name: 7001 + number for number, name in enumerate([*STAFF, *REPORTERS])}
    for name, account in accounts.items():
        sandbox.person(account, STAFF[name][1] if name in STAFF else REPORTERS[name], started=True)
    last = 0
    for told in json.loads((LEFT / "chats.json").read_text(encoding="utf-8")):
        chat = world.chats[told["chat"]]
        world.post(
            Message(
                message_id=told["id"],
                chat=chat,
                sender=world.accounts.get(told["from"], world.bot),
                date=datetime.fromisoformat(told["date"]),
                text=told["text"],
                entities=told["entities"],
                buttons=read_markup({"inline_keyboard": told["buttons"]}, [])[0],
                reply_to=chat.messages.get(told["reply_to"]),
            )
        )
        last = told["id"]
    sandbox.continue_after(last + 100)
    return accounts


@asynccontextmanager
async def _office_left_open(url: str, folder: Path) -> AsyncIterator[DemoOffice]:
    """Start this version on the record and the chats that the previous one left."""
    _load(url, folder)
    clock, stopwatch = MovableClock(MONDAY, frozen=True), Stopwatch()
    sandbox = Sandbox(
        token=TOKEN, bot_username="disposisi_bot", clock=clock.now, limits=Limits.off(), monotonic=stopwatch
    )
    accounts = _recall(sandbox)
    async with sandbox.serve() as address:
        settings = Settings.load(None, telegram_bot_token=TOKEN, telegram_base_url=address.url, database_url=url)
        place = DemoOffice(sandbox, clock, stopwatch, settings, STAFF)
        for name, account in accounts.items():
            place._people[name] = Employee(place, sandbox.people[account])
        await place.program.start()
        try:
            await place.settle()
            yield place
        finally:
            await place.program.stop()
    assert sandbox.complaints == []


def _unfinished(records: Records) -> tuple[int, int]:
    """Count the updates not handled and the notices not settled."""
    waiting = select(func.count()).where(InboxUpdate.state != InboxState.DONE)
    owed = select(func.count()).where(Notice.state == NoticeState.OWED)
    return records.session.scalar(waiting) or 0, records.session.scalar(owed) or 0


def _versions(records: Records) -> list[int]:
    """Return the version of each entry of the first case's journal, in order."""
    entries = select(Entry.version).join(Chain, Chain.id == Entry.chain_id).where(Chain.subject == "case:SW-2026-0001")
    return list(records.session.scalars(entries.order_by(Entry.sequence)))


async def test_what_the_previous_version_left_in_the_middle_goes_on_to_its_end(
    database_url: str, tmp_path: Path
) -> None:
    async with _office_left_open(database_url, tmp_path) as office:
        assert migration.state(office.program.database.engine).is_current
        before = await office.asks(_versions)
        assert before == [1] * 6, "an entry from before is of the first version"
        kakanwil, budi, wati, rina = office["Kakanwil"], office["Budi"], office["Wati"], office["Rina"]
        assert await office.cases() == ["SW-2026-0001", "SW-2026-0002", "SW-2026-0003"]
        assert await office.asks(_unfinished) == (0, 0)

        assert kakanwil.sees("DISPOSISI SW-2026-0003"), "the card that was owed has arrived"
        assert budi.sees("SW-2026-0003 diterima")
        await kakanwil.taps("Teruskan ke", kakanwil.message("Tindak lanjuti"))
        assert office["Kadiv"].sees("Mohon segera."), "the note that was waiting was handled"

        await rina.says("Layanan dijalankan ulang.")
        for part in ("Hasil", "Rekomendasi"):
            await rina.taps(part)
            await rina.says("SIMPEG dapat dibuka kembali.")
        await rina.taps("Ajukan")
        await office["Kasubbag"].taps("Benar, teruskan")
        assert office["Kabag"].sees("Penyebab telah dicatat."), "what was written before the upgrade is in the paper"
        await office["Kabag"].taps("Benar, teruskan")
        await office["Kadiv"].taps("Setujui")
        await kakanwil.taps("Diketahui, selesaikan")
        assert (await office.case()).state is CaseState.CLOSED
        assert budi.sees("SIMPEG dapat dibuka kembali.")
        after = await office.asks(_versions)
        assert after == [*before, *[VERSION] * (len(after) - len(before))], "and its chain goes on in the newest"
        assert len(after) > len(before)

        await wati.taps("Kirim")
        assert (await office.cases())[-1] == "SW-2026-0004"
        assert await office.asks(_unfinished) == (0, 0)
        assert await office.verified()


async def test_a_chase_begun_under_the_previous_version_goes_on_under_this_one(
    database_url: str, tmp_path: Path
) -> None:
    async with _office_left_open(database_url, tmp_path) as office:
        await office.passes(minutes=31)
        assert office["Kakanwil"].sees("⚠️ 0002")
        assert not office["Rina"].sees("lewat batas waktu"), "two days have not passed"
        assert await office.verified()
