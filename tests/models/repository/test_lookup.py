"""What is looked up by statements that are written once is what SQLAlchemy would have found."""

from __future__ import annotations

import tracemalloc
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import bindparam, event, func, inspect, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from models.case.case import Case
from models.case.task import Task
from models.mail.card import Card, CardKind
from models.mail.notice import Notice, NoticeState
from models.office.person import Person
from models.office.tenure import Tenure
from models.repository.lookup import Change, Lookup, Rows, by_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from models.base import Base
    from tests.models.bureau import Bureau

ENTITIES: tuple[type[Any], ...] = (Case, Task, Person, Tenure, Card, Notice)

PEOPLE = Lookup(select(Person).where(Person.id.in_(bindparam("ids", expanding=True))).order_by(Person.id))
TASK = Lookup(select(Task).where(Task.id == bindparam("id")))
FRESH = Lookup(select(Task).where(Task.id == bindparam("id")), freshly=True)


def columns(one: Base) -> dict[str, Any]:
    return {name: one.__dict__[name] for name in inspect(type(one)).column_attrs.keys()}  # noqa: SIM118 - no dict


@pytest.fixture
def session(bureau: Bureau) -> Iterator[Session]:
    bureau.lives_through_much()
    with Session(bureau.engine) as session:
        yield session


@pytest.mark.parametrize("entity", ENTITIES, ids=lambda entity: entity.__name__)
def test_an_object_is_the_one_that_sqlalchemy_makes(bureau: Bureau, session: Session, entity: type[Any]) -> None:
    found = Lookup(select(entity).order_by(entity.id)).all(session, {})
    with Session(bureau.engine) as other:
        loaded = other.scalars(select(entity).order_by(entity.id)).all()
        assert found
        assert [columns(one) for one in found] == [columns(one) for one in loaded]
        assert [[type(value) for value in columns(one).values()] for one in found] == [
            [type(value) for value in columns(one).values()] for one in loaded
        ]
    # They are the session's own from now on.
    assert list(session.scalars(select(entity).order_by(entity.id))) == found
    assert not session.dirty


def test_columns_and_objects_stand_beside_each_other_and_what_is_not_there_is_none(session: Session) -> None:
    statement = select(Notice, Card, Card.kind, func.coalesce(Card.made_at, Notice.owed_at)).outerjoin(
        Card, Card.id == Notice.card_id
    )
    given = {"state": NoticeState.OWED, "kind": CardKind.TASK}
    asked = statement.where(Notice.state == bindparam("state"), Notice.chat_id > 0).order_by(Notice.id)
    found = Rows(asked).all(session, given)
    assert found == [tuple(row) for row in session.execute(asked, given)]
    assert {card is None for _, card, *_ in found} == {True, False}


def test_an_in_takes_any_number_of_values(session: Session) -> None:
    everybody = [one.id for one in session.scalars(select(Person).order_by(Person.id))]
    for count in (0, 1, 2, len(everybody), 1):
        assert [one.id for one in PEOPLE.all(session, {"ids": everybody[:count]})] == everybody[:count]


def test_texts_of_many_values_are_not_kept(session: Session) -> None:
    """A sweep after a long outage asks for thousands of cases, each time for another number of them."""
    asked = Lookup(select(Person.id).where(Person.id.in_(bindparam("ids", expanding=True))))
    asked.all(session, {"ids": list(range(2_001))})
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        for count in range(2_002, 2_018):
            asked.all(session, {"ids": list(range(count))})
        kept = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    # The driver of PostgreSQL itself remembers the last statements of a connection.
    assert kept < 1_000_000, kept


def test_an_in_and_an_instant_may_be_written_into_the_statement(session: Session) -> None:
    statement = select(Card.id).where(Card.kind.in_((CardKind.TASK, CardKind.STATUS))).order_by(Card.id)
    oldest = session.scalars(select(Card.made_at).order_by(Card.made_at)).first()
    assert oldest is not None
    for asked in (statement, statement.where(Card.made_at > oldest)):
        assert Lookup(asked).all(session, {}) == session.scalars(asked).all()


def test_what_was_changed_is_written_before_it_is_looked_for(session: Session) -> None:
    task = session.scalars(select(Task).order_by(Task.id)).first()
    assert task is not None
    task.note = "ditulis dahulu"
    assert Lookup(select(Task.note).where(Task.id == bindparam("id"))).first(session, {"id": task.id}) == task.note
    assert not session.dirty


def test_what_is_changed_and_must_not_be_written_yet_stays(session: Session) -> None:
    task = session.scalars(select(Task).order_by(Task.id)).first()
    assert task is not None
    with session.no_autoflush:
        task.note = "belum ditulis"
        assert TASK.first(session, {"id": task.id}) is task
        assert task.note == "belum ditulis"
        assert task in session.dirty
        session.expire(task, ["instructions"])
        assert TASK.first(session, {"id": task.id}) is task
        assert (task.note, "instructions" in task.__dict__) == ("belum ditulis", True)


@pytest.mark.parametrize("asked", [TASK, FRESH])
def test_an_object_that_is_known_is_brought_up_to_date_where_that_is_asked(
    session: Session, asked: Lookup[Task]
) -> None:
    task = session.scalars(select(Task).order_by(Task.id)).first()
    assert task is not None
    before = task.note
    session.execute(text("UPDATE tasks SET note = 'oleh yang lain'"))
    assert asked.first(session, {"id": task.id}) is task
    assert task.note == ("oleh yang lain" if asked is FRESH else before)


def test_nothing_is_found_where_nothing_is(session: Session) -> None:
    assert TASK.first(session, {"id": 987_654}) is None
    assert TASK.all(session, {"id": 987_654}) == []


def test_a_change_says_how_many_rows_it_changed(session: Session) -> None:
    settled = Change(
        update(Notice).where(Notice.state == bindparam("before")).values(state=NoticeState.NOT_NEEDED, failure=None)
    )
    owed = session.scalar(select(func.count()).where(Notice.state == NoticeState.OWED))
    assert owed
    assert settled.carry_out(session, {"before": NoticeState.OWED}) == owed
    assert settled.carry_out(session, {"before": NoticeState.OWED}) == 0
    assert session.scalar(select(func.count()).where(Notice.state == NoticeState.OWED)) == 0


def test_who_counts_statements_is_told_of_each(bureau: Bureau, session: Session) -> None:
    said = list[str]()
    event.listen(bureau.engine, "before_cursor_execute", lambda *given: said.append(given[2]))
    TASK.first(session, {"id": 1})
    assert [one.partition(" ")[0] for one in said] == ["SELECT"]


def test_an_error_is_the_one_of_sqlalchemy(session: Session) -> None:
    session.execute(text("ALTER TABLE selections RENAME TO gone"))
    with pytest.raises(DBAPIError):
        Lookup(select(text("person_id")).select_from(text("selections"))).all(session, {})


def test_an_object_is_found_by_its_key_and_is_not_looked_up_again(bureau: Bureau, session: Session) -> None:
    said = list[str]()
    event.listen(bureau.engine, "before_cursor_execute", lambda *given: said.append(given[2]))
    task = by_key(session, Task, 1)
    assert task is not None
    assert task is session.get(Task, 1)
    assert by_key(session, Task, 1) is task
    assert len(said) == 1
    assert by_key(session, Task, 987_654) is None


def test_an_object_of_which_something_was_let_go_is_looked_up_again(session: Session) -> None:
    task = by_key(session, Task, 1)
    assert task is not None
    session.expire(task)
    session.execute(text("UPDATE tasks SET note = 'oleh yang lain'"))
    assert by_key(session, Task, 1) is task
    assert task.note == "oleh yang lain"
