"""The transactions of the intake: they store updates, find the next update of a chat, and keep its outcome."""

import logging
import traceback
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, func, or_, select, true, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from bot.replicas.leases import Leases
from bot.telegram.answers import storable
from bot.updates import pieces
from bot.updates.raw import Origin
from handlers.chat.desk import Overtaken
from handlers.reporting import group
from models.mail import correspondence
from models.mail.correspondence import Alert, once_a_minute
from models.mail.inbox import InboxState, InboxUpdate
from models.mail.lease import LeaseKind
from models.office.person import Person
from models.queries.confidential import writes_in_confidence
from models.repository.lookup import Change, Lookup, Rows
from models.repository.records import Records
from models.rules.rules import Rules

logger = logging.getLogger(__name__)

ATTEMPTS = 3
"""How often the handlers get an update before it is set aside."""

BACKLOG = 100
"""How many updates of one chat may wait. Further messages are set aside."""

PRESSES = 10 * BACKLOG
"""How many updates of one chat may wait before presses of buttons are set aside too.

Nobody taps so often, and Telegram forgets a press by then. Many people share a group, so a group may have this many
reports waiting. What strangers write there waits only while fewer than `BACKLOG` do, so that they leave room.
"""

KEPT_DONE = timedelta(days=3)
KEPT_SET_ASIDE = timedelta(days=6)
"""How long handled updates are kept.

Telegram may send an update again for 24 hours, so they are kept longer than that. After a week of silence it restarts
its numbers at random, so they are gone before that.
"""

FLOOD = "flood"
"""The failure of an update that was set aside because too many updates of its chat were waiting."""

_SEEN_AT_ONCE = 200
"""How many chats with waiting updates one query returns."""

_PRUNED_AT_ONCE = 500


_DONE = Change(
    update(InboxUpdate)
    .where(InboxUpdate.update_id == bindparam("number"), InboxUpdate.state == InboxState.WAITING)
    .values(state=InboxState.DONE, failure=None)
)
_NEWEST = Lookup(select(func.max(InboxUpdate.received_at)).where(InboxUpdate.state == InboxState.WAITING))
_BACKLOGS = Rows(
    select(InboxUpdate.lane, func.count())
    .where(InboxUpdate.state == InboxState.WAITING, InboxUpdate.lane.in_(bindparam("lanes", expanding=True)))
    .group_by(InboxUpdate.lane)
)


@dataclass(frozen=True, slots=True)
class Stored:
    """The outcome of storing a batch: the chats that now have updates to handle, and how many updates were set aside.

    A chat comes with its first new update where nothing of the chat was waiting before, with None otherwise, and with
    None where that update may be one piece of several. Of the chats in `several`, more than one came.
    """

    lanes: dict[int, InboxUpdate | None] = field(default_factory=dict)
    several: frozenset[int] = frozenset()
    set_aside: int = 0


@dataclass(frozen=True, slots=True)
class Whole:
    """What is handled at once: an update, mostly alone, with `rest`, the updates that bring other pieces of it."""

    first: InboxUpdate
    rest: Sequence[InboxUpdate] = ()

    @property
    def update_ids(self) -> list[int]:
        """The numbers of all its updates, the first before the others."""
        return [self.first.update_id, *(row.update_id for row in self.rest)]


@dataclass(frozen=True, slots=True)
class Incomplete:
    """The next update of a chat waits so many `seconds` for further pieces."""

    seconds: float


class Inbox:
    """The stored updates. Each method is one piece of work and runs in the transaction of its caller."""

    def __init__(self, *, rules: Rules, now: Callable[[], datetime], leases: Leases) -> None:
        self._rules = rules
        self._now = now
        self._leases = leases
        self._calling = group.calling(rules.bot_username)
        self.unfinished = pieces.Unfinished()

    def store(self, session: Session, batch: Sequence[Mapping[str, Any]]) -> Stored:
        """Store the updates that are not stored yet. Updates of a group that no handler wants are stored as done."""
        usable = [body for body in batch if numbered(body)]
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
            logger.warning("a chat has too many updates waiting; further updates are set aside")
        if flooded:
            self._warn_of_flood(session, flooded)
        lanes, several = dict[int, InboxUpdate | None](), set[int]()
        for row in rows:
            if row["update_id"] in new and row["state"] == InboxState.WAITING:
                looked_up = row["lane"] in backlogs or pieces.may_go_on(row["body"])
                if row["lane"] in lanes:
                    several.add(row["lane"])
                lanes.setdefault(row["lane"], None if looked_up else InboxUpdate(**row))
        return Stored(lanes, frozenset(several), len(flooded))

    def waiting(self, session: Session, besides: Collection[int] = ()) -> list[int]:
        """Return the chats that have updates waiting and that no other process serves, without those of `besides`.

        Chats with few updates come first, so that people who write much do not keep others waiting. Among equals, the
        chat that has waited longest comes first.
        """
        lanes = (
            select(InboxUpdate.lane)
            .where(InboxUpdate.state == InboxState.WAITING, self._leases.free(LeaseKind.INBOX, InboxUpdate.lane))
            .where(InboxUpdate.lane.not_in(besides) if besides else true())
            .group_by(InboxUpdate.lane)
            .order_by(func.count(), func.min(InboxUpdate.received_at))
            .limit(_SEEN_AT_ONCE)
        )
        return list(session.scalars(lanes))

    def next(self, session: Session, lane: int, *, patient: bool = True) -> Whole | Incomplete | None:
        """Take the lease of a chat and return its oldest waiting update, with the other pieces of the same whole.

        `patient` says that pieces which have not come may be waited for. None while another process serves the chat.
        The lease keeps other processes away until nothing waits in the chat. It does not keep an update from being
        handled twice: the state of the update does that (`finish`).
        """
        self._leases.relax(session)
        claim = self._leases.claim(session, LeaseKind.INBOX, lane)
        if claim is None:
            return None
        waiting = (
            select(InboxUpdate)
            .where(InboxUpdate.lane == lane, InboxUpdate.state == InboxState.WAITING)
            # Not by number alone: after a week of silence Telegram restarts its numbers at random.
            .order_by(InboxUpdate.received_at, InboxUpdate.update_id)
        )
        found = session.scalar(waiting.limit(1))
        if found is None:
            self._leases.release(session, claim)
            return None
        if not pieces.may_go_on(found.body):
            return Whole(found)
        rows, complete = pieces.gathered(session.scalars(waiting.limit(BACKLOG)).all())
        seconds = self._patience_left(rows) if patient and not complete else 0.0
        if seconds > 0:
            return Incomplete(seconds)
        first, *rest = pieces.in_order(rows)
        return Whole(first, rest)

    def _patience_left(self, rows: Sequence[InboxUpdate]) -> float:
        """Return the seconds for which the pieces that came wait for the next one; 0 where the clock was set back."""
        left = max(row.received_at for row in rows) + pieces.PATIENCE - self._now()
        return left.total_seconds() if left <= 2 * pieces.PATIENCE else 0.0

    def finish(self, session: Session, *update_ids: int) -> None:
        """Mark updates as handled. Raises `Overtaken` when one of them was handled or set aside already."""
        for update_id in update_ids:
            if _DONE.carry_out(session, {"number": update_id}) == 0:
                raise Overtaken(update_id)

    def set_back(self, session: Session, update_id: int, failure: BaseException, rest: Collection[int] = ()) -> bool:
        """Count a failed attempt. After the last attempt, set the update aside, and notify the admins and the sender.

        `rest` are the updates that bring other pieces of the same whole. They share its fate, and are not told of by
        themselves. Returns whether the update was set aside. The row keeps where the failure happened and not its
        message, because the message may quote what a person wrote.
        """
        row = session.get_one(InboxUpdate, update_id, with_for_update=True)
        if row.state != InboxState.WAITING:
            return False
        row.attempts += 1
        row.failure = _place_of(failure)
        if row.attempts < ATTEMPTS:
            return False
        row.state = InboxState.SET_ASIDE
        if rest:
            waiting = (InboxUpdate.update_id.in_(rest), InboxUpdate.state == InboxState.WAITING)
            aside = update(InboxUpdate).where(*waiting)
            session.execute(aside.values(state=InboxState.SET_ASIDE, failure=row.failure))
        self._tell_of_loss(self._records(session), row)
        return True

    def _tell_of_loss(self, records: Records, row: InboxUpdate) -> None:
        """Tell the sender in private that an update was set aside, and the admins whose it was and what it held.

        What may be words of a confidential case is not told to the admins, who may not read these cases. A change of
        membership asks for nothing, so its sender misses nothing.
        """
        origin = Origin.of(row.body)
        sender = row.lane if row.lane > 0 else origin.sender
        person = records.person(sender) if sender is not None else None
        data = {
            "what": origin.what,
            "name": person.name if person is not None else origin.name,
            "place": "group" if origin.group is not None else "private",
            "title": origin.title,
            "held": origin.held,
            "update": str(row.update_id),
        }
        if person is not None and origin.what == "message" and origin.group is None:
            about = {"message_id": origin.message_id, "reply_to": origin.reply_to}
            if writes_in_confidence(records.reader, person, **about):
                data |= {"place": "secret", "held": ""}
        records.owe(*correspondence.alert(Alert.SET_ASIDE, records.lock_office().admins, at=records.at, data=data))
        if sender is None or origin.what == "other":
            return
        if origin.group is not None:
            records.say(sender, "report-set-aside", person=person, title=origin.title, held=origin.held)
        else:
            said: dict[str, Any] = {"held": origin.held} if origin.what == "message" else {}
            records.say(sender, f"{origin.what}-set-aside", person=person, **said)

    def prune(self, session: Session) -> bool:
        """Delete some of the old updates. Returns whether there may be more."""
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
        """Return one row for each update of `batch` to store, and the chats in which updates were waiting already.

        An update that exceeds its chat's bound gets the state SET_ASIDE.
        """
        # If the clock was set back, a later update must not sort before one that waits.
        at = max(self._now(), _NEWEST.first(session, {}) or self._now())
        updates = {body["update_id"]: body for body in reversed(batch)}
        lanes = {update_id: lane_of(body) for update_id, body in updates.items()}
        waiting = self._backlogs(session, set(lanes.values()))
        if waiting:
            # An update that came again is among the waiting ones already. Counted twice, few would look like a flood.
            stored = select(InboxUpdate.update_id).where(InboxUpdate.update_id.in_(updates))
            for update_id in session.scalars(stored).all():
                del updates[update_id]
        people = self._people(session, updates.values())
        backlogs, rows = frozenset(waiting), list[dict[str, Any]]()
        for update_id, body in reversed(updates.items()):
            lane = lanes[update_id]
            state = InboxState.DONE
            if lane >= 0 or self._wanted(body) or self._follows(session, body, rows, alone=lane not in backlogs):
                state = InboxState.WAITING
                waiting[lane] += 1
                leaves_room = lane < 0 and Origin.of(body).sender not in people
                bound = PRESSES if (lane < 0 or "callback_query" in body) and not leaves_room else BACKLOG
                if lane != 0 and waiting[lane] > bound:
                    state = InboxState.SET_ASIDE
            rows.append(
                {
                    "update_id": update_id,
                    "lane": lane,
                    "body": dict(body),
                    "received_at": at,
                    "state": state,
                    "failure": FLOOD if state is InboxState.SET_ASIDE else None,
                    "message_id": _message_in(body),
                    "album": pieces.album_of(body),
                }
            )
        return rows, backlogs

    def _wanted(self, body: Mapping[str, Any]) -> bool:
        """Whether a handler wants this update of a group: a button was pressed, or a message begins with `/lapor`."""
        message = body.get("message") or body.get("edited_message")
        if not isinstance(message, Mapping):
            return "callback_query" in body
        words = message.get("text") or message.get("caption")
        return isinstance(words, str) and self._calling.match(words) is not None

    def _people(self, session: Session, batch: Collection[Mapping[str, Any]]) -> Collection[int]:
        """Return the accounts of people of the office among the senders of what handlers want in groups."""
        senders = {Origin.of(body).sender for body in batch if lane_of(body) < 0 and self._wanted(body)}
        if not senders:
            return ()
        return set(session.scalars(select(Person.account_id).where(Person.account_id.in_(senders - {None}))))

    def _follows(
        self, session: Session, body: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], *, alone: bool
    ) -> bool:
        """Whether a message of a group is a piece of one that a handler wants.

        `rows` are those before it in the same batch. The chat is `alone` where no other update of it waits.
        """
        album, lane = pieces.album_of(body), lane_of(body)
        handled = self.unfinished.of(lane)
        before = [row["body"] for row in rows if row["lane"] == lane and row["state"] == InboxState.WAITING]
        if album is None and alone and not before and not handled:
            return False
        same = InboxUpdate.state == InboxState.WAITING if album is None else InboxUpdate.album == album
        order = (InboxUpdate.received_at.desc(), InboxUpdate.update_id.desc())
        found = select(InboxUpdate.body).where(InboxUpdate.lane == lane, same).order_by(*order).limit(BACKLOG)
        kept = session.scalars(found).all()[::-1]
        if album is None:
            return pieces.cut_from([*handled, *kept, *before], body) is not None
        return any(pieces.album_of(one) == album and self._wanted(one) for one in (*kept, *before))

    def _backlogs(self, session: Session, lanes: set[int]) -> Counter[int]:
        """Return how many updates wait in each of the chats."""
        found = Counter[int]()
        for lane, number in _BACKLOGS.all(session, {"lanes": list(lanes)}):
            found[lane] = number
        return found

    def _warn_of_flood(self, session: Session, flooded: Sequence[Mapping[str, Any]]) -> None:
        """Owe a warning to each sender of the rows set aside, at most once a minute.

        A group gets no warning. A person who reported there gets it in private, if the office knows their account.
        """
        records = self._records(session)
        for lane in {row["lane"] for row in flooded if row["lane"] > 0}:
            records.say(lane, "message-flood", once=once_a_minute(FLOOD, lane, at=records.at))
        for lane, sender in {(row["lane"], Origin.of(row["body"]).sender) for row in flooded if row["lane"] < 0}:
            if sender is not None and records.person(sender) is not None:
                once = once_a_minute(f"{FLOOD}:{lane}", sender, at=records.at)
                records.say(sender, "report-flood", once=once)

    def _records(self, session: Session) -> Records:
        return Records(session, rules=self._rules, at=self._now())


def lane_of(body: Mapping[str, Any]) -> int:
    """Return the lane of an update: the chat it belongs to, else the account it comes from, else 0.

    The updates of one lane are handled in order.
    """
    for part in body.values():
        if isinstance(part, Mapping):
            message = part.get("message")
            placed = message if isinstance(message, Mapping) else part
            for found in (placed.get("chat"), part.get("from"), part.get("user")):
                if isinstance(found, Mapping) and storable(number := found.get("id")):
                    return int(number)
    return 0


def _message_in(body: Mapping[str, Any]) -> int | None:
    """Return the number of the message that an update brings, new or edited, None where it brings none."""
    message = body.get("message") or body.get("edited_message")
    number = message.get("message_id") if isinstance(message, Mapping) else None
    return number if storable(number) else None


def numbered(body: object) -> bool:
    """Whether an update has a number that fits into its column."""
    return isinstance(body, Mapping) and storable(body.get("update_id"))


def _place_of(failure: BaseException) -> str:
    """Return the class of a failure and the line of code that raised it."""
    frames = traceback.extract_tb(failure.__traceback__)
    place = f" at {frames[-1].name}:{frames[-1].lineno}" if frames else ""
    return f"{type(failure).__name__}{place}"
