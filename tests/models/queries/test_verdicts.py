"""The verdicts of reporters, counted, beside a plain recount from the journals of the same cases."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from models.case.verdict import Count, Rating
from models.queries.verdicts import By, counted
from models.rules.period import Period
from tests.models.bureau import HARDWARE, SOFTWARE

if TYPE_CHECKING:
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
