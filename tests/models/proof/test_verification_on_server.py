"""The proof of the record reads PostgreSQL's columns too; `test_verification.py` tries every way to break it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy.orm import Session

from models.proof.verification import Verification, verify
from models.upkeep.erasing import erase_words
from tests.models.proof.test_testimony import says_much

if TYPE_CHECKING:
    from tests.models.bureau import Bureau

pytestmark = pytest.mark.databases("postgresql")

FIRST = "(SELECT id FROM journal_chains WHERE subject = 'case:SW-2026-0001')"


def _verified(bureau: Bureau) -> Verification:
    with Session(bureau.engine) as session:
        return verify(session)


def test_an_untouched_record_holds(bureau: Bureau) -> None:
    bureau.lives_through_much()
    found = _verified(bureau)
    assert found.verifies, found
    assert found.cases == 3
    assert found.entries > 20


ENTRY = f"UPDATE journal_entries SET %s WHERE chain_id = {FIRST} AND sequence = 3"
PAYLOAD = f"UPDATE journal_payloads SET %s WHERE chain_id = {FIRST} AND sequence = 3"


@pytest.mark.parametrize(
    ("statement", "sequence"),
    [
        (ENTRY % "action = 'decline'", 3),
        (ENTRY % "at = at + interval '1 ms'", 3),
        (ENTRY % "version = 1", 3),
        (ENTRY % "version = 2", 3),
        (PAYLOAD % "salt = '\\x00'", 3),
        (PAYLOAD % """body = '{"note": "lain"}'""", 3),
        (f"DELETE FROM journal_entries WHERE chain_id = {FIRST} AND sequence = 4", 4),
        ("UPDATE tasks SET outcome = 'declined' WHERE id = 1", 3),
        ("UPDATE questions SET answer = 'Lain.' WHERE id = 1", 9),
        ("DELETE FROM questions WHERE id = 1", 8),
        ("DELETE FROM cases WHERE number = 'SW-2026-0001'", 17),
    ],
)
def test_what_was_changed_behind_the_programs_back_is_named(bureau: Bureau, statement: str, sequence: int) -> None:
    bureau.lives_through_much()
    with bureau.engine.begin() as connection:
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        assert connection.exec_driver_sql(statement).rowcount == 1
    first = _verified(bureau).first
    assert first is not None
    assert (first.subject, first.sequence) == ("case:SW-2026-0001", sequence)


def test_erased_words_are_counted_and_break_nothing(bureau: Bureau) -> None:
    bureau.lives_through_much()
    bureau.work(lambda records: erase_words(records, 1, bureau["budi"].id, because="permintaan"))
    found = _verified(bureau)
    assert found.verifies, found
    assert found.erased == 2
    assert found.status == 3


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE questions SET answered_at = answered_at + interval '1 ms' WHERE id = 1", "answer"),
        ("UPDATE remarks SET text = 'Lain.' WHERE id = 2", "note"),
        ("UPDATE attachments SET size = 7 WHERE id = 6", "file"),
        ("DELETE FROM attachments WHERE id = 3", "file"),
    ],
)
def test_what_was_said_and_handed_in_is_held_against_the_journal(bureau: Bureau, statement: str, what: str) -> None:
    says_much(bureau)
    assert _verified(bureau).verifies
    with bureau.engine.begin() as connection:
        assert connection.exec_driver_sql(statement).rowcount == 1
    first = _verified(bureau).first
    assert first is not None
    assert f"the {what} told here" in first.reason
