"""The key is its owner's alone, is never overwritten, and is whole or not there."""

import os
from fnmatch import fnmatch
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.sealing.key_file import KeyFile, KeyUnusable
from bot.sealing.places import Places
from bot.settings import Settings
from models.checkpoint.note import PrivateKey

ROOT = Path(__file__).parents[3]
KEY, OTHER = (PrivateKey("kantor/log", bytes([number]) * 32) for number in (1, 2))


@pytest.fixture
def file(tmp_path: Path) -> KeyFile:
    return KeyFile(tmp_path / "key")


def test_what_was_kept_is_read_and_is_nobody_elses(file: KeyFile) -> None:
    assert file.load() is None
    previous = os.umask(0)
    try:
        file.keep(KEY)
    finally:
        os.umask(previous)
    assert file.load() == KEY
    assert file.path.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in file.path.parent.iterdir()] == ["key"]


@pytest.mark.parametrize("record", [Path("disposisi.db"), Path("demo.db"), None])
def test_git_is_told_to_leave_the_key_and_the_folder_alone(record: Path | None) -> None:
    """An operator who runs the bot in a clone must not commit the secret with `git add .`."""
    patterns = [line.strip("/") for line in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()]
    places = Places.of(Settings.load(None), record=record)
    key = places.key.path.name
    for name in (key, f"{key}.next", f"{key}.123.unfinished", places.folder.path.name):
        assert any(fnmatch(name, pattern) for pattern in patterns), name


def test_no_key_is_overwritten(file: KeyFile) -> None:
    file.keep(KEY)
    with pytest.raises(KeyUnusable, match="not overwritten"):
        file.keep(OTHER)
    assert file.load() == KEY
    assert [path.name for path in file.path.parent.iterdir()] == ["key"]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o601, 0o666])
def test_a_file_that_is_open_to_others_is_refused(file: KeyFile, mode: int) -> None:
    file.keep(KEY)
    file.path.chmod(mode)
    with pytest.raises(KeyUnusable, match=r"chmod 600 /"):
        file.load()


def test_a_link_and_a_folder_are_no_key(file: KeyFile, tmp_path: Path) -> None:
    file.keep(KEY)
    (tmp_path / "link").symlink_to(file.path)
    (tmp_path / "folder").mkdir()
    for name in ("link", "folder"):
        with pytest.raises(KeyUnusable):
            KeyFile(tmp_path / name).load()


@pytest.mark.parametrize("text", ["", "secret", KEY.written()[:-9], KEY.written().replace("kantor", "kantor2")])
def test_what_is_no_key_is_refused_and_not_quoted(file: KeyFile, text: str) -> None:
    file.path.write_text(text, encoding="utf-8")
    file.path.chmod(0o600)
    with pytest.raises(KeyUnusable, match="holds no key") as refused:
        file.load()
    assert text[-20:] not in str(refused.value) or not text


def test_the_environment_wins_and_writes_nothing(file: KeyFile) -> None:
    file.keep(OTHER)
    given = KeyFile(file.path, given=SecretStr(KEY.written()))
    assert given.load() == KEY
    assert given.in_environment
    assert (given.place, file.place) == ("CHECKPOINT_KEY", str(file.path))


def test_the_next_key_takes_its_place(file: KeyFile) -> None:
    file.keep(KEY)
    file.keep_next(KEY)
    file.keep_next(OTHER)
    assert file.load_used(None) == KEY
    assert file.load_used(KEY.public) == KEY
    assert file.load() == KEY
    assert file.load_used(OTHER.public) == OTHER
    assert file.load() == OTHER
    assert file.load_used(KEY.public) == OTHER
    assert [path.name for path in file.path.parent.iterdir()] == ["key"]


def test_where_nothing_can_be_written_it_is_said(tmp_path: Path) -> None:
    with pytest.raises(KeyUnusable, match="cannot be written"):
        KeyFile(tmp_path / "nowhere" / "key").keep(KEY)
