"""Keeping the document of a case in step with its words: in the transaction that writes them, whatever writes them.

As the rows that say who may act (`telling.py`), what a piece of work has changed is noted at each flush and written at
the end of its transaction, in one statement for all. What it adds is appended: what was said stays said. Where words
are erased, the document is written again from the rows that are left (`rewrite`).
"""

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Any
from weakref import ReferenceType, ref

from sqlalchemy import bindparam, case, event, insert, inspect, select, text, update
from sqlalchemy.orm import InstanceState, Session, SessionTransaction
from sqlalchemy.orm.attributes import instance_state

from models.base import Base
from models.case.case import Case
from models.case.consultation import Consultation
from models.case.copy import Copy
from models.case.evaluation import Evaluation, Part
from models.case.extension import ExtensionRequest
from models.case.question import Question, Remark
from models.case.task import Task
from models.repository.already_read import already_read
from models.search import terms
from models.search.document import MOST, OPTIMIZE, SECURE_DELETE, TERMS, SearchDocument, read
from models.search.terms import Row

_KEY = "indexing"

_SINCE_SECURE_DELETE = (3, 42)
"""The first SQLite whose FTS5 can take words out of its index at once."""


@dataclass(frozen=True, slots=True)
class _Source:
    """What has words of a case: its terms, and the columns that they are made of."""

    terms: Callable[[Row], set[str]]
    columns: frozenset[str]


_SOURCES: Mapping[type[Base], _Source] = {
    Task: _Source(terms.of_task, frozenset({"note", "late_reason", "instructions", "assignee_id", "decided_by_id"})),
    Evaluation: _Source(terms.of_evaluation, frozenset({"submitted_at", *(part.value for part in Part)})),
    Question: _Source(terms.of_question, frozenset({"text", "answer"})),
    Remark: _Source(terms.of_remark, frozenset({"text"})),
    ExtensionRequest: _Source(terms.of_extension, frozenset({"text", "note"})),
    Consultation: _Source(terms.of_consultation, frozenset({"text", "answer"})),
    Copy: _Source(terms.of_copy, frozenset({"person_id", "post"})),
}
"""The rows beside the case itself whose words and people are looked for."""

_OF_CASE = frozenset({"text", "number", "reporter_id", "confidential", "state"})

_COLUMNS: Mapping[type[Base], frozenset[str]] = {
    Case: _OF_CASE,
    **{entity: source.columns for entity, source in _SOURCES.items()},
}
"""The columns of which the terms of a case are made."""

_INSERTED = insert(SearchDocument)
_APPENDED = (
    update(SearchDocument)
    .where(SearchDocument.case_id == bindparam("of_case"))
    .values(
        terms=case(
            (SearchDocument.size < MOST, SearchDocument.terms.concat(bindparam("more", type_=TERMS))),
            else_=SearchDocument.terms.concat(bindparam("unworded", type_=TERMS)),
        ),
        size=SearchDocument.size + bindparam("count"),
    )
)
_WRITTEN_AGAIN = (
    update(SearchDocument)
    .where(SearchDocument.case_id == bindparam("of_case"))
    .values(terms=bindparam("whole", type_=TERMS), size=bindparam("count"))
)


@dataclass(slots=True)
class _Indexing:
    """What one session is to index at the end of `transaction`, by its identity; `begun` are the cases that are new.

    `erased` says that words were taken out.
    """

    zone: tzinfo
    transaction: ReferenceType[SessionTransaction] | None = None
    changed: dict[int, Base] = field(default_factory=dict)
    begun: set[int] = field(default_factory=set)
    erased: bool = False


def index_changes(session: Session, zone: tzinfo) -> None:
    """Let the words that this session writes be found from the end of its transaction on; `zone` is the office's."""
    known = session.info.get(_KEY)
    if isinstance(known, _Indexing):
        known.zone = zone
        return
    session.info[_KEY] = _Indexing(zone)
    event.listen(session, "before_flush", _notice)
    event.listen(session, "before_commit", _write)


def rewrite(session: Session, case_id: int, zone: tzinfo) -> None:
    """Write the document of a case again, from what its rows say after words were erased from them.

    The case must be locked. At the end of the transaction nothing of the words is left in SQLite's index, which would
    otherwise keep them until it merges its parts; PostgreSQL lets go of them as of any row, with its next vacuum.
    """
    session.flush()
    if _is_sqlite(session) and sqlite3.sqlite_version_info >= _SINCE_SECURE_DELETE:
        session.execute(text(SECURE_DELETE))
    write_again(session, case_id, zone)
    indexing = session.info.get(_KEY)
    if isinstance(indexing, _Indexing):
        indexing.erased = True


def write_again(session: Session, case_id: int, zone: tzinfo) -> None:
    """Write the document of a case again, which must be locked: it was over and goes on, and a term said so."""
    session.flush()
    found = documents_of(session, [case_id], zone)[case_id]
    again = _as_row(case_id, found, key="of_case", terms_as="whole", size_as="count")
    session.connection().execute(_WRITTEN_AGAIN, again)


def write_without(session: Session, case_id: int, zone: tzinfo) -> None:
    """Write the document of a case again, which must be locked: other words have taken the place of some of its words.

    A person keeps the part that they had in it.
    """
    session.flush()
    kept = session.scalar(select(SearchDocument.terms).where(SearchDocument.case_id == case_id)) or ""
    parts = {term for term in read(kept) if term.startswith((terms.TOOK_PART, terms.AT_POST))}
    found = documents_of(session, [case_id], zone)[case_id] | parts
    again = _as_row(case_id, found, key="of_case", terms_as="whole", size_as="count")
    session.connection().execute(_WRITTEN_AGAIN, again)


def index_older(session: Session, zone: tzinfo, case_ids: Sequence[int]) -> None:
    """Write the documents of cases that have none, which must be locked."""
    documents = documents_of(session, case_ids, zone)
    session.connection().execute(_INSERTED, [_as_row(one, found) for one, found in documents.items()])


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"


def documents_of(session: Session, case_ids: Sequence[int], zone: tzinfo) -> dict[int, set[str]]:
    """Return the terms of some cases, by the number of the row."""
    found = defaultdict[int, set[str]](set)
    cases = Base.metadata.tables[Case.__tablename__]
    for row in session.execute(select(cases).where(cases.c.id.in_(case_ids))).mappings():
        found[row["id"]] |= terms.of_case(_named(row), zone)
    for entity, source in _SOURCES.items():
        table = Base.metadata.tables[entity.__tablename__]
        for row in session.execute(select(table).where(table.c.case_id.in_(list(found)))).mappings():
            found[row["case_id"]] |= source.terms(_named(row))
    return dict(found)


def _named(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {str(name): value for name, value in row.items()}


def _notice(session: Session, *_: object) -> None:
    """Note what is about to be written that has words or people of a case."""
    indexing: _Indexing = session.info[_KEY]
    transaction = session.get_transaction()
    if indexing.transaction is None or indexing.transaction() is not transaction:
        # A weak reference: the session must not keep itself alive.
        indexing.transaction = ref(transaction) if transaction is not None else None
        indexing.changed, indexing.begun, indexing.erased = {}, set(), False
    for one in (*session.new, *session.dirty):
        columns = _COLUMNS.get(type(one))
        if columns is not None and _concerns(one, columns):
            indexing.changed[id(one)] = one
            if isinstance(one, Case) and not inspect(one).persistent:
                indexing.begun.add(id(one))


def _concerns(one: Base, columns: frozenset[str]) -> bool:
    """Whether one of these columns is about to be written."""
    state = instance_state(one)
    if not state.persistent:
        return True
    touched = columns & state.committed_state.keys()
    return any(state.attrs[name].history.has_changes() for name in touched)


def _write(session: Session) -> None:
    """Write at the end of the transaction what it has changed: a new case gets its document, others more terms."""
    indexing: _Indexing = session.info[_KEY]
    if session.in_nested_transaction():
        return
    session.flush()
    changed, indexing.changed = list(indexing.changed.values()), {}
    found = _found(changed, indexing.zone)
    for known in already_read(session).cases:
        if known.id in found:
            found[known.id] -= _said_before(known, changed)
    begun = {one.id for one in changed if isinstance(one, Case) and id(one) in indexing.begun and one.id in found}
    fresh = [_as_row(one, found[one]) for one in sorted(begun)]
    more = [
        _as_row(one, some, key="of_case", terms_as="more", size_as="count") | {"unworded": _joined(_unworded(some))}
        for one, some in sorted(found.items())
        if some and one not in begun
    ]
    if fresh:
        session.connection().execute(_INSERTED, fresh)
    if more:
        session.connection().execute(_APPENDED, more)
    erased, indexing.erased = indexing.erased, False
    if erased and _is_sqlite(session) and sqlite3.sqlite_version_info < _SINCE_SECURE_DELETE:
        session.execute(text(OPTIMIZE))


def _said_before(known: Case, changed: Sequence[Base]) -> set[str]:
    """Return what the document of a case has of the people of those of its tasks that were not changed.

    The same few people forward a case and pass it on: their part in it is written once.
    """
    said = set[str]()
    for task in known.tasks:
        if task not in changed:
            said |= terms.of_people(task.__dict__)
    return said


def _found(changed: Iterable[Base], zone: tzinfo) -> dict[int, set[str]]:
    """Return the terms of what was changed, by the number of its case."""
    found = defaultdict[int, set[str]](set)
    for one in changed:
        state: InstanceState[Any] = inspect(one)
        if not state.persistent:
            # It was undone before it was kept.
            continue
        row = {attribute.key: getattr(one, attribute.key) for attribute in state.mapper.column_attrs}
        if isinstance(one, Case):
            found[one.id] |= terms.of_case(row, zone)
        else:
            found[row["case_id"]] |= _SOURCES[type(one)].terms(row)
    return found


def _as_row(
    case_id: int, found: set[str], *, key: str = "case_id", terms_as: str = "terms", size_as: str = "size"
) -> dict[str, Any]:
    # What is no word comes first, so that it is kept where there are too many words.
    some = sorted(found)
    if len(some) > MOST:
        some = sorted(some, key=_is_word)[:MOST]
    return {key: case_id, terms_as: _joined(some), size_as: len(some)}


def _is_word(term: str) -> bool:
    return term.startswith(terms.WORDS)


def _unworded(found: Iterable[str]) -> list[str]:
    return sorted(term for term in found if not _is_word(term))


def _joined(some: Iterable[str]) -> str:
    # A blank in front keeps what is appended apart from what is there; PostgreSQL reads over it.
    return "".join(f" {term}" for term in some)
