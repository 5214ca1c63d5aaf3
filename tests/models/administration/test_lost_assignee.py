"""Work that was given to somebody, or begun by them, does not stand still while they have no account."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from models.case.sight import Sight, sight_of
from models.mail.card import CardKind
from models.mail.notice import NoticeKind
from models.queries import lists
from models.refusals.work import AlreadyStarted, NotYourTask
from models.upkeep import auditing
from tests.models.bureau import Bureau


def given_to_andi(bureau: Bureau) -> int:
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=4)
    bureau["maria"].forwards(case_id, to="andi")
    return case_id


def begun_by_andi(bureau: Bureau) -> int:
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=5)
    bureau["andi"].starts(case_id)
    return case_id


def queue(bureau: Bureau, name: str) -> list[str]:
    return [
        one.number for one in bureau.work(lambda records: lists.queue(records.reader, records.known(account(name))))
    ]


def account(name: str) -> int:
    return {"rina": 1007, "andi": 1008}[name]


@pytest.mark.parametrize("assigned", [given_to_andi, begun_by_andi])
def test_the_card_is_dealt_to_a_colleague_at_once(bureau: Bureau, assigned: Callable[[Bureau], int]) -> None:
    case_id = assigned(bureau)
    task = bureau.task(case_id)
    with pytest.raises(NotYourTask):
        bureau["rina"].remarks(case_id)

    bureau["andi"].is_unbound()

    assert bureau.holders(case_id) == ["rina"]
    assert bureau.live(task.id) == ["rina"]
    assert queue(bureau, "rina") == ["SW-2026-0001"]
    bureau["rina"].carries_on(case_id)
    assert bureau.task(case_id).step == 6
    assert bureau.breach(case_id) is None


def test_the_colleague_sees_what_fell_to_them(bureau: Bureau) -> None:
    bureau["rina"].takes("kadiv")
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=3)
    bureau["hendra"].sends_back(case_id)
    assert bureau.holders(case_id) == ["siti"]
    bureau["siti"].is_unbound()

    def seen(name: str) -> Sight:
        return bureau.work(lambda records: sight_of(records.case(case_id), records.known(account(name))))

    assert seen("rina") is Sight.WHOLE
    bureau["rina"].leaves("jft-prakom")
    listed = bureau.work(lambda records: lists.visible(records.reader, records.known(account("rina")), limit=5))
    assert [one.number for one in listed] == ["SW-2026-0001"], "though she watches over nothing"


@pytest.mark.parametrize("assigned", [given_to_andi, begun_by_andi])
def test_whoever_comes_back_may_decide_again_and_they_alone(bureau: Bureau, assigned: Callable[[Bureau], int]) -> None:
    case_id = assigned(bureau)
    bureau["andi"].is_unbound()
    bureau.at = bureau.rules.office.calendar.add(bureau.task(case_id).due_at, 3600)
    bureau.sweeps()
    task = bureau.task(case_id)
    assert "rina" in bureau.live(task.id, CardKind.NUDGE)

    bureau["andi"].comes_back()

    assert bureau.holders(case_id) == ["andi"]
    assert bureau.live(task.id) == ["andi"]
    assert "rina" not in bureau.live(task.id, CardKind.NUDGE)
    with pytest.raises(NotYourTask):
        bureau["rina"].remarks(case_id)
    bureau["andi"].carries_on(case_id)


def test_what_a_colleague_has_begun_meanwhile_stays_with_them(bureau: Bureau) -> None:
    case_id = given_to_andi(bureau)
    bureau["andi"].is_unbound()
    bureau["rina"].starts(case_id)
    bureau["andi"].comes_back()

    assert bureau.holders(case_id) == ["rina"]
    assert bureau.live(bureau.task(case_id).id) == ["rina"]
    assert bureau.breach(case_id) is None


def test_what_was_begun_is_not_begun_a_second_time(bureau: Bureau) -> None:
    case_id = begun_by_andi(bureau)
    bureau["andi"].is_unbound()
    with pytest.raises(AlreadyStarted):
        bureau["rina"].starts(case_id)


def test_it_falls_on_to_the_next_who_has_an_account(bureau: Bureau) -> None:
    bureau["dewi"].takes("jft-prakom")
    case_id = given_to_andi(bureau)
    task = bureau.task(case_id)
    bureau["dewi"].is_unbound()
    bureau["andi"].is_unbound()
    assert bureau.live(task.id) == ["rina"]

    bureau["rina"].is_unbound()

    assert bureau.holders(case_id) == ["andi"], "to whom it was given, once nobody else is there"
    assert bureau.live(task.id) == []


def test_where_nobody_else_holds_the_post_nothing_changes(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=3)
    bureau["hendra"].sends_back(case_id)
    before = len(bureau.notices(NoticeKind.CARD))
    bureau["siti"].is_unbound()

    assert bureau.holders(case_id) == ["siti"]
    assert len(bureau.notices(NoticeKind.CARD)) == before
    bureau["siti"].comes_back()
    assert bureau.live(bureau.task(case_id).id) == ["siti"]


def test_nobody_is_said_to_be_out_of_reach_while_a_colleague_is_there(bureau: Bureau) -> None:
    """The account is lost after the name was chosen, and before the choice is tapped."""
    bureau["andi"].is_unbound()
    case_id = given_to_andi(bureau)

    assert bureau.live(bureau.task(case_id).id) == ["rina"]
    assert not any("alert-vacant" in bureau.codes(name) for name in ("dewi", "maria", "rina"))


def test_the_auditor_finds_nothing_to_mend(bureau: Bureau) -> None:
    begun_by_andi(bureau)
    bureau["andi"].is_unbound()
    for _ in range(2):
        assert bureau.work(auditing.audit).reissued == 0
    bureau["andi"].comes_back()
    assert bureau.work(auditing.audit).reissued == 0
