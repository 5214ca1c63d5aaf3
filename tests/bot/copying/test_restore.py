"""Copies put back: all of it or nothing, and no bot gets at what is not ready."""

import asyncio
import os
import threading
from contextlib import ExitStack, closing
from datetime import datetime
from pathlib import Path
from typing import NoReturn

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, create_engine, func, make_url, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.copying import postgresql_copy, sqlite_copy
from bot.copying.backup import back_up, restore
from bot.copying.copies import CopyRefused
from bot.stopped import AlreadyRunning
from bot.storage import migration
from bot.storage.database import Database
from bot.storage.migration import Schema, UnknownSchema
from bot.storage.ownership import owner
from bot.storage.process_lock import ProcessLock
from models.journal.chain import Entry, Payload
from models.mail.card import Card
from models.mail.notice import Notice, NoticeKind, NoticeState
from models.proof.verification import Verification, verify
from models.tables import METADATA
from models.upkeep.recovery import Recovered, recover
from tests.bot.conftest import OPENING, Desks
from tests.bot.copying.copied import NOW, Elsewhere, WaitsForTheTurn, before, cases_of, put_back
from tests.bot.storage.test_migration import is_described
from tests.parts import database_at


def name_of_database(url: str) -> bytes:
    """Return how a database is called, as it stands near the beginning of its copies."""
    return (make_url(url).database or "").encode()


class TestPuttingBack:
    async def test_a_record_in_the_way_is_kept_aside_when_asked(
        self, office: Desks, database: Database, elsewhere: Elsewhere, tmp_path: Path
    ) -> None:
        await office.report()
        back_up(database, tmp_path / "copy")
        url = elsewhere()
        put_back(tmp_path / "copy", url)
        with database_at(url) as other, other.transaction() as session:
            session.execute(text("UPDATE people SET name = 'Yang Lama' WHERE telegram_id = 1001"))
        with pytest.raises(CopyRefused, match="--replace"):
            put_back(tmp_path / "copy", url)

        kept = put_back(tmp_path / "copy", url, replace=True)

        assert kept is not None
        where = f"sqlite:///{kept}" if url.startswith("sqlite") else url
        table = "people" if url.startswith("sqlite") else f"{kept}.people"
        with database_at(where) as old, old.transaction() as session:
            assert session.scalar(text(f"SELECT name FROM {table} WHERE telegram_id = 1001")) == "Yang Lama"
        with database_at(url) as new, new.transaction() as session:
            assert session.scalar(text("SELECT name FROM people WHERE telegram_id = 1001")) == "Orang 1001"

    @pytest.mark.databases("sqlite")
    def test_a_record_that_a_bot_serves_is_left_alone(self, database: Database, tmp_path: Path) -> None:
        back_up(database, tmp_path / "copy")
        assert database.path is not None
        lock = ProcessLock(database.path)
        lock.acquire()
        with pytest.raises(AlreadyRunning):
            put_back(tmp_path / "copy", f"sqlite:///{database.path}", replace=True)
        lock.release()

    @pytest.mark.databases("sqlite")
    def test_what_root_puts_back_belongs_to_the_owner_of_what_was_there(
        self, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        back_up(database, tmp_path / "copy")
        assert database.path is not None
        found, given = database.path.stat(), {}

        def note(path: Path, user: int, group: int, *, follow_symlinks: bool) -> None:
            assert not follow_symlinks
            assert path.exists()
            given[path.name] = (user, group)

        monkeypatch.setattr(os, "geteuid", lambda: 0)
        monkeypatch.setattr(os, "chown", note)
        put_back(tmp_path / "copy", f"sqlite:///{database.path}", replace=True)
        assert given == dict.fromkeys(("record.db.lock", ".record.db.restoring"), (found.st_uid, found.st_gid))

    @pytest.mark.databases("sqlite")
    def test_a_copy_that_may_not_be_read_is_named_with_its_owner(
        self, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        back_up(database, tmp_path / "copy")
        monkeypatch.setattr(os, "access", lambda *_: False)
        with pytest.raises(CopyRefused, match=f"copy belongs to {owner(tmp_path)} and may not be read"):
            put_back(tmp_path / "copy", f"sqlite:///{database.path}", replace=True)

    @pytest.mark.databases("postgresql")
    def test_a_record_to_which_a_bot_is_connected_is_left_alone(
        self, database: Database, migrated_url: str, tmp_path: Path
    ) -> None:
        back_up(database, tmp_path / "copy")
        with database.transaction(), pytest.raises(AlreadyRunning, match="Stop every process"):
            put_back(tmp_path / "copy", migrated_url, replace=True)

    @pytest.mark.databases("postgresql")
    async def test_when_filling_fails_the_database_is_as_it_was(
        self,
        office: Desks,
        database: Database,
        migrated_url: str,
        elsewhere: Elsewhere,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        await office.report()
        back_up(database, tmp_path / "copy")
        database.close()

        def fail(*_: object) -> NoReturn:
            raise CopyRefused("the network is away")

        monkeypatch.setattr(postgresql_copy, "_run", fail)
        empty = elsewhere()
        for url, there in ((migrated_url, 1), (empty, 0)):
            with pytest.raises(CopyRefused, match="network"):
                put_back(tmp_path / "copy", url, replace=True)
            if there:
                assert cases_of(url) == there
        monkeypatch.undo()
        put_back(tmp_path / "copy", empty)
        assert cases_of(empty) == 1

    @pytest.mark.databases("sqlite")
    def test_a_process_that_starts_meanwhile_is_kept_out_until_the_record_may_be_served(
        self, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        back_up(database, tmp_path / "copy")
        assert database.path is not None
        starting, refused = ProcessLock(database.path), 0

        def a_process_starts() -> None:
            nonlocal refused
            with pytest.raises(AlreadyRunning):
                starting.acquire()
            refused += 1

        monkeypatch.setattr(sqlite_copy, "duplicate", before(sqlite_copy.duplicate, a_process_starts))
        monkeypatch.setattr(migration, "upgrade", before(migration.upgrade, a_process_starts))
        monkeypatch.setattr("bot.copying.backup.recover", before(recover, a_process_starts))
        put_back(tmp_path / "copy", f"sqlite:///{database.path}", replace=True)
        assert refused == 3
        starting.acquire()
        starting.release()

    @pytest.mark.databases("sqlite")
    async def test_where_the_copy_cannot_be_made_ready_the_record_is_as_it_was(
        self, office: Desks, database: Database, migrated_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        back_up(database, tmp_path / "copy")
        await office.report()

        def is_told_to_end(*_: object, **__: object) -> NoReturn:
            raise SystemExit(143)

        monkeypatch.setattr("bot.copying.backup.recover", is_told_to_end)
        database.close()
        with pytest.raises(SystemExit):
            put_back(tmp_path / "copy", migrated_url, replace=True)
        assert cases_of(migrated_url) == 1
        assert database.path is not None
        assert not list(database.path.parent.glob("*.kept-*"))

    @pytest.mark.databases("postgresql")
    @pytest.mark.parametrize("step", ["filling", "recovering"])
    async def test_a_process_that_starts_meanwhile_waits_until_the_record_may_be_served(
        self,
        office: Desks,
        database: Database,
        migrated_url: str,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        step: str,
    ) -> None:
        await office.report()
        back_up(database, tmp_path / "copy")
        database.close()
        begun, waits = threading.Event(), WaitsForTheTurn(migrated_url)

        def a_process_starts() -> None:
            begun.set()
            waits.until_somebody_does()

        def start() -> tuple[Schema, int]:
            begun.wait(30)
            with database_at(migrated_url) as starting:
                schema = migration.settled(starting.engine)
                with starting.transaction() as session:
                    return schema, session.scalar(select(func.count()).where(Entry.action == "restore")) or 0

        if step == "filling":
            monkeypatch.setattr(postgresql_copy, "_run", before(postgresql_copy._run, a_process_starts))
        else:
            monkeypatch.setattr("bot.copying.backup.recover", before(recover, a_process_starts))
        starting = asyncio.create_task(asyncio.to_thread(start))
        await asyncio.to_thread(put_back, tmp_path / "copy", migrated_url, replace=True)
        schema, restores = await starting
        assert (schema.is_current, restores) == (True, 1), "the journal knows of it before anybody serves"

    @pytest.mark.databases("postgresql")
    async def test_when_the_record_cannot_be_made_ready_the_database_is_as_it_was(
        self,
        office: Desks,
        database: Database,
        migrated_url: str,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        back_up(database, tmp_path / "copy")
        await office.report()
        database.close()

        def fail(*_: object, **__: object) -> NoReturn:
            raise CopyRefused("the network is away")

        monkeypatch.setattr("bot.copying.backup.recover", fail)
        with pytest.raises(CopyRefused, match="network"):
            put_back(tmp_path / "copy", migrated_url, replace=True)
        assert cases_of(migrated_url) == 1

    @pytest.mark.databases("postgresql")
    async def test_a_process_that_came_just_before_the_record_was_put_aside_keeps_it(
        self,
        office: Desks,
        database: Database,
        migrated_url: str,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        await office.report()
        back_up(database, tmp_path / "copy")
        database.close()
        taken = migration.turn_taken

        with ExitStack() as opened:

            def take_while_a_process_comes(connection: Connection) -> bool:
                url = migrated_url.replace("+psycopg", "")
                opened.enter_context(closing(psycopg.connect(url, application_name="disposisi")))
                return taken(connection)

            monkeypatch.setattr(migration, "turn_taken", take_while_a_process_comes)
            with pytest.raises(AlreadyRunning, match="in use by disposisi"):
                put_back(tmp_path / "copy", migrated_url, replace=True)
        assert cases_of(migrated_url) == 1

    @pytest.mark.databases("postgresql")
    async def test_while_the_tables_are_being_changed_no_copy_is_put_in_their_place(
        self, office: Desks, database: Database, migrated_url: str, tmp_path: Path
    ) -> None:
        await office.report()
        back_up(database, tmp_path / "copy")
        database.close()
        engine = create_engine(migrated_url)
        with engine.connect() as changing:
            assert migration.turn_taken(changing)
            with pytest.raises(AlreadyRunning, match="are being changed"):
                put_back(tmp_path / "copy", migrated_url, replace=True)
        engine.dispose()
        assert cases_of(migrated_url) == 1

    async def test_what_is_damaged_or_no_copy_at_all_is_refused_before_anything_is_touched(
        self, office: Desks, database: Database, migrated_url: str, tmp_path: Path
    ) -> None:
        await office.report()
        back_up(database, tmp_path / "copy")
        database.close()
        whole = (tmp_path / "copy").read_bytes()
        middle = len(whole) // 2
        spoilt = {
            "cut": whole[:middle],
            "text": b"Dengan hormat, " * 999,
            "nothing": b"",
            "scribbled": whole[:4096] + b"\xff" * (len(whole) - 4096),
            "illegible": whole[:middle].replace(name_of_database(migrated_url), b"\xff\xfe"),
        }
        for name, content in spoilt.items():
            (tmp_path / name).write_bytes(content)
            with pytest.raises(CopyRefused):
                put_back(tmp_path / name, migrated_url, replace=True)
        with pytest.raises(CopyRefused, match="does not exist"):
            put_back(tmp_path / "nowhere", migrated_url, replace=True)
        assert cases_of(migrated_url) == 1

    def test_a_copy_of_an_older_version_is_brought_forward(
        self, database: Database, elsewhere: Elsewhere, tmp_path: Path
    ) -> None:
        migration.downgrade(database.engine, "0002")
        assert back_up(database, tmp_path / "copy").revision == "0002"
        url = elsewhere()
        put_back(tmp_path / "copy", url)
        with database_at(url) as restored:
            assert migration.state(restored.engine).is_current

    def test_a_copy_of_a_newer_version_is_refused(
        self, database: Database, elsewhere: Elsewhere, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        back_up(database, tmp_path / "copy")
        monkeypatch.setattr(migration, "known", lambda: frozenset({"0001"}))
        monkeypatch.setattr(migration, "head", lambda: "0001")
        with pytest.raises(UnknownSchema, match="newer version"):
            put_back(tmp_path / "copy", elsewhere())

    def test_a_restored_journal_is_guarded_like_the_first(
        self, database: Database, office: Desks, elsewhere: Elsewhere, tmp_path: Path
    ) -> None:
        asyncio.run(office.report())
        back_up(database, tmp_path / "copy")
        url = elsewhere()
        put_back(tmp_path / "copy", url)
        for statement in ("UPDATE journal_entries SET actor_id = 1", "DELETE FROM journal_payloads"):
            with (
                database_at(url) as restored,
                pytest.raises(IntegrityError, match=r"append-only|only be erased"),
                restored.transaction() as session,
            ):
                session.execute(text(statement))
        with database_at(url) as restored, restored.engine.connect() as connection:
            described = MigrationContext.configure(connection, opts={"include_name": is_described})
            assert compare_metadata(described, METADATA) == []

    @pytest.mark.databases("postgresql")
    def test_a_large_record_has_the_time_it_needs(
        self, database: Database, elsewhere: Elsewhere, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        given: list[str | None] = []

        def recovering(session: Session, *, at: datetime) -> Recovered:
            given.append(session.scalar(text("SHOW statement_timeout")))
            return recover(session, at=at)

        def verifying(session: Session) -> Verification:
            given.append(session.scalar(text("SHOW statement_timeout")))
            return verify(session)

        monkeypatch.setattr("bot.copying.backup.recover", recovering)
        monkeypatch.setattr("bot.copying.backup.verify", verifying)
        back_up(database, tmp_path / "copy")
        put_back(tmp_path / "copy", elsewhere())
        assert given == ["0", "0"]

    async def test_the_phones_are_told_and_the_journal_knows(
        self, office: Desks, database: Database, elsewhere: Elsewhere, tmp_path: Path
    ) -> None:
        await office.report()
        await office.report("Laporan yang sudah selesai")
        with database.transaction() as session:
            session.execute(text("UPDATE cards SET message_id = 66 WHERE case_id = 2"))
            session.execute(text("UPDATE cases SET state = 'closed' WHERE id = 2"))
            arrived, owed = session.scalars(select(Notice).order_by(Notice.id).limit(2))
            arrived.state, arrived.settled_at = NoticeState.SENT, OPENING
            card = session.get_one(Card, arrived.card_id)
            card.message_id, card.digest = 77, "as it looked when the copy was taken"
            card_id, owed_id = card.id, owed.id
        back_up(database, tmp_path / "copy")
        url = elsewhere()

        target = database_at(url)
        assert restore(tmp_path / "copy", target, replace=False, at=NOW).recovered.cards == 1
        target.close()

        with database_at(url) as restored, restored.transaction() as session:
            assert session.get_one(Card, card_id).digest is None
            refreshed = select(Notice.card_id).where(Notice.kind == NoticeKind.REFRESH, Notice.owed_at == NOW)
            assert session.scalars(refreshed).all() == [card_id]
            assert session.get_one(Notice, owed_id).doubtful == 1, "it may have arrived after the copy was taken"
            entry = session.scalars(select(Entry).where(Entry.action == "restore")).one()
            payload = session.get_one(Payload, (entry.chain_id, entry.sequence))
            assert (entry.at, entry.capacity) == (NOW, "system")
            assert payload.body == {"until": OPENING.isoformat(), "cards": 1}
