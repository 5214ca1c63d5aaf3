"""Open questions and consultations follow another calendar with their task: a tap plans no more of them for many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event, select

from models.administration import following_tasks
from models.administration.calendar import adopt_calendar
from models.administration.following_tasks import go_on
from models.case.consultation import Consultation
from models.case.question import Question
from models.case.task import Task
from models.chase import asking, opinions
from models.rules.asking import first_reminder
from models.rules.office_calendar import EntryKind
from tests.models.administration.test_calendar import enters, entry, takes_back, wita
from tests.models.administration.test_following_tasks import behind
from tests.models.case.test_consulting import handled
from tests.models.case.test_consulting import reminded as asked_for_opinions
from tests.models.chase.test_asking import reminded

if TYPE_CHECKING:
    from models.repository.records import Records
    from tests.models.bureau import Bureau

PORTION = 10


@pytest.fixture
def ready(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> Bureau:
    """The office after its first start, at 14.00 of a Monday, where a portion has ten tasks."""
    monkeypatch.setattr(following_tasks, "PORTION", PORTION)
    bureau.work(adopt_calendar)
    bureau.at = wita(23, "14.00")
    return bureau


def asks(bureau: Bureau, count: int) -> None:
    """Let so many cases be open, and something be asked in each."""
    known = set(bureau.work(lambda records: list(records.session.scalars(select(Question.case_id)))))
    cases = [bureau.begins("budi") for _ in range(count - len(known))]

    def ask(records: Records) -> None:
        for task in records.session.scalars(select(Task).where(Task.case_id.in_(cases))):
            records.session.add(
                Question(
                    case_id=task.case_id,
                    task_id=task.id,
                    asked_by_id=bureau["bambang"].id,
                    asked_as="definitive:kakanwil",
                    text="Sejak kapan?",
                    asked_at=records.at,
                    answer=None,
                    answered_at=None,
                    remind_at=first_reminder(records.at, records.calendar),
                )
            )

    bureau.work(ask)


def off(bureau: Bureau, day: int) -> None:
    """Let a day of November become a day off."""
    enters(bureau, entry(EntryKind.DAY_OFF, date(2026, 11, day)))


def planned(bureau: Bureau) -> list[datetime | None]:
    found = select(Question.remind_at).order_by(Question.id)
    return bureau.work(lambda records: list(records.session.scalars(found)))


def differ(before: list[datetime | None], after: list[datetime | None]) -> list[bool]:
    return [one != other for one, other in zip(before, after, strict=True)]


@contextmanager
def executed(bureau: Bureau) -> Iterator[Counter[str]]:
    """Count statements, and the rows that they were given, by the first word of each."""
    found: Counter[str] = Counter()

    def note(
        _connection: object, _cursor: object, _statement: str, given: object, _context: object, many: object
    ) -> None:
        found["statements"] += 1
        found["rows"] += len(given) if many and isinstance(given, list) else 1

    event.listen(bureau.engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(bureau.engine, "before_cursor_execute", note)


def cost(bureau: Bureau, work: Callable[[Bureau], None]) -> Counter[str]:
    with executed(bureau) as found:
        work(bureau)
    return found


@pytest.mark.databases("sqlite")
def test_a_tap_that_changes_the_calendar_costs_the_same_with_300_open_questions_as_with_30(ready: Bureau) -> None:
    costs = list[Counter[str]]()
    for day, count in ((24, 30), (25, 300)):
        asks(ready, count)
        before = planned(ready)
        costs.append(cost(ready, partial(off, day=day)))
        assert differ(before, planned(ready)).count(True) == PORTION
        while ready.work(go_on).left:
            pass
    assert costs[0] == costs[1]


def test_questions_follow_with_the_portion_of_their_task(ready: Bureau) -> None:
    asks(ready, 2 * PORTION + 1)
    before = planned(ready)
    off(ready, 24)
    moved = differ(before, planned(ready))
    assert moved == [one is None for one in behind(ready)], "each goes with its task"
    assert moved.count(True) == PORTION
    while ready.work(go_on).left:
        pass
    assert all(differ(before, planned(ready)))


def test_all_of_them_come_back_when_the_day_is_taken_back(ready: Bureau) -> None:
    asks(ready, PORTION + 2)
    before = planned(ready)
    off(ready, 24)
    assert differ(before, planned(ready)).count(False) == 2, "two have not followed yet"
    takes_back(ready, 1)
    while ready.work(go_on).left:
        pass
    assert planned(ready) == before


def test_nobody_is_reminded_of_a_question_by_the_former_calendar(ready: Bureau) -> None:
    """The day on which it was asked turns out to have been a day off: one whose turn has not come follows first."""
    asks(ready, PORTION + 1)
    ready.at = wita(24, "07.45")
    off(ready, 23)
    last, first = planned(ready)[-1], planned(ready)[0]
    assert (last, behind(ready)[-1]) == (wita(24, "09.15"), 1), "its turn has not come"
    ready.at = wita(24, "09.15")
    ready.work(asking.remind_due)
    assert reminded(ready) == []
    assert (planned(ready)[-1], behind(ready)[-1]) == (first, None)
    assert first is not None
    ready.at = first
    ready.work(asking.remind_due)
    assert reminded(ready) == ["budi"]


def test_nobody_is_reminded_of_a_consultation_by_the_former_calendar(ready: Bureau) -> None:
    handled(ready)
    cases = [handled(ready) for _ in range(PORTION)]
    ready["rina"].consults(cases[-1], post="kabag-p2l")
    (due,) = opinions_planned(ready)
    assert due is not None
    ready.at = due - timedelta(minutes=5)
    off(ready, 23)
    assert opinions_planned(ready) == [due], "its turn has not come"
    ready.at = due
    ready.work(opinions.remind_due)
    assert asked_for_opinions(ready) == []
    (later,) = opinions_planned(ready)
    assert later is not None
    assert later > due
    ready.at = later
    ready.work(opinions.remind_due)
    assert asked_for_opinions(ready) == ["hendra"]


def opinions_planned(bureau: Bureau) -> list[datetime | None]:
    found = select(Consultation.remind_at).order_by(Consultation.id)
    return bureau.work(lambda records: list(records.session.scalars(found)))
