"""Which lists are drawn again when a case has moved: those it may stand on, once, while they are young."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select, update

from models.mail.card import Card, CardKind, Face
from models.mail.correspondence import About
from models.mail.notice import Notice, NoticeKind, NoticeState
from models.office.person import Person
from models.queries.cards import naming_tasks
from models.repository.records import Records
from models.upkeep import freshening
from models.upkeep.freshening import Seen
from tests.models.bureau import Bureau
from tests.models.test_cost import lookups
from tests.models.test_indexes import plans, scans


def shows(bureau: Bureau, name: str, kind: CardKind = CardKind.BOARD, face: Face = Face.MAIN) -> int:
    """Let a list stand in the chat of somebody; returns its card."""

    def show(records: Records) -> int:
        person = records.session.get_one(Person, bureau[name].id)
        about = About(page=0, subject="//" if kind is CardKind.BOARD else None)
        card = records.show(kind, person.account_id or 0, person=person, about=about, face=face)
        records.flush()
        card.message_id = 9000 + card.id
        return card.id

    return bureau.work(show)


def all_sent(bureau: Bureau) -> None:
    bureau.work(lambda records: records.session.execute(update(Notice).values(state=NoticeState.SENT)))


def refreshed(bureau: Bureau) -> list[int | None]:
    """Return the lists that are owed a new drawing."""
    owed = select(Notice.card_id).join(Card, Card.id == Notice.card_id).order_by(Notice.card_id)
    owed = owed.where(Notice.kind == NoticeKind.REFRESH, Notice.state == NoticeState.OWED)
    lists = owed.where(Card.kind.in_((CardKind.BOARD, CardKind.QUEUE)))
    return bureau.work(lambda records: list(records.session.scalars(lists)))


def looks(bureau: Bureau, seen: Seen) -> Seen:
    return bureau.work(lambda records: freshening.freshen(records, seen)).seen


def now(bureau: Bureau) -> Seen:
    return bureau.work(freshening.newest)


def test_a_case_that_moves_lets_the_lists_be_drawn_again_on_which_it_may_stand(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    cards = {
        "head's board": shows(bureau, "bambang"),
        "board below": shows(bureau, "hendra"),
        "reporter's list": shows(bureau, "budi", CardKind.QUEUE, Face.CASES),
        "next one's tasks": shows(bureau, "siti", CardKind.QUEUE, Face.TASKS),
    }
    stranger = bureau.hires("tono", "Tono Contoh")
    others = shows(bureau, "tono", CardKind.QUEUE, Face.CASES)
    timeline = shows(bureau, "rina", CardKind.QUEUE, Face.TIMELINE)
    all_sent(bureau)
    seen = now(bureau)
    bureau["bambang"].forwards(case_id)
    all_sent(bureau)
    seen = looks(bureau, seen)
    found = refreshed(bureau)
    assert set(found) == {cards["head's board"], cards["reporter's list"], cards["next one's tasks"]}
    assert others not in found, stranger
    assert timeline not in found, "a page shows how things stood"
    bureau.walks(case_id, until=4)
    all_sent(bureau)
    looks(bureau, seen)
    assert cards["board below"] in refreshed(bureau)


def test_what_was_seen_is_not_seen_again_and_what_is_owed_is_not_owed_twice(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    board = shows(bureau, "rina")
    all_sent(bureau)
    seen = now(bureau)
    bureau["bambang"].forwards(case_id)
    seen = looks(bureau, seen)
    seen = looks(bureau, seen)
    bureau["siti"].forwards(case_id)
    looks(bureau, seen)
    assert refreshed(bureau).count(board) == 1


def test_a_notice_that_comes_after_one_with_a_greater_number_is_seen(bureau: Bureau) -> None:
    """Of two that write side by side the one with the greater number may be there first."""
    case_id = bureau.begins("budi")
    board = shows(bureau, "rina")
    all_sent(bureau)
    last = now(bureau).upto
    overtaken = looks(bureau, Seen(last - 1))
    assert overtaken.last == last
    before = Seen(overtaken.upto, overtaken.later)
    bureau.work(lambda records: records.session.execute(update(Notice).where(Notice.id == last).values(id=last + 5)))
    bureau["bambang"].forwards(case_id)
    all_sent(bureau)
    looks(bureau, before)
    assert board in refreshed(bureau)


@pytest.mark.parametrize(("age", "kept"), [(timedelta(hours=3), True), (timedelta(days=1, minutes=1), False)])
def test_a_list_is_kept_true_for_a_working_day(bureau: Bureau, age: timedelta, *, kept: bool) -> None:
    case_id = bureau.begins("budi")
    board = shows(bureau, "rina")
    all_sent(bureau)
    seen = now(bureau)
    bureau.at += age
    bureau["bambang"].forwards(case_id)
    looks(bureau, seen)
    assert (board in refreshed(bureau)) is kept


def test_a_list_of_a_friday_is_young_on_monday(bureau: Bureau) -> None:
    bureau.at += timedelta(days=4)
    case_id = bureau.begins("budi")
    board = shows(bureau, "rina")
    all_sent(bureau)
    seen = now(bureau)
    bureau.at += timedelta(days=3)
    bureau["bambang"].forwards(case_id)
    looks(bureau, seen)
    assert board in refreshed(bureau)


def test_a_look_costs_the_same_for_many_lists_and_goes_through_no_growing_table(bureau: Bureau) -> None:
    costs = []
    for number in range(2):
        for name in ("bambang", "siti", "hendra", "maria")[: 1 + 3 * number]:
            shows(bureau, name)
        case_id = bureau.begins("budi")
        all_sent(bureau)
        seen = now(bureau)
        bureau["bambang"].forwards(case_id)
        with lookups(bureau) as found, plans(bureau) as walked:
            looks(bureau, seen)
        costs.append(len(found))
        if bureau.engine.dialect.name == "sqlite":
            # From a number to the newest one is a range of the outbox's own key.
            assert [walk for walk in scans(walked) if walk.table != "outbox"] == []
            assert {walk.index for walk in walked if walk.table == "cards"} == {"ix_cards_live_chat"}
    assert costs[1] <= costs[0]


def test_a_decision_is_said_on_the_lists_of_the_last_working_day_alone(bureau: Bureau) -> None:
    """A list of escalations stays in its chat for ever. In half a year each decision drew a hundred of them again."""
    shows(bureau, "siti", CardKind.QUEUE, Face.SUMMARY)
    shows(bureau, "siti", CardKind.QUEUE, Face.TASKS)
    bureau.at += timedelta(days=1, minutes=1)
    young = [shows(bureau, "siti", CardKind.QUEUE, face) for face in (Face.SUMMARY, Face.TASKS)]

    def named(records: Records) -> list[int]:
        chat_id = records.session.get_one(Person, bureau["siti"].id).account_id or 0
        return [card.id for card in naming_tasks(records.reader, {chat_id})]

    assert bureau.work(named) == young


def test_after_a_start_each_young_list_is_drawn_once_some_people_at_a_time(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(freshening, "_PEOPLE", 3)
    bureau.begins("budi")
    old = shows(bureau, "maria")
    bureau.works(60 * 9)
    young = [shows(bureau, "budi", CardKind.QUEUE, Face.CASES), shows(bureau, "rina"), shows(bureau, "bambang")]
    shows(bureau, "siti", CardKind.QUEUE, Face.TIMELINE)
    all_sent(bureau)
    after, looked = 0, 0
    while (found := bureau.work(partial(freshening.resume, after=after))).more:
        after, looked = found.upto, looked + found.lists
    assert looked + found.lists == len(young)
    assert refreshed(bureau) == sorted(young)
    assert old not in refreshed(bureau)
