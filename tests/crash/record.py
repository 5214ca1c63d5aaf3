"""The database as it lies there, read with plain SQL by another program than ours: one snapshot, no mapping of ours."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import groupby
from typing import Any, Protocol

import psycopg
from psycopg import IsolationLevel
from psycopg.rows import dict_row
from sqlalchemy import create_engine, make_url

Row = Mapping[str, Any]

_DOCUMENTS = frozenset({"body", "instructions", "origin", "secrets"})
"""The columns that hold JSON, which SQLite keeps as text."""

_TRUTHS = frozenset({"live", "is_admin", "helped"})


class Rows(Protocol):
    """Runs one SELECT."""

    def __call__(self, statement: str) -> list[dict[str, Any]]: ...


class Record:
    """Every table that the invariants speak of. Instants are aware and in UTC, JSON is read."""

    def __init__(self, rows: Rows, damage: list[str]) -> None:
        self._rows = rows
        self.damage = damage
        """What the database's own check of itself found."""
        self.cases = self._table("cases", "id")
        self.tasks = self._table("tasks", "id")
        self.chases = self._table("chases", "task_id, ordinal")
        self.chains = self._table("journal_chains", "id")
        self.inbox = self._table("inbox", "update_id")
        self.outbox = self._table("outbox", "id")
        self.cards = self._table("cards", "id")
        self.people = self._table("people", "id")
        self.tenures = self._table("tenures", "id")
        self.registers = self._table("registers", "prefix, year")
        self.attachments = self._table("attachments", "id")
        self.evaluations = self._table("evaluations", "case_id, revision")
        buttons = self._rows("SELECT token, card_id, version, action, argument FROM buttons")
        self.card_of_token = {row["token"]: row for row in buttons}
        written = self._rows(
            "SELECT e.*, p.salt, p.body, p.secrets FROM journal_entries e LEFT JOIN journal_payloads p"
            " ON p.chain_id = e.chain_id AND p.sequence = e.sequence ORDER BY e.chain_id, e.sequence"
        )
        self.entries = {
            chain_id: [_read(one) for one in entries]
            for chain_id, entries in groupby(written, key=lambda one: one["chain_id"])
        }

    def _table(self, name: str, order: str) -> list[Row]:
        return [_read(one) for one in self._rows(f"SELECT * FROM {name} ORDER BY {order}")]

    @cached_property
    def person(self) -> dict[int, Row]:
        """People by their number."""
        return {one["id"]: one for one in self.people}

    @cached_property
    def case(self) -> dict[int, Row]:
        """Cases by their number in the database."""
        return {one["id"]: one for one in self.cases}

    @cached_property
    def tasks_of(self) -> dict[int, list[Row]]:
        """The tasks of each case, in the order in which they were opened."""
        found: dict[int, list[Row]] = {case["id"]: [] for case in self.cases}
        for task in self.tasks:
            found[task["case_id"]].append(task)
        return found

    @cached_property
    def evaluations_of(self) -> dict[int, list[Row]]:
        """The revisions of each case that has any, in their order."""
        return {case_id: list(found) for case_id, found in groupby(self.evaluations, key=lambda one: one["case_id"])}

    @cached_property
    def _bindings(self) -> list[Row]:
        """What the office's own chain tells of accounts that were taken and given back."""
        office = next((chain["id"] for chain in self.chains if chain["subject"] == "office"), None)
        return [one for one in self.entries.get(office or 0, []) if one["action"] in {"unbind", "register"}]

    def unbound(self, at: datetime) -> set[int]:
        """Return whose account was taken from them and not given back by `at`, as the office's own chain tells."""
        lost: set[int] = set()
        for entry in self._bindings:
            if entry["at"] > at:
                break
            if entry["action"] == "unbind":
                lost.add(entry["body"]["person"])
            else:
                lost.discard(entry["actor_id"])
        return lost

    def ended_after(self, tenure: Row, entries: int) -> bool:
        """Whether the office's own chain tells the end of a tenure, and does so after its first so many entries."""
        office = next((chain["id"] for chain in self.chains if chain["subject"] == "office"), 0)
        told = [
            entry["sequence"]
            for entry in self.entries.get(office, [])
            if entry["action"] == "state"
            for table, key, columns in entry["body"]["rows"]
            if table == "tenures" and key == [tenure["id"]] and columns and columns.get("ends_at")
        ]
        return bool(told) and min(told) > entries

    def holders(self, post: str, at: datetime) -> list[Row]:
        """Return the people who may act for `post` at `at`: of those who are away, who stands in for them."""
        lasting = [one for one in self.tenures if one["post"] == post and lasts(one, at)]
        away = {one["stands_for_id"] for one in lasting}
        return [self.person[one["person_id"]] for one in lasting if one["person_id"] not in away]


_MEETING = timedelta(seconds=1)
"""How much later than the end of a tenure a decision may be for which that end has waited.

A piece of work takes its instant before it waits for the office. Of two that meet on a server, the one that is carried
out second may bear the earlier instant; where the clock stands still, none does.
"""


def lasts(tenure: Row, at: datetime) -> bool:
    """Whether a tenure covers the instant `at`."""
    return bool(tenure["starts_at"] <= at and (tenure["ends_at"] is None or at < tenure["ends_at"]))


def waited_for(tenure: Row, at: datetime) -> bool:
    """Whether the end of a tenure may have waited for a decision of the instant `at`, and bears an earlier one."""
    ends_at = tenure["ends_at"]
    return bool(ends_at is not None and tenure["starts_at"] <= at and ends_at < at < ends_at + _MEETING)


def read(url: str) -> Record:
    """Read everything in one snapshot, and let the database check itself."""
    if url.startswith("sqlite"):
        with _sqlite(url) as (rows, damage):
            return Record(rows, damage)
    with _postgresql(url) as (rows, _):
        return Record(rows, _damaged_indexes(url))


@contextmanager
def _sqlite(url: str) -> Iterator[tuple[Rows, list[str]]]:
    path = make_url(url).database
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=30)) as connection:
        connection.row_factory = sqlite3.Row
        connection.execute("BEGIN")

        def rows(statement: str) -> list[dict[str, Any]]:
            return [dict(one) for one in connection.execute(statement)]

        damage = [one for (one,) in connection.execute("PRAGMA integrity_check") if one != "ok"]
        damage += [f"foreign key: {tuple(one)}" for one in connection.execute("PRAGMA foreign_key_check")]
        yield rows, damage


def _connected(url: str) -> psycopg.Connection[dict[str, Any]]:
    _, arguments = create_engine(url).dialect.create_connect_args(make_url(url))
    return psycopg.Connection.connect(**arguments, row_factory=dict_row)


@contextmanager
def _postgresql(url: str) -> Iterator[tuple[Rows, list[str]]]:
    with _connected(url) as connection:
        connection.isolation_level = IsolationLevel.REPEATABLE_READ

        def rows(statement: str) -> list[dict[str, Any]]:
            return list(connection.execute(statement))

        with connection.transaction():
            yield rows, []


def _damaged_indexes(url: str) -> list[str]:
    """Let PostgreSQL hold every index against its table, where we may install the module that does it."""
    with _connected(url) as connection:
        connection.autocommit = True
        try:
            connection.execute("CREATE EXTENSION IF NOT EXISTS amcheck")
        except psycopg.errors.InsufficientPrivilege:
            return []
        indexes = connection.execute(
            "SELECT i.indexrelid::regclass::text AS name FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid"
            " JOIN pg_am a ON a.oid = c.relam WHERE a.amname = 'btree' AND c.relnamespace = 'public'::regnamespace"
        ).fetchall()
        found = []
        for index in indexes:
            try:
                connection.execute("SELECT bt_index_check(%s::regclass, true)", [index["name"]])
            except psycopg.errors.IndexCorrupted as damage:
                found.append(f"{index['name']}: {damage}")
        return found


def waiting(url: str) -> dict[str, int]:
    """Return how many updates wait, notices are owed, cases are open and were ever begun; a quick look from outside."""
    statement = (
        "SELECT (SELECT count(*) FROM inbox WHERE state = 'waiting') AS updates,"
        " (SELECT count(*) FROM outbox WHERE state = 'owed') AS notices,"
        " (SELECT count(*) FROM cases WHERE state = 'open') AS cases,"
        " (SELECT count(*) FROM cases) AS begun"
    )
    return _glanced(url, statement)


def due(url: str, at: datetime) -> int:
    """Return how many open tasks stand before a rung that is due at `at`; a quick look from outside."""
    # Written as either database compares it: without an offset and in UTC, or as an instant.
    written = at.astimezone(UTC).isoformat(" ", timespec="microseconds")
    written = written.removesuffix("+00:00") if url.startswith("sqlite") else written
    statement = f"SELECT count(*) AS due FROM tasks WHERE closed_at IS NULL AND chase_at <= '{written}'"
    return _glanced(url, statement)["due"]


def _glanced(url: str, statement: str) -> dict[str, int]:
    if not url.startswith("sqlite"):
        with _postgresql(url) as (rows, _):
            return rows(statement)[0]
    path = make_url(url).database
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=30)) as connection:
        connection.row_factory = sqlite3.Row
        return dict(connection.execute(statement).fetchone())


def _read(row: Row) -> Row:
    return {name: _value(name, value) for name, value in row.items()}


def _value(name: str, value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    if isinstance(value, str) and (name == "at" or name.endswith(("_at", "_since"))):
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    if isinstance(value, str) and name in _DOCUMENTS:
        return json.loads(value)
    if isinstance(value, int) and name in _TRUTHS:
        return bool(value)
    return bytes(value) if isinstance(value, memoryview) else value
