"""What screens need to find: what waits for a person, which cases they may see, what became of a case.

Every function takes the records of one transaction, or its session, and returns plain values.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, exists, false, func, or_, select
from sqlalchemy.orm import Session, joinedload

from models.case.case import Case, CaseState
from models.case.draft import Classification
from models.case.proceeding import Proceeding
from models.case.sop_version import SopVersion
from models.case.task import Attachment, Outcome, Task
from models.journal.chain import Entry, Payload
from models.mail.card import Card, CardKind, InboxState, InboxUpdate, Notice, NoticeState
from models.office.office import Office, Person
from models.repository.records import Records, Register

_TYPED = re.compile(r"(?:(?P<prefix>[A-Z]{2,5})[-/. ]*)?(?:(?P<year>[0-9]{4})[-/. ]+)?(?P<serial>[0-9]{1,9})")

_CANDIDATES = 50
"""Cases with the same serial that are looked through: one a year for each SOP."""

_LATEST = 50
"""Entries of a journal among which a refusal is looked for."""

_LATELY = timedelta(minutes=1)

_CHATS = 100
"""Chats looked at to find the one that waits for longest; those after them wait for less, unless all are served."""

_NEAR = 1000
"""Notices before the next one of a chat among which the last one that it got is looked for."""

_NEXT_OF_CHATS = (
    select(Notice.chat_id, func.min(Notice.id), func.min(Notice.owed_at))
    .where(Notice.state == NoticeState.OWED)
    .group_by(Notice.chat_id)
    .order_by(func.min(Notice.owed_at))
    .limit(_CHATS)
)
_LAST_SERVED = select(func.max(Notice.settled_at)).where(
    Notice.id >= bindparam("near"), Notice.id < bindparam("first"), Notice.chat_id == bindparam("chat")
)


class Sight(StrEnum):
    """How much of a case somebody may see: nothing, where it stands, their own report, or all that was said."""

    NOTHING = "nothing"
    POSITION = "position"
    OWN = "own"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Waiting:
    """An open task in a list. `subject` is empty where the case is confidential.

    `mine` tells whether the person who looks may decide it.
    """

    task_id: int
    case_id: int
    number: str
    subject: str
    post: str
    due_at: datetime
    mine: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """A case in a list. `subject` is empty where the case is confidential and not the person's own report."""

    case_id: int
    number: str
    subject: str
    state: CaseState
    own: bool


@dataclass(frozen=True, slots=True)
class Backlog:
    """How much waits, and since when the longest wait lasts; None where nothing waits."""

    count: int
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of a case's journal. `actor` is a name, "" for the program; `capacity` such as `plh:kadiv`.

    `body` is what the entry says, empty once erased. `closed` is the task that the entry closed.
    """

    at: datetime
    actor: str
    capacity: str
    action: str
    body: dict[str, Any]
    closed: Task | None


def queue(records: Records, person: Person) -> list[Waiting]:
    """Return the open tasks that wait for `person`, the earliest deadline first."""
    posts = records.office.posts_of(person)
    found = _open_tasks(records, person, Task.post.in_(posts))
    return [waiting for waiting in found if waiting.mine]


def waiting(records: Records, person: Person, task_ids: Iterable[int]) -> list[Waiting]:
    """Return those of the tasks that are still open, the earliest deadline first, as `person` may see them."""
    return _open_tasks(records, person, Task.id.in_(list(task_ids)))


def _open_tasks(records: Records, person: Person, condition: ColumnElement[bool]) -> list[Waiting]:
    statement = (
        select(Task, Case)
        .join(Case, Case.id == Task.case_id)
        .where(Task.closed_at.is_(None), Case.state == CaseState.OPEN, condition)
        .order_by(Task.due_at, Task.id)
    )
    return [
        Waiting(
            task_id=task.id,
            case_id=case.id,
            number=case.number,
            subject="" if case.classification == Classification.CONFIDENTIAL else case.subject,
            post=task.post,
            due_at=task.due_at,
            mine=person.id in {one.id for one in task.deciders(records.office)},
        )
        for task, case in records.session.execute(statement)
    ]


def sight(proceeding: Proceeding, person: Person) -> Sight:
    """Return how much of the case `person` may see.

    Whoever holds its open task, was given or decided one of its tasks sees everything; the reporter their own report;
    watchers, admins and the superiors of whoever holds it see everything but what is confidential.
    """
    case, office = proceeding.case, proceeding.office
    holding = proceeding.holders(case.open_task) if case.open_task else []
    if person.id in {one.id for one in holding}:
        return Sight.WHOLE
    if any(person.id in (task.decided_by_id, task.assignee_id) for task in case.tasks):
        return Sight.WHOLE
    superiors = office.superiors(case.open_task.post) if case.open_task else []
    overseeing = _is_admin(office, person) or person.id in {one.id for one in (*office.watchers(), *superiors)}
    confidential = case.classification == Classification.CONFIDENTIAL
    if overseeing and not confidential:
        return Sight.WHOLE
    if person.id == case.reporter_id:
        return Sight.OWN
    return Sight.POSITION if overseeing else Sight.NOTHING


def _is_admin(office: Office, person: Person) -> bool:
    """Whether `person` is an admin; who was one when they were read is looked at again, now that the office is held."""
    return person.is_admin and person.id in {one.id for one in office.admins}


def visible(records: Records, person: Person, *, limit: int) -> list[Listed]:
    """Return the cases `person` may look at: their own reports and what they had a hand in, the open ones first.

    Watchers and admins see every open case besides. At most `limit` are returned, the newest of each kind first.
    """
    office = records.office
    overseeing = _is_admin(office, person) or person.id in {one.id for one in office.watchers()}
    own, is_open = Case.reporter_id == person.id, Case.state == CaseState.OPEN
    decided, given = Task.decided_by_id == person.id, Task.assignee_id == person.id
    at_hand = and_(Task.closed_at.is_(None), or_(false(), *_at_hand(office, person)))
    involved = exists().where(Task.case_id == Case.id, or_(decided, given, at_hand))
    # The newest of each kind, which an index finds however many there are. What is among the first of all is also
    # among the first of its kind.
    kinds = [
        (Case.id, own),
        # By the index of what is open, which is little: that of a person would lead through all they ever reported.
        (Case.id, and_(Case.reporter_id + 0 == person.id, is_open)),
        (Case.id, is_open if overseeing else and_(is_open, involved)),
        (Task.case_id, decided),
        (Task.case_id, given),
    ]
    newest = {
        case_id
        for number, condition in kinds
        for case_id in records.session.scalars(
            select(number).where(condition).distinct().order_by(number.desc()).limit(limit)
        )
    }
    statement = (
        select(Case).where(Case.id.in_(newest)).order_by(is_open.desc(), own.desc(), Case.id.desc()).limit(limit)
    )
    return [
        Listed(
            case_id=case.id,
            number=case.number,
            subject=case.subject
            if case.reporter_id == person.id or case.classification != Classification.CONFIDENTIAL
            else "",
            state=CaseState(case.state),
            own=case.reporter_id == person.id,
        )
        for case in records.session.scalars(statement)
    ]


def _at_hand(office: Office, person: Person) -> Iterator[ColumnElement[bool]]:
    """Go through the posts of `person`: which open tasks of each its holders may decide, and not one of them alone."""
    for post in office.posts_of(person):
        able = [holder.id for holder in office.holders(post) if holder.telegram_id is not None]
        yield and_(Task.post == post, or_(Task.assignee_id.is_(None), Task.assignee_id.not_in(able)))


def numbers_like(records: Records, typed: str) -> list[str]:
    """Return the case numbers that `typed` may mean, the newest first; none when it is no number at all.

    `typed` is what a person wrote: `SW-2026-0147`, `sw 2026 147`, `sw 147`, `0147`, `147`.
    """
    match = _TYPED.fullmatch(typed.strip().upper())
    if match is None:
        return []
    serial = int(match["serial"])
    # Every number was given out from a register, so all that may be meant can be named, and found by their index.
    registers = select(Register.prefix, Register.year).where(Register.last >= serial)
    meant = [
        f"{prefix}-{year}-{serial:04d}"
        for prefix, year in records.session.execute(registers)
        if match["prefix"] in {None, prefix} and match["year"] in {None, str(year)}
    ]
    found = select(Case.number).where(Case.number.in_(meant)).order_by(Case.id.desc()).limit(_CANDIDATES)
    return list(records.session.scalars(found))


def timeline(records: Records, case: Case) -> list[Event]:
    """Return the journal of `case` in its order, with the names of who acted."""
    statement = select(Entry).where(Entry.chain_id == case.chain_id).order_by(Entry.sequence)
    entries = list(records.session.scalars(statement.options(joinedload(Entry.payload))))
    names = _names(records, {entry.actor_id for entry in entries if entry.actor_id is not None})
    closed: dict[tuple[Any, Any, datetime], Task] = {
        (task.step, task.round, task.closed_at): task for task in case.tasks if task.closed_at
    }
    events = []
    for entry in entries:
        body = (entry.payload.body if entry.payload else None) or {}
        step, round_number = body.get("step"), body.get("round")
        ended = closed.get((step, round_number, entry.at)) if "outcome" in body else None
        events.append(Event(entry.at, names.get(entry.actor_id or 0, ""), entry.capacity, entry.action, body, ended))
    return events


def _names(records: Records, people: set[int]) -> dict[int, str]:
    found = records.session.execute(select(Person.id, Person.name).where(Person.id.in_(people)))
    return dict(found.all())


def active_counts(records: Records, post: str) -> dict[int, int]:
    """Return how many open tasks of `post` each person who was given one has, by the person's number."""
    statement = (
        select(Task.assignee_id, func.count())
        .where(Task.closed_at.is_(None), Task.post == post, Task.assignee_id.is_not(None))
        .group_by(Task.assignee_id)
    )
    return {person_id: count for person_id, count in records.session.execute(statement) if person_id}


def attachments(records: Records, case_id: int, *, added_by: int | None = None) -> Sequence[Attachment]:
    """Return the files of a case in the order they were added; only those of one person where `added_by` is given."""
    statement = select(Attachment).where(Attachment.case_id == case_id).order_by(Attachment.id)
    if added_by is not None:
        statement = statement.where(Attachment.added_by_id == added_by)
    return records.session.scalars(statement).all()


def evaluation_files(records: Records, case_id: int, revision: int | None = None) -> int:
    """Return how many files belong to the Laporan Evaluasi, or to one revision of it."""
    wanted = Attachment.revision.is_not(None) if revision is None else Attachment.revision == revision
    statement = select(func.count()).select_from(Attachment).where(Attachment.case_id == case_id, wanted)
    return records.session.scalar(statement) or 0


def last_correction(case: Case) -> Task | None:
    """Return the task whose return began the round that `case` is in, None in the first."""
    returned = [task for task in case.tasks if task.outcome == Outcome.RETURNED and task.round == case.round - 1]
    return returned[-1] if returned else None


def shown_cards(
    records: Records, chat_id: int, kind: CardKind, *, mode: str | None = None, case_id: int | None = None
) -> list[Card]:
    """Return the living cards of one kind in a chat, of one mode and about one case where these are given."""
    statement = select(Card).where(Card.chat_id == chat_id, Card.kind == kind, Card.live)
    if mode is not None:
        statement = statement.where(Card.mode == mode)
    if case_id is not None:
        statement = statement.where(Card.case_id == case_id)
    return list(records.session.scalars(statement.order_by(Card.id)))


def open_versions(records: Records) -> list[SopVersion]:
    """Return the versions of SOPs under which cases are open, the oldest first."""
    used = select(Case.sop_version_id).where(Case.state == CaseState.OPEN)
    return list(records.session.scalars(select(SopVersion).where(SopVersion.id.in_(used)).order_by(SopVersion.id)))


def waiting_posts(records: Records) -> dict[str, list[str]]:
    """Return the posts at which cases wait, each with the numbers of these cases."""
    found = select(Task.post, Case.number).join(Case, Case.id == Task.case_id).where(Task.closed_at.is_(None))
    posts: dict[str, list[str]] = {}
    for post, number in records.session.execute(found.order_by(Case.id)):
        posts.setdefault(post, []).append(number)
    return posts


def refused_lately(records: Records, case: Case, *, refusal: str, action: str, by: Person) -> bool:
    """Whether the journal tells that the same was asked for by `by`, and refused for the same reason, within a minute.

    Only the latest entries are looked at: much that happened in between makes it news.
    """
    found = (
        select(Payload.body)
        .join(Entry, and_(Entry.chain_id == Payload.chain_id, Entry.sequence == Payload.sequence))
        .where(
            Entry.chain_id == case.chain.id,
            Entry.sequence > case.chain.length - _LATEST,
            Entry.action == "refuse",
            Entry.actor_id == by.id,
            Entry.at > records.at - _LATELY,
        )
    )
    told = ((body.get("asked"), body.get("refusal")) for body in records.session.scalars(found) if body is not None)
    return (action, refusal) in told


def oldest_waiting_update(session: Session) -> Backlog:
    """Return the updates that are not handled yet."""
    found = select(func.count(), func.min(InboxUpdate.received_at)).where(InboxUpdate.state == InboxState.WAITING)
    return Backlog(*session.execute(found).one())


def oldest_owed_notice(session: Session) -> Backlog:
    """Return the notices that are not delivered yet, and since when the chat has got nothing that waits for longest.

    A chat that got something since its next notice was owed waits from then on: at Telegram's pace one chat alone may
    be owed much for long. Looked at are the chats to which something is owed for longest.
    """
    count = session.scalar(select(func.count(Notice.id)).where(Notice.state == NoticeState.OWED)) or 0
    since: datetime | None = None
    for chat_id, first, owed_at in session.execute(_NEXT_OF_CHATS).all():
        if since is not None and owed_at >= since:
            break
        served = session.scalar(_LAST_SERVED, {"chat": chat_id, "first": first, "near": first - _NEAR})
        waits = max(owed_at, served or owed_at)
        since = waits if since is None else min(since, waits)
    return Backlog(count, since)
