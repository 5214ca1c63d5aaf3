"""Looking hardly waits: a moment for the writer of SQLite, not for work that has locked the case. It cannot write."""

import asyncio
import sys
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from bot.clock import MovableClock
from bot.storage.database import Database
from bot.storage.precedence import Precedence
from bot.storage.url import store_at
from handlers.views.case import case_view
from handlers.views.history import position_view, timeline_view
from handlers.views.task import task_view
from models.mail.card import Card, CardKind, Face
from models.queries import belongings, cards, lists, people, timeline
from models.repository.reader import Reader
from models.repository.records import Records
from models.rules.rules import Rules
from tests.bot.conftest import Desks

Look = Callable[[Reader], object]


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let readers wait for a writer hardly at all: here writers wait for what is read."""
    monkeypatch.setattr("bot.storage.precedence.PATIENCE", 0.01)


def _of_the_first_card(reader: Reader) -> Card:
    return reader.session.scalars(select(Card).where(Card.kind == CardKind.TASK)).one()


LOOKS: dict[str, Look] = {
    "a case": lambda reader: reader.case(1).case.number,
    "a case by its number": lambda reader: reader.case_numbered("SW-2026-0001"),
    "the office": lambda reader: reader.office().admins,
    "a queue": lambda reader: lists.queue(reader, reader.known(2001)),
    "what somebody may see": lambda reader: lists.visible(reader, reader.known(1001), limit=9),
    "the case that is meant": lambda reader: lists.numbers_like(reader, "1"),
    "how busy the holders are": lambda reader: lists.active_counts(reader, "jft-prakom"),
    "open questions": lambda reader: lists.open_questions(reader, 1),
    "the report that a message became": lambda reader: lists.report_of_message(reader, reader.known(1001), 5),
    "files": lambda reader: belongings.attachments(reader, 1),
    "notes": lambda reader: belongings.remarks(reader, 1),
    "questions": lambda reader: belongings.exchanges(reader, 1),
    "files of a Laporan Evaluasi": lambda reader: belongings.evaluation_files(reader, 1),
    "cards of a chat": lambda reader: cards.shown_cards(reader, 2001, CardKind.TASK),
    "people out of reach": people.unreachable_people,
    "a language": lambda reader: people.chosen_language(reader, 1001),
    "a timeline": lambda reader: timeline.timeline(reader, reader.case(1).case),
    "the card of a task": lambda reader: task_view(reader, _of_the_first_card(reader)),
    "a status": lambda reader: case_view(reader, reader.case(1), person=reader.known(1001)),
    "a drawn timeline": lambda reader: timeline_view(reader, reader.case(1), person=reader.known(1001)),
    "a drawn position": lambda reader: position_view(reader, reader.case(1), person=reader.known(1001)),
}
"""What lists, cards and /status ask."""


@pytest.fixture
def look(database: Database, rules: Rules, clock: MovableClock) -> Callable[[Look], Any]:
    """Look at the record as the program does: beside the writer, in a session that cannot write."""

    def looks(what: Look) -> Any:  # noqa: ANN401 - whatever was looked for
        return database.read(lambda session: what(Reader(session, rules=rules, at=clock.now())))

    return looks


@pytest.mark.parametrize("name", LOOKS)
async def test_it_needs_no_right_to_write(office: Desks, look: Callable[[Look], Any], name: str) -> None:
    await office.report()
    await look(LOOKS[name])


async def test_a_reader_cannot_write(office: Desks, database: Database) -> None:
    def writes(session: Session) -> None:
        session.add(Card(kind=CardKind.STATUS, chat_id=1, face=Face.MAIN, live=True, made_at=office.clock.now()))
        session.flush()

    with pytest.raises(DBAPIError):
        await database.read(writes)


async def _while_somebody_works(database: Database, works: Callable[[Session], object], look: Callable[[], Any]) -> Any:  # noqa: ANN401
    """Return what `look` finds while a writer has done its work and holds its transaction."""
    written, goes_on = threading.Event(), threading.Event()

    def lingering(session: Session) -> None:
        works(session)
        session.flush()
        written.set()
        assert goes_on.wait(60)

    working = asyncio.ensure_future(database.transact(lingering))
    await asyncio.to_thread(written.wait)
    try:
        return await asyncio.wait_for(look(), 30)
    finally:
        goes_on.set()
        await working


async def test_it_answers_while_a_writer_holds_its_transaction(
    office: Desks, database: Database, look: Callable[[Look], Any]
) -> None:
    await office.report("SIMPEG tidak dapat dibuka")

    def reports(session: Session) -> None:
        Records(session, rules=office.rules, at=office.clock.now()).say(1001, "guide")

    for what in LOOKS.values():
        await _while_somebody_works(database, reports, partial(look, what))


async def test_it_shows_a_case_that_somebody_has_locked_as_it_was(
    office: Desks, database: Database, look: Callable[[Look], Any]
) -> None:
    case_id = await office.report()

    def forwards(session: Session) -> None:
        records = Records(session, rules=office.rules, at=office.clock.now())
        proceeding = records.case(case_id)
        (task,) = proceeding.case.tasks
        proceeding.forward(task, by=records.tenure(records.known(2001), task))

    found = await _while_somebody_works(
        database, forwards, partial(look, lambda reader: [task.step for task in reader.case(case_id).case.tasks])
    )
    assert found == [1]
    assert await look(lambda reader: [task.step for task in reader.case(case_id).case.tasks]) == [1, 2]


async def test_the_office_can_be_looked_at_while_it_changes(
    office: Desks, database: Database, look: Callable[[Look], Any]
) -> None:
    def changes(session: Session) -> None:
        Records(session, rules=office.rules, at=office.clock.now()).lock_office_to_change()

    found = await _while_somebody_works(
        database, changes, partial(look, lambda reader: [one.account_id for one in reader.office().holders("kadiv")])
    )
    assert found == [office.account["kadiv"]]


def test_a_reader_who_draws_hands_the_lock_of_python_to_a_writer_within_a_millisecond(database: Database) -> None:
    assert database.store.readers >= 1
    assert sys.getswitchinterval() <= 0.001


class Meeting:
    """A reader and a writer who meet between two statements of the reader.

    The writer has decided once the reader has read, or after `at_most` seconds.
    """

    def __init__(self, database: Database, *, at_most: float) -> None:
        self._database, self._at_most = database, at_most
        self._looked, self._begun, self._read = (threading.Event() for _ in range(3))
        self._order: list[str] = []

    async def order(self) -> list[str]:
        look = asyncio.ensure_future(self._database.read(self._looks))
        await asyncio.to_thread(self._looked.wait)
        await self._database.transact(self._decides)
        await look
        return self._order

    def _looks(self, session: Session) -> None:
        session.execute(select(1))
        self._looked.set()
        self._begun.wait()
        session.execute(select(1))
        self._order.append("read")
        self._read.set()

    def _decides(self, session: Session) -> None:
        session.execute(select(1))
        self._begun.set()
        self._read.wait(self._at_most)
        self._order.append("decided")


@pytest.mark.databases("sqlite")
async def test_a_reader_lets_a_writer_who_computes_go_first(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the reader would take Python's lock at each row that SQLite gives to the writer."""
    monkeypatch.setattr("bot.storage.precedence.PATIENCE", 60.0)
    assert await Meeting(database, at_most=0.05).order() == ["decided", "read"]


@pytest.mark.databases("sqlite")
async def test_a_reader_whose_patience_is_over_goes_on_beside_the_writer(database: Database) -> None:
    assert await Meeting(database, at_most=60).order() == ["read", "decided"]


class Waits(threading.Event):
    """An event for which nobody waits in truth: the seconds are added up instead."""

    def __init__(self) -> None:
        super().__init__()
        self.seconds = 0.0

    def wait(self, timeout: float | None = None) -> bool:
        self.seconds += timeout or 0.0
        return self.is_set()


def test_a_reader_waits_for_a_writer_no_longer_than_its_patience_with_all_its_statements(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The statement that begins the snapshot does not wait besides."""
    waits = Waits()
    monkeypatch.setattr("bot.storage.precedence.threading", SimpleNamespace(Event=lambda: waits))
    monkeypatch.setattr("bot.storage.precedence.time", SimpleNamespace(monotonic=lambda: waits.seconds))
    monkeypatch.setattr("bot.storage.precedence.PATIENCE", 1.0)
    store = store_at(f"sqlite:///{tmp_path}/record.db")
    precedence = Precedence(store.reading)

    def reads() -> float:
        before = waits.seconds
        with Session(store.reading) as session, session.begin():
            session.execute(select(1))
            session.execute(select(1))
        return waits.seconds - before

    assert reads() == 0.0
    with precedence.computing():
        assert [reads(), reads()] == [1.0, 1.0]
    assert reads() == 0.0
    store.reading.dispose()
