"""When a reporter is reminded of a question: half a working day later, then each working day, in office time."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.rules.asking import first_reminder, missed, next_reminder, opinion_reminder
from models.rules.office_file import load_office

WITA = ZoneInfo("Asia/Makassar")
CALENDAR = load_office(Path(__file__).parents[3] / "models/offices/sulawesi-utara.toml").calendar
instants = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 1), timezones=st.just(WITA))  # noqa: DTZ001 - timezones


def wita(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H.%M").replace(tzinfo=WITA)


def told(at: datetime) -> str:
    return f"{at.astimezone(WITA):%a %Y-%m-%d %H.%M}"


@pytest.mark.parametrize(
    ("asked", "first", "second"),
    [
        ("2026-11-23 08.00", "Mon 2026-11-23 11.45", "Tue 2026-11-24 11.45"),
        ("2026-11-23 10.00", "Mon 2026-11-23 14.45", "Tue 2026-11-24 14.45"),
        ("2026-11-23 15.00", "Tue 2026-11-24 10.15", "Wed 2026-11-25 10.15"),
        ("2026-11-27 14.00", "Mon 2026-11-30 08.45", "Tue 2026-12-01 08.45"),
        ("2026-11-27 22.00", "Mon 2026-11-30 11.15", "Tue 2026-12-01 11.15"),
        ("2026-12-23 15.00", "Mon 2026-12-28 10.15", "Tue 2026-12-29 10.15"),
        ("2026-03-02 08.00", "Mon 2026-03-02 11.15", "Tue 2026-03-03 11.15"),
    ],
    ids=["morning", "over-lunch", "afternoon", "over-the-weekend", "at-night", "over-Christmas", "Ramadan"],
)
def test_half_a_working_day_and_then_each_working_day(asked: str, first: str, second: str) -> None:
    at = first_reminder(wita(asked), CALENDAR)
    assert (told(at), told(next_reminder(at, CALENDAR))) == (first, second)


@pytest.mark.parametrize(
    ("asked", "due", "percent", "reminded"),
    [
        ("2026-11-23 08.00.00", "2026-11-23 16.00.00", 50, "Mon 2026-11-23 11.30.00"),
        ("2026-11-23 08.00.00", "2026-11-24 08.30.00", 50, "Mon 2026-11-23 13.00.00"),
        ("2026-11-27 14.00.00", "2026-11-30 10.00.00", 80, "Mon 2026-11-30 09.00.00"),
        ("2026-11-23 08.00.00", "2026-11-23 08.00.03", 50, "Mon 2026-11-23 08.00.02"),
        ("2026-11-23 08.00.00", "2026-11-23 09.00.00", 100, "Mon 2026-11-23 09.00.00"),
    ],
    ids=["half-the-time", "at-noon", "over-the-weekend", "whole-seconds-only", "all-of-it"],
)
def test_an_opinion_is_asked_for_again_once_so_much_of_its_time_has_passed(
    asked: str, due: str, percent: int, reminded: str
) -> None:
    since, until = (datetime.strptime(one, "%Y-%m-%d %H.%M.%S").replace(tzinfo=WITA) for one in (asked, due))
    found = opinion_reminder(since, until, CALENDAR, percent=percent)
    assert f"{found.astimezone(WITA):%a %Y-%m-%d %H.%M.%S}" == reminded


def test_what_a_downtime_swallowed_is_counted() -> None:
    planned = wita("2026-11-23 11.45")
    assert missed(planned, wita("2026-11-23 11.45"), CALENDAR) == 0
    assert missed(planned, wita("2026-11-24 11.44"), CALENDAR) == 0
    assert missed(planned, wita("2026-11-24 11.45"), CALENDAR) == 1
    assert missed(planned, wita("2026-11-30 13.00"), CALENDAR) == 5


@settings(derandomize=True, deadline=None, max_examples=150)
@given(asked=instants)
def test_every_reminder_lies_in_office_time_and_one_working_day_apart(asked: datetime) -> None:
    at = first_reminder(asked, CALENDAR)
    assert CALENDAR.is_open(at)
    assert timedelta(hours=2) <= timedelta(seconds=CALENDAR.between(asked, at)) <= timedelta(hours=3, minutes=45)
    for _ in range(4):
        following = next_reminder(at, CALENDAR)
        assert CALENDAR.is_open(following)
        assert CALENDAR.working_days(at, following) <= 1
        assert following.astimezone(WITA).date() > at.astimezone(WITA).date()
        at = following
