"""The fetcher between Telegram and the archive: nothing twice, nothing half, whatever breaks off."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from bot.archive.contents import Archive, ArchiveFailed
from bot.archive.folder import Folder
from bot.clock import MovableClock
from bot.fetcher import Fetcher
from bot.loop.activity import Activity
from bot.sandbox.faults import Fault, Trouble
from bot.sandbox.files import FileKind
from bot.sandbox.server import Sandbox
from bot.storage.database import Database
from models.case.attachment import Attachment, Keeping
from models.journal.chain import Entry
from models.mail.notice import Notice
from models.office.person import Person
from models.proof.verification import verify
from models.repository.records import Records
from models.rules.rules import Rules
from models.upkeep import archiving
from tests.bot.conftest import Desks
from tests.parts import line_to
from tests.reports import a_report

TOKEN = "123456:a-token-of-thirty-characters-or-more"
SOP = "penanganan-masalah-software"
PHOTO = b"\x89PNG\r\n\x1a\n a photo"


class Place:
    """A fetcher with the stand-in before it and an archive behind it."""

    def __init__(self, office: Desks, database: Database, folder: Folder, sandbox: Sandbox, address: str) -> None:
        self.office = office
        self.database = database
        self.folder = folder
        self.sandbox = sandbox
        self.address = address

    async def reports(self, *contents: bytes) -> None:
        """Let Budi report with files of these contents."""
        files = [self.sandbox.world.files.add(FileKind.DOCUMENT, name="a.pdf", content=one) for one in contents]
        records = [
            {"kind": "document", "file_id": one.file_id, "file_unique_id": one.unique_id, "size": one.size}
            for one in files
        ]

        def work(records_: Records) -> None:
            budi = records_.session.scalars(select(Person).order_by(Person.id)).first()
            assert budi is not None
            records_.begin(a_report("SIMPEG mati", files=records), reporter=budi, sop=SOP)

        await self.office.work(work)

    @asynccontextmanager
    async def fetching(
        self, rules: Rules, clock: MovableClock, *, archive: Archive | None = None, quota: int | None = None
    ) -> AsyncIterator[Callable[[], Any]]:
        """Run a fetcher; gives what waits until it has nothing to do."""
        line, activity = line_to(self.address, token=TOKEN), Activity()
        async with line:
            fetcher = Fetcher(
                line=line,
                database=self.database,
                archive=archive or self.folder,
                rules=rules,
                clock=clock,
                activity=activity,
                quota=quota,
            )
            self.database.on_commit(fetcher.committed)
            task = asyncio.create_task(fetcher.run())
            await asyncio.sleep(0)
            try:
                yield activity.still
            finally:
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)

    async def states(self) -> list[Keeping]:
        return await self.database.read(
            lambda session: list(session.scalars(select(Attachment.keeping).order_by(Attachment.id)))
        )

    async def told(self, action: str = "keep-file") -> list[dict[str, Any]]:
        found = select(Entry).where(Entry.action == action).options(joinedload(Entry.payload))

        def work(session: Session) -> list[dict[str, Any]]:
            return [dict(one.payload.body or {}) for one in session.scalars(found) if one.payload is not None]

        return await self.database.read(work)

    async def holds(self) -> bool:
        return (await self.database.read(verify)).verifies


@pytest.fixture
async def place(office: Desks, database: Database, tmp_path: Path, clock: MovableClock) -> AsyncIterator[Place]:
    sandbox = Sandbox(token=TOKEN, bot_username="disposisi_bot", clock=clock.now)
    async with sandbox.serve() as address:
        yield Place(office, database, Folder(tmp_path / "files"), sandbox, address.url)
    assert sandbox.complaints == []


async def test_what_waits_is_fetched_and_what_comes_too(place: Place, rules: Rules, clock: MovableClock) -> None:
    await place.reports(PHOTO, b"%PDF-1.7")
    async with place.fetching(rules, clock) as still:
        await still()
    assert await place.states() == [Keeping.KEPT] * 2
    assert {one["type"] for one in await place.told()} == {"image/png", "application/pdf"}
    assert [place.folder.read(one) for one in place.folder.digests()] != []
    assert await place.holds()


@pytest.mark.parametrize("trouble", [Trouble.BAD_GATEWAY, Trouble.RESET, Trouble.TOO_MANY_REQUESTS])
@pytest.mark.databases("sqlite")
async def test_trouble_at_telegram_is_waited_out(
    place: Place, rules: Rules, clock: MovableClock, trouble: Trouble
) -> None:
    await place.reports(PHOTO)
    place.sandbox.faults.next("getFile", Fault(trouble, seconds=3))
    async with place.fetching(rules, clock) as still:
        await still()
        assert await place.states() == [Keeping.WAITING]
        clock.advance(timedelta(minutes=6))
        await still()
    assert await place.states() == [Keeping.KEPT]
    assert len(await place.told()) == 1


@pytest.mark.databases("sqlite")
async def test_one_file_that_breaks_off_keeps_no_other_back(place: Place, rules: Rules, clock: MovableClock) -> None:
    await place.reports(PHOTO, b"%PDF-1.7")
    files = place.sandbox.world.files
    last = list(files._by_path)[-1]
    gone = files._by_path.pop(last)
    async with place.fetching(rules, clock) as still:
        await still()
        assert await place.states() == [Keeping.KEPT, Keeping.WAITING]
        files._by_path[last] = gone
        clock.advance(timedelta(minutes=5))
        await still()
    assert await place.states() == [Keeping.KEPT, Keeping.KEPT]


class _Broken(Folder):
    """A folder on a disk that is full."""

    full = True

    def put(self, content: bytes) -> str:
        if self.full:
            raise ArchiveFailed("/srv/files cannot be used (No space left on device).")
        return super().put(content)


@pytest.mark.databases("sqlite")
async def test_a_full_disk_stops_the_archive_and_is_told_to_the_admins_once(
    place: Place, rules: Rules, clock: MovableClock, tmp_path: Path
) -> None:
    await place.reports(PHOTO)
    broken = _Broken(tmp_path / "full")
    async with place.fetching(rules, clock, archive=broken) as still:
        await still()
        clock.advance(timedelta(minutes=10))
        await still()
        assert await place.states() == [Keeping.WAITING]
        broken.full = False
        clock.advance(timedelta(minutes=10))
        await still()
    assert await place.states() == [Keeping.KEPT]
    alerts = select(func.count()).select_from(Notice).where(Notice.once.startswith("archive"))
    assert await place.database.read(lambda session: session.scalar(alerts)) == 1


class _Odd(Folder):
    """A folder that meets a fault of the program with one content."""

    def put(self, content: bytes) -> str:
        if content == PHOTO:
            raise LookupError("a fault of the program")
        return super().put(content)


@pytest.mark.databases("sqlite")
async def test_a_fault_that_one_file_brings_to_light_keeps_no_other_back(
    place: Place, rules: Rules, clock: MovableClock, tmp_path: Path
) -> None:
    await place.reports(b"%PDF-1.7", PHOTO)
    async with place.fetching(rules, clock, archive=_Odd(tmp_path / "odd")) as still:
        await still()
        assert await place.states() == [Keeping.KEPT, Keeping.WAITING]
    async with place.fetching(rules, clock) as still:
        clock.advance(timedelta(minutes=10))
        await still()
    assert await place.states() == [Keeping.KEPT, Keeping.KEPT]


@pytest.mark.databases("sqlite")
async def test_the_quota_is_kept_and_what_waits_is_fetched_once_it_grows(
    place: Place, rules: Rules, clock: MovableClock
) -> None:
    await place.reports(b"1" * 60, b"2" * 60)
    async with place.fetching(rules, clock, quota=100) as still:
        await still()
    assert sorted(await place.states()) == [Keeping.KEPT, Keeping.WAITING]
    async with place.fetching(rules, clock, quota=120) as still:
        await still()
    assert await place.states() == [Keeping.KEPT] * 2


@pytest.mark.databases("sqlite")
async def test_the_bytes_of_what_was_erased_are_removed(place: Place, rules: Rules, clock: MovableClock) -> None:
    await place.reports(PHOTO)
    async with place.fetching(rules, clock) as still:
        await still()
        (digest,) = place.folder.digests()
        await place.office.work(lambda records: archiving.erase(records, digest, because="permintaan pemilik"))
        await still()
        assert list(place.folder.digests()) == []
    assert await place.database.read(archiving.leaving) == []
    assert await place.holds()
