"""Reminding reporters of questions: one that cannot be handled keeps no other reporter from being reminded."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from models.case.question import Question
from models.case.task import Task
from models.chase import asking
from models.mail.card import Card, CardKind
from models.mail.notice import NoticeKind
from tests.models.bureau import Bureau
from tests.models.case.test_pausing import pausing


def asks(bureau: Bureau, reporter: str) -> int:
    """Let Rina ask a reporter something at a step that pauses; returns the case."""
    case_id = bureau.begins(reporter)
    bureau.walks(case_id, until=4)
    bureau["maria"].forwards(case_id, to="rina")
    bureau["rina"].asks(case_id)
    return case_id


def reminded(bureau: Bureau) -> list[str | None]:
    """Return who has a reminder of questions in their chat."""
    shown = select(Card.person_id).where(Card.kind == CardKind.REMINDER, Card.live).order_by(Card.id)
    return [bureau.named(one) for one in bureau.work(lambda records: records.session.scalars(shown).all())]


def planned(bureau: Bureau, case_id: int) -> datetime | None:
    when = select(Question.remind_at).where(Question.case_id == case_id)
    return bureau.work(lambda records: records.session.scalars(when).one())


def test_a_reporter_hears_no_second_reminder_within_the_spacing_of_the_office(bureau: Bureau) -> None:
    """A second question falls due ten minutes after a reminder: it comes half an hour after it, with the first."""
    first, second = asks(bureau, "budi"), asks(bureau, "budi")

    def is_due(case_id: int, at: datetime) -> None:
        due = update(Question).where(Question.case_id == case_id).values(remind_at=at)
        bureau.work(lambda records: records.session.execute(due))

    bureau.works(60)
    is_due(first, bureau.at)
    bureau.work(asking.remind_due)
    assert reminded(bureau) == ["budi"]
    heard, said = bureau.at, len(bureau.notices(NoticeKind.CARD))

    bureau.works(10)
    is_due(second, bureau.at)
    bureau.work(asking.remind_due)
    later = bureau.rules.office.calendar.add(heard, 30 * 60)
    assert planned(bureau, second) == bureau.work(asking.next_wake) == later
    assert len(bureau.notices(NoticeKind.CARD)) == said

    bureau.at = later
    bureau.work(asking.remind_due)
    assert len(bureau.notices(NoticeKind.CARD)) == said + 1
    assert reminded(bureau) == ["budi"]
    assert planned(bureau, first) == planned(bureau, second)


def test_a_case_that_cannot_be_handled_keeps_no_other_reporter_from_being_reminded(
    bureau: Bureau, caplog: pytest.LogCaptureFixture
) -> None:
    pausing(bureau)
    broken, sound = asks(bureau, "budi"), asks(bureau, "hendra")
    standard = bureau.task(broken).standard

    def has_standard(text: str) -> None:
        set_to = update(Task).where(Task.case_id == broken, Task.closed_at.is_(None)).values(standard=text)
        bureau.work(lambda records: records.session.execute(set_to))

    has_standard("entah berapa lama")
    bureau.works(60 * 10)
    assert not bureau.work(asking.remind_due)
    assert reminded(bureau) == ["hendra"]
    assert planned(bureau, broken) == bureau.at + timedelta(minutes=15)
    assert ("a reporter cannot be reminded", bureau["budi"].id) in [
        (one.getMessage(), vars(one).get("person")) for one in caplog.records
    ]
    alerts = bureau.notices(NoticeKind.ALERT)
    assert {one.body["data"]["number"] for one in alerts} == {bureau.case(broken).number}

    has_standard(standard)
    bureau.at += timedelta(minutes=15)
    bureau.work(asking.remind_due)
    assert reminded(bureau) == ["hendra", "budi"]
    assert planned(bureau, sound) != planned(bureau, broken)
    assert bureau.breach(broken) is None
