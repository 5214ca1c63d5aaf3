"""The ladder of reminders: each rung in office time, in order, never early."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.rules.ladder import LadderSettings, Rung, RungKind, rung, rungs_due
from models.rules.office_file import load_office
from models.rules.standard import Standard, StandardUnit
from models.rules.work_calendar import OfficeHours, Period, SpecialDay, WorkCalendar

WITA = ZoneInfo("Asia/Makassar")
CALENDAR = load_office(Path(__file__).parents[3] / "models/offices/sulawesi-utara.toml").calendar
MONDAY = date(2026, 11, 2)

exactly = settings(derandomize=True, deadline=None, max_examples=120)


def wita(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H.%M").replace(tzinfo=WITA)


def climb(
    opened: str, standard: str, until: str, *, start: int = 0, ladder: LadderSettings | None = None
) -> list[tuple[str, str]]:
    """List the rungs of a step opened then and still open at `until`, as kind and office clock."""
    allowed = Standard.parse(standard)
    rungs = rungs_due(
        start,
        wita(until),
        opened=wita(opened),
        due=CALENDAR.due(wita(opened), allowed),
        standard=allowed,
        calendar=CALENDAR,
        settings=ladder or LadderSettings(),
    )
    ordinals = [step.ordinal for step in rungs]
    assert ordinals[:3] == list(range(start, start + len(rungs)))[:3]
    return [(step.kind.value, f"{step.at.astimezone(WITA):%a %H.%M.%S}") for step in rungs]


def test_thirty_minutes_on_a_monday_morning() -> None:
    assert climb("2026-11-23 08.00", "30 menit", "2026-11-23 10.00") == [
        ("warn", "Mon 08.24.00"),
        ("late", "Mon 08.30.01"),
        ("escalate", "Mon 09.00.00"),
        ("repeat", "Mon 10.00.00"),
    ]
    assert climb("2026-11-23 08.00", "30 menit", "2026-11-23 09.59")[-1] == ("repeat", "Mon 09.30.00")


def test_nobody_is_chased_over_the_weekend() -> None:
    assert climb("2026-11-20 16.05", "30 menit", "2026-11-23 08.10") == [
        ("warn", "Fri 16.29.00"),
        ("late", "Mon 07.35.01"),
        ("escalate", "Mon 08.05.00"),
    ]


def test_a_deadline_at_the_closing_is_late_only_after_the_next_opening() -> None:
    assert climb("2026-11-20 16.00", "30 menit", "2026-11-23 07.40") == [
        ("warn", "Fri 16.24.00"),
        ("late", "Mon 07.30.01"),
    ]


def test_a_rung_that_falls_on_a_closing_waits_for_the_opening() -> None:
    assert climb("2026-11-23 15.36", "30 menit", "2026-11-24 08.00") == [
        ("warn", "Tue 07.30.00"),
        ("late", "Tue 07.36.01"),
    ]


def test_two_days_are_warned_at_four_fifths_and_repeated_every_second_day() -> None:
    assert climb("2026-11-23 09.00", "2 hari", "2026-12-01 16.00") == [
        ("warn", "Tue 14.30.00"),
        ("late", "Wed 09.00.01"),
        ("escalate", "Fri 09.00.00"),
        ("repeat", "Tue 09.00.00"),
    ]


def test_minutes_below_the_least_repeat_are_repeated_at_the_least() -> None:
    assert climb("2026-11-23 08.00", "10 menit", "2026-11-23 09.30") == [
        ("warn", "Mon 08.08.00"),
        ("late", "Mon 08.10.01"),
        ("escalate", "Mon 08.20.00"),
        ("repeat", "Mon 09.20.00"),
    ]


def test_the_office_sets_its_own_ladder() -> None:
    ladder = LadderSettings(warn_percent=50, escalate_after_standards=2, repeat_minimum=3600)
    assert climb("2026-11-23 08.00", "30 menit", "2026-11-23 10.59", ladder=ladder) == [
        ("warn", "Mon 08.15.00"),
        ("late", "Mon 08.30.01"),
        ("escalate", "Mon 09.30.00"),
        ("repeat", "Mon 10.30.00"),
    ]


def test_what_is_chased_already_is_not_chased_again() -> None:
    assert climb("2026-11-23 08.00", "30 menit", "2026-11-23 09.00", start=2) == [("escalate", "Mon 09.00.00")]
    assert climb("2026-11-23 08.00", "30 menit", "2026-11-23 08.59", start=2) == []


@pytest.mark.parametrize("standard", ["1 menit", "1 hari"])
def test_after_a_year_of_downtime_each_kind_is_owed_once(standard: str) -> None:
    rungs = climb("2026-01-02 08.00", standard, "2027-01-02 08.00")
    assert [kind for kind, _ in rungs] == ["warn", "late", "escalate", "repeat"]


def test_rungs_are_counted_from_zero() -> None:
    with pytest.raises(ValueError, match="from 0"):
        RungKind.of(-1)


def period_lists() -> st.SearchStrategy[tuple[Period, ...]]:
    """Days of up to two periods on the quarter hours, days off among them."""
    quarters = st.lists(st.integers(0, 95), min_size=0, max_size=4, unique=True).map(sorted)

    def periods(marks: list[int]) -> tuple[Period, ...]:
        clocks = [time(mark // 4, mark % 4 * 15) for mark in marks]
        return tuple(Period(start, end) for start, end in zip(clocks[::2], clocks[1::2], strict=False))

    return quarters.map(periods)


calendars = st.builds(
    lambda week, special: WorkCalendar(
        OfficeHours(
            WITA,
            week,
            special_days=tuple(
                SpecialDay(MONDAY + timedelta(days=day), "", periods) for day, periods in enumerate(special)
            ),
        )
    ),
    st.tuples(*[period_lists()] * 7).filter(any),
    st.lists(period_lists(), max_size=14),
)
standards = st.builds(
    Standard, st.integers(1, 40), st.sampled_from([StandardUnit.MINUTES, StandardUnit.HOURS])
) | st.builds(Standard, st.integers(1, 3), st.just(StandardUnit.DAYS))
ladders = st.builds(LadderSettings, st.integers(1, 99), st.integers(1, 3), st.integers(1, 90).map(lambda m: m * 60))
openings = st.integers(0, 16 * 24 * 3600).map(
    lambda seconds: datetime(2026, 11, 1, tzinfo=WITA) + timedelta(seconds=seconds)
)


@exactly
@given(calendar=calendars, opened=openings, standard=standards, ladder=ladders)
def test_in_any_office_rungs_rise_inside_office_time_and_never_come_early(
    calendar: WorkCalendar, opened: datetime, standard: Standard, ladder: LadderSettings
) -> None:
    due = calendar.due(opened, standard)

    def climbed(ordinal: int) -> Rung:
        return rung(ordinal, opened=opened, due=due, standard=standard, calendar=calendar, settings=ladder)

    rungs = [climbed(ordinal) for ordinal in range(8)]
    assert all(earlier.at < later.at for earlier, later in pairwise(rungs))
    assert all(calendar.is_open(step.at) for step in rungs)

    warn, late, escalate, *repeats = rungs
    assert calendar.between(opened, warn.at) * 100 >= calendar.between(opened, due) * ladder.warn_percent
    assert calendar.late(due, warn.at) == 0
    assert calendar.late(due, late.at) == 1
    one_more = due
    for _ in range(ladder.escalate_after_standards):
        one_more = calendar.due(one_more, standard)
    assert calendar.between(one_more, escalate.at) >= 0
    for earlier, later in pairwise([escalate, *repeats]):
        if standard.unit is StandardUnit.DAYS:
            assert calendar.between(calendar.due(earlier.at, standard), later.at) >= 0
            assert earlier.at.astimezone(WITA).date() < later.at.astimezone(WITA).date()
        else:
            assert calendar.between(earlier.at, later.at) == max(standard.seconds or 0, ladder.repeat_minimum)


@exactly
@given(calendar=calendars, opened=openings, standard=standards, length=st.integers(0, 5 * 24 * 3600))
def test_what_is_due_lies_behind_and_what_follows_lies_ahead(
    calendar: WorkCalendar, opened: datetime, standard: Standard, length: int
) -> None:
    due, ladder = calendar.due(opened, standard), LadderSettings()
    until = opened + timedelta(seconds=length)
    found = rungs_due(0, until, opened=opened, due=due, standard=standard, calendar=calendar, settings=ladder)
    assert all(step.at <= until for step in found)
    assert len({step.kind for step in found}) == len(found), "of the repeats only the newest"
    ordinal = found[-1].ordinal + 1 if found else 0
    following = rung(ordinal, opened=opened, due=due, standard=standard, calendar=calendar, settings=ladder)
    assert following.at > until
