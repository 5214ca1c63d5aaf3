"""`disposisi register`, as an operator types it."""

from __future__ import annotations

import json
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from bot.cli import console
from bot.cli.register_commands import Form
from bot.rules import load_rules
from bot.settings import Settings
from handlers.exports.register import Format
from models.queries.register.reading import Register
from models.queries.register.rows import Row
from tests.bot.cli.command_line import Disposisi, make_tables, stored
from tests.bot.cli.test_checkpoints import seals
from tests.models.bureau import Bureau

SECRET = "Sandi SIMPEG bocor"
TAKEN = (
    "SELECT body FROM journal_entries JOIN journal_payloads USING (chain_id, sequence) WHERE action = 'take-register'"
)


@pytest.fixture(autouse=True)
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A record of November 2026 in the folder: a case with every trouble, late in two steps, and a confidential one."""
    monkeypatch.chdir(tmp_path)
    rules = load_rules(Settings.load(None))
    make_tables(tmp_path)
    with stored(tmp_path) as database:
        Bureau.founds(database.engine, rules)
        bureau = Bureau(database.engine, rules)
        bureau.lives_through_much()
        secret = bureau.begins("budi", SECRET, confidential=True)
        bureau.works(45)
        bureau["bambang"].forwards(secret)


def journal(tmp_path: Path) -> list[dict[str, object]]:
    with closing(sqlite3.connect(tmp_path / "disposisi.db")) as connection:
        return [json.loads(body) for (body,) in connection.execute(TAKEN)]


def lines(file: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def test_who_was_late_is_one_command(disposisi: Disposisi, tmp_path: Path) -> None:
    said = disposisi("register", "--period", "2026-11", "--late")
    assert said.code == 0
    assert "Bambang Wijaya" in said
    assert "register-2026-11-terlambat.xlsx: " in said
    assert "late)" in said
    file = tmp_path / "register-2026-11-terlambat.xlsx"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    page = openpyxl.load_workbook(file)["Ringkasan"]
    assert "Bambang Wijaya" in [row[1].value for row in page.iter_rows(min_row=2)]
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []


def test_nobody_late_is_said(disposisi: Disposisi) -> None:
    assert "Nobody was late." in disposisi("register", "--period", "2025", "--late")


def test_it_names_its_period_its_maker_and_its_checkpoint(disposisi: Disposisi, tmp_path: Path) -> None:
    seals(tmp_path)
    assert disposisi("register", "--by", "Dewi Kartika", "--period", "2026-11..2026-12").code == 0
    page = openpyxl.load_workbook(tmp_path / "register-2026-11-01-sd-2026-12-31.xlsx")["Keterangan"]
    told = {row[0].value: row[1].value for row in page.iter_rows()}
    assert told["Periode"] == "1 November 2026 – 31 Desember 2026"
    assert told["Dibuat oleh"] == "Dewi Kartika"
    root = disposisi("checkpoint", "show").out.split("\n")[2]
    assert told["Segel (checkpoint)"].startswith("Nomor 1, 23 November 2026, 12.00 WITA, ")
    assert f"akar {root}." in told["Segel (checkpoint)"]


@pytest.mark.parametrize("form", ["json", "csv", "xlsx"])
def test_words_of_a_confidential_case_are_asked_for(disposisi: Disposisi, tmp_path: Path, form: str) -> None:
    def read(file: Path) -> str:
        if form == "json":
            return file.read_text(encoding="utf-8")
        with ZipFile(file) as archive:
            return "".join(archive.read(name).decode() for name in archive.namelist())

    disposisi("register", "--format", form, "-o", "without")
    disposisi("register", "--format", form, "-o", "with", "--confidential")
    assert SECRET not in read(tmp_path / "without")
    assert SECRET in read(tmp_path / "with")
    assert [body["confidential"] for body in journal(tmp_path)] == ["position", "whole"]


def test_a_post_and_an_sop_narrow_it(disposisi: Disposisi, tmp_path: Path) -> None:
    narrowed = ("--post", "kadiv", "--sop", "penanganan-masalah-software")
    assert disposisi("register", "--format", "json", "-o", "kadiv.jsonl", *narrowed).code == 0
    found = lines(tmp_path / "kadiv.jsonl")
    assert {line["post"] for line in found if line["row"] == "step"} == {"Kadiv"}
    assert (found[0]["post"], found[0]["sop"]) == ("kadiv", "penanganan-masalah-software")


@pytest.mark.parametrize(
    ("arguments", "advice"),
    [
        (("--period", "kemarin"), "Write 2026, 2026-10, 2026-10-05"),
        (("--post", "kadif"), "Did you mean “kadiv”?"),
        (("--sop", "penanganan"), "There is no SOP “penanganan”."),
        (("--format", "pdf"), "xlsx"),
    ],
)
def test_what_there_is_not_is_said_with_what_there_is(
    disposisi: Disposisi, tmp_path: Path, arguments: tuple[str, ...], advice: str
) -> None:
    said = disposisi("register", *arguments)
    assert said.code == 2
    assert advice in said
    assert journal(tmp_path) == []


def test_a_file_that_is_there_is_left_alone(disposisi: Disposisi, tmp_path: Path) -> None:
    (tmp_path / "there.xlsx").write_text("mine", encoding="utf-8")
    assert "there.xlsx exists already" in disposisi("register", "-o", "there.xlsx")
    assert "belongs to the record itself" in disposisi("register", "-o", "disposisi.db", "--overwrite")
    assert "does not exist" in disposisi("register", "-o", "nowhere/there.xlsx")
    assert (tmp_path / "there.xlsx").read_text(encoding="utf-8") == "mine"
    assert journal(tmp_path) == []
    assert disposisi("register", "-o", "there.xlsx", "--overwrite").code == 0
    assert len(journal(tmp_path)) == 1


def test_the_journal_tells_who_took_what_and_holds(disposisi: Disposisi, tmp_path: Path) -> None:
    disposisi("register", "--by", "Dewi", "--period", "2026-11", "--late", "--format", "csv")
    assert journal(tmp_path) == [
        {
            "period": ["2026-11-01", "2026-11-30"],
            "late": True,
            "format": "csv",
            "confidential": "position",
            "maker": "Dewi",
        }
    ]
    assert (tmp_path / "register-2026-11-terlambat.csv.zip").is_file()
    assert disposisi("verify", "--without-files").code == 0


def test_what_is_broken_off_leaves_neither_a_file_nor_an_entry(
    disposisi: Disposisi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ends(self: Register) -> Iterator[Row]:
        yield from self._tenures()
        raise SystemExit(143)

    before = {one.name for one in tmp_path.iterdir()}
    monkeypatch.setattr(Register, "rows", ends)
    assert disposisi("register", "-o", "late.xlsx").code == 143
    left = {one.name for one in tmp_path.iterdir()} - before
    assert not any("late.xlsx" in name for name in left)
    assert journal(tmp_path) == []


def test_a_pipe_is_told_at_each_quarter_how_far_something_long_has_come(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(console, "_LONG", -1.0)
    with console.progress("Reading the record") as told:
        for share in (0.1, 0.3, 0.31, 0.8, 1.0):
            told(share)
    assert capsys.readouterr().err.splitlines() == [
        "Reading the record: 25 %",
        "Reading the record: 75 %",
        "Reading the record: 100 %",
    ]


def test_the_formats_are_those_that_there_are() -> None:
    assert {one.value for one in Form} == {one.value for one in Format}
