"""`disposisi rekap`, as an operator types it: a month of one person's work as text, paper and spreadsheet."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.rules import load_rules
from bot.settings import Settings
from models.office.person import Person
from tests.bot.cli.command_line import Disposisi, make_tables, stored
from tests.bot.papers.reading import words_of
from tests.models.bureau import Bureau


@pytest.fixture(autouse=True)
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A record in the folder: in November Rina handled a case, and Andi another."""
    monkeypatch.chdir(tmp_path)
    make_tables(tmp_path)
    with stored(tmp_path) as database:
        rules = load_rules(Settings.load(None))
        Bureau.founds(database.engine, rules)
        bureau = Bureau(database.engine, rules)
        for name, words in (("rina", "Printer macet di <loket> 3"), ("andi", "Wifi lambat")):
            case_id = bureau.begins("budi", words)
            bureau.walks(case_id, until=4)
            bureau["maria"].forwards(case_id, to=name)
            bureau[name].hands_in(case_id)
            bureau.finishes(case_id)
        bureau["budi"].says_whether_it_helped(1, helped=True)


@pytest.fixture
def nip(tmp_path: Path) -> str:
    with stored(tmp_path) as database, database.transaction() as session:
        return session.query(Person).filter(Person.name == "Rina Mokoginta").one().nip


def test_a_month_is_printed_with_its_assignment_and_its_verdict(disposisi: Disposisi, nip: str) -> None:
    said = disposisi("rekap", nip, "--month", "2026-11")
    assert said.code == 0
    assert "Rina Mokoginta" in said
    assert "SW-2026-0001" in said
    assert "Printer macet di <loket> 3" in said, "words are those of the report, without any markup"
    assert "Maria Tangka" in said
    assert "👍" in said
    assert "SW-2026-0002" not in said, "what a colleague handled is not theirs"
    assert "<b>" not in said


def test_a_paper_and_a_spreadsheet_are_for_their_owner_alone(disposisi: Disposisi, tmp_path: Path, nip: str) -> None:
    assert disposisi("rekap", nip, "--month", "2026-11", "--format", "pdf").code == 0
    paper = tmp_path / f"rekap-kinerja-2026-11-{nip}.pdf"
    assert "SW-2026-0001" in words_of(paper.read_bytes())
    assert paper.stat().st_mode & 0o077 == 0
    assert disposisi("rekap", nip, "--month", "2026-11", "--format", "xlsx", "-o", "rina.xlsx").code == 0
    book = load_workbook(tmp_path / "rina.xlsx")
    cells = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "SW-2026-0001" in cells
    again = disposisi("rekap", nip, "--month", "2026-11", "--format", "xlsx", "-o", "rina.xlsx")
    assert again.code == 1
    assert "exists already" in again


def test_another_month_is_empty_and_says_so(disposisi: Disposisi, nip: str) -> None:
    said = disposisi("rekap", nip, "--month", "2026-10")
    assert said.code == 0
    assert "SW-2026" not in said


@pytest.mark.parametrize("month", ["2026", "kemarin", "2026-11-05"])
def test_what_is_no_month_is_refused(disposisi: Disposisi, nip: str, month: str) -> None:
    said = disposisi("rekap", nip, "--month", month)
    assert said.code == 2
    assert "is no month" in said


def test_nobody_with_that_nip_is_said(disposisi: Disposisi) -> None:
    said = disposisi("rekap", "199001012015011001")
    assert said.code == 1
    assert "Nobody with this NIP" in said
