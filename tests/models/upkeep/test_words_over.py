"""The words of reporters go once their cases have been over for as long as the office keeps them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from models.proof.verification import verify
from models.upkeep.words_over import let_words_go

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


def test_an_office_that_says_nothing_keeps_words_for_good(bureau: Bureau) -> None:
    bureau.lives_through_much()
    bureau.at = bureau.at.replace(year=bureau.at.year + 90)
    assert not bureau.work(let_words_go)
    assert bureau.case(1).text
