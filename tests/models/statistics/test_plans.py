"""Figures are read by an index, with as many statements however much was counted; so is what waits to be counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from models.repository.reader import Reader
from models.repository.records import Records
from models.rules.period import Period
from models.statistics.cells import MINUTES, Key
from models.statistics.counting import count_some, follow_renames
from models.statistics.figures import total
from models.statistics.listing import Number, cases_of
from models.statistics.reading import Statistics
from models.statistics.tables import UntalliedDay
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
        statistics.cells(wanted, frozenset({*Key._fields, MINUTES}))
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
@pytest.mark.parametrize("name", ["a post", "a person", "the posts below"])
def test_what_was_opened_in_a_span_is_found_by_when_it_was_opened(office: Bureau, name: str) -> None:
    """By the index of posts or people all that they ever had would be gone through: ten years of it."""

    def read(records: Records) -> None:
        Statistics(records.reader).came(READINGS[name])

    def wait(records: Records) -> None:
        days = (SPAN.first + timedelta(days=number) for number in range((SPAN.last - SPAN.first).days + 1))
        records.session.add_all(UntalliedDay(day=day) for day in days)

    office.work(wait)
    with plans(office) as found:
        office.work(read)
    assert {walk.index for walk in found if walk.table == "stretches"} == {"ix_stretches_opened_at"}


@pytest.mark.databases("sqlite")
def test_what_waits_to_be_counted_is_found_by_its_index(office: Bureau) -> None:
    office.walks(office.begins("budi"), until=4)
    with plans(office) as found:
        assert office.work(count_some) == 3
    assert scans(found) == []


def test_what_was_counted_goes_along_with_a_post_that_is_renamed(office: Bureau) -> None:
    def stays(records: Records, post: str) -> int:
        return total(Statistics(records.reader).cells(Wanted(MONTH, post=post), frozenset())).stays

    before = office.work(lambda records: stays(records, "kadiv"))
    renamed = [
        replace(one, code="divisi", formerly="kadiv") if one.code == "kadiv" else one
        for one in office.rules.office.posts
    ]
    office.rules = replace(office.rules, office=replace(office.rules.office, posts=tuple(renamed)))
    assert before > 0
    assert office.work(follow_renames) == 1
    assert office.work(follow_renames) == 0

    assert office.work(lambda records: (stays(records, "divisi"), stays(records, "kadiv"))) == (before, 0)


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
