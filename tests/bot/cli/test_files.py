"""The commands read the files of cases too: a flipped byte is named, and so is that a file was not read."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from tests.bot.cli.command_line import Disposisi
from tests.bot.cli.kept import CONTENT, keep_a_file


def test_verify_reads_the_files(disposisi: Disposisi, tmp_path: Path) -> None:
    keep_a_file(tmp_path)
    said = disposisi("verify")
    assert said.code == 0
    assert "1 file: the record holds." in said


@pytest.mark.parametrize("place", range(0, len(CONTENT), 5))
def test_a_flipped_byte_is_named(disposisi: Disposisi, tmp_path: Path, place: int) -> None:
    kept = keep_a_file(tmp_path)
    kept.write_bytes(CONTENT[:place] + bytes([CONTENT[place] ^ 4]) + CONTENT[place + 1 :])
    said = disposisi("verify")
    assert said.code == 1
    assert f"case:SW-2026-0001, file 1: the content {kept.name} was changed: its bytes have another digest" in said
    assert disposisi("verify", "--without-files").code == 0


def test_a_file_that_is_gone_is_named_and_so_is_a_whole_archive(disposisi: Disposisi, tmp_path: Path) -> None:
    kept = keep_a_file(tmp_path)
    kept.unlink()
    assert f"file 1: the content {kept.name} is missing" in disposisi("verify")
    kept.parent.rmdir()
    kept.parent.parent.rmdir()
    said = disposisi("verify")
    assert said.code == 1
    assert "is missing" in said


def test_of_a_copy_of_the_database_alone_no_file_is_read_and_that_is_said(disposisi: Disposisi, tmp_path: Path) -> None:
    kept = keep_a_file(tmp_path)
    (tmp_path / "copy.db").write_bytes((tmp_path / "disposisi.db").read_bytes())
    said = disposisi("verify", "--database", "sqlite:///copy.db")
    assert said.code == 0
    assert "no file is read" in said
    assert "1 file: the record holds" in disposisi(
        "verify", "--database", "sqlite:///copy.db", "--files", str(kept.parent.parent)
    )


def test_a_file_is_erased_by_an_act_and_the_record_holds(disposisi: Disposisi, tmp_path: Path) -> None:
    kept = keep_a_file(tmp_path)
    said = disposisi("archive", "show", "SW-2026-0001")
    assert "kept" in said
    assert kept.name[:16] in said
    said = disposisi("archive", "erase", "SW-2026-0001", "--because", "permintaan pemilik", "--yes")
    assert said.code == 0
    assert not kept.exists()
    assert "erased" in disposisi("archive", "show", "SW-2026-0001")
    assert "the record holds" in disposisi("verify")
    assert disposisi("archive", "erase", "SW-2026-0001", "--because", "lagi", "--yes").code == 1
    assert "There is no case SW-2026-0099" in disposisi("archive", "show", "SW-2026-0099")


def test_what_was_erased_leaves_the_folder_beside_the_copies(disposisi: Disposisi, tmp_path: Path) -> None:
    kept = keep_a_file(tmp_path)
    disposisi("backup", "monday.copy")
    assert (tmp_path / "files" / kept.name[:2] / kept.name).is_file()
    disposisi("archive", "erase", "SW-2026-0001", "--because", "permintaan pemilik", "--yes")
    assert disposisi("backup", "tuesday.copy").code == 0
    assert not (tmp_path / "files" / kept.name[:2] / kept.name).exists()


def test_check_says_where_files_are_kept_and_that_a_place_cannot_be_used(
    disposisi: Disposisi, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "files of cases are kept in disposisi.db.files" in disposisi("check", "--no-telegram")
    monkeypatch.setenv("ARCHIVE", "s3://disposisi-files")
    monkeypatch.setattr("bot.archive.bucket.find_spec", lambda _: None)
    said = disposisi("check", "--no-telegram")
    assert said.code == 1
    assert "pip install 'disposisi[s3]'" in said


def test_nothing_is_erased_unless_it_is_agreed(
    disposisi: Disposisi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = keep_a_file(tmp_path)
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    assert disposisi("archive", "erase", "SW-2026-0001", "--because", "salah").code == 1
    assert kept.exists()
    assert disposisi("archive", "erase", "SW-2026-0001", "--file", "2", "--because", "salah", "--yes").code == 1
    assert kept.exists()
