"""Office time, against an oracle that walks through it minute by minute and against the traps of a real year."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.rules.errors import OutsideCalendar
from models.rules.office_file import load_office
from models.rules.standard import Standard
from models.rules.work_calendar import OfficeHours, Period, Season, SpecialDay, Week, WorkCalendar

WITA = ZoneInfo("Asia/Makassar")
CALENDAR = load_office(Path(__file__).parents[3] / "models/offices/sulawesi-utara.toml").calendar
GREENWICH = WorkCalendar(OfficeHours(ZoneInfo("UTC"), CALENDAR.hours.week))
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)

LIBUR_2026 = {
    *("0101", "0116", "0217", "0319", "0321", "0322", "0403", "0405", "0501", "0514", "0527", "0531", "0601"),
    *("0616", "0817", "0825", "1225"),
}
CUTI_BERSAMA_2026 = {"0216", "0318", "0320", "0323", "0324", "0515", "0528", "1224"}

exactly = settings(derandomize=True, deadline=None, max_examples=80)


@pytest.fixture(autouse=True)
def years_not_laid_out_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each test lay out the years that it asks about, and so test how they are laid out."""
    for calendar in (CALENDAR, GREENWICH):
        monkeypatch.setattr(calendar, "_years", {})


def wita(text: str) -> datetime:
    """Read "2026-11-20 15.50" as an instant on the office's clock."""
    return datetime.strptime(text, "%Y-%m-%d %H.%M").replace(tzinfo=WITA)


def after(standard: str, opened: str, calendar: WorkCalendar = CALENDAR) -> str:
    """Say when a step opened at this time is due, on the office's clock."""
    return f"{calendar.due(wita(opened), Standard.parse(standard)).astimezone(WITA):%a %Y-%m-%d %H.%M}"


def with_special_days(*days: SpecialDay) -> WorkCalendar:
    hours = CALENDAR.hours
    return WorkCalendar(OfficeHours(hours.zone, hours.week, hours.seasons, days, frozenset({2028})))


def oracle_is_open(minute: datetime) -> bool:
    """Whether the office works in this minute of 2026, told from the papers alone."""
    month_and_day, clock, weekday = f"{minute:%m%d}", f"{minute:%H.%M}", minute.weekday()
    if weekday > 4 or month_and_day in LIBUR_2026 or month_and_day in CUTI_BERSAMA_2026:
        return False
    if "0219" <= month_and_day <= "0320":
        if weekday == 4:
            return "08.00" <= clock < "11.30" or "12.30" <= clock < "15.30"
        return "08.00" <= clock < "12.00" or "12.30" <= clock < "15.00"
    if weekday == 4:
        return "07.30" <= clock < "11.30" or "13.00" <= clock < "16.30"
    return "07.30" <= clock < "12.00" or "13.00" <= clock < "16.00"


def oracle_between(start: datetime, end: datetime) -> int:
    """Add up office seconds by walking from minute to minute."""
    total, minute = 0, start.replace(second=0)
    while minute < end:
        if oracle_is_open(minute):
            overlap = min(end, minute + MINUTE) - max(start, minute)
            total += int(overlap.total_seconds())
        minute += MINUTE
    return total


def oracle_due_in_days(opened: datetime, days: int) -> datetime:
    """Walk to the next open minute, over whole days, and back to the closing when that minute is closed."""
    at = opened
    while not oracle_is_open(at):
        at = at.replace(second=0) + MINUTE
    hours = [time(hour) for hour in range(24)]
    while days:
        at += timedelta(days=1)
        days -= any(oracle_is_open(datetime.combine(at, clock, WITA)) for clock in hours)
    if not oracle_is_open(at):
        at = at.replace(second=0)
        while not oracle_is_open(at - MINUTE):
            at -= MINUTE
    return at


instants = st.builds(
    lambda seconds: datetime(2026, 1, 1, tzinfo=WITA) + seconds * SECOND, st.integers(0, 360 * 24 * 3600 - 1)
)
working_hours = st.builds(
    lambda day, second: datetime(2026, 1, 1, 7, tzinfo=WITA) + timedelta(days=day, seconds=second),
    st.integers(0, 345),
    st.integers(0, 10 * 3600),
)


class TestAgainstTheOracle:
    @exactly
    @given(start=instants, seconds=st.integers(0, 4 * 24 * 3600))
    def test_between_counts_what_a_walk_through_the_minutes_counts(self, start: datetime, seconds: int) -> None:
        end = start + seconds * SECOND
        assert CALENDAR.between(start, end) == oracle_between(start, end)

    @exactly
    @given(start=working_hours, seconds=st.integers(1, 8 * 3600))
    def test_add_stops_at_the_first_instant_that_is_far_enough(self, start: datetime, seconds: int) -> None:
        end = CALENDAR.add(start, seconds)
        assert oracle_between(start, end.astimezone(WITA)) == seconds
        assert oracle_between(start, end.astimezone(WITA) - SECOND) == seconds - 1

    @exactly
    @given(opened=working_hours, days=st.integers(1, 6))
    def test_days_fall_on_the_same_clock_time_of_a_later_working_day(self, opened: datetime, days: int) -> None:
        assert CALENDAR.due(opened, Standard.parse(f"{days} hari")) == oracle_due_in_days(opened, days)

    @exactly
    @given(at=working_hours)
    def test_open_means_open_in_that_minute(self, at: datetime) -> None:
        assert CALENDAR.is_open(at) is oracle_is_open(at)


class TestTheArithmetic:
    @exactly
    @given(start=instants, seconds=st.integers(0, 40_000_000))
    def test_add_and_between_are_inverse_over_years(self, start: datetime, seconds: int) -> None:
        assert CALENDAR.between(start, CALENDAR.add(start, seconds)) == seconds

    @exactly
    @given(a=instants, b=instants, c=instants)
    def test_between_adds_up_and_turns_its_sign(self, a: datetime, b: datetime, c: datetime) -> None:
        assert CALENDAR.between(a, b) + CALENDAR.between(b, c) == CALENDAR.between(a, c)
        assert CALENDAR.between(a, b) == -CALENDAR.between(b, a)

    @exactly
    @given(at=instants)
    def test_opening_and_closing_lie_around_a_closed_instant_and_cost_no_office_time(self, at: datetime) -> None:
        opening, closing = CALENDAR.opening(at), CALENDAR.closing(at)
        assert closing <= at <= opening
        assert CALENDAR.between(closing, opening) == 0
        assert CALENDAR.is_open(opening)
        assert CALENDAR.is_open(closing) == CALENDAR.is_open(at)
        assert CALENDAR.add(at, 0) == opening

    @exactly
    @given(start=instants, seconds=st.integers(0, 30 * 24 * 3600))
    def test_whole_days_and_the_rest_make_up_the_way(self, start: datetime, seconds: int) -> None:
        end = start + seconds * SECOND
        days = CALENDAR.working_days(start, end)
        reached = CALENDAR.due(start, Standard.parse(f"{days} hari")) if days else start
        assert CALENDAR.between(reached, end) >= 0
        assert CALENDAR.between(CALENDAR.due(start, Standard.parse(f"{days + 1} hari")), end) < 0

    @exactly
    @given(start=instants, days=st.integers(1, 700))
    def test_a_deadline_in_days_is_so_many_whole_days_away_over_years(self, start: datetime, days: int) -> None:
        assert CALENDAR.working_days(start, CALENDAR.due(start, Standard.parse(f"{days} hari"))) == days

    @exactly
    @given(at=instants, days=st.integers(1, 9))
    def test_every_deadline_in_days_leaves_office_time(self, at: datetime, days: int) -> None:
        assert CALENDAR.between(at, CALENDAR.due(at, Standard.parse(f"{days} hari"))) > 0


class TestWholeDays:
    @pytest.mark.parametrize(
        ("start", "end", "days"),
        [
            ("2026-11-23 10.00", "2026-11-23 15.59", 0),
            ("2026-11-23 10.00", "2026-11-24 09.59", 0),
            ("2026-11-23 10.00", "2026-11-24 10.00", 1),
            ("2026-11-23 10.00", "2026-11-26 09.59", 2),
            ("2026-11-20 10.00", "2026-11-23 10.00", 1),
            ("2026-11-20 16.15", "2026-11-23 16.00", 1),
            ("2026-11-21 10.00", "2026-11-24 07.30", 1),
            ("2026-12-29 10.00", "2027-01-04 10.00", 3),
            ("2026-12-29 10.00", "2027-01-04 09.59", 2),
        ],
    )
    def test_a_day_is_whole_at_the_same_time_of_a_later_working_day(self, start: str, end: str, days: int) -> None:
        assert CALENDAR.working_days(wita(start), wita(end)) == days

    def test_there_are_none_backwards(self) -> None:
        assert CALENDAR.working_days(wita("2026-11-23 10.00"), wita("2026-11-23 09.00")) == 0
        assert CALENDAR.working_days(wita("2026-11-23 10.00"), wita("2026-11-19 10.00")) == 0


class TestOverNewYear:
    def test_the_next_opening_and_the_last_closing_may_lie_in_another_year(self) -> None:
        assert CALENDAR.opening(wita("2026-12-31 16.00")) == wita("2027-01-04 07.30")
        assert CALENDAR.closing(wita("2027-01-04 07.29")) == wita("2026-12-31 16.00")

    def test_the_last_second_of_a_year_belongs_to_it(self) -> None:
        assert CALENDAR.add(wita("2026-12-31 15.00"), 3600) == wita("2026-12-31 16.00")
        assert CALENDAR.add(wita("2026-12-31 15.00"), 3601) == wita("2027-01-04 07.30") + SECOND


class TestTheWeek:
    def test_an_ordinary_week_has_37_and_a_half_hours(self) -> None:
        assert CALENDAR.between(wita("2026-11-16 00.00"), wita("2026-11-23 00.00")) == 37.5 * 3600

    def test_a_week_of_ramadan_has_32_and_a_half(self) -> None:
        assert CALENDAR.between(wita("2026-02-23 00.00"), wita("2026-03-02 00.00")) == 32.5 * 3600

    def test_a_working_day_knows_its_periods(self) -> None:
        friday = CALENDAR.periods(date(2026, 11, 20))
        assert friday == (Period(time(7, 30), time(11, 30)), Period(time(13), time(16, 30)))
        assert CALENDAR.is_working_day(date(2026, 11, 20))
        assert not CALENDAR.is_working_day(date(2026, 11, 21))


@pytest.mark.parametrize(
    ("opened", "standard", "due"),
    [
        ("2026-11-20 15.50", "1 hari", "Mon 2026-11-23 15.50"),
        ("2026-11-20 16.10", "1 hari", "Mon 2026-11-23 16.00"),
        ("2026-11-20 16.20", "30 menit", "Mon 2026-11-23 07.50"),
        ("2026-11-19 11.45", "1 hari", "Fri 2026-11-20 11.30"),
        ("2026-11-19 11.45", "30 menit", "Thu 2026-11-19 13.15"),
        ("2026-11-19 11.30", "30 menit", "Thu 2026-11-19 12.00"),
        ("2026-11-20 11.15", "30 menit", "Fri 2026-11-20 13.15"),
        ("2026-11-20 12.15", "2 jam", "Fri 2026-11-20 15.00"),
        ("2026-11-21 10.00", "30 menit", "Mon 2026-11-23 08.00"),
        ("2026-11-21 10.00", "1 hari", "Tue 2026-11-24 07.30"),
        ("2026-11-24 16.00", "2 hari", "Fri 2026-11-27 07.30"),
        ("2026-03-17 14.00", "1 hari", "Wed 2026-03-25 14.00"),
        ("2026-12-23 15.45", "30 menit", "Mon 2026-12-28 07.45"),
        ("2026-12-31 15.00", "2 jam", "Mon 2027-01-04 08.30"),
        ("2026-12-30 15.00", "1 hari", "Thu 2026-12-31 15.00"),
        ("2026-12-31 15.00", "1 hari", "Mon 2027-01-04 15.00"),
        ("2026-12-29 15.00", "3 hari", "Mon 2027-01-04 15.00"),
        ("2026-02-18 07.40", "1 hari", "Wed 2026-02-18 16.00"),
        ("2026-02-18 15.40", "1 hari", "Thu 2026-02-19 15.00"),
    ],
    ids=[
        "over the weekend at the same time",
        "Monday closes earlier than Friday",
        "what Friday lacks, Monday gives",
        "into the Friday break: its beginning",
        "lunch is not counted",
        "a deadline may be the closing",
        "the Friday break is not counted",
        "opened in the break",
        "opened on Saturday",
        "opened on Saturday, in days",
        "opened at the closing",
        "over Nyepi, Idulfitri and their cuti bersama",
        "over Christmas and its cuti bersama",
        "over New Year",
        "the last working day of the year",
        "over New Year, in days",
        "several days over New Year",
        "Ramadan opens later: the closing before",
        "Ramadan closes earlier",
    ],
)
def test_when_a_step_is_due(opened: str, standard: str, due: str) -> None:
    assert after(standard, opened) == due


class TestLateness:
    def test_lunch_never_changes_a_verdict(self) -> None:
        due = CALENDAR.due(wita("2026-11-19 11.30"), Standard.parse("30 menit"))
        assert CALENDAR.late(due, wita("2026-11-19 12.59")) == 0
        assert CALENDAR.late(due, wita("2026-11-19 13.00")) == 0
        assert CALENDAR.late(due, wita("2026-11-19 13.01")) == 60

    def test_an_evening_and_a_weekend_never_do_either(self) -> None:
        due = wita("2026-11-20 16.30")
        assert CALENDAR.late(due, wita("2026-11-23 07.30")) == 0
        assert CALENDAR.late(due, wita("2026-11-23 07.30") + SECOND) == 1

    def test_whoever_is_early_is_not_late(self) -> None:
        assert CALENDAR.late(wita("2026-11-20 16.30"), wita("2026-11-20 08.00")) == 0

    def test_a_fraction_of_a_second_is_none(self) -> None:
        due = wita("2026-11-20 14.00")
        assert CALENDAR.late(due, due + timedelta(microseconds=999_999)) == 0

    def test_the_zone_an_instant_is_written_in_does_not_matter(self) -> None:
        opened = wita("2026-11-20 15.50")
        day = Standard.parse("1 hari")
        assert CALENDAR.due(opened, day) == CALENDAR.due(opened.astimezone(UTC), day)
        assert CALENDAR.due(opened, day) == CALENDAR.due(opened.astimezone(ZoneInfo("America/New_York")), day)


class TestDaysOff:
    def test_2026_has_the_holidays_and_the_cuti_bersama_of_the_joint_decree(self) -> None:
        weekdays = [date(2026, 1, 1) + timedelta(days=offset) for offset in range(365)]
        off = {f"{day:%m%d}" for day in weekdays if day.weekday() < 5 and not CALENDAR.is_working_day(day)}
        decreed = {
            text for text in LIBUR_2026 | CUTI_BERSAMA_2026 if wita(f"2026-{text[:2]}-{text[2:]} 00.00").weekday() < 5
        }
        assert off == decreed

    def test_the_office_takes_a_day_off_of_its_own(self) -> None:
        calendar = with_special_days(SpecialDay(date(2026, 11, 23), "Hari jadi", ()))
        assert after("1 hari", "2026-11-20 15.50", calendar) == "Tue 2026-11-24 15.50"

    def test_the_office_works_on_a_saturday(self) -> None:
        saturday = SpecialDay(date(2026, 11, 21), "Pengganti", (Period(time(8), time(12)),))
        calendar = with_special_days(saturday)
        assert after("30 menit", "2026-11-20 16.20", calendar) == "Sat 2026-11-21 08.20"
        assert after("1 hari", "2026-11-20 15.50", calendar) == "Sat 2026-11-21 12.00"

    def test_the_office_works_on_a_holiday(self) -> None:
        christmas = SpecialDay(date(2026, 12, 25), "Piket", (Period(time(9), time(10)),))
        assert after("30 menit", "2026-12-24 09.00", with_special_days(christmas)) == "Fri 2026-12-25 09.30"

    def test_the_office_works_from_the_first_day_of_a_year_to_the_last(self) -> None:
        new_year = SpecialDay(date(2027, 1, 1), "Piket", (Period(time(9), time(10)),))
        calendar = with_special_days(new_year)
        assert after("30 menit", "2026-12-31 16.00", calendar) == "Fri 2027-01-01 09.30"
        assert calendar.between(wita("2026-12-31 00.00"), wita("2027-01-02 00.00")) == (7.5 + 1) * 3600

    def test_a_season_begins_on_its_first_day_and_ends_on_its_last(self) -> None:
        short: Week = ((Period(time(9), time(11)),),) * 7
        season = Season("Pekan kerja singkat", date(2026, 11, 10), date(2026, 11, 12), short)
        calendar = WorkCalendar(OfficeHours(WITA, CALENDAR.hours.week, (season,)))
        hours = [
            calendar.between(wita(f"2026-11-{day:02} 00.00"), wita(f"2026-11-{day + 1:02} 00.00"))
            for day in range(9, 14)
        ]
        assert hours == [7.5 * 3600, 2 * 3600, 2 * 3600, 2 * 3600, 7.5 * 3600]


class TestUnknownYears:
    def test_a_year_without_known_cuti_bersama_is_named_and_still_counted(self) -> None:
        start, end = wita("2027-12-30 08.00"), wita("2028-01-05 08.00")
        assert CALENDAR.unknown_years(start, end) == (2028,)
        assert after("30 menit", "2027-12-31 16.15") == "Mon 2028-01-03 07.45"

    def test_a_known_year_is_not_named(self) -> None:
        assert CALENDAR.unknown_years(wita("2026-01-01 00.00"), wita("2026-12-31 23.59")) == ()

    def test_the_year_is_that_of_the_office_clock(self) -> None:
        evening = datetime(2027, 12, 31, 16, 30, tzinfo=UTC)
        assert CALENDAR.unknown_years(evening, evening) == (2028,)

    def test_a_year_the_office_has_confirmed_is_not_named(self) -> None:
        calendar = with_special_days(SpecialDay(date(2028, 12, 26), "Cuti bersama Natal", ()))
        assert calendar.unknown_years(wita("2028-01-01 00.00"), wita("2029-06-01 00.00")) == (2029,)
        assert not calendar.is_working_day(date(2028, 12, 26))

    @pytest.mark.parametrize("year", [1900, 2100, 2500])
    def test_no_year_is_too_far_to_count_in(self, year: int) -> None:
        start = datetime(year, 6, 15, 9, 0, tzinfo=WITA)
        assert CALENDAR.between(start, CALENDAR.add(start, 3600)) == 3600


class TestWhatIsRefused:
    def test_an_instant_without_a_zone(self) -> None:
        naive = wita("2026-11-20 15.50").replace(tzinfo=None)
        with pytest.raises(TypeError, match="needs a time zone"):
            CALENDAR.is_open(naive)
        with pytest.raises(TypeError):
            CALENDAR.between(naive, wita("2026-11-20 15.50"))

    def test_going_back_in_office_time(self) -> None:
        with pytest.raises(ValueError, match="backwards"):
            CALENDAR.add(wita("2026-11-20 15.50"), -1)

    def test_an_office_that_never_opens(self) -> None:
        with pytest.raises(ValueError, match="never opens"):
            WorkCalendar(OfficeHours(WITA, ((),) * 7))

    @pytest.mark.parametrize(
        ("ask", "at"),
        [
            (lambda at: CALENDAR.add(at, 10**7), datetime(9999, 12, 31, 15, 59, tzinfo=UTC)),
            (GREENWICH.opening, datetime(9999, 12, 31, 23, 0, tzinfo=UTC)),
            (lambda at: GREENWICH.due(at, Standard.parse("9 hari")), datetime(9999, 12, 31, 15, 59, tzinfo=UTC)),
            (GREENWICH.closing, datetime(1, 1, 1, 1, tzinfo=UTC)),
            (CALENDAR.is_open, datetime.max.replace(tzinfo=UTC)),
        ],
        ids=["add", "opening", "due", "closing", "another day than on the office's clock"],
    )
    def test_what_lies_outside_of_time(self, ask: Callable[[datetime], object], at: datetime) -> None:
        with pytest.raises(OutsideCalendar) as refusal:
            ask(at)
        assert refusal.value.at == at
