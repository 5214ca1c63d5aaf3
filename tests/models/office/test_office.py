"""Who may act for a post, who stands above it, and what becomes of cards when a post changes hands."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from models.administration.appointment import appoint
from models.administration.dealing import deal
from models.case.proceeding import Proceeding
from models.mail.card import CardKind
from models.office.office import Office
from models.office.person import Person
from models.office.tenure import Capacity, Tenure
from models.refusals.work import NotYourTask
from models.upkeep.auditing import audit

if TYPE_CHECKING:
    from tests.models.bureau import Bureau


def office(bureau: Bureau) -> Office:
    return bureau.work(lambda records: records.lock_office())


def holders(bureau: Bureau, post: str) -> list[str | None]:
    return [bureau.named(person.id) for person in office(bureau).holders(post)]


def test_a_tenure_lasts_until_it_is_ended(bureau: Bureau) -> None:
    now, over = (
        Tenure.begin(Person(name="Yusuf Mandagi"), "kadiv", capacity=Capacity.PLH, at=bureau.at) for _ in range(2)
    )
    over.ends_at = bureau.at
    assert [tenure.lasts for tenure in (now, over)] == [True, False]
    assert now.acts_as == "plh:kadiv"


def test_a_clock_that_is_set_right_undoes_no_handover(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=2)
    bureau.passes(timedelta(days=1))
    joko = bureau.hires("joko", "Joko Baru")
    bureau.work(lambda records: appoint(records, records.session.get_one(Person, joko.id), "kadiv"))
    bureau.passes(-timedelta(days=1))
    bureau.work(audit)
    assert bureau.holders(case_id) == bureau.live(bureau.task(case_id).id) == ["joko"]
    with pytest.raises(NotYourTask):
        bureau["siti"].forwards(case_id)


def test_the_definitive_holder_comes_before_those_who_act_for_them(bureau: Bureau) -> None:
    bureau["siti"].leaves("kadiv")
    bureau.hires("yusuf", "Yusuf Mandagi").takes("kadiv", Capacity.PLH)
    bureau["andi"].takes("kadiv", Capacity.PLT)
    bureau.passes(timedelta(seconds=1))
    bureau["siti"].takes("kadiv")
    assert holders(bureau, "kadiv") == ["siti", "andi", "yusuf"]


def test_one_person_in_two_capacities_is_one_holder_and_acts_in_the_stronger(bureau: Bureau) -> None:
    bureau["siti"].takes("kadiv", Capacity.PLT)
    assert holders(bureau, "kadiv") == ["siti"]
    case_id = bureau.begins("budi")
    bureau["bambang"].forwards(case_id)
    assert bureau.live(bureau.task(case_id).id) == ["siti"], "one card, not two"
    with bureau.transaction() as records:
        tenure = records.tenure(records.known(1004), records.case(case_id).case.tasks[-1])
    assert tenure.capacity is Capacity.DEFINITIVE


def test_a_person_with_two_posts_decides_both_steps_each_in_its_capacity(bureau: Bureau) -> None:
    bureau["siti"].takes("kabag-p2l", Capacity.PLH)
    case_id = bureau.begins("budi")
    bureau["bambang"].forwards(case_id)
    bureau["siti"].forwards(case_id)
    bureau["siti"].forwards(case_id)
    assert [task.decided_as for task in bureau.case(case_id).tasks[1:3]] == ["definitive:kadiv", "plh:kabag-p2l"]
    assert office(bureau).posts_of(bureau.case(case_id).tasks[1].decided_by or Person()) == [
        "kadiv",
        "kabag-p2l",
    ]


def test_a_post_lends_no_force_to_another_and_a_tenure_none_beyond_its_end(bureau: Bureau) -> None:
    bureau["siti"].takes("kabag-p2l", Capacity.PLH)
    case_id = bureau.begins("budi")
    bureau["bambang"].forwards(case_id)
    with bureau.transaction() as records:
        proceeding = records.case(case_id)
        task = proceeding.case.tasks[-1]
        (definitive,) = records.lock_office().tenures_of("kadiv")
        (other,) = (one for one in records.lock_office().tenures_of("kabag-p2l") if one.person_id == bureau["siti"].id)
        with pytest.raises(NotYourTask):
            proceeding.forward(task, by=other)

        acting = Tenure.begin(definitive.person, "kadiv", capacity=Capacity.PLT, at=bureau.at)
        acting.person_id = definitive.person_id
        definitive.ends_at = bureau.at
        office = replace(records.lock_office(), tenures=(definitive, acting))
        later = Proceeding(proceeding.case, office=office, at=bureau.at)
        with pytest.raises(NotYourTask):
            later.forward(task, by=definitive)
        assert later.forward(task, by=acting) is not None
        assert task.decided_as == "plt:kadiv"


@pytest.mark.parametrize(
    ("vacant", "post", "superiors"),
    [
        ((), "jft-prakom", ["maria"]),
        ((), "kakanwil", []),
        (("hendra",), "kasubbag-humas", ["siti"]),
        (("hendra", "siti"), "kasubbag-humas", ["bambang"]),
        (("hendra", "siti", "bambang"), "kasubbag-humas", []),
    ],
)
def test_the_superior_is_the_nearest_post_that_anybody_holds(
    bureau: Bureau, vacant: tuple[str, ...], post: str, superiors: list[str]
) -> None:
    posts = {"hendra": "kabag-p2l", "siti": "kadiv", "bambang": "kakanwil"}
    for name in vacant:
        bureau[name].leaves(posts[name])
    found = office(bureau).superiors(post)
    assert [bureau.named(person.id) for person in found] == superiors


def test_the_watchers_are_those_who_keep_the_sop_each_once(bureau: Bureau) -> None:
    bureau["maria"].takes("jft-prakom", Capacity.PLH)
    found = office(bureau).watchers()
    assert [bureau.named(person.id) for person in found] == ["maria", "rina", "andi"]


def test_when_a_post_changes_hands_its_open_cards_change_hands(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau["bambang"].forwards(case_id)
    task = bureau.task(case_id)
    bureau["siti"].leaves("kadiv")
    bureau.hires("yusuf", "Yusuf Mandagi").takes("kadiv", Capacity.PLT)
    bureau.work(lambda records: deal(records, "kadiv"))
    assert bureau.live(task.id) == ["yusuf"]


def test_a_handover_leaves_the_superiors_reminder_alone(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau["bambang"].forwards(case_id)
    task = bureau.task(case_id)
    bureau.at = bureau.rules.office.calendar.add(task.due_at, 30 * 60)
    bureau.sweeps()
    bureau["siti"].leaves("kadiv")
    bureau.hires("yusuf", "Yusuf Mandagi").takes("kadiv", Capacity.PLT)
    bureau.work(lambda records: deal(records, "kadiv"))
    assert bureau.live(task.id, CardKind.NUDGE) == ["bambang", "maria", "rina", "andi"], "only the holder's own goes"
    assert {one.case_id for one in bureau.notices() if one.task_id == task.id} == {case_id}
