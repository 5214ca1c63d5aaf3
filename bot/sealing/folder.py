"""The folder of checkpoints: one file for each, the leaves they seal, the public keys and how they follow each other.

A copy of the folder is all that an auditor needs to hold the record against it, and it has no secret.
"""

import fcntl
import json
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from bot.durability import on_disk
from bot.stopped import Stopped
from models.checkpoint.note import InvalidNote, Note, PublicKey
from models.checkpoint.statement import Checkpoint, InvalidStatement

LATEST = "latest.txt"
KEYS = "keys.txt"

_CHUNK = 1 << 20
_LOOKED_THROUGH = 100

_NAME = re.compile(r"checkpoint-(\d{8,})\.txt")
_NUMBERED = re.compile(r"checkpoint-(\d{8})\.txt")
_LEAVES = re.compile(r"leaves-(\d{1,8})\.jsonl")
"""Names with a number that a column holds; no other number is looked at."""


@dataclass(slots=True)
class _Listed:
    """The checkpoints that the folder had when `latest` stood in `LATEST`.

    `newest` are the newest of them, the last first, by number; `number` is the highest number that a column holds.
    """

    latest: bytes
    newest: list[tuple[int, Path]]
    number: int

    def add(self, number: int, path: Path, latest: bytes) -> None:
        """Take in the checkpoint that this process has written."""
        self.newest = sorted({*self.newest, (number, path)}, reverse=True)[:_LOOKED_THROUGH]
        self.number = max(self.number, number)
        self.latest = latest


@dataclass(frozen=True, slots=True)
class _Counted:
    """How many leaves a file had when it was `size` bytes long."""

    leaves: int
    size: int


class FolderUnusable(Stopped):
    """The folder cannot be read or written at present; the text says why, and what becomes of the checkpoints."""


class Folder:
    """A folder of checkpoints. It is made when the first is written. Every method raises `FolderUnusable`.

    The folder of an office of many years has tens of thousands of files. So it is listed once, and its leaves are
    counted once; after that only one file is read that every process changes as it writes there.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._listed: _Listed | None = None
        self._counted: dict[int, _Counted] = {}

    def keep(self, number: int, note: str) -> None:
        """Write the checkpoint with this number. Writing it once more changes nothing."""
        with self._explaining():
            # What another process has written since is found by the next listing.
            listed, self._listed = self._known(), None
            path = self._write(f"checkpoint-{number:08d}.txt", note)
            self._write(LATEST, note)
            # The record notes next that it is filed, and would never file it again.
            on_disk(self.path)
            if listed is not None:
                listed.add(number, path, note.encode())
                self._listed = listed

    def keep_keys(self, keys: Sequence[tuple[str, str | None]]) -> None:
        """Write the public keys, the oldest first, and the hand-overs."""
        with self._explaining():
            self._write(KEYS, "".join(f"{key}\n" for key, _ in keys))
            for number, (_, handover) in enumerate(keys, start=1):
                if handover is not None:
                    self._write(f"hand-over-{number:04d}.txt", handover)

    def every_log(self) -> list[list[str]]:
        """Return the leaves of each log that are kept here, as far as they can be read."""
        return [_leaves_in(path) for path in sorted(self.path.glob("leaves-*.jsonl"))]

    def count_leaves(self, log: int) -> int:
        """Return how many leaves of a log are kept here. A line that a crash has left unfinished is taken away."""
        path = self._leaf_file(log)
        with self._explaining():
            if not path.exists():
                return 0
            counted = self._counted.get(log)
            if counted is not None and counted.size == path.stat().st_size:
                return counted.leaves
            with path.open("r+b") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                return self._count(log, file)

    def add_leaves(self, log: int, leaves: Sequence[str], *, after: int) -> int:
        """Write further leaves of a log behind the first `after`, and return how many are kept here now.

        Another process may have written some of them meanwhile: none is written twice, and none behind a gap.
        """
        with self._explaining():
            self._make()
            opened = os.open(self._leaf_file(log), os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
            with os.fdopen(opened, "r+b") as file:
                # Until the file is closed; another process that writes or counts leaves waits so long.
                fcntl.flock(file, fcntl.LOCK_EX)
                kept = self._count(log, file)
                if kept < after:
                    return kept
                lines = [f"{json.dumps(leaf, ensure_ascii=False)}\n".encode() for leaf in leaves[kept - after :]]
                size = self._counted.pop(log).size
                file.writelines(lines)
                file.flush()
                os.fsync(file.fileno())
                self._counted[log] = _Counted(kept + len(lines), size + sum(map(len, lines)))
                return kept + len(lines)

    def _count(self, log: int, file: BinaryIO) -> int:
        """Return how many leaves a locked file has, and take away a line that was left unfinished.

        They are on disk then: a process may have been killed that had written some and not waited for the disk.
        """
        counted = self._counted.get(log)
        if counted is not None and counted.size == os.fstat(file.fileno()).st_size:
            return counted.leaves
        count = whole = read = 0
        file.seek(0)
        while chunk := file.read(_CHUNK):
            if b"\n" in chunk:
                count += chunk.count(b"\n")
                whole = read + chunk.rindex(b"\n") + 1
            read += len(chunk)
        if whole != read:
            file.truncate(whole)
        os.fsync(file.fileno())
        self._counted[log] = _Counted(count, whole)
        return count

    def newest(self, origin: str, keys: Sequence[PublicKey]) -> Checkpoint | None:
        """Return the last checkpoint of a log among the newest ones here, if one of `keys` has signed it."""
        for _, path in self._look().newest:
            try:
                note = Note.parse(path.read_text(encoding="utf-8"))
                found = Checkpoint.parse(note.text)
                if found.origin == origin and note.signer(keys) is not None:
                    return found
            except (OSError, UnicodeDecodeError, InvalidNote, InvalidStatement):
                continue
        return None

    def last_number(self) -> int:
        """Return the highest number of a checkpoint that is kept here, 0 where none is."""
        return self._look().number

    def last_log(self) -> int:
        """Return the highest number of a log whose leaves are kept here, 0 where none are."""
        return _highest(_LEAVES, self._inside())

    def _look(self) -> _Listed:
        """List the folder, if it may have other checkpoints than those known."""
        with self._explaining():
            known = self._known()
            if known is not None:
                return known
            # Read before the folder is listed: what comes in between is listed, or shows at the next look.
            latest = self._latest()
            inside = self._inside()
            found = [(int(match[1]), path) for path in inside if (match := _NAME.fullmatch(path.name))]
            listed = _Listed(latest or b"", sorted(found, reverse=True)[:_LOOKED_THROUGH], _highest(_NUMBERED, inside))
            self._listed = listed
            return listed

    def _known(self) -> _Listed | None:
        """Return what was listed, if no checkpoint has come since: every process that keeps one writes `LATEST`."""
        return self._listed if self._listed is not None and self._listed.latest == self._latest() else None

    def _latest(self) -> bytes | None:
        try:
            return (self.path / LATEST).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def _inside(self) -> list[Path]:
        with self._explaining():
            return list(self.path.iterdir()) if self.path.is_dir() else []

    @contextmanager
    def _explaining(self) -> Iterator[None]:
        """Say in a sentence what is wrong with the folder."""
        try:
            yield
        except OSError as error:
            raise FolderUnusable(
                f"The folder of checkpoints {self.path} cannot be used: {error.strerror}. What is signed stays in the "
                "record, and comes there once it can."
            ) from None

    def _leaf_file(self, log: int) -> Path:
        return self.path / f"leaves-{log}.jsonl"

    def _make(self) -> None:
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)

    def _write(self, name: str, text: str) -> Path:
        """Write a file whole, or not at all, and return where it is."""
        self._make()
        unfinished = self.path / f".{name}.unfinished"
        opened = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        with os.fdopen(opened, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        return unfinished.replace(self.path / name)


def _highest(name: re.Pattern[str], paths: Iterable[Path]) -> int:
    """Return the highest number in the names of files, 0 where none has one."""
    return max((int(match[1]) for path in paths if (match := name.fullmatch(path.name))), default=0)


def _leaves_in(path: Path) -> list[str]:
    found = list[str]()
    with suppress(OSError, ValueError), path.open(encoding="utf-8") as lines:
        for line in lines:
            leaf = json.loads(line)
            if not isinstance(leaf, str):
                break
            found.append(leaf)
    return found
