"""The sealer seals when it is time, and what it signed is in the folder, whole, also after a crash."""

from __future__ import annotations

import asyncio
import errno
import json
import os
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, text

from bot.sealing.folder import Folder, FolderUnusable
from bot.sealing.key_file import KeyFile, KeyUnusable
from bot.sealing.places import Places
from bot.sealing.sealer import OlderRecord, Sealer
from models.checkpoint import delivery, sealing
from models.checkpoint.log import SealedLeaf, Sealing
from models.checkpoint.note import PrivateKey
from models.mail.notice import Notice
from models.proof.against import hold_against
from models.repository.records import Records
from tests.bot.conftest import SOP, settle
from tests.parts import database_at
from tests.reports import a_report

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.clock import MovableClock
    from bot.storage.database import Database
    from models.rules.rules import Rules


class Office:
    """An office with a sealer, whose clock moves when told."""

    def __init__(self, database: Database, rules: Rules, clock: MovableClock, folder: Path) -> None:
        self.database, self.rules, self.clock = database, rules, clock
        self.places = Places(KeyFile(folder / "key"), Folder(folder / "checkpoints"), chat=None, url=None)
        self.folder = self.places.folder.path
        with database.transaction() as session:
            settle(session, rules)

    @property
    def sealer(self) -> Sealer:
        """Another sealer each time, as after a restart."""
        return Sealer(database=self.database, rules=self.rules, clock=self.clock, places=self.places)

    async def do(self, work: str) -> None:
        def run(session: Session) -> None:
            records = Records(session, rules=self.rules, at=self.clock.now())
            if work == "report":
                reporter = records.known(1001)
                assert reporter is not None
                records.begin(a_report("Printer macet"), reporter=reporter, sop=SOP)
            else:
                case = records.case(1)
                kakanwil = records.known(2001)
                task = case.case.open_task
                assert kakanwil is not None
                assert task is not None
                case.decline(task, by=records.tenure(kakanwil, task), note="Bukan wewenang kami.")

        await self.database.transact(run)

    async def numbers(self) -> list[int]:
        return await self.database.read(
            lambda session: list(session.scalars(select(Sealing.number).order_by(Sealing.number)))
        )

    def files(self) -> dict[str, str]:
        return {path.name: path.read_text(encoding="utf-8") for path in self.folder.iterdir()}


@pytest.fixture
def office(database: Database, rules: Rules, clock: MovableClock, tmp_path: Path) -> Office:
    return Office(database, rules, clock, tmp_path)


async def test_nothing_is_sealed_where_nothing_moved(office: Office) -> None:
    await office.sealer.look()
    assert await office.numbers() == []
    assert not office.places.key.path.exists()


async def test_the_first_look_makes_the_key_and_the_folder(office: Office) -> None:
    await office.do("report")
    await office.sealer.look()
    assert await office.numbers() == [1]
    key = office.places.key.load()
    assert key is not None
    assert key.name.startswith("disposisi/sulawesi-utara/")
    files = office.files()
    assert sorted(files) == ["checkpoint-00000001.txt", "keys.txt", "latest.txt", "leaves-1.jsonl"]
    assert files["latest.txt"] == files["checkpoint-00000001.txt"]
    assert files["keys.txt"] == f"{key.public}\n"
    leaves = await office.database.read(
        lambda session: list(session.scalars(select(SealedLeaf.leaf).order_by(SealedLeaf.log, SealedLeaf.position)))
    )
    assert [json.loads(line) for line in files["leaves-1.jsonl"].splitlines()] == leaves
    assert {path.stat().st_mode & 0o777 for path in office.folder.iterdir()} == {0o600}


async def test_the_record_follows_from_what_the_folder_has(office: Office) -> None:
    await office.do("report")
    await office.sealer.look()
    key = office.places.key.load()
    assert key is not None
    note, kept = office.files()["latest.txt"], office.places.folder.every_log()
    held = await office.database.read(partial(hold_against, written=note, keys=[key.public], kept=kept))
    assert held.faults == ()
    assert held.sealed_at == office.clock.now()


async def test_what_moves_waits_an_hour_and_a_closed_case_does_not(office: Office) -> None:
    await office.do("report")
    await office.sealer.look()
    await office.do("report")
    office.clock.advance(timedelta(minutes=59))
    await office.sealer.look()
    assert await office.numbers() == [1]
    office.clock.advance(timedelta(minutes=1))
    await office.sealer.look()
    assert await office.numbers() == [1, 2]
    await office.do("close")
    await office.do("report")
    await office.sealer.look()
    assert await office.numbers() == [1, 2, 3]
    office.clock.advance(timedelta(days=1))
    await office.sealer.look()
    assert await office.numbers() == [1, 2, 3]


async def test_an_archive_chat_is_owed_each_checkpoint_once(office: Office) -> None:
    office.places = Places(office.places.key, office.places.folder, chat=-100123, url=None)
    await office.do("report")
    await office.sealer.look()
    await office.sealer.look()
    (notice,) = await office.database.read(
        lambda session: list(session.scalars(select(Notice).where(Notice.chat_id == -100123)))
    )
    assert notice.body["code"] == "checkpoint-sealed"
    assert notice.body["data"]["note"] == office.files()["latest.txt"]


class TestDeaths:
    """What a process leaves behind that is killed at each boundary: the next one goes on from there."""

    async def test_before_the_commit(self, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
        await office.do("report")
        with monkeypatch.context() as patched:
            patched.setattr(sealing, "seal", _dies)
            with pytest.raises(Killed):
                await office.sealer.look()
        key = office.places.key.load()
        assert not office.folder.exists()
        await office.sealer.look()
        assert await office.numbers() == [1]
        assert office.places.key.load() == key

    async def test_between_the_commit_and_the_folder(self, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
        await office.do("report")
        with monkeypatch.context() as patched:
            patched.setattr(Folder, "count_leaves", _dies)
            with pytest.raises(Killed):
                await office.sealer.look()
        (row,) = await office.database.read(delivery.unfiled)
        office.clock.advance(timedelta(minutes=2))
        await office.sealer.look()
        assert office.files()["latest.txt"] == row.note
        assert await office.numbers() == [1]

    @pytest.mark.parametrize("name", ["add_leaves", "keep_keys", "keep"])
    async def test_within_the_folder(self, office: Office, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
        await office.do("report")
        await office.sealer.look()
        await office.do("close")
        done = getattr(Folder, name)

        def dies_after(*given: object, **named: object) -> None:
            done(*given, **named)
            raise Killed

        with monkeypatch.context() as patched:
            patched.setattr(Folder, name, dies_after)
            with pytest.raises(Killed):
                await office.sealer.look()
        with (office.folder / "leaves-1.jsonl").open("a", encoding="utf-8") as file:
            file.write('"disposisi/he')
        await office.sealer.look()
        leaves = await office.database.read(
            lambda session: list(session.scalars(select(SealedLeaf.leaf).order_by(SealedLeaf.log, SealedLeaf.position)))
        )
        assert office.places.folder.every_log() == [leaves]
        assert [name for name in office.files() if "0000000" in name] == [
            f"checkpoint-0000000{number}.txt" for number in await office.numbers()
        ]
        assert await office.database.read(delivery.unfiled) == []

    async def test_within_a_rotation(self, office: Office) -> None:
        await office.do("report")
        await office.sealer.look()
        old = office.places.key.load()
        assert old is not None
        new = PrivateKey.make(old.name)
        office.places.key.keep_next(new)
        await office.database.transact(partial(sealing.hand_over, old=old, new=new, at=office.clock.now()))
        await office.do("close")
        await office.sealer.look()
        assert office.places.key.load() == new
        assert await office.numbers() == [1, 2]
        assert "hand-over-0002.txt" in office.files()


class Killed(Exception):
    """Stands for the end of the process."""


def _dies(*_: object, **__: object) -> None:
    raise Killed


class TestWhatIsRefused:
    async def test_a_record_whose_key_is_gone(self, office: Office) -> None:
        await office.do("report")
        await office.sealer.look()
        await office.do("close")
        office.places.key.path.unlink()
        with pytest.raises(KeyUnusable, match="Put the key back"):
            await office.sealer.look()
        assert not office.places.key.path.exists()

    async def test_a_record_with_another_key(self, office: Office) -> None:
        await office.do("report")
        await office.sealer.look()
        await office.do("close")
        office.places.key.path.unlink()
        office.places.key.keep(PrivateKey.make("elsewhere"))
        with pytest.raises(KeyUnusable, match="is sealed with the key disposisi/sulawesi-utara/"):
            await office.sealer.look()
        assert await office.numbers() == [1]

    async def test_an_older_copy_of_the_record(self, office: Office) -> None:
        await office.do("report")
        await office.sealer.look()
        await office.do("close")
        await office.sealer.look()
        await office.database.transact(_goes_back)
        with pytest.raises(OlderRecord, match="disposisi checkpoint restart"):
            await office.sealer.seal()
        assert await office.numbers() == [1]


def _goes_back(session: Session) -> None:
    """Leave the record as it was after the first checkpoint."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SET LOCAL session_replication_role = replica"))
    else:
        session.execute(text("DROP TRIGGER checkpoint_leaves_kept"))
    first = session.get_one(Sealing, 1).size
    session.execute(text(f"DELETE FROM checkpoint_leaves WHERE position >= {first}"))
    session.execute(text("DELETE FROM checkpoints WHERE number = 2"))
    session.execute(text("UPDATE journal_chains SET moved = true"))


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    with database_at(url) as database:
        yield database


async def test_a_full_disk_is_said_in_a_sentence_and_what_was_signed_comes_into_the_folder_later(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    await office.do("report")
    await office.sealer.seal()
    office.folder.write_bytes(b"no folder")
    with pytest.raises(FolderUnusable, match=r"cannot be used: .+\. What is signed stays in the record"):
        await office.sealer.look()
    office.folder.unlink()

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr("bot.sealing.folder.os.fsync", full)
        with pytest.raises(FolderUnusable, match="cannot be used: No space left on device"):
            await office.sealer.look()
    await office.sealer.look()
    assert "checkpoint-00000001.txt" in office.files()
    leaves = (office.folder / "leaves-1.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(leaves) == int(office.files()["latest.txt"].splitlines()[1])


class TestTheLoop:
    async def test_it_goes_on_after_a_failure_and_says_so_once(
        self, office: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        monkeypatch.setattr("bot.sealing.sealer.LOOKED_EVERY", timedelta(0))
        await office.do("report")
        office.places.key.path.write_text("no key", encoding="utf-8")
        office.places.key.path.chmod(0o600)
        sealer = office.sealer
        looks, filed = 0, asyncio.Event()
        look = sealer.look

        async def watched() -> None:
            nonlocal looks
            looks += 1
            if looks == 3:
                office.places.key.path.unlink()
            await look()
            filed.set()

        monkeypatch.setattr(sealer, "look", watched)
        running = asyncio.create_task(sealer.run())
        await filed.wait()
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        assert await office.numbers() == [1]
        failures = [record.message for record in caplog.records if record.levelname == "ERROR"]
        assert len(failures) == 1
        assert failures[0].startswith("the record is not sealed: ")
        assert "holds no key that signs checkpoints" in failures[0]
