"""A record moves from one kind of database to the other, and what was there before stays whole."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from bot.clock import MovableClock
from bot.copying.backup import back_up
from bot.copying.copies import CopyRefused
from bot.storage.database import Database
from models.case.case import Case
from models.proof.verification import verify
from tests.bot.conftest import Desks
from tests.bot.copying.copied import Elsewhere, put_back, told_by
from tests.parts import database_at


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
        back_up(database, tmp_path / "copy")
        with request.getfixturevalue("postgresql").empty() as url:
            put_back(tmp_path / "copy", url)

            with database_at(url) as moved:
                with database.transaction() as here, moved.transaction() as there:
                    for name in ("cases", "tasks", "people", "tenures", "outbox", "cards", "journal_entries"):
                        counting = text(f"SELECT count(*) FROM {name}")
                        more = {"journal_entries": 1}.get(name, 0)
                        assert there.scalar(counting) == (here.scalar(counting) or 0) + more, name
                    assert told_by(there) == told_by(here)
                    sealed = text("SELECT count(*) FROM journal_payloads WHERE secrets IS NOT NULL")
                    assert there.scalar(sealed) == here.scalar(sealed) == 3
                office.database, office.clock = moved, clock
                await office.report("Laporan pertama di PostgreSQL")
                assert await moved.read(lambda session: session.scalar(select(func.max(Case.number)))) == "SW-2026-0004"
                assert (await moved.read(verify)).verifies

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
