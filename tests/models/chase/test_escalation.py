"""Escalation goes up until somebody above hears of it who is there, can be reached, and is not late themselves."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.administration import reachability
from models.case.climbing import rung_of
from models.case.sight import Sight, sight_of
from models.mail.notice import NoticeKind
from models.mail.reminder import OVERSEEN_FROM
from models.office.office import Office
from models.office.person import Obstacle, Person
from models.office.tenure import Capacity, Tenure
from models.rules.rules import Rules
from models.upkeep.auditing import audit
from tests.models.administration.leave import FRI, MON, comes, files, leaves_to
from tests.models.bureau import MONDAY

if TYPE_CHECKING:
    from models.repository.records import Records
    from tests.models.bureau import Bureau

WATCHERS = {"maria", "rina", "andi"}
LINE = ("kakanwil", "kadiv", "kabag-p2l", "kasubbag-humas")
NUMBERS = tuple(range(1, 6))


def blocks(bureau: Bureau, name: str) -> None:
    """Let a person have blocked the bot, as the courier learns it."""

    def note(records: Records) -> None:
        person = records.session.get_one(Person, bureau[name].id)
        reachability.lost(records, person, obstacle=Obstacle.BLOCKED)

    bureau.work(note)


def holds_both(bureau: Bureau) -> None:
    """Let the Kabag hold the post of Kasubbag, too."""
    bureau["maria"].leaves("kasubbag-humas")
    bureau["hendra"].takes("kasubbag-humas")


def escalated(bureau: Bureau, case_id: int) -> set[str | None]:
    """Let the open task wait until it is escalated, and return who is told beside its holders and the watchers."""
    holders = set(bureau.holders(case_id))
    for _ in range(40):
        bureau.works(10)
        bureau.sweeps()
        found = [entry.payload.body for entry in bureau.entries(case_id) if entry.action == "chase" and entry.payload]
        told = [one for one in found if one and one["kind"] == "escalate"]
        if told:
            people = {bureau.named(number) for one in told for key in ("to", "later") for number in one.get(key, ())}
            return people - holders - WATCHERS
    pytest.fail("the task is never escalated")


def test_kadiv_hears_that_kabag_is_late_at_step_4_as_kasubbag(bureau: Bureau) -> None:
    holds_both(bureau)
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=4)
    assert bureau.holders(case_id) == ["hendra"]
    assert escalated(bureau, case_id) == {"siti"}
    assert "siti" in {bureau.named(one.person_id) for one in bureau.notices(NoticeKind.ESCALATE)}


def test_kadiv_hears_of_kasubbag_where_kabag_has_blocked_the_bot(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=4)
    blocks(bureau, "hendra")
    assert escalated(bureau, case_id) == {"siti"}


def test_kadiv_hears_of_kasubbag_where_kabag_has_no_phone(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=4)
    bureau["hendra"].loses_account()
    assert escalated(bureau, case_id) == {"siti"}


def test_the_plh_of_a_superior_who_is_away_hears_of_it(bureau: Bureau) -> None:
    leaves_to(bureau, "hendra", "bambang", MON, FRI)
    comes(bureau, MON, hour=9)
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=4)
    assert escalated(bureau, case_id) == {"bambang"}


def test_a_superior_who_is_away_without_a_plh_is_passed_over(bureau: Bureau) -> None:
    files(bureau, "hendra", MON, FRI)
    comes(bureau, MON, hour=9)
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=4)
    assert escalated(bureau, case_id) == {"siti"}


def test_a_plh_who_is_late_does_not_hear_of_it_as_the_superior(bureau: Bureau) -> None:
    leaves_to(bureau, "hendra", "maria", MON, FRI)
    comes(bureau, MON, hour=9)
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=4)
    assert escalated(bureau, case_id) == {"siti"}


def test_the_admins_hear_at_last_that_the_head_of_the_office_is_late(bureau: Bureau) -> None:
    assert escalated(bureau, bureau.begins("budi")) == {"dewi"}


def test_the_admins_hear_of_it_where_nobody_above_can_be_reached(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=3)
    for name in ("bambang", "siti"):
        bureau[name].loses_account()
    assert escalated(bureau, case_id) == {"dewi"}


def test_who_hears_of_it_may_read_the_case(bureau: Bureau) -> None:
    holds_both(bureau)
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=4)

    def sight(records: Records) -> Sight:
        return sight_of(records.case(case_id), records.session.get_one(Person, bureau["siti"].id))

    assert bureau.work(sight) is Sight.WHOLE


@given(
    held=st.lists(st.sets(st.sampled_from(NUMBERS), max_size=2), min_size=4, max_size=4),
    blocked=st.frozensets(st.sampled_from(NUMBERS)),
    unbound=st.frozensets(st.sampled_from(NUMBERS)),
    away=st.frozensets(st.sampled_from(NUMBERS)),
    late=st.frozensets(st.sampled_from(NUMBERS), max_size=2),
    place=st.integers(min_value=0, max_value=3),
)
@settings(max_examples=300, deadline=None)
def test_the_nearest_able_superior_of_a_naive_recomputation_hears_of_it(
    packaged_rules: Rules,
    held: list[set[int]],
    blocked: frozenset[int],
    unbound: frozenset[int],
    away: frozenset[int],
    late: frozenset[int],
    place: int,
) -> None:
    known = {number: _person(number, blocked=blocked, unbound=unbound) for number in (*NUMBERS, 9)}
    tenures = [
        Tenure.begin(known[number], post, capacity=Capacity.DEFINITIVE, at=MONDAY)
        for post, numbers in zip(LINE, held, strict=True)
        for number in sorted(numbers)
    ]
    office = Office(packaged_rules, tuple(tenures), find_admins=lambda: [known[9]], away=away)
    told = {one.id for one in office.told_above(LINE[place], besides=[known[number] for number in late])}

    able = [numbers - blocked - unbound - away - late for numbers in held[:place]]
    assert told == next((one for one in reversed(able) if one), {9})


def _person(number: int, *, blocked: frozenset[int], unbound: frozenset[int]) -> Person:
    since = MONDAY - timedelta(days=1) if number in blocked else None
    account = None if number in unbound else 1000 + number
    return Person(id=number, name=str(number), account_id=account, unreachable_since=since)


def put_off(bureau: Bureau) -> int:
    """Let two cases be late at the Kabag, and return the one whose escalation waits: who hears of it heard just now."""
    first = bureau.begins("budi")
    bureau.walks(first, until=3)
    bureau.works(10)
    second = bureau.begins("budi")
    bureau.walks(second, until=3)
    while bureau.task(second).rung < OVERSEEN_FROM - 1 or bureau.task(second).chase_at == rung_due(bureau, second):
        bureau.works(1)
        bureau.sweeps()
    return second


def rung_due(bureau: Bureau, case_id: int) -> datetime:
    task = bureau.task(case_id)
    return rung_of(task, task.rung, bureau.rules.office).at


def test_who_is_above_in_the_place_of_another_need_not_wait_until_the_other_may_hear(bureau: Bureau) -> None:
    case_id = put_off(bureau)
    timer = bureau.task(case_id).chase_at
    assert timer is not None
    assert rung_due(bureau, case_id) <= bureau.at < timer
    blocks(bureau, "siti")
    assert bureau.sweeps().rungs == 1
    told = [one.payload.body for one in bureau.entries(case_id) if one.action == "chase" and one.payload]
    assert bureau["bambang"].id in (told[-1] or {})["to"]
    assert bureau.work(audit).mended == 0
