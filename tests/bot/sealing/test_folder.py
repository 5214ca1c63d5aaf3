"""What a folder of years costs a sealing: as much as one of a day. What others write there is seen all the same."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.sealing.folder import Folder
from models.checkpoint.note import Note, PrivateKey
from models.checkpoint.statement import Checkpoint

KEY = PrivateKey.make("disposisi/contoh/1")
LEAF = "disposisi/head"


def note(size: int) -> str:
    """Return a signed checkpoint of a log of `size` leaves."""
    return Note.signed(Checkpoint(KEY.name, size, bytes(32)).written(), KEY).written()


def shown(folder: Folder) -> int | None:
    """Return how many leaves the newest checkpoint in the folder covers."""
    found = folder.newest(KEY.name, [KEY.public])
    return found.size if found is not None else None


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A folder of three checkpoints, with a process that has just begun."""
    earlier = Folder(tmp_path / "checkpoints")
    for number in (1, 2, 3):
        earlier.add_leaves(1, [LEAF], after=number - 1)
        earlier.keep(number, note(number))
    return Folder(earlier.path)


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note each listing of a folder, and each reading of a file of leaves."""
    noted = list[str]()

    def noting(name: str, done: Callable[..., object]) -> Callable[..., object]:
        def run(path: Path, *given: object, **named: object) -> object:
            if name == "iterdir" or path.suffix == ".jsonl":
                noted.append(name)
            return done(path, *given, **named)

        return run

    for name in ("iterdir", "open"):
        monkeypatch.setattr(Path, name, noting(name, getattr(Path, name)))
    return noted


def sealed(folder: Folder, number: int) -> None:
    """Look at the folder and write into it as a sealing does."""
    assert shown(folder) == number - 1
    assert folder.last_number() == number - 1
    assert folder.count_leaves(1) == number - 1
    folder.add_leaves(1, [LEAF], after=number - 1)
    folder.keep(number, note(number))


def test_a_process_lists_the_folder_and_reads_the_leaves_once(folder: Folder, looks: list[str]) -> None:
    for number in range(4, 24):
        sealed(folder, number)
    assert looks == ["iterdir", "open"]
    assert folder.every_log() == [[LEAF] * 23]


def test_leaves_that_another_process_wrote_meanwhile_are_not_written_twice(folder: Folder) -> None:
    other = Folder(folder.path)
    assert (folder.count_leaves(1), other.count_leaves(1)) == (3, 3)
    assert other.add_leaves(1, ["fourth"], after=3) == 4
    assert folder.add_leaves(1, ["fourth", "fifth"], after=3) == 5
    assert folder.every_log() == [[LEAF, LEAF, LEAF, "fourth", "fifth"]]


def test_leaves_that_another_process_writes_just_behind_are_not_taken_for_own_ones(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = folder.path / "leaves-1.jsonl"
    assert folder.count_leaves(1) == 3

    def synced(_: int) -> None:
        with other.open("a") as file:
            file.write('"of another"\n')

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", synced)
        folder.add_leaves(1, ["fourth"], after=3)
    assert folder.count_leaves(1) == 5


def test_no_leaf_is_written_behind_a_gap(folder: Folder) -> None:
    assert folder.add_leaves(1, ["sixth"], after=5) == 3
    assert folder.count_leaves(1) == 3


def test_a_checkpoint_that_another_process_has_kept_is_seen(folder: Folder) -> None:
    sealed(folder, 4)
    sealed(Folder(folder.path), 5)
    sealed(folder, 6)


def test_a_line_that_another_process_has_left_unfinished_is_taken_away(folder: Folder) -> None:
    sealed(folder, 4)
    with (folder.path / "leaves-1.jsonl").open("a", encoding="utf-8") as file:
        file.write('"disposisi/he')
    sealed(folder, 5)
    assert folder.every_log() == [[LEAF] * 5]


def test_a_checkpoint_of_another_log_is_passed_over(folder: Folder) -> None:
    sealed(folder, 4)
    other = PrivateKey.make("disposisi/contoh/2")
    folder.keep(5, Note.signed(Checkpoint(other.name, 90, bytes(32)).written(), other).written())
    assert shown(folder) == 4
    assert folder.last_number() == 5


def test_a_folder_that_is_gone_holds_nothing(folder: Folder) -> None:
    sealed(folder, 4)
    for path in folder.path.iterdir():
        path.unlink()
    assert (shown(folder), folder.last_number(), folder.count_leaves(1)) == (None, 0, 0)


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Note the inode of each file and each folder that is brought to disk."""
    inodes, sync = list[int](), os.fsync

    def noting(handle: int) -> None:
        inodes.append(os.fstat(handle).st_ino)
        sync(handle)

    monkeypatch.setattr(os, "fsync", noting)
    return inodes


def test_a_checkpoint_is_kept_once_its_name_is_on_disk(folder: Folder, synced: list[int]) -> None:
    folder.keep(4, note(4))
    assert synced[-1] == folder.path.stat().st_ino


def test_leaves_that_a_killed_process_has_not_brought_to_disk_are_there_before_they_count(
    folder: Folder, synced: list[int]
) -> None:
    leaves = folder.path / "leaves-1.jsonl"
    with leaves.open("a", encoding="utf-8") as file:
        file.write(f'"{LEAF}"\n')
    assert folder.count_leaves(1) == 4
    assert synced == [leaves.stat().st_ino]
    assert folder.count_leaves(1) == 4
    assert len(synced) == 1, "what was counted once is not brought to disk again"
