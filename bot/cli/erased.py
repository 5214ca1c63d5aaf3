"""Removing the bytes of files that were erased: for every command that erases some."""

from bot.archive.place import archive_of
from bot.cli import surroundings
from bot.settings import Settings
from models.upkeep import archiving


def remove_erased(settings: Settings) -> None:
    """Remove the bytes of what was erased; also what a command left that was killed, and no bot has removed since."""
    with surroundings.database(settings) as opened:
        surroundings.make_ready(opened)
        archive = archive_of(settings, beside=opened.path)
        with opened.transaction() as session:
            erased = archiving.leaving(session)
        for digest in erased:
            archive.erase(digest)
            with opened.transaction() as session:
                archiving.removed(session, digest, at=surroundings.now())
