"""The health of the process: whether it can do its work, and the reason if it cannot. `/readyz` shows it.

Each part notes in `Vitals` when it last did what it must keep doing, on a monotonic clock. How long updates and notices
have waited is read from the database, on the clock under which they were stored. A reason has numbers, never a person.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from bot.clock import Clock
from bot.metrics import Metrics
from bot.replicas.presence import Presence
from bot.storage import migration
from bot.storage.database import Database
from models.faults import is_outage
from models.mail.lease import Leader, Lease, LeaseKind
from models.queries.backlog import (
    Backlog,
    Outside,
    oldest_kept_back,
    oldest_owed_notice,
    oldest_unkept_file,
    oldest_unsealed_chain,
    oldest_waiting_update,
)
from models.repository.calendars import calendar_in_force
from models.rules.rules import Rules
from models.rules.unknown_days import ASKED_BEFORE, unknown_days
from models.rules.work_calendar import WorkCalendar

HEARD_WITHIN = timedelta(seconds=120)
"""How long ago Telegram must have answered: two long polls, two looks at the webhook. After 150 s it forgets taps."""

UNHINDERED_FOR = timedelta(seconds=60)
"""How long nothing must have hindered a getUpdates. Two programs that poll by turns each get an answer in between."""

AUDITED_WITHIN = timedelta(minutes=3)
"""How long ago the last whole audit may have ended: three of its rounds."""

HANDLED_WITHIN = timedelta(seconds=60)
"""How long an update may wait. Handling takes milliseconds, and what fails is set aside after a few seconds."""

DELIVERED_WITHIN = timedelta(minutes=10)
"""How long a chat to which something is owed may get nothing.

At Telegram's rates, ten thousand notices that fall due together take eight minutes to send. One chat gets one message a
second: a chat that is owed many notices still gets some in this time.
"""

LED_WITHIN = timedelta(seconds=30)
"""How long ago the leader must have shown itself: six of its rounds, and longer than another one takes to step in."""

ANSWERED_WITHIN = timedelta(seconds=5)
"""How long the database may take to answer."""

PROVED_FOR = timedelta(seconds=5)
"""How long a write proves that the database can be written. Anybody may ask for `/readyz`, and a write is a commit."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at; `reason` says what is wrong, or how well it is."""

    name: str
    ok: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Health:
    """How the process stands at one moment."""

    checks: tuple[Check, ...]

    @property
    def ready(self) -> bool:
        """Whether every check is well."""
        return all(check.ok for check in self.checks)

    def as_json(self) -> dict[str, Any]:
        """Return what `/readyz` answers."""
        checks = {check.name: {"ok": check.ok, "reason": check.reason} for check in self.checks}
        return {"ready": self.ready, "checks": checks}


@dataclass(frozen=True, slots=True)
class _Found:
    revision: str | None
    inbox: Backlog
    outbox: Backlog
    leader_shown_at: datetime | None
    calendar: WorkCalendar | None
    archive: Backlog
    sealing: Backlog
    posting: Backlog


_NOTHING = Backlog(0, None)


class Vitals:
    """The signs of life of one process. Belongs to one event loop.

    `starting` and `started` mark the start. A sign of life that has not come yet is counted from the end of the start.
    """

    def __init__(
        self,
        *,
        database: Database,
        presence: Presence,
        clock: Clock,
        metrics: Metrics,
        rules: Rules,
        outside: Outside = Outside(),  # noqa: B008 - it is frozen
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database = database
        self._presence = presence
        self._clock = clock
        self._metrics = metrics
        self._rules = rules
        self._outside = outside
        self._monotonic = monotonic
        self._needed = migration.head()
        self._heard = self._audited = monotonic()
        self._led = presence.leading
        self._starting = False
        self._hindrance, self._hindered_at = "", monotonic()
        self._looking: asyncio.Task[_Found] | None = None
        self._proved: float | None = None

    def starting(self) -> None:
        """Note that the start has begun: the process still waits for the tables or for Telegram, and does no work."""
        self._starting = True

    def started(self) -> None:
        """Note that every part runs."""
        self._starting = False
        self._heard = self._audited = self._monotonic()

    def polled(self) -> None:
        """Note that a getUpdates was answered and its updates are stored."""
        self._heard = self._monotonic()
        if self._heard - self._hindered_at > UNHINDERED_FOR.total_seconds():
            self._hindrance = ""

    def called(self, hindrance: str = "") -> None:
        """Note that Telegram answered, and what hinders it from handing out updates, "" where nothing does."""
        self._heard = self._hindered_at = self._monotonic()
        self._hindrance = hindrance

    def audited(self) -> None:
        """Note that a whole audit has ended."""
        self._audited = self._monotonic()

    async def report(self) -> Health:
        """Check everything, and note it in the metrics. Takes no longer than `ANSWERED_WITHIN`."""
        found, trouble = await self._look()
        self._note_leading()
        checks = [Check("database", found is not None, trouble or "can be written")]
        if found is not None:
            current = found.revision == self._needed
            checks.append(Check("schema", current, f"is of revision {found.revision}, needed is {self._needed}"))
            now = self._clock.now()
            inbox, outbox = _age(found.inbox, now), _age(found.outbox, now)
            checks += [
                _backlog("inbox", "updates wait, the oldest", found.inbox, inbox, HANDLED_WITHIN),
                _backlog("outbox", "notices wait, one chat got none", found.outbox, outbox, DELIVERED_WITHIN),
            ]
            self._metrics.inbox(found.inbox.count, inbox.total_seconds())
            self._metrics.outbox(found.outbox.count, outbox.total_seconds())
        if self._starting:
            checks.append(Check("start", ok=False, reason="the tables or Telegram are still waited for"))
        else:
            checks += [self._leader(found), self._intake(), self._audit()]
        checks.append(self._calendar(found))
        if found is not None:
            checks += self._kept(found)
        health = Health(tuple(checks))
        self._metrics.state(ready=health.ready, leading=self._presence.leading)
        return health

    async def _look(self) -> tuple[_Found | None, str]:
        """Write and read in the database. While it hangs, all callers wait for it, and no second look begins."""
        if self._looking is None:
            self._looking = asyncio.create_task(self._prove(), name="health")
        looking = self._looking
        await asyncio.wait({looking}, timeout=ANSWERED_WITHIN.total_seconds())
        if not looking.done():
            return None, f"has not answered for {ANSWERED_WITHIN.total_seconds():.0f} s"
        if self._looking is looking:
            self._looking = None
        try:
            return looking.result(), ""
        except DBAPIError as error:
            # What an outage is called holds no data; a statement that fails may quote some.
            if is_outage(error):
                return None, str(self._database.store.explained(error))
            return None, f"fails with {type(error.orig).__name__}"

    async def _prove(self) -> _Found:
        """Prove that the database can be written, unless that was proved a moment ago, then read what it knows."""
        now = self._monotonic()
        if self._proved is None or now - self._proved >= PROVED_FOR.total_seconds():
            await self._database.transact(self._write)
            self._proved = now
        return await self._database.read(self._find)

    def _write(self, session: Session) -> None:
        """Take a lease and give it back: a full disk, or a server that only reads, fails at this or at the commit."""
        # Under the process's own number, so that no two processes wait for each other.
        lane = self._presence.number
        session.execute(insert(Lease).values(kind=LeaseKind.TRIAL, lane=lane, fence=0))
        session.execute(delete(Lease).where(Lease.kind == LeaseKind.TRIAL, Lease.lane == lane))

    def _find(self, session: Session) -> _Found:
        revision = migration.revision_of(session.connection())
        # Tables of another version may have no place for the leader and for what admins entered in chat.
        current = revision == self._needed
        shown_at = session.scalar(select(Leader.shown_at)) if current else None
        calendar = calendar_in_force(session, self._rules.office.calendar) if current else None
        return _Found(
            revision,
            oldest_waiting_update(session),
            oldest_owed_notice(session),
            shown_at,
            calendar,
            archive=oldest_unkept_file(session) if current else _NOTHING,
            sealing=oldest_unsealed_chain(session) if current else _NOTHING,
            posting=oldest_kept_back(session, self._outside) if current else _NOTHING,
        )

    def _note_leading(self) -> None:
        """Give a process that has just begun to lead as much time as one that has just started."""
        if self._presence.leading and not self._led:
            self._heard = self._audited = self._monotonic()
        self._led = self._presence.leading

    def _leader(self, found: _Found | None) -> Check:
        if self._presence.leading:
            return Check("leader", ok=True, reason="this process leads")
        if not self._presence.sure:
            return Check("leader", ok=False, reason="out of touch with the other processes")
        if found is None:
            return Check("leader", ok=False, reason="nobody knows whether another process leads")
        return _sign_of(found.leader_shown_at, self._clock.now())

    def _intake(self) -> Check:
        if not self._presence.leading:
            return Check("intake", ok=True, reason="the leader sees to it")
        silent = self._monotonic() - self._heard
        if silent <= HEARD_WITHIN.total_seconds() and self._hindrance:
            return Check("intake", ok=False, reason=self._hindrance)
        ok = silent <= HEARD_WITHIN.total_seconds()
        return Check("intake", ok, f"Telegram last answered {silent:.0f} s ago")

    def _calendar(self, found: _Found | None) -> Check:
        """Say which days ahead are not known. The process works without them, and the admins are asked for them."""
        in_force = found.calendar if found is not None else None
        calendar = in_force or self._rules.office.calendar
        unknown = unknown_days(calendar, self._clock.now().astimezone(calendar.zone).date())
        said = f"not known yet: {'; '.join(map(str, unknown))}" if unknown else f"known for {ASKED_BEFORE[0]} days"
        return Check("calendar", ok=True, reason=said)

    def _kept(self, found: _Found) -> list[Check]:
        """Say which files are not in the archive, what no checkpoint covers, and which have not come outside.

        The process works without any of these.
        """
        now = self._clock.now()
        files, chains, checkpoints = (_age(one, now) for one in (found.archive, found.sealing, found.posting))
        self._metrics.archive(found.archive.count, files.total_seconds())
        self._metrics.sealing(found.sealing.count, chains.total_seconds())
        self._metrics.posting(found.posting.count, checkpoints.total_seconds())
        kept_back = "checkpoints wait to be sent outside, the first"
        return [
            _backlog("archive", "files wait, the oldest", found.archive, files, timedelta.max),
            _backlog("sealing", "chains wait for a checkpoint, the first", found.sealing, chains, timedelta.max),
            _backlog("posting", kept_back, found.posting, checkpoints, timedelta.max),
        ]

    def _audit(self) -> Check:
        if not self._presence.leading:
            return Check("audit", ok=True, reason="the leader sees to it")
        age = self._monotonic() - self._audited
        return Check("audit", age <= AUDITED_WITHIN.total_seconds(), f"the last audit ended {age:.0f} s ago")


def _sign_of(shown_at: datetime | None, now: datetime) -> Check:
    """Return whether another process leads: whether it has shown itself lately. To hold the lock is no sign of life."""
    if shown_at is None:
        return Check("leader", ok=False, reason="no process has led yet")
    age = (now - shown_at).total_seconds()
    if age > LED_WITHIN.total_seconds():
        return Check("leader", ok=False, reason=f"nobody leads: the leader last showed itself {age:.0f} s ago")
    if age < -LED_WITHIN.total_seconds():
        return Check("leader", ok=False, reason=f"the leader's clock is {-age:.0f} s ahead of this one")
    return Check("leader", ok=True, reason="another process leads")


def _age(backlog: Backlog, now: datetime) -> timedelta:
    # A clock that was set back makes nothing younger than new.
    return max(timedelta(), now - backlog.since) if backlog.since is not None else timedelta()


def _backlog(name: str, what: str, backlog: Backlog, age: timedelta, within: timedelta) -> Check:
    waiting = f"{backlog.count} {what} for {age.total_seconds():.0f} s"
    return Check(name, age <= within, waiting if backlog.count else f"no {what.partition(',')[0]}")
