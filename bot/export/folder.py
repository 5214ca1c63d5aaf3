"""The folder of an export. It takes its name only once it is whole and on disk, so that no half one looks whole.

It is written in a folder beside it, whose name begins with a dot. What a killed process has left there is removed by
the next export of the same name a day later.
"""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from glob import escape
from pathlib import Path
from typing import Any

from bot.durability import on_disk
from bot.stopped import Stopped

MANIFEST = "manifest.json"
DIGEST = "manifest.sha256"
FILES = "files"

_FOLDER, _FILE = 0o700, 0o600
_LEFT_OVER = timedelta(days=1)


class ExportRefused(Stopped):
    """Nothing was exported; the text says why, and what to do."""


class Target:
    """An export that is being written. Every method raises `ExportRefused` where the disk refuses it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.contents: dict[str, dict[str, Any]] = {}

    def lines(self, name: str, lines: Iterable[object]) -> int:
        """Write one JSON value a line; returns how many there are."""
        count = 0

        def written() -> Iterator[bytes]:
            nonlocal count
            for line in lines:
                count += 1
                yield _one_line(line)

        self._write(name, written(), count=lambda: count)
        return count

    def text(self, name: str, text: str) -> None:
        """Write a file of text."""
        self._write(name, [text.encode()])

    def content(self, digest: str, content: bytes) -> None:
        """Write the bytes of a kept file under their digest. The manifest does not list it: its name is its digest."""
        self._put(f"{FILES}/{digest}", [content])

    def finish(self, manifest: Mapping[str, Any]) -> None:
        """Write the manifest, which lists what was written, and its digest."""
        raw = json.dumps({**manifest, "contents": self.contents}, ensure_ascii=False, indent=1).encode() + b"\n"
        self._put(MANIFEST, [raw])
        self._put(DIGEST, [f"{hashlib.sha256(raw).hexdigest()}  {MANIFEST}\n".encode()])
        for folder in (*(one for one in self.root.rglob("*") if one.is_dir()), self.root):
            on_disk(folder)

    def _write(self, name: str, parts: Iterable[bytes], *, count: Any = None) -> None:  # noqa: ANN401
        digest, size = self._put(name, parts)
        self.contents[name] = {"sha256": digest, "bytes": size, **({} if count is None else {"lines": count()})}

    def _put(self, name: str, parts: Iterable[bytes]) -> tuple[str, int]:
        path, digest, size = self.root / name, hashlib.sha256(), 0
        path.parent.mkdir(mode=_FOLDER, parents=True, exist_ok=True)
        opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, _FILE)
        with os.fdopen(opened, "wb") as file:
            for part in parts:
                digest.update(part)
                size += len(part)
                file.write(part)
            file.flush()
            os.fsync(file.fileno())
        return digest.hexdigest(), size


@contextmanager
def whole_or_gone(target: Path, *, at: datetime) -> Iterator[Target]:
    """Give a folder to write an export into, which becomes `target` at the end, or is removed.

    Raises `ExportRefused` for a `target` that has something in it, and where the disk refuses.
    """
    _check(target)
    try:
        _clear_away(target, at)
        temporary = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".part", dir=target.absolute().parent))
        try:
            yield Target(temporary)
            # An empty folder gives way; one that has got something in it meanwhile does not.
            temporary.rename(target)
        except BaseException:
            shutil.rmtree(temporary, ignore_errors=True)
            raise
        on_disk(target.absolute().parent)
    except OSError as error:
        raise ExportRefused(f"{target} cannot be written: {error.strerror or error}. Nothing was exported.") from error


def _check(target: Path) -> None:
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise ExportRefused(f"{target} is no folder. Name one that is not there yet, or is empty.")
    if target.is_dir() and any(target.iterdir()):
        raise ExportRefused(
            f"{target} has something in it. An export never mixes with other files: name another folder."
        )
    if not target.absolute().parent.is_dir():
        raise ExportRefused(f"The folder {target.absolute().parent} does not exist. Make it, or name another one.")


def _clear_away(target: Path, at: datetime) -> None:
    for left in target.absolute().parent.glob(f".{escape(target.name)}.*.part"):
        if at.timestamp() - left.stat().st_mtime >= _LEFT_OVER.total_seconds():
            shutil.rmtree(left, ignore_errors=True)


def _one_line(value: object) -> bytes:
    try:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    except UnicodeEncodeError:
        # Half a surrogate pair, which no entry was ever written with: somebody has put it there.
        return json.dumps(value, separators=(",", ":")).encode() + b"\n"
