"""A record with ten years of an office in it: a fortnight that was written and counted, copied into those before it.

Cases, their tasks, the stretches of their time and the words they are found by are copied by SQL, each copy a fortnight
before the next; the words of each case are its own, and the times of each copy are some minutes longer than they were.
The sums of days are made of the stretches, as the program makes them. What figures, lists and searches do
not ask for is left out of the copies: journals, questions, cards. All that is open belongs to the last fortnight.
"""

import random
import sqlite3
import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    DateTime,
    Engine,
    Table,
    create_engine,
    delete,
    event,
    insert,
    select,
    text,
)
from sqlalchemy.orm import Session

from bot.rules import load_rules
from bot.settings import Settings
from bot.storage import migration
from models.case.task import Task
from models.office.person import Person
from models.office.tenure import Capacity, Tenure
from models.repository.records import Records
from models.rules.rules import Rules
from models.rules.urgency import Urgency
from models.search import terms
from models.search.document import SearchDocument
from models.statistics.counting import count_some
from models.statistics.days import tally_a_day
from models.statistics.tables import Duration, Tally, UntalliedDay
from models.tables import METADATA
from tests.benchmarks.decisions import REPORT, through_the_door
from tests.benchmarks.words import Vocabulary
from tests.models.bureau import Bureau
from tests.models.statistics.rows import Writer

FORTNIGHTS = 260
OPEN = 600
"""Cases that are open now: about two working days' worth of 100,000 a year."""

_FORTNIGHT = timedelta(weeks=2)

NOW = datetime(2027, 2, 4, 2, tzinfo=UTC)
"""Thursday 4 February 2027, 10.00 WITA: what was begun in the fortnight is over, but for what nobody decides."""

_COPIED = ("journal_chains", "cases", "tasks", "stretches")
_WORDS, _NOTE = 25, 12
"""Words of a report, and of the note at step 4."""

_NOTED = 4
_COUNTED_AT_ONCE = 2_000
_LONGER = 16
"""Minutes by which copies take longer, in turn."""


@dataclass(frozen=True, slots=True)
class Decade:
    """A filled record. `seconds` is what it took to fill, 0 where it was there already."""

    url: str
    rules: Rules
    words: Vocabulary
    cases: int
    seconds: float


def decade(url: str, *, cases: int, seed: int) -> Decade:
    """Fill a record with about so many cases; one that is filled already is taken as it is."""
    chosen, rules = random.Random(seed), load_rules(Settings.load(None))
    words = Vocabulary(chosen)
    engine, began = _hurried(url), time.monotonic()
    migration.upgrade(engine)
    with engine.connect() as connection:
        known = connection.scalar(text("SELECT count(*) FROM search_documents")) or 0
    if known:
        engine.dispose()
        return Decade(url, rules, words, known, 0)
    Bureau.founds(engine, rules)
    with Session(engine) as session, session.begin():
        Writer(session, rules, seed, days=_FORTNIGHT.days).writes(max(1, cases // FORTNIGHTS))
    while _counted(engine, rules):
        pass
    filled = _Filling(engine, chosen, words, rules).fills()
    _add_up(engine, rules)
    if engine.dialect.name == "postgresql":
        _number(engine)
    _appoint(engine)
    _begin_some(engine, rules, chosen)
    while _counted(engine, rules):
        pass
    if engine.dialect.name == "postgresql":
        _settle(engine)
    engine.dispose()
    return Decade(url, rules, words, filled, time.monotonic() - began)


def _hurried(url: str) -> Engine:
    """Return an engine that need not outlive a power cut."""
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "connect")
        def hurry(connection: sqlite3.Connection, _: object) -> None:
            for what in ("synchronous = OFF", "journal_mode = MEMORY", "cache_size = -1000000"):
                connection.execute(f"PRAGMA {what}")

    return engine


def _counted(engine: Engine, rules: Rules) -> int:
    with Session(engine) as session, session.begin():
        return count_some(Records(session, rules=rules, at=NOW), batch=_COUNTED_AT_ONCE)


class _Filling:
    """Gives the cases of the fortnight their words, and copies them into the fortnights before."""

    def __init__(self, engine: Engine, chosen: random.Random, words: Vocabulary, rules: Rules) -> None:
        self._engine, self._chosen, self._words = engine, chosen, words
        self._zone = rules.office.calendar.zone
        self._shared, self._inner = ({word: terms.of_words(kind, [word]) for word in words.words} for kind in "wn")
        with engine.connect() as connection:
            cases = METADATA.tables["cases"]
            self._cases = connection.execute(select(cases).order_by(cases.c.id)).mappings().all()
            self._parts = _parts(connection)
            self._apart = {name: _highest(connection, name) for name in _COPIED}

    def fills(self) -> int:
        """Return how many cases there are then."""
        filled = 0
        for fortnight in range(FORTNIGHTS):
            with self._engine.begin() as connection:
                said = [one for one in map(self._said, self._cases, [fortnight] * len(self._cases)) if one is not None]
                columns = "case_id BIGINT PRIMARY KEY, was BIGINT, number TEXT, words TEXT, note TEXT"
                connection.execute(text(f"CREATE TEMPORARY TABLE said ({columns})"))
                connection.execute(text("INSERT INTO said VALUES (:case_id, :was, :number, :words, :note)"), said)
                if fortnight:
                    for name in _COPIED:
                        self._copy(connection, METADATA.tables[name], fortnight)
                else:
                    _name(connection)
                connection.execute(
                    insert(SearchDocument),
                    [{"case_id": one["case_id"], "terms": one["terms"], "size": one["size"]} for one in said],
                )
                connection.execute(text("DROP TABLE said"))
            filled += len(said)
        return filled

    def _said(self, case: Mapping[Any, Any], fortnight: int) -> dict[str, Any] | None:
        """Return the words of a case in a fortnight, 0 for the last; None where it is open and not copied."""
        if fortnight and case["closed_at"] is None:
            return None
        case_id = case["id"] + fortnight * self._apart["cases"]
        opened = case["opened_at"] - self._back(fortnight)
        number = f"SW-{opened.year}-{case_id}"
        report, note = (self._words.some(self._chosen, number) for number in (_WORDS, _NOTE))
        found = terms.of_number(number) | {f"{terms.REPORTED_BY}{case['reporter_id']}"} | self._parts[case["id"]]
        found.add(terms.of_month(opened.astimezone(self._zone)))
        found.update(*map(self._shared.__getitem__, report), *map(self._inner.__getitem__, note))
        if case["confidential"]:
            found.add(terms.CONFIDENTIAL)
        if case["closed_at"] is not None:
            found.add(terms.OVER)
        said = {"case_id": case_id, "was": case["id"], "number": number, "words": " ".join(report)}
        return said | {"note": " ".join(note), "terms": "".join(f" {one}" for one in sorted(found)), "size": len(found)}

    def _back(self, fortnight: int) -> timedelta:
        """Return how far before the last fortnight a copy lies: the first copies are the oldest."""
        return _FORTNIGHT * ((FORTNIGHTS - fortnight) % FORTNIGHTS)

    def _copy(self, connection: Connection, table: Table, fortnight: int) -> None:
        columns = ", ".join(f'"{column.name}"' for column in table.columns)
        values = ", ".join(self._value(column, table, connection.dialect.name, fortnight) for column in table.columns)
        originals = f"FROM said {_ORIGINALS[table.name]} ORDER BY said.case_id"
        connection.execute(text(f'INSERT INTO "{table.name}" ({columns}) SELECT {values} {originals}'))

    def _value(self, column: Column[object], table: Table, dialect: str, fortnight: int) -> str:
        own = f'original."{column.name}"'
        target = (
            table.name
            if column.name == "id"
            else next((key.column.table.name for key in column.foreign_keys if key.column.name == "id"), "")
        )
        if target in self._apart:
            shifted = f"{own} + {fortnight * self._apart[target]}"
            # What is open is not copied, nor is that a report was joined to it.
            return shifted if column.name != "joined_to_id" else f"CASE WHEN {own} IN ({_CLOSED}) THEN {shifted} END"
        if isinstance(column.type, DateTime) or isinstance(getattr(column.type, "impl", None), DateTime):
            days = self._back(fortnight).days
            if dialect == "sqlite":
                return f"date(substr({own}, 1, 10), '-{days} days') || substr({own}, 11)"
            return f"{own} - interval '{days} days'"
        return _SAID.get((table.name, column.name), own).format(
            own=own, longer=60 * (fortnight % _LONGER), noted=_NOTED
        )


_ORIGINALS = {
    "journal_chains": (
        "JOIN cases ON cases.id = said.was JOIN journal_chains AS original ON original.id = cases.chain_id"
    ),
    "cases": "JOIN cases AS original ON original.id = said.was",
    "tasks": "JOIN tasks AS original ON original.case_id = said.was",
    "stretches": "JOIN tasks ON tasks.case_id = said.was JOIN stretches AS original ON original.task_id = tasks.id",
}
"""How the rows of the cases that are copied are found, each by an index."""

_CLOSED = "SELECT closed.was FROM said AS closed"
"""The numbers of the cases that are copied, as they are in the last fortnight."""

_SAID = {
    ("stretches", "used"): "CASE WHEN original.closing THEN {own} + {longer} ELSE {own} END",
    ("stretches", "stay_used"): "CASE WHEN original.closing THEN {own} + {longer} ELSE {own} END",
    ("cases", "number"): "said.number",
    ("journal_chains", "subject"): "'case:' || said.number",
    ("cases", "text"): "said.words",
    ("tasks", "note"): "CASE WHEN original.step = {noted} THEN said.note ELSE '' END",
}
"""What a copy has otherwise than the original, in SQL, by table and column."""


def _parts(connection: Connection) -> dict[int, set[str]]:
    """Return the terms of those who had a part in a case, by its number."""
    found = defaultdict[int, set[str]](set)
    people = select(Task.case_id, Task.post, Task.assignee_id, Task.decided_by_id)
    for case_id, post, assignee_id, decided_by_id in connection.execute(people):
        found[case_id].update(terms.of_part(assignee_id, post), terms.of_part(decided_by_id, post))
    return found


def _highest(connection: Connection, name: str) -> int:
    key = "task_id" if name == "stretches" else "id"
    return int(connection.scalar(text(f'SELECT max("{key}") FROM "{name}"')) or 0)


def _name(connection: Connection) -> None:
    """Give the cases of the fortnight their own numbers and words."""
    own = "SELECT {} FROM said WHERE said.case_id = {}"
    subject = "SELECT 'case:' || number FROM cases WHERE chain_id = journal_chains.id"
    changes = (
        f"UPDATE cases SET number = ({own.format('number', 'cases.id')}), text = ({own.format('words', 'cases.id')})",
        f"UPDATE tasks SET note = ({own.format('note', 'tasks.case_id')}) WHERE step = {_NOTED}",
        f"UPDATE journal_chains SET subject = ({subject}) WHERE id IN (SELECT chain_id FROM cases)",
    )
    for change in changes:
        connection.execute(text(change))


def _add_up(engine: Engine, rules: Rules) -> None:
    """Let all days of the record wait for their sums, and make these as the program does."""
    first = NOW.date() - _FORTNIGHT * (FORTNIGHTS + 1)
    days = (NOW.date() - first).days + 1
    with Session(engine) as session, session.begin():
        for entity in (Tally, Duration):
            session.execute(delete(entity))
        session.add_all(UntalliedDay(day=first + timedelta(days=number)) for number in range(days))
    made = True
    while made:
        with Session(engine) as session, session.begin():
            made = tally_a_day(Records(session, rules=rules, at=NOW))


def _appoint(engine: Engine) -> None:
    """Let somebody hold each post now, on whose changing hands the fortnight has ended."""
    with Session(engine) as session, session.begin():
        bureau = {name: number for number, name in enumerate(("budi", "dewi", "bambang", "siti", "hendra", "maria"), 1)}
        for post, name in (("kabag-p2l", "hendra"), ("kasubbag-humas", "maria")):
            session.add(Tenure(post=post, person_id=bureau[name], capacity=Capacity.DEFINITIVE, starts_at=NOW))


def _begin_some(engine: Engine, rules: Rules, chosen: random.Random) -> None:
    """Let what is open now be begun: cases with all that belongs to them, each some steps on its way."""
    for number in range(OPEN):
        with Session(engine) as session, session.begin():
            at = rules.office.calendar.opening(NOW - timedelta(hours=chosen.randint(1, 200)))
            records = Records(session, rules=rules, at=at)
            reporter = session.get_one(Person, chosen.choice((1, 2)))
            urgency = Urgency.URGENT if number % 10 == 0 else Urgency.ORDINARY
            begun = records.begin(replace(REPORT, urgency=urgency), reporter=reporter, sop=rules.usual_sop)
            session.flush()
            for _ in range(chosen.randint(0, 8)):
                proceeding = records.case(begun.case.id)
                if (task := proceeding.case.open_task) is None:
                    break
                through_the_door(records, proceeding, task)


def _number(engine: Engine) -> None:
    """Let PostgreSQL number what comes after rows that brought numbers of their own."""
    with engine.begin() as connection:
        for name, table in METADATA.tables.items():
            sequence = text("SELECT pg_get_serial_sequence(:name, 'id')")
            if "id" in table.columns and (found := connection.scalar(sequence, {"name": name})) is not None:
                last = f"SELECT setval('{found}', (SELECT max(id) FROM {name})) WHERE EXISTS (SELECT FROM {name})"
                connection.execute(text(last))


def _settle(engine: Engine) -> None:
    """Let PostgreSQL look at its tables, which it would do by itself in a while."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
