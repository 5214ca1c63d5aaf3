"""Copies of the record: taken while it is written to, refused when they are not sound, put back and proved."""

import asyncio
import os
import sqlite3
import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import NoReturn, ParamSpec, TypeVar

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, create_engine, func, make_url, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.clock import MovableClock
from bot.copying import postgresql_copy, sqlite_copy
from bot.copying.backup import back_up, restore
from bot.copying.copies import CopyRefused
from bot.stopped import AlreadyRunning, DatabaseUnusable
from bot.storage import migration
from bot.storage.database import Database
from bot.storage.migration import Schema, UnknownSchema
from bot.storage.ownership import owner
from bot.storage.process_lock import ProcessLock
from models.case import Case
from models.journal import Entry, Payload
from models.mailbox import Card, Notice, NoticeKind, NoticeState
from models.records import Register
from models.recovery import Recovered, recover
from models.tables import METADATA
from models.verification import Verification, verify
from tests.bot.conftest import OPENING, Desks

NOW = OPENING + timedelta(days=1)

Elsewhere = Callable[[], str]

P = ParamSpec("P")
T = TypeVar("T")


@pytest.fixture
def database(migrated_url: str) -> Iterator[Database]:
    with Database(migrated_url) as database:
        yield database


@pytest.fixture
def elsewhere(database_kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Elsewhere]:
    """Give the URLs of databases of the same kind that do not exist yet or hold nothing."""
    with ExitStack() as made:
        numbers = count(1)

        def another() -> str:
            if database_kind == "sqlite":
                return f"sqlite:///{tmp_path}/elsewhere-{next(numbers)}.db"
            url: str = made.enter_context(request.getfixturevalue("postgresql").empty())
            return url

        yield another


def before(step: Callable[P, T], happens: Callable[[], None]) -> Callable[P, T]:
    """Return `step` with something that happens each time just before it."""

    def held(*arguments: P.args, **more: P.kwargs) -> T:
        happens()
        return step(*arguments, **more)

    return held


class WaitsForTheTurn:
    """Whether a process waits on PostgreSQL until it may look at the tables."""

    def __init__(self, url: str) -> None:
        self._engine = create_engine(url)

    def until_somebody_does(self) -> None:
        """Return once there is one."""
        waiting = text(
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'advisory' "
            "AND (classid::bigint << 32) + objid::bigint = :turn"
        )
        with self._engine.connect() as looking:
            while not looking.scalar(waiting, {"turn": migration.TURN}):
                pass
        self._engine.dispose()


def put_back(file: Path, url: str, *, replace: bool = False) -> str | None:
    """Restore `file` as the database of `url`; returns where the old one is kept."""
    target = Database(url)
    try:
        done = restore(file, target, replace=replace, at=NOW)
    finally:
        target.close()
    assert done.verification.holds, done.verification
    return done.kept


def cases_of(url: str) -> int:
    with Database(url) as database, database.transaction() as session:
        return _count(session)


def _count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Case)) or 0


class TestTaking:
    async def test_copies_taken_under_load_are_each_of_one_instant(
        self, office: Desks, database: Database, elsewhere: Elsewhere, tmp_path: Path
    ) -> None:
        over = False

        async def report_on_and_on() -> int:
            reports = 0
            while not over:
                await asyncio.gather(*(office.report(f"Laporan {reports + more}") for more in range(4)))
                reports += 4
            return reports

        async def reports_beyond(number: int) -> int:
            for _ in range(1000):
                if (there := await database.read(_count)) > number:
                    return there
            raise AssertionError("nothing is reported any more")

        working = asyncio.gather(report_on_and_on(), report_on_and_on())
        found = [0]
        for number in range(2):
            before = await reports_beyond(found[-1])
            copy = await asyncio.to_thread(back_up, database, tmp_path / f"copy-{number}")
            assert before <= copy.cases <= await database.read(_count)
            found.append(copy.cases)
        over = True
        assert sum(await working) >= found[-1]

        for number, cases in enumerate(found[1:]):
            url = elsewhere()
            assert await asyncio.to_thread(put_back, tmp_path / f"copy-{number}", url) is None
            with Database(url) as copied, copied.transaction() as session:
                assert _count(session) == cases
                assert session.scalar(select(Register.last)) == cases
                assert session.scalar(select(func.count()).where(Entry.action == "report")) == cases

    def test_a_copy_is_for_its_owner_alone_and_leaves_nothing_else_behind(
        self, office: Desks, database: Database, tmp_path: Path
    ) -> None:
        asyncio.run(office.report())
        copy = back_up(database, tmp_path / "copy")
        assert (copy.cases, copy.revision) == (1, migration.head())
        assert copy.size == (tmp_path / "copy").stat().st_size
        assert stat.S_IMODE((tmp_path / "copy").stat().st_mode) == 0o600
        assert [one.name for one in tmp_path.iterdir() if "copy" in one.name] == ["copy"]

    @pytest.mark.databases("sqlite")
    def test_what_a_killed_backup_left_goes_a_day_later(self, database: Database, tmp_path: Path) -> None:
        old, young, others = (tmp_path / name for name in (".copy.old.part", ".copy.young.part", ".other.old.part"))
        for left in (old, young, others):
            left.touch()
        begun = young.stat().st_mtime
        for left in (old, others):
            os.utime(left, (begun, begun - 86_401))
        back_up(database, tmp_path / "copy")
        assert [left.exists() for left in (old, young, others)] == [False, True, True]

    @pytest.mark.databases("sqlite")
    def test_a_copy_is_overwritten_only_when_asked(self, database: Database, tmp_path: Path) -> None:
        (tmp_path / "copy").write_text("precious", encoding="utf-8")
        with pytest.raises(CopyRefused, match="exists already"):
            back_up(database, tmp_path / "copy")
        assert (tmp_path / "copy").read_text(encoding="utf-8") == "precious"
        back_up(database, tmp_path / "copy", overwrite=True)
        assert (tmp_path / "copy").stat().st_size > len("precious")

    @pytest.mark.databases("sqlite")
    @pytest.mark.parametrize("place", ["", "no/such/folder/copy"])
    def test_a_place_where_nothing_can_be_written_is_named(
        self, database: Database, tmp_path: Path, place: str
    ) -> None:
        with pytest.raises(CopyRefused, match=r"[Nn]ame a"):
            back_up(database, tmp_path / place)

    @pytest.mark.databases("sqlite")
    def test_the_record_is_never_overwritten_by_its_own_copy(self, database: Database) -> None:
        assert database.path is not None
        for ending in ("", "-wal", "-shm", ".lock"):
            own = database.path.with_name(f"{database.path.name}{ending}")
            with pytest.raises(CopyRefused, match="belongs to the record"):
                back_up(database, own, overwrite=True)

    def test_where_there_is_no_record_there_is_no_copy(self, elsewhere: Elsewhere, tmp_path: Path) -> None:
        with closing(Database(elsewhere())) as nothing, pytest.raises((CopyRefused, DatabaseUnusable)):
            back_up(nothing, tmp_path / "copy")
        assert not (tmp_path / "copy").exists()

    @pytest.mark.databases("postgresql")
    def test_the_password_is_no_argument_of_the_servers_tools(
        self, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        tool = tmp_path / "bin/pg_dump"
        tool.parent.mkdir()
        tool.write_text(
            '#!/bin/sh\n[ "$1" = --version ] && echo "pg_dump (PostgreSQL) 99.1" && exit\n'
            f'echo "$@" > {tmp_path}/told; echo "$PGPASSWORD" >> {tmp_path}/told; echo refused >&2; exit 1\n'
        )
        tool.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tool.parent}:/usr/bin:/bin")
        url = make_url(database.engine.url).set(password="kata-sandi-rahasia")
        with (
            closing(Database(url.render_as_string(hide_password=False))) as guarded,
            pytest.raises(CopyRefused, match="pg_dump failed: refused"),
        ):
            back_up(guarded, tmp_path / "copy")
        arguments, password = (tmp_path / "told").read_text().splitlines()
        assert "kata-sandi-rahasia" not in arguments
        assert password == "kata-sandi-rahasia"
        assert not (tmp_path / "copy").exists()

    @pytest.mark.databases("postgresql")
    def test_a_missing_or_old_tool_is_told_with_what_to_install(
        self, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PATH", str(tmp_path))
        with pytest.raises(CopyRefused, match="pg_dump is not installed here"):
            back_up(database, tmp_path / "copy")
        (tmp_path / "pg_dump").write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6.24'\n")
        (tmp_path / "pg_dump").chmod(0o755)
        with pytest.raises(CopyRefused, match="of version 9, older than the server"):
            back_up(database, tmp_path / "copy")


class TestPuttingBack:
    async def test_a_record_in_the_way_is_kept_aside_when_asked(
        self, office: Desks, database: Database, elsewhere: Elsewhere, tmp_path: Path
    ) -> None:
        await office.report()
        back_up(database, tmp_path / "copy")
        url = elsewhere()
        put_back(tmp_path / "copy", url)
        with Database(url) as other, other.transaction() as session:
            session.execute(text("UPDATE people SET name = 'Yang Lama' WHERE telegram_id = 1001"))
        with pytest.raises(CopyRefused, match="--replace"):
            put_back(tmp_path / "copy", url)

        kept = put_back(tmp_path / "copy", url, replace=True)

        assert kept is not None
        where = f"sqlite:///{kept}" if url.startswith("sqlite") else url
        table = "people" if url.startswith("sqlite") else f"{kept}.people"
        with Database(where) as old, old.transaction() as session:
            assert session.scalar(text(f"SELECT name FROM {table} WHERE telegram_id = 1001")) == "Yang Lama"
        with Database(url) as new, new.transaction() as session:
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
            with Database(migrated_url) as starting:
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
        with Database(url) as restored:
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
                Database(url) as restored,
                pytest.raises(IntegrityError, match=r"append-only|only be erased"),
                restored.transaction() as session,
            ):
                session.execute(text(statement))
        with Database(url) as restored, restored.engine.connect() as connection:
            assert compare_metadata(MigrationContext.configure(connection), METADATA) == []

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

        target = Database(url)
        assert restore(tmp_path / "copy", target, replace=False, at=NOW).recovered.cards == 1
        target.close()

        with Database(url) as restored, restored.transaction() as session:
            assert session.get_one(Card, card_id).digest is None
            refreshed = select(Notice.card_id).where(Notice.kind == NoticeKind.REFRESH, Notice.owed_at == NOW)
            assert session.scalars(refreshed).all() == [card_id]
            assert session.get_one(Notice, owed_id).doubtful == 1, "it may have arrived after the copy was taken"
            entry = session.scalars(select(Entry).where(Entry.action == "restore")).one()
            payload = session.get_one(Payload, (entry.chain_id, entry.sequence))
            assert (entry.at, entry.capacity) == (NOW, "system")
            assert payload.body == {"until": OPENING.isoformat(), "cards": 1}


class TestMoving:
    @pytest.mark.databases("sqlite")
    async def test_a_record_moves_from_sqlite_to_postgresql_whole(
        self,
        office: Desks,
        database: Database,
        clock: MovableClock,
        tmp_path: Path,
        request: pytest.FixtureRequest,
    ) -> None:
        for number in range(3):
            await office.report(f"Laporan {number} – “tanda kutip” 😀")
        with database.transaction() as session:
            session.execute(text("UPDATE journal_payloads SET body = NULL WHERE chain_id = 1"))
        back_up(database, tmp_path / "copy")
        with request.getfixturevalue("postgresql").empty() as url:
            put_back(tmp_path / "copy", url)

            with Database(url) as moved:
                with database.transaction() as here, moved.transaction() as there:
                    for name in ("cases", "tasks", "people", "tenures", "outbox", "cards", "journal_entries"):
                        counting = text(f"SELECT count(*) FROM {name}")
                        more = {"journal_entries": 1}.get(name, 0)
                        assert there.scalar(counting) == (here.scalar(counting) or 0) + more, name
                    assert _told(there) == _told(here)
                    assert there.scalar(text("SELECT body FROM journal_payloads WHERE chain_id = 1")) is None
                office.database, office.clock = moved, clock
                await office.report("Laporan pertama di PostgreSQL")
                assert await moved.read(lambda session: session.scalar(select(func.max(Case.number)))) == "SW-2026-0004"
                assert (await moved.read(verify)).holds

    @pytest.mark.databases("sqlite")
    def test_a_copy_of_postgresql_does_not_go_into_a_file(self, elsewhere: Elsewhere, tmp_path: Path) -> None:
        (tmp_path / "copy").write_bytes(b"PGDMP and more")
        with pytest.raises(CopyRefused, match="into PostgreSQL only"):
            put_back(tmp_path / "copy", elsewhere())


@pytest.mark.databases("sqlite")
class TestKeptAside:
    def test_what_the_old_database_had_not_yet_written_back_stays_with_it(
        self, database: Database, migrated_url: str, tmp_path: Path
    ) -> None:
        assert database.path is not None
        back_up(database, tmp_path / "copy")
        database.close()
        with closing(sqlite3.connect(database.path)) as holding:
            # While somebody has it open, SQLite leaves what was written in the file beside it, as after a crash.
            holding.execute("SELECT count(*) FROM posts").fetchone()
            with closing(sqlite3.connect(database.path)) as writing:
                writing.execute("INSERT INTO posts (code, title, short) VALUES ('baru', 'Jabatan Baru', 'Baru')")
                writing.commit()
            assert database.path.with_name("record.db-wal").stat().st_size > 0

            kept = put_back(tmp_path / "copy", migrated_url, replace=True)

        with closing(sqlite3.connect(str(kept))) as old, closing(sqlite3.connect(database.path)) as new:
            assert old.execute("SELECT count(*) FROM posts WHERE code = 'baru'").fetchone() == (1,)
            assert new.execute("SELECT count(*) FROM posts WHERE code = 'baru'").fetchone() == (0,)


def _told(session: Session) -> list[tuple[object, ...]]:
    """Return what the cases say, by the models, which hide the kind of database."""
    rows = session.execute(select(Case.number, Case.text, Case.opened_at, Case.state).order_by(Case.id))
    return [tuple(row) for row in rows]
