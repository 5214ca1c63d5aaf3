"""Taking updates in: each is on disk before Telegram is told that it was received, then handled in its chat's order."""

import asyncio
import logging
import random
import traceback
from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from telegram import Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.ext import Application

from bot.activity import Activity
from bot.clock import Clock
from bot.database import Database
from bot.line import LONG_POLL, Line
from bot.pauses import Pauses, backoff
from bot.sending import retry_after
from bot.stopped import TokenRejected
from handlers.context import Desk, Errand
from models import correspondence
from models.base import is_outage
from models.correspondence import Alert
from models.mailbox import InboxState, InboxUpdate
from models.records import Records

logger = logging.getLogger(__name__)

AnyApplication = Application[Any, Any, Any, Any, Any, Any]

KINDS = ("message", "edited_message", "callback_query", "my_chat_member")
"""The kinds of update the handlers use; Telegram sends no others."""

ATTEMPTS = 3
"""How often an update is tried before it is set aside."""

SIDE_BY_SIDE = 16
"""Chats served at once."""

KEPT_DONE = timedelta(days=3)
KEPT_SET_ASIDE = timedelta(days=6)
"""How long handled updates are kept: longer than the 24 h for which Telegram may send one again, shorter than the week
of silence after which it numbers updates anew."""

_LARGEST = 2**63 - 1
"""The largest number that a column holds."""

_PRUNED_AT_ONCE = 500
_PRUNED_EVERY = timedelta(hours=6)
_LONGEST_BACKOFF = 30.0
_CONFLICT_BACKOFF = 15.0


class Intake:
    """The way of updates from Telegram to the handlers. `patience` is how long one getUpdates waits at Telegram."""

    def __init__(
        self,
        *,
        line: Line,
        database: Database,
        application: AnyApplication,
        desk: Desk,
        clock: Clock,
        activity: Activity,
        patience: timedelta = LONG_POLL,
        pauses: Pauses | None = None,
    ) -> None:
        self._line = line
        self._database = database
        self._application = application
        self._desk = desk
        self._clock = clock
        self._activity = activity
        self._patience = patience
        self._pauses = pauses or Pauses()
        self._lanes: dict[int, deque[int]] = {}
        self._workers: set[asyncio.Task[None]] = set()
        self._places = asyncio.Semaphore(SIDE_BY_SIDE)
        self._closing = False

    async def resume(self) -> None:
        """Take up what was stored and not yet handled when the program last ended."""
        waiting = (
            select(InboxUpdate.update_id, InboxUpdate.lane)
            .where(InboxUpdate.state == InboxState.WAITING)
            # Not by number alone: after a week of silence Telegram's numbers start anew.
            .order_by(InboxUpdate.received_at, InboxUpdate.update_id)
        )
        for update_id, lane in await self._database.read(lambda session: session.execute(waiting).all()):
            self._enter(update_id, lane)

    async def poll(self) -> None:
        """Fetch and store updates until cancelled. Raises `TokenRejected` when Telegram no longer takes the token."""
        offset: int | None = None
        failures = 0
        pruned: datetime | None = None
        while True:
            if pruned is None or self._clock.now() - pruned >= _PRUNED_EVERY:
                pruned = self._clock.now()
                await self._prune(pruned)
            try:
                batch = await self._line.raw_updates(offset=offset, kinds=KINDS, patience=self._patience)
                await self._store(batch)
            except InvalidToken:
                # Not `from error`: the library's own message may hold the token.
                raise TokenRejected(
                    "Telegram does not accept the token. Check TELEGRAM_BOT_TOKEN, or ask @BotFather for a new one."
                ) from None
            except (TelegramError, DBAPIError) as error:
                failures += 1
                await self._pauses.wait(_after_failed_poll(error, failures))
            else:
                failures = 0
                # An empty answer has confirmed all before it. Asking on from there would pass over the next update
                # should Telegram number anew, as it does after a week of silence.
                offset = max((one["update_id"] + 1 for one in batch if _numbered(one)), default=None)

    async def close(self) -> None:
        """Let the updates being handled be finished; those behind them wait for the next start."""
        self._closing = True
        self._pauses.break_off()
        if self._workers:
            await asyncio.wait(self._workers)

    def abandon(self) -> None:
        """Break off what is still being handled; it is handled again at the next start."""
        for worker in self._workers:
            worker.cancel()

    async def _store(self, batch: Sequence[Mapping[str, Any]]) -> None:
        at = self._clock.now()
        rows = [
            {"update_id": one["update_id"], "lane": lane_of(one), "body": dict(one), "received_at": at}
            for one in batch
            if _numbered(one)
        ]
        if len(rows) < len(batch):
            logger.error("%s updates without a usable number were passed over", len(batch) - len(rows))
        if not rows:
            return
        for update_id, lane in await self._database.transact(lambda session: _insert_new(session, rows)):
            self._enter(update_id, lane)

    def _enter(self, update_id: int, lane: int) -> None:
        """Queue an update behind the others of its lane."""
        self._activity.begin()
        queue = self._lanes.get(lane)
        if queue is not None:
            queue.append(update_id)
            return
        self._lanes[lane] = deque([update_id])
        worker = asyncio.create_task(self._work_through(lane), name=f"lane {lane}")
        self._workers.add(worker)
        worker.add_done_callback(self._workers.discard)

    async def _work_through(self, lane: int) -> None:
        queue = self._lanes[lane]
        try:
            async with self._places:
                while queue and not self._closing:
                    try:
                        await self._handle(queue[0])
                    except Exception:
                        logger.exception("update %s is left for the next start", queue[0])
                    queue.popleft()
                    self._activity.end()
        finally:
            del self._lanes[lane]
            for _ in queue:
                self._activity.end()

    async def _handle(self, update_id: int) -> None:
        """Handle one update until it is done or set aside."""
        failures = 0
        while not self._closing:
            try:
                failure = await self._attempt(update_id)
                if failure is None or await self._set_back(update_id, failure):
                    return
            except DBAPIError as error:
                if not is_outage(error):
                    raise
                # The database is at fault, not the update: it keeps its turn until the database is back.
                logger.warning("update %s waits for the database: %s", update_id, error.orig)
            failures += 1
            if not self._closing:
                await self._pauses.wait(_backoff(failures))

    async def _attempt(self, update_id: int) -> BaseException | None:
        """Let the handlers have one update; returns what went wrong before its effect was committed, if anything."""
        row = await self._database.read(lambda session: session.get_one(InboxUpdate, update_id))
        if row.state != InboxState.WAITING:
            return None
        errand = Errand(update_id, finish=lambda session: _mark_done(session, update_id))
        self._desk.errands[update_id] = errand
        try:
            await self._application.process_update(Update.de_json(row.body, self._line))
        except Exception as error:  # noqa: BLE001 - whatever an update causes, the next one must be handled
            errand.failure = error
        finally:
            del self._desk.errands[update_id]
        if errand.failure is not None:
            logger.error("update %s failed", update_id, exc_info=errand.failure)
            if is_outage(errand.failure) and not errand.finished:
                raise errand.failure
        elif not errand.finished:
            await self._database.transact(errand.finish)
        return None if errand.finished else errand.failure

    async def _set_back(self, update_id: int, failure: BaseException) -> bool:
        """Count a failed attempt; after the last one set the update aside and tell the admins. Returns whether it was.

        What is kept of the failure is where it happened, not what was said: that may hold what a person wrote.
        """
        at = self._clock.now()

        def work(session: Session) -> bool:
            row = session.get_one(InboxUpdate, update_id)
            row.attempts += 1
            row.failure = _place_of(failure)
            if row.attempts < ATTEMPTS:
                return False
            row.state = InboxState.SET_ASIDE
            records = Records(session, rules=self._desk.rules, at=at)
            data = {"update": str(update_id)}
            records.owe(*correspondence.alert(Alert.SET_ASIDE, records.office.admins, at=at, data=data))
            if row.lane > 0:
                records.say(row.lane, "message-set-aside")
            return True

        set_aside = await self._database.transact(work)
        if set_aside:
            logger.error("update %s was set aside after %s attempts", update_id, ATTEMPTS)
        return set_aside

    async def _prune(self, at: datetime) -> None:
        """Let old updates go, a few at a time."""
        with suppress(DBAPIError):
            while await self._database.transact(lambda session: _prune_some(session, at)) == _PRUNED_AT_ONCE:
                pass


def lane_of(body: Mapping[str, Any]) -> int:
    """Return what keeps updates in order: the chat an update belongs to, else the account it comes from, else 0."""
    for part in body.values():
        if isinstance(part, Mapping):
            message = part.get("message")
            holder = message if isinstance(message, Mapping) else part
            for found in (holder.get("chat"), part.get("from"), part.get("user")):
                if isinstance(found, Mapping) and _storable(found.get("id")):
                    return int(found["id"])
    return 0


def _numbered(one: object) -> bool:
    return isinstance(one, Mapping) and _storable(one.get("update_id"))


def _storable(number: object) -> bool:
    return isinstance(number, int) and abs(number) <= _LARGEST


def _insert_new(session: Session, rows: list[dict[str, Any]]) -> list[tuple[int, int]]:
    """Store the updates that are not there yet; returns their numbers and lanes in the order of `rows`."""
    insert = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgresql_insert
    statement = insert(InboxUpdate).on_conflict_do_nothing().returning(InboxUpdate.update_id)
    new = set(session.scalars(statement, rows))
    first = {row["update_id"]: row["lane"] for row in reversed(rows) if row["update_id"] in new}
    return list(reversed(first.items()))


def _mark_done(session: Session, update_id: int) -> None:
    session.execute(
        update(InboxUpdate)
        .where(InboxUpdate.update_id == update_id)
        .values(state=InboxState.DONE, failure=None)
        .execution_options(synchronize_session=False)
    )


def _prune_some(session: Session, at: datetime) -> int:
    old = or_(
        (InboxUpdate.state == InboxState.DONE) & (InboxUpdate.received_at < at - KEPT_DONE),
        (InboxUpdate.state == InboxState.SET_ASIDE) & (InboxUpdate.received_at < at - KEPT_SET_ASIDE),
    )
    found = session.scalars(select(InboxUpdate.update_id).where(old).limit(_PRUNED_AT_ONCE)).all()
    session.execute(delete(InboxUpdate).where(InboxUpdate.update_id.in_(found)))
    return len(found)


def _place_of(failure: BaseException) -> str:
    """Return the kind of a failure and the line of code it came from."""
    frames = traceback.extract_tb(failure.__traceback__)
    place = f" at {frames[-1].name}:{frames[-1].lineno}" if frames else ""
    return f"{type(failure).__name__}{place}"


def _after_failed_poll(error: Exception, failures: int) -> float:
    """Say why updates could not be fetched or stored; returns the seconds until the next try."""
    if isinstance(error, Conflict):
        logger.error("Another process fetches this bot's updates, or a webhook is set. Stop it; trying again.")
        return _CONFLICT_BACKOFF
    seconds = _backoff(failures)
    if isinstance(error, RetryAfter):
        seconds = max(seconds, retry_after(error))
    logger.warning("no updates: %s; trying again in %.1f s", type(error).__name__, seconds)
    return seconds


def _backoff(failures: int) -> float:
    """Return growing seconds with jitter, so that many who fail together do not return together."""
    return backoff(failures, longest=_LONGEST_BACKOFF) * random.uniform(0.5, 1.0)  # noqa: S311 - not a secret
