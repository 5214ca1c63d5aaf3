"""`disposisi sop`: what an SOP file says, and what is wrong with it."""

from pathlib import Path

import pytest

from tests.bot.cli.command_line import PACKAGED, Disposisi


class TestSop:
    def test_the_packaged_sop_is_well(self, disposisi: Disposisi) -> None:
        said = disposisi("sop", "check", str(PACKAGED), str(PACKAGED.parent))
        assert said.code == 0
        assert said.out.count("9 steps") == 2

    def test_a_broken_sop_is_refused_by_file_row_and_reason(self, disposisi: Disposisi, tmp_path: Path) -> None:
        broken = tmp_path / "broken.toml"
        broken.write_text(PACKAGED.read_text(encoding="utf-8").replace('"2 hari"', '"dua hari"'), encoding="utf-8")
        said = disposisi("sop", "check", str(broken), str(PACKAGED))
        assert said.code == 1
        assert "broken.toml: step 5: “standard” is 'dua hari'" in said
        assert "9 steps" in said.out, "the good file is reported as well"

    def test_a_missing_file_and_an_empty_folder_are_named(self, disposisi: Disposisi, tmp_path: Path) -> None:
        assert "nowhere.toml: file: The file cannot be read" in disposisi("sop", "check", "nowhere.toml")
        (tmp_path / "empty").mkdir()
        assert disposisi("sop", "check", "empty").code == 2

    @pytest.mark.parametrize("columns", ["80", "200"])
    def test_the_table_is_that_of_the_document(
        self, disposisi: Disposisi, monkeypatch: pytest.MonkeyPatch, columns: str
    ) -> None:
        monkeypatch.setenv("COLUMNS", columns)
        said = disposisi("sop", "show")
        assert said.code == 0
        assert "W.25-OT.02.02-1472" in said
        assert "2 hari" in said
        assert "MULAI" in said
        assert "Di Simpan sebagai data elektronik" in said

    def test_an_unknown_sop_gets_the_nearest(self, disposisi: Disposisi) -> None:
        said = disposisi("sop", "show", "penanganan-masalah-sofware")
        assert said.code == 2
        assert "Did you mean “penanganan-masalah-software”?" in said
