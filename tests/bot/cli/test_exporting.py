"""`disposisi export` and `disposisi verify --export`, as an operator and an auditor type them."""

from pathlib import Path

import pytest

from tests.bot.cli.command_line import Disposisi
from tests.bot.cli.kept import keep_a_file
from tests.bot.cli.test_checkpoints import seals

CHECK = ("verify", "--export", "out", "--key", "key.txt")


@pytest.fixture
def sealed(disposisi: Disposisi, tmp_path: Path) -> str:
    """A record with one case and one file, sealed once; the auditor has the key. Returns the checkpoint."""
    keep_a_file(tmp_path)
    note = seals(tmp_path)
    (tmp_path / "key.txt").write_text(disposisi("checkpoint", "key").out, encoding="utf-8")
    return note


@pytest.mark.usefixtures("sealed")
class TestExporting:
    def test_a_record_is_exported_and_checked_without_it(self, disposisi: Disposisi, tmp_path: Path) -> None:
        said = disposisi("export", "out", "--by", "Inspektorat")
        assert said.code == 0, said.err
        assert f"{tmp_path}/out: 1 cases, 2 chains, " in said
        assert "1 checkpoints, 1 files." in said
        assert "The newest checkpoint is of 2026-11-23T04:00:00" in said
        (tmp_path / "disposisi.db").unlink()
        said = disposisi(*CHECK)
        assert said.code == 0, said.err
        assert "proved as it was sealed until 2026-11-23 04:00:00" in said
        assert b"Inspektorat" in (tmp_path / "out/manifest.json").read_bytes()

    def test_a_changed_one_ends_with_1_and_a_sentence_for_each_fault(
        self, disposisi: Disposisi, tmp_path: Path
    ) -> None:
        disposisi("export", "out", "--without-files")
        path = tmp_path / "out/cases.jsonl"
        path.write_bytes(path.read_bytes().replace(b"SIMPEG mati", b"SIMPEG nyala"))
        said = disposisi(*CHECK)
        assert said.code == 1
        assert "cases.jsonl: it was changed" in said.err
        assert "cases.jsonl, line 1: text of case:SW-2026-0001: not what the journal tells" in said.err
        assert "NOT PROVED: 2 faults" in said.err

    def test_a_kept_checkpoint_must_be_in_it(self, disposisi: Disposisi, sealed: str, tmp_path: Path) -> None:
        disposisi("export", "out")
        (tmp_path / "note.txt").write_text(sealed, encoding="utf-8")
        assert disposisi(*CHECK, "--against", "note.txt").code == 0
        (tmp_path / "note.txt").write_text(sealed.replace("\n3\n", "\n4\n"), encoding="utf-8")
        said = disposisi(*CHECK, "--against", "note.txt")
        assert said.code == 1
        assert "does not fit the text" in said.err

    def test_extracts_are_asked_for_by_case_and_by_period(self, disposisi: Disposisi) -> None:
        assert disposisi("export", "out", "--case", "SW-2026-0001").code == 0
        assert disposisi(*CHECK).code == 0
        assert disposisi("export", "other", "--period", "2026-11..2026-12").code == 0
        assert disposisi("export", "third", "--period", "2026-1").code == 2
        assert "There is no case SW-2026-0009" in disposisi("export", "third", "--case", "SW-2026-0009").err
        assert "has something in it" in disposisi("export", "out").err

    def test_what_the_archive_has_lost_is_named_and_ends_with_1(self, disposisi: Disposisi, tmp_path: Path) -> None:
        (lost,) = (path for path in (tmp_path / "disposisi.db.files").rglob("*") if path.is_file())
        lost.unlink()
        said = disposisi("export", "out")
        assert said.code == 1
        assert f"A file of a case is not in the export: the content {lost.name} is missing." in said.err

    def test_a_key_is_needed_and_must_be_there(self, disposisi: Disposisi) -> None:
        disposisi("export", "out")
        assert disposisi(*CHECK[:3]).code == 2
        said = disposisi(*CHECK[:3], "--key", "nowhere.txt")
        assert said.code == 1
        assert "nowhere.txt cannot be read." in said.err


def test_a_record_that_was_never_sealed_is_exported_and_said_to_be_proved_by_nothing(
    disposisi: Disposisi, tmp_path: Path
) -> None:
    keep_a_file(tmp_path)
    assert "Nothing was sealed yet, so no key proves it." in disposisi("export", "out")
    (tmp_path / "key.txt").write_text("disposisi/x+00000000+AQ==\n", encoding="utf-8")
    said = disposisi(*CHECK)
    assert said.code == 1
    assert "no checkpoint is signed by the key that is trusted" in said.err


def test_without_a_record_there_is_nothing_to_export(disposisi: Disposisi, tmp_path: Path) -> None:
    assert disposisi("export", "out").code == 1
    assert not (tmp_path / "out").exists()
