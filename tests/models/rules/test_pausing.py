"""A pause moves a deadline by the office time in it, to the second, however many pauses and whatever the calendar."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.rules.office_file import load_office
from models.rules.pausing import Pause, counted_from, deadline, later, paused_for
from models.rules.standard import Standard
from models.rules.work_calendar import OfficeHours, Period, SpecialDay, WorkCalendar

WITA = ZoneInfo("Asia/Makassar")
CALENDAR = load_office(Path(__file__).parents[3] / "models/offices/sulawesi-utara.toml").calendar
MONDAY = datetime(2026, 11, 23, tzinfo=WITA)

exactly = settings(derandomize=True, deadline=None, max_examples=150)


def wita(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H.%M").replace(tzinfo=WITA)


def told(at: datetime) -> str:
    return f"{at.astimezone(WITA):%a %Y-%m-%d %H.%M}"


@pytest.mark.parametrize(
    ("standard", "opened", "asked", "answered", "due"),
    [
        ("4 jam", "2026-11-23 08.00", "2026-11-23 09.00", "2026-11-23 11.00", "Mon 2026-11-23 15.00"),
        ("4 jam", "2026-11-23 08.00", "2026-11-23 09.00", "2026-11-23 12.30", "Mon 2026-11-23 16.00"),
        ("4 jam", "2026-11-23 08.00", "2026-11-23 16.00", "2026-11-24 07.30", "Mon 2026-11-23 12.00"),
        ("2 hari", "2026-11-23 10.00", "2026-11-23 11.00", "2026-11-24 11.00", "Thu 2026-11-26 10.00"),
        ("2 hari", "2026-11-26 10.00", "2026-11-27 09.00", "2026-11-30 09.00", "Tue 2026-12-01 10.00"),
    ],
    ids=["an-hour", "over-lunch", "while-closed", "a-day", "over-the-weekend"],
)
def test_right_values(standard: str, opened: str, asked: str, answered: str, due: str) -> None:
    pause = Pause(wita(asked), wita(answered))
    assert told(deadline(wita(opened), Standard.parse(standard), [pause], CALENDAR)) == due


def test_without_a_pause_nothing_moves() -> None:
    opened, standard = wita("2026-11-23 10.00"), Standard.parse("2 hari")
    assert deadline(opened, standard, [], CALENDAR) == CALENDAR.due(opened, standard)
    closing = wita("2026-11-23 16.00")
    assert later(closing, 0, CALENDAR) == closing, "a deadline at a closing stays there"


def test_a_pause_is_kept_as_it_was() -> None:
    pause = Pause(wita("2026-11-23 10.00"), wita("2026-11-24 11.00"))
    assert Pause.read(pause.kept) == pause


@pytest.mark.parametrize(
    ("opened", "pauses", "since"),
    [
        ("2026-11-23 09.00", [("09.30", "10.00")], "Mon 2026-11-23 09.30"),
        ("2026-11-23 09.00", [("10.00", "14.00"), ("15.00", "15.30")], "Mon 2026-11-23 13.30"),
        ("2026-11-22 09.00", [], "Sun 2026-11-22 09.00"),
        ("2026-11-22 09.00", [("18.00", "20.00")], "Sun 2026-11-22 09.00"),
    ],
    ids=["half-an-hour", "over-lunch", "none-while-closed", "all-of-it-while-closed"],
)
def test_the_clock_runs_as_if_it_had_begun_later(opened: str, pauses: list[tuple[str, str]], since: str) -> None:
    kept = [Pause(wita(f"2026-11-23 {start}"), wita(f"2026-11-23 {end}")).kept for start, end in pauses]
    assert told(counted_from(wita(opened), kept, CALENDAR)) == since


def calendars() -> st.SearchStrategy[WorkCalendar]:
    """Return offices whose days of these weeks are as usual, off, or half."""
    kinds = st.lists(st.sampled_from(["usual", "off", "half"]), min_size=28, max_size=28)

    def made(days: list[str]) -> WorkCalendar:
        hours = CALENDAR.hours
        special = [
            SpecialDay(
                MONDAY.date() + timedelta(days=place),
                "ujian",
                () if kind == "off" else (Period(time(8), time(11, 0, 7)),),
            )
            for place, kind in enumerate(days)
            if kind != "usual"
        ]
        return WorkCalendar(OfficeHours(hours.zone, hours.week, hours.seasons, tuple(special), hours.confirmed_years))

    return kinds.map(made)


def pauses() -> st.SearchStrategy[list[Pause]]:
    """Return up to four pauses, one after the other, of any length and at any hour."""
    marks = st.lists(st.integers(1, 20 * 86_400), min_size=2, max_size=8, unique=True).map(sorted)

    def made(seconds: Sequence[int]) -> list[Pause]:
        ends = [MONDAY + timedelta(seconds=one) for one in seconds]
        return [Pause(start, end) for start, end in list(pairwise(ends))[::2]]

    return marks.map(made)


standards = st.sampled_from(["30 menit", "90 menit", "4 jam", "1 hari", "2 hari", "5 hari"]).map(Standard.parse)


@exactly
@given(calendar=calendars(), standard=standards, stops=pauses(), opened=st.integers(0, 86_400))
def test_what_was_left_at_the_question_is_left_after_the_answer(
    calendar: WorkCalendar, standard: Standard, stops: list[Pause], opened: int
) -> None:
    begun = MONDAY - timedelta(seconds=opened)
    due = calendar.due(begun, standard)
    for count, pause in enumerate(stops, start=1):
        moved = later(due, paused_for([pause], calendar), calendar)
        assert calendar.between(pause.end, moved) == calendar.between(pause.start, due)
        assert moved >= due
        due = moved
        afresh = deadline(begun, standard, stops[:count], calendar)
        assert calendar.between(afresh, due) == 0, "put off pause by pause or computed afresh, it is the same time"


@exactly
@given(calendar=calendars(), standard=standards, stops=pauses())
def test_the_time_that_runs_is_the_standard_whatever_the_pauses(
    calendar: WorkCalendar, standard: Standard, stops: list[Pause]
) -> None:
    due = deadline(MONDAY, standard, stops, calendar)
    allowed = calendar.between(MONDAY, calendar.due(MONDAY, standard))
    assert calendar.between(MONDAY, due) - paused_for(stops, calendar) == allowed


def test_a_day_that_was_off_after_all_makes_the_pause_shorter_and_the_deadline_no_earlier() -> None:
    pause = Pause(wita("2026-11-23 11.00"), wita("2026-11-25 11.00"))
    opened, standard = wita("2026-11-23 10.00"), Standard.parse("4 jam")
    hours = CALENDAR.hours
    off = WorkCalendar(OfficeHours(hours.zone, hours.week, special_days=(SpecialDay(date(2026, 11, 24), "libur", ()),)))
    assert told(deadline(opened, standard, [pause], CALENDAR)) == "Wed 2026-11-25 15.00"
    assert told(deadline(opened, standard, [pause], off)) == "Wed 2026-11-25 15.00"
    assert paused_for([pause], CALENDAR) - paused_for([pause], off) == 7.5 * 3600
