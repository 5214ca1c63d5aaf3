"""A day that goes off while a task pauses: its clock stands still all the same, and its deadline counts both."""

from __future__ import annotations

from datetime import date

from models.administration.calendar import adopt_calendar, bring_into_force
from models.rules.office_calendar import CalendarEntry, EntryKind
from models.rules.work_calendar import WorkCalendar
from tests.models.bureau import Bureau
from tests.models.case.test_pausing import handled, pausing, verified, wita


def test_a_day_that_goes_off_during_a_pause_moves_the_deadline_and_starts_no_clock(bureau: Bureau) -> None:
    bureau.hires("dewi", "Dewi Lestari", admin=True)
    bureau.at = wita(20, 8)
    bureau.work(adopt_calendar)
    pausing(bureau)
    case_id = handled(bureau)
    assert bureau.task(case_id).due_at == wita(25, 9)
    bureau.at = wita(23, 10)
    question = bureau["rina"].asks(case_id)

    bureau.at = wita(24, 7)
    day = date(2026, 11, 24)
    off = CalendarEntry(0, EntryKind.DAY_OFF, day, day, "Keputusan Gubernur 12/2026", 0, bureau.at)
    dewi = bureau["dewi"].id
    bureau.work(
        lambda records: bring_into_force(records, lambda calendar: calendar.entered(off), by=records.person_by_id(dewi))
    )
    task = bureau.task(case_id)
    assert (task.due_at, task.chase_at, task.rung) == (wita(26, 9), None, 0)

    bureau.at = wita(25, 11)
    assert bureau.sweeps().rungs == 0
    bureau["budi"].answers(question)
    task = bureau.task(case_id)
    calendar = bureau.work(lambda records: records.calendar)
    assert task.due_at == wita(27, 10), "five hours of Monday and three and a half of Wednesday are counted again"
    assert task.due_at == task.deadline(WorkCalendar(calendar.hours))
    assert task.chase_at is not None
    assert verified(bureau)
