"""A record in the hands of a forger: a copy of the database, changed behind the program's back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import StaticPool, create_engine
from sqlalchemy.orm import Session

from models.journal.chain import VERSION, Entry, payload_digest
from models.proof.verification import Verification, verify

if TYPE_CHECKING:
    from sqlalchemy import Engine

FIRST, SECOND, THIRD = (f"case:SW-2026-000{number}" for number in (1, 2, 3))

NOT_HELD = "somebody acts for a post that they did not hold then"
"""What is said of an entry by a person who, as the office's journal tells it, was not in the post."""


@dataclass(frozen=True)
class Record:
    """A copy of an office's database, as somebody with access to the file finds it."""

    image: bytes

    @classmethod
    def of(cls, engine: Engine) -> Record:
        """Return a copy of the database as it is now."""
        with closing(engine.raw_connection()) as raw:
            assert isinstance(raw.driver_connection, sqlite3.Connection)
            return cls(raw.driver_connection.serialize())

    @contextmanager
    def open(self) -> Iterator[Copy]:
        with closing(sqlite3.connect(":memory:", check_same_thread=False)) as connection:
            connection.deserialize(self.image)
            connection.isolation_level = None
            yield Copy(connection)


@dataclass(frozen=True)
class Copy:
    connection: sqlite3.Connection

    def do(self, statement: str, *values: object) -> list[Any]:
        return self.connection.execute(statement, values).fetchall()

    def one(self, statement: str, *values: object) -> Any:  # noqa: ANN401 - a column may hold anything
        return self.do(statement, *values)[0][0]

    def sets(self, table: str, chain: int, sequence: int, /, **columns: object) -> None:
        """Write into the row of one entry."""
        ((column, value),) = columns.items()
        where = "WHERE chain_id = ? AND sequence = ?"
        self.do(f"UPDATE {table} SET {column} = ? {where}", value, chain, sequence)

    def moves(self, chain: int, sequence: int, *, to: int) -> None:
        """Put an entry, with its payload, into another place."""
        for table in ("journal_entries", "journal_payloads"):
            self.sets(table, chain, sequence, sequence=to)

    def drops(self, chain: int, *, after: int = 0) -> None:
        """Remove the entries after one of them, with their payloads."""
        self.do("DELETE FROM journal_payloads WHERE chain_id = ? AND sequence > ?", chain, after)
        self.do("DELETE FROM journal_entries WHERE chain_id = ? AND sequence > ?", chain, after)

    def verify(self) -> Verification:
        engine = create_engine("sqlite://", creator=lambda: self.connection, poolclass=StaticPool)
        with Session(engine) as session:
            return verify(session)

    def finds(self) -> tuple[str, int, str]:
        first = self.verify().first
        assert first is not None, "nothing was found"
        return first.subject, first.sequence, first.reason

    def chain(self, subject: str) -> int:
        return int(self.one("SELECT id FROM journal_chains WHERE subject = ?", subject))

    def length(self, subject: str) -> int:
        return int(self.one("SELECT length FROM journal_chains WHERE subject = ?", subject))

    def sequence(self, subject: str, action: str) -> int:
        """Return the first entry of a chain with this action."""
        return int(
            self.one(
                "SELECT min(sequence) FROM journal_entries WHERE chain_id = ? AND action = ?",
                self.chain(subject),
                action,
            )
        )

    def rewrites(
        self, subject: str, change: Callable[[int, dict[str, Any], dict[str, Any]], None], *, version: int = VERSION
    ) -> None:
        """Forge a chain from end to end in one version: change heads and payloads at will, and compute every hash."""
        chain, previous = self.chain(subject), bytes(32)
        rows = self.do(
            "SELECT sequence, at, actor_id, capacity, action, salt, body FROM journal_entries "
            "JOIN journal_payloads USING (chain_id, sequence) WHERE chain_id = ? ORDER BY sequence",
            chain,
        )
        for sequence, at, actor, capacity, action, salt, body in rows:
            head = {"actor_id": actor, "capacity": capacity, "action": action}
            words = json.loads(body)
            change(sequence, head, words)
            instant = datetime.fromisoformat(at).replace(tzinfo=UTC)
            entry = Entry(
                sequence=sequence,
                at=instant,
                digest=payload_digest(version, salt, words),
                previous=previous,
                version=version,
                **head,
            )
            digest = entry.computed_hash(subject)
            self.do(
                "UPDATE journal_entries SET actor_id = ?, capacity = ?, action = ?, digest = ?, previous = ?, hash = ?,"
                " version = ? WHERE chain_id = ? AND sequence = ?",
                *head.values(),
                entry.digest,
                previous,
                digest,
                version,
                chain,
                sequence,
            )
            self.sets("journal_payloads", chain, sequence, body=json.dumps(words))
            self.sets("journal_payloads", chain, sequence, secrets=None)
            previous = digest
        self.do("UPDATE journal_chains SET head = ? WHERE id = ?", previous, chain)


def removes_case(copy: Copy, subject: str) -> None:
    """Remove a case with all that belongs to it, chain included."""
    number, chain = subject.removeprefix("case:"), copy.chain(subject)
    case = copy.one("SELECT id FROM cases WHERE number = ?", number)
    copy.do("DELETE FROM tasks WHERE case_id = ?", case)
    copy.do("DELETE FROM cases WHERE id = ?", case)
    copy.drops(chain)
    copy.do("DELETE FROM journal_chains WHERE id = ?", chain)
