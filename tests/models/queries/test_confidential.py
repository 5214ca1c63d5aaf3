"""Which messages may hold words of a confidential case: an admin who is told of a failure may not read those."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from models.mail.card import Card, CardKind
from models.mail.conversation import Expects
from models.office.person import Person
from models.queries.confidential import is_confidential, writes_in_confidence

if TYPE_CHECKING:
    from models.repository.records import Records
    from tests.models.bureau import Bureau


def in_confidence(
    records: Records, bureau: Bureau, name: str, *, message_id: int | None = 900, reply_to: int | None = None
) -> bool:
    person = records.session.get_one(Person, bureau[name].id)
    return writes_in_confidence(records.reader, person, message_id=message_id, reply_to=reply_to)


@pytest.mark.parametrize("secret", [True, False])
class TestWhatIsWritten:
    def test_into_a_draft(self, bureau: Bureau, *, secret: bool) -> None:
        with bureau.transaction() as records:
            budi = records.session.get_one(Person, bureau["budi"].id)
            records.begin_draft(budi, sop="x", previous_case_id=None, confidential=secret)
            assert in_confidence(records, bureau, "budi") is secret
            assert not in_confidence(records, bureau, "siti")

    def test_by_the_reporter_of_an_open_case(self, bureau: Bureau, *, secret: bool) -> None:
        case_id = bureau.begins("budi", confidential=secret)
        with bureau.transaction() as records:
            assert is_confidential(records.reader, case_id) is secret
            assert in_confidence(records, bureau, "budi") is secret

    def test_in_a_message_that_a_closed_case_was_made_of(self, bureau: Bureau, *, secret: bool) -> None:
        case_id = bureau.begins("budi", confidential=secret)
        bureau.finishes(case_id)
        with bureau.transaction() as records:
            records.case(case_id).case.origin = {"messages": [41]}
            records.flush()
            assert in_confidence(records, bureau, "budi", message_id=41) is secret
            assert not in_confidence(records, bureau, "budi", message_id=42)
            assert not in_confidence(records, bureau, "budi", message_id=None)

    @pytest.mark.parametrize("awaited", ["task", "question", "card"])
    def test_where_it_is_expected_for_a_case(self, bureau: Bureau, awaited: str, *, secret: bool) -> None:
        case_id = bureau.begins("budi", confidential=secret)
        bureau.walks(case_id, until=5)
        with bureau.transaction() as records:
            task = records.case(case_id).case.tasks[-1]
            card = records.session.scalars(select(Card).where(Card.task_id == task.id, Card.kind == CardKind.TASK))
            numbers: dict[str, dict[str, Any]] = {
                "task": {"task_id": task.id},
                "card": {"card_id": card.all()[-1].id},
                "question": {},
            }
            rina = records.session.get_one(Person, bureau["rina"].id)
            conversation = records.conversation(rina.account_id or 0)
            conversation.expect(Expects.NOTE, **numbers[awaited])
            records.flush()
        if awaited == "question":
            question = bureau["rina"].asks(case_id)
            with bureau.transaction() as records:
                records.conversation(records.session.get_one(Person, rina.id).account_id or 0).expect(
                    Expects.ANSWER, question_id=question
                )
        with bureau.transaction() as records:
            assert in_confidence(records, bureau, "rina") is secret

    @pytest.mark.parametrize("column", ["message_id", "twin_id"])
    def test_in_reply_to_a_card(self, bureau: Bureau, column: str, *, secret: bool) -> None:
        case_id = bureau.begins("budi", confidential=secret)
        bureau.walks(case_id, until=2)
        bambang = bureau["bambang"].id
        with bureau.transaction() as records:
            card = records.session.scalars(
                select(Card).where(Card.case_id == case_id, Card.kind == CardKind.TASK, Card.person_id == bambang)
            ).one()
            setattr(card, column, 77)
            records.flush()
            assert in_confidence(records, bureau, "bambang", reply_to=77) is secret
            assert not in_confidence(records, bureau, "bambang", reply_to=78)


@pytest.mark.parametrize("secret", [True, False])
def test_words_of_an_official_for_whom_a_confidential_task_waits(bureau: Bureau, *, secret: bool) -> None:
    """Any words that they write may become a note of it."""
    case_id = bureau.begins("budi", confidential=secret)
    with bureau.transaction() as records:
        assert in_confidence(records, bureau, "bambang") is secret
        assert not in_confidence(records, bureau, "siti")
    bureau.walks(case_id, until=2)
    with bureau.transaction() as records:
        assert not in_confidence(records, bureau, "bambang")
        assert in_confidence(records, bureau, "siti") is secret


def test_nobody_s_chat_and_no_case_hold_a_secret(bureau: Bureau) -> None:
    bureau["siti"].loses_account()
    with bureau.transaction() as records:
        assert not in_confidence(records, bureau, "siti")
        assert not is_confidential(records.reader, None)
