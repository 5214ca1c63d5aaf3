"""Where checkpoints go, and where their key is, by the settings."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from bot.sealing.folder import Folder
from bot.sealing.key_file import KeyFile
from bot.settings import Settings


@dataclass(frozen=True, slots=True)
class Places:
    """The key, the folder beside the database, and what else gets every checkpoint; None where it is not wanted."""

    key: KeyFile
    folder: Folder
    chat: int | None
    url: str | None

    @classmethod
    def of(cls, settings: Settings, *, record: Path | None) -> Self:
        """Return the places of a record; `record` is its file, None where it is on a server."""
        beside = (lambda ending: record.with_name(f"{record.name}.{ending}")) if record is not None else Path
        return cls(
            key=KeyFile(settings.checkpoint_key_file or beside("checkpoint-key"), given=settings.checkpoint_key),
            folder=Folder(settings.checkpoint_dir or beside("checkpoints")),
            chat=settings.checkpoint_chat,
            url=settings.checkpoint_url,
        )
