"""The register as a spreadsheet, read back by a program that did not write it."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.exports import spreadsheet
from handlers.exports.heading import Heading
from handlers.exports.spreadsheet import write_spreadsheet
from handlers.texts.catalogue import Say
from handlers.texts.shorten import length
from models.queries.register.rows import Row
from models.queries.register.wanted import Wanted
from tests.handlers.exports.sample import HEADING, SAY, ZONE, a_case, a_step, a_tenure, english, rows

DANGEROUS = [
    '=HYPERLINK("http://contoh.invalid";"buka")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "<r><t>x</t></r>",
    '<r></t></is></c><c r="Z1"><f>1+1</f></c></r>',
    "{=1+1}",
    "http://contoh.invalid",
    "198001012005021004",
    "_x003D_1+1",
    "mailto:budi@contoh.invalid",
]


def written(folder: Path, found: Iterable[Row], heading: Heading = HEADING, say: Say = SAY) -> Path:
    beside = folder / "beside"
    beside.mkdir(exist_ok=True)
    write_spreadsheet(found, heading, say, to=folder / "register.xlsx", beside=beside)
    assert list(beside.iterdir()) == []
    return folder / "register.xlsx"


def read(file: Path) -> Any:  # noqa: ANN401 - openpyxl is not typed
    return openpyxl.load_workbook(file)


def column(page: Any, heading: str) -> list[Any]:  # noqa: ANN401 - openpyxl is not typed
    (place,) = [cell.column for cell in page[1] if cell.value == heading]
    return [page.cell(row, place) for row in range(2, page.max_row + 1)]


def test_it_has_a_sheet_for_each_kind_of_row_and_two_that_explain(tmp_path: Path) -> None:
    book = read(written(tmp_path, rows()))
    assert book.sheetnames == ["Keterangan", "Ringkasan", "Laporan", "Langkah", "Pengingat", "Pejabat"]
    assert [book[name].max_row for name in book.sheetnames[1:]] == [3, 2, 3, 2, 2]


def test_instants_are_dates_on_the_clock_of_the_office_and_the_head_names_its_zone(tmp_path: Path) -> None:
    book = read(written(tmp_path, rows()))
    (opened,) = column(book["Laporan"], "Diterima (WITA)")
    assert (opened.value, opened.is_date, opened.number_format) == (
        datetime(2026, 10, 2, 7, 30, 1, tzinfo=ZONE).replace(tzinfo=None),
        True,
        "dd/mm/yyyy hh:mm",
    )
    assert column(book["Laporan"], "Selesai (WITA)")[0].value is None


def test_durations_are_numbers_shown_in_hours_and_minutes(tmp_path: Path) -> None:
    late, in_time = column(read(written(tmp_path, rows()))["Langkah"], "Terlambat (jam kantor)")
    assert (late.value, late.number_format) == (timedelta(seconds=93_784), "[h]:mm")
    assert in_time.value is None
    assert late.font.color.rgb == "FFB42318"


def test_the_words_are_those_of_the_reader(tmp_path: Path) -> None:
    step = read(written(tmp_path, rows()))["Langkah"]
    said = {cell.value: step.cell(2, cell.column).value for cell in step[1]}
    assert said["Sebagai"] == "Plh."
    assert said["Keputusan"] == "diteruskan"
    assert said["Karena"] == "jabatan lowong"
    assert said["Perpanjangan"] == "1 jam + 1 hari"
    assert said["Petunjuk"] == "Tindak lanjuti; Laporkan hasilnya"
    book = read(written(tmp_path, rows(), say=english()))
    assert book.sheetnames[0] == "About"
    assert column(book["Steps"], "Standard")[0].value == "30 minutes"


def test_each_sheet_can_be_filtered_and_keeps_its_head_in_view(tmp_path: Path) -> None:
    book = read(written(tmp_path, rows()))
    for name in book.sheetnames[1:]:
        page = book[name]
        assert page.auto_filter.ref == f"A1:{page.cell(page.max_row, page.max_column).coordinate}"
        assert page.freeze_panes == ("C2" if name == "Ringkasan" else "B2")
        widths = [page.column_dimensions[cell.column_letter].width for cell in page[1]]
        assert all(width > 8 for width in widths), name
        words = [max(map(len, str(cell.value).split())) for cell in page[1]]
        assert all(word <= width for word, width in zip(words, widths, strict=True)), name


def test_it_names_its_period_its_maker_and_its_checkpoint(tmp_path: Path) -> None:
    page = read(written(tmp_path, rows()))["Keterangan"]
    told = {page.cell(row, 1).value: page.cell(row, 2).value for row in range(1, page.max_row + 1)}
    assert told["Buku Register"] == "Kantor Wilayah Contoh"
    assert told["Periode"] == "Oktober 2026"
    assert told["Penyaring"] == "hanya langkah yang terlambat dalam periode ini"
    assert told["Dibuat oleh"] == "Dewi Kartika (Admin)"
    assert told["Dibuat pada"] == "30 November 2026, 09.02 WITA"
    checkpoint = told["Segel (checkpoint)"]
    assert checkpoint.startswith("Nomor 7, 30 November 2026, 09.00 WITA, 41 daun, akar q83vEjRWeJA=.")
    assert told["Zona waktu"].startswith("Asia/Makassar (UTC+08:00)")
    assert told["Isi"] == "1 laporan, 2 langkah (1 terlambat), 1 pengingat, 1 masa jabatan"
    bare = replace(HEADING, checkpoint=None, wanted=Wanted())
    page = read(written(tmp_path, rows(), bare))["Keterangan"]
    told = {page.cell(row, 1).value: page.cell(row, 2).value for row in range(1, page.max_row + 1)}
    assert (told["Periode"], told["Segel (checkpoint)"]) == ("seluruh waktu", "Belum ada segel.")


def test_the_summary_says_who_was_late_the_latest_first(tmp_path: Path) -> None:
    many = [a_step(late_by=60), a_step(late_by=3600), a_step(person="Bambang Wijaya", late_by=7200), *rows()[2:]]
    page = read(written(tmp_path, many))["Ringkasan"]
    found = [[cell.value for cell in row] for row in page.iter_rows(min_row=2)]
    hour = timedelta(hours=1)
    assert found == [
        ["Kadiv", "Bambang Wijaya", 2, 1, 2 * hour, 2 * hour],
        ["Kadiv", "Siti Rahmawati", 2, 2, hour + hour / 60, hour],
    ]


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_text_becomes_a_formula_a_link_or_a_number(tmp_path: Path, text: str) -> None:
    file = written(tmp_path, [a_case(text), a_step(text, person=text), a_tenure(text)])
    book = read(file)
    cells = [cell for page in book for row in page.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert all(cell.hyperlink is None for cell in cells)
    (found,) = column(book["Laporan"], "Uraian masalah")
    assert found.data_type == "s"
    # Excel reads `_x005F_` as the underline that it stands for; openpyxl does not.
    assert found.value.lstrip("\u200b").replace("_x005F_", "_") == text.replace("\r", "\n")
    with ZipFile(file) as archive:
        pages = [archive.read(name).decode() for name in archive.namelist() if "worksheets/sheet" in name]
    assert all("<f>" not in page for page in pages)


def test_a_text_that_would_become_a_formula_when_it_is_edited_is_marked_as_a_text(tmp_path: Path) -> None:
    (dangerous,) = column(read(written(tmp_path, [a_case("=1+1")]))["Laporan"], "Uraian masalah")
    assert dangerous.quotePrefix
    (plain,) = column(read(written(tmp_path, [a_case("satu")]))["Laporan"], "Uraian masalah")
    assert not plain.quotePrefix


def test_a_cell_holds_no_more_than_it_can(tmp_path: Path) -> None:
    (found,) = column(read(written(tmp_path, [a_case("😀 " * 20_000)]))["Laporan"], "Uraian masalah")
    assert length(found.value) <= 32_767
    assert found.value.endswith("…")
    (whole,) = column(read(written(tmp_path, [a_case("a" * 32_767)]))["Laporan"], "Uraian masalah")
    assert whole.value == "a" * 32_767


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(st.text(st.characters(exclude_characters=""), max_size=40))
def test_any_text_can_be_read_back(tmp_path: Path, text: str) -> None:
    (found,) = column(read(written(tmp_path, [a_case(f"x{text}x")]))["Laporan"], "Uraian masalah")
    expected = "".join(_readable(one) for one in f"x{text}x".replace("\r\n", "\n").replace("\r", "\n"))
    assert found.value == expected


def _readable(character: str) -> str:
    unreadable = character < " " and character not in "\t\n"
    return "\ufffd" if unreadable or "\ud800" <= character <= "\udfff" or character in "\ufffe\uffff" else character


def test_what_a_sheet_cannot_hold_goes_on_in_the_next_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet, "ROWS", 4)
    book = read(written(tmp_path, [a_case(number=number) for number in range(1, 8)]))
    found = ["Laporan", "Laporan (2)", "Laporan (3)"]
    assert [name for name in book.sheetnames if name.startswith("Laporan")] == found
    numbers = [cell.value for name in found for cell in column(book[name], "Nomor laporan")]
    assert numbers == [f"SW-2026-{number:04d}" for number in range(1, 8)]
    assert [book[name].auto_filter.ref for name in found] == ["A1:T4", "A1:T4", "A1:T2"]
    assert spreadsheet.ROWS == 4


def test_the_limit_of_a_sheet_is_that_of_the_format() -> None:
    assert spreadsheet.ROWS == 1_048_576


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
    assert written(tmp_path / "one", rows()).read_bytes() == written(tmp_path / "other", rows()).read_bytes()


def test_rows_go_to_the_disk_as_they_come(tmp_path: Path) -> None:
    def peak(count: int) -> int:
        many = (a_step(person=f"Pegawai {number % 20}") for number in range(count))
        tracemalloc.start()
        written(tmp_path, many)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(10)
    assert peak(3000) < peak(300) + 400_000


def test_what_is_broken_off_leaves_no_file(tmp_path: Path) -> None:
    def broken() -> Iterator[Row]:
        yield a_case()
        raise RuntimeError("the record is away")

    (tmp_path / "beside").mkdir()
    with pytest.raises(RuntimeError, match="away"):
        write_spreadsheet(broken(), HEADING, SAY, to=tmp_path / "register.xlsx", beside=tmp_path / "beside")
    assert not (tmp_path / "register.xlsx").exists()
