"""The files of cases travel with a copy: once each, checked, and without those that were erased."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.archive.folder import Folder
from tests.bot.cli.command_line import Disposisi
from tests.bot.cli.kept import CONTENT, keep_a_file


@pytest.fixture
def copies(tmp_path: Path) -> Path:
    (tmp_path / "copies").mkdir()
    return tmp_path / "copies"


def inodes(folder: Path) -> dict[str, int]:
    return {one.name: one.stat().st_ino for one in folder.rglob("*") if one.is_file()}


def test_a_copy_has_the_files_beside_it_and_a_second_one_copies_none_again(
    disposisi: Disposisi, tmp_path: Path, copies: Path
) -> None:
    kept = keep_a_file(tmp_path)
    assert "1 file of cases in" in disposisi("backup", str(copies / "monday.copy"))
    there = inodes(copies / "files")
    assert list(there) == [kept.name]
    assert Folder(copies / "files").read(kept.name) == CONTENT
    assert disposisi("backup", str(copies / "tuesday.copy")).code == 0
    assert inodes(copies / "files") == there


def test_what_a_backup_left_that_was_killed_long_ago_goes(disposisi: Disposisi, tmp_path: Path, copies: Path) -> None:
    kept = keep_a_file(tmp_path)
    disposisi("backup", str(copies / "monday.copy"))
    old, young = (copies / "files" / kept.name[:2] / name for name in (".part-old", ".part-young"))
    for part in (old, young):
        part.write_bytes(b"half")
    os.utime(old, (0, 0))
    assert disposisi("backup", str(copies / "tuesday.copy")).code == 0
    assert (old.exists(), young.exists()) == (False, True)


def test_a_damaged_file_beside_a_copy_is_copied_again(disposisi: Disposisi, tmp_path: Path, copies: Path) -> None:
    kept = keep_a_file(tmp_path)
    disposisi("backup", str(copies / "monday.copy"))
    (copies / "files" / kept.name[:2] / kept.name).write_bytes(b"rot")
    disposisi("backup", str(copies / "tuesday.copy"))
    assert Folder(copies / "files").read(kept.name) == CONTENT


def test_a_file_that_is_lost_fails_the_backup_and_the_record_is_copied_all_the_same(
    disposisi: Disposisi, tmp_path: Path, copies: Path
) -> None:
    kept = keep_a_file(tmp_path)
    kept.write_bytes(b"rot")
    said = disposisi("backup", str(copies / "monday.copy"))
    assert said.code == 1
    assert f"the content {kept.name} was changed" in said
    assert (copies / "monday.copy").is_file()


def test_a_restore_elsewhere_brings_the_files(disposisi: Disposisi, tmp_path: Path, copies: Path) -> None:
    kept = keep_a_file(tmp_path)
    disposisi("backup", str(copies / "monday.copy"))
    elsewhere = tmp_path / "another machine"
    elsewhere.mkdir()
    url = f"sqlite:///{elsewhere}/disposisi.db"
    said = disposisi("restore", str(copies / "monday.copy"), "--database", url)
    assert said.code == 0
    assert "1 file: the record holds" in said
    assert Folder(elsewhere / "disposisi.db.files").read(kept.name) == CONTENT
    assert "1 file: the record holds" in disposisi("verify", "--database", url)


def test_a_trial_leaves_the_archive_and_the_checkpoints_of_the_office_alone(
    disposisi: Disposisi, tmp_path: Path, copies: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Found by a reviewer: a trial put back what had been erased since, into the archive of the office."""
    kept = keep_a_file(tmp_path)
    disposisi("backup", str(copies / "monday.copy"))
    monkeypatch.setenv("ARCHIVE", "archive")
    monkeypatch.setenv("CHECKPOINT_DIR", "checkpoints")
    said = disposisi("restore", str(copies / "monday.copy"), "--database", f"sqlite:///{tmp_path}/trial.db")
    assert said.code == 0
    assert "DATABASE_URL names another record" in said
    assert not (tmp_path / "archive").exists()
    assert Folder(tmp_path / "trial.db.files").read(kept.name) == CONTENT
    assert disposisi("restore", str(copies / "monday.copy"), "--replace").code == 0
    assert Folder(tmp_path / "archive").read(kept.name) == CONTENT


def test_a_restore_without_the_files_names_what_is_missing(disposisi: Disposisi, tmp_path: Path, copies: Path) -> None:
    kept = keep_a_file(tmp_path)
    disposisi("backup", str(copies / "monday.copy"))
    (copies / "files" / kept.name[:2] / kept.name).unlink()
    url = f"sqlite:///{tmp_path}/elsewhere.db"
    said = disposisi("restore", str(copies / "monday.copy"), "--database", url)
    assert said.code == 1
    assert f"case:SW-2026-0001, file 1: the content {kept.name} is missing" in said
    assert (tmp_path / "elsewhere.db").is_file(), "the record is back; its lost file is named"


def test_a_restore_in_its_own_place_needs_no_files_beside_the_copy(
    disposisi: Disposisi, tmp_path: Path, copies: Path
) -> None:
    keep_a_file(tmp_path)
    disposisi("backup", str(copies / "monday.copy"))
    said = disposisi("restore", str(copies / "monday.copy"), "--replace")
    assert said.code == 0
    assert "1 file of cases in disposisi.db.files" in said


_CHILD = """
import os, signal, sys
from bot.archive.folder import Folder
from bot.cli.main import main

left = iter(range(int(sys.argv[1]), -1, -1))
put = Folder.put

def deadly(folder, content):
    if next(left) == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    digest = put(folder, content)
    if next(left) == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return digest

Folder.put = deadly
main(sys.argv[2:])
"""
"""Runs a command, and is killed before or after it puts a file into an archive."""


@pytest.mark.parametrize("boundary", [0, 1])
def test_killed_between_the_record_and_its_files_the_next_backup_and_restore_are_whole(
    disposisi: Disposisi, tmp_path: Path, copies: Path, boundary: int
) -> None:
    kept = keep_a_file(tmp_path)
    backup = "backup", str(copies / "monday.copy")
    url = f"sqlite:///{tmp_path}/elsewhere.db"
    restore = "restore", str(copies / "monday.copy"), "--database", url
    for command in (backup, restore):
        child = subprocess.run(
            [sys.executable, "-c", _CHILD, str(boundary), *command],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
            capture_output=True,
            check=False,
        )
        assert child.returncode == -signal.SIGKILL, child.stderr.decode()
        if command is backup:
            assert not (copies / "monday.copy").exists(), "no copy counts whose files are not beside it"
            assert disposisi(*backup).code == 0
            assert Folder(copies / "files").read(kept.name) == CONTENT
        else:
            assert disposisi(*restore, "--replace").code == 0
    assert "1 file: the record holds" in disposisi("verify", "--database", url)
