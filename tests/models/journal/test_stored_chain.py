"""A chain that went through the database verifies: neither kind of database changes what the digests cover."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, select
from sqlalchemy.orm import Session, joinedload

from models.journal.chain import Chain, Entry, first_breach
from models.rules.actions import Action

AT = datetime(2026, 11, 23, 0, 30, 0, 7, tzinfo=UTC)

PAYLOADS: list[dict[str, Any]] = [
    {},
    {"step": 2, "round": 1, "note": "", "opened": {"post": "kadiv", "assignee": None}, "helped": False},
    {"whole": [0, -1, 2**53 - 1, -(2**53) + 1], "parts": [0.1, 1.0, -0.0, 1e21, 1e-7, 5e-324, 333333333.33333329]},
    {"z": 1, "a": 2, "\ufb33": 3, "😀": 4, "": 5, "ö": 6, "A": 7},
    {"words": 'baris\nbaru, "kutip", \\, \x00\x1f\x7f\u2028, “hari ini” 😀'},
    {"action": Action.FORWARD, "pair": ("a", "b"), "nested": [[[{}], []], {}]},
]


@pytest.fixture
def engine(migrated_url: str) -> Iterator[Engine]:
    engine = create_engine(migrated_url)
    yield engine
    engine.dispose()


def test_a_chain_verifies_as_it_comes_back_from_the_database(engine: Engine) -> None:
    with Session(engine) as session, session.begin():
        session.add(chain := Chain.begin("office"))
        for payload in PAYLOADS:
            chain.append("note", actor_id=1, capacity="system", payload=payload, at=AT)
    with Session(engine) as session:
        chain = session.scalars(select(Chain)).one()
        entries = session.scalars(chain.entries.select().options(joinedload(Entry.payload)).order_by(Entry.sequence))
        found = entries.all()
        assert [entry.version for entry in found] == [3] * len(PAYLOADS)
        assert first_breach(chain, found) is None
