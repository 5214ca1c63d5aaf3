"""The sums of days in a record that is older than they are: made of the stretches, a day at a time, nothing missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, delete, func, insert, inspect, select, text, update

from bot.storage import migration
from models.repository.reader import Reader
from models.repository.records import Records
from models.rules.period import Period
from models.rules.rules import Rules
from models.statistics.cells import MINUTES, Key, Sums
from models.statistics.checking import disagreements
from models.statistics.counting import count_some
from models.statistics.days import tally_a_day, untallied
from models.statistics.days_of_pages import Counted, days_of
from models.statistics.figures import total
from models.statistics.holding import Hold
from models.statistics.listing import Listed, Number, cases_of
from models.statistics.reading import Statistics
from models.statistics.tables import Basis, Duration, Stretch, Tally, UntalliedDay
from models.statistics.tallying import key_of, minutes_of, sums_of
from models.statistics.wanted import Wanted
from tests.models.bureau import Bureau
from tests.models.statistics.comparing import compare
from tests.models.statistics.naive import Recount
from tests.models.statistics.rows import BEGINS, Writer
from tests.models.test_indexes import plans, scans

OLDER = migration.known()[migration.known().index("0041") - 1]


def agrees(bureau: Bureau) -> int:
    with bureau.transaction() as records:
        reader = Reader(records.session, rules=bureau.rules, at=bureau.at)
        assert list(disagreements(reader)) == []
        return compare(reader, Recount(records.session))


def waiting(bureau: Bureau) -> int:
    return bureau.work(lambda records: len(untallied(records.session)))


@pytest.fixture
def older(migrated_url: str, packaged_rules: Rules) -> Iterator[Bureau]:
    """A record that the program before has counted: with sums of months and years, and times among these."""
    engine = create_engine(migrated_url)
    Bureau.founds(engine, packaged_rules)
    bureau = Bureau(engine, packaged_rules)
    with bureau.transaction() as records:
        Writer(records.session, bureau.rules, seed=4, days=60).writes(30)
    bureau.at = BEGINS + timedelta(days=90)
    while bureau.work(count_some):
        pass
    with bureau.transaction() as records:
        found = list(records.session.scalars(select(Stretch).order_by(Stretch.task_id, Stretch.ordinal)))
        tallies = list(sums_before(found, bureau))
    stretches = [{column.name: getattr(one, column.name) for column in inspect(Stretch).columns} for one in found]
    migration.downgrade(bureau.engine, OLDER)
    counts_before(bureau.engine, stretches, tallies)
    migration.upgrade(bureau.engine)
    yield bureau
    engine.dispose()


def sums_before(found: list[Stretch], bureau: Bureau) -> Iterator[dict[str, Any]]:
    """Yield the rows of tallies as they were: of months and years, told apart by minutes."""
    zone, sums = bureau.rules.office.calendar.zone, dict[tuple[Any, ...], Counter[str]]()
    for one in found:
        for basis, at in ((Basis.CLOSED, one.closed_at), (Basis.OPENED, one.opened_at)):
            if at is None:
                continue
            local, timed = at.astimezone(zone), one.closing and basis is Basis.CLOSED
            added = sums_of(one, basis)
            for span in (local.year, local.year * 100 + local.month):
                key = (basis.value, span, *key_of(one, basis), one.stay_used // 60 if timed else -1)
                of_key = sums.setdefault(key, Counter())
                of_key.update({name: getattr(added, name) for name in SUMMED})
    for key, of_key in sums.items():
        yield dict(zip(KEY, key, strict=True)) | {name: of_key[name] for name in SUMMED}


SUMMED = [*Sums.__slots__][:-2]
"""The sums that were kept before: all but `reminded` and `delayed`."""

KEY = ("basis", "span", *Key._fields, "minutes")


def counts_before(engine: Engine, stretches: list[dict[str, Any]], tallies: list[dict[str, Any]]) -> None:
    names = ", ".join([*KEY, *SUMMED])
    values = ", ".join(f":{name}" for name in [*KEY, *SUMMED])
    with engine.begin() as connection:
        connection.execute(insert(Stretch), stretches)
        connection.execute(text("UPDATE tasks SET counted_at = closed_at WHERE closed_at IS NOT NULL"))
        connection.execute(text(f"INSERT INTO tallies ({names}) VALUES ({values})"), tallies)


def test_figures_of_an_older_record_are_right_before_while_and_after_its_days_are_summed(older: Bureau) -> None:
    wait = waiting(older)
    assert wait > 50
    assert agrees(older) > 200

    for _ in range(wait // 2):
        assert older.work(tally_a_day)
    assert 20 < waiting(older) < wait
    assert agrees(older) > 200

    while older.work(tally_a_day):
        pass
    assert waiting(older) == 0
    assert agrees(older) > 200


def test_what_is_counted_on_a_day_that_waits_is_counted_once(older: Bureau) -> None:
    with older.transaction() as records:
        records.session.execute(text("UPDATE tasks SET counted_at = NULL WHERE id IN (SELECT task_id FROM stretches)"))
        records.session.execute(delete(Stretch))
        for name in ("tallies", "durations"):
            records.session.execute(text(f"DELETE FROM {name}"))
    while older.work(count_some):
        pass
    assert waiting(older) > 50
    while older.work(tally_a_day):
        pass

    assert agrees(older) > 200


def test_times_that_were_rounded_down_before_are_rounded_up_once_the_days_are_summed(older: Bureau) -> None:
    with older.transaction() as records:
        records.session.execute(update(Stretch).where(Stretch.closing).values(stay_used=Stretch.stay_used + 20))
    while older.work(tally_a_day):
        pass

    with older.transaction() as records:
        closed = list(records.session.scalars(select(Stretch).where(Stretch.closing).order_by(Stretch.task_id)))
        right = Counter(one.stay_used // 60 + 1 for one in closed)
        years = {one.closed_at.astimezone(records.calendar.zone).year for one in closed}
        kept = select(Duration.minutes, func.sum(Duration.stays)).group_by(Duration.minutes)
        for spans in (Duration.span.in_(years), Duration.span.between(1_000_00, 9_999_99), Duration.span > 1_000_00_00):
            assert Counter(dict(records.session.execute(kept.where(spans)).all())) == right


@pytest.mark.parametrize(("seconds", "shown"), [(12_580, 210), (12_600, 210), (12_601, 211), (1, 1), (0, 0)])
def test_half_of_the_stays_took_as_long_as_is_said_or_less(seconds: int, shown: int) -> None:
    assert minutes_of(Stretch(stay_used=seconds)) == shown


@pytest.mark.databases("sqlite")
def test_the_days_of_a_new_record_never_wait(bureau: Bureau) -> None:
    bureau.finishes(bureau.begins("budi"))
    while bureau.work(count_some):
        pass

    assert waiting(bureau) == 0
    assert not bureau.work(tally_a_day)
    with bureau.transaction() as records:
        today = bureau.at.astimezone(bureau.rules.office.calendar.zone).date()
        found = Statistics(records.reader).cells(Wanted(Period(today, today)), frozenset({MINUTES}))
        assert total(found).times.total() == total(found).stays > 0


@pytest.mark.databases("sqlite")
def test_a_day_is_summed_by_an_index(older: Bureau) -> None:
    with plans(older) as found:
        older.work(tally_a_day)
    assert found
    assert scans(found) == []


def test_a_span_reads_no_stretch_but_those_of_days_that_wait(older: Bureau) -> None:
    with older.transaction() as records:
        first = records.session.scalar(select(func.min(UntalliedDay.day)))
    assert first is not None
    while waiting(older) > 1:
        older.work(tally_a_day)

    def reads(period: Period) -> set[str]:
        with plans(older) as found:
            older.work(lambda records: Statistics(records.reader).cells(Wanted(period), frozenset({MINUTES})))
        return {walk.table for walk in found} & {"stretches", "tallies", "durations"}

    day = timedelta(days=1)
    assert reads(Period(first + day, first + 40 * day)) == {"tallies", "durations"}
    assert reads(Period(first, first)) == {"stretches"}


def test_small_pages_of_a_list_are_the_large_one_cut_up(older: Bureau) -> None:
    """A page is read from the days on which it lies; while days wait for their sums, from all of the period."""
    period = Period(BEGINS.date(), BEGINS.date() + timedelta(days=90))

    def lists(records: Records, number: Number, size: int) -> list[Listed]:
        statistics, found = Statistics(records.reader), list[Listed]()
        wanted = Wanted(period, person=5 if number in {Number.HELD, Number.TURNED_LATE, Number.DECIDED} else None)
        while page := cases_of(statistics, records.reader, number, wanted, offset=len(found), limit=size):
            found += page
        return found

    numbers = [number for number in Number if number is not Number.CAME]
    whole = {number: older.work(partial(lists, number=number, size=1000)) for number in numbers}
    while older.work(tally_a_day):
        pass
    assert sum(map(len, whole.values())) > 500
    for number in numbers:
        assert older.work(partial(lists, number=number, size=7)) == whole[number], number


@pytest.mark.databases("sqlite")
def test_a_page_of_what_is_rare_reads_the_days_on_which_it_is(older: Bureau) -> None:
    """What is behind a number that seldom comes is found without going through all that was closed."""
    while older.work(tally_a_day):
        pass
    period = Wanted(Period(BEGINS.date(), BEGINS.date() + timedelta(days=90)))
    with older.transaction() as records:
        reader = records.reader
        rare = Counted(Tally.lates.expression, lambda _: Tally.how == Hold.RAISED)
        page = days_of(reader, rare, period, basis=Basis.CLOSED, offset=0, limit=3)
        assert page is not None
        assert len(page.runs) <= 3
        every = days_of(reader, Counted(Tally.stays.expression), period, basis=Basis.CLOSED, offset=0, limit=10**6)
        assert every is not None
        assert sum((run.last - run.first).days + 1 for run in every.runs) > 40


def test_sums_of_a_year_may_be_longer_than_an_integer_of_postgresql(bureau: Bureau) -> None:
    """A hundred thousand cases of a year took more than 2,147,483,647 seconds of office time together."""
    desk = {"sop": "software", "step": 5, "post": "kadiv", "person_id": 0, "decider_id": 0, "how": Hold.OWN}
    large = dict.fromkeys(Sums.__slots__, 3 * 10**9)
    with bureau.transaction() as records:
        for span in (2026, 202601, 20260201):
            records.session.add(Tally(basis=Basis.CLOSED, span=span, outcome="", **desk, **large))
        records.flush()
        for period in (Period.year(date(2026, 1, 1)), Period(date(2026, 1, 1), date(2026, 2, 1))):
            found = Statistics(records.reader).cells(Wanted(period), frozenset({"sop"}))
            assert total(found).sums.used >= 3 * 10**9
