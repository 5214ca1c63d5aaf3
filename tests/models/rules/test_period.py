"""A period: what people call it, and which instants lie in it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.period import Period, UnreadablePeriod, month_before

TODAY = date(2026, 11, 30)
DAYS = st.dates(date(1000, 1, 1), date(2999, 12, 31))


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("2026-10", date(2026, 10, 1), date(2026, 10, 31)),
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29)),
        ("2026-10-05", date(2026, 10, 5), date(2026, 10, 5)),
        ("2026-10..2026-12", date(2026, 10, 1), date(2026, 12, 31)),
        ("2025..2026-01-15", date(2025, 1, 1), date(2026, 1, 15)),
        ("bulan-ini", date(2026, 11, 1), date(2026, 11, 30)),
        ("Bulan lalu", date(2026, 10, 1), date(2026, 10, 31)),
        ("last-month", date(2026, 10, 1), date(2026, 10, 31)),
        ("tahun-ini", date(2026, 1, 1), date(2026, 12, 31)),
        ("tahun-lalu", date(2025, 1, 1), date(2025, 12, 31)),
        ("hari-ini", TODAY, TODAY),
    ],
)
def test_words_name_a_period(words: str, first: date, last: date) -> None:
    assert Period.parse(words, today=TODAY) == Period(first, last)


@pytest.mark.parametrize(
    "words",
    ["", "kemarin", "2026-13", "2026-02-30", "26-10", "2026-12..2026-10", "2026-10..", "..2026", "2026-1", "0000-01"],
)
def test_other_words_name_none(words: str) -> None:
    with pytest.raises(UnreadablePeriod) as refused:
        Period.parse(words, today=TODAY)
    assert (refused.value.words, str(refused.value)) == (words, words)


def test_no_period_ends_before_it_begins() -> None:
    with pytest.raises(ValueError, match="2026-10-01 comes before 2026-10-02"):
        Period(date(2026, 10, 2), date(2026, 10, 1))


def test_the_month_before_january_is_december() -> None:
    assert month_before(date(2027, 1, 31)) == Period(date(2026, 12, 1), date(2026, 12, 31))


@given(DAYS, DAYS)
def test_what_a_period_is_called_names_it(one: date, other: date) -> None:
    period = Period(min(one, other), max(one, other))
    assert Period.parse(str(period), today=TODAY) == period


def test_it_goes_by_the_clock_of_the_office() -> None:
    october, zone = Period(date(2026, 10, 1), date(2026, 10, 31)), ZoneInfo("Asia/Makassar")
    assert october.starts(zone) == datetime(2026, 9, 30, 16, tzinfo=UTC)
    assert october.ends(zone) == datetime(2026, 10, 31, 16, tzinfo=UTC)
