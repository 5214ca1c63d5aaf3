"""The register for programs: CSV files in a ZIP file, and JSON Lines."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.exports.defused import for_csv
from handlers.exports.plain import write_csv, write_json_lines
from handlers.exports.register import Format, file_name, write
from models.queries.register.rows import Row
from models.queries.register.wanted import Wanted
from tests.handlers.exports.sample import HEADING, SAY, a_case, rows

FORMULA = re.compile(r"[=+\-@＝＋－＠\t\r\n]")


def tables(folder: Path, found: Iterable[Row]) -> dict[str, list[dict[str, str]]]:
    beside = folder / "beside"
    beside.mkdir(exist_ok=True)
    write_csv(found, HEADING, to=folder / "register.csv.zip", beside=beside)
    with ZipFile(folder / "register.csv.zip") as archive:
        assert archive.testzip() is None
        read = {name: archive.read(name).decode() for name in archive.namelist()}
    return {name: list(csv.DictReader(io.StringIO(text, newline=""))) for name, text in read.items()}


def test_each_kind_of_row_has_a_file(tmp_path: Path) -> None:
    found = tables(tmp_path, rows())
    assert {name: len(lines) for name, lines in found.items()} == {
        "about.csv": 13,
        "cases.csv": 1,
        "steps.csv": 2,
        "chases.csv": 1,
        "tenures.csv": 1,
    }
    step = found["steps.csv"][0]
    assert step["opened_at"] == "2026-10-02T08:00:00+08:00"
    assert (step["late_by"], step["capacity"], step["extensions"]) == ("93784", "plh", "1 jam; 1 hari")
    assert found["cases.csv"][0] | {"closed_at": "", "helped": "", "confidential": "false"} == found["cases.csv"][0]
    assert (found["cases.csv"][0]["fellows"], found["cases.csv"][0]["merged_into"]) == (
        "Andi Pratama; Rina Mokoginta",
        "",
    )
    about = {line["name"]: line["value"] for line in found["about.csv"]}
    assert about["period"] == "2026-10-01..2026-10-31"
    assert (about["maker"], about["checkpoint.number"], about["checkpoint.root"]) == (
        "Dewi Kartika (Admin)",
        "7",
        "q83vEjRWeJA=",
    )


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+62 812", "'+62 812"),
        ("-", "'-"),
        ("@budi", "'@budi"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("  =1+1", "'  =1+1"),
        ("＝1+1", "'＝1+1"),
        ("lihat;=1+1", "lihat;'=1+1"),
        ("satu\n=2", "satu\n'=2"),
        ("satu - dua = tiga", "satu - dua = tiga"),
        ("budi@contoh.invalid", "budi@contoh.invalid"),
    ],
)
def test_what_would_be_a_formula_begins_with_an_apostrophe(text: str, cell: str) -> None:
    assert for_csv(text) == cell


@given(st.text(max_size=60), st.sampled_from(",;\t|"))
def test_no_cell_begins_as_a_formula_wherever_a_program_cuts(text: str, separator: str) -> None:
    cell = for_csv(text)
    assert FORMULA.match(cell) is None
    if separator != ",":
        assert all(not re.match(r"\s*[=+\-@]", part) for line in cell.splitlines() for part in line.split(separator))


def test_a_case_comes_before_its_stays_and_says_of_what_it_is(tmp_path: Path) -> None:
    write_json_lines(rows(), HEADING, to=tmp_path / "register.jsonl")
    lines = [json.loads(line) for line in (tmp_path / "register.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["row"] for line in lines] == ["register", "case", "step", "step", "chase", "tenure"]
    head, case = lines[0], lines[1]
    assert (head["format"], head["made_at"], head["zone"], head["late"]) == (
        "disposisi register 1",
        "2026-11-30T09:02:03+08:00",
        "Asia/Makassar",
        True,
    )
    assert head["checkpoint"] == {
        "number": 7,
        "size": 41,
        "root": "q83vEjRWeJA=",
        "at": "2026-11-30T09:00:00+08:00",
    }
    assert (case["opened_at"], case["closed_at"], case["took"]) == ("2026-10-02T07:30:01+08:00", None, 5400)
    assert lines[2]["instructions"] == ["Tindak lanjuti", "Laporkan hasilnya"]


@pytest.mark.parametrize("text", ["=1+1", "dua\nbaris", "\u2028", "half \ud800 pair", '"', "\x00"])
def test_json_keeps_a_text_as_it_is(tmp_path: Path, text: str) -> None:
    write_json_lines([a_case(text)], HEADING, to=tmp_path / "register.jsonl")
    lines = (tmp_path / "register.jsonl").read_bytes().decode().split("\n")
    assert json.loads(lines[1])["text"] == text


@pytest.mark.parametrize("form", Format)
def test_the_same_rows_give_the_same_bytes_and_the_same_tally(tmp_path: Path, form: Format) -> None:
    files = [tmp_path / name for name in ("one", "other")]
    tallies = []
    for file in files:
        (tmp_path / f"beside-{file.name}").mkdir()
        tallies.append(write(form, rows(), HEADING, SAY, to=file, beside=tmp_path / f"beside-{file.name}"))
    assert files[0].read_bytes() == files[1].read_bytes()
    assert [(one.cases, one.stays, one.late, one.chases, one.tenures) for one in tallies] == [(1, 2, 1, 1, 1)] * 2
    assert [(one.post, one.person, one.late_by) for one in tallies[0].late_ones] == [
        ("Kadiv", "Siti Rahmawati", 93_784)
    ]


def test_the_name_of_the_file_says_of_what_it_is() -> None:
    assert file_name(HEADING.wanted, Format.XLSX) == "register-2026-10-terlambat.xlsx"
    assert file_name(Wanted(post="kadiv", sop="akses"), Format.CSV) == "register-semua-kadiv-akses.csv.zip"
    assert file_name(Wanted(), Format.JSON) == "register-semua.jsonl"
