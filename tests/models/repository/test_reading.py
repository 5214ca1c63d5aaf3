"""Objects that are read plainly are those that SQLAlchemy's own loading would have made."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import bindparam, event, inspect, literal, select, text, true
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from models.case.case import Case
from models.case.copy import Copy
from models.case.evaluation import Evaluation
from models.case.sop_version import SopVersion
from models.case.task import Task
from models.journal.chain import Chain
from models.mail.card import Card
from models.office.person import Person
from models.office.tenure import Tenure
from models.repository import driver, whole_case
from models.repository.reading import Reading, values, whole

if TYPE_CHECKING:
    from typing import Any

    from models.base import Base
    from models.repository.records import Records
    from tests.models.bureau import Bureau

ENTITIES: tuple[type[Base], ...] = (Case, SopVersion, Chain, Person, Task, Copy, Evaluation, Card, Tenure)


def columns(one: Base) -> dict[str, Any]:
    return {name: one.__dict__[name] for name in inspect(type(one)).column_attrs.keys()}  # noqa: SIM118 - no dict


@pytest.mark.parametrize("entity", ENTITIES, ids=lambda entity: entity.__name__)
def test_an_object_is_the_same_by_whatever_it_was_read(bureau: Bureau, entity: type[Base]) -> None:
    bureau.lives_through_much()
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=4)
    bureau["maria"].forwards(case_id, to="rina")
    part = whole(entity, true())

    with Session(bureau.engine) as session:
        plain = Reading((part, values(literal("0")))).find(session, {}).of(part)
        read = {inspect(one).identity: columns(one) for one in plain}
    with Session(bureau.engine) as session:
        loaded = {inspect(one).identity: columns(one) for one in session.scalars(select(entity))}
    assert read == loaded
    assert [{name: type(value) for name, value in one.items()} for one in read.values()] == [
        {name: type(loaded[key][name]) for name in one} for key, one in read.items()
    ]


def test_what_was_read_before_is_brought_up_to_date_and_what_was_changed_is_written_first(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")

    def work(records: Records) -> None:
        proceeding = records.case(case_id)
        task = proceeding.case.open_task
        assert task is not None
        chain_id = proceeding.case.chain_id
        records.session.execute(text(f"UPDATE journal_chains SET length = 77 WHERE id = {chain_id}"))
        task.note = "ditulis dahulu"
        again = records.case(case_id)
        assert again.case is proceeding.case
        assert again.case.chain.length == 77
        assert task.note == "ditulis dahulu"
        assert not records.session.dirty
        assert records.session.scalar(select(Task.note).where(Task.id == task.id)) == "ditulis dahulu"

    bureau.work(work)


def test_an_object_that_was_read_is_written_and_undone_as_any_other(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    with Session(bureau.engine) as session:
        case = whole_case.read_one(session, whole_case.BY_ID, case_id)
        assert case is not None
        opened_at = case.opened_at
        with session.begin_nested() as savepoint:
            case.opened_at += timedelta(days=1)
            session.flush()
            savepoint.rollback()
        assert case.opened_at == opened_at
        case.round = 5
        session.commit()
        assert case.round == 5
    assert bureau.case(case_id).round == 5


def test_many_cases_are_read_in_one_statement_each_with_its_own(bureau: Bureau) -> None:
    numbers = [bureau.begins("budi") for _ in range(5)]
    bureau["bambang"].forwards(numbers[3])
    found: list[str] = []
    with Session(bureau.engine) as session:
        event.listen(bureau.engine, "before_cursor_execute", lambda _c, _k, statement, *_: found.append(statement))
        cases = whole_case.read_many(session, numbers)
        assert len([one for one in found if one.startswith("SELECT") and "FROM tasks" in one]) == 1
        assert len([one for one in found if one.startswith("SELECT")]) == 2, "the second names who decided"
        assert [case.id for case in cases] == numbers
        assert [len(case.tasks) for case in cases] == [1, 1, 1, 2, 1]
        assert all(
            card.task_id in {None, *(task.id for task in case.tasks)} for case in cases for card in case.live_cards
        )
        assert {case.reporter.name for case in cases} == {"Budi Santoso"}
    assert whole_case.read_many(session, []) == []


def test_an_error_of_the_driver_is_one_of_sqlalchemy(bureau: Bureau) -> None:
    with bureau.engine.connect() as connection, pytest.raises(DBAPIError, match="nowhere"):
        driver.rows(connection, "SELECT one FROM nowhere", ())
    with bureau.engine.connect() as connection, pytest.raises(DBAPIError, match="nowhere"):
        driver.changed(connection, "UPDATE nowhere SET one = 1", ())


def test_what_a_part_names_is_given_by_its_name(bureau: Bureau) -> None:
    people = whole(Person, Person.name == bindparam("name"))
    with Session(bureau.engine) as session:
        assert [one.id for one in Reading((people,)).find(session, {"name": "Budi Santoso"}).of(people)] == [
            bureau["budi"].id
        ]
