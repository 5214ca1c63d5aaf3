"""The folder of contents: one file for equal ones, whole or not there, named by nothing that a sender chose."""

from __future__ import annotations

import hashlib
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.archive.contents import ArchiveFailed, Damaged, Missing, Unreadable, fault_of
from bot.archive.folder import Folder

PHOTO = b"\xff\xd8\xff a photo"
NOW = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "files")


def files_in(folder: Folder) -> list[Path]:
    return sorted(one for one in folder.root.rglob("*") if one.is_file())


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_content_is_found_by_its_digest(folder: Folder) -> None:
    digest = folder.put(PHOTO)
    assert digest == hashlib.sha256(PHOTO).hexdigest()
    assert folder.read(digest) == PHOTO
    assert files_in(folder) == [folder.root / digest[:2] / digest]


def test_equal_contents_are_one_file(folder: Folder) -> None:
    assert folder.put(PHOTO) == folder.put(PHOTO)
    assert len(files_in(folder)) == 1


def test_only_its_owner_reads_it(folder: Folder) -> None:
    before = os.umask(0)
    try:
        digest = folder.put(PHOTO)
    finally:
        os.umask(before)
    assert [mode(folder.root), mode(folder.root / digest[:2])] == [0o700, 0o700]
    assert [mode(one) for one in files_in(folder)] == [0o600]


def test_a_flipped_bit_is_named_and_mended_by_the_next_put(folder: Folder) -> None:
    digest = folder.put(PHOTO)
    place = files_in(folder)[0]
    place.write_bytes(bytes([PHOTO[0] ^ 1]) + PHOTO[1:])
    with pytest.raises(Damaged, match=digest):
        folder.read(digest)
    folder.put(PHOTO)
    assert folder.read(digest) == PHOTO


def test_what_is_gone_is_missing(folder: Folder) -> None:
    digest = folder.put(PHOTO)
    folder.erase(digest)
    assert not folder.holds(digest)
    assert files_in(folder) == []
    with pytest.raises(Missing):
        folder.read(digest)
    folder.erase(digest)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "A" * 64, "0" * 63, "0" * 64 + "\n", "/" + "0" * 63])
def test_no_other_name_is_a_place(folder: Folder, name: str) -> None:
    for act in (folder.read, folder.holds, folder.erase):
        with pytest.raises(ValueError, match="64 hexadecimal digits"):
            act(name)


def test_a_link_in_the_place_of_a_content_is_not_followed(folder: Folder, tmp_path: Path) -> None:
    digest = folder.put(PHOTO)
    secret = tmp_path / "secret"
    secret.write_bytes(PHOTO)
    place = files_in(folder)[0]
    place.unlink()
    place.symlink_to(secret)
    with pytest.raises(Unreadable, match=digest):
        folder.read(digest)
    folder.put(PHOTO)
    assert folder.read(digest) == PHOTO
    assert secret.read_bytes() == PHOTO


@pytest.mark.parametrize("what", [os.mkfifo, Path.mkdir], ids=["a pipe", "a folder"])
def test_what_is_no_file_is_named_and_holds_no_other_back(folder: Folder, what: Callable[[Path], None]) -> None:
    """Reading a pipe that nobody writes to would wait for good."""
    digest = folder.put(PHOTO)
    place = files_in(folder)[0]
    place.unlink()
    what(place)
    assert fault_of(folder, digest) == "cannot be read (it is no file)"
    assert fault_of(folder, folder.put(b"another")) is None


def test_a_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "files").write_text("a file, no folder")
    with pytest.raises(ArchiveFailed, match="files"):
        Folder(tmp_path / "files").put(PHOTO)


def test_old_parts_are_tidied_away_and_young_ones_are_not(folder: Folder) -> None:
    digest = folder.put(PHOTO)
    old, young = (folder.root / digest[:2] / name for name in (".part-old", ".part-young"))
    for part, age in ((old, timedelta(days=1)), (young, timedelta(hours=23))):
        part.write_bytes(b"half")
        os.utime(part, times=((NOW - age).timestamp(),) * 2)
    folder.tidy(at=NOW)
    assert (old.exists(), young.exists()) == (False, True)
    assert list(folder.digests()) == [digest], "a part is no content"


@given(contents=st.lists(st.binary(max_size=200), max_size=8))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
def test_whatever_is_put_in_comes_out(contents: list[bytes], tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = Folder(tmp_path_factory.mktemp("files"))
    digests = [folder.put(one) for one in contents]
    assert [folder.read(one) for one in digests] == contents
    assert list(folder.digests()) == sorted(set(digests))
    assert len(files_in(folder)) == len(set(contents))


class _Kept(RuleBasedStateMachine):
    """The folder beside a dictionary: whatever is done to it, it has what the dictionary has."""

    folder: Folder
    make: Callable[[], Path]

    @initialize()
    def begins(self) -> None:
        self.folder = Folder(type(self).make())
        self.kept: dict[str, bytes] = {}
        self.flipped: set[str] = set()

    @rule(content=st.binary(max_size=4))
    def puts(self, content: bytes) -> None:
        digest = self.folder.put(content)
        self.kept[digest] = content
        self.flipped.discard(digest)

    @rule(content=st.binary(max_size=4))
    def erases(self, content: bytes) -> None:
        digest = hashlib.sha256(content).hexdigest()
        self.folder.erase(digest)
        self.kept.pop(digest, None)
        self.flipped.discard(digest)

    @rule(content=st.binary(min_size=1, max_size=4))
    def flips(self, content: bytes) -> None:
        digest = hashlib.sha256(content).hexdigest()
        if digest in self.kept:
            (self.folder.root / digest[:2] / digest).write_bytes(content + b"?")
            self.flipped.add(digest)

    @invariant()
    def agrees(self) -> None:
        assert set(self.folder.digests()) == set(self.kept)
        for digest, content in self.kept.items():
            if digest in self.flipped:
                with pytest.raises(Damaged):
                    self.folder.read(digest)
            else:
                assert self.folder.read(digest) == content


def test_the_folder_is_a_dictionary_that_notices_changes(tmp_path_factory: pytest.TempPathFactory) -> None:
    class Machine(_Kept):
        @staticmethod
        def make() -> Path:
            return tmp_path_factory.mktemp("files")

    case = Machine.TestCase
    case.settings = settings(max_examples=20, stateful_step_count=20, deadline=None)
    case().runTest()


_CHILD = """
import os, signal, sys, tempfile
from pathlib import Path
from bot.archive.folder import Folder

left = iter(range(int(sys.argv[1]), -1, -1))

def deadly(call):
    def called(*arguments, **named):
        if next(left) == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return call(*arguments, **named)
    return called

for owner, name in ((os, "mkdir"), (os, "chmod"), (tempfile, "mkstemp"), (os, "fsync"), (os, "replace")):
    setattr(owner, name, deadly(getattr(owner, name)))
Folder(Path(sys.argv[2])).put(bytes.fromhex(sys.argv[3]))
"""
"""Puts a content in, and is killed before that call of those that change the disk whose number it is given."""


def _killed_at(place: int, root: Path) -> bool:
    """Put a content in, in a process that is killed before its call number `place`. Returns whether it was killed."""
    command = [sys.executable, "-c", _CHILD, str(place), str(root), PHOTO.hex()]
    done = subprocess.run(command, check=False, cwd=Path(__file__).parents[3], env={**os.environ, "PYTHONPATH": "."})
    assert done.returncode in {0, -signal.SIGKILL}
    return done.returncode != 0


def test_killed_at_any_call_it_is_whole_or_not_there(tmp_path: Path) -> None:
    digest = hashlib.sha256(PHOTO).hexdigest()
    seen: set[bool] = set()
    place = 0
    while _killed_at(place, tmp_path / str(place)):
        folder = Folder(tmp_path / str(place))
        there = folder.holds(digest)
        seen.add(there)
        if there:
            assert folder.read(digest) == PHOTO
        assert list(folder.digests()) == ([digest] if there else [])
        folder.put(PHOTO)
        assert folder.read(digest) == PHOTO, "the next one goes on"
        place += 1
    assert place >= 8, "the folders, the part, its bytes, its name, three folders on disk"
    assert seen == {True, False}
