"""Many open deadlines follow another calendar in portions: nothing is half, nothing is decided by the old one."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from models.administration import following_tasks
from models.administration.calendar import Adopted, adopt_calendar
from models.administration.following_tasks import Followed, go_on
from models.case.task import Task
from models.journal.chain import Entry
from models.mail.notice import NoticeKind
from models.proof.verification import verify
from models.repository.office_lock import locked_office_chain
from models.rules.office_calendar import EntryKind
from tests.models.administration.test_calendar import (
    climbed,
    day_off,
    enters,
    entry,
    stuck_alerts,
    takes_back,
    unreadable,
    wita,
)

if TYPE_CHECKING:
    from models.repository.records import Records
    from tests.models.bureau import Bureau

OPEN = 5


@pytest.fixture
def many(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Let a portion have two tasks, and five cases be open at their first step, due at 13.30 on 24 November."""
    monkeypatch.setattr(following_tasks, "PORTION", 2)
    bureau.work(adopt_calendar)
    bureau.at = wita(24, "13.00")
    return [bureau.begins("budi") for _ in range(OPEN)]


def announced(bureau: Bureau) -> Adopted:
    """Let the day on which the cases are due become a day off, at noon."""
    return enters(bureau, entry(EntryKind.DAY_OFF, date(2026, 11, 24)))


def deadlines(bureau: Bureau) -> list[datetime]:
    """Return the deadlines of the tasks as they stand: who reads a case to change it lets it follow."""
    due = select(Task.due_at).order_by(Task.id)
    return bureau.work(lambda records: list(records.session.scalars(due)))


def behind(bureau: Bureau) -> list[int | None]:
    return bureau.work(lambda records: list(records.session.scalars(select(Task.behind).order_by(Task.id))))


def portions(bureau: Bureau) -> list[tuple[int, int]]:
    """Return what the office's journal tells of each portion after the first: how many moved, how many were left."""

    def read(records: Records) -> list[tuple[int, int]]:
        entries = locked_office_chain(records.session).entries.select().options(joinedload(Entry.payload))
        found = [
            one
            for one in records.session.scalars(entries.order_by(Entry.sequence))
            if one.action == "calendar-followed"
        ]
        bodies = [one.payload.body for one in found if one.payload and one.payload.body]
        return [(body["moved"], body["left"]) for body in bodies]

    return bureau.work(read)


def told_of_the_end(bureau: Bureau) -> list[str | None]:
    alerts = [one for one in bureau.notices(NoticeKind.ALERT) if one.body["code"] == "alert-calendar-followed"]
    assert all(one.body["silent"] for one in alerts)
    return [bureau.named(one.person_id) for one in alerts]


def verifies(bureau: Bureau) -> None:
    assert bureau.work(lambda records: verify(records.session)).breaches == ()


def test_deadlines_move_in_portions_each_journalled(bureau: Bureau, many: list[int]) -> None:
    before, after = wita(24, "13.30"), wita(25, "08.00")
    adopted = announced(bureau)
    assert (adopted.moved, adopted.left) == (2, 3)
    assert deadlines(bureau) == [after, after, before, before, before]
    verifies(bureau)

    assert bureau.work(adopt_calendar) is None, "the calendar itself is in force already"
    assert bureau.work(go_on) == Followed(tasks=2, moved=2, touched=2, left=1)
    assert told_of_the_end(bureau) == []
    verifies(bureau)
    assert bureau.work(go_on) == Followed(tasks=1, moved=1, touched=1, left=0)
    assert bureau.work(go_on) == Followed(tasks=0, moved=0, touched=0, left=0)

    assert deadlines(bureau) == [after] * OPEN
    assert behind(bureau) == [None] * OPEN
    assert portions(bureau) == [(2, 1), (1, 0)]
    assert [[one.action for one in bureau.entries(case)].count("reschedule") for case in many] == [1] * OPEN
    assert told_of_the_end(bureau) == ["dewi"]
    verifies(bureau)


def test_nothing_is_decided_by_the_former_deadline(bureau: Bureau, many: list[int]) -> None:
    announced(bureau)
    bureau.at = wita(25, "07.45")
    (name, *_) = bureau.holders(many[-1])
    assert name is not None
    bureau[name].forwards(many[-1])
    closed = bureau.case(many[-1]).tasks[0]
    assert (closed.due_at, closed.late_by, closed.behind) == (wita(25, "08.00"), 0, None)
    actions = [one.action for one in bureau.entries(many[-1])]
    assert actions.index("reschedule") < actions.index("forward")
    verifies(bureau)


def test_no_rung_is_climbed_by_the_former_deadline(bureau: Bureau, many: list[int]) -> None:
    announced(bureau)
    bureau.at = wita(25, "07.31")
    bureau.sweeps()
    assert [climbed(bureau, case) for case in many] == [[]] * OPEN
    verifies(bureau)


def test_a_rung_that_is_not_due_any_more_is_taken_back_in_its_portion(bureau: Bureau, many: list[int]) -> None:
    bureau.at = wita(24, "15.00")
    bureau.sweeps()
    assert all("late" in climbed(bureau, case) for case in many)
    announced(bureau)
    while bureau.work(go_on).left:
        pass
    assert [bureau.task(case).rung for case in many] == [0] * OPEN
    verifies(bureau)


def test_a_second_change_finds_those_that_have_not_followed_the_first(bureau: Bureau, many: list[int]) -> None:
    announced(bureau)
    enters(bureau, day_off(25))
    while bureau.work(go_on).left:
        pass
    assert deadlines(bureau) == [wita(26, "08.00")] * OPEN
    reasons = (bureau.task(many[-1]).moved or {})["off"]
    assert reasons == [["2026-11-24", "2026-11-25"]], "it follows both at once"
    verifies(bureau)


def test_what_is_taken_back_meanwhile_never_moved_what_was_left(bureau: Bureau, many: list[int]) -> None:
    announced(bureau)
    takes_back(bureau, 1)
    while bureau.work(go_on).left:
        pass
    assert deadlines(bureau) == [wita(24, "13.30")] * OPEN
    told = [[one.action for one in bureau.entries(case)].count("reschedule") for case in many]
    assert told == [2, 2, 0, 0, 0]
    assert behind(bureau) == [None] * OPEN
    verifies(bureau)


def test_what_is_opened_meanwhile_has_its_deadline_by_the_new_calendar(bureau: Bureau, many: list[int]) -> None:
    announced(bureau)
    opened = bureau.begins("budi")
    assert (bureau.task(opened).due_at, bureau.task(opened).behind) == (wita(25, "08.00"), None)
    assert bureau.work(following_tasks.left) == len(many) - 2


def test_one_that_cannot_be_moved_keeps_no_portion_waiting(bureau: Bureau, many: list[int]) -> None:
    unreadable(bureau, many[3], standard="entah berapa lama")
    announced(bureau)
    left = 99
    while left:
        left, before = bureau.work(go_on).left, left
        assert left < before
    assert deadlines(bureau)[4] == wita(25, "08.00")
    assert [one.body["data"]["number"] for one in stuck_alerts(bureau)] == [bureau.case(many[3]).number]


@pytest.mark.usefixtures("many")
def test_a_mark_that_somebody_forged_moves_nothing(bureau: Bureau) -> None:
    bureau.work(lambda records: records.session.execute(update(Task).values(behind=77)))
    while bureau.work(go_on).left:
        pass
    assert deadlines(bureau) == [wita(24, "13.30")] * OPEN
    verifies(bureau)
