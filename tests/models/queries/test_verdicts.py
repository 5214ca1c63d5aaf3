"""The verdicts of reporters, counted, beside a plain recount from the journals of the same cases."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import astuple
from datetime import UTC, date, datetime
from functools import partial
from typing import TYPE_CHECKING

import pytest

from models.case.verdict import Count, Heard, Rating
from models.queries.verdicts import By, counted
from models.rules.period import Period
from models.statistics.listing import Number, cases_of
from models.statistics.reading import Statistics
from models.statistics.wanted import Wanted
from tests.models.bureau import HARDWARE, SOFTWARE
from tests.models.reports_joined import joins, leaves
from tests.models.test_indexes import plans

if TYPE_CHECKING:
    from collections.abc import Sequence

    from models.repository.records import Records
    from tests.models.bureau import Bureau
    from tests.models.conftest import OpenBureauAt

NOVEMBER, DECEMBER = Period.month(date(2026, 11, 1)), Period.month(date(2026, 12, 1))


@pytest.fixture
def bureau(open_bureau_at: OpenBureauAt) -> Bureau:
    """An office with judged cases of two months: one of them was handled by two, one was judged twice."""
    return open_bureau_at("judged", _judges)


def handled(bureau: Bureau, *names: str, sop: str = SOFTWARE) -> int:
    """Let a case be handled by some people, each after a return, and be closed."""
    case_id = bureau.begins("budi", sop=sop)
    bureau.walks(case_id, until=4)
    bureau["maria"].forwards(case_id, to=names[0])
    bureau[names[0]].carries_on(case_id)
    for name in names[1:]:
        bureau["maria"].gives_back(case_id)
        bureau[names[0]].hands_on(case_id, to=name)
        bureau[name].carries_on(case_id)
    bureau.finishes(case_id)
    return case_id


def _judges(bureau: Bureau) -> None:
    budi = bureau["budi"]
    first, second, silent, by_two = (
        handled(bureau, *names) for names in (("rina",), ("rina",), ("rina",), ("rina", "andi"))
    )
    del silent
    budi.says_whether_it_helped(first, helped=True)
    budi.rates(first, Rating.QUICK)
    budi.rates(first, Rating.UNCLEAR)
    budi.says_whether_it_helped(second, helped=True)
    budi.rates(second, Rating.SLOW)
    budi.says_whether_it_helped(second, helped=False)
    budi.says_whether_it_helped(by_two, helped=True)
    budi.rates(by_two, Rating.CLEAR)
    bureau.at = datetime(2026, 12, 1, 1, tzinfo=UTC)
    budi.says_whether_it_helped(handled(bureau, "andi"), helped=True)


@pytest.fixture
def shared(open_bureau_at: OpenBureauAt) -> Bureau:
    """An office with two cases that several report, with what they say of the results and beside it; one has left."""

    def report_together(bureau: Bureau) -> None:
        case_id, other = bureau.begins("budi"), bureau.begins("dewi", "Printer macet")
        for name in ("dewi", "andi", "siti"):
            joins(bureau, name, case_id)
        leaves(bureau, "siti", case_id)
        joins(bureau, "budi", other)
        for one in (case_id, other):
            bureau.walks(one, until=4)
            bureau["maria"].forwards(one, to="rina")
            bureau["rina"].carries_on(one)
            bureau.finishes(one)
        bureau["budi"].says_whether_it_helped(case_id, helped=True)
        bureau["dewi"].says_whether_it_helped(case_id, helped=False)
        bureau["budi"].says_whether_it_helped(other, helped=True)
        for name, rating in (("budi", Rating.QUICK), ("andi", Rating.QUICK), ("andi", Rating.UNCLEAR)):
            if name == "andi":
                bureau[name].says_whether_it_helped(case_id, helped=True)
            bureau[name].rates(case_id, rating)
        bureau["budi"].rates(other, Rating.SLOW)

    return open_bureau_at("judged-together", report_together)


def recount(bureau: Bureau, period: Period) -> dict[str | None, Counter[str]]:
    """Count by the journals alone, by the names of those who submitted last."""
    found = defaultdict[str | None, Counter[str]](Counter)
    for case_id in range(1, 6):
        entries = bureau.entries(case_id)
        zone = bureau.rules.office.calendar.zone
        closed = next(one.at for one in entries if one.action == "acknowledge").astimezone(zone)
        if not period.first <= closed.date() <= period.last:
            continue
        author = [one.actor_id for one in entries if one.action == "submit"][-1]
        word: dict[str, bool] = {}
        for entry in entries:
            body = entry.payload.body or {} if entry.payload else {}
            if entry.action == "feedback":
                word = {"helped": body["helped"]}
            elif entry.action == "rate":
                word |= {key: body[key] for key in ("quick", "clear") if key in body}
        found[bureau.named(author)].update(f"{key} {value}" for key, value in word.items())
    return {name: count for name, count in found.items() if count}


def by_person(bureau: Bureau, period: Period | None) -> dict[str | None, Count]:
    found = bureau.work(lambda records: counted(records.reader, period, by=By.PERSON))
    return {bureau.named(int(key)): count for key, count in found.items()}


def test_a_verdict_is_booked_on_who_submitted_last_in_the_month_of_the_closing(bureau: Bureau) -> None:
    assert by_person(bureau, NOVEMBER) == {
        "rina": Count(helped=1, not_helped=1, quick=1, unclear=1),
        "andi": Count(helped=1, clear=1),
    }
    assert by_person(bureau, DECEMBER) == {"andi": Count(helped=1)}
    assert by_person(bureau, None)["andi"].verdicts == 2


@pytest.mark.parametrize("period", [NOVEMBER, DECEMBER])
def test_it_equals_a_plain_recount_of_the_journals(bureau: Bureau, period: Period) -> None:
    told = {
        name: Counter(
            {
                "helped True": one.helped,
                "helped False": one.not_helped,
                "quick True": one.quick,
                "quick False": one.slow,
                "clear True": one.clear,
                "clear False": one.unclear,
            }
        )
        for name, one in by_person(bureau, period).items()
    }
    assert {name: +count for name, count in told.items()} == recount(bureau, period)


def test_by_post_step_and_sop(bureau: Bureau) -> None:
    def find(by: By | None, sop: str | None = None) -> dict[str | int, int]:
        found = bureau.work(lambda records: counted(records.reader, NOVEMBER, by=by, sop=sop))
        return {key: one.verdicts for key, one in found.items()}

    assert find(None) == {"": 3}
    assert find(By.POST) == {"jft-prakom": 3}
    assert find(By.STEP) == {5: 3}
    assert find(By.SOP) == {SOFTWARE: 3}
    assert find(By.PERSON, HARDWARE) == {}


@pytest.mark.parametrize("period", [NOVEMBER, DECEMBER, None])
@pytest.mark.parametrize("sop", [None, SOFTWARE, HARDWARE])
def test_together_they_are_those_of_all_people(bureau: Bureau, period: Period | None, sop: str | None) -> None:
    def find(records: Records) -> tuple[Sequence[Count], Sequence[Count]]:
        together, apart = (counted(records.reader, period, by=by, sop=sop).values() for by in (None, By.PERSON))
        return list(together), list(apart)

    together, apart = bureau.work(find)
    sums = Count(*(sum(one) for one in zip(*map(astuple, apart), strict=True)))
    assert together == ([sums] if sums.verdicts else [])


@pytest.mark.databases("sqlite")
def test_together_they_are_counted_without_a_look_at_any_case(bureau: Bureau) -> None:
    with plans(bureau) as found:
        bureau.work(lambda records: counted(records.reader, NOVEMBER, sop=SOFTWARE))
    walks = [
        (walk.index, walk.bounded) for walk in found if walk.table == "cases" and "cases.helped IS 1" in walk.statement
    ]
    assert set(walks) == {("ix_cases_verdict", True)}


OF_ALL = Count(helped=3, not_helped=1, quick=2, slow=1, unclear=1, fellows=3)


def _counted(records: Records, by: By | None) -> dict[str | int, Count]:
    return counted(records.reader, NOVEMBER, by=by, sop=SOFTWARE)


def test_each_reporter_of_a_case_counts(shared: Bureau) -> None:
    """Also where the first reporter of a case says nothing, and only who joined it does."""
    assert by_person(shared, NOVEMBER) == {"rina": OF_ALL}
    for by, key in ((None, ""), (By.POST, "jft-prakom"), (By.STEP, 5), (By.SOP, SOFTWARE)):
        found = shared.work(partial(_counted, by=by))
        assert found == {key: OF_ALL}
    assert by_person(shared, DECEMBER) == {}


def test_each_verdict_opens_its_case_page_by_page(shared: Bureau) -> None:
    def listed(records: Records, number: Number, offset: int, limit: int) -> list[int]:
        reader = records.reader
        found = cases_of(Statistics(reader), reader, number, Wanted(NOVEMBER), offset=offset, limit=limit)
        return [one.case_id for one in found]

    def pages(number: Number, size: int) -> list[list[int]]:
        return [shared.work(partial(listed, number=number, offset=page * size, limit=size)) for page in range(3)]

    assert pages(Number.HELPED, 2) == [[2, 1], [1], []]
    assert pages(Number.QUICK, 1) == [[1], [1], []]
    assert pages(Number.SLOW, 5) == [[2], [], []], "who joined says so, and the first reporter nothing"
    assert pages(Number.UNCLEAR, 5) == [[1], [], []]
    assert pages(Number.CLEAR, 5) == [[], [], []]
    assert pages(Number.NOT_HELPED, 5) == [[1], [], []]


def test_the_case_tells_what_each_of_its_reporters_said(shared: Bureau) -> None:
    heard = shared.work(lambda records: [records.case(case_id).heard for case_id in (1, 2)])
    assert heard == [
        Heard(reporters=3, helped=2, not_helped=1, quick=2, unclear=1),
        Heard(reporters=2, helped=1, slow=1),
    ]
