"""`disposisi person import --replace`, `list --expected` and `remove`: the list of expected people also shrinks."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer

from models.office.person import Person
from tests.bot.cli.command_line import MONDAY, NIP, Disposisi, make_tables, told

OTHER = f"{NIP[:-1]}2"
THIRD = f"{NIP[:-1]}3"


@pytest.fixture
def _listed(disposisi: Disposisi, tmp_path: Path) -> None:
    """Two people are expected, and one of the list has registered."""
    make_tables(tmp_path)
    write(tmp_path, f"{NIP};Ani;Umum", f"{OTHER};Budi;Umum", f"{THIRD};Citra;Umum")
    assert disposisi("person", "import", "p.csv").code == 0
    with told(tmp_path) as session:
        session.add(Person(name="Citra", nip=THIRD, account_id=7, registered_at=MONDAY))


def write(folder: Path, *rows: str) -> None:
    (folder / "p.csv").write_text("\n".join(["nip;nama;unit kerja", *rows]), encoding="utf-8")


def answer(monkeypatch: pytest.MonkeyPatch, *, agreed: bool) -> list[str]:
    """Let the operator answer questions so; returns the questions."""
    asked: list[str] = []

    def confirm(question: str, *, abort: bool) -> bool:
        asked.append(question)
        if abort and not agreed:
            raise typer.Abort
        return agreed

    monkeypatch.setattr(typer, "confirm", confirm)
    return asked


@pytest.mark.usefixtures("_listed")
class TestExpected:
    def test_they_are_listed_without_those_who_are_registered(self, disposisi: Disposisi) -> None:
        said = disposisi("person", "list", "--expected")
        assert said.code == 0
        assert "Ani" in said
        assert "Budi" in said
        assert "Citra" not in said
        assert "2 people are expected and not registered yet." in said

    def test_one_is_removed(self, disposisi: Disposisi) -> None:
        assert "Ani is expected no longer" in disposisi("person", "remove", NIP)
        assert "1 person is expected" in disposisi("person", "list", "--expected")
        again = disposisi("person", "remove", NIP)
        assert again.code == 1
        assert "Nobody with this NIP is expected" in again
        assert disposisi("verify").code == 0

    def test_a_registered_person_is_not_removed(self, disposisi: Disposisi) -> None:
        said = disposisi("person", "remove", THIRD)
        assert said.code == 1
        assert "Citra is registered" in said
        assert "Citra" in disposisi("person", "list")

    def test_a_list_that_replaces_says_who_goes_and_comes_before_it_asks(
        self, disposisi: Disposisi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        write(tmp_path, f"{OTHER};Budi Contoh;Umum", f"{NIP[:-1]}4;Dedi;Keuangan")
        asked = answer(monkeypatch, agreed=False)
        said = disposisi("person", "import", "p.csv", "--replace")
        assert said.code == 1
        assert len(asked) == 1
        for line in ("− Ani (Umum)", "+ Dedi (Keuangan)", "± Budi Contoh (Umum)"):
            assert line in said
        assert "1 person goes, 1 come, 1 get another name or unit. Registered people stay what they are." in said
        assert "Ani" in disposisi("person", "list", "--expected"), "a no changes nothing"

        answer(monkeypatch, agreed=True)
        assert disposisi("person", "import", "p.csv", "--replace").code == 0
        listed = disposisi("person", "list", "--expected")
        assert "Ani" not in listed
        assert "Dedi" in listed
        assert "Citra" in disposisi("person", "list"), "registered people stay"
        assert disposisi("verify").code == 0

    def test_it_need_not_be_asked_about(self, disposisi: Disposisi, tmp_path: Path) -> None:
        write(tmp_path, f"{OTHER};Budi;Umum")
        assert disposisi("person", "import", "p.csv", "--replace", "--yes").code == 0
        assert "1 person is expected" in disposisi("person", "list", "--expected")

    def test_what_was_changed_since_it_was_shown_is_not_replaced(
        self, disposisi: Disposisi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        write(tmp_path, f"{OTHER};Budi;Umum")

        def meanwhile(*_: object, **__: object) -> bool:
            with told(tmp_path) as session:
                session.add(Person(name="Ani", nip=NIP, account_id=8, registered_at=MONDAY))
            return True

        monkeypatch.setattr(typer, "confirm", meanwhile)
        said = disposisi("person", "import", "p.csv", "--replace")
        assert said.code == 1
        assert "The list was changed meanwhile; nothing was imported." in said

    def test_a_list_with_bad_rows_replaces_nothing(self, disposisi: Disposisi, tmp_path: Path) -> None:
        write(tmp_path, f"{OTHER};Budi;Umum", "1,97702E+17;Eko;Umum")
        said = disposisi("person", "import", "p.csv", "--replace", "--yes")
        assert said.code == 1
        assert "Row 3: The spreadsheet has rounded the NIP." in said
        assert disposisi("person", "import", "p.csv", "--replace", "--partial").code == 2
        assert "2 people are expected" in disposisi("person", "list", "--expected")

    def test_a_list_from_excel_is_said_to_be_read_as_such(self, disposisi: Disposisi, tmp_path: Path) -> None:
        (tmp_path / "p.csv").write_bytes(f"sep=;\r\nDaftar\r\nnip;nama\r\n'{NIP};Ren\xe9e\r\n".encode("cp1252"))
        said = disposisi("person", "import", "p.csv")
        assert said.code == 0
        assert "read as Windows-1252" in said
        assert "Renée" in disposisi("person", "list", "--expected")
