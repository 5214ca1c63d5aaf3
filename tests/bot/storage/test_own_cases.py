"""Who may not judge a task was one person before revision 0042, and is a list since."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, MetaData, create_engine, select, text

from bot.storage import migration
from models.case.task import Task

AT = datetime(2026, 11, 23, tzinfo=UTC)
TASK = {"case_id": 1, "round": 1, "post": "kadiv", "standard": "30 menit", "opened_at": AT, "due_at": AT}
UNBOUND = {"sqlite": "PRAGMA foreign_keys = OFF", "postgresql": "SET session_replication_role = replica"}
"""Lets a row be written without those it refers to."""


@pytest.fixture
def before(database_url: str) -> Iterator[Engine]:
    """A database from before, with a task that person 41 may not decide, and one that anybody may."""
    engine = create_engine(database_url)
    migration.upgrade(engine, "0041")
    kept = MetaData()
    kept.reflect(engine)
    tasks = kept.tables["tasks"].insert()
    person = {"id": 41, "name": "Dina Contoh", "nip": "41", "language": "id", "unit": ""}
    with engine.connect() as connection:
        connection.execute(text(UNBOUND[engine.dialect.name]))
        connection.execute(kept.tables["people"].insert().values(**person, is_admin=False, registered_at=AT))
        for number, person_id in ((7, 41), (8, None)):
            row = TASK | {"instructions": [], "note": "", "version": 1, "rung": 0, "not_by_id": person_id}
            connection.execute(tasks.values(**row, id=number, step=number))
        connection.commit()
    engine.dispose()
    yield engine
    engine.dispose()


def test_the_one_person_is_taken_over_and_given_back(before: Engine) -> None:
    for _ in range(2):
        migration.upgrade(before, "0042")
        with before.connect() as connection:
            found = connection.execute(select(Task.id, Task.not_by).order_by(Task.id)).all()
        assert [tuple(one) for one in found] == [(7, [41]), (8, [])]
        migration.downgrade(before, "0041")
        with before.connect() as connection:
            found = connection.execute(text("SELECT id, not_by_id FROM tasks ORDER BY id")).all()
        assert [tuple(one) for one in found] == [(7, 41), (8, None)]
