"""How often a person is reminded: 30 minutes, an hour, two hours, then twice a day, and never while it is closed."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import models
from models.rules.errors import InvalidOffice
from models.rules.office_file import parse_office
from models.rules.reminding import ReminderSettings, longest_wait, next_reminder, starts_again
from models.rules.rules import Rules
from models.rules.work_calendar import WorkCalendar

SHIPPED = Path(models.__file__).parent / "offices/sulawesi-utara.toml"
USUAL = ReminderSettings()
INSTANTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 1), timezones=st.just(UTC))  # noqa: DTZ001
CLOCKS = st.times().map(lambda clock: clock.replace(second=0, microsecond=0, tzinfo=None))
SETTINGS = st.builds(
    ReminderSettings,
    spacing=st.lists(st.integers(300, 8 * 3600), min_size=1, max_size=4, unique=True).map(
        lambda found: (*sorted(found),)
    ),
    times=st.lists(CLOCKS, min_size=1, max_size=3, unique=True).map(lambda found: (*sorted(found),)),
)


def wita(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


@pytest.fixture(scope="module")
def calendar(packaged_rules: Rules) -> WorkCalendar:
    return packaged_rules.office.calendar


@pytest.mark.parametrize(
    ("last", "unanswered", "following"),
    [
        (wita(23, 8, 54), 0, wita(23, 9, 24)),
        (wita(23, 8, 54), 1, wita(23, 9, 24)),
        (wita(23, 9, 24), 2, wita(23, 10, 24)),
        (wita(23, 10, 24), 3, wita(23, 13, 24)),
        (wita(23, 13, 24), 4, wita(24, 7, 30)),
        (wita(24, 7, 30), 5, wita(24, 13)),
        (wita(24, 12, 59), 9, wita(25, 7, 30)),
        (wita(24, 11, 45), 4, wita(25, 7, 30)),
        (wita(24, 11, 30), 4, wita(24, 13)),
        (wita(27, 16, 20), 1, wita(30, 7, 50)),
        (wita(27, 13, 20), 7, wita(30, 7, 30)),
    ],
)
def test_the_spacing_grows_to_twice_a_day(
    calendar: WorkCalendar, last: datetime, unanswered: int, following: datetime
) -> None:
    assert next_reminder(last, unanswered, at=last, calendar=calendar, settings=USUAL) == following


def with_reminders(*lines: str) -> str:
    """Return the shipped office file with another table of reminders."""
    text = SHIPPED.read_text(encoding="utf-8")
    before, _, rest = text.partition("[reminders]")
    return "\n".join([f"{before}[reminders]", *lines, "", *rest.partition("\n\n")[2:]])


def test_an_office_file_says_how_often_a_person_is_reminded() -> None:
    text = with_reminders(
        'spacing = ["10 menit", "1 jam"]', 'times = ["08.15", "08.45", "13.05"]', "very_urgent_at_night = true"
    )
    times = (time(8, 15), time(8, 45), time(13, 5))
    expected = ReminderSettings(spacing=(600, 3600), times=times, very_urgent_at_night=True)
    assert parse_office(text, source="office.toml").reminders == expected


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (
            'spacing = ["1 jam", "30 menit"]',
            "“spacing” does not grow. Write each time longer than the one before it.",
        ),
        (
            'spacing = ["60 menit", "1 jam"]',
            "“spacing” does not grow. Write each time longer than the one before it.",
        ),
        (
            'spacing = ["30 menit", "kapan"]',
            "“spacing” lists 'kapan'. Write minutes or hours of office time, such as 30 menit.",
        ),
        (
            'spacing = ["kapan", "30 menit"]',
            "“spacing” lists 'kapan'. Write minutes or hours of office time, such as 30 menit.",
        ),
        ('times = ["07.30", "25.00"]', "“times” lists '25.00', which is no time of day. Write it as 07.30."),
        ('times = ["13.30", "13.15"]', "“times” lists '13.15' after a later time. List the times in order."),
    ],
    ids=["shrinking", "not-growing", "second-unreadable", "first-unreadable", "no-time", "no-order"],
)
def test_each_mistake_in_it_is_told_once(line: str, reason: str) -> None:
    with pytest.raises(InvalidOffice) as refused:
        parse_office(with_reminders(line), source="office.toml")
    assert [problem.reason for problem in refused.value.problems] == [reason]


def test_a_working_day_without_a_reminder_lets_the_spacing_start_again(calendar: WorkCalendar) -> None:
    last = wita(23, 13, 24)
    assert not starts_again(last, at=wita(24, 13, 24), calendar=calendar)
    assert starts_again(last, at=wita(24, 13, 25), calendar=calendar)
    assert next_reminder(last, 4, at=wita(24, 13, 25), calendar=calendar, settings=USUAL) == wita(23, 13, 54)


def test_ramadan_opens_later_than_the_first_time_of_day(calendar: WorkCalendar) -> None:
    last = datetime(2026, 2, 23, 6, 0, tzinfo=UTC)
    assert next_reminder(last, 4, at=last, calendar=calendar, settings=USUAL) == datetime(2026, 2, 24, 0, 0, tzinfo=UTC)


@given(last=INSTANTS, unanswered=st.integers(0, 9), settings=SETTINGS)
def test_no_two_reminders_come_closer_than_the_first_time_of_the_spacing_nor_while_it_is_closed(
    last: datetime, unanswered: int, settings: ReminderSettings, packaged_rules: Rules
) -> None:
    calendar = packaged_rules.office.calendar
    following = next_reminder(last, unanswered, at=last, calendar=calendar, settings=settings)
    assert calendar.is_open(following)
    assert calendar.between(last, following) >= settings.spacing[0]
    assert following <= longest_wait(last, calendar=calendar, settings=settings)


@given(last=INSTANTS, settings=SETTINGS)
def test_each_further_reminder_waits_at_least_as_long_until_the_times_of_day(
    last: datetime, settings: ReminderSettings, packaged_rules: Rules
) -> None:
    calendar = packaged_rules.office.calendar
    waits = [
        next_reminder(last, number, at=last, calendar=calendar, settings=settings)
        for number in range(1, len(settings.spacing) + 1)
    ]
    assert waits == sorted(waits)


@given(last=INSTANTS, clocks=st.lists(CLOCKS, min_size=1, max_size=3, unique=True))
def test_after_the_spacing_there_is_no_day_with_more_reminders_than_times(
    last: datetime, clocks: list[time], packaged_rules: Rules
) -> None:
    calendar = packaged_rules.office.calendar
    settings = replace(USUAL, times=(*sorted(clocks),))
    days = []
    for _ in range(2 * len(clocks) + 2):
        last = next_reminder(last, 9, at=last, calendar=calendar, settings=settings)
        days.append(last.astimezone(calendar.zone).date())
    assert max(days.count(day) for day in days) <= len(clocks)
