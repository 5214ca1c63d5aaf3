"""`disposisi sop`: what an SOP file says, and what is wrong with it."""

import re
from pathlib import Path

import pytest

from tests.bot.cli.command_line import PACKAGED, Disposisi
from tests.models.rules.test_logo import png
from tests.models.rules.test_office_file import EXAMPLE


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

    def test_a_folder_without_an_sop_is_named(self, disposisi: Disposisi, tmp_path: Path) -> None:
        (tmp_path / "empty").mkdir()
        for command in ("check", "show"):
            said = disposisi("sop", command, "empty")
            assert said.code == 2
            assert "empty holds no file whose name ends in .toml" in said

    def test_the_code_of_an_sop_serves_as_well_as_its_file(self, disposisi: Disposisi) -> None:
        by_code = disposisi("sop", "check", PACKAGED.stem)
        assert by_code.code == 0
        assert by_code.out == disposisi("sop", "check", str(PACKAGED)).out == disposisi("sop", "check").out
        assert disposisi("sop", "show", PACKAGED.stem).out == disposisi("sop", "show", str(PACKAGED)).out

    def test_a_broken_sop_of_the_office_is_known_by_the_name_of_its_file(
        self, disposisi: Disposisi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "sops").mkdir()
        (tmp_path / "sops/cuti.toml").write_text('code = "cuti', encoding="utf-8")
        monkeypatch.setenv("SOP_DIR", "sops")
        said = disposisi("sop", "check", "cuti")
        assert said.code == 1
        assert "sops/cuti.toml: line 1" in said.err
        assert "sops/cuti.toml: line 1" in disposisi("sop", "show", "cuti").err

    def test_with_several_sops_the_one_to_show_must_be_named(
        self, disposisi: Disposisi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        text = PACKAGED.read_text(encoding="utf-8")
        (tmp_path / "sops").mkdir()
        (tmp_path / "sops/a.toml").write_text(text, encoding="utf-8")
        (tmp_path / "sops/b.toml").write_text(text.replace(f'code = "{PACKAGED.stem}"', 'code = "cuti"'), "utf-8")
        monkeypatch.setenv("SOP_DIR", "sops")
        for arguments in ([], ["sops"]):
            said = disposisi("sop", "show", *arguments)
            assert said.code == 2
            assert "Name one of: penanganan-masalah-software, cuti." in said
        assert disposisi("sop", "show", "cuti").code == 0

    @pytest.mark.parametrize("command", ["check", "show"])
    @pytest.mark.parametrize(
        ("mistyped", "meant"),
        [("penanganan-masalah-sofware", PACKAGED.stem), ("penanganan-sofware.toml", "penanganan-software.toml")],
    )
    def test_a_name_that_is_mistyped_gets_the_nearest(
        self, disposisi: Disposisi, tmp_path: Path, command: str, mistyped: str, meant: str
    ) -> None:
        (tmp_path / "penanganan-software.toml").write_text("", encoding="utf-8")
        said = disposisi("sop", command, mistyped)
        assert said.code == 2
        assert f"“{mistyped}” is no file, no folder and no SOP's code. Did you mean “{meant}”?" in said

    def test_the_table_shows_what_is_shortened_for_what_is_urgent(
        self, disposisi: Disposisi, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("COLUMNS", "200")
        text = PACKAGED.read_text(encoding="utf-8")
        shorter = 'standard = "2 hari"\nstandard_urgent = "6 jam"\nstandard_very_urgent = "90 menit"'
        (tmp_path / "segera.toml").write_text(text.replace('standard = "2 hari"', shorter), encoding="utf-8")
        said = disposisi("sop", "show", "segera.toml")
        assert said.code == 0
        assert said.out.count("segera: 6 jam") == 1
        assert said.out.count("sangat-segera: 90") == 1
        assert "segera" not in disposisi("sop", "show").out

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


class TestTheForm:
    def test_it_is_written_as_a_pdf_and_the_same_file_gives_the_same_bytes(
        self, disposisi: Disposisi, tmp_path: Path
    ) -> None:
        said = disposisi("sop", "print", PACKAGED.stem)
        again = disposisi("sop", "print", str(PACKAGED), "--output", "again.pdf")
        assert said.code == again.code == 0
        assert "penanganan-masalah-software.pdf: PENANGANAN MASALAH SOFTWARE, W.25-OT.02.02-1472" in said
        written = (tmp_path / "penanganan-masalah-software.pdf").read_bytes()
        assert written.startswith(b"%PDF-")
        assert written == (tmp_path / "again.pdf").read_bytes()

    def test_it_bears_the_logo_that_the_office_file_names(
        self, disposisi: Disposisi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "lambang.png").write_bytes(png())
        office = EXAMPLE.read_text(encoding="utf-8").replace("zone =", 'logo = "lambang.png"\nzone =', 1)
        (tmp_path / "office.toml").write_text(office, encoding="utf-8")
        bare = disposisi("sop", "print", str(PACKAGED), "--output", "bare.pdf")
        monkeypatch.setenv("OFFICE_FILE", str(tmp_path / "office.toml"))
        shown = disposisi("sop", "print", str(PACKAGED), "--output", "shown.pdf")
        assert bare.code == shown.code == 0
        images = [
            len(re.findall(rb"/Subtype\s*/Image", (tmp_path / f"{one}.pdf").read_bytes())) for one in ("bare", "shown")
        ]
        assert images == [0, 1]

    def test_where_it_cannot_be_written_is_told(self, disposisi: Disposisi) -> None:
        said = disposisi("sop", "print", str(PACKAGED), "--output", "nowhere/sop.pdf")
        assert said.code == 1
        assert "nowhere/sop.pdf cannot be written: No such file or directory." in said

    def test_what_the_form_cannot_hold_is_refused_by_check_and_print(
        self, disposisi: Disposisi, tmp_path: Path
    ) -> None:
        long = tmp_path / "long.toml"
        text = PACKAGED.read_text(encoding="utf-8")
        long.write_text(text.replace("Mengidentifikasi ", "Mengidentifikasi " + "sangat " * 90, 1), encoding="utf-8")
        for command in ("check", "print"):
            said = disposisi("sop", command, str(long))
            assert said.code == 1
            assert "long.toml: step 5: “activity” has 7" in said
            assert "The form has room for 600: divide the step, or say it more briefly." in said
        assert not list(tmp_path.glob("*.pdf"))

    def test_a_departure_from_the_regulation_is_told_and_refuses_nothing(self, disposisi: Disposisi) -> None:
        said = disposisi("sop", "check", str(PACKAGED))
        assert said.code == 0
        assert "step 4: The activity begins with who does it (“Kasubbag Humas”)." in said.out
