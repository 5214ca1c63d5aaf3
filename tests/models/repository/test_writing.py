"""Rows that are written plainly are the rows that SQLAlchemy's unit of work would have written."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from itertools import count
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete, event, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from models.case.case import Case
from models.case.evaluation import Part
from models.case.task import Task
from models.mail.card import Card, CardKind
from models.mail.correspondence import made
from models.office.person import Person
from models.repository import office_lock, writing
from models.tables import METADATA
from tests.models.bureau import HARDWARE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from models.repository.records import Records
    from tests.models.bureau import Bureau


def lives(bureau: Bureau) -> None:
    """Let three cases go through most of the doors that there are."""
    bureau.lives_through_much()
    moved = bureau["bambang"].moves(bureau.begins("siti", "Mesin cetak rusak"), to=HARDWARE)
    bureau.walks(moved, until=4)
    bureau["maria"].forwards(moved, to="rina")
    bureau["rina"].writes(moved, Part.CAUSE, "Tinta habis.")
    bureau["maria"].is_unbound()
    bureau.works(60 * 30)
    bureau.sweeps()
    bureau["maria"].comes_back()
    bureau["siti"].leaves("kadiv")
    bureau.deals("kadiv")


def rows(bureau: Bureau) -> dict[str, list[Mapping[str, Any]]]:
    """Return everything that the database holds."""
    with bureau.engine.connect() as connection:
        return {
            table.name: [dict(row) for row in connection.execute(select(table).order_by(*table.primary_key)).mappings()]
            for table in METADATA.sorted_tables
        }


def flushes_of_the_unit_of_work(monkeypatch: pytest.MonkeyPatch) -> list[set[str]]:
    """Collect what the unit of work writes from now on: the names of the classes, flush by flush."""
    found: list[set[str]] = []

    def note(session: Session, *_: object) -> None:
        found.append({type(one).__name__ for one in (*session.new, *session.dirty, *session.deleted)})

    listen = writing.write_plainly

    def both(session: Session) -> None:
        if "noted" not in session.info:
            session.info["noted"] = True
            event.listen(session, "after_flush", note)
        listen(session)

    monkeypatch.setattr(office_lock, "write_plainly", both)
    return found


def test_a_record_is_the_same_by_whatever_it_was_written(
    open_bureau: Callable[[], Bureau], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the same secrets, every row of every table is the same, the hashes of the journal among them."""
    found = []
    for plainly, bureau in ((True, open_bureau()), (False, open_bureau())):
        numbers = count(1)
        with monkeypatch.context() as patched:
            patched.setattr(secrets, "token_bytes", lambda size, n=numbers: next(n).to_bytes(size, "big"))
            if not plainly:
                patched.setattr(office_lock, "write_plainly", lambda _: None)
            lives(bureau)
            found.append(rows(bureau))
    plain, by_the_unit_of_work = found
    assert sum(map(len, plain.values())) > 300
    for name, written in plain.items():
        assert written == by_the_unit_of_work[name], name


def test_no_step_of_a_case_needs_the_unit_of_work(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    by_the_unit_of_work = flushes_of_the_unit_of_work(monkeypatch)
    bureau.finishes(bureau.begins("budi"))
    assert by_the_unit_of_work == []


def test_what_is_deleted_is_left_to_the_unit_of_work(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    by_the_unit_of_work = flushes_of_the_unit_of_work(monkeypatch)

    def delete_one(records: Records) -> None:
        shown = made(CardKind.RESULT, 1001, at=records.at)
        records.session.add(shown)
        records.flush()
        assert by_the_unit_of_work == []
        records.session.delete(shown)
        records.session.add(made(CardKind.RESULT, 1002, at=records.at))

    bureau.work(delete_one)
    assert by_the_unit_of_work == [{"Card"}]
    assert bureau.work(lambda records: records.session.scalars(select(Card.chat_id)).all()) == [1002]


def test_the_numbers_that_the_database_gives_come_to_the_right_objects(bureau: Bureau) -> None:
    def add(records: Records) -> dict[int, int]:
        cards = [made(CardKind.RESULT, 9_000 - one, at=records.at) for one in range(500)]
        records.session.add_all(cards)
        records.flush()
        assert [card.id for card in cards] == sorted(card.id for card in cards)
        return {card.id: card.chat_id for card in cards}

    known = bureau.work(add)
    assert len(known) == 500
    assert dict(bureau.work(lambda records: records.session.execute(select(Card.id, Card.chat_id)).all())) == known


def test_a_savepoint_undoes_what_was_written_in_it(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")

    def work(records: Records) -> None:
        proceeding = records.case(case_id)
        task = proceeding.case.tasks[0]
        undone = made(CardKind.RESULT, 1001, at=records.at)
        with records.session.begin_nested() as savepoint:
            records.session.add(undone)
            task.note = "Batal"
            records.flush()
            assert undone.id is not None
            assert undone in records.session
            savepoint.rollback()
        assert undone not in records.session
        assert task.note == ""
        kept = made(CardKind.RESULT, 1002, at=records.at)
        records.session.add(kept)

    bureau.work(work)
    assert bureau.task(case_id).note == ""
    living = select(Card.chat_id).where(Card.kind == CardKind.RESULT)
    assert bureau.work(lambda records: records.session.scalars(living).all()) == [1002]


def test_a_row_that_is_gone_is_not_written_in_silence(bureau: Bureau) -> None:
    def work(records: Records) -> None:
        shown = made(CardKind.RESULT, 1001, at=records.at)
        records.session.add(shown)
        records.flush()
        records.session.connection().execute(delete(Card).where(Card.id == shown.id))
        shown.live = False
        with pytest.raises(StaleDataError):
            records.flush()
        records.session.expunge(shown)

    bureau.work(work)


def test_what_was_left_out_has_its_default_and_is_read_without_a_statement(bureau: Bureau) -> None:
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement)

    def add(records: Records) -> None:
        person = Person(name="Yohanes Contoh", nip="198001012005021099", account_id=7, registered_at=records.at)
        records.session.add(person)
        records.flush()
        event.listen(bureau.engine, "before_cursor_execute", note)
        assert (person.language, person.unanswered, person.unit, person.pending) == ("id", 0, "", None)
        assert person.salt is not None
        assert len(person.salt) == 16
        assert statements == []
        event.remove(bureau.engine, "before_cursor_execute", note)

    bureau.work(add)


def test_an_object_and_its_parent_that_are_both_new_find_each_other(bureau: Bureau) -> None:
    case = bureau.case(bureau.begins("budi"))
    (task,) = case.tasks
    assert task.case_id == case.id
    cards = bureau.work(lambda records: records.session.scalars(select(Card).order_by(Card.id)).all())
    assert {(card.case_id, card.task_id) for card in cards if card.kind is CardKind.TASK} == {(case.id, task.id)}
    owners = select(Task.case_id).join(Case, Case.id == Task.case_id)
    assert bureau.work(lambda records: records.session.scalars(owners).all()) == [case.id]


def test_what_is_new_and_what_has_changed_of_one_table_is_one_statement(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    found: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if re.match(r"(INSERT INTO|UPDATE) tasks\b", statement):
            found.append(statement)

    event.listen(bureau.engine, "before_cursor_execute", note)
    bureau["bambang"].forwards(case_id)
    event.remove(bureau.engine, "before_cursor_execute", note)
    assert len(found) == 1
    first, second = bureau.case(case_id).tasks
    assert (first.is_open, second.is_open, first.id < second.id) == (False, True, True)


def test_a_row_that_is_gone_does_not_come_back_with_a_new_one(bureau: Bureau) -> None:
    def work(records: Records) -> None:
        shown, other = made(CardKind.RESULT, 1001, at=records.at), made(CardKind.RESULT, 1002, at=records.at)
        records.session.add(shown)
        records.flush()
        records.session.connection().execute(delete(Card).where(Card.id == shown.id))
        with records.session.begin_nested() as savepoint:
            shown.live = False
            records.session.add(other)
            with pytest.raises(IntegrityError):
                records.flush()
            savepoint.rollback()
        records.session.expunge(shown)

    bureau.work(work)
    assert bureau.work(lambda records: records.session.scalars(select(Card.chat_id)).all()) == []
