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
from bot.loop.lookout import SAFETY_LOOK, Lookout
from bot.loop.pauses import Pauses, backoff
from bot.loop.trouble import log_failure
from bot.metrics import Handled, Metrics
from bot.storage.database import Changed, Database
from bot.telegram.line import Line
from bot.updates import pieces
from bot.updates.inbox import ATTEMPTS, Inbox, Incomplete, Whole
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
        self._when_full: Callable[[], None] = lambda: None
        self._activity = activity
        self._pauses = pauses
        self._metrics = metrics
        self._lanes: dict[int, asyncio.Task[None]] = {}
        self._look_again: set[int] = set()
        self._patient: dict[int, asyncio.TimerHandle] = {}
        self._waited_enough: set[int] = set()
        self._left_over = False
        self._lookout = Lookout(
            self._take_up,
            every=SAFETY_LOOK,
            activity=activity,
            failing="the inbox could not be looked at",
        )
        self._closing = False

    def when_full(self, tell: Callable[[], None]) -> None:
        """Call `tell` from now on when a chat finds no place free: another process may have one."""
        self._when_full = tell

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
            self._look_again.update(stored.several & self._lanes.keys())

    def nudge(self) -> None:
        """Look at the inbox now. Must be called on the event loop."""
        self._lookout.nudge()

    def committed(self, changed: Changed) -> None:
        """Look at the inbox if another process has left updates to others, or may have done so."""
        if not changed.certain and InboxUpdate in changed.kinds:
            self.nudge()

    @property
    def patient(self) -> bool:
        """Whether a chat waits for further pieces of what it began."""
        return bool(self._patient)

    def clock_moved(self) -> None:
        """Look again at the chats that wait for further pieces. Must be called on the event loop."""
        self._begin(dict.fromkeys(list(self._patient)))

    async def run(self) -> None:
        """Handle waiting updates until cancelled, beginning with those that the last run left over."""
        await self._lookout.run()

    async def close(self) -> None:
        """Finish the updates that are being handled. Those behind them wait for the next start."""
        self._closing = True
        for lane in list(self._patient):
            self._stop_waiting(lane)
        self._pauses.break_off()
        while self._lanes:
            await asyncio.wait(self._lanes.values())

    def abandon(self) -> None:
        """Break off the updates that are being handled. The next start handles them again."""
        for worker in self._lanes.values():
            worker.cancel()

    async def _take_up(self) -> None:
        """Serve the chats that have updates waiting and are not served yet."""
        work = partial(self._inbox.waiting, besides=list(self._patient))
        self._begin(dict.fromkeys(await self._database.read(work)))

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
                self._stop_waiting(lane)
                self._activity.begin()
                known = Whole(first) if first is not None and not self._database.shared else None
                self._lanes[lane] = asyncio.create_task(self._serve(lane, known), name=f"lane {lane}")
            else:
                self._stop_waiting(lane)
                self._left_over = True
                self._when_full()

    def _wait_for_more(self, lane: int, seconds: float) -> None:
        """Leave a chat alone until further pieces of what it began come, or for so many seconds.

        They are real ones: a clock that stands still, as in a demonstration, must not stop the chat.
        """

        def enough() -> None:
            self._waited_enough.add(lane)
            self._begin({lane: None})

        self._stop_waiting(lane)
        self._patient[lane] = asyncio.get_running_loop().call_later(seconds, enough)

    def _stop_waiting(self, lane: int) -> None:
        timer = self._patient.pop(lane, None)
        if timer is not None:
            timer.cancel()

    async def _serve(self, lane: int, first: Whole | None) -> None:
        """Handle the updates of one chat one after the other, at most `TURN` of them while other chats wait."""
        failures = handled = 0
        incomplete: Incomplete | None = None
        try:
            while not self._closing and not (self._left_over and handled >= TURN):
                handled += 1
                try:
                    found, alone, first = first or await self._next(lane), first is not None, None
                    if not isinstance(found, Whole):
                        if lane not in self._look_again:
                            incomplete = found
                            return
                        self._look_again.discard(lane)
                        continue
                    failures = 0 if await self._handle(found) else failures + 1
                    if alone and not failures and lane not in self._look_again:
                        # Nothing waited before it, and nothing has come since.
                        return
                except Exception as error:  # noqa: BLE001 - the update waits and is tried again
                    failures += 1
                    log_failure(logger, "a chat waits", error)
                if failures and not self._closing:
                    await self._pauses.wait(backoff(failures, longest=_LONGEST_BACKOFF))
        finally:
            del self._lanes[lane]
            self._look_again.discard(lane)
            if incomplete is not None and not self._closing:
                self._wait_for_more(lane, incomplete.seconds)
            if self._left_over and not self._closing:
                self._left_over = False
                self.nudge()
            self._activity.end()

    async def _next(self, lane: int) -> Whole | Incomplete | None:
        patient = lane not in self._waited_enough
        self._waited_enough.discard(lane)
        work = partial(self._inbox.next, lane=lane, patient=patient)
        # Where no other process could serve the chat, taking its lease writes nothing.
        return await (self._database.transact(work) if self._database.shared else self._database.read(work))

    async def _handle(self, whole: Whole) -> bool:
        """Handle what belongs together. Returns whether it is done or set aside; if not, it must be tried again."""
        began = time.monotonic()
        failure = await self._attempt(whole)
        seconds = time.monotonic() - began
        if failure is None:
            self._inbox.unfinished.remember([whole.first, *whole.rest])
            self._count(whole, Handled.DONE, seconds)
            return True
        update_id, *rest = whole.update_ids
        set_aside = await self._database.transact(
            lambda session: self._inbox.set_back(session, update_id, failure, rest)
        )
        self._count(whole, Handled.SET_ASIDE if set_aside else Handled.FAILED, seconds)
        if set_aside:
            logger.error("an update was set aside after %s attempts", ATTEMPTS, extra={"update": update_id})
        return set_aside

    def _count(self, whole: Whole, outcome: Handled, seconds: float) -> None:
        """Count each update of a whole, so that as many are counted as came in."""
        for _ in whole.update_ids:
            self._metrics.update_handled(outcome, seconds)

    async def _attempt(self, whole: Whole) -> BaseException | None:
        """Give an update to the handlers, with the other pieces of the same whole.

        Returns the failure, None once the effect is committed. Raises the failure instead if the database is away.
        """
        update_id = whole.first.update_id

        def finish(session: Session) -> None:
            self._inbox.finish(session, *whole.update_ids)

        errand = Errand(update_id, finish=finish)
        self._desk.errands[update_id] = errand
        try:
            first, *rest = [Update.de_json(legible(row.body), self._line) for row in (whole.first, *whole.rest)]
            errand.rest = tuple(one.message for one in rest if one.message is not None)
            errand.cut_from = pieces.cut_from(self._inbox.unfinished.of(whole.first.lane), whole.first.body)
            await self._application.process_update(first)
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
