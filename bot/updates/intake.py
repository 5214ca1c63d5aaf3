"""The intake of updates: each is on disk before Telegram learns that it arrived, then handled in its chat's order."""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from telegram import Update
from telegram.ext import Application

from bot.loop.activity import Activity
from bot.loop.lookout import Lookout
from bot.loop.pauses import Pauses, backoff
from bot.loop.trouble import log_failure
from bot.metrics import Handled, Metrics
from bot.storage.database import Database
from bot.telegram.line import Line
from bot.updates.inbox import ATTEMPTS, Inbox
from bot.updates.raw import legible
from handlers.chat.desk import Desk, Errand, Overtaken
from models.faults import is_outage
from models.mail.inbox import InboxUpdate

logger = logging.getLogger(__name__)

AnyApplication = Application[Any, Any, Any, Any, Any, Any]

SIDE_BY_SIDE = 16
"""Chats served at once."""

TURN = 8
"""How many updates of one chat are handled in a row while other chats wait for a place."""

_LONGEST_BACKOFF = 30.0


class Intake:
    """Stores updates and hands them to the handlers: chats side by side, the updates of one chat in order."""

    def __init__(
        self,
        *,
        line: Line,
        database: Database,
        inbox: Inbox,
        application: AnyApplication,
        desk: Desk,
        activity: Activity,
        pauses: Pauses,
        metrics: Metrics,
    ) -> None:
        self._line = line
        self._database = database
        self._inbox = inbox
        self._application = application
        self._desk = desk
        self._activity = activity
        self._pauses = pauses
        self._metrics = metrics
        self._lanes: dict[int, asyncio.Task[None]] = {}
        self._look_again: set[int] = set()
        self._left_over = False
        self._lookout = Lookout("inbox", self._take_up, activity=activity, among_others=database.shared)
        self._closing = False

    async def store(self, batch: Sequence[Mapping[str, Any]]) -> None:
        """Store updates as Telegram wrote them, and begin to handle them. Returns once they are on disk.

        An update that is stored already changes nothing. Raises `sqlalchemy.exc.DBAPIError` when the updates were not
        stored, or may not have been. Telegram must then send them again.
        """
        if not batch:
            return
        with self._activity:
            try:
                stored = await self._database.transact(lambda session: self._inbox.store(session, batch))
            except DBAPIError:
                # The commit may have succeeded although its answer was lost. Then the updates wait unnoticed.
                self.nudge()
                raise
            self._metrics.flooded(stored.set_aside)
            self._begin(stored.lanes)

    def nudge(self) -> None:
        """Look at the inbox now. Must be called on the event loop."""
        self._lookout.nudge()

    async def run(self) -> None:
        """Handle waiting updates until cancelled, beginning with those that the last run left over."""
        await self._lookout.run()

    async def close(self) -> None:
        """Finish the updates that are being handled. Those behind them wait for the next start."""
        self._closing = True
        self._pauses.break_off()
        while self._lanes:
            await asyncio.wait(self._lanes.values())

    def abandon(self) -> None:
        """Break off the updates that are being handled. The next start handles them again."""
        for worker in self._lanes.values():
            worker.cancel()

    async def _take_up(self) -> None:
        """Serve the chats that have updates waiting and are not served yet."""
        self._begin(dict.fromkeys(await self._database.read(self._inbox.waiting)))

    def _begin(self, lanes: Mapping[int, InboxUpdate | None]) -> None:
        """Serve these chats as far as places are free. The other chats are looked up once a place becomes free.

        Where no other process could serve a chat, its first update is used as it is and not looked up.
        """
        for lane, first in lanes.items():
            if lane in self._lanes:
                self._look_again.add(lane)
            elif self._closing:
                return
            elif len(self._lanes) < SIDE_BY_SIDE:
                self._activity.begin()
                known = None if self._database.shared else first
                self._lanes[lane] = asyncio.create_task(self._serve(lane, known), name=f"lane {lane}")
            else:
                self._left_over = True

    async def _serve(self, lane: int, first: InboxUpdate | None) -> None:
        """Handle the updates of one chat one after the other, at most `TURN` of them while other chats wait."""
        failures = handled = 0
        try:
            while not self._closing and not (self._left_over and handled >= TURN):
                handled += 1
                try:
                    row, first = first or await self._next(lane), None
                    if row is None:
                        if lane not in self._look_again:
                            return
                        self._look_again.discard(lane)
                        continue
                    failures = 0 if await self._handle(row) else failures + 1
                except Exception as error:  # noqa: BLE001 - the update waits and is tried again
                    failures += 1
                    log_failure(logger, "a chat waits", error)
                if failures and not self._closing:
                    await self._pauses.wait(backoff(failures, longest=_LONGEST_BACKOFF))
        finally:
            del self._lanes[lane]
            self._look_again.discard(lane)
            if self._left_over and not self._closing:
                self._left_over = False
                self.nudge()
            self._activity.end()

    async def _next(self, lane: int) -> InboxUpdate | None:
        work = partial(self._inbox.next, lane=lane)
        # Where no other process could serve the chat, taking its lease writes nothing.
        return await (self._database.transact(work) if self._database.shared else self._database.read(work))

    async def _handle(self, row: InboxUpdate) -> bool:
        """Handle one update. Returns whether it is done or set aside; if not, it must be tried again after a pause."""
        began = time.monotonic()
        failure = await self._attempt(row)
        seconds = time.monotonic() - began
        if failure is None:
            self._metrics.update_handled(Handled.DONE, seconds)
            return True
        set_aside = await self._database.transact(lambda session: self._inbox.set_back(session, row.update_id, failure))
        self._metrics.update_handled(Handled.SET_ASIDE if set_aside else Handled.FAILED, seconds)
        if set_aside:
            logger.error("an update was set aside after %s attempts", ATTEMPTS, extra={"update": row.update_id})
        return set_aside

    async def _attempt(self, row: InboxUpdate) -> BaseException | None:
        """Give one update to the handlers. Returns the failure, None once the effect of the update is committed.

        Raises the failure instead if the database is away.
        """
        update_id = row.update_id
        finish: Callable[[Session], None] = partial(self._inbox.finish, update_id=update_id)
        errand = Errand(update_id, finish=finish)
        self._desk.errands[update_id] = errand
        try:
            await self._application.process_update(Update.de_json(legible(row.body), self._line))
            if errand.failure is None and not errand.finished:
                await self._database.transact(finish)
        except Exception as error:  # noqa: BLE001 - whatever an update causes, the next update must be handled
            errand.failure = error
        finally:
            del self._desk.errands[update_id]
        failure = errand.failure
        if isinstance(failure, Overtaken):
            logger.info("an update was handled before", extra={"update": update_id})
            return None
        if failure is not None:
            log_failure(logger, "an update failed", failure, update=update_id)
            if is_outage(failure) and not errand.finished:
                raise failure
        return None if errand.finished else failure
