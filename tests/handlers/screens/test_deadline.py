"""The deadline that people are told: "1 hari" that ends on a half day ends with the opening that follows."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import models
from handlers.screens.span import Span, deadline, measured
from models.rules.office_file import load_office
from models.rules.standard import Standard
from models.rules.work_calendar import OfficeHours, Period, SpecialDay, WorkCalendar

WITA = ZoneInfo("Asia/Makassar")
HOURS = load_office(Path(models.__file__).parent / "offices/sulawesi-utara.toml").calendar.hours
HALF_SATURDAY = SpecialDay(date(2026, 12, 5), "Pengganti cuti bersama", (Period(time(8), time(12)),))
CALENDAR = WorkCalendar(OfficeHours(HOURS.zone, HOURS.week, HOURS.seasons, (HALF_SATURDAY,)))


def wita(text: str) -> datetime:
    """Read "12-04 13.05" as an instant of 2026 on the office's clock."""
    return datetime.strptime(f"2026-{text}", "%Y-%m-%d %H.%M").replace(tzinfo=WITA)


@pytest.mark.parametrize(
    ("standard", "opened", "due", "told"),
    [
        # Friday afternoon, and Saturday is a half day: the deadline is its closing, Monday's opening is told.
        ("1 hari", "12-04 13.05", "12-05 12.00", "12-07 07.30"),
        ("1 hari", "12-04 08.30", "12-05 08.30", "12-05 08.30"),
        # The break of Friday is longer, and lies elsewhere.
        ("1 hari", "12-10 11.45", "12-11 11.30", "12-11 13.00"),
        # Friday closes half an hour later than Monday.
        ("1 hari", "12-11 16.15", "12-14 16.00", "12-15 07.30"),
        ("2 hari", "11-24 13.00", "11-26 13.00", "11-26 13.00"),
        # Minutes and hours end at a closing by themselves.
        ("30 menit", "11-23 15.30", "11-23 16.00", "11-23 16.00"),
        ("30 menit", "11-23 11.30", "11-23 12.00", "11-23 12.00"),
        ("4 jam", "12-05 08.00", "12-05 12.00", "12-05 12.00"),
    ],
)
def test_a_deadline_is_told_as_a_person_reckons(standard: str, opened: str, due: str, told: str) -> None:
    given = Standard.parse(standard)
    ends = CALENDAR.due(wita(opened), given)
    assert ends == wita(due)
    assert deadline(CALENDAR, ends, given) == wita(told)


@pytest.mark.parametrize("opened", ["12-04 13.05", "12-10 11.45", "12-11 16.15"])
def test_what_is_told_is_the_same_office_time_and_nobody_is_late_before(opened: str) -> None:
    given = Standard.parse("1 hari")
    ends = CALENDAR.due(wita(opened), given)
    told = deadline(CALENDAR, ends, given)
    assert CALENDAR.between(ends, told) == 0
    assert CALENDAR.late(ends, told) == 0
    assert CALENDAR.late(ends, told + timedelta(seconds=1)) == 1
    assert measured(CALENDAR, wita(opened), told) == Span(1, 0) == measured(CALENDAR, wita(opened), ends)
