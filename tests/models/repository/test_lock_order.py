"""Locks are taken in one order: the office, then a case, then a card. Two that keep to it never wait for each other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import IntEnum

import pytest
from sqlalchemy import event, select

from models.administration.appointment import appoint
from models.chase.sweep import chase_due
from models.mail.card import Button, Card, CardKind, Face
from models.mail.notice import Notice
from models.office.person import Person
from models.repository.presses import find_press, pressed_task
from models.repository.records import Records
from models.upkeep.auditing import audit
from tests.models.bureau import Bureau
from tests.reports import a_report

pytestmark = pytest.mark.databases("postgresql")


class Rank(IntEnum):
    """What is locked, in the order in which locks are to be taken."""

    OFFICE = 0
    CASE = 1
    CARD = 2
    PERSON = 3


_ALONE = re.compile(r"pg_advisory_xact_lock\(%\(\w+\)s(::\w+)?\)")
_LOCKS = (
    (re.compile(r"pg_advisory_xact_lock"), Rank.OFFICE),
    (re.compile(r"FROM cases\b.* FOR (NO KEY )?UPDATE", re.DOTALL), Rank.CASE),
    (re.compile(r"FROM cards\b.* FOR (NO KEY )?UPDATE", re.DOTALL), Rank.CARD),
    (re.compile(r"FROM tasks JOIN cases\b.* FOR (NO KEY )?UPDATE", re.DOTALL), Rank.CASE),
    (re.compile(r"^UPDATE cards\b"), Rank.CARD),
    (re.compile(r"^INSERT INTO cards\b.* ON CONFLICT", re.DOTALL), Rank.CARD),
    (re.compile(r"FROM people\b.* FOR (NO KEY )?UPDATE", re.DOTALL), Rank.PERSON),
    (re.compile(r"^UPDATE people\b"), Rank.PERSON),
)


@contextmanager
def locks(bureau: Bureau) -> Iterator[list[Rank]]:
    """Note what is locked, in order; nothing more once the office is locked to be changed: nobody works beside that."""
    taken: list[Rank] = []
    alone: list[bool] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if alone:
            return
        taken.extend(rank for pattern, rank in _LOCKS if pattern.search(statement))
        if _ALONE.search(statement):
            alone.append(True)

    event.listen(bureau.engine, "before_cursor_execute", note)
    try:
        yield taken
    finally:
        event.remove(bureau.engine, "before_cursor_execute", note)


def in_order(taken: list[Rank]) -> bool:
    """Whether nothing of a lower rank is locked for the first time after something of a higher rank."""
    first = list(dict.fromkeys(taken))
    return first == sorted(first)


def _button(records: Records) -> None:
    card = records.session.scalars(select(Card).where(Card.kind == CardKind.TASK, Card.live)).one()
    records.session.scalars(select(Notice).where(Notice.card_id == card.id)).one().doubtful = 1
    records.session.add(Button.mint(card, action="forward", argument="", version=1))


def _taps_a_copy(records: Records) -> object:
    card = records.session.scalars(select(Card).where(Card.kind == CardKind.TASK, Card.live)).one()
    token = records.session.scalars(select(Button.token)).one()
    return pressed_task(records, find_press(records, token, account_id=card.chat_id, message_id=77))


def _decides(records: Records) -> object:
    proceeding, task = records.task(1)
    return proceeding.forward(task, by=records.tenure(proceeding.holders(task)[0], task))


def _hands_over(records: Records) -> object:
    budi = records.known(1001)
    return appoint(records, budi, "kakanwil")


PIECES: dict[str, Callable[[Records], object]] = {
    "a decision": _decides,
    "a tap on a copy": _taps_a_copy,
    "a handover": _hands_over,
    "a sweep": chase_due,
    "an audit": audit,
}


@pytest.mark.parametrize("name", PIECES)
def test_no_piece_of_work_locks_backwards(bureau: Bureau, name: str) -> None:
    bureau.begins("budi")
    bureau.work(_button)
    bureau.works(60)
    with locks(bureau) as taken:
        bureau.work(PIECES[name])
    assert taken, "nothing was locked"
    assert in_order(taken), taken


def _turns_a_card(records: Records) -> None:
    """Tap as `handlers/taps.py` carries it out, where nothing but a card changes."""
    card = records.session.scalars(select(Card).where(Card.kind == CardKind.TASK, Card.live)).first()
    assert card is not None
    bambang = records.person_by_id(card.person_id)
    assert bambang is not None
    records.note_act(bambang)
    card.turn(Face.MORE)


def _decides_and_acts(records: Records) -> None:
    bambang = records.session.scalars(select(Person).where(Person.unanswered > 0)).one()
    _decides(records)
    records.note_act(bambang)


def _reports_and_acts(records: Records) -> None:
    """Send a report from a draft's card, as `handlers/reporting/report.py` does, as somebody who has been reminded."""
    bambang = records.session.scalars(select(Person).where(Person.unanswered > 0)).one()
    card = records.session.scalars(select(Card).where(Card.person_id == bambang.id)).first()
    assert card is not None
    assert records.must_wait(bambang) is None
    records.begin(a_report("SAKTI lambat"), reporter=bambang, sop=records.rules.usual_sop)
    card.live = False
    records.note_act(bambang)


def _forgets_a_reminder(records: Records) -> None:
    records.session.scalars(select(Person).where(Person.unanswered > 0)).one().remind_at = None


HEARD: dict[str, Callable[[Records], object]] = {
    "a tap that turns a card": _turns_a_card,
    "a decision": _decides_and_acts,
    "a report": _reports_and_acts,
    "a sweep that takes a reminder away": chase_due,
    "an audit": audit,
}


@pytest.mark.parametrize("name", HEARD)
def test_people_are_locked_after_their_cards(bureau: Bureau, name: str) -> None:
    """Bambang was reminded by a message that is still in his chat, and the next one is due."""
    bureau.begins("budi")
    bureau.works(24)
    bureau.sweeps()
    bureau.begins("dewi")
    bureau.works(31)
    if name == "an audit":
        bureau.work(_forgets_a_reminder)
    with locks(bureau) as taken:
        bureau.work(HEARD[name])
    assert in_order(taken), taken
    assert taken[-1] is Rank.PERSON
    assert (Rank.CARD in taken) == (name != "an audit")


def test_a_person_before_a_card_would_be_seen(bureau: Bureau) -> None:
    bureau.begins("budi")

    def backwards(records: Records) -> None:
        card = records.session.scalars(select(Card).where(Card.kind == CardKind.TASK)).one()
        assert card.person_id is not None
        records.lock_people([card.person_id])
        records.lock_card(card)

    with locks(bureau) as taken:
        bureau.work(backwards)
    assert not in_order(taken)


def test_a_card_before_the_office_would_be_seen(bureau: Bureau) -> None:
    bureau.begins("budi")

    def backwards(records: Records) -> None:
        records.lock_card(records.session.scalars(select(Card).where(Card.kind == CardKind.TASK)).one())
        records.lock_office()

    with locks(bureau) as taken:
        bureau.work(backwards)
    assert not in_order(taken)
