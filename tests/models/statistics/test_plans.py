"""Figures are read by an index, with as many statements however much was counted; so is what waits to be counted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from models.repository.reader import Reader
from models.repository.records import Records
from models.rules.period import Period
from models.statistics.cells import Key
from models.statistics.counting import count_some
from models.statistics.listing import Number, cases_of
from models.statistics.reading import Statistics
from models.statistics.wanted import Wanted
from tests.models.bureau import SOFTWARE, Bureau
from tests.models.statistics.rows import BEGINS, Writer
from tests.models.test_cost import lookups
from tests.models.test_indexes import plans, scans

MONTH, SPAN = Period(date(2027, 1, 1), date(2027, 1, 31)), Period(date(2026, 12, 17), date(2027, 1, 6))

READINGS = {
    "a month": Wanted(MONTH),
    "a span with edges": Wanted(SPAN),
    "an SOP": Wanted(SPAN, sop=SOFTWARE),
    "a step": Wanted(MONTH, sop=SOFTWARE, step=5),
    "a post": Wanted(SPAN, post="kadiv"),
    "a person": Wanted(SPAN, person=5),
    "the posts below": Wanted(SPAN, posts=frozenset({"kadiv", "kabag-p2l"})),
}


@pytest.fixture
def office(bureau: Bureau) -> Bureau:
    with bureau.transaction() as records:
        Writer(records.session, bureau.rules, seed=1, days=60).writes(25)
    bureau.at = BEGINS + timedelta(days=90)
    while bureau.work(count_some):
        pass
    return bureau


def reads(wanted: Wanted) -> Callable[[Records], object]:
    """Return what a page and the lists behind its numbers read."""

    def read(records: Records) -> None:
        reader = Reader(records.session, rules=records.rules, at=records.at)
        statistics = Statistics(reader)
        statistics.cells(wanted, frozenset(Key._fields))
        statistics.came(wanted)
        statistics.open_now(wanted)
        statistics.verdicts(wanted)
        for number in Number:
            cases_of(statistics, reader, number, wanted, offset=0, limit=6)

    return read


@pytest.mark.databases("sqlite")
@pytest.mark.parametrize("name", READINGS)
def test_no_figure_goes_through_a_growing_table(office: Bureau, name: str) -> None:
    with plans(office) as found:
        office.work(reads(READINGS[name]))
    assert found
    assert scans(found) == []


@pytest.mark.databases("sqlite")
def test_what_waits_to_be_counted_is_found_by_its_index(office: Bureau) -> None:
    office.walks(office.begins("budi"), until=4)
    with plans(office) as found:
        assert office.work(count_some) == 3
    assert scans(found) == []


@pytest.mark.databases("sqlite")
def test_figures_of_more_cases_cost_no_more_statements(office: Bureau) -> None:
    def cost() -> int:
        with lookups(office) as found:
            office.work(reads(READINGS["a span with edges"]))
        return len(found)

    before = cost()
    for _ in range(2):
        office.finishes(office.begins("budi"))
    while office.work(count_some):
        pass
    assert cost() == before
