"""Who decided what, held against who held which post then, as the office's journal tells; and records from before."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from models.administration.files_in_force import ADOPTED, tell_files
from models.administration.seconding import lose_phone
from models.case.sop_version import SopVersion
from models.journal.chain import Entry, Payload
from models.office.person import Person
from models.office.tenure import Capacity
from models.proof.verification import verify
from models.repository.told import STATE, STOCK
from tests.models.bureau import SOFTWARE
from tests.models.case.test_empty_chairs import appoints, at_step, relieves
from tests.models.proof.forgery import FIRST, NOT_HELD, Copy, Record

if TYPE_CHECKING:
    from models.repository.records import Records
    from tests.models.bureau import Bureau

pytestmark = pytest.mark.databases("sqlite")

Words = dict[str, Any]


def reasons(copy: Copy) -> set[tuple[str, str]]:
    return {(one.subject, one.reason) for one in copy.verify().breaches}


def puts_back(bureau: Bureau, copy: Copy) -> None:
    """Let the office go on with the record as the copy has it."""
    with closing(bureau.engine.raw_connection()) as raw:
        assert isinstance(raw.driver_connection, sqlite3.Connection)
        raw.driver_connection.rollback()
        raw.driver_connection.deserialize(copy.connection.serialize())


def as_before(copy: Copy) -> None:
    """Let the record be one from before the office's journal told of rows, and cases of their SOP and their office."""

    def forgets(_: int, __: Words, words: Words) -> None:
        for key in ("office", "sop", "origin"):
            words.pop(key, None)

    office = copy.chain("office")
    told = copy.do(
        "SELECT sequence FROM journal_entries WHERE chain_id = ? AND action IN (?, ?) ORDER BY sequence DESC",
        *(office, STATE, STOCK),
    )
    for (sequence,) in told:
        for table in ("journal_payloads", "journal_entries"):
            copy.do(f"DELETE FROM {table} WHERE chain_id = ? AND sequence = ?", office, sequence)
        last = copy.one("SELECT coalesce(max(sequence), 0) FROM journal_entries WHERE chain_id = ?", office)
        for later in range(sequence + 1, last + 1):
            copy.moves(office, later, to=later - 1)
    left = copy.one("SELECT count(*) FROM journal_entries WHERE chain_id = ?", office)
    copy.do("UPDATE journal_chains SET length = ?, head = ? WHERE id = ?", left, bytes(32), office)
    for (subject,) in copy.do("SELECT subject FROM journal_chains WHERE length > 0"):
        copy.rewrites(subject, forgets, version=2)
    for table in ("people", "invites", "expected_people", "absences"):
        copy.do(f"UPDATE {table} SET salt = randomblob(16)")


@pytest.fixture
def old(bureau: Bureau) -> Bureau:
    """An office with a case under way, from before."""
    at_step(bureau, 3)
    relieves(bureau, "hendra", "kabag-p2l")
    appoints(bureau, "rina", "kabag-p2l")
    with Record.of(bureau.engine).open() as copy:
        as_before(copy)
        puts_back(bureau, copy)
    return bureau


def test_a_record_from_before_holds_and_goes_on(old: Bureau) -> None:
    with Record.of(old.engine).open() as copy:
        assert reasons(copy) == set()
        copy.do("UPDATE people SET is_admin = 1")
        assert reasons(copy) == set(), "nothing tells of it yet"
    assert old.work(lambda records: records.take_stock())
    assert not old.work(lambda records: records.take_stock()), "once"
    case_id = old.only_case()
    old.finishes(case_id)
    old.finishes(old.begins("budi"))
    with Record.of(old.engine).open() as copy:
        assert reasons(copy) == set()
        copy.do("UPDATE people SET is_admin = 1 WHERE id = 1")
        assert reasons(copy) == {("office", "the person 1: its is_admin is not what the journal tells")}


def test_the_first_change_of_a_record_from_before_tells_all_that_is_found(old: Bureau) -> None:
    old.hires("wulan", "Wulan Sari")
    with Record.of(old.engine).open() as copy:
        assert reasons(copy) == set()
        copy.do("UPDATE tenures SET capacity = 'plt' WHERE id = 1")
        assert {subject for subject, _ in reasons(copy)} == {"office"}


def test_a_case_from_before_is_held_to_who_has_held_the_post_at_all(old: Bureau) -> None:
    old.work(lambda records: records.take_stock())
    budi = old["budi"].id

    def another(_: int, head: Words, __: Words) -> None:
        if head["action"] == "forward":
            head["actor_id"] = budi

    with Record.of(old.engine).open() as copy:
        copy.do("UPDATE tasks SET decided_by_id = ? WHERE step = 1", budi)
        copy.rewrites(FIRST, another, version=2)
        assert reasons(copy) == {(FIRST, "somebody acts for a post that they have never held")}


FORGED = {
    "before their time began": ("bambang", "kadiv", Capacity.DEFINITIVE, "siti", False),
    "after their time was over": ("siti", "kadiv", Capacity.DEFINITIVE, "bambang", True),
    "as a Plt. who was none": ("siti", "kadiv", Capacity.PLT, "siti", False),
}


@pytest.mark.parametrize(("decider", "post", "capacity", "holder", "after"), FORGED.values(), ids=FORGED)
def test_a_decision_by_one_who_did_not_hold_the_post_then_is_found(
    bureau: Bureau, decider: str, post: str, capacity: Capacity, holder: str, *, after: bool
) -> None:
    """Both the chain and the rows are forged to fit: only the office's journal contradicts."""
    if after:
        relieves(bureau, decider, post)
        appoints(bureau, holder, post)
    case_id = at_step(bureau, 3)
    if not after and decider != holder:
        relieves(bureau, holder, post)
        appoints(bureau, decider, post)
    forger = bureau[decider].id

    def decided(_: int, head: Words, words: Words) -> None:
        if head["action"] == "forward" and words["step"] == 2:
            head["actor_id"], head["capacity"] = forger, f"{capacity.value}:{post}"

    with Record.of(bureau.engine).open() as copy:
        assert reasons(copy) == set()
        copy.rewrites(FIRST, decided)
        decision = "UPDATE tasks SET decided_by_id = ?, decided_as = ? WHERE step = 2 AND case_id = ?"
        copy.do(decision, forger, f"{capacity.value}:{post}", case_id)
        assert reasons(copy) == {(FIRST, NOT_HELD)}


def test_one_who_left_does_not_decide_by_naming_an_office_in_which_they_held_the_post(bureau: Bureau) -> None:
    with Record.of(bureau.engine).open() as copy:
        then = copy.length("office")
    relieves(bureau, "siti", "kadiv")
    appoints(bureau, "bambang", "kadiv")
    bureau.works(6)
    case_id, siti = at_step(bureau, 3), bureau["siti"].id

    def decided(_: int, head: Words, words: Words) -> None:
        if head["action"] == "forward" and words["step"] == 2:
            head["actor_id"], words["office"] = siti, then

    with Record.of(bureau.engine).open() as copy:
        assert reasons(copy) == set()
        copy.rewrites(FIRST, decided)
        copy.do("UPDATE tasks SET decided_by_id = ? WHERE step = 2 AND case_id = ?", siti, case_id)
        assert reasons(copy) == {(FIRST, NOT_HELD)}


def test_a_decision_in_the_place_of_a_post_that_was_held_is_found(bureau: Bureau) -> None:
    case_id = at_step(bureau, 3)

    def raises(_: int, head: Words, words: Words) -> None:
        raised = {"from": "kabag-p2l", "because": "vacant"}
        if head["action"] == "forward" and words["step"] == 2:
            words["opened"] |= {"post": "kadiv", "raised": raised}
        if head["action"] == "forward" and words["step"] == 3:
            head["actor_id"], head["capacity"] = siti, "definitive:kadiv"
            words["raised"] = raised

    siti = bureau["siti"].id
    bureau["hendra"].forwards(case_id)
    with Record.of(bureau.engine).open() as copy:
        copy.rewrites(FIRST, raises)
        copy.do(
            "UPDATE tasks SET post = 'kadiv', raised_from = 'kabag-p2l', raised_because = 'vacant', decided_by_id = ?, "
            "decided_as = 'definitive:kadiv' WHERE step = 3",
            siti,
        )
        found = "somebody decides in the place of a post that was not vacant"
        assert reasons(copy) == {(FIRST, found)}


@pytest.mark.parametrize("key", ["office", "sop"])
@pytest.mark.parametrize("version", [2, 3])
def test_an_entry_that_no_longer_names_its_office_or_its_sop_is_found(bureau: Bureau, key: str, version: int) -> None:
    """Even where the hashes are computed again, or in the version of entries from before they named it."""
    bureau.finishes(bureau.begins("budi"))

    def forgets(sequence: int, _: Words, words: Words) -> None:
        if (sequence > 1) == (key == "office"):
            words.pop(key, None)

    with Record.of(bureau.engine).open() as copy:
        copy.rewrites(FIRST, forgets, version=version)
        assert {subject for subject, _ in reasons(copy)} == {FIRST}


def test_an_admin_who_was_none_is_found_in_the_offices_journal(bureau: Bureau) -> None:
    def loses(records: Records) -> None:
        rina, dewi = (records.session.get_one(Person, bureau[name].id) for name in ("rina", "dewi"))
        lose_phone(records, rina, by=dewi)

    bureau.work(loses)
    budi = bureau["budi"].id

    def another(_: int, head: Words, __: Words) -> None:
        if head["capacity"] == "admin":
            head["actor_id"] = budi

    with Record.of(bureau.engine).open() as copy:
        assert reasons(copy) == set()
        copy.rewrites("office", another)
        assert ("office", "somebody acts as an admin who was none then") in reasons(copy)


def test_an_erased_salt_leaves_digests_that_say_nothing_and_is_told(bureau: Bureau) -> None:
    def erase(records: Records) -> None:
        budi = records.session.get_one(Person, bureau["budi"].id)
        budi.name, budi.nip, budi.unit, budi.account_id, budi.salt = "", f"-{budi.id}", "", None, None

    bureau.work(erase)
    with Record.of(bureau.engine).open() as copy:
        assert reasons(copy) == set()
        copy.do("UPDATE people SET name = 'Budi Lain' WHERE salt IS NULL")
        assert reasons(copy) == {("office", f"the person {bureau['budi'].id}: its name is not what the journal tells")}
    with Record.of(bureau.engine).open() as copy:
        copy.do("UPDATE people SET name = '', salt = NULL WHERE id = ?", bureau["siti"].id)
        assert {subject for subject, _ in reasons(copy)} == {"office"}, "an erasure that nobody told"


def test_what_a_savepoint_undid_is_not_told(bureau: Bureau) -> None:
    def half(records: Records) -> None:
        undone = records.session.begin_nested()
        records.session.get_one(Person, bureau["budi"].id).unit = "Humas"
        records.session.flush()
        undone.rollback()
        records.session.get_one(Person, bureau["siti"].id).unit = "Kepegawaian"

    bureau.work(half)
    with Session(bureau.engine) as session:
        assert verify(session).verifies


def test_a_row_that_is_removed_by_the_program_is_told_and_one_by_a_forger_is_missed(bureau: Bureau) -> None:
    bureau.work(
        lambda records: records.session.add(SopVersion.of(bureau.rules.sops[SOFTWARE], version=9, at=bureau.at))
    )
    bureau.work(lambda records: records.session.delete(records.session.scalars(select(SopVersion)).one()))
    with Session(bureau.engine) as session:
        assert verify(session).verifies
    with bureau.transaction() as records:
        records.session.execute(delete(SopVersion))
    with Record.of(bureau.engine).open() as copy:
        copy.do("DELETE FROM tenures WHERE id = 1")
        assert ("office", "a tenure that is told here is missing") in reasons(copy)


def test_the_files_in_force_are_told_once_and_again_when_they_change(bureau: Bureau) -> None:
    assert bureau.work(tell_files)
    assert not bureau.work(tell_files)
    bureau.forgets(SOFTWARE)
    assert bureau.work(tell_files)
    with Session(bureau.engine) as session:
        told = select(Payload.body).join(
            Entry, (Entry.chain_id == Payload.chain_id) & (Entry.sequence == Payload.sequence)
        )
        bodies = session.scalars(told.where(Entry.action == ADOPTED).order_by(Entry.sequence)).all()
        assert session.scalar(select(func.count()).select_from(Entry).where(Entry.action == STOCK)) == 1
    assert [SOFTWARE in body["sops"] for body in bodies if body] == [True, False]
    assert all(len(body["office"]) == 64 for body in bodies if body)
