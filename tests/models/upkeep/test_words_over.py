"""The words of reporters go once their cases have been over for as long as the office keeps them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from models.case.question import Remark
from models.proof.verification import verify
from models.upkeep.erasing import erase_words
from models.upkeep.words_over import let_words_go
from tests.models.proof.test_testimony import file
from tests.models.reports_joined import joins, leaves
from tests.models.test_indexes import plans, scans

if TYPE_CHECKING:
    from tests.models.bureau import Bureau

pytestmark = pytest.mark.databases("sqlite")


def keeps_for(bureau: Bureau, years: int | None) -> None:
    bureau.rules = replace(bureau.rules, office=replace(bureau.rules.office, words_years=years))


def test_old_words_go_by_an_entry_and_young_ones_stay(bureau: Bureau) -> None:
    bureau.lives_through_much()
    keeps_for(bureau, 2)
    assert not bureau.work(lambda records: let_words_go(records, batch=1))
    assert bureau.case(1).text
    bureau.at = bureau.at.replace(year=bureau.at.year + 2, month=12)
    assert bureau.work(lambda records: let_words_go(records, batch=1))
    assert bureau.work(lambda records: let_words_go(records, batch=1))
    assert not bureau.work(lambda records: let_words_go(records, batch=1))
    assert [bureau.case(number).text for number in (1, 2)] == ["", ""]
    assert bureau.case(3).text == "Email dinas tidak dapat dikirim", "the third is open"
    for number in (1, 2):
        entry = bureau.entries(number)[-1]
        assert entry.payload is not None
        assert (entry.action, (entry.payload.body or {})["because"]) == ("erase", "retention")
    found = bureau.work(lambda records: verify(records.session))
    assert (found.first, found.status) == (None, 3)


def remarks(bureau: Bureau) -> list[str]:
    """Return the words with which people joined cases."""
    return bureau.work(lambda records: list(records.session.scalars(select(Remark.text).order_by(Remark.id))))


def ages(bureau: Bureau) -> None:
    keeps_for(bureau, 2)
    bureau.at = bureau.at.replace(year=bureau.at.year + 3)
    while bureau.work(lambda records: let_words_go(records, batch=2)):
        pass


def erases(bureau: Bureau, case_id: int) -> None:
    """Let the words of the first reporter of a case be erased at once, as Budi asked."""
    bureau.work(lambda records: erase_words(records, case_id, bureau["budi"].id, because="minta"))


def test_words_of_those_who_joined_go_with_them_also_of_one_who_left(bureau: Bureau) -> None:
    case_id = bureau.begins("budi", "SIMPEG mati")
    for name in ("dewi", "andi"):
        joins(bureau, name, case_id, f"Di meja {name} juga.", files=(file(name),))
    leaves(bureau, "andi", case_id)
    bureau.finishes(case_id)
    assert remarks(bureau) == ["Di meja dewi juga.", "Di meja andi juga."]
    ages(bureau)
    assert (bureau.case(case_id).text, remarks(bureau)) == ("", ["", ""])
    assert [one.action for one in bureau.entries(case_id)].count("erase") == 3
    found = bureau.work(lambda records: verify(records.session))
    assert found.first is None


def test_words_of_those_who_joined_go_where_those_of_the_first_reporter_went_before(bureau: Bureau) -> None:
    case_id = bureau.begins("budi", "SIMPEG mati")
    joins(bureau, "dewi", case_id)
    bureau.finishes(case_id)
    erases(bureau, case_id)
    assert remarks(bureau) == ["Saya juga."]
    ages(bureau)
    assert remarks(bureau) == [""]


def test_words_of_one_who_left_go_where_those_of_the_first_reporter_went_before(bureau: Bureau) -> None:
    """Nobody is joined to the case any more, and its own words are gone."""
    case_id = bureau.begins("budi", "SIMPEG mati")
    joins(bureau, "dewi", case_id)
    leaves(bureau, "dewi", case_id)
    bureau.finishes(case_id)
    erases(bureau, case_id)
    assert remarks(bureau) == ["Saya juga."]
    ages(bureau)
    assert remarks(bureau) == [""]


def test_words_with_which_people_joined_are_found_by_their_age(bureau: Bureau) -> None:
    keeps_for(bureau, 2)
    with plans(bureau) as found:
        bureau.work(let_words_go)
    assert scans(found) == []
    assert [walk.bounded for walk in found if walk.index == "ix_remarks_of_fellows"] == [True]


def test_words_of_a_person_who_left_beside_a_full_batch_of_others_do_not_end_the_work_early(bureau: Bureau) -> None:
    for _ in range(3):
        shared = bureau.begins("budi", "SIMPEG mati")
        joins(bureau, "dewi", shared)
        bureau.finishes(shared)
        erases(bureau, shared)
    left = bureau.begins("budi", "SIMPEG mati")
    joins(bureau, "dewi", left)
    leaves(bureau, "dewi", left)
    bureau.finishes(left)
    ages(bureau)
    assert remarks(bureau) == [""] * 4


def test_an_office_that_says_nothing_keeps_words_for_good(bureau: Bureau) -> None:
    bureau.lives_through_much()
    bureau.at = bureau.at.replace(year=bureau.at.year + 90)
    assert not bureau.work(let_words_go)
    assert bureau.case(1).text
