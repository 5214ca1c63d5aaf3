"""The intake's transactions: storing what Telegram hands out, taking the next update of a chat, keeping its fate."""

import logging
import traceback
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeGuard

from sqlalchemy import CursorResult, bindparam, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from bot.replicas.leases import Leases
from handlers.chat.desk import Overtaken
from handlers.reporting import group
from models.mail import correspondence
from models.mail.correspondence import Alert, once_a_minute
from models.mail.inbox import InboxState, InboxUpdate
from models.mail.lease import LeaseKind
from models.repository.records import Records
from models.rules.rules import Rules

logger = logging.getLogger(__name__)

ATTEMPTS = 3
"""How often an update is tried before it is set aside."""

BACKLOG = 100
"""How many updates of one chat may wait; further messages are set aside."""

PRESSES = 10 * BACKLOG
"""How many may wait before presses are set aside too: nobody taps so often, and Telegram forgets a press by then.

So many reports of a group may wait, which many people share.
"""

KEPT_DONE = timedelta(days=3)
KEPT_SET_ASIDE = timedelta(days=6)
"""How long handled updates are kept: longer than the 24 h for which Telegram may send one again, shorter than the week
of silence after which it numbers updates anew."""

FLOOD = "flood"
"""The failure of an update that was set aside because too many of its chat were waiting."""

_LARGEST = 2**63 - 1
"""The largest number that a column holds."""

_SEEN_AT_ONCE = 200
"""Chats looked at in one go."""

_PRUNED_AT_ONCE = 500


_DONE = (
    update(InboxUpdate)
    .where(InboxUpdate.update_id == bindparam("number"), InboxUpdate.state == InboxState.WAITING)
    .values(state=InboxState.DONE, failure=None)
    .execution_options(synchronize_session=False)
)
_NEWEST = select(func.max(InboxUpdate.received_at)).where(InboxUpdate.state == InboxState.WAITING)
_BACKLOGS = (
    select(InboxUpdate.lane, func.count())
    .where(InboxUpdate.state == InboxState.WAITING, InboxUpdate.lane.in_(bindparam("lanes", expanding=True)))
    .group_by(InboxUpdate.lane)
)


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a batch: the chats that have something to be handled by now, and how many updates were set aside.

    Each chat comes with the update whose turn it is, where nothing else of the chat was waiting.
    """

    lanes: dict[int, InboxUpdate | None] = field(default_factory=dict)
    set_aside: int = 0


class Inbox:
    """The updates that came in, as the intake needs them. Each method is one piece of work in a transaction."""

    def __init__(self, *, rules: Rules, now: Callable[[], datetime], leases: Leases) -> None:
        self._rules = rules
        self._now = now
        self._leases = leases
        self._calling = group.calling(rules.bot_username)

    def store(self, session: Session, batch: Sequence[Mapping[str, Any]]) -> Stored:
        """Store the updates that are not there yet. Of a group, what no handler wants is done with that."""
        usable = [one for one in batch if numbered(one)]
        if len(usable) < len(batch):
            logger.error("%s updates without a usable number were passed over", len(batch) - len(usable))
        rows, backlogs = self._rows(session, usable)
        if not rows:
            return Stored()
        insert = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgresql_insert
        statement = insert(InboxUpdate).on_conflict_do_nothing().returning(InboxUpdate.update_id)
        new = set(session.scalars(statement, rows))
        flooded = [row for row in rows if row["update_id"] in new and row["failure"] == FLOOD]
        for _ in {row["lane"] for row in flooded}:
            logger.warning("a chat has too many updates waiting; what else comes is set aside")
        if flooded:
            self._tell_of_flood(session, flooded)
        lanes: dict[int, InboxUpdate | None] = {}
        for row in rows:
            if row["update_id"] in new and row["state"] == InboxState.WAITING:
                lanes.setdefault(row["lane"], None if row["lane"] in backlogs else InboxUpdate(**row))
        return Stored(lanes, len(flooded))

    def waiting(self, session: Session) -> list[int]:
        """Return the chats with updates that wait and that no other process serves.

        Those with the fewest come first, so that nobody is kept waiting by many who write much; among equals the
        longest waiting.
        """
        lanes = (
            select(InboxUpdate.lane)
            .where(InboxUpdate.state == InboxState.WAITING, self._leases.free(LeaseKind.INBOX, InboxUpdate.lane))
            .group_by(InboxUpdate.lane)
            .order_by(func.count(), func.min(InboxUpdate.received_at))
            .limit(_SEEN_AT_ONCE)
        )
        return list(session.scalars(lanes))

    def next(self, session: Session, lane: int) -> InboxUpdate | None:
        """Return the next update of a chat, in the order in which they came; none while another process serves it.

        Until nothing waits there, no other process serves the chat. What keeps an update from being handled twice is
        not this claim but its state (`finish`).
        """
        self._leases.relax(session)
        claim = self._leases.claim(session, LeaseKind.INBOX, lane)
        if claim is None:
            return None
        found = session.scalar(
            select(InboxUpdate)
            .where(InboxUpdate.lane == lane, InboxUpdate.state == InboxState.WAITING)
            # Not by number alone: after a week of silence Telegram's numbers start anew.
            .order_by(InboxUpdate.received_at, InboxUpdate.update_id)
            .limit(1)
        )
        if found is None:
            self._leases.release(session, claim)
        return found

    def finish(self, session: Session, update_id: int) -> None:
        """Mark an update as handled. Raises `Overtaken` when it was handled or set aside before."""
        result = session.execute(_DONE, {"number": update_id})
        if isinstance(result, CursorResult) and result.rowcount == 0:
            raise Overtaken(update_id)

    def set_back(self, session: Session, update_id: int, failure: BaseException) -> bool:
        """Count a failed attempt; after the last one set the update aside and tell the admins. Returns whether it was.

        What is kept of the failure is where it happened, not what was said: that may hold what a person wrote.
        """
        row = session.get_one(InboxUpdate, update_id, with_for_update=True)
        if row.state != InboxState.WAITING:
            return False
        row.attempts += 1
        row.failure = _place_of(failure)
        if row.attempts < ATTEMPTS:
            return False
        row.state = InboxState.SET_ASIDE
        records = self._records(session)
        data = {"update": str(update_id)}
        records.owe(*correspondence.alert(Alert.SET_ASIDE, records.lock_office().admins, at=records.at, data=data))
        if row.lane > 0:
            records.say(row.lane, "message-set-aside")
        return True

    def prune(self, session: Session) -> bool:
        """Let some of the old updates go. Returns whether there may be more."""
        at = self._now()
        old = or_(
            (InboxUpdate.state == InboxState.DONE) & (InboxUpdate.received_at < at - KEPT_DONE),
            (InboxUpdate.state == InboxState.SET_ASIDE) & (InboxUpdate.received_at < at - KEPT_SET_ASIDE),
        )
        found = session.scalars(select(InboxUpdate.update_id).where(old).limit(_PRUNED_AT_ONCE)).all()
        session.execute(delete(InboxUpdate).where(InboxUpdate.update_id.in_(found)))
        return len(found) == _PRUNED_AT_ONCE

    def _rows(
        self, session: Session, batch: Sequence[Mapping[str, Any]]
    ) -> tuple[list[dict[str, Any]], Collection[int]]:
        """Return the rows to store, once each, and the chats of which some waited before.

        Of a chat that has too many waiting, messages are set aside.
        """
        # A clock that is set back must not put what comes later before what waits.
        at = max(self._now(), session.scalar(_NEWEST) or self._now())
        updates = {one["update_id"]: one for one in reversed(batch)}
        lanes = {update_id: lane_of(one) for update_id, one in updates.items()}
        waiting = self._backlogs(session, set(lanes.values()))
        if waiting:
            # What was stored before is among those that wait: counted once more, it would make a flood of a few.
            stored = select(InboxUpdate.update_id).where(InboxUpdate.update_id.in_(updates))
            for update_id in session.scalars(stored).all():
                del updates[update_id]
        backlogs, rows = frozenset(waiting), []
        for update_id, one in reversed(updates.items()):
            lane = lanes[update_id]
            state = InboxState.WAITING
            if lane < 0 and not self._wanted(one):
                state = InboxState.DONE
            else:
                waiting[lane] += 1
                bound = PRESSES if lane < 0 or "callback_query" in one else BACKLOG
                if lane != 0 and waiting[lane] > bound:
                    state = InboxState.SET_ASIDE
            rows.append(
                {
                    "update_id": update_id,
                    "lane": lane,
                    "body": dict(one),
                    "received_at": at,
                    "state": state,
                    "failure": FLOOD if state is InboxState.SET_ASIDE else None,
                }
            )
        return rows, backlogs

    def _wanted(self, one: Mapping[str, Any]) -> bool:
        """Whether an update of a group is for a handler: a press, or a message that calls us."""
        message = one.get("message")
        if not isinstance(message, Mapping):
            return "callback_query" in one
        words = message.get("text") or message.get("caption")
        return isinstance(words, str) and self._calling.match(words) is not None

    def _backlogs(self, session: Session, lanes: set[int]) -> Counter[int]:
        found = Counter[int]()
        for lane, number in session.execute(_BACKLOGS, {"lanes": list(lanes)}):
            found[lane] = number
        return found

    def _tell_of_flood(self, session: Session, flooded: Sequence[Mapping[str, Any]]) -> None:
        """Tell whoever writes too much, once a minute.

        A group is told nothing. Whoever reported there is told in private, if they are somebody's account here.
        """
        records = self._records(session)
        for lane in {row["lane"] for row in flooded if row["lane"] > 0}:
            records.say(lane, "message-flood", once=once_a_minute(FLOOD, lane, at=records.at))
        for lane, sender in {(row["lane"], _sender_of(row["body"])) for row in flooded if row["lane"] < 0}:
            if sender is not None and records.person(sender) is not None:
                once = once_a_minute(f"{FLOOD}:{lane}", sender, at=records.at)
                records.say(sender, "report-flood", once=once)

    def _records(self, session: Session) -> Records:
        return Records(session, rules=self._rules, at=self._now())


def _sender_of(body: Mapping[str, Any]) -> int | None:
    """Return the account that a message comes from."""
    message = body.get("message")
    sender = message.get("from") if isinstance(message, Mapping) else None
    number = sender.get("id") if isinstance(sender, Mapping) else None
    return number if _storable(number) else None


def lane_of(body: Mapping[str, Any]) -> int:
    """Return what keeps updates in order: the chat an update belongs to, else the account it comes from, else 0."""
    for part in body.values():
        if isinstance(part, Mapping):
            message = part.get("message")
            holder = message if isinstance(message, Mapping) else part
            for found in (holder.get("chat"), part.get("from"), part.get("user")):
                if isinstance(found, Mapping) and _storable(number := found.get("id")):
                    return int(number)
    return 0


def numbered(one: object) -> bool:
    """Whether an update bears a number that a column holds."""
    return isinstance(one, Mapping) and _storable(one.get("update_id"))


def _storable(number: object) -> TypeGuard[int]:
    return isinstance(number, int) and abs(number) <= _LARGEST


def _place_of(failure: BaseException) -> str:
    """Return the kind of a failure and the line of code it came from."""
    frames = traceback.extract_tb(failure.__traceback__)
    place = f" at {frames[-1].name}:{frames[-1].lineno}" if frames else ""
    return f"{type(failure).__name__}{place}"
