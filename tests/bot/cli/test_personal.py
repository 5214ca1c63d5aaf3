"""`disposisi person export` and `erase`: a copy of all that is kept of somebody, and letting it go for good."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import typer

from bot.rules import load_rules
from bot.settings import Settings
from models.office.person import Person
from models.queries.timeline import timeline
from models.repository.records import Records
from tests.bot.cli.command_line import MONDAY, NIP, Disposisi, stored
from tests.bot.cli.kept import CONTENT, keep_a_file

WHY = "permintaan pemilik data"


def dump(tmp_path: Path) -> str:
    with closing(sqlite3.connect(tmp_path / "disposisi.db")) as connection:
        return "\n".join(connection.iterdump())


def ends_the_case(tmp_path: Path) -> None:
    """Let the one case end, as its reporter withdraws it."""
    with stored(tmp_path) as database, database.transaction() as session:
        records = Records(session, rules=load_rules(Settings.load(None)), at=MONDAY)
        budi = session.get_one(Person, 1)
        records.case(1).withdraw(by=budi)


class TestExport:
    def test_all_that_is_kept_lies_in_a_folder_of_its_own(self, disposisi: Disposisi, tmp_path: Path) -> None:
        keep_a_file(tmp_path)
        said = disposisi("person", "export", NIP, "copy")
        assert said.code == 0, said.err
        rows = json.loads((tmp_path / "copy/data.json").read_text(encoding="utf-8"))
        assert rows["people"][0]["name"] == "Budi Contoh"
        assert rows["cases"][0]["text"] == "SIMPEG mati"
        assert rows["attachments"][0]["file_unique_id"] == "unique"
        entries = (tmp_path / "copy/journal.jsonl").read_text(encoding="utf-8").splitlines()
        assert {json.loads(one)["action"] for one in entries} >= {"report", "keep-file"}
        (file,) = (tmp_path / "copy").glob("*.png")
        assert file.read_bytes() == CONTENT
        assert all(path.stat().st_mode & 0o077 == 0 for path in (tmp_path / "copy").iterdir())
        assert disposisi("person", "export", NIP, "copy").code == 1, "a folder that holds something is left alone"

    def test_it_is_told_to_standard_output_too(self, disposisi: Disposisi, tmp_path: Path) -> None:
        keep_a_file(tmp_path)
        said = disposisi("person", "export", "1", "-")
        assert json.loads(said.out)["rows"]["people"][0]["nip"] == NIP
        assert disposisi("person", "export", "99", "-").code == 1


class TestErase:
    def test_who_is_needed_is_not_erased(self, disposisi: Disposisi, tmp_path: Path) -> None:
        keep_a_file(tmp_path)
        said = disposisi("person", "erase", NIP, "--because", WHY, "--yes")
        assert said.code == 1
        assert "has words or a task in SW-2026-0001, which is open" in said
        assert "nothing was erased" in said
        assert "Budi Contoh" in dump(tmp_path)

    def test_nothing_is_left_and_the_record_is_proved(self, disposisi: Disposisi, tmp_path: Path) -> None:
        bytes_of_file = keep_a_file(tmp_path)
        ends_the_case(tmp_path)
        said = disposisi("person", "erase", NIP, "--because", WHY, "--yes")
        assert said.code == 0, said.err
        assert "Nobody can undo it" in said
        assert not bytes_of_file.exists()
        left = dump(tmp_path)
        for words in ("Budi Contoh", NIP, "SIMPEG mati", "Kepegawaian"):
            assert words not in left, words
        assert "orang yang datanya dihapus" in disposisi("person", "list")
        assert WHY in left
        said = disposisi("verify")
        assert said.code == 3, said.err
        assert "the record holds, but for what was erased" in said
        assert disposisi("person", "erase", "1", "--because", WHY, "--yes").code == 1

    def test_a_reason_is_asked_for_and_it_is_asked_again(
        self, disposisi: Disposisi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        keep_a_file(tmp_path)
        ends_the_case(tmp_path)
        assert disposisi("person", "erase", NIP).code == 2
        monkeypatch.setattr("typer.confirm", _declines)
        assert disposisi("person", "erase", NIP, "--because", WHY).code == 1
        assert "Budi Contoh" in dump(tmp_path)


class TestTheRest:
    def test_a_restriction_is_in_force_until_it_is_lifted(self, disposisi: Disposisi, tmp_path: Path) -> None:
        keep_a_file(tmp_path)
        assert "is restricted from now on" in disposisi("person", "restrict", NIP, "--because", WHY)
        assert disposisi("person", "restrict", NIP, "--because", WHY).code == 1
        ends_the_case(tmp_path)
        with stored(tmp_path) as database, database.transaction() as session:
            records = Records(session, rules=load_rules(Settings.load(None)), at=MONDAY)
            hidden = [one.restricted for one in timeline(records.reader, records.case(1).case) if one.actor_id == 1]
        assert hidden == [True, True], "the report and its withdrawal, in a case that is over"
        assert "is not restricted from now on" in disposisi("person", "unrestrict", NIP)
        assert disposisi("person", "unrestrict", NIP).code == 1
        assert disposisi("verify").code == 0

    def test_what_was_processed_is_listed_from_the_journal(self, disposisi: Disposisi, tmp_path: Path) -> None:
        keep_a_file(tmp_path)
        disposisi("person", "export", NIP, "-")
        said = disposisi("person", "processing", NIP)
        assert said.code == 0
        for word in ("report", "keep-file", "export-person", "state", "themselves"):
            assert word in said, word
        assert "entries in the journal" in said

    def test_the_notice_of_a_breach_says_what_is_known_of_whom(self, disposisi: Disposisi, tmp_path: Path) -> None:
        keep_a_file(tmp_path)
        assert disposisi("breach-notice", "notice.txt").code == 0
        written = (tmp_path / "notice.txt").read_text(encoding="utf-8")
        for line in ("3 x 24 jam", "1 orang", "Laporan: 1, dari 1 pelapor", f"Budi Contoh, {NIP}, Kepegawaian"):
            assert line in written, line
        assert disposisi("breach-notice", "notice.txt").code == 1
        assert "PEMBERITAHUAN" in disposisi("breach-notice")


def _declines(*_: object, **__: object) -> None:
    raise typer.Abort
