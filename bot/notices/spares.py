"""Files out of the archive, for the present account of the bot: another one's identifiers work for it no more.

What was sent out of the archive has an identifier of this account's own, which is kept: each is sent up once.
"""

import asyncio
import logging
from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from telegram import Bot

from bot.archive.contents import Archive, ArchiveFailed, Lost
from bot.notices.sending import File
from bot.storage.database import Database
from models.rules.media_type import media_type
from models.upkeep import archiving

logger = logging.getLogger(__name__)

TRIES = 8
"""Attempts to send a notice while the archive cannot be used: about two minutes of pauses, and what each try takes."""

_CAME_AS = "came_as"
"""The key in a file for the identifier that it came with, where another one stands in its place."""


class Spare(NamedTuple):
    """The bytes of a file, and a name for them that says nothing but what they are."""

    digest: str
    content: bytes
    name: str


class Spares:
    """What is sent in place of identifiers that do not work for the bot's present account."""

    def __init__(self, *, bot: Bot, database: Database, archive: Archive) -> None:
        self._bot = bot
        self._database = database
        self._archive = archive

    async def present(self, notice_id: int, files: Sequence[File]) -> list[File]:
        """Return the files of a notice, each with the identifier that this account has for it, if it has one."""
        wanted = [str(file["file_id"]) for file in files]
        find = partial(archiving.copies, notice_id=notice_id, file_ids=wanted, account_id=self._bot.id)
        known = await self._database.read(find)
        return [_with_identifier(file, known.get((str(file["file_id"]), str(file["kind"])))) for file in files]

    async def of(self, notice_id: int, file: File, *, attempt: int) -> Spare | None:
        """Return the bytes of a file out of the archive, None where it does not have them.

        Raises `ArchiveFailed` where the archive cannot be used at present, as in a short outage of a bucket. What
        waits behind the notice does not wait for ever: from the attempt `TRIES` on the file counts as not there.
        """
        came_as = str(file.get(_CAME_AS, file["file_id"]))
        find = partial(archiving.content_of, notice_id=notice_id, file_id=came_as)
        digest = await self._database.read(find)
        if digest is None:
            return None
        try:
            content = await asyncio.to_thread(self._archive.read, digest)
        except (Lost, ArchiveFailed) as error:
            if isinstance(error, ArchiveFailed) and attempt < TRIES:
                raise
            logger.warning("a file of the archive could not be sent: %s", error, extra={"notice": notice_id})
            return None
        return Spare(digest, content, f"lampiran-{digest[:8]}.{media_type(content).ending}")

    async def keep(self, file: File, spare: Spare, file_id: str) -> None:
        """Keep the identifier with which a file has arrived that was sent out of the archive."""
        keep = partial(
            archiving.keep_copy,
            digest=spare.digest,
            account_id=self._bot.id,
            kind=str(file["kind"]),
            file_id=file_id,
        )
        await self._database.transact(keep)


def _with_identifier(file: File, known: str | None) -> File:
    return file if known is None else {**file, "file_id": known, _CAME_AS: file["file_id"]}
