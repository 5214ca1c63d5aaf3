"""Where the archive is: a folder beside the database, or what the setting ARCHIVE names."""

from collections.abc import Callable
from pathlib import Path

from bot.archive.bucket import Bucket
from bot.archive.contents import Archive
from bot.archive.folder import Folder
from bot.settings import BUCKET, Settings

_ENDING = ".files"
"""What is added to the name of a database for the folder of its archive."""

_BESIDE_A_SERVER = Path("disposisi.files")
"""The folder of the archive of a database on a server: in the folder that the bot is started in."""


def archive_of(settings: Settings, *, beside: Path | None, made: Callable[[Path], None] | None = None) -> Archive:
    """Return the archive that ARCHIVE names, else the folder beside the database file. Opens nothing.

    `made` is called with each file and folder that is made. Raises `ArchiveFailed` for a bucket without boto3.
    """
    if settings.archive is None:
        return folder_beside(beside, made=made)
    if settings.archive.startswith(BUCKET):
        bucket, _, prefix = settings.archive.removeprefix(BUCKET).partition("/")
        return Bucket(
            bucket,
            prefix,
            endpoint=settings.archive_endpoint,
            key_id=settings.archive_key_id,
            secret=settings.archive_secret,
        )
    return Folder(Path(settings.archive), made=made)


def folder_beside(database: Path | None, *, made: Callable[[Path], None] | None = None) -> Folder:
    """Return the archive beside a database file, or that of a database on a server. Opens nothing."""
    root = _BESIDE_A_SERVER if database is None else database.with_name(f"{database.name}{_ENDING}")
    return Folder(root, made=made)
