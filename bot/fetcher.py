"""The fetcher: it brings the bytes of every attachment into the archive, and removes those that were erased.

The rows say what waits (`models/upkeep/archiving.py`). A file is fetched, put into the archive, and only then noted as
kept, with its entry in the journal, in one transaction. Whatever is broken off between is done again from the start:
equal bytes are one content, and a row is noted once. Nothing of it is done on the event loop but the calls.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

from sqlalchemy.orm import Session
from telegram.error import BadRequest, RetryAfter, TelegramError

from bot.archive.contents import Archive, ArchiveFailed
from bot.clock import Clock
from bot.loop.activity import Activity
from bot.loop.lookout import Lookout
from bot.loop.trouble import Trouble, log_failure
from bot.storage.database import Changed, Database
from bot.telegram.download import LARGEST, DownloadFailed
from bot.telegram.fate import retry_after
from bot.telegram.line import Line
from models.case.attachment import Attachment, Keeping
from models.case.content import Content
from models.faults import is_outage
from models.repository.records import Records
from models.rules.media_type import MediaType, media_type
from models.rules.rules import Rules
from models.upkeep import archiving
from models.upkeep.archiving import Wanted

T = TypeVar("T")

logger = logging.getLogger(__name__)

LOOKED_EVERY = timedelta(seconds=30)
"""The safety look: for what was put off, and for what a command beside the bot has erased."""

BATCH = 20
"""Attachments looked at in one go."""

TRIES = 10
"""How often Telegram may refuse a file before it is given up; it says no more than that it is gone or not there yet."""

_FIRST_WAIT, _LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=2)
"""The pause after the first refusal of a file, which doubles with each, and the longest: ten take six hours."""

_BROKEN_OFF = timedelta(minutes=5)
"""How long a file waits whose download broke off, so that the others have their turn."""

_STOPPED = timedelta(minutes=10)
"""How long the archive is left alone that is full or cannot be used."""

_TOO_BIG = "file is too big"


class Fetcher:
    """Keeps the files of cases. `quota` is how many bytes the archive may keep, None for as many as there is room."""

    def __init__(
        self,
        *,
        line: Line,
        database: Database,
        archive: Archive,
        rules: Rules,
        clock: Clock,
        activity: Activity,
        quota: int | None = None,
    ) -> None:
        self._line = line
        self._database = database
        self._archive = archive
        self._rules = rules
        self._clock = clock
        self._quota = quota
        self._resting: datetime | None = None
        self._trouble = Trouble("files cannot be kept in the archive", "files are kept in the archive again")
        self._activity = activity
        failing = "files could not be fetched"
        self._lookout = Lookout(self._look, every=LOOKED_EVERY, activity=activity, failing=failing)
        clock.on_jump(self.nudge)

    def nudge(self) -> None:
        """Look now for what waits, if it is this process that fetches. To be called on the event loop."""
        self._lookout.nudge_running()

    def committed(self, changed: Changed) -> None:
        """Look if a commit brought attachments, or erased a content."""
        doubtful = not changed.certain and Attachment in changed.kinds
        if doubtful or any(isinstance(one, Attachment) for one in changed.new) or Content in changed.kinds:
            self.nudge()

    async def run(self) -> None:
        """Fetch until cancelled. May be run again after that."""
        with self._activity:
            await self._tidy()
        await self._lookout.run()

    async def _tidy(self) -> None:
        try:
            await asyncio.to_thread(self._archive.tidy, at=self._now())
        except ArchiveFailed as error:
            self._trouble.met(str(error))

    async def _look(self) -> None:
        """Remove what was erased, and fetch what waits, until nothing more can be done at present."""
        erased, waiting = await self._database.read(self._found)
        await self._remove(erased)
        seen: set[int] = set()
        while not self._rests():
            fresh = [one for one in waiting if one.attachment_id not in seen]
            if not fresh:
                return
            seen.update(one.attachment_id for one in fresh)
            large = [one.attachment_id for one in fresh if one.size > LARGEST]
            if large:
                await self._pass_over(large, Keeping.TOO_LARGE)
            for one in fresh:
                if one.size <= LARGEST and not self._rests():
                    await self._fetch_by_itself(one)
            waiting = await self._database.read(self._wanted)

    def _found(self, session: Session) -> tuple[Sequence[str], Sequence[Wanted]]:
        """Return the contents to be removed and the files to be fetched."""
        return archiving.leaving(session), self._wanted(session)

    def _wanted(self, session: Session) -> Sequence[Wanted]:
        return archiving.wanted(session, self._now(), limit=BATCH)

    async def _fetch_by_itself(self, wanted: Wanted) -> None:
        """Fetch one file. A fault of the program that it brings to light keeps no other file back."""
        try:
            await self._fetch(wanted)
        except Exception as error:
            if is_outage(error):
                raise
            log_failure(logger, "a file could not be fetched", error, attachment=wanted.attachment_id)
            await self._put_off(wanted, _STOPPED)

    async def _fetch(self, wanted: Wanted) -> None:
        """Fetch one file, or note why not."""
        try:
            path, size = await self._line.file_at(wanted.file_id)
            content = await self._line.fetch(path, size=size)
        except RetryAfter as error:
            self._rest(timedelta(seconds=retry_after(error)))
        except BadRequest as error:
            await self._refused(wanted, error)
        except TelegramError as error:
            # Trouble of the network is in the log already, see `Line`. It concerns the next file as well.
            logger.debug("a file waits: %s", type(error).__name__, extra={"attachment": wanted.attachment_id})
            await self._put_off(wanted, _BROKEN_OFF)
            self._rest(timedelta(seconds=30))
        except DownloadFailed as error:
            logger.warning("a file could not be downloaded: %s", error, extra={"attachment": wanted.attachment_id})
            await self._put_off(wanted, _BROKEN_OFF)
        else:
            await self._keep(wanted, content)

    async def _keep(self, wanted: Wanted, content: bytes) -> None:
        """Put a content into the archive, and note it. The bytes are there before the record says so."""
        try:
            await self._require_room(len(content))
            digest, kind = await asyncio.to_thread(_put, self._archive, content)
        except ArchiveFailed as error:
            await self._stop(str(error))
            return
        self._trouble.over()
        keep = partial(archiving.keep, digest=digest, size=len(content), media_type=kind)
        await self._work(lambda records: keep(records, wanted.attachment_id))
        if not await asyncio.to_thread(self._archive.holds, digest):
            # It was erased and removed for another case in between, by a command beside the bot.
            await asyncio.to_thread(self._archive.put, content)

    async def _require_room(self, size: int) -> None:
        """Raise `ArchiveFailed` where the quota leaves no room for `size` bytes."""
        if self._quota is not None and await self._database.read(archiving.kept_bytes) + size > self._quota:
            raise ArchiveFailed("ARCHIVE_QUOTA_MB is used up.")

    async def _stop(self, reason: str) -> None:
        """Leave the archive alone for a while, and say so. What waits goes on waiting."""
        self._trouble.met(reason)
        self._rest(_STOPPED)
        await self._work(lambda records: archiving.alert_stopped(records, reason=reason))

    async def _refused(self, wanted: Wanted, error: BadRequest) -> None:
        """Note that Telegram does not hand out a file: it is too large, or perhaps not there at present."""
        if _TOO_BIG in error.message.lower():
            await self._pass_over([wanted.attachment_id], Keeping.TOO_LARGE)
            return
        before = await self._database.read(lambda session: archiving.tries(session, wanted.attachment_id))
        if before + 1 >= TRIES:
            await self._pass_over([wanted.attachment_id], Keeping.GONE)
            return
        await self._put_off(wanted, min(_LONGEST_WAIT, _FIRST_WAIT * 2**before), refused=True)

    async def _pass_over(self, attachment_ids: Sequence[int], why: Keeping) -> None:
        await self._work(lambda records: archiving.pass_over(records, attachment_ids, why))

    async def _put_off(self, wanted: Wanted, span: timedelta, *, refused: bool = False) -> None:
        put_off = partial(archiving.put_off, until=self._now() + span, refused=refused)
        await self._work(lambda records: put_off(records, wanted.attachment_id))

    async def _remove(self, erased: Sequence[str]) -> None:
        """Remove the bytes of what was erased. Where that is broken off, the next look goes on."""
        for digest in erased:
            try:
                await asyncio.to_thread(self._archive.erase, digest)
            except ArchiveFailed as error:
                self._trouble.met(str(error))
                return
            note = partial(archiving.removed, digest=digest, at=self._now())
            await self._database.transact(note)

    async def _work(self, work: Callable[[Records], T]) -> T:
        return await self._database.transact(
            lambda session: work(Records(session, rules=self._rules, at=self._now())),
        )

    def _now(self) -> datetime:
        return self._clock.now()

    def _rest(self, span: timedelta) -> None:
        self._resting = self._now() + span

    def _rests(self) -> bool:
        return self._resting is not None and self._now() < self._resting


def _put(archive: Archive, content: bytes) -> tuple[str, MediaType]:
    """Put a content in; returns its digest, and its type by its bytes. Not for the event loop."""
    return archive.put(content), media_type(content)
