"""Structural attacks on a record: what a forger can do who may write to every row of the database.

Each is done as well as the forger can: where hashes can be computed again, they are, and the rows are made to fit.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from models.checkpoint.statement import Head
from models.journal.chain import VERSION, Entry, payload_digest
from models.proof.against import FaultKind
from tests.models.proof.forgery import FIRST, SECOND, THIRD, Copy, removes_case

FOURTH = "case:SW-2026-0004"
OFFICE = "office"
_LAST_YEAR = "2025-11-24 00:00:00.000000"


@dataclass(frozen=True)
class Attack:
    """One attack: its name in docs/security.md, what is done, whether the chains show it, as what a checkpoint does.

    `fault` is None where the checkpoint adds nothing to what the chains show.
    """

    name: str
    do: Callable[[Copy], object]
    chains_find: bool
    fault: FaultKind | None


def _changed_entry(copy: Copy) -> None:
    copy.sets("journal_entries", copy.chain(FIRST), 2, capacity="definitive:kadiv")


def _changed_payload(copy: Copy) -> None:
    copy.sets("journal_payloads", copy.chain(FIRST), 1, body='{"text": "lain"}')


def _removed_entry(copy: Copy) -> None:
    copy.do("DELETE FROM journal_entries WHERE chain_id = ? AND sequence = 4", copy.chain(FIRST))


def _swapped_entries(copy: Copy) -> None:
    chain = copy.chain(FIRST)
    copy.moves(chain, 3, to=-1)
    copy.moves(chain, 4, to=3)
    copy.moves(chain, -1, to=4)


def _swapped_payloads(copy: Copy) -> None:
    chain = copy.chain(FIRST)
    for one, other in ((3, -1), (4, 3), (-1, 4)):
        copy.sets("journal_payloads", chain, one, sequence=other)


def _cut_without_head(copy: Copy) -> None:
    copy.drops(copy.chain(FIRST), after=5)


def _cut(copy: Copy, subject: str, after: int) -> None:
    chain = copy.chain(subject)
    copy.drops(chain, after=after)
    head = copy.one("SELECT hash FROM journal_entries WHERE chain_id = ? AND sequence = ?", chain, after)
    copy.do("UPDATE journal_chains SET length = ?, head = ? WHERE id = ?", after, head, chain)


def _cut_note(copy: Copy) -> None:
    _cut(copy, FIRST, copy.length(FIRST) - 1)


def _cut_decision(copy: Copy) -> None:
    """Undo the last decision of the third case, in its chain and in its rows."""
    _cut(copy, THIRD, copy.sequence(THIRD, "forward") - 1)
    case = copy.one("SELECT id FROM cases WHERE number = 'SW-2026-0003'")
    copy.do("DELETE FROM tasks WHERE case_id = ? AND step = 2", case)
    copy.do(
        "UPDATE tasks SET closed_at = NULL, late_by = NULL, outcome = NULL, decided_by_id = NULL, "
        "decided_as = NULL, note = '', instructions = '[]' WHERE case_id = ?",
        case,
    )


def _other_words(copy: Copy) -> None:
    copy.rewrites(FIRST, lambda _, head, words: words.update(to=2) if head["action"] == "undelivered" else None)


def _other_decider(copy: Copy) -> None:
    """Let Siti have declined what Bambang declined, in the chain and in the row."""
    siti = copy.one("SELECT person_id FROM tenures WHERE post = 'kadiv'")

    def decided(_: int, head: dict[str, Any], __: dict[str, Any]) -> None:
        if head["action"] == "decline":
            head["actor_id"] = siti

    copy.rewrites(SECOND, decided)
    case = copy.one("SELECT id FROM cases WHERE number = 'SW-2026-0002'")
    copy.do("UPDATE tasks SET decided_by_id = ? WHERE case_id = ?", siti, case)


def _other_deadline(copy: Copy) -> None:
    """Give the last task of the third case until next year."""
    due = "2027-01-04T00:00:00+00:00"
    case = copy.one("SELECT id FROM cases WHERE number = 'SW-2026-0003'")
    (old,) = copy.do("SELECT due_at FROM tasks WHERE case_id = ? ORDER BY id DESC LIMIT 1", case)[0]
    stored = datetime.fromisoformat(old).replace(tzinfo=UTC)

    def later(_: int, __: dict[str, Any], words: dict[str, Any]) -> None:
        for place in (words, *(one for one in words.values() if isinstance(one, dict))):
            for name, value in place.items():
                if isinstance(value, str) and value.startswith(stored.isoformat()[:16]):
                    place[name] = due

    copy.rewrites(THIRD, later)
    copy.do("UPDATE tasks SET due_at = '2027-01-04 00:00:00.000000' WHERE case_id = ? AND due_at = ?", case, old)


def _appended(copy: Copy, subject: str, action: str, at: str, words: dict[str, Any]) -> None:
    """Add an entry at the end, as the program would."""
    chain, salt = copy.chain(subject), bytes(16)
    sequence = copy.length(subject) + 1
    previous = copy.one("SELECT head FROM journal_chains WHERE id = ?", chain)
    entry = Entry(
        sequence=sequence,
        at=datetime.fromisoformat(at).replace(tzinfo=UTC),
        actor_id=None,
        capacity="system",
        action=action,
        digest=payload_digest(VERSION, salt, words),
        previous=previous,
        version=VERSION,
    )
    digest = entry.computed_hash(subject)
    copy.do(
        "INSERT INTO journal_entries (chain_id, sequence, at, capacity, action, digest, previous, hash, version) "
        "VALUES (?, ?, ?, 'system', ?, ?, ?, ?, ?)",
        *(chain, sequence, at, action, entry.digest, previous, digest, VERSION),
    )
    columns = "(chain_id, sequence, salt, body)"
    copy.do(f"INSERT INTO journal_payloads {columns} VALUES (?, ?, ?, ?)", chain, sequence, salt, json.dumps(words))
    copy.do("UPDATE journal_chains SET length = ?, head = ?, moved = 1 WHERE id = ?", sequence, digest, chain)


def _inserted(copy: Copy) -> None:
    """Put an entry before the last one, and compute the chain again."""
    at = copy.one("SELECT at FROM journal_entries WHERE chain_id = ? ORDER BY sequence DESC LIMIT 1", copy.chain(FIRST))
    words = {"notice": "card", "to": 1, "reason": "blocked"}
    _appended(copy, FIRST, "undelivered", at, words)
    chain, length = copy.chain(FIRST), copy.length(FIRST)
    copy.moves(chain, length, to=-1)
    copy.moves(chain, length - 1, to=length)
    copy.moves(chain, -1, to=length - 1)
    copy.rewrites(FIRST, lambda *_: None)


def _closed_up(copy: Copy) -> None:
    """Take an entry out of the middle that decides nothing, and compute the chain again."""
    chain, sequence, length = copy.chain(FIRST), copy.sequence(FIRST, "undelivered"), copy.length(FIRST)
    for table in ("journal_payloads", "journal_entries"):
        copy.do(f"DELETE FROM {table} WHERE chain_id = ? AND sequence = ?", chain, sequence)
    for later in range(sequence + 1, length + 1):
        copy.moves(chain, later, to=later - 1)
    copy.do("UPDATE journal_chains SET length = length - 1 WHERE id = ?", chain)
    copy.rewrites(FIRST, lambda *_: None)


def _put_back(copy: Copy, subject: str) -> None:
    """Let all that was done in a case have been done a year before."""
    chain, number = copy.chain(subject), subject.removeprefix("case:")
    case = copy.one("SELECT id FROM cases WHERE number = ?", number)
    copy.do("UPDATE journal_entries SET at = ? WHERE chain_id = ?", _LAST_YEAR, chain)
    copy.do("UPDATE cases SET opened_at = ? WHERE id = ?", _LAST_YEAR, case)
    copy.do("UPDATE tasks SET opened_at = ? WHERE case_id = ?", _LAST_YEAR, case)
    copy.do("UPDATE tasks SET closed_at = ? WHERE case_id = ? AND closed_at IS NOT NULL", _LAST_YEAR, case)
    copy.rewrites(subject, lambda *_: None)


def _removed_last_cases(copy: Copy) -> None:
    for subject in (FOURTH, THIRD):
        removes_case(copy, subject)
    copy.do("UPDATE registers SET last = 2")


def _removed_and_renumbered(copy: Copy) -> None:
    """Remove the second case, and let the later ones move up."""
    removes_case(copy, SECOND)
    for old, new in ((THIRD, SECOND), (FOURTH, THIRD)):
        copy.do("UPDATE journal_chains SET subject = ? WHERE subject = ?", new, old)
        copy.do("UPDATE cases SET number = ? WHERE number = ?", new[5:], old[5:])
        copy.rewrites(new, lambda *_: None)
    copy.do("UPDATE registers SET last = 3")


def _removed_office(copy: Copy) -> None:
    copy.drops(copy.chain(OFFICE))
    copy.do("DELETE FROM journal_chains WHERE subject = 'office'")


def _rewritten_office(copy: Copy) -> None:
    copy.rewrites(OFFICE, lambda _, __, words: words.update(whom="lain"))


def _cut_office(copy: Copy) -> None:
    _cut(copy, OFFICE, copy.length(OFFICE) - 1)


def _emptied(copy: Copy) -> None:
    """Empty the whole record."""
    for table in ("chases", "tasks", "evaluations", "questions", "remarks", "attachments", "cases", "registers"):
        copy.do(f"DELETE FROM {table}")
    for table in ("journal_payloads", "journal_entries", "journal_chains"):
        copy.do(f"DELETE FROM {table}")


def _sealed_anew(copy: Copy) -> None:
    """Compute a chain again, and the leaf about it."""
    _other_words(copy)
    head = copy.one("SELECT head FROM journal_chains WHERE subject = ?", FIRST)
    forged = Head(FIRST, copy.length(FIRST), head).written()
    copy.do("UPDATE checkpoint_leaves SET leaf = ? WHERE leaf LIKE '%SW-2026-0001%'", forged)
    assert base64.b64encode(head).decode() in forged


def _exchanged_cases(copy: Copy) -> None:
    copy.do("UPDATE cases SET number = 'x' WHERE number = 'SW-2026-0001'")
    copy.do("UPDATE cases SET number = 'SW-2026-0001' WHERE number = 'SW-2026-0002'")
    copy.do("UPDATE cases SET number = 'SW-2026-0002' WHERE number = 'x'")


ATTACKS = (
    Attack("an entry is changed", _changed_entry, chains_find=True, fault=None),
    Attack("a payload is changed", _changed_payload, chains_find=True, fault=None),
    Attack("an entry is removed", _removed_entry, chains_find=True, fault=None),
    Attack("two entries change places", _swapped_entries, chains_find=True, fault=None),
    Attack("two payloads change places", _swapped_payloads, chains_find=True, fault=None),
    Attack("two cases change numbers", _exchanged_cases, chains_find=True, fault=None),
    Attack("the end of a chain is cut off", _cut_without_head, chains_find=True, fault=FaultKind.CUT_OFF),
    Attack("… with its head, where the entry decides nothing", _cut_note, chains_find=False, fault=FaultKind.CUT_OFF),
    Attack("… with its head, and the decision is undone in the rows", _cut_decision, False, FaultKind.CUT_OFF),
    Attack("a chain is computed again with other words", _other_words, False, FaultKind.CHAINED_AGAIN),
    Attack("… with another person who decided, in the row too", _other_decider, True, FaultKind.CHAINED_AGAIN),
    Attack("… with another deadline, in the row too", _other_deadline, False, FaultKind.CHAINED_AGAIN),
    Attack("… with an entry more", _inserted, False, FaultKind.CHAINED_AGAIN),
    Attack("… with an entry less", _closed_up, False, FaultKind.CUT_OFF),
    Attack("… with other times", lambda copy: _put_back(copy, THIRD), False, FaultKind.CHAINED_AGAIN),
    Attack("the last cases are removed, and their numbers given back", _removed_last_cases, False, FaultKind.DELETED),
    Attack("a case is removed, and the later ones move up", _removed_and_renumbered, False, FaultKind.CHAINED_AGAIN),
    Attack(
        "a case of today is said to be a year old", lambda copy: _put_back(copy, FOURTH), False, FaultKind.BACK_DATED
    ),
    Attack("the end of the office's chain is cut off", _cut_office, False, FaultKind.CUT_OFF),
    Attack("the office's chain is computed again", _rewritten_office, False, FaultKind.CHAINED_AGAIN),
    Attack("the office's chain is removed", _removed_office, True, FaultKind.DELETED),
    Attack("every case and every chain is removed", _emptied, True, FaultKind.DELETED),
    Attack("a chain is computed again, and its leaves too", _sealed_anew, False, FaultKind.REWRITTEN),
)
"""The structural attacks, in the order of docs/security.md."""
