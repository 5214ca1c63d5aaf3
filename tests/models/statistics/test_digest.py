"""The digests of figures: with the first round of a week and of a month, once, to those who see the office."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from models.chase.daily_round import daily_round
from models.mail.card import Card, CardKind
from models.mail.notice import NoticeKind
from models.office.person import Person
from models.repository.records import Records
from models.rules.office_calendar import EntryKind
from models.rules.period import Period
from models.statistics.choice import Choice
from models.statistics.counting import count_some
from models.statistics.digest import give_figures
from tests.models.administration.test_calendar import enters, entry
from tests.models.bureau import Bureau

FRIDAY, MONDAY = datetime(2026, 11, 27, 1, tzinfo=UTC), datetime(2026, 11, 30, 1, tzinfo=UTC)
TUESDAY = datetime(2026, 12, 1, 1, tzinfo=UTC)
"""A week and a month end one day apart. All at 09.00 WITA."""

WEEK = "2026-11-23..2026-11-29"


def rounds(bureau: Bureau, *days: datetime) -> None:
    def makes(records: Records) -> None:
        daily_round(records)
        give_figures(records)

    for day in days:
        bureau.at = day
        bureau.work(makes)
        bureau.work(makes)


def bind(bureau: Bureau, name: str, account: int | None) -> None:
    """Give a person an account at Telegram, or take it away."""

    def sets(records: Records) -> None:
        records.session.get_one(Person, bureau[name].id).account_id = account

    bureau.work(sets)


def given(bureau: Bureau) -> list[tuple[str | None, str]]:
    """Return who was owed which period."""
    return [
        (bureau.named(one.person_id), str(one.once).split(":")[1])
        for one in bureau.notices(NoticeKind.CARD)
        if one.once is not None and one.once.startswith("figures:")
    ]


def test_the_week_comes_with_its_first_round_and_the_month_on_its_first_working_day(bureau: Bureau) -> None:
    bureau.walks(bureau.begins("budi"), until=3)
    rounds(bureau, FRIDAY, MONDAY, TUESDAY)

    readers = {"bambang", "maria", "rina", "andi"}
    week = {(name, "2026-11-23..2026-11-29") for name in readers}
    month = {(name, "2026-11") for name in readers}
    assert set(given(bureau)) == week | month
    assert len(given(bureau)) == 2 * len(readers)


def test_each_opens_the_figures_of_its_period_for_its_reader(bureau: Bureau) -> None:
    bureau.walks(bureau.begins("budi"), until=3)
    rounds(bureau, MONDAY, TUESDAY)

    notices = [one for one in bureau.notices(NoticeKind.CARD) if str(one.once).startswith("figures:")]
    cards = bureau.work(lambda records: [records.session.get_one(Card, one.card_id) for one in notices])
    periods = {MONDAY: Period(date(2026, 11, 23), date(2026, 11, 29)), TUESDAY: Period.month(date(2026, 11, 1))}
    for notice, card in zip(notices, cards, strict=True):
        assert (card.kind, card.person_id, card.page) == (CardKind.STATISTICS, notice.person_id, 0)
        assert Choice.read(card.subject or "").period == periods[notice.owed_at]


def test_who_had_no_account_when_it_came_is_given_no_old_one(bureau: Bureau) -> None:
    bureau.walks(bureau.begins("budi"), until=3)
    bind(bureau, "andi", None)
    rounds(bureau, MONDAY, TUESDAY)
    bind(bureau, "andi", 7_900)
    rounds(bureau, datetime(2026, 12, 2, 1, tzinfo=UTC))
    assert {name for name, _ in given(bureau)} == {"bambang", "maria", "rina"}


def test_the_month_goes_by_the_clock_of_the_office(bureau: Bureau) -> None:
    bureau.rules = replace(bureau.rules, office=replace(bureau.rules.office, digest_time=time(7, 30)))
    bureau.walks(bureau.begins("budi"), until=3)
    rounds(bureau, datetime(2026, 11, 30, 23, 30, tzinfo=UTC))
    assert {period for _, period in given(bureau)} == {"2026-11-23..2026-11-29", "2026-11"}, "07.30 on 1 December"


@pytest.mark.parametrize("counts", [[count_some], []], ids=["counted", "not-counted-yet"])
@pytest.mark.parametrize(
    ("closed", "told"),
    [
        (datetime(2026, 11, 22, 15, 59, 59, tzinfo=UTC), []),
        (datetime(2026, 11, 22, 16, tzinfo=UTC), [WEEK]),
        (datetime(2026, 11, 29, 15, 59, 59, tzinfo=UTC), [WEEK]),
        (datetime(2026, 11, 29, 16, tzinfo=UTC), []),
    ],
    ids=["before", "first-instant", "last-instant", "after"],
)
def test_a_week_begins_and_ends_at_midnight_in_the_office(
    bureau: Bureau, closed: datetime, told: list[str], counts: list[Callable[[Records], object]]
) -> None:
    bureau.at = datetime(2026, 11, 20, 1, tzinfo=UTC)
    case_id = bureau.begins("budi")
    bureau.at = closed
    bureau["bambang"].carries_on(case_id)
    for counting in counts:
        bureau.work(counting)
    rounds(bureau, MONDAY)
    assert sorted({period for _, period in given(bureau)}) == told


def test_a_round_that_was_missed_is_made_up_for_by_the_next(bureau: Bureau) -> None:
    bureau.walks(bureau.begins("budi"), until=3)
    bureau.work(count_some)
    rounds(bureau, FRIDAY, TUESDAY)

    assert {period for _, period in given(bureau)} == {"2026-11-23..2026-11-29", "2026-11"}


def test_they_make_no_sound_and_an_office_may_do_without(bureau: Bureau) -> None:
    bureau.walks(bureau.begins("budi"), until=2)
    rounds(bureau, MONDAY)
    cards = [one for one in bureau.notices(NoticeKind.CARD) if one.once is not None]
    assert all(one.body == {"silent": True} for one in cards)

    bureau.rules = replace(bureau.rules, office=replace(bureau.rules.office, figures_digest=False))
    rounds(bureau, TUESDAY)
    assert {period for _, period in given(bureau)} == {"2026-11-23..2026-11-29"}


def test_nothing_is_told_of_a_time_in_which_nothing_was_closed_nor_outside_office_hours(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    rounds(bureau, MONDAY)
    bureau.walks(case_id, until=2)
    rounds(bureau, TUESDAY.replace(hour=12))

    assert given(bureau) == []


def test_around_holidays_they_come_on_the_first_day_that_is_worked_also_at_the_turn_of_the_year(bureau: Bureau) -> None:
    """The new year begins on a Friday, a holiday: both periods of the old year are told on Monday, and no other."""
    bureau.at = datetime(2026, 12, 30, 1, tzinfo=UTC)
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=3)
    rounds(bureau, *(datetime(2027, 1, day, 1, tzinfo=UTC) for day in (1, 2, 3)))
    assert given(bureau) == []

    rounds(bureau, datetime(2027, 1, 4, 1, tzinfo=UTC))
    readers = {"bambang", "maria", "rina", "andi"}
    told = {(name, period) for name in readers for period in ("2026-12-28..2027-01-03", "2026-12")}
    assert set(given(bureau)) == told
    rounds(bureau, *(datetime(2027, 1, day, 1, tzinfo=UTC) for day in (5, 6, 11)))
    assert len(given(bureau)) == len(told)


def test_a_week_that_begins_with_days_off_is_told_when_it_is_worked_again(bureau: Bureau) -> None:
    bureau.at = FRIDAY
    bureau.walks(bureau.begins("budi"), until=3)
    for day in (date(2026, 11, 30), date(2026, 12, 1)):
        enters(bureau, entry(EntryKind.DAY_OFF, day))
    rounds(bureau, MONDAY, TUESDAY)
    assert given(bureau) == []
    rounds(bureau, datetime(2026, 12, 2, 1, tzinfo=UTC))
    assert {period for _, period in given(bureau)} == {"2026-11-23..2026-11-29", "2026-11"}
