"""What an export has in it, of which part of the record, and when there is none."""

import json
import os
import sqlite3
import stat
import tracemalloc
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from bot.export.folder import ExportRefused
from bot.export.verifier import Audit
from models.checkpoint import delivery
from models.checkpoint.sealing import last_sealing
from models.export import chosen
from tests.bot.export.played import FIRST, PAPER, PHOTO, SECOND, Played, plays
from tests.parts import database_at


def lines(folder: Path, name: str) -> list[Any]:
    return [json.loads(line) for line in (folder / name).read_text(encoding="utf-8").splitlines()]


def _leaves(played: Played) -> int:
    """Return how many leaves the newest log of the record has."""
    with database_at(played.url) as database, database.transaction() as session:
        last = last_sealing(session)
        assert last is not None
        return last.size


def audited(folder: Path, *keys: str, kept: str | None = None) -> Audit:
    return Audit(folder, list(keys or [str(SECOND.public)]), kept).run()


class TestRoundTrip:
    def test_a_record_of_either_kind_is_proved_from_its_export(self, migrated_url: str, tmp_path: Path) -> None:
        played = plays(migrated_url, tmp_path / "files")
        done = played.exports(tmp_path / "out")
        audit = audited(tmp_path / "out")
        assert audit.faults == []
        assert audit.status == 0
        for name in ("cases", "chains", "entries", "files", "checkpoints"):
            assert audit.counts[name] == done.counts[name] > 0, name
        assert done.counts == {"cases": 7, "chains": 8, "entries": done.counts["entries"], "checkpoints": 3, "files": 2}
        played.exports(tmp_path / "one", number="SW-2026-0004")
        assert audited(tmp_path / "one").faults == []

    def test_the_reasons_of_a_lateness_are_told_and_proved(self, migrated_url: str, tmp_path: Path) -> None:
        played = plays(migrated_url, tmp_path / "files")
        bureau = played.bureau
        case_id = bureau.begins("budi", "SIMPEG mati")
        bureau.works(60)
        bureau["bambang"].explains(case_id, "Sedang rapat.")
        bureau["bambang"].forwards(case_id)
        bureau["bambang"].explains(case_id, "Menunggu berkas.", task_id=bureau.case(case_id).tasks[0].id)
        bureau.engine.dispose()
        played.exports(tmp_path / "out")
        assert audited(tmp_path / "out").faults == []
        told = [line for line in lines(tmp_path / "out", "journal.jsonl") if line["action"] == "explain"]
        assert ["Sedang rapat." in line["words"]["text"][1] for line in told] == [True, False]
        assert "closed" in told[1]["payload"]

    def test_every_key_of_the_log_proves_it_alone(self, exports: dict[str, Path]) -> None:
        for key in (FIRST, SECOND):
            for folder in exports.values():
                assert audited(folder, str(key.public)).status == 0

    def test_pages_make_no_difference(
        self, played: Played, exports: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for module in ("models.export.chosen", "models.export.cases"):
            monkeypatch.setattr(f"{module}.PAGE", 2)
        assert chosen.PAGE == 2
        played.exports(tmp_path / "out")
        for name in ("journal.jsonl", "cases.jsonl", "register.jsonl"):
            assert (tmp_path / "out" / name).read_bytes() == (exports["whole"] / name).read_bytes()

    def test_what_people_sent_lies_there_by_its_digest(self, exports: dict[str, Path]) -> None:
        found = {path.read_bytes() for path in (exports["whole"] / "files").iterdir()}
        assert found == {PHOTO, PAPER}
        told = {line["sha256"]: line for line in lines(exports["whole"], "files.jsonl")}
        assert {line["state"] for line in told.values()} == {"here"}
        case = next(line for line in lines(exports["whole"], "cases.jsonl") if line["case"] == "SW-2026-0004")
        assert [one["sha256"] in told for one in case["files"]] == [True, True]
        large = next(line for line in lines(exports["whole"], "cases.jsonl") if line["text"] == "Lampiran besar")
        assert [(one["name"], one["keeping"]) for one in large["files"]] == [
            ("besar.pdf", "too-large"),
            ("empat.pdf", "waiting"),
        ]

    def test_the_register_says_who_was_late(self, exports: dict[str, Path]) -> None:
        first, *_ = lines(exports["whole"], "register.jsonl")
        assert first["case"] == "SW-2026-0001"
        assert (first["state"], first["steps"], first["late"]) == ("closed", 11, 0)
        assert first["helped"] is True

    def test_only_its_owner_may_read_it(self, exports: dict[str, Path]) -> None:
        for folder in exports.values():
            for path in (folder, *folder.rglob("*")):
                mode = stat.S_IMODE(path.stat().st_mode)
                assert mode == (0o700 if path.is_dir() else 0o600), path

    def test_it_says_who_made_it_and_when(self, played: Played, exports: dict[str, Path]) -> None:
        manifest = json.loads((exports["whole"] / "manifest.json").read_bytes())
        assert (manifest["made_by"], manifest["whole"], manifest["files"]) == ("Auditor", True, True)
        assert datetime.fromisoformat(manifest["made_at"]) == played.bureau.at

    def test_accounts_of_telegram_are_not_in_it(self, exports: dict[str, Path]) -> None:
        people = lines(exports["whole"], "office/people.jsonl")
        assert {frozenset(one) for one in people} == {frozenset({"person", "name", "nip", "unit", "salt"})}
        assert "Budi Santoso" in [one["name"] for one in people]


class TestExtracts:
    def test_one_case_says_nothing_of_the_others(self, exports: dict[str, Path]) -> None:
        words = b"".join(path.read_bytes() for path in exports["extract"].rglob("*") if path.is_file())
        assert b"Layar biru" in words
        assert b"SIMPEG tidak dapat dibuka" not in words
        assert b"SW-2026-0001\\n" not in words
        assert not (exports["extract"] / "office/tenures.jsonl").exists()
        named = {one["name"] for one in lines(exports["extract"], "office/people.jsonl")}
        assert named == {"Budi Santoso", "Bambang Wijaya", "Siti Rahmawati"}

    def test_the_leaves_are_read_once(self, played: Played, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        read, leaves_after = list[int](), delivery.leaves_after

        def counted(session: Session, log: int, position: int) -> Sequence[str]:
            page = leaves_after(session, log, position)
            read.append(len(page))
            return page

        monkeypatch.setattr(delivery, "leaves_after", counted)
        played.exports(tmp_path / "one", number="SW-2026-0004")
        assert sum(read) == _leaves(played)
        assert audited(tmp_path / "one").faults == []

    def test_a_period_is_one_of_the_office(self, played: Played, tmp_path: Path) -> None:
        done = played.exports(tmp_path / "november", period="2026-11", files=False)
        assert done.counts["cases"] == 6
        assert played.exports(tmp_path / "december", period="2026-12").counts["cases"] == 1
        assert played.exports(tmp_path / "both", period="2026-11..2026-12").counts["cases"] == 7
        for name in ("november", "december", "both"):
            audit = audited(tmp_path / name)
            assert (audit.faults, audit.status) == ([], 0)
        assert not (tmp_path / "november/files").exists()
        assert {one["state"] for one in lines(tmp_path / "november", "files.jsonl")} == {"left out"}

    def test_a_case_that_was_not_sealed_yet_is_refused(self, fresh: Played, tmp_path: Path) -> None:
        fresh.bureau.begins("budi", "Baru saja")
        with pytest.raises(ExportRefused, match="case:SW-2026-0008 is in no checkpoint yet"):
            fresh.exports(tmp_path / "out", number="SW-2026-0008")
        fresh.exports(tmp_path / "out")
        audit = audited(tmp_path / "out")
        assert audit.faults == []
        assert audit.counts["of them newer than the newest checkpoint"] == 1

    def test_a_number_that_is_none_is_said(self, played: Played, tmp_path: Path) -> None:
        with pytest.raises(ExportRefused, match="There is no case SW-2026-0099"):
            played.exports(tmp_path / "out", number="SW-2026-0099")


class TestRefusals:
    def test_a_folder_with_something_in_it_is_left_alone(self, played: Played, tmp_path: Path) -> None:
        (tmp_path / "out").mkdir()
        (tmp_path / "out/letter.txt").write_text("mine", encoding="utf-8")
        with pytest.raises(ExportRefused, match="has something in it"):
            played.exports(tmp_path / "out")
        assert [path.name for path in tmp_path.iterdir()] == ["out"]

    def test_an_empty_folder_is_taken(self, played: Played, tmp_path: Path) -> None:
        (tmp_path / "out").mkdir(mode=0o755)
        played.exports(tmp_path / "out")
        assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o700

    @pytest.mark.parametrize("make", [Path.touch, lambda path: path.symlink_to(path.parent), None])
    def test_what_is_no_folder_is_left_alone(
        self, played: Played, tmp_path: Path, make: Callable[[Path], object] | None
    ) -> None:
        target = tmp_path / "out" if make else tmp_path / "nowhere/out"
        if make:
            make(target)
        with pytest.raises(ExportRefused):
            played.exports(target)
        assert len(list(tmp_path.iterdir())) == bool(make)

    def test_a_folder_that_was_filled_meanwhile_is_not_replaced(self, played: Played, tmp_path: Path) -> None:
        def somebody_else(*_: int) -> None:
            (tmp_path / "out/letter.txt").parent.mkdir(exist_ok=True)
            (tmp_path / "out/letter.txt").write_text("mine", encoding="utf-8")

        with pytest.raises(ExportRefused, match="cannot be written"):
            played.exports(tmp_path / "out", progress=somebody_else)
        assert [path.name for path in tmp_path.rglob("*")] == ["out", "letter.txt"]

    def test_what_a_killed_export_left_goes_with_the_next_of_its_name(self, played: Played, tmp_path: Path) -> None:
        old, young, other = (tmp_path / name for name in (".out.a.part", ".out.b.part", ".else.a.part"))
        for left in (old, young, other):
            left.mkdir()
        now = played.bureau.at.timestamp()
        for left, age in ((old, 2), (young, 0), (other, 2)):
            then = now - timedelta(days=age).total_seconds()
            os.utime(left, (then, then))
        played.exports(tmp_path / "out")
        assert sorted(path.name for path in tmp_path.iterdir()) == [".else.a.part", ".out.b.part", "out"]

    def test_a_file_that_was_lost_is_named_here_and_by_the_verifier(self, fresh: Played, tmp_path: Path) -> None:
        lost = next(fresh.archive.digests())
        fresh.archive.erase(lost)
        done = fresh.exports(tmp_path / "out")
        assert [one.digest for one in done.lost] == [lost]
        assert audited(tmp_path / "out").faults == [
            f"files/{lost}: the journal says that it is kept, and it is not here"
        ]

    def test_a_bot_that_goes_on_writing_changes_nothing(self, fresh: Played, tmp_path: Path) -> None:
        asked: list[tuple[int, int]] = []

        def meanwhile(done: int, size: int) -> None:
            asked.append((done, size))
            fresh.bureau.begins("budi", "Sementara itu")
            fresh.seals()

        done = fresh.exports(tmp_path / "out", progress=meanwhile)
        assert audited(tmp_path / "out").faults == []
        assert done.counts["cases"] == 7
        assert asked == [(done.counts["entries"], done.counts["entries"])]

    def test_a_record_that_was_tampered_with_is_exported_and_found(self, fresh: Played, tmp_path: Path) -> None:
        with closing(sqlite3.connect(tmp_path / "record/record.db")) as record:
            record.execute("UPDATE tasks SET decided_as = 'definitive:kabag' WHERE id = 2")
            record.execute("UPDATE cases SET state = 'closed' WHERE number = 'SW-2026-0003'")
            record.commit()
        fresh.exports(tmp_path / "out")
        assert audited(tmp_path / "out").faults == [
            "cases.jsonl, line 1: tasks of case:SW-2026-0001: not what the journal tells",
            "cases.jsonl, line 3: state of case:SW-2026-0003: not what the journal tells",
        ]

    def test_a_value_that_cannot_be_read_is_no_traceback(self, fresh: Played, tmp_path: Path) -> None:
        with closing(sqlite3.connect(tmp_path / "record/record.db")) as record:
            record.execute("UPDATE cases SET opened_at = 'yesterday'")
            record.commit()
        with pytest.raises(ExportRefused, match="`disposisi verify` names the place"):
            fresh.exports(tmp_path / "out")
        assert not (tmp_path / "out").exists()


class TestLongRecords:
    @pytest.mark.databases("sqlite")
    def test_more_entries_take_no_more_memory(self, fresh: Played, tmp_path: Path) -> None:
        def peak(target: Path) -> int:
            tracemalloc.start()
            try:
                fresh.exports(target)
                return tracemalloc.get_traced_memory()[1]
            finally:
                tracemalloc.stop()

        fresh.exports(tmp_path / "first")
        few = peak(tmp_path / "few")
        with closing(sqlite3.connect(tmp_path / "record/record.db")) as record:
            rows = ((1, sequence) for sequence in range(1000, 21000))
            columns = "chain_id, sequence, at, capacity, action, digest, previous, hash, version"
            values = "?, ?, '2026-12-02 00:00:00.000000', 'system', 'digest', x'00', x'00', x'00', 2"
            record.executemany(f"INSERT INTO journal_entries ({columns}) VALUES ({values})", rows)
            record.commit()
        many = peak(tmp_path / "many")
        assert len(lines(tmp_path / "many", "journal.jsonl")) > 20_000
        assert many < few + 4_000_000, f"{few} bytes for few entries, {many} for many"
