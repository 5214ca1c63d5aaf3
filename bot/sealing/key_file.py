"""The key that signs checkpoints: in a file that only its owner may read, or in the environment; never in the database.

A person who has the key can sign another past. So it is no part of a backup, and stands in no log.
"""

import os
import stat
from contextlib import suppress
from pathlib import Path

from pydantic import SecretStr

from bot.durability import on_disk
from bot.stopped import Stopped
from bot.storage.ownership import hand_over
from models.checkpoint.note import InvalidNote, PrivateKey, PublicKey

_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_MOST = 4096


class KeyUnusable(Stopped):
    """The key cannot be used; the text says why, and what to do."""


class KeyFile:
    """Where the key is: in `given`, which comes from the environment, or in the file `path`."""

    def __init__(self, path: Path, *, given: SecretStr | None = None) -> None:
        self.path = path
        self._given = given

    @property
    def in_environment(self) -> bool:
        """Whether the environment holds the key, so that no file is read."""
        return self._given is not None

    @property
    def place(self) -> str:
        """Where the key is, for a sentence."""
        return "CHECKPOINT_KEY" if self.in_environment else str(self.path)

    @property
    def _next(self) -> Path:
        return self.path.with_name(f"{self.path.name}.next")

    def load(self) -> PrivateKey | None:
        """Return the key; None where there is no file. Raises `KeyUnusable`."""
        if self._given is not None:
            return _parsed(self._given.get_secret_value(), self.place)
        return _read(self.path)

    def load_used(self, used: PublicKey | None) -> PrivateKey | None:
        """Return the key, `used` being the one that the record knows. Ends a rotation that was broken off.

        It may still be another key than `used`. Raises `KeyUnusable`.
        """
        key = self.load()
        if used is None or (key is not None and key.public == used) or self.in_environment:
            return key
        following = _read(self._next)
        if following is None or following.public != used:
            return key
        self.put_next_in_place()
        return following

    def keep(self, key: PrivateKey) -> None:
        """Write the first key. Raises `KeyUnusable`, also where there is one already: none is ever overwritten."""
        _write(self.path, key)

    def keep_next(self, key: PrivateKey) -> None:
        """Write the key that is to follow, beside the one in use. One that was never put to use gives way.

        To be called after `load_used`, which knows whether it was.
        """
        with suppress(FileNotFoundError):
            self._next.unlink()
        _write(self._next, key)
        # Root may rotate for the user who runs the bot.
        hand_over(self._next, like=self.path)

    def put_next_in_place(self) -> None:
        """Let the key that was made to follow take the place of the one before, which is gone then."""
        self._next.replace(self.path)
        on_disk(self.path.parent)


def _read(path: Path) -> PrivateKey | None:
    try:
        opened = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise KeyUnusable(f"The key {path} cannot be read: {error.strerror}.") from None
    try:
        mode = os.fstat(opened).st_mode
        if not stat.S_ISREG(mode):
            raise KeyUnusable(f"The key {path} is no file.")
        if mode & _OTHERS:
            raise KeyUnusable(f"The key {path} may be read or written by others. Close it to them: chmod 600 {path}")
        raw = os.read(opened, _MOST)
    finally:
        os.close(opened)
    return _parsed(raw.decode("ascii", errors="replace"), str(path))


def _parsed(text: str, place: str) -> PrivateKey:
    try:
        return PrivateKey.parse(text)
    except InvalidNote as error:
        raise KeyUnusable(f"{place} holds no key that signs checkpoints: {error}.") from None


def _write(path: Path, key: PrivateKey) -> None:
    """Write `key` into a file that was not there. It is whole or not there at all, also after a crash."""
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.unfinished")
    try:
        with suppress(FileNotFoundError):
            unfinished.unlink()
        opened = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        with os.fdopen(opened, "wb") as file:
            file.write(f"{key.written()}\n".encode())
            file.flush()
            os.fsync(file.fileno())
        try:
            # A link, unlike a move, never takes the place of a file that is there.
            os.link(unfinished, path)
        finally:
            unfinished.unlink()
        on_disk(path.parent)
    except FileExistsError:
        raise KeyUnusable(f"There is a key in {path} already; it is not overwritten.") from None
    except OSError as error:
        raise KeyUnusable(f"The key cannot be written to {path}: {error.strerror}.") from None
