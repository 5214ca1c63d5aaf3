"""All that is kept of one person: what the law lets them have a copy of, and what was processed of them.

Every row of every table that names the person, their NIP, or their Telegram account is part of it; so is each entry of
the journal that they made or that names them. A new table that names people is part of it without a line here, where
its column is a foreign key. `tests/models/upkeep/test_dossier.py` holds every column that may name somebody against it.

Words in which others speak of themselves or of their own work are those people's data: why they are away, why they were
late, want more time or hand a task on, and what a superior says of their work. They are withheld (UU 27/2022 pasal 33
huruf b) from a person who is named beside them for another reason, such as having reported the case. What was said and
decided about the report is the reporter's; the report itself is withheld from who only said how it was handled.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, Table, or_, select
from sqlalchemy.orm import Session

from models.base import Base
from models.case.attachment import Attachment, Keeping
from models.case.case import Case
from models.case.question import Question
from models.journal.chain import Chain, Entry, Payload
from models.office.person import Person
from models.office.proposal import AdminProposal
from models.rules.actions import Action

_ACCOUNTS = ("telegram_id", "account_id", "claimed_by", "chat_id", "lane")
"""The columns in which a table names a Telegram account, a private chat, or both."""

_NIP = "nip"
"""The column in which a table names a NIP."""

_COUNTED = {"tallies": ("person_id", "decider_id"), "durations": ("person_id", "decider_id")}
"""Columns that name people without a foreign key, because 0 stands there for everybody."""

_NAMING = ("person", "assignee", "stands_for", "away", "agreed")
"""The keys of payloads under which the number of a person stands."""

_HEARING = ("to", "later", "fellows")
"""The keys of payloads under which the numbers of people stand who were told of something, or whose data left."""

_TOLD_OF = ("stock", "state")
"""The actions of entries that tell rows, and so name a person by the number of their row."""

_OF_OTHERS = frozenset({"content_copies", "bot_accounts", "printed_files"})
"""Tables whose accounts are those of the bot."""


_OF_THEMSELVES: Mapping[str, str] = {
    Action.EXPLAIN: "text",
    Action.EXTEND: "text",
    Action.DENY: "text",
    Action.TRANSFER: "text",
    Action.APPRAISE: "well",
}
"""The entries of a case in which officials speak of themselves or of each other's work, and the field that says it."""

_OWNERS: Mapping[str, Mapping[str, Sequence[str]]] = {
    "absences": {"reason": ("person_id",)},
    "tasks": {"late_reason": ("late_reason_by_id", "decided_by_id", "assignee_id")},
    "cases": {"well": ("appraised_by_id",)} | dict.fromkeys(("text", "origin"), ("reporter_id",)),
}
"""The columns that are the data of the people whom these columns name, and of nobody else whom their row names."""

WITHHELD = "withheld"
"""The key under which stands what was left out of a row or of an entry as the data of somebody else."""


@dataclass(frozen=True, slots=True)
class Processed:
    """One thing that was done with data of a person: when, in which chain, what, by whom, in which capacity.

    `by_themselves` tells whether the person did it.
    """

    at: datetime
    subject: str
    action: str
    capacity: str
    by_themselves: bool


def rows_of(session: Session, person: Person) -> dict[str, list[dict[str, Any]]]:
    """Return every row that names `person` or their account, by the name of the table."""
    found = {table.name: _rows(session, table, person) for table in Base.metadata.sorted_tables}
    cases = select(Case.id).where(Case.reporter_id == person.id)
    answered = Base.metadata.tables[Question.__tablename__]
    answers = session.execute(select(answered).where(answered.c.case_id.in_(cases))).mappings()
    found[answered.name] = _once([*found[answered.name], *(_plain(row) for row in answers)])
    # A Plh. is proposed for somebody who is away: they are named in what the proposal says.
    proposed = Base.metadata.tables[AdminProposal.__tablename__]
    named = session.execute(select(proposed).where(proposed.c.data["away"].as_integer() == person.id)).mappings()
    found[proposed.name] = _once([*found[proposed.name], *(_plain(row) for row in named)])
    return {name: rows for name, rows in found.items() if rows}


def _rows(session: Session, table: Table, person: Person) -> list[dict[str, Any]]:
    named = _named(table, person)
    if not named:
        return []
    found = session.execute(select(table).where(or_(*named))).mappings()
    return [_without_others(table.name, _plain(row), person) for row in found]


def _without_others(table: str, row: dict[str, Any], person: Person) -> dict[str, Any]:
    """Return a row without what in it is the data of somebody else."""
    theirs = [
        column
        for column, owners in _OWNERS.get(table, {}).items()
        if row[column] not in (None, "", {}) and person.id not in (row[owner] for owner in owners)
    ]
    return row | dict.fromkeys(theirs) | {WITHHELD: theirs} if theirs else row


def _named(table: Table, person: Person) -> list[ColumnElement[bool]]:
    """Return the conditions under each of which a row of `table` names `person`."""
    if table.name == Person.__tablename__:
        # The row of somebody else is not theirs, though it names who took that account: the journal tells of it.
        return [table.c.id == person.id]
    named = [
        column == person.id
        for column in table.columns
        if any(key.target_fullname == "people.id" for key in column.foreign_keys)
    ]
    named += [table.c[name] == person.id for name in _COUNTED.get(table.name, ())]
    if _NIP in table.columns:
        named.append(table.c[_NIP] == person.nip)
    if person.account_id is not None and table.name not in _OF_OTHERS:
        named += [table.c[name] == person.account_id for name in _ACCOUNTS if name in table.columns]
    return named


def journal_of(session: Session, person: Person) -> Iterator[dict[str, Any]]:
    """Yield the entries of all chains that `person` made or that name them, in the order of the chains."""
    for subject, entry, body in _entries(session, person):
        yield {
            "chain": subject,
            "sequence": entry.sequence,
            "at": entry.at.isoformat(),
            "actor_id": entry.actor_id,
            "capacity": entry.capacity,
            "action": entry.action,
            "payload": body,
        }


def processed(session: Session, person: Person) -> list[Processed]:
    """Return what was processed for `person`, from the chains, the oldest first."""
    found = [
        Processed(entry.at, subject, entry.action, entry.capacity, entry.actor_id == person.id)
        for subject, entry, _ in _entries(session, person)
    ]
    return sorted(found, key=lambda one: one.at)


def kept_files(session: Session, person: Person) -> Sequence[str]:
    """Return the digests of the files that `person` sent and that the archive keeps."""
    theirs = Attachment.added_by_id == person.id, Attachment.keeping == Keeping.KEPT, Attachment.content.is_not(None)
    digests = select(Attachment.content).where(*theirs).distinct().order_by(Attachment.content)
    return [digest for digest in session.scalars(digests) if digest is not None]


def _entries(session: Session, person: Person) -> Iterator[tuple[str, Entry, dict[str, Any]]]:
    reported = select(Case.chain_id).where(Case.reporter_id == person.id)
    own = set(session.scalars(reported))
    rows = session.execute(
        select(Chain.subject, Entry, Payload.body)
        .join(Entry, Entry.chain_id == Chain.id)
        .outerjoin(Payload, (Payload.chain_id == Entry.chain_id) & (Payload.sequence == Entry.sequence))
        .order_by(Entry.chain_id, Entry.sequence),
        execution_options={"yield_per": 500},
    )
    for subject, entry, body in rows:
        said = body or {}
        if entry.actor_id == person.id or _names(entry.action, said, person.id):
            yield subject, entry, said
        elif entry.chain_id in own:
            yield subject, entry, _said_to_reporter(entry.action, said)


def _said_to_reporter(action: str, body: dict[str, Any]) -> dict[str, Any]:
    """Return what an entry says, without words in which an official speaks of themselves or of another's work."""
    field = _OF_THEMSELVES.get(action)
    if field is None or field not in body:
        return body
    return {key: value for key, value in body.items() if key != field} | {WITHHELD: [field]}


def _names(action: str, body: dict[str, Any], person_id: int) -> bool:
    if any(body.get(key) == person_id for key in _NAMING):
        return True
    if any(isinstance(body.get(key), list) and person_id in body[key] for key in _HEARING):
        return True
    opened, copies = body.get("opened"), body.get("copies")
    if isinstance(opened, dict) and opened.get("assignee") == person_id:
        return True
    if isinstance(copies, list) and any(one.get("person") == person_id for one in copies):
        return True
    return action in _TOLD_OF and any(
        _tells_of(table, key, columns, person_id) for table, key, columns in body.get("rows", ())
    )


def _tells_of(table: str, key: list[Any], columns: dict[str, Any] | None, person_id: int) -> bool:
    """Whether a row that an entry tells is that of a person, or names them."""
    if table == Person.__tablename__:
        return key == [person_id]
    known = Base.metadata.tables.get(table)
    if known is None or columns is None:
        return False
    naming = [one.name for one in known.columns if any(to.target_fullname == "people.id" for to in one.foreign_keys)]
    return any(columns.get(name) == person_id for name in naming)


def _once(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return list({repr(row): row for row in rows}.values())


def _plain(row: Any) -> dict[str, Any]:  # noqa: ANN401 - a mapping of the database
    return {str(name): _value(value) for name, value in row.items()}


def _value(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value.hex() if isinstance(value, bytes) else value
