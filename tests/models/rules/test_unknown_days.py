"""The shipped calendar against the decrees of 2024 to 2030, and what is asked for where there is none."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import models
from models.rules.errors import InvalidOffice
from models.rules.ladder import LadderSettings, RungKind, rung
from models.rules.office_file import OfficeFile, load_office, parse_office
from models.rules.standard import Standard
from models.rules.unknown_days import ASKED_BEFORE, Gap, expected_ramadans, unknown_days
from models.rules.work_calendar import Season, WorkCalendar
from tests.models.rules.decrees import DECREED, EXPECTED_RAMADANS, UNDECIDED

SHIPPED = Path(models.__file__).parent / "offices/sulawesi-utara.toml"
WITA = ZoneInfo("Asia/Makassar")
_DAY = timedelta(days=1)

NORMAL, RAMADAN = 7 * 60 + 30, 6 * 60 + 30
"""The minutes of a working day: 37.5 and 32.5 hours in five days (Perpres 21/2023)."""

SUNDAY, SATURDAY = 6, 5


@pytest.fixture(autouse=True)
def computed_afresh() -> None:
    expected_ramadans.cache_clear()


@pytest.fixture(scope="module")
def office() -> OfficeFile:
    return load_office(SHIPPED)


def without_2027(calendar: WorkCalendar) -> WorkCalendar:
    """Return a calendar that knows Ramadan until 2026, as the shipped one did."""
    known = tuple(season for season in calendar.hours.seasons if season.last.year < 2027)
    return WorkCalendar(replace(calendar.hours, seasons=known))


def wita(year: int, month: int, day: int, clock: str) -> datetime:
    hour, minute = clock.split(".")
    return datetime(year, month, day, int(hour), int(minute), tzinfo=WITA)


def decreed_minutes(day: date) -> int:
    """Return the office minutes of a day by the tables alone."""
    table = DECREED[day.year]
    if day.weekday() in {SATURDAY, SUNDAY} or day in table.national | table.cuti_bersama:
        return 0
    first, last = table.ramadan
    return RAMADAN if first <= day <= last else NORMAL


def asked(calendar: WorkCalendar, day: date) -> list[tuple[str, int | None]]:
    return [(one.name, one.asked_at(day)) for one in unknown_days(calendar, day)]


class TestTheDecrees:
    @pytest.mark.parametrize("year", sorted(DECREED))
    def test_not_a_minute_of_the_year_is_off(self, office: OfficeFile, year: int) -> None:
        off: dict[date, float] = {}
        day = date(year, 1, 1)
        while day.year == year:
            start = datetime.combine(day, time(), WITA)
            found = office.calendar.between(start, datetime.combine(day + _DAY, time(), WITA)) / 60
            if found != decreed_minutes(day):
                off[day] = found - decreed_minutes(day)
            day += _DAY
        assert off == {}

    @pytest.mark.parametrize("year", sorted(DECREED))
    def test_nothing_of_it_is_asked_for(self, office: OfficeFile, year: int) -> None:
        every_day = (date(year, 1, 1) + _DAY * number for number in range(280))
        assert {one.gap for day in every_day for one in unknown_days(office.calendar, day)} <= {Gap.ESTIMATE}

    @pytest.mark.parametrize("year", UNDECIDED)
    def test_a_year_without_a_decree_is_asked_for(self, office: OfficeFile, year: int) -> None:
        new_year = date(year, 1, 1)
        for ahead in range(120, -365, -1):
            stages = [stage for name, stage in asked(office.calendar, new_year - _DAY * ahead) if name == str(year)]
            expected = [] if ahead > 60 else [60 if ahead > 14 else 14]
            assert stages == expected, ahead

    @pytest.mark.parametrize("name", sorted(EXPECTED_RAMADANS))
    def test_a_ramadan_without_dates_is_asked_for(self, office: OfficeFile, name: str) -> None:
        first = EXPECTED_RAMADANS[name]
        found = {first - _DAY * ahead: asked(office.calendar, first - _DAY * ahead) for ahead in range(120)}
        days = {stage: [day for day, told in found.items() if (name, stage) in told] for stage in ASKED_BEFORE}
        assert abs((first - max(days[60])).days - 15) <= 1
        assert abs((first - min(days[60])).days - 60) <= 1
        assert abs((first - min(days[14])).days - 14) <= 1

    @pytest.mark.parametrize("year", sorted(DECREED))
    def test_a_ramadan_is_expected_within_a_day_of_what_was_decided(self, year: int) -> None:
        (expected,) = expected_ramadans(year)
        first, last = DECREED[year].ramadan
        assert abs((expected.first - first).days) <= 1
        assert expected.last == last
        assert expected.name == f"Ramadan {year - 579} H"


class TestTheShippedRamadan:
    OPENED = wita(2027, 2, 15, "14.50")

    def test_half_an_hour_goes_over_to_the_next_morning(self, office: OfficeFile) -> None:
        standard = Standard.parse("30 menit")
        due = office.calendar.due(self.OPENED, standard)
        assert due == wita(2027, 2, 16, "08.20")
        rungs = {
            kind: rung(
                kind.ordinal,
                opened=self.OPENED,
                due=due,
                standard=standard,
                calendar=office.calendar,
                settings=LadderSettings(),
            ).at
            for kind in RungKind
        }
        assert rungs[RungKind.ESCALATE] == wita(2027, 2, 16, "08.50")
        assert rungs[RungKind.WARN] == wita(2027, 2, 16, "08.14")

    def test_before_it_was_known_that_was_after_closing(self, office: OfficeFile) -> None:
        due = without_2027(office.calendar).due(self.OPENED, Standard.parse("30 menit"))
        assert due == wita(2027, 2, 15, "15.20")

    def test_it_says_of_itself_that_it_is_an_estimate(self, office: OfficeFile) -> None:
        season = office.calendar.hours.seasons[-1]
        assert (season.name, season.first, season.last, season.estimated) == (
            "Ramadan 1448 H",
            *DECREED[2027].ramadan,
            True,
        )
        assert not any(season.estimated for season in office.calendar.hours.seasons[:-1])


class TestAsking:
    @pytest.mark.parametrize(
        ("day", "stage"),
        [
            (date(2026, 12, 9), None),
            (date(2026, 12, 10), 60),
            (date(2027, 1, 24), 60),
            (date(2027, 1, 25), 14),
            (date(2027, 2, 8), 14),
            (date(2027, 3, 9), 14),
            (date(2027, 3, 10), None),
        ],
    )
    def test_a_ramadan_without_dates_at_60_days_and_at_14(
        self, office: OfficeFile, day: date, stage: int | None
    ) -> None:
        expected = [] if stage is None else [("Ramadan 1448 H", stage)]
        assert asked(without_2027(office.calendar), day) == expected

    @pytest.mark.parametrize(
        ("day", "said"),
        [
            (date(2027, 1, 24), []),
            (date(2027, 1, 25), [("Ramadan 1448 H", 14)]),
            (date(2027, 3, 9), [("Ramadan 1448 H", 14)]),
            (date(2027, 3, 10), []),
        ],
    )
    def test_an_estimate_is_to_be_confirmed_at_14_days(
        self, office: OfficeFile, day: date, said: list[tuple[str, int | None]]
    ) -> None:
        assert asked(office.calendar, day) == said

    @pytest.mark.parametrize("day", [date(2027, 11, 2), date(2027, 12, 18), date(2028, 5, 5)])
    def test_a_confirmed_year_is_not_asked_for(self, office: OfficeFile, day: date) -> None:
        assert "2028" in [name for name, _ in asked(office.calendar, day)]
        confirmed = WorkCalendar(replace(office.calendar.hours, confirmed_years=frozenset({2028})))
        assert "2028" not in [name for name, _ in asked(confirmed, day)]

    @pytest.mark.parametrize("shift", [-14, -2, 0, 2, 15])
    def test_a_season_that_begins_beside_the_computed_day_covers_it_while_it_has_its_middle(
        self, office: OfficeFile, shift: int
    ) -> None:
        hours = office.calendar.hours
        first = date(2028, 1, 28) + _DAY * shift
        season = Season("Ramadan 1449 H", first, first + _DAY * 29, hours.week)
        calendar = WorkCalendar(replace(hours, seasons=(*hours.seasons, season)))
        assert "Ramadan 1449 H" not in [name for name, _ in asked(calendar, date(2028, 1, 20))]

    @pytest.mark.parametrize("shift", [-15, 16])
    def test_a_season_without_its_middle_does_not_cover_it(self, office: OfficeFile, shift: int) -> None:
        hours = office.calendar.hours
        first = date(2028, 1, 28) + _DAY * shift
        season = Season("Ramadan 1449 H", first, first + _DAY * 29, hours.week)
        calendar = WorkCalendar(replace(hours, seasons=(*hours.seasons, season)))
        assert "Ramadan 1449 H" in [name for name, _ in asked(calendar, date(2028, 1, 20))]

    def test_another_season_does_not_cover_it(self, office: OfficeFile) -> None:
        hours = office.calendar.hours
        season = Season("Jam banjir", date(2028, 1, 20), date(2028, 2, 2), hours.week)
        calendar = WorkCalendar(replace(hours, seasons=(*hours.seasons, season)))
        assert "Ramadan 1449 H" in [name for name, _ in asked(calendar, date(2028, 1, 20))]

    def test_what_matters_first_is_named_first_and_in_words(self, office: OfficeFile) -> None:
        assert [str(one) for one in unknown_days(office.calendar, date(2027, 12, 20))] == [
            "cuti bersama of 2028",
            "Ramadan 1449 H, expected from about 2028-01-28",
        ]
        (estimate,) = unknown_days(office.calendar, date(2027, 2, 1))
        assert str(estimate) == "Ramadan 1448 H, of which 2027-02-08 to 2027-03-09 is an estimate"

    def test_the_guess_is_never_a_part_of_the_calendar(self, office: OfficeFile) -> None:
        at = datetime(2028, 2, 1, 7, 30, tzinfo=UTC)
        (expected,) = [one for one in expected_ramadans(2028) if one.gap is Gap.RAMADAN]
        assert expected.first <= at.date() <= expected.last
        assert office.calendar.is_open(at), "15.30 is within the normal hours, and after those of Ramadan"


class TestTheFile:
    @pytest.mark.parametrize(
        ("line", "said"),
        [
            ('estimated = "ya"', "season Ramadan 1448 H: “estimated” is 'ya'. Write true or false"),
            ("estimated = 1", "season Ramadan 1448 H: “estimated” is 1. Write true or false"),
            ("perkiraan = true", "season Ramadan 1448 H: The key “perkiraan” is unknown."),
        ],
    )
    def test_a_wrong_line_is_refused(self, line: str, said: str) -> None:
        text = SHIPPED.read_text(encoding="utf-8").replace("estimated = true", line)
        with pytest.raises(InvalidOffice) as refusal:
            parse_office(text, source="office.toml")
        assert said in str(refusal.value)
