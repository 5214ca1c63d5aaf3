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

from bot.notices.pace import Bucket, Rate, Rates, Resting
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

    async def limited(self, chat_id: int, seconds: float) -> None:
        """Obey a 429: this chat gets nothing for `seconds`. If another chat is limited too, no chat gets anything."""
        everything = await self._database.transact(partial(self._shut, chat_id=chat_id, seconds=seconds))
        self._note(ALL if everything else chat_id, seconds)
        self._note(chat_id, seconds)

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
        buckets = [(everything, _bucket(everything, self._rates.overall)), (own, _bucket(own, self._rates.of(chat_id)))]
        shut = max(_seconds(everything.shut_until, at), _seconds(own.shut_until, at))
        wait = max(shut, *(bucket.wait(now, cost) for _, bucket in buckets))
        if wait > _LEAST:
            return _Answer(wait, max(shut, buckets[1][1].wait(now, cost)))
        for allowance, bucket in buckets:
            bucket.take(now, cost)
            allowance.tokens, allowance.at, allowance.recent = bucket.tokens, at, bucket.recent
        return _Answer(0.0, buckets[1][1].wait(now, 1))

    def _shut(self, session: Session, *, chat_id: int, seconds: float) -> bool:
        """Shut a chat for `seconds`, and all chats if another one is shut too. Returns whether all are shut."""
        everything = self._allowance(session, ALL, self._rates.overall)
        own = self._allowance(session, chat_id, self._rates.of(chat_id))
        at = _instant(session)
        until = at + timedelta(seconds=seconds)
        another = select(Allowance.chat_id).where(
            Allowance.shut_until > at, Allowance.chat_id != chat_id, Allowance.chat_id != ALL
        )
        own.shut_until = until
        if session.scalar(another.limit(1)) is None:
            return False
        everything.shut_until = max(until, everything.shut_until or until)
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


def _seconds(until: datetime | None, at: datetime) -> float:
    return max(0.0, (until - at).total_seconds()) if until is not None else 0.0
