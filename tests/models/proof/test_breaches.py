"""What a breach says: which chain or row, which entry, and in which words."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from models.case.case import Case
from models.case.journey import SYSTEM
from models.case.task import Task
from models.journal.chain import Breach
from models.office.tenure import Post, Tenure
from models.proof.verification import verify
from models.search.document import SearchDocument
from tests.models.proof.forgery import FIRST, SECOND, THIRD, Record, removes_case

if TYPE_CHECKING:
    from models.repository.records import Records
    from tests.models.bureau import Bureau

pytestmark = pytest.mark.databases("sqlite")


@pytest.mark.parametrize(("column", "value"), [("subject", b"case"), ("length", "tiga")])
def test_a_chain_whose_head_cannot_be_read_is_named_by_its_number(record: Record, column: str, value: object) -> None:
    with record.open() as copy:
        chain = copy.chain(FIRST)
        copy.do(f"UPDATE journal_chains SET {column} = ? WHERE id = ?", value, chain)
        assert copy.finds() == (f"chain {chain}", 0, "its head is unreadable")


@pytest.mark.parametrize("sequence", [1, 2, 3])
def test_an_entry_that_cannot_be_read_is_named_by_its_own_number(record: Record, sequence: int) -> None:
    with record.open() as copy:
        copy.sets("journal_entries", copy.chain(FIRST), sequence, at="kemarin")
        assert copy.finds() == (FIRST, sequence, "changed")


def test_an_entry_without_a_number_of_its_own_is_named_by_its_place(record: Record) -> None:
    with record.open() as copy:
        copy.sets("journal_entries", copy.chain(FIRST), copy.length(FIRST), sequence="terakhir")
        assert copy.finds() == (FIRST, copy.length(FIRST), "changed")


def test_a_chain_without_its_case_is_named_at_its_end(record: Record) -> None:
    with record.open() as copy:
        copy.do("DELETE FROM cases WHERE number = 'SW-2026-0002'")
        assert copy.finds() == (SECOND, copy.length(SECOND), "the case of this chain is missing")


def test_a_chain_with_another_case_is_named_at_its_end(record: Record) -> None:
    with record.open() as copy:
        copy.do("UPDATE cases SET number = 'SW-2026-0009' WHERE number = 'SW-2026-0002'")
        found = (SECOND, copy.length(SECOND), "this is the chain of another case, SW-2026-0009")
        assert copy.finds() == found


def test_a_case_without_its_chain_is_named_at_its_beginning(record: Record) -> None:
    with record.open() as copy:
        copy.do("DELETE FROM journal_chains WHERE subject = ?", SECOND)
        first = copy.verify().breaches[0]
        assert (first.subject, first.sequence, first.reason) == (SECOND, 1, "the chain of this case is missing")


def test_entries_without_their_chain_are_counted_and_named_by_its_number(record: Record) -> None:
    with record.open() as copy:
        chains = [copy.chain(one) for one in (FIRST, SECOND)]
        copy.do("DELETE FROM journal_chains WHERE id IN (?, ?)", *chains)
        found = copy.verify()
        orphans = [one for one in found.breaches if one.reason == "the chain of these entries is missing"]
        assert [(one.subject, one.sequence) for one in orphans] == [(f"chain {one}", 1) for one in sorted(chains)]
        assert found.entries == copy.one("SELECT count(*) FROM journal_entries")


@pytest.mark.parametrize(("table", "word"), [("tasks", "task"), ("evaluations", "evaluation")])
def test_a_row_without_its_case_is_named_by_its_number(record: Record, table: str, word: str) -> None:
    with record.open() as copy:
        row = copy.one(f"SELECT max(id) FROM {table}")
        copy.do(f"UPDATE {table} SET case_id = 999 WHERE id = ?", row)
        strays = [one for one in copy.verify().breaches if not one.subject.startswith("case:")]
        assert [(one.subject, one.sequence, one.reason) for one in strays] == [
            (f"{word} {row}", 0, f"the case of this {word} is missing")
        ]


class TestNumberings:
    def test_one_that_cannot_be_read_hides_no_other(self, record: Record) -> None:
        with record.open() as copy:
            copy.do("INSERT INTO registers (prefix, year, last) VALUES ('AA', 2026, 'tiga'), ('ZZ', 2026, 1)")
            found = [(one.subject, one.sequence, one.reason) for one in copy.verify().breaches]
            assert found == [
                ("numbering AA-2026-", 0, "its last number is unreadable"),
                ("case:ZZ-2026-0001", 1, "its number was given out, but the case is missing"),
            ]

    def test_one_with_more_cases_than_numbers_is_named_with_both(self, record: Record) -> None:
        with record.open() as copy:
            copy.do("UPDATE registers SET last = 2")
            reason = "there are 3 cases, more than were given a number"
            assert copy.finds() == ("numbering SW-2026-", 2, reason)

    def test_cases_of_no_numbering_are_counted_beside_those_of_one(self, record: Record) -> None:
        with record.open() as copy:
            copy.do("UPDATE registers SET last = 2, year = 2025")
            copy.do("UPDATE cases SET number = replace(number, '2026', '2025') WHERE number <> 'SW-2026-0003'")
            numberings = [one for one in copy.verify().breaches if one.subject == "numberings"]
            assert [(one.sequence, one.reason) for one in numberings] == [(0, "1 of the cases belong to no numbering")]

    def test_one_without_a_case_hides_no_case_of_no_numbering(self, record: Record) -> None:
        with record.open() as copy:
            copy.do("INSERT INTO registers (prefix, year, last) VALUES ('AA', 2026, 0)")
            copy.do("UPDATE registers SET last = 2 WHERE prefix = 'SW'")
            copy.do("UPDATE cases SET number = 'XX-2026-0001' WHERE number = 'SW-2026-0003'")
            numberings = [one.reason for one in copy.verify().breaches if one.subject == "numberings"]
            assert numberings == ["1 of the cases belong to no numbering"]

    def test_none_is_missed_where_there_is_no_case_and_no_numbering(self, record: Record) -> None:
        with record.open() as copy:
            for number in (FIRST, SECOND, THIRD):
                removes_case(copy, number)
            copy.do("DELETE FROM registers")
            assert [one for one in copy.verify().breaches if "number" in one.subject + one.reason] == []


def test_a_case_under_another_number_leaves_its_place_empty(record: Record) -> None:
    with record.open() as copy:
        removes_case(copy, THIRD)
        copy.do("UPDATE cases SET number = 'SW-2026-1003' WHERE number = 'SW-2026-0002'")
        found = [one for one in copy.verify().breaches if "given out" in one.reason or "more than" in one.reason]
        assert [(one.subject, one.sequence) for one in found] == [(SECOND, 1)]


class TestARenamedPost:
    """Tasks go along with a post that gets another code, and the office's journal says so."""

    def renames(self, records: Records, former: str, code: str, *, told: bool = True) -> None:
        records.session.merge(Post(code=code, title="Kabag", short="Kabag"))
        records.session.flush()
        for kind in (Task, Tenure):
            records.session.execute(update(kind).where(kind.post == former).values(post=code))
        records.session.execute(delete(SearchDocument))
        if told:
            records.log_office("rename-post", capacity=SYSTEM, post=code, formerly=former)

    def breaches(self, bureau: Bureau) -> list[str]:
        with Session(bureau.engine) as session:
            return [one.reason for one in verify(session).breaches]

    def test_what_the_office_tells_of_it_is_no_breach(self, bureau: Bureau) -> None:
        bureau.lives_through_much()
        for former, code in (("kabag-p2l", "kabag-a"), ("kabag-a", "kabag-b")):
            bureau.work(partial(self.renames, former=former, code=code))
        assert self.breaches(bureau) == []

    def test_what_the_office_does_not_tell_is_one(self, bureau: Bureau) -> None:
        bureau.lives_through_much()
        bureau.work(lambda records: self.renames(records, "kabag-p2l", "kabag-a", told=False))
        assert all("its post is not what the journal tells" in one for one in self.breaches(bureau))
        assert self.breaches(bureau) != []

    def test_an_entry_of_it_that_cannot_be_read_is_a_breach_of_the_office(self, bureau: Bureau) -> None:
        bureau.lives_through_much()
        bureau.work(lambda records: self.renames(records, "kabag-p2l", "kabag-a"))
        with Record.of(bureau.engine).open() as copy:
            copy.do("UPDATE journal_entries SET at = 'kemarin' WHERE action = 'rename-post'")
            found = {one.subject: one.reason for one in copy.verify().breaches}
            assert found["office"] == "changed"
            assert "its post is not what the journal tells" in found[FIRST]


def test_a_round_that_somebody_wrote_is_not_made_true_by_the_next_decision(bureau: Bureau) -> None:
    """Found in the demonstration: the entry of the decision told the forged round, and the record held again."""
    case_id = bureau.begins("budi")
    bureau.work(lambda records: records.session.execute(update(Case).values(round=7)))
    bureau["bambang"].forwards(case_id)
    found = bureau.work(lambda records: verify(records.session))
    assert found.first == Breach(FIRST, 2, "does not follow from the entries before it")
