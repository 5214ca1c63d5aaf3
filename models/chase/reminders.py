"""Reminding people: each gets one message with all that waits for them or is late, in place of the one before.

The message is drawn when it is sent, as things stand then. Its notice says which tasks it was owed for: the digest does
not repeat them that morning.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from models.case.task import Task
from models.chase.audience import overseers
from models.mail import correspondence
from models.mail.card import Card, CardKind, Face
from models.mail.notice import IS_REMINDER, REMINDING, Notice, NoticeKind, Priority
from models.mail.reminder import OVERSEEN_FROM, REMINDERS
from models.office.attention import forget, note_nothing_waits, note_reminder, pending_of
from models.office.person import Person, bound, includes, reachable
from models.repository import awaiting
from models.repository.records import Records
from models.rules.ladder import RungKind

MORNING = time(11)
"""Until when, on the office's clock, a reminder wishes a good morning, once a day."""

_REMINDING = (CardKind.NUDGE, CardKind.QUEUE, CardKind.REMINDER)
"""The cards that remind of something, beside lists that were asked for."""

GATHERED = 32
"""At each so many tasks that the next reminder of a person must name, those that are closed by then are let go."""

ESCALATED = NoticeKind.ESCALATE.value
"""How the body of a reminder marks a task that others than its reader hold up."""


@dataclass(frozen=True, slots=True)
class _Due:
    """What one person is to be reminded of: their `own` open tasks, and those of others that were `escalated`."""

    person: Person
    own: Sequence[Task]
    escalated: Sequence[Task]

    @property
    def items(self) -> list[dict[str, Any]]:
        own = [{"task": task.id, "kind": _kind(task).value} for task in self.own]
        return own + [{"task": task.id, "kind": ESCALATED} for task in self.escalated]


@dataclass(frozen=True, slots=True)
class _Earlier:
    """A reminder that is still in the chat of a person, and what it was owed for."""

    card: Card
    items: Sequence[Mapping[str, Any]]

    @property
    def of_own(self) -> bool:
        """Whether it names tasks that the person was to decide."""
        return any(item["kind"] != ESCALATED for item in self.items)


def remind(records: Records, people: Sequence[Person]) -> list[Person]:
    """Owe each of `people` one reminder of all that waits for them, if anything is left of what it was wanted for.

    A person who is asked something about their own report learns that, too: they hear no second message for it. Returns
    who is reminded. It takes as many statements for many people as for one.
    """
    due, office = _due(records, people), records.lock_office().file
    if not due:
        return []
    asked = awaiting.awaited_from(records.session, [one.person.id for one in due])
    greeted = said_since(records, [one.person for one in due], _midnight(records))
    earlier = _earlier(records, [one.person for one in due])
    for one in due:
        person_id = one.person.id
        first_today, is_asked = person_id not in greeted, person_id in asked
        _replace(records, one, earlier.get(person_id, ()), first_today=first_today, is_asked=is_asked)
        note_reminder(one.person, office, at=records.at)
    return [one.person for one in due]


def forget_closed(session: Session, person: Person) -> None:
    """Let the next reminder of `person` name closed tasks no more, where many have gathered.

    It would pass over them. Until then the list would grow with every card that comes without a sound, and be read
    with everybody who holds a post.
    """
    pending = pending_of(person)
    if pending and len(pending) % GATHERED == 0:
        still_open = select(Task.id).where(Task.id.in_(pending), Task.closed_at.is_(None))
        forget(person, pending.keys() - set(session.scalars(still_open)))


def lock_reminders(records: Records, people: Iterable[Person], *, task_ids: Sequence[int] = ()) -> None:
    """Lock the messages in the chats of `people` that a reminder may take the place of, and the cards of the tasks.

    To be called before the people are locked: cards come first.
    """
    chats = [bound(person) for person in reachable(people)]
    reminding = and_(Card.chat_id.in_(chats), Card.kind.in_(_REMINDING))
    records.lock_cards(Card.live, or_(reminding, Card.task_id.in_(task_ids)))


def said_since(records: Records, people: Iterable[Person], since: datetime) -> dict[int, set[int]]:
    """Return the tasks that reminders owed from `since` on named, by the id of the person who was reminded.

    What is said once only, that a pause lasts, reminded nobody of a task that is late.
    """
    reminders = select(Notice.person_id, Notice.task_id, Notice.body).where(
        IS_REMINDER,
        Notice.once.is_(None),
        Notice.person_id.in_([person.id for person in people]),
        Notice.owed_at >= since,
    )
    found: dict[int, set[int]] = {}
    for person_id, task_id, body in records.session.execute(reminders):
        named = {task_id} if task_id is not None else {item["task"] for item in body.get("items", ())}
        found.setdefault(person_id, set()).update(named)
    return found


def items_for(records: Records, person: Person) -> list[dict[str, Any]]:
    """Return the items of a reminder that was lost: what waits for `person`, and what was escalated to them."""
    office = records.lock_office()
    told = or_(Task.rung > 0, Task.overrun_at.is_not(None))
    open_tasks = select(Task).where(Task.closed_at.is_(None), told).order_by(Task.id)
    chased = records.session.scalars(open_tasks).all()
    own = [task for task in chased if includes(task.deciders(office), person.id)]
    known = {task.id for task in own}
    overseen = [task for task in chased if task.rung >= OVERSEEN_FROM or task.overrun_at is not None]
    others = [task for task in overseen if task.id not in known]
    return _Due(person, own, [task for task in others if includes(overseers(office, task), person.id)]).items


def list_card(kind: NoticeKind, person: Person, *, at: datetime) -> Card:
    """Return the card of a list; what it lists is in the body of its notice."""
    return correspondence.made(CardKind.QUEUE, bound(person), at=at, person_id=person.id, face=Face(kind.value))


def _due(records: Records, people: Sequence[Person]) -> list[_Due]:
    """Return what each of `people` is to be reminded of. Who has nothing to be reminded of wants no reminder.

    Nor does somebody without an account, until they have one again.
    """
    office = records.lock_office()
    posts = {post for person in people for post in office.desks_of(person)}
    pending = {task_id for person in people for task_id in pending_of(person)}
    tasks = _open_tasks(records, posts, pending)
    decided_by = _by_person(tasks, lambda task: task.deciders(office))
    overseen_by = _by_person((task for task in tasks if task.id in pending), lambda task: overseers(office, task))
    found = []
    for person in people:
        named, own = pending_of(person), decided_by[person.id]
        waits = any(task.id in named and _unanswered(task, named[task.id]) for task in own)
        others = named.keys() - {task.id for task in own}
        escalated = [task for task in overseen_by[person.id] if task.id in others]
        if person.account_id is None:
            # What is pending waits for the next account (`reachability.returned`).
            person.remind_at = None
        elif waits or escalated:
            found.append(_Due(person, own, escalated))
        else:
            note_nothing_waits(person)
    return found


def _by_person(tasks: Iterable[Task], people_of: Callable[[Task], Iterable[Person]]) -> dict[int, list[Task]]:
    """Return the tasks of each person.

    Whose a task is follows from its post, from whom it was given to, from who may not decide it, from whether a Plh.
    may, and from whether it is left to the admins.
    """
    known: dict[tuple[bool, str, int | None, tuple[int, ...], bool, bool], list[int]] = {}
    found = defaultdict[int, list[Task]](list)
    for task in tasks:
        not_by, overrun = tuple(task.not_by), task.overrun_at is not None
        place = overrun, task.post, task.assignee_id, not_by, task.mandate, task.by_admins
        if place not in known:
            known[place] = [person.id for person in people_of(task)]
        for person_id in known[place]:
            found[person_id].append(task)
    return found


def _open_tasks(records: Records, posts: AbstractSet[str], task_ids: AbstractSet[int]) -> Sequence[Task]:
    """Return the open tasks of `posts` and those with one of the ids, the earliest deadline first."""
    waiting = select(Task).where(Task.closed_at.is_(None))
    found = [*records.session.scalars(waiting.where(Task.post.in_(posts)))]
    found += records.session.scalars(waiting.where(Task.id.in_(task_ids - {task.id for task in found})))
    return sorted(found, key=lambda task: (task.due_at, task.id))


def _unanswered(task: Task, version: int) -> bool:
    """Whether a task must be named: it is chased, or nobody has done anything with it since it had this `version`.

    A task that pauses waits for its reporter.
    """
    return task.paused_at is None and (task.rung > 0 or task.version == version)


def _kind(task: Task) -> NoticeKind:
    """Return the notice for the newest rung of a task that its holder was told of; a warning before the first."""
    return REMINDERS[RungKind.of(max(task.rung - 1, 0))].holders


def _earlier(records: Records, people: Sequence[Person]) -> dict[int, list[_Earlier]]:
    """Return the reminders in the chats of `people` that can still be tapped, by the id of the person.

    Word that a pause lasts is none: it is said once, without a sound, and leaves the chat as the clock goes on.
    """
    if not people:
        return {}
    chats = [bound(person) for person in people]
    living = (
        select(Card)
        .outerjoin(Task, Task.id == Card.task_id)
        .where(Card.live, Card.chat_id.in_(chats), or_(Card.kind == CardKind.NUDGE, Card.kind == CardKind.QUEUE))
        .where(Task.paused_at.is_(None))
    )
    cards = {card.id: card for card in records.session.scalars(living)}
    reminders = select(Notice.card_id, Notice.task_id, Notice.kind, Notice.body).where(
        Notice.card_id.in_(cards), Notice.kind.in_(REMINDING)
    )
    found: dict[int, dict[int, _Earlier]] = {}
    for card_id, task_id, kind, body in records.session.execute(reminders) if cards else ():
        card = cards[card_id or 0]
        items = body.get("items") or [{"task": task_id, "kind": NoticeKind(kind).value}]
        if card.person_id is not None:
            # Of a card that was sent again there are two notices, which name the same.
            found.setdefault(card.person_id, {})[card.id] = _Earlier(card, items)
    return {person_id: list(earlier.values()) for person_id, earlier in found.items()}


def _replace(records: Records, due: _Due, earlier: Sequence[_Earlier], *, first_today: bool, is_asked: bool) -> None:
    """Owe the reminder, and let those before it leave the chat that named tasks of the person's own.

    What else they named goes on to the new one while it is open. A message of escalations alone stays: each of them is
    told once.
    """
    left = [one for one in earlier if one.of_own]
    for one in left:
        records.owe(correspondence.withdraw(one.card, at=records.at))
    carried = [item["task"] for one in left for item in one.items if item["kind"] == ESCALATED]
    known = {task.id for task in (*due.own, *due.escalated)}
    fresh = [task_id for task_id in dict.fromkeys(carried) if task_id not in known]
    kept = [{"task": task_id, "kind": ESCALATED} for task_id in fresh]
    items = due.items + kept
    chased = [task for task in (*due.own, *due.escalated) if task.rung > 0 or task.overrun_at is not None]
    if len(items) == len(chased) == 1 and not is_asked:
        records.owe(_of_one_task(due, chased[0], at=records.at))
        return
    local = records.at.astimezone(records.calendar.zone)
    body = {"items": items, "morning": first_today and local.time() < MORNING}
    card = list_card(NoticeKind.SUMMARY, due.person, at=records.at)
    records.owe(
        correspondence.notice(
            NoticeKind.SUMMARY, due.person, at=records.at, priority=Priority.CARD, card=card, body=body
        )
    )


def _of_one_task(due: _Due, task: Task, *, at: datetime) -> Notice:
    """Return the reminder of one task, which replies to the task's card where the person has it."""
    kind = NoticeKind(due.items[0]["kind"])
    card = correspondence.made(
        CardKind.NUDGE,
        bound(due.person),
        at=at,
        person_id=due.person.id,
        case_id=task.case_id,
        face=Face(kind.value),
    )
    card.task_id = task.id
    return correspondence.notice(kind, due.person, at=at, priority=Priority.CARD, card=card)


def _midnight(records: Records) -> datetime:
    """Return when the present day began on the office's clock."""
    zone = records.calendar.zone
    return datetime.combine(records.at.astimezone(zone).date(), time(), zone)
