"""The pace of several processes: what may still be sent is counted in the database they share, by its clock."""

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
"""The number under which all chats together are counted; no chat has it."""

FORGOTTEN_AFTER = timedelta(hours=1)
"""How long a chat is remembered to which nothing was sent."""

_ASKING = 2
"""How many of a process ask the database at once: while one is answered, the other has asked."""

_LEAST = 0.001
_MANY = 1_000


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the database says: the seconds until a message may go, 0 if it was counted; then the chat's own rest."""

    wait: float
    rest: float


class SharedPace:
    """Who may write to Telegram when, among all processes that work on `database`."""

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
        """Return the seconds for which a chat must be left alone, as far as this process knows; 0 if it need not."""
        seconds = max(self._rests.get(chat_id, 0.0), self._rests.get(ALL, 0.0)) - self._monotonic()
        return seconds if seconds > _LEAST else 0.0

    async def turn(self, chat_id: int, cost: int = 1, *, resting: Resting | None = None) -> None:
        """Wait until a message of `cost` parts may go to a chat, and count it as sent.

        What another process was told, by a 429 or by its own sends, shows only here: `resting` waits for that.
        """
        while (seconds := await self._asked(chat_id, cost)) > 0:
            await (resting or self._sleep)(seconds)

    async def _asked(self, chat_id: int, cost: int) -> float:
        """Wait until all chats together leave room; returns the seconds that this one must still rest, 0 if it may go.

        What all must wait for, few wait for in the name of all; otherwise each would ask again for every message sent.
        """
        async with self._asking:
            while True:
                answer = await self._database.transact(partial(self._take, chat_id=chat_id, cost=cost))
                self._note(chat_id, answer.rest)
                if answer.wait <= answer.rest:
                    return answer.wait
                await self._sleep(answer.wait)

    async def limited(self, chat_id: int, seconds: float) -> None:
        """Obey a 429: nothing goes to this chat for `seconds`; nothing to any if another chat is limited too."""
        everything = await self._database.transact(partial(self._shut, chat_id=chat_id, seconds=seconds))
        self._note(ALL if everything else chat_id, seconds)
        self._note(chat_id, seconds)

    @staticmethod
    def prune(session: Session) -> bool:
        """Forget the chats to which nothing was sent for long. Returns False: there is nothing more to do."""
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
        # A count that is lost with the server's power is made good by a 429; not to wait for the disk is worth more.
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
        """Keep a chat shut, and all of them if another one is; returns whether all are."""
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
        """Return the row of a chat, locked until the end of the transaction; that of all chats comes first."""
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
    """Return the instant it is by the database's clock, which all processes share."""
    at: datetime = session.scalars(select(func.clock_timestamp())).one()
    return at.astimezone(UTC)


def _seconds(until: datetime | None, at: datetime) -> float:
    return max(0.0, (until - at).total_seconds()) if until is not None else 0.0
