"""How often a person is reminded: 30 minutes, an hour, two hours, then twice a day, and never while it is closed."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.reminding import ReminderSettings, longest_wait, next_reminder, starts_again
from models.rules.rules import Rules
from models.rules.work_calendar import WorkCalendar

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
