"""A checkpoint that somebody kept, as a file, with the keys by which it is believed."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from bot.sealing.folder import Folder
from bot.sealing.places import Places
from bot.stopped import Stopped
from models.checkpoint.note import InvalidNote, PublicKey
from models.proof.against import Held, hold_against

_MOST = 1 << 20


class CopyUnusable(Stopped):
    """A file that was named holds no checkpoint and no key, or cannot be read; the text says what to do."""


@dataclass(frozen=True, slots=True)
class KeptCopy:
    """A checkpoint as it was written, the keys that are trusted, and the leaves that lay beside it."""

    written: str
    keys: Sequence[PublicKey]
    leaves: Sequence[Sequence[str]]

    def hold(self, session: Session) -> Held:
        """Hold a record against it."""
        return hold_against(session, self.written, keys=self.keys, kept=self.leaves)


def read(checkpoint: Path, key: Path | None, places: Places) -> KeptCopy:
    """Read a checkpoint from its file; without a file of keys the key of this machine is trusted.

    Line ends of Windows, and blank lines around the note, as a mail or a chat adds them, are taken away. Raises
    `CopyUnusable` and `KeyUnusable`.
    """
    written = _text(checkpoint).replace("\r\n", "\n").strip("\n") + "\n"
    return KeptCopy(written, _keys(key, places), Folder(checkpoint.absolute().parent).every_log())


def _keys(path: Path | None, places: Places) -> list[PublicKey]:
    if path is None:
        own = places.key.load()
        if own is None:
            raise CopyUnusable(
                f"There is no key in {places.key.place} by which a checkpoint could be believed. Name the file with "
                "the office's public key: --key FILE. `disposisi checkpoint key` prints it where the bot runs."
            )
        return [own.public]
    lines = [line for line in _text(path).splitlines() if line.strip()]
    try:
        keys = [PublicKey.parse(line) for line in lines]
    except InvalidNote as error:
        raise CopyUnusable(f"{path} holds no public key: {error}.") from None
    if not keys:
        raise CopyUnusable(f"{path} holds no public key: it is empty.")
    return keys


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(_MOST).decode()
    except OSError as error:
        raise CopyUnusable(f"{path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise CopyUnusable(f"{path} is no text in UTF-8.") from None
