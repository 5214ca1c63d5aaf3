"""A disposition that is recalled goes on with the clock of the one that was forwarded, whatever the calendar does."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from models.administration.calendar import adopt_calendar, bring_into_force
from models.proof import verification
from models.rules.office_calendar import CalendarEntry, EntryKind

if TYPE_CHECKING:
    from models.rules.office_calendar import OfficeCalendar
    from tests.models.bureau import Bureau

TUESDAY = date(2026, 11, 24)


def test_what_was_late_stays_late(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau.works(45)
    bureau["bambang"].forwards(case_id)
    assert bureau.case(case_id).tasks[0].late_by == 15 * 60
    bureau.works(10)

    opened = bureau["bambang"].recalls(case_id)

    assert opened.late_by is None
    assert bureau.rules.office.calendar.between(opened.due_at, bureau.at) == 15 * 60
    bureau.works(5)
    bureau["bambang"].forwards(case_id)
    assert bureau.case(case_id).tasks[2].late_by == 20 * 60
    assert bureau.work(lambda records: verification.verify(records.session)).verifies


def test_the_rungs_that_were_climbed_are_not_climbed_again(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau.works(27)
    assert bureau.sweeps().rungs == 1, "the warning"
    bureau["bambang"].forwards(case_id)

    opened = bureau["bambang"].recalls(case_id)

    assert opened.rung == 1
    assert bureau.sweeps().rungs == 0
    # Nobody hears two reminders within half an hour.
    bureau.works(31)
    assert bureau.sweeps().rungs == 1, "it is late"
    assert bureau.task(case_id).rung == 2
    assert bureau.work(lambda records: verification.verify(records.session)).verifies


def test_it_can_be_recalled_again_and_again(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    for _ in range(3):
        bureau.works(5)
        bureau["bambang"].forwards(case_id)
        bureau.works(7)
        bureau["bambang"].recalls(case_id)
    opened = bureau.task(case_id)
    assert bureau.rules.office.calendar.between(bureau.at, opened.due_at) == 15 * 60
    assert opened.due_at == opened.deadline(bureau.rules.office.calendar)
    assert bureau.work(lambda records: verification.verify(records.session)).verifies


def test_it_follows_a_calendar_that_changes(bureau: Bureau) -> None:
    bureau.at = datetime(2026, 11, 23, 7, 40, tzinfo=UTC)
    bureau.work(adopt_calendar)
    case_id = bureau.begins("budi")
    bureau.works(10)
    bureau["bambang"].forwards(case_id)
    bureau.works(5)
    opened = bureau["bambang"].recalls(case_id)
    # Five minutes are left until the office closes at four o'clock, fifteen on Tuesday from half past seven on.
    assert opened.due_at == datetime(2026, 11, 23, 23, 45, tzinfo=UTC)

    def with_tuesday_off(known: OfficeCalendar) -> OfficeCalendar:
        entry = CalendarEntry(0, EntryKind.DAY_OFF, TUESDAY, TUESDAY, "SK", by=2, at=bureau.at, week=((),) * 7)
        return known.entered(entry)

    bureau.work(lambda records: bring_into_force(records, with_tuesday_off))

    moved = bureau.task(case_id)
    assert moved.due_at == datetime(2026, 11, 24, 23, 45, tzinfo=UTC)
    assert bureau.work(lambda records: moved.deadline(records.calendar)) == moved.due_at
    assert bureau.work(lambda records: verification.verify(records.session)).verifies
