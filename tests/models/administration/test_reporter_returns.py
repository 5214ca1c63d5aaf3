"""A reporter whose phone was lost and who has an account again: the new chat shows what the old one showed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from models.mail.card import Card, CardKind
from models.office.person import Person
from models.upkeep.auditing import audit
from tests.models.reports_joined import joins, leaves

if TYPE_CHECKING:
    from models.repository.records import Records
    from tests.models.bureau import Bureau


def shown(bureau: Bureau) -> list[CardKind]:
    """The living cards in the chat that Budi has now."""

    def look(records: Records) -> list[CardKind]:
        budi = records.session.get_one(Person, bureau["budi"].id)
        living = select(Card).where(Card.chat_id == budi.account_id, Card.live).order_by(Card.id)
        return [CardKind(card.kind) for card in records.session.scalars(living)]

    return bureau.work(look)


@pytest.mark.parametrize("while_away", [False, True])
def test_a_question_that_waits_for_an_answer_is_asked_again(bureau: Bureau, *, while_away: bool) -> None:
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=5)
    bureau["rina"].starts(case_id)
    if not while_away:
        bureau["rina"].asks(case_id)
    bureau["budi"].is_unbound()
    if while_away:
        bureau["rina"].asks(case_id)
    bureau["budi"].comes_back()
    assert shown(bureau) == [CardKind.STATUS, CardKind.QUESTION]
    assert bureau.work(audit).mended == 0


def test_what_was_answered_is_not_asked_again(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=5)
    bureau["rina"].starts(case_id)
    bureau["budi"].answers(bureau["rina"].asks(case_id))
    bureau["budi"].is_unbound()
    bureau["budi"].comes_back()
    assert shown(bureau) == [CardKind.STATUS]


def test_what_came_of_a_report_meanwhile_is_told(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau["budi"].is_unbound()
    bureau.finishes(case_id)
    bureau["budi"].comes_back()
    assert shown(bureau) == [CardKind.RESULT]


def test_what_came_of_a_report_that_they_joined_is_told_too(bureau: Bureau) -> None:
    """Whether the first reporter has said whether it helped, or not: each is asked for a word of their own."""
    mine, judged = bureau.begins("dewi", "SIMPEG mati"), bureau.begins("dewi", "Email mati")
    left = bureau.begins("dewi", "Printer mati")
    for case_id in (mine, judged, left):
        joins(bureau, "budi", case_id)
    leaves(bureau, "budi", left)
    bureau["budi"].is_unbound()
    for case_id in (mine, judged, left):
        bureau.finishes(case_id)
    for case_id in (mine, judged):
        bureau["dewi"].says_whether_it_helped(case_id, helped=True)
    bureau["budi"].says_whether_it_helped(judged, helped=True)
    bureau["budi"].comes_back()
    assert shown(bureau) == [CardKind.RESULT]


def test_neither_old_results_nor_those_that_were_judged_come_again(bureau: Bureau) -> None:
    bureau.finishes(bureau.begins("budi"))
    bureau.passes(timedelta(days=40))
    judged = bureau.begins("budi")
    bureau.finishes(judged)
    bureau.work(lambda records: records.feedback(records.case(judged), by=records.known(1001), helped=True))
    bureau["budi"].is_unbound()
    bureau["budi"].comes_back()
    assert shown(bureau) == []
