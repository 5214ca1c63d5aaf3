"""What happened in a case, as its journal has it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import joinedload

from models.case.case import Case, CaseState
from models.case.task import Task
from models.journal.chain import Entry, Payload
from models.journal.personal import legible
from models.office.person import Person
from models.repository.reader import Reader
from models.rules.actions import Outcome

_LATEST = 50
"""Entries of a journal among which a refusal is looked for."""


_TELLING = frozenset({"chase", "overrun", "remind-late"})
"""The actions of the entries that say who was told of a delay."""

_LATELY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of a case's journal. `actor` is a name, "" for the program; `capacity` such as `plh:kadiv`.

    `actor_id` is the person's number, None for the program. `told` are the names of those whom a reminder told.
    `body` is what the entry says, without what was erased. `closed` is the task that the entry closed. `restricted`
    says that the words are not to be shown to others: their writer asked for it, and no open case needs them.
    """

    at: datetime
    actor_id: int | None
    actor: str
    capacity: str
    action: str
    body: dict[str, Any]
    closed: Task | None
    told: tuple[str, ...] = ()
    restricted: bool = False


def timeline(reader: Reader, case: Case) -> list[Event]:
    """Return the journal of `case` in its order, with the names of who acted."""
    statement = select(Entry).where(Entry.chain_id == case.chain_id).order_by(Entry.sequence)
    entries = list(reader.session.scalars(statement.options(joinedload(Entry.payload))))
    people = {entry.actor_id for entry in entries if entry.actor_id is not None}
    names, restricted = _names(reader, people | {number for entry in entries for number in _told(entry)})
    restricted = restricted if case.state is not CaseState.OPEN else set()
    closed: dict[tuple[Any, Any, datetime], Task] = {
        (task.step, task.round, task.closed_at): task for task in case.tasks if task.closed_at
    }
    events = []
    for entry in entries:
        body = legible((entry.payload.body if entry.payload else None) or {})
        step, round_number = body.get("step"), body.get("round")
        ended = closed.get((step, round_number, entry.at)) if "outcome" in body else None
        actor = names.get(entry.actor_id or 0, "")
        told = tuple(names[number] for number in _told(entry) if number in names)
        hidden = entry.actor_id in restricted
        events.append(Event(entry.at, entry.actor_id, actor, entry.capacity, entry.action, body, ended, told, hidden))
    return events


def _told(entry: Entry) -> list[int]:
    """Return the numbers of the persons whom an entry says were told, now or with their next list."""
    body = legible((entry.payload.body if entry.payload else None) or {})
    if entry.action not in _TELLING:
        return []
    return [number for key in ("to", "later") for number in body.get(key, ()) if isinstance(number, int)]


def _names(reader: Reader, people: set[int]) -> tuple[dict[int, str], set[int]]:
    """Return what people are called, by their numbers, and which of them asked that their words be not shown."""
    found = reader.session.execute(select(Person.id, Person.name, Person.restricted_in).where(Person.id.in_(people)))
    rows = found.all()
    return {row.id: row.name for row in rows}, {row.id for row in rows if row.restricted_in is not None}


def last_correction(case: Case) -> Task | None:
    """Return the task whose return began the round that `case` is in, None in the first."""
    returned = [task for task in case.tasks if task.outcome == Outcome.RETURNED and task.round == case.round - 1]
    return returned[-1] if returned else None


def refused_lately(reader: Reader, case: Case, *, refusal: str, action: str, by: Person) -> bool:
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
            Entry.at > reader.at - _LATELY,
        )
    )
    refused = ((body.get("asked"), body.get("refusal")) for body in reader.session.scalars(found) if body is not None)
    return (action, refusal) in refused
