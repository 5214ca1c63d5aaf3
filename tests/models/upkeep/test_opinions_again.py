"""The audit sets the timer of a consultation again that was lost, and reminds nobody twice."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, update

from models.case.consultation import Consultation
from models.chase import opinions
from models.upkeep.auditing import audit

if TYPE_CHECKING:
    from tests.models.bureau import Bureau


pytestmark = pytest.mark.usefixtures("asked")


@pytest.fixture
def asked(bureau: Bureau) -> None:
    """Let Rina ask Hendra about a case."""
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=5)
    bureau["rina"].consults(case_id, post="kabag-p2l")


def timer(bureau: Bureau) -> datetime | None:
    return bureau.work(lambda records: records.session.scalars(select(Consultation.remind_at)).one())


def loses(bureau: Bureau, when: datetime | None = None) -> None:
    bureau.work(lambda records: records.session.execute(update(Consultation).values(remind_at=when)))


def reminded(bureau: Bureau) -> int:
    return sum("opinion-awaited" in bureau.codes(name) for name in ("hendra", "siti", "maria"))


def test_a_timer_that_was_lost_comes_back(bureau: Bureau) -> None:
    planned = timer(bureau)
    assert planned is not None
    assert bureau.work(audit).timed == 0
    loses(bureau)
    assert bureau.work(audit).timed == 1
    assert timer(bureau) == planned


def test_what_is_overdue_by_then_is_done_now(bureau: Bureau) -> None:
    loses(bureau)
    bureau.at += timedelta(days=7)
    bureau.work(audit)
    bureau.work(opinions.remind_due)
    assert reminded(bureau) == 1


def test_a_timer_years_ahead_is_set_right(bureau: Bureau) -> None:
    planned = timer(bureau)
    loses(bureau, bureau.at + timedelta(days=900))
    assert bureau.work(audit).timed == 1
    assert timer(bureau) == planned


def test_nobody_is_reminded_twice(bureau: Bureau) -> None:
    bureau.at += timedelta(days=7)
    bureau.work(opinions.remind_due)
    assert reminded(bureau) == 1
    assert timer(bureau) is None
    bureau.work(audit)
    assert timer(bureau) is None


def test_an_opinion_that_was_given_has_no_timer(bureau: Bureau) -> None:
    bureau["hendra"].advises(bureau.work(lambda records: records.session.scalars(select(Consultation.id)).one()))
    bureau.work(audit)
    assert timer(bureau) is None
