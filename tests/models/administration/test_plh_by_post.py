"""One person holds two posts and is away: each post has a Plh. of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from models.administration import absence as absences
from models.administration import appointment, posts, undoing
from models.office.absence import Answer
from models.office.tenure import Tenure
from models.proof import verification
from models.refusals.absences import NothingToStandInFor, PlhCircle, PlhFound, RequestOver
from models.repository.absences import requests_of
from tests.models.administration import leave

if TYPE_CHECKING:
    from models.repository.records import Records
    from tests.models.bureau import Bureau

KABAG, KASUBBAG = "kabag-p2l", "kasubbag-humas"


@pytest.fixture
def both(bureau: Bureau) -> Bureau:
    """The office in which Hendra, who holds a post, holds that below it, too."""
    bureau["maria"].leaves(KASUBBAG)
    bureau["hendra"].takes(KASUBBAG)
    return bureau


def releases(bureau: Bureau, absence_id: int, post: str, *, by: str) -> None:
    bureau.work(
        lambda records: absences.release(
            records, leave.found(records, absence_id), by=leave.person(records, bureau, by), post=post
        )
    )


def away(bureau: Bureau, **plh: str) -> int:
    """Let Hendra be away today, and a Plh. accept each post that is named; returns the number of the absence."""
    absence_id = leave.files(bureau, "hendra", leave.MON, leave.TUE)
    for code, name in plh.items():
        leave.asks(bureau, absence_id, name, post=code.replace("_", "-"))
        leave.answers(bureau, absence_id, name, post=code.replace("_", "-"))
    return absence_id


def acting(bureau: Bureau, post: str) -> list[str | None]:
    return bureau.work(lambda records: [bureau.named(one.id) for one in records.lock_office().holders(post)])


def broken(bureau: Bureau) -> object:
    return bureau.work(lambda records: verification.verify(records.session)).breaches


def lacks_a_plh(bureau: Bureau, absence_id: int) -> bool:
    return bureau.work(lambda records: leave.found(records, absence_id).plh is None)


def test_each_post_has_a_plh_of_its_own_until_the_holder_is_back(both: Bureau) -> None:
    absence_id = away(both, kabag_p2l="siti", kasubbag_humas="andi")
    assert (acting(both, KABAG), acting(both, KASUBBAG)) == (["siti"], ["andi"])
    assert not lacks_a_plh(both, absence_id)
    case_id = both.begins("budi")
    both.walks(case_id, until=4)
    assert both.holders(case_id) == ["andi"]
    both["andi"].forwards(case_id)
    assert both.case(case_id).tasks[-2].decided_as == f"plh:{KASUBBAG}"
    assert not broken(both)
    leave.ends(both, absence_id, "hendra")
    assert acting(both, KABAG) == acting(both, KASUBBAG) == ["hendra"]
    assert not broken(both)


def test_a_post_without_one_is_missed_and_keeps_its_cards(both: Bureau) -> None:
    absence_id = away(both, kabag_p2l="siti")
    assert (acting(both, KABAG), acting(both, KASUBBAG)) == (["siti"], ["hendra"])
    assert lacks_a_plh(both, absence_id)
    assert "absence-begins" in both.codes("hendra")
    both.works(40)
    leave.looks(both)
    missed = [one.body["data"]["posts"] for one in both.notices() if one.body.get("code") == "alert-plh-missing"]
    assert set(missed) == {"Kasubbag Humas"}


def test_one_plh_for_all_leaves_out_the_post_that_has_its_own(both: Bureau) -> None:
    absence_id = leave.leaves_to(both, "hendra", "siti", leave.MON, leave.TUE)
    assert acting(both, KABAG) == acting(both, KASUBBAG) == ["siti"]
    leave.asks(both, absence_id, "andi", post=KASUBBAG)
    leave.answers(both, absence_id, "andi", post=KASUBBAG)
    assert (acting(both, KABAG), acting(both, KASUBBAG)) == (["siti"], ["andi"])
    releases(both, absence_id, KASUBBAG, by="andi")
    assert acting(both, KASUBBAG) == ["siti"]
    assert not broken(both)


def test_the_first_to_accept_a_post_stands_in_and_who_was_asked_for_all_is_not_needed(both: Bureau) -> None:
    absence_id = leave.files(both, "hendra", leave.MON, leave.TUE)
    leave.asks(both, absence_id, "bambang")
    for name, post in (("siti", KABAG), ("rina", KABAG), ("andi", KASUBBAG)):
        leave.asks(both, absence_id, name, post=post)
    leave.answers(both, absence_id, "siti", post=KABAG)
    with pytest.raises(PlhFound):
        leave.answers(both, absence_id, "rina", post=KABAG)
    leave.answers(both, absence_id, "andi", post=KASUBBAG)
    with pytest.raises(PlhFound):
        leave.answers(both, absence_id, "bambang")
    found = both.work(lambda records: requests_of(records, leave.found(records, absence_id)))
    assert {(both.named(one.person_id), one.post): one.answer for one in found} == {
        ("bambang", ""): Answer.NOT_NEEDED,
        ("siti", KABAG): Answer.ACCEPTED,
        ("rina", KABAG): Answer.NOT_NEEDED,
        ("andi", KASUBBAG): Answer.ACCEPTED,
    }


def test_one_person_may_be_asked_for_each_post_and_answer_each(both: Bureau) -> None:
    absence_id = leave.files(both, "hendra", leave.MON, leave.TUE)
    for post in (KABAG, KASUBBAG):
        leave.asks(both, absence_id, "siti", post=post)
    leave.answers(both, absence_id, "siti", post=KABAG)
    leave.answers(both, absence_id, "siti", post=KASUBBAG, accepts=False)
    assert (acting(both, KABAG), acting(both, KASUBBAG)) == (["siti"], ["hendra"])
    with pytest.raises(RequestOver):
        leave.answers(both, absence_id, "siti", post=KASUBBAG)


def test_a_post_that_is_not_theirs_cannot_be_stood_in_for(both: Bureau) -> None:
    absence_id = leave.files(both, "hendra", leave.MON, leave.TUE)
    with pytest.raises(NothingToStandInFor):
        leave.asks(both, absence_id, "siti", post="kadiv")


def test_a_chain_goes_on_at_each_post(both: Bureau) -> None:
    away(both, kabag_p2l="siti", kasubbag_humas="andi")
    leave.leaves_to(both, "siti", "bambang", leave.MON, leave.TUE)
    assert (acting(both, KABAG), acting(both, KASUBBAG)) == (["bambang"], ["andi"])
    assert acting(both, "kadiv") == ["bambang"]


def test_who_stands_in_elsewhere_hands_that_to_the_plh_of_their_first_post(both: Bureau) -> None:
    leave.leaves_to(both, "siti", "hendra", leave.TUE, leave.TUE)
    absence_id = leave.files(both, "hendra", leave.TUE, leave.TUE)
    for name, post in (("andi", KASUBBAG), ("rina", KABAG)):
        leave.asks(both, absence_id, name, post=post)
        leave.answers(both, absence_id, name, post=post)
    leave.comes(both, leave.TUE)
    assert (acting(both, "kadiv"), acting(both, KABAG), acting(both, KASUBBAG)) == (["rina"], ["rina"], ["andi"])


def test_a_circle_is_refused_at_the_post_where_it_would_close(both: Bureau) -> None:
    leave.leaves_to(both, "siti", "hendra", leave.MON, leave.TUE)
    absence_id = leave.files(both, "hendra", leave.MON, leave.TUE)
    leave.asks(both, absence_id, "andi", post=KASUBBAG)
    with pytest.raises(PlhCircle):
        leave.asks(both, absence_id, "siti", post=KABAG)


def test_a_decree_names_one_for_one_post_and_a_second_for_the_other_on_the_same_days(both: Bureau) -> None:
    def name(records: Records, who: str, post: str) -> None:
        hendra = leave.person(records, both, "hendra")
        absence = absences.filed(records, hendra, leave.MON, leave.TUE, by=leave.person(records, both, "dewi"))
        plh, admin = leave.person(records, both, who), leave.person(records, both, "dewi")
        absences.name(records, absence, plh, decree=leave.SK, by=admin, post=post)

    both.work(lambda records: name(records, "siti", KABAG))
    both.work(lambda records: name(records, "andi", KASUBBAG))
    assert (acting(both, KABAG), acting(both, KASUBBAG)) == (["siti"], ["andi"])
    assert not broken(both)


def test_an_end_in_one_post_ends_the_mandate_there_alone_and_can_be_undone(both: Bureau) -> None:
    absence_id = away(both, kabag_p2l="siti", kasubbag_humas="andi")

    def relieves(records: Records) -> int:
        dewi, andi = leave.person(records, both, "dewi"), leave.person(records, both, "andi")
        appointment.relieve(records, andi, KASUBBAG, by=dewi)
        return max(one.id for one in records.session.query(Tenure) if one.person_id == andi.id and one.ends_at)

    tenure_id = both.work(relieves)
    assert (acting(both, KABAG), acting(both, KASUBBAG)) == (["siti"], ["hendra"])
    both.work(lambda records: undoing.reinstate(records, tenure_id, by=leave.person(records, both, "dewi")))
    assert (acting(both, KABAG), acting(both, KASUBBAG)) == (["siti"], ["andi"])
    assert not lacks_a_plh(both, absence_id)
    assert not broken(both)


@pytest.mark.parametrize("forgery", ["plh_id = 1", "decree_number = '1'", "post = 'kadiv'"])
def test_a_forged_naming_is_found(both: Bureau, forgery: str) -> None:
    away(both, kabag_p2l="siti", kasubbag_humas="andi")
    assert not broken(both)
    with both.engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE named_plh SET {forgery} WHERE post = '{KABAG}'")
    assert broken(both)


def test_a_post_that_is_renamed_takes_its_plh_along(both: Bureau) -> None:
    absence_id = away(both, kabag_p2l="siti", kasubbag_humas="andi")
    office = both.rules.office
    renamed = tuple(
        replace(one, code="kabag-pdh", formerly=KABAG)
        if one.code == KABAG
        else replace(one, superior="kabag-pdh" if one.superior == KABAG else one.superior)
        for one in office.posts
    )
    both.rules = replace(both.rules, office=replace(office, posts=renamed))

    def adopt(records: Records) -> None:
        posts.adopt_posts(records)
        posts.rename_posts(records)

    both.work(adopt)
    assert acting(both, "kabag-pdh") == ["siti"]
    assert not broken(both)
    releases(both, absence_id, "kabag-pdh", by="siti")
    assert acting(both, "kabag-pdh") == ["hendra"]
    assert not broken(both)
