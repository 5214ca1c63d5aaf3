"""The courier: it carries out the owed notices, those of one chat in order, within Telegram's rates."""

import asyncio
import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import assert_never

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from telegram.error import ChatMigrated, RetryAfter, TelegramError

from bot.archive.contents import ArchiveFailed
from bot.loop.activity import Activity
from bot.loop.lookout import SAFETY_LOOK, Lookout
from bot.loop.pauses import Pauses, backoff
from bot.loop.trouble import log_failure
from bot.metrics import Metrics, Settled
from bot.notices.delivery import Delivery
from bot.notices.job import Delivered, Job, OutOfDate, Undrawable
from bot.notices.keeping import LONGEST_BACKOFF, Keeping
from bot.notices.outbox import Outbox
from bot.notices.pace import Pace
from bot.notices.places import Place, Places
from bot.notices.printing import Printing
from bot.notices.registers import Registers
from bot.notices.spares import Spares
from bot.replicas.presence import Presence
from bot.storage.database import Changed, Database
from bot.telegram.fate import Fate, fate_of, is_unanswered, retry_after
from bot.telegram.line import Line
from handlers.delivery.plan import Edit
from models.mail.notice import Notice, NoticeKind, NoticeState, Priority
from models.rules.complete import complete

logger = logging.getLogger(__name__)

SIDE_BY_SIDE = 12
"""Sends under way at once."""

SHARES: Mapping[Priority, int] = complete(
    Priority, {Priority.ANSWER: 12, Priority.CARD: 8, Priority.INFORMATION: 3, Priority.STRANGER: 1}
)
"""How many of 24 sends are of each rank while all of them wait."""


_TURNS_OF_A_CALL = 4
"""Turns of the event loop from the beginning of a call until it has left. It waits for two locks and the writing."""


class _Unsure(Exception):
    """Another process may have taken over the send that this one is about to make."""


@dataclass(slots=True)
class _Round:
    """The task that serves one chat until it is owed nothing.

    `tried` are the ids of the notices that it has begun. `drawn` is the job of its next notice, where a transaction has
    drawn that already.
    """

    task: asyncio.Task[None]
    drawn: Job | None
    tried: set[int] = field(default_factory=set)


class Courier:
    """Sends the notices of the outbox."""

    def __init__(
        self,
        *,
        bot: Line,
        database: Database,
        outbox: Outbox,
        pace: Pace,
        presence: Presence,
        activity: Activity,
        pauses: Pauses,
        metrics: Metrics,
    ) -> None:
        self._database = database
        self._outbox = outbox
        self._pace = pace
        self._presence = presence
        self._activity = activity
        self._pauses = pauses
        self._metrics = metrics
        self._outcomes = outbox.outcomes
        self._keeping = Keeping(database=database, outcomes=outbox.outcomes, pauses=pauses)
        self._delivery = Delivery(bot=bot, outcomes=outbox.outcomes, keeping=self._keeping)
        self._places = Places(SIDE_BY_SIDE, SHARES)
        self._rounds: dict[int, _Round] = {}
        self._urgency: dict[int, Priority] = {}
        self._look_again: set[int] = set()
        self._lookout = Lookout(
            self._send_out,
            every=SAFETY_LOOK,
            activity=activity,
            failing="the outbox could not be looked at",
        )
        self._closing = False

    def send_out_of(self, spares: Spares) -> None:
        """Send from now on out of an archive what Telegram refuses under its identifier."""
        self._delivery.spares = spares

    def print_with(self, printing: Printing) -> None:
        """Send papers and pictures from now on; until then only their words are sent."""
        self._delivery.printing = printing

    def make_by(self, registers: Registers) -> None:
        """Let the registers that are owed be made from now on."""
        self._delivery.registers = registers

    def nudge(self) -> None:
        """Look at the outbox now. Must be called on the event loop."""
        self._lookout.nudge()

    def prepare(self, session: Session, new: Sequence[object]) -> Sequence[Job]:
        """Draw the notices that a transaction owes to chats that may get them at once (`Database.before_commit`).

        If a chat is busy when the transaction is committed, its notice is drawn again when its turn comes.
        """
        owed = _owed(new)
        busy = {one.chat_id for one in owed if one.chat_id in self._rounds or self._pace.rest(one.chat_id) > 0}
        return self._outbox.first_jobs(session, owed, busy) if owed and not self._closing else ()

    def committed(self, changed: Changed) -> None:
        """Serve the chats to which a commit owes notices. If the answer to the commit was lost, look at the outbox."""
        if not changed.certain and Notice in changed.kinds:
            self.nudge()
        jobs = {job.chat_id: job for job in changed.prepared if isinstance(job, Job)}
        owed = _owed(changed.new)
        # Among notices of one priority, a new message goes before the drawing of an old card.
        owed.sort(key=lambda one: (one.priority, one.kind == NoticeKind.REFRESH, one.id))
        urgency: dict[int, Priority] = {}
        for one in owed:
            urgency.setdefault(one.chat_id, one.priority)
        for chat_id, priority in urgency.items():
            self._begin(chat_id, priority, jobs.get(chat_id))

    async def run(self) -> None:
        """Send owed notices until cancelled, beginning with those that the last run left over."""
        await self._lookout.run()

    async def close(self) -> None:
        """Finish the sends under way. Notices that are still owed wait for the next start."""
        self._closing = True
        self._pauses.break_off()
        while self._rounds:
            await asyncio.wait([round_.task for round_ in self._rounds.values()])
            # One that is broken off before its first step cannot end itself.
            for chat_id in [chat_id for chat_id, round_ in self._rounds.items() if round_.task.done()]:
                self._end(chat_id)
        if self._delivery.printing is not None:
            self._delivery.printing.close()

    def abandon(self) -> None:
        """Break off the sends under way, and begin no others."""
        self._closing = True
        for round_ in self._rounds.values():
            round_.task.cancel()

    async def _send_out(self) -> None:
        """Begin a round for each chat that is owed a notice and has no round."""
        for chat_id, urgency in await self._database.read(self._outbox.owing):
            self._begin(chat_id, urgency)

    def _begin(self, chat_id: int, urgency: Priority, job: Job | None = None) -> None:
        """Begin a round for a chat, with `job` where that is drawn already. A round under way looks once more."""
        self._urgency[chat_id] = min(urgency, self._urgency.get(chat_id, urgency))
        if chat_id in self._rounds:
            self._look_again.add(chat_id)
            if job is not None:
                self._rounds[chat_id].tried.add(job.notice_id)
        elif not self._closing:
            self._activity.begin()
            self._rounds[chat_id] = _Round(asyncio.create_task(self._serve(chat_id), name=f"chat {chat_id}"), job)

    async def _serve(self, chat_id: int) -> None:
        """Carry out the notices of one chat, one after the other, beginning with the one that is drawn already."""
        failures, round_ = 0, self._rounds[chat_id]
        try:
            for _ in range(_turns_before(round_.drawn)):
                await asyncio.sleep(0)
            while not self._closing:
                try:
                    waits = await self._carry_out_next(chat_id, round_)
                    if waits is None:
                        if chat_id not in self._look_again:
                            return
                        self._look_again.discard(chat_id)
                except Exception as error:  # noqa: BLE001 - the chat waits and is tried again
                    log_failure(logger, "a chat waits", error, chat=chat_id)
                    waits = True
                failures = failures + 1 if waits else 0
                if waits and not self._closing:
                    await self._pauses.wait(backoff(failures, longest=LONGEST_BACKOFF))
        finally:
            self._end(chat_id)

    def _end(self, chat_id: int) -> None:
        """End the round of a chat."""
        del self._rounds[chat_id]
        self._urgency.pop(chat_id, None)
        self._look_again.discard(chat_id)
        self._activity.end()

    async def _carry_out_next(self, chat_id: int, round_: _Round) -> bool | None:
        """Carry out the next notice of a chat. Returns whether it must be tried again later, None when none is left.

        The chat first waits for Telegram's rates and then takes a place. The notice is drawn after the waiting, so that
        it shows the state in which it leaves. A job that is drawn already is used if there was nothing to wait for.
        """
        drawn, round_.drawn = round_.drawn, None
        if drawn is not None:
            round_.tried.add(drawn.notice_id)
        at_once = self._pace.rest(chat_id) <= 0 and self._places.free
        while (seconds := self._pace.rest(chat_id)) > 0:
            await self._pauses.wait(seconds)
        async with self._places.at(self._urgency.get(chat_id, Priority.INFORMATION)) as place:
            job = drawn if at_once and drawn is not None else await self._next_job(chat_id, round_.tried)
            if job is None:
                return None
            round_.tried.add(job.notice_id)
            return await self._carry_out(chat_id, job, place, round_)

    async def _next_job(self, chat_id: int, tried: set[int]) -> Job | None:
        """Draw the next notice of a chat beside the writer, then begin it. Sets aside a notice that cannot be drawn."""
        while True:
            try:
                drawn = await self._database.read(lambda session: self._outbox.next_drawing(session, chat_id))
                begin = partial(self._outbox.begin, drawn=drawn, tried=frozenset(tried))
                return await self._database.transact(begin)
            except OutOfDate:
                continue
            except Undrawable as error:
                logger.exception("a notice could not be drawn", extra={"notice": error.notice_id})
                set_aside = partial(
                    self._outcomes.set_aside,
                    notice_id=error.notice_id,
                    reason=f"cannot be drawn: {type(error.__cause__).__name__}",
                )
                await self._database.transact(set_aside)

    async def _carry_out(self, chat_id: int, job: Job, place: Place[Priority], round_: _Round) -> bool | None:
        """Carry out one job and keep the outcome. Returns the same as `_carry_out_next`."""
        try:
            delivered = await self._delivery.deliver(job, partial(self._turn, chat_id, place), place)
        except TelegramError as error:
            return await self._keep_failure(chat_id, job, error)
        except ArchiveFailed as error:
            logger.warning("a file waits for the archive: %s", error, extra={"notice": job.notice_id})
            return True
        except _Unsure:
            # Why it is out of touch is in the log already, see `AmongOthers`.
            logger.debug("a notice waits: out of touch with the other processes", extra={"notice": job.notice_id})
            return True
        except DBAPIError as error:
            log_failure(logger, "a notice waits", error, notice=job.notice_id)
            return True
        except Exception as error:
            logger.exception("a notice could not be carried out", extra={"notice": job.notice_id})
            reason = f"cannot be carried out: {type(error).__name__}"
            await self._keeping.keep(job, lambda session: self._outcomes.set_aside(session, job.notice_id, reason))
            self._metrics.notice_settled(Settled.REFUSED)
            return False
        more, round_.drawn = await self._keep(chat_id, delivered, round_.tried)
        self._metrics.notice_settled(Settled.SENT)
        return None if more is False else False

    async def _keep(self, chat_id: int, delivered: Delivered, tried: set[int]) -> tuple[bool | None, Job | None]:
        """Keep that a notice was carried out, and in the same transaction draw the next one, if it may leave at once.

        Returns whether the chat is owed more, None where that could not be kept, and the job of the next notice.
        """
        job = delivered.job
        if not (self._database.shared or self._closing or self._places.waited_for or self._pace.rest(chat_id) > 0):
            try:
                going_on = partial(self._outbox.keep_and_go_on, delivered=delivered, tried=frozenset(tried))
                return await self._database.transact(going_on)
            except Exception as error:  # noqa: BLE001 - that it was sent is kept by itself, and the next drawn later
                log_failure(logger, "a notice is kept without the next one", error, notice=job.notice_id)
        return await self._keeping.keep(job, lambda session: self._outcomes.keep(session, delivered)), None

    async def _turn(self, chat_id: int, place: Place[Priority], cost: int) -> None:
        """Wait for the turn of a chat. While the chat may get nothing, its place goes to others.

        Raises `_Unsure` if another process may have taken over meanwhile.
        """
        began = time.monotonic()

        async def leave(seconds: float) -> None:
            async with place.left():
                await self._pauses.wait(seconds)

        while (seconds := self._pace.rest(chat_id, cost)) > 0:
            await leave(seconds)
        await self._pace.turn(chat_id, cost, resting=leave)
        self._metrics.rested(time.monotonic() - began)
        if not self._presence.sure:
            raise _Unsure

    async def _keep_failure(self, chat_id: int, job: Job, error: TelegramError) -> bool:
        """Keep the outcome of a failed send. Returns whether it must be tried again after a pause."""
        fate = fate_of(error)
        said = (job.attempt, fate.value, type(error).__name__)
        # The trouble that keeps every call from Telegram is in the log already, see `Line`.
        level = logging.DEBUG if is_unanswered(error) else logging.WARNING
        logger.log(level, "attempt %s to send a notice: %s (%s)", *said, extra={"notice": job.notice_id})
        match fate:
            case Fate.NOT_SENT:
                return True
            case Fate.UNKNOWN:
                await self._keeping.keep(job, lambda session: self._outcomes.keep_doubt(session, job.notice_id))
                return True
            case Fate.LIMITED:
                if isinstance(error, RetryAfter) and await self._pace.limited(chat_id, retry_after(error)):
                    logger.error("Telegram refuses the office for longer than a minute")
                    await self._keeping.keep(job, self._outcomes.alert_throttled)
                await self._keeping.keep(job, lambda session: self._outcomes.pass_over_stranger(session, job.notice_id))
                return False
            case Fate.UNREACHABLE:
                await self._keeping.keep(
                    job, lambda session: self._outcomes.keep_undeliverable(session, job.notice_id, error.message)
                )
                self._metrics.notice_settled(Settled.UNREACHABLE)
            case Fate.MIGRATED:
                if isinstance(error, ChatMigrated):
                    to = error.new_chat_id
                    await self._keeping.keep(job, lambda session: self._outcomes.keep_migrated(session, chat_id, to=to))
                    self.nudge()
            case Fate.REFUSED:
                await self._keeping.keep(
                    job, lambda session: self._outcomes.set_aside(session, job.notice_id, error.message)
                )
                self._metrics.notice_settled(Settled.REFUSED)
            case _:
                assert_never(fate)
        return False


def _turns_before(job: Job | None) -> int:
    """Return for how many turns of the event loop a commit's first `job` in a chat makes way for its other calls.

    The person who tapped is answered first: until then the wheel on the button turns. An old card is drawn again after
    what is new to its reader has left; made ready side by side, all of them would leave when the last one is ready.
    """
    return 1 + _TURNS_OF_A_CALL if job is not None and isinstance(job.plan, Edit) else 1


def _owed(new: Sequence[object]) -> list[Notice]:
    return [one for one in new if isinstance(one, Notice) and one.state == NoticeState.OWED]
