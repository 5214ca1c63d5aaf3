"""Every figure equals a naive recount: of real cases, and of many simulated ones, over the turn of the year."""

from __future__ import annotations

import os
from dataclasses import astuple
from datetime import timedelta

import pytest

from models.repository.reader import Reader
from models.repository.records import Records
from models.rules.period import Period
from models.statistics.counting import BATCH, count_some, recount, uncounted
from models.statistics.listing import Number, cases_of
from models.statistics.reading import Statistics
from models.statistics.wanted import Wanted
from tests.models.bureau import SOFTWARE, Bureau
from tests.models.statistics.comparing import compare
from tests.models.statistics.naive import Recount
from tests.models.statistics.rows import BEGINS, Writer
from tests.models.statistics.simulated import Play

CASES = int(os.environ.get("CASES", "100000"))
"""Cases of the long form: `make recount CASES=10000` is done in minutes."""


def counts_all(bureau: Bureau, *, batch: int = BATCH) -> int:
    found = 0
    while counted := bureau.work(lambda records: count_some(records, batch=batch)):
        found += counted
    return found


def agrees(bureau: Bureau, *, sops: tuple[str, ...] = ()) -> int:
    """Hold the figures of the record against the recount; returns how many tasks were closed."""
    with bureau.transaction() as records:
        reader = Reader(records.session, rules=bureau.rules, at=bureau.at)
        return compare(reader, Recount(records.session), sops=sops)


def writes(bureau: Bureau, cases: int, *, days: int) -> None:
    with bureau.transaction() as records:
        Writer(records.session, bureau.rules, seed=cases, days=days).writes(cases)
    bureau.at = BEGINS + timedelta(days=days + 30)


def test_figures_of_cases_that_went_through_the_doors_equal_a_recount(bureau: Bureau) -> None:
    Play(bureau, seed=7, cases=9).plays()

    assert agrees(bureau) > 60
    counts_all(bureau)
    assert bureau.work(lambda records: uncounted(records.session)) == 0
    assert agrees(bureau, sops=(SOFTWARE,)) > 60


@pytest.mark.timeout(300)
def test_figures_of_many_cases_equal_a_recount_while_some_wait_to_be_counted(bureau: Bureau) -> None:
    writes(bureau, 300, days=70)
    bureau.work(lambda records: count_some(records, batch=uncounted(records.session) - 250))

    assert agrees(bureau, sops=(SOFTWARE,)) > 1900


@pytest.mark.databases("sqlite")
def test_a_list_says_the_same_before_and_after_its_tasks_are_counted(bureau: Bureau) -> None:
    """By how much each was late there, too: of a task that was handed on, the part of the person who held it."""
    writes(bureau, 30, days=70)
    wanted = Wanted(Period.year(BEGINS.date()))

    bureau.work(lambda records: count_some(records, batch=max(1, uncounted(records.session) - 200)))

    def listed(records: Records) -> dict[Number, list[tuple[object, ...]]]:
        reader = records.reader
        found = {one: cases_of(Statistics(reader), reader, one, wanted, offset=0, limit=500) for one in _OF_ALL}
        return {one: sorted(astuple(line) for line in lines) for one, lines in found.items()}

    before = bureau.work(listed)
    counts_all(bureau)
    assert bureau.work(listed) == before
    assert any(line[-1] for line in before[Number.LATE_OWN])


_OF_ALL = (Number.CAME, Number.ENDED, Number.STAYS, Number.LATE, Number.LATE_OWN, Number.LATE_SHARED, Number.WAITED)


@pytest.mark.databases("sqlite")
def test_to_count_again_gives_the_same(bureau: Bureau) -> None:
    writes(bureau, 40, days=70)
    counts_all(bureau)
    bureau.work(recount)
    assert bureau.work(lambda records: uncounted(records.session)) > 200
    counts_all(bureau)

    assert agrees(bureau) > 200


@pytest.mark.databases("sqlite")
def test_where_too_many_wait_to_be_counted_the_reader_is_told(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    writes(bureau, 40, days=70)
    monkeypatch.setattr("models.statistics.reading.MOST_UNCOUNTED", 100)
    with bureau.transaction() as records:
        assert Statistics(records.reader).behind > 200


@pytest.mark.year
@pytest.mark.timeout(0)
@pytest.mark.databases("sqlite")
def test_figures_of_a_hundred_thousand_cases_equal_a_recount(bureau: Bureau) -> None:
    writes(bureau, CASES, days=400)
    counts_all(bureau, batch=1_000)

    assert agrees(bureau, sops=(SOFTWARE,)) > 7 * CASES


@pytest.mark.year
@pytest.mark.timeout(0)
@pytest.mark.databases("sqlite")
@pytest.mark.parametrize("seed", range(1, 6))
def test_figures_of_cases_that_went_through_the_doors_for_months_equal_a_recount(bureau: Bureau, seed: int) -> None:
    """With handovers, Plh., a vacancy, changes of the calendar, erasures, and the turn of the year."""
    Play(bureau, seed=seed, cases=60).plays()
    counts_all(bureau)

    assert agrees(bureau, sops=(SOFTWARE,)) > 400
