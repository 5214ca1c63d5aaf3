"""Copies taken from a record while it is written."""

import asyncio
import os
import stat
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import func, make_url, select

from bot.copying.backup import back_up
from bot.copying.copies import CopyRefused
from bot.stopped import DatabaseUnusable
from bot.storage import migration
from bot.storage.database import Database
from models.journal.chain import Entry
from models.repository.numbering import Numbering
from tests.bot.conftest import Desks
from tests.bot.copying.copied import Elsewhere, counted, put_back
from tests.parts import database_at


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
                if (there := await database.read(counted)) > number:
                    return there
            raise AssertionError("nothing is reported any more")

        working = asyncio.gather(report_on_and_on(), report_on_and_on())
        found = [0]
        for number in range(2):
            before = await reports_beyond(found[-1])
            copy = await asyncio.to_thread(back_up, database, tmp_path / f"copy-{number}")
            assert before <= copy.cases <= await database.read(counted)
            found.append(copy.cases)
        over = True
        assert sum(await working) >= found[-1]

        for number, cases in enumerate(found[1:]):
            url = elsewhere()
            assert await asyncio.to_thread(put_back, tmp_path / f"copy-{number}", url) is None
            with database_at(url) as copied, copied.transaction() as session:
                assert counted(session) == cases
                assert session.scalar(select(Numbering.last)) == cases
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
        with closing(database_at(elsewhere())) as nothing, pytest.raises((CopyRefused, DatabaseUnusable)):
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
            closing(database_at(url.render_as_string(hide_password=False))) as guarded,
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
