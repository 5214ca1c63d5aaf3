"""Taking updates in: each is on disk before Telegram is told that it was received, then handled in its chat's order."""

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
from bot.metrics import Handled, Metrics
from bot.storage.database import Database
from bot.telegram.line import Line
from bot.updates.inbox import ATTEMPTS, Inbox
from handlers.chat.desk import Desk, Errand, Overtaken
from models.faults import is_outage
from models.mail.inbox import InboxUpdate

logger = logging.getLogger(__name__)

AnyApplication = Application[Any, Any, Any, Any, Any, Any]

SIDE_BY_SIDE = 16
"""Chats served at once."""

TURN = 8
"""Updates of one chat that are handled in a row while other chats wait for a place."""

_LONGEST_BACKOFF = 30.0


class Intake:
    """The way of updates from the inbox to the handlers."""

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
        """Store updates as Telegram wrote them; returns once they are on disk, and lets them be handled.

        One that is there already changes nothing. Raises `sqlalchemy.exc.DBAPIError` when they could not be stored,
        or may not have been: Telegram must not be told that they were received.
        """
        if not batch:
            return
        with self._activity:
            try:
                stored = await self._database.transact(lambda session: self._inbox.store(session, batch))
            except DBAPIError:
                # The answer to a commit may have been lost; then the updates wait although nobody was told.
                self.nudge()
                raise
            self._metrics.flooded(stored.set_aside)
            self._begin(stored.lanes)

    def nudge(self) -> None:
        """Let the inbox be looked at now. To be called on the event loop."""
        self._lookout.nudge()

    async def run(self) -> None:
        """Handle what waits until cancelled; begins with what was stored when the program last ended."""
        await self._lookout.run()

    async def close(self) -> None:
        """Let the updates being handled be finished; those behind them wait for the next start."""
        self._closing = True
        self._pauses.break_off()
        while self._lanes:
            await asyncio.wait(self._lanes.values())

    def abandon(self) -> None:
        """Break off what is still being handled; it is handled again at the next start."""
        for worker in self._lanes.values():
            worker.cancel()

    async def _take_up(self) -> None:
        """Serve the chats with updates that wait and that nobody serves."""
        self._begin(dict.fromkeys(await self._database.read(self._inbox.waiting)))

    def _begin(self, lanes: Mapping[int, InboxUpdate | None]) -> None:
        """Serve each of these chats, as far as there are places; the others are looked for when one is free.

        The update whose turn it is need not be looked up where it is known, and nobody else could serve the chat.
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
        """Handle what waits in one chat, one after the other; where others wait for a place, no more than a turn."""
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
                except Exception as error:
                    failures += 1
                    if is_outage(error):
                        # The database is at fault, not the update: it keeps its turn until the database is back.
                        logger.warning("a chat waits for the database: %s", type(error).__name__)
                    else:
                        logger.exception("a chat waits")
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
        # Where nobody else could serve the chat, taking it needs no writing.
        return await (self._database.transact(work) if self._database.shared else self._database.read(work))

    async def _handle(self, row: InboxUpdate) -> bool:
        """Handle one update. Returns whether it is done or set aside; else it is to be tried again after a pause."""
        began = time.monotonic()
        failure = await self._attempt(row)
        seconds = time.monotonic() - began
        if failure is None:
            self._metrics.update_handled(Handled.DONE, seconds)
            return True
        set_aside = await self._database.transact(lambda session: self._inbox.set_back(session, row.update_id, failure))
        self._metrics.update_handled(Handled.SET_ASIDE if set_aside else Handled.FAILED, seconds)
        if set_aside:
            logger.error("update %s was set aside after %s attempts", row.update_id, ATTEMPTS)
        return set_aside

    async def _attempt(self, row: InboxUpdate) -> BaseException | None:
        """Let the handlers have one update; returns what went wrong before its effect was committed, if anything."""
        update_id = row.update_id
        finish: Callable[[Session], None] = partial(self._inbox.finish, update_id=update_id)
        errand = Errand(update_id, finish=finish)
        self._desk.errands[update_id] = errand
        try:
            await self._application.process_update(Update.de_json(row.body, self._line))
            if errand.failure is None and not errand.finished:
                await self._database.transact(finish)
        except Exception as error:  # noqa: BLE001 - whatever an update causes, the next one must be handled
            errand.failure = error
        finally:
            del self._desk.errands[update_id]
        failure = errand.failure
        if isinstance(failure, Overtaken):
            logger.info("update %s was handled before", update_id)
            return None
        if failure is not None:
            logger.error("update %s failed", update_id, exc_info=failure)
            if is_outage(failure) and not errand.finished:
                raise failure
        return None if errand.finished else failure
