"""Whatever is done to the record behind the program's back is found, and the first bad entry is named."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.journal.chain import VERSION, Entry
from models.proof.verification import Verification, verify
from tests.models.proof.forgery import FIRST, NOT_HELD, SECOND, THIRD, Copy, Record, removes_case

if TYPE_CHECKING:
    from tests.models.bureau import Bureau

pytestmark = pytest.mark.databases("sqlite")


def test_an_untouched_record_holds(record: Record) -> None:
    with record.open() as copy:
        found = copy.verify()
        assert found.verifies
        assert found.first is None
        assert found.cases == 3
        assert found.entries == copy.one("SELECT count(*) FROM journal_entries") > 20
        assert found.erased == 0


def test_a_record_without_cases_holds(bureau: Bureau) -> None:
    with Session(bureau.engine) as session:
        told = session.scalar(select(func.count()).select_from(Entry))
        assert verify(session) == Verification(0, told or 0, 0, ())


DEEP = '{"a": ' + "[" * 100_000 + "]" * 100_000 + "}"
"""A payload that is nested too deeply to be read."""

TAMPERING = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=120)

HEADS = ("at", "actor_id", "capacity", "action", "digest", "previous", "hash", "version")


def altered(value: object, at: int, other: int) -> object:
    """Return `value` with one byte, character or unit changed."""
    match value:
        case bytes():
            place = at % len(value)
            return value[:place] + bytes([value[place] ^ (1 + other % 255)]) + value[place + 1 :]
        case str() if value:
            # The separator of date and time may be any character: the instant stays the same.
            place = at % len(value) if at % len(value) != 10 else 0
            return value[:place] + chr((ord(value[place]) + 1 + other) % 0x250 or 1) + value[place + 1 :]
        case int():
            return value + 1 + other
        case _:
            return other


@TAMPERING
@given(data=st.data())
def test_any_change_of_an_entry_is_found_at_that_entry(record: Record, data: st.DataObject) -> None:
    with record.open() as copy:
        rows = copy.do("SELECT chain_id, sequence FROM journal_entries")
        chain, sequence = data.draw(st.sampled_from(rows))
        column = data.draw(st.sampled_from(HEADS))
        select = f"SELECT {column} FROM journal_entries WHERE chain_id = ? AND sequence = ?"
        value = copy.one(select, chain, sequence)
        changed = altered(value, data.draw(st.integers(0, 63)), data.draw(st.integers(0, 300)))
        copy.sets("journal_entries", chain, sequence, **{column: changed})
        if copy.one(select, chain, sequence) == value:
            return
        subject = copy.one("SELECT subject FROM journal_chains WHERE id = ?", chain)
        assert copy.finds()[:2] == (subject, sequence)


@TAMPERING
@given(data=st.data())
def test_any_change_of_a_payload_is_found_at_that_entry(record: Record, data: st.DataObject) -> None:
    with record.open() as copy:
        rows = copy.do("SELECT chain_id, sequence, body FROM journal_payloads WHERE body <> '{}'")
        chain, sequence, stored = data.draw(st.sampled_from(rows))
        body = json.loads(stored)
        key = data.draw(st.sampled_from(sorted(body)))
        if data.draw(st.booleans()):
            del body[key]
        else:
            body[key] = data.draw(st.none() | st.text() | st.integers() | st.lists(st.text(max_size=3), max_size=3))
        if body == json.loads(stored):
            return
        copy.sets("journal_payloads", chain, sequence, body=json.dumps(body))
        subject = copy.one("SELECT subject FROM journal_chains WHERE id = ?", chain)
        assert copy.finds() == (subject, sequence, "payload changed")


@TAMPERING
@given(data=st.data())
def test_a_removed_entry_is_named(record: Record, data: st.DataObject) -> None:
    with record.open() as copy:
        chain, sequence = data.draw(st.sampled_from(copy.do("SELECT chain_id, sequence FROM journal_entries")))
        copy.do("DELETE FROM journal_entries WHERE chain_id = ? AND sequence = ?", chain, sequence)
        subject = copy.one("SELECT subject FROM journal_chains WHERE id = ?", chain)
        assert copy.finds() == (subject, sequence, "missing")


@TAMPERING
@given(data=st.data())
def test_two_entries_in_each_others_place_are_found_at_the_first(record: Record, data: st.DataObject) -> None:
    with record.open() as copy:
        chain = copy.chain(FIRST)
        places = st.integers(1, copy.length(FIRST))
        one, other = sorted(data.draw(st.lists(places, min_size=2, max_size=2, unique=True)))
        copy.moves(chain, one, to=-1)
        copy.moves(chain, other, to=one)
        copy.moves(chain, -1, to=other)
        assert copy.finds()[:2] == (FIRST, one)


class TestEntries:
    def test_a_forged_entry_at_the_end_is_found(self, record: Record) -> None:
        with record.open() as copy:
            chain, length = copy.chain(FIRST), copy.length(FIRST)
            _copies_entry(copy, chain, length, to=length + 1)
            assert copy.finds()[:2] == (FIRST, length + 1)

    def test_an_entry_slipped_in_between_is_found(self, record: Record) -> None:
        with record.open() as copy:
            chain, length = copy.chain(FIRST), copy.length(FIRST)
            for sequence in range(length, 3, -1):
                copy.moves(chain, sequence, to=sequence + 1)
            _copies_entry(copy, chain, 3, to=4)
            copy.do("UPDATE journal_chains SET length = length + 1 WHERE id = ?", chain)
            assert copy.finds()[:2] == (FIRST, 4)

    def test_an_end_cut_off_is_found(self, record: Record) -> None:
        with record.open() as copy:
            copy.do("DELETE FROM journal_entries WHERE chain_id = ? AND sequence > 5", copy.chain(FIRST))
            assert copy.finds() == (FIRST, 6, "missing")

    def test_an_end_cut_off_together_with_the_head_shows_in_the_case(self, record: Record) -> None:
        with record.open() as copy:
            chain, decline = copy.chain(SECOND), copy.sequence(SECOND, "decline")
            head = copy.one("SELECT hash FROM journal_entries WHERE chain_id = ? AND sequence = ?", chain, decline - 1)
            copy.drops(chain, after=decline - 1)
            copy.do("UPDATE journal_chains SET length = ?, head = ? WHERE id = ?", decline - 1, head, chain)
            subject, sequence, reason = copy.finds()
            assert (subject, sequence) == (SECOND, 1)
            assert "is not what the journal tells" in reason

    def test_payloads_in_each_others_place_are_found_at_the_first(self, record: Record) -> None:
        with record.open() as copy:
            chain = copy.chain(FIRST)
            copy.sets("journal_payloads", chain, 2, sequence=-1)
            copy.sets("journal_payloads", chain, 5, sequence=2)
            copy.sets("journal_payloads", chain, -1, sequence=5)
            assert copy.finds() == (FIRST, 2, "payload changed")

    def test_a_lost_payload_is_told_from_an_emptied_one(self, record: Record) -> None:
        with record.open() as copy:
            copy.do("DELETE FROM journal_payloads WHERE chain_id = ? AND sequence = 2", copy.chain(FIRST))
            assert copy.finds() == (FIRST, 2, "payload missing")

    def test_an_entry_that_names_an_earlier_version_is_found(self, record: Record) -> None:
        with record.open() as copy:
            copy.sets("journal_entries", copy.chain(FIRST), 4, version=1)
            assert copy.finds() == (FIRST, 4, "changed")

    def test_an_entry_that_names_a_version_not_known_is_named(self, record: Record) -> None:
        with record.open() as copy:
            copy.sets("journal_entries", copy.chain(FIRST), 4, version=VERSION + 1)
            assert copy.finds() == (FIRST, 4, "is of version 4, which is not known")

    @pytest.mark.parametrize("version", [1, 2, 3])
    @pytest.mark.parametrize("body", ['{"a": NaN}', '{"a": 1e999}', '{"a": "\\ud83d"}', '{"\\ud83d": 1}', DEEP])
    def test_a_payload_that_has_no_form_is_a_changed_one(self, record: Record, body: str, version: int) -> None:
        with record.open() as copy:
            for subject in ("office", FIRST):
                copy.rewrites(subject, lambda *_: None, version=version)
            copy.sets("journal_payloads", copy.chain(FIRST), 2, body=body)
            copy.sets("journal_entries", copy.chain(SECOND), 1, capacity="x")
            found = [(one.subject, one.sequence, one.reason) for one in copy.verify().breaches]
            assert found == [(FIRST, 2, "payload changed"), (SECOND, 1, "changed")]

    def test_what_cannot_be_read_hides_nothing(self, record: Record) -> None:
        with record.open() as copy:
            copy.sets("journal_entries", copy.chain(FIRST), 4, at="kemarin")
            copy.sets("journal_payloads", copy.chain(SECOND), 1, body="{")
            copy.sets("journal_entries", copy.chain(THIRD), 2, hash="x")
            found = copy.verify()
            assert [(one.subject, one.sequence) for one in found.breaches] == [(FIRST, 4), (SECOND, 1), (THIRD, 2)]

    def test_every_broken_chain_is_named_the_first_one_first(self, record: Record) -> None:
        with record.open() as copy:
            copy.do("DELETE FROM journal_entries WHERE sequence = 2")
            found = copy.verify()
            assert [one.subject for one in found.breaches] == ["office", FIRST, SECOND, THIRD]
            assert found.first == found.breaches[0]


class TestCases:
    def test_a_removed_case_is_missed_by_its_numbering(self, record: Record) -> None:
        with record.open() as copy:
            removes_case(copy, SECOND)
            assert copy.finds() == (SECOND, 1, "its number was given out, but the case is missing")

    def test_the_last_case_is_missed_as_well(self, record: Record) -> None:
        with record.open() as copy:
            removes_case(copy, THIRD)
            assert copy.finds()[0] == THIRD

    def test_a_case_without_its_numbering_is_noticed(self, record: Record) -> None:
        with record.open() as copy:
            copy.do("DELETE FROM registers")
            assert copy.finds() == ("numberings", 0, "3 of the cases belong to no numbering")

    def test_a_case_beyond_its_numbering_is_noticed(self, record: Record) -> None:
        with record.open() as copy:
            copy.do("UPDATE registers SET last = 2")
            assert copy.finds()[:2] == ("numbering SW-2026-", 2)

    def test_a_chain_without_its_case_is_named(self, record: Record) -> None:
        with record.open() as copy:
            copy.do("DELETE FROM cases WHERE number = 'SW-2026-0002'")
            assert copy.finds()[0] == SECOND

    def test_a_case_without_its_chain_is_named(self, record: Record) -> None:
        with record.open() as copy:
            copy.do("DELETE FROM journal_chains WHERE subject = ?", SECOND)
            found = copy.verify()
            assert found.breaches[0].subject == SECOND
            assert any("these entries" in one.reason for one in found.breaches)

    def test_two_cases_that_changed_numbers_are_named(self, record: Record) -> None:
        with record.open() as copy:
            copy.do("UPDATE cases SET number = 'x' WHERE number = 'SW-2026-0001'")
            copy.do("UPDATE cases SET number = 'SW-2026-0001' WHERE number = 'SW-2026-0002'")
            copy.do("UPDATE cases SET number = 'SW-2026-0002' WHERE number = 'x'")
            subject, _, reason = copy.finds()
            assert subject == FIRST
            assert "SW-2026-0002" in reason


@pytest.mark.parametrize(
    ("statement", "column"),
    [
        ("UPDATE cases SET state = 'open', closed_at = NULL", "state"),
        ("UPDATE cases SET text = 'Tidak ada masalah'", "text"),
        ("UPDATE cases SET reporter_id = reporter_id + 1", "reporter_id"),
        ("UPDATE cases SET helped = 0", "helped"),
        ("UPDATE cases SET round = 1", "round"),
        ("UPDATE cases SET opened_at = '2026-11-23 01:00:00.000000'", "opened_at"),
        ("UPDATE cases SET urgency = 'apa saja'", "urgency"),
        ("UPDATE cases SET confidential = 1", "confidential"),
        ("UPDATE tasks SET outcome = 'approved' WHERE outcome = 'returned'", "outcome"),
        ("UPDATE tasks SET closed_at = due_at WHERE step = 1", "closed_at"),
        ("UPDATE tasks SET due_at = '2027-01-01 00:00:00.000000' WHERE step = 1", "due_at"),
        ("UPDATE tasks SET standard = '9999 hari' WHERE step = 5", "standard"),
        ("UPDATE tasks SET decided_by_id = 1 WHERE step = 7", "decided_by_id"),
        ("UPDATE tasks SET decided_as = 'plh:kadiv' WHERE step = 8", "decided_as"),
        ("UPDATE tasks SET note = '' WHERE outcome = 'returned'", "note"),
        ("UPDATE tasks SET step = 4 WHERE step = 9", "step"),
        ("UPDATE tasks SET round = 1 WHERE round = 2", "round"),
        ("UPDATE tasks SET post = 'kadiv' WHERE step = 9", "post"),
        ("UPDATE tasks SET rung = 0", "rung"),
        ("UPDATE tasks SET instructions = 'bukan JSON' WHERE step = 1", "instructions"),
        ("UPDATE tasks SET started_at = NULL", "started_at"),
        ("UPDATE evaluations SET cause = 'Kelalaian pelapor.' WHERE revision = 1", "cause"),
        ("UPDATE evaluations SET author_id = 1", "author_id"),
    ],
)
def test_a_row_that_differs_from_the_journal_is_named(record: Record, statement: str, column: str) -> None:
    with record.open() as copy:
        case = copy.one("SELECT id FROM cases WHERE number = 'SW-2026-0001'")
        table = statement.split()[1]
        joint = " AND " if " WHERE " in statement else " WHERE "
        copy.do(f"{statement}{joint}{'id' if table == 'cases' else 'case_id'} = {case}")
        subject, sequence, reason = copy.finds()
        assert subject == FIRST
        assert 1 <= sequence <= copy.length(FIRST)
        assert f"its {column} is not what" in reason or reason == f"the case's {column} is not what the journal tells"


class TestRows:
    def test_a_removed_task_is_named(self, record: Record) -> None:
        with record.open() as copy:
            copy.do("DELETE FROM tasks WHERE step = 1 AND case_id = (SELECT min(id) FROM cases)")
            assert copy.finds()[0] == FIRST

    def test_a_task_the_journal_does_not_know_is_named(self, record: Record) -> None:
        with record.open() as copy:
            copy.do("UPDATE tasks SET case_id = (SELECT min(id) FROM cases) WHERE id = (SELECT max(id) FROM tasks)")
            assert copy.finds()[0] == FIRST
            assert "does not know" in copy.finds()[2]

    def test_a_task_without_a_case_is_named(self, record: Record) -> None:
        with record.open() as copy:
            copy.do("UPDATE tasks SET case_id = 77 WHERE id = (SELECT max(id) FROM tasks)")
            assert "the case of this task is missing" in [one.reason for one in copy.verify().breaches]

    def test_a_removed_revision_is_named(self, record: Record) -> None:
        with record.open() as copy:
            copy.do("DELETE FROM evaluations WHERE revision = 1")
            assert copy.finds() == (
                FIRST,
                copy.sequence(FIRST, "submit"),
                "revision 1 of the Laporan Evaluasi is missing",
            )

    def test_a_chain_forged_from_end_to_end_contradicts_the_rows(self, record: Record) -> None:
        def someone_else(_sequence: int, head: dict[str, Any], _words: dict[str, Any]) -> None:
            if head["action"] == "approve":
                head["actor_id"] = 1

        with record.open() as copy:
            copy.rewrites(FIRST, someone_else)
            subject, sequence, reason = copy.finds()
            assert (subject, sequence) == (FIRST, copy.sequence(FIRST, "approve"))
            assert reason == NOT_HELD

    @pytest.mark.parametrize("action", ["forward", "start", "pass", "report", "chase", "submit"])
    def test_a_forged_chain_that_tells_nonsense_is_found(self, record: Record, action: str) -> None:
        def nonsense(_sequence: int, head: dict[str, Any], words: dict[str, Any]) -> None:
            if head["action"] == action:
                words.pop("rung", None)
                words.pop("opened", None)
                words["step"] = "dua"
                words["evaluation"] = 7

        with record.open() as copy:
            copy.rewrites(FIRST, nonsense)
            sequence = copy.sequence(FIRST, action)
            assert copy.finds() == (FIRST, sequence, "does not follow from the entries before it")


def _copies_entry(copy: Copy, chain: int, sequence: int, *, to: int) -> None:
    copy.do(
        "INSERT INTO journal_entries "
        "(chain_id, sequence, at, actor_id, capacity, action, digest, previous, hash, version) "
        "SELECT chain_id, ?, at, actor_id, capacity, action, digest, hash, hash, version FROM journal_entries "
        "WHERE chain_id = ? AND sequence = ?",
        to,
        chain,
        sequence,
    )
    copy.do(
        "INSERT INTO journal_payloads SELECT chain_id, ?, salt, body, secrets, erased_in FROM journal_payloads "
        "WHERE chain_id = ? AND sequence = ?",
        to,
        chain,
        sequence,
    )
