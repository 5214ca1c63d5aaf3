"""What is sealed, when something is, and that a log only grows."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine, event, func, insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from bot.storage import migration
from models.checkpoint.log import SealedLeaf, Sealing, SealingKey
from models.checkpoint.note import Note, PrivateKey
from models.checkpoint.sealing import (
    OtherKey,
    Sealed,
    Waiting,
    begin_log,
    hand_over,
    last_sealing,
    seal,
    waiting,
)
from models.checkpoint.statement import NOTHING_BEFORE, Checkpoint, Handover, Head, Seal, parse_leaf
from models.journal.chain import Chain
from tests.models.checkpoint.consistency import consistency_proof, is_consistent, leaf_hash, root_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.models.bureau import Bureau

KEY = PrivateKey("kantor.example/log", bytes(range(32)))
NOTHING, MOVED, CLOSED = (
    Waiting(moved=moved, closed=closed) for moved, closed in ((False, False), (True, False), (True, True))
)


def seals(bureau: Bureau, key: PrivateKey = KEY) -> Sealed | None:
    return bureau.work(lambda records: seal(records.session, key, at=records.at))


def must_seal(bureau: Bureau, key: PrivateKey = KEY) -> Sealing:
    sealed = seals(bureau, key)
    assert sealed is not None
    return sealed.row


def waits(bureau: Bureau) -> Waiting:
    return bureau.work(lambda records: waiting(records.session))


def leaves(bureau: Bureau, log: int = 1) -> list[str]:
    rows = select(SealedLeaf.leaf).where(SealedLeaf.log == log).order_by(SealedLeaf.position)
    return bureau.work(lambda records: list(records.session.scalars(rows)))


def heads(bureau: Bureau) -> dict[str, Head]:
    """Return the newest leaf of each chain."""
    found = (parse_leaf(one) for one in leaves(bureau))
    return {one.subject: one for one in found if isinstance(one, Head)}


def stands(bureau: Bureau) -> dict[str, Head]:
    """Return each chain as it stands."""
    rows = bureau.work(lambda records: list(records.session.scalars(select(Chain))))
    return {one.subject: Head(one.subject, one.length, one.head) for one in rows}


def test_an_office_in_which_nothing_happened_since_has_nothing_to_seal(bureau: Bureau) -> None:
    assert must_seal(bureau).size == 2, "the office's chain, which tells of its people, and the sealing"
    assert waits(bureau) == NOTHING
    assert seals(bureau) is None


def test_every_chain_is_sealed_as_it_stands(bureau: Bureau) -> None:
    bureau.lives_through_much()
    bureau.work(lambda records: records.log_office("away"))
    assert waits(bureau) == CLOSED
    sealed = seals(bureau)
    assert sealed is not None
    assert sealed.heads == len(stands(bureau)) == 4
    assert heads(bureau) == stands(bureau)
    assert [one.split("\n")[1] for one in leaves(bureau)] == [
        "case:SW-2026-0001",
        "case:SW-2026-0002",
        "case:SW-2026-0003",
        "office",
        "1",
    ]
    assert waits(bureau) == NOTHING
    assert seals(bureau) is None


def test_the_checkpoint_is_over_all_leaves_and_signed(bureau: Bureau) -> None:
    bureau.begins("budi")
    row = must_seal(bureau)
    note = Note.parse(row.note)
    assert note.signer([KEY.public]) == KEY.public
    all_leaves = [one.encode() for one in leaves(bureau)]
    assert Checkpoint.parse(note.text) == Checkpoint("kantor.example/log", len(all_leaves), root_of(all_leaves))


def test_what_moved_since_is_added_and_names_the_checkpoint_before(bureau: Bureau) -> None:
    first, second = bureau.begins("budi"), bureau.begins("siti")
    one = must_seal(bureau)
    bureau.passes(timedelta(hours=1))
    bureau.walks(second, until=2)
    assert waits(bureau) == MOVED
    other = must_seal(bureau)
    assert [row.number for row in (one, other)] == [1, 2]
    added = [parse_leaf(leaf) for leaf in leaves(bureau)[one.size :]]
    number = bureau.case(second).number
    assert isinstance(added[0], Head)
    assert added[0] == stands(bureau)[f"case:{number}"]
    assert added[1:] == [Seal(2, bureau.at, hashlib.sha256(Note.parse(one.note).text.encode()).digest())]
    assert first != second
    begun = parse_leaf(leaves(bureau)[one.size - 1])
    assert isinstance(begun, Seal)
    assert begun.before == NOTHING_BEFORE


def test_each_checkpoint_is_consistent_with_every_later_one(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    rows = [must_seal(bureau)]
    for step in range(2, 6):
        bureau.walks(case_id, until=step)
        rows.append(must_seal(bureau))
    hashes = [leaf_hash(one.encode()) for one in leaves(bureau)]
    made = [Checkpoint.parse(Note.parse(row.note).text) for row in rows]
    for earlier, later in pairwise(made):
        proof = consistency_proof(hashes[: later.size], earlier.size)
        assert is_consistent((earlier.size, earlier.root), (later.size, later.root), proof)


def test_a_case_that_is_closed_is_told_from_one_that_moved(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    assert waits(bureau) == MOVED
    must_seal(bureau)
    bureau.finishes(case_id)
    assert waits(bureau) == CLOSED


def test_what_is_undone_leaves_nothing(bureau: Bureau) -> None:
    bureau.begins("budi")

    def fails(session: Session) -> None:
        seal(session, KEY, at=bureau.at)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        bureau.work(lambda records: fails(records.session))
    assert leaves(bureau) == []
    assert waits(bureau) == MOVED
    assert must_seal(bureau).number == 1


def test_two_sealings_of_one_size_cannot_both_be(bureau: Bureau) -> None:
    bureau.begins("budi")
    row = must_seal(bureau)
    twice = {"number": row.number, "log": 1, "size": 9, "edge": b"", "note": "", "sealed_at": bureau.at}
    with pytest.raises(IntegrityError):
        bureau.work(lambda records: records.session.execute(insert(Sealing), [twice]))


@pytest.mark.databases("postgresql")
def test_a_chain_that_somebody_is_writing_to_is_sealed_as_it_stood(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau.begins("siti")
    before = stands(bureau)
    with bureau.transaction() as other:
        other.session.execute(text("SET LOCAL lock_timeout = '5s'"))
        other.case(case_id).undelivered("card", to=1, reason="blocked")
        other.session.flush()
        assert must_seal(bureau).size == 4
        assert heads(bureau) == before
    after = stands(bureau)
    assert after != before
    assert waits(bureau) == MOVED
    must_seal(bureau)
    assert heads(bureau) == after
    assert waits(bureau) == NOTHING


class TestKeys:
    OTHER = PrivateKey.make("kantor.example/log")

    def test_the_first_key_is_taken_and_another_refused(self, bureau: Bureau) -> None:
        bureau.begins("budi")
        must_seal(bureau)
        bureau.begins("siti")
        with pytest.raises(OtherKey, match=r"kantor\.example/log\+"):
            seals(bureau, self.OTHER)
        assert waits(bureau) == MOVED

    def test_one_that_was_handed_over_goes_on_with_the_log(self, bureau: Bureau) -> None:
        bureau.begins("budi")
        one = must_seal(bureau)
        bureau.work(lambda records: hand_over(records.session, KEY, self.OTHER, at=records.at))
        bureau.begins("siti")
        with pytest.raises(OtherKey):
            seals(bureau)
        other = must_seal(bureau, self.OTHER)
        assert Note.parse(other.note).signer([self.OTHER.public]) == self.OTHER.public
        assert other.size == one.size + 2
        kept = bureau.work(lambda records: records.session.get_one(SealingKey, 2).handover)
        assert kept is not None
        given = Handover.parse(Note.parse(kept))
        assert (given.old, given.new) == (KEY.public, self.OTHER.public)
        assert given.last == Checkpoint.parse(Note.parse(one.note).text)

    def test_a_key_that_is_not_in_use_hands_nothing_over(self, bureau: Bureau) -> None:
        with pytest.raises(ValueError, match="nothing was sealed"):
            bureau.work(lambda records: hand_over(records.session, KEY, self.OTHER, at=records.at))
        bureau.begins("budi")
        must_seal(bureau)
        with pytest.raises(OtherKey):
            bureau.work(lambda records: hand_over(records.session, self.OTHER, KEY, at=records.at))
        stranger = PrivateKey.make("elsewhere")
        with pytest.raises(ValueError, match="another name"):
            bureau.work(lambda records: hand_over(records.session, KEY, stranger, at=records.at))

    def test_a_new_log_holds_every_chain_again(self, bureau: Bureau) -> None:
        bureau.begins("budi")
        bureau.begins("siti")
        one = must_seal(bureau)
        with pytest.raises(ValueError, match="this name"):
            bureau.work(lambda records: begin_log(records.session, self.OTHER, at=records.at))
        fresh = PrivateKey.make("kantor.example/second")
        assert bureau.work(lambda records: begin_log(records.session, fresh, at=records.at)) == 2
        other = must_seal(bureau, fresh)
        assert (other.number, other.log, other.size) == (2, 2, 4)
        assert [len(leaves(bureau, log)) for log in (1, 2)] == [4, 4]
        last = parse_leaf(leaves(bureau, 2)[-1])
        assert isinstance(last, Seal)
        assert last.before == hashlib.sha256(Note.parse(one.note).text.encode()).digest()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE checkpoint_leaves SET leaf = 'another'",
        "DELETE FROM checkpoint_leaves",
        "INSERT INTO checkpoint_leaves (log, position, leaf) VALUES (1, 0, 'another')",
    ],
)
def test_the_database_keeps_every_leaf(database_url: str, statement: str) -> None:
    engine = create_engine(database_url)
    try:
        migration.upgrade(engine)
        with engine.begin() as connection:
            connection.execute(insert(SealedLeaf).values(log=1, position=0, leaf="leaf"))
        with engine.begin() as connection, pytest.raises(DBAPIError):
            connection.execute(text(statement))
        with engine.connect() as connection:
            assert connection.scalar(select(func.min(SealedLeaf.leaf))) == "leaf"
    finally:
        engine.dispose()


def test_a_sealing_costs_the_same_however_much_was_sealed_before(bureau: Bureau) -> None:
    def statements() -> int:
        bureau.begins("budi")
        count = 0

        def note(*_: object) -> None:
            nonlocal count
            count += 1

        event.listen(bureau.engine, "before_cursor_execute", note)
        must_seal(bureau)
        event.remove(bureau.engine, "before_cursor_execute", note)
        return count

    statements()
    for_one = statements()
    for _ in range(3):
        assert statements() == for_one
    assert bureau.work(lambda records: last_sealing(records.session)) is not None
