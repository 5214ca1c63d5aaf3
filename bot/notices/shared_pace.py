"""The pace of several processes: they count their sends in the database that they share, by its clock."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from sqlalchemy import delete, func, select
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from bot.notices.pace import (
    EVIDENCE,
    EVIDENCE_LASTS,
    LONGEST_CLOSURE,
    LONGEST_REST,
    PROBED_FOR,
    Bucket,
    Closures,
    Rate,
    Rates,
    Resting,
)
from bot.storage.database import Database
from models.mail.lease import Allowance

ALL = 0
"""The `chat_id` under which the sends to all chats together are counted. No chat has this id."""

FORGOTTEN_AFTER = timedelta(hours=1)
"""How long a chat is remembered after the last send to it."""

_ASKING = 2
"""How many sends of a process ask the database at once. While the first gets its answer, the second one asks."""

_LEAST = 0.001
_MANY = 1_000


@dataclass(frozen=True, slots=True)
class _Answer:
    """The answer of the database. `wait` is the seconds until the message may go, 0 if it was counted.

    `rest` is the seconds for which the chat may get nothing, whatever the overall rate allows.
    """

    wait: float
    rest: float


class SharedPace:
    """When a message may go to Telegram, among all processes that share `database`."""

    def __init__(
        self,
        rates: Rates,
        *,
        database: Database,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._rates = rates
        self._database = database
        self._monotonic = monotonic
        self._sleep = sleep
        self._rests: dict[int, float] = {}
        self._asking = asyncio.Semaphore(_ASKING)
        self._closures = Closures()

    def rest(self, chat_id: int, _: int = 1) -> float:
        """Return the seconds for which a chat may get nothing, as far as this process knows; 0 when it may."""
        seconds = max(self._rests.get(chat_id, 0.0), self._rests.get(ALL, 0.0)) - self._monotonic()
        return seconds if seconds > _LEAST else 0.0

    async def turn(self, chat_id: int, cost: int = 1, *, resting: Resting | None = None) -> None:
        """Wait until a message of `cost` parts may go to a chat, and count it as sent.

        Rests that other processes caused, by their sends or by a 429 to them, show only here. `resting` waits for them.
        """
        while (seconds := await self._asked(chat_id, cost)) > 0:
            await (resting or self._sleep)(seconds)

    async def _asked(self, chat_id: int, cost: int) -> float:
        """Wait until the overall limit allows a message. Returns the seconds this chat must still rest, 0 if it may go.

        At most `_ASKING` sends wait here for the overall limit. If all waited by themselves, each would ask the
        database again after every message.
        """
        async with self._asking:
            while True:
                answer = await self._database.transact(partial(self._take, chat_id=chat_id, cost=cost))
                self._note(chat_id, answer.rest)
                if answer.wait <= answer.rest:
                    return answer.wait
                await self._sleep(answer.wait)

    async def limited(self, chat_id: int, seconds: float) -> bool:
        """Obey a 429: this chat rests, and all chats do if several private chats are limited, at whatever process."""
        closed = await self._database.transact(partial(self._shut, chat_id=chat_id, seconds=seconds))
        self._note(chat_id, min(seconds, LONGEST_REST))
        if not closed:
            return False
        self._note(ALL, min(seconds, LONGEST_CLOSURE))
        return self._closures.closed(self._monotonic(), seconds)

    @staticmethod
    def prune(session: Session) -> bool:
        """Forget the chats to which nothing was sent for long. Returns False, because one call forgets all of them."""
        old = _instant(session) - FORGOTTEN_AFTER
        shut = func.coalesce(Allowance.shut_until, Allowance.at)
        session.execute(delete(Allowance).where(Allowance.at < old, shut < old))
        return False

    def _note(self, chat_id: int, seconds: float) -> None:
        now = self._monotonic()
        if len(self._rests) >= _MANY:
            self._rests = {chat: until for chat, until in self._rests.items() if until > now}
        self._rests[chat_id] = now + seconds

    def _take(self, session: Session, *, chat_id: int, cost: int) -> _Answer:
        """Count a message as sent if it may go now."""
        # If the server loses power, a few counts are lost, and at worst Telegram answers with a 429. That costs less
        # than waiting for the disk with every message.
        session.execute(sql("SET LOCAL synchronous_commit = off"))
        everything = self._allowance(session, ALL, self._rates.overall)
        own = self._allowance(session, chat_id, self._rates.of(chat_id))
        at = _instant(session)
        now = at.timestamp()
        for allowance in (everything, own):
            # Later than a probe's is only what a clock has counted that was ahead and is set right.
            allowance.at = min(allowance.at, at + timedelta(seconds=PROBED_FOR))
        buckets = [(everything, _bucket(everything, self._rates.overall)), (own, _bucket(own, self._rates.of(chat_id)))]
        shut = max(_rest(everything, at, longest=LONGEST_CLOSURE), _rest(own, at, longest=LONGEST_REST))
        probes = everything.shut_until is not None and everything.at < everything.shut_until
        wait = max(shut, *(bucket.wait(now, cost) for _, bucket in buckets))
        if wait > _LEAST:
            return _Answer(wait, max(shut, buckets[1][1].wait(now, cost)))
        for allowance, bucket in buckets:
            bucket.take(now, cost)
            allowance.tokens, allowance.at, allowance.recent = bucket.tokens, at, bucket.recent
        if probes:
            everything.shut_until = everything.at = at + timedelta(seconds=PROBED_FOR)
        return _Answer(0.0, buckets[1][1].wait(now, 1))

    def _shut(self, session: Session, *, chat_id: int, seconds: float) -> bool:
        """Shut a chat, and all chats if enough private ones were refused lately. Returns whether all are shut.

        A chat was refused when it was last sent to: that is the instant `Allowance.at`.
        """
        everything = self._allowance(session, ALL, self._rates.overall)
        own = self._allowance(session, chat_id, self._rates.of(chat_id))
        at = _instant(session)
        own.shut_until = at + timedelta(seconds=min(seconds, LONGEST_REST))
        if chat_id < 0:
            return False
        lately = at - timedelta(seconds=EVIDENCE_LASTS)
        others = select(func.count()).where(
            Allowance.chat_id > 0,
            Allowance.chat_id != chat_id,
            Allowance.shut_until > at,
            Allowance.at.between(lately, at),
        )
        if (session.scalar(others) or 0) + 1 < EVIDENCE:
            return False
        everything.at = min(everything.at, at)
        everything.shut_until = at + timedelta(seconds=min(seconds, LONGEST_CLOSURE))
        return True

    def _allowance(self, session: Session, chat_id: int, rate: Rate) -> Allowance:
        """Return the row of a chat, locked until the transaction ends. Lock the row of `ALL` before that of a chat."""
        found = session.get(Allowance, chat_id, with_for_update=True)
        if found is None:
            fresh = {
                "chat_id": chat_id,
                "tokens": rate.burst,
                "at": _instant(session),
                "recent": [],
                "shut_until": None,
            }
            session.execute(insert(Allowance).values(fresh).on_conflict_do_nothing())
            found = session.get_one(Allowance, chat_id, with_for_update=True)
        return found


def _bucket(allowance: Allowance, rate: Rate) -> Bucket:
    return Bucket(rate, allowance.tokens, allowance.at.timestamp(), allowance.recent)


def _instant(session: Session) -> datetime:
    """Return the present instant in UTC by the database's clock, which all processes share."""
    at: datetime = session.scalars(select(func.clock_timestamp())).one()
    return at.astimezone(UTC)


def _rest(allowance: Allowance, at: datetime, *, longest: float) -> float:
    """Return the seconds for which the allowance is shut; a rest that is longer than `longest` is cut short."""
    if allowance.shut_until is None:
        return 0.0
    allowance.shut_until = min(allowance.shut_until, at + timedelta(seconds=longest))
    return max(0.0, (allowance.shut_until - at).total_seconds())
