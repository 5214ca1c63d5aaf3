"""What is said of a case that is over: the reporter's verdict with two taps beside it, and the superior's feedback."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from models.case.appraisers import appraisers
from models.case.verdict import TO_CHANGE, Appraisal, Rating
from models.mail.card import CardKind
from models.office.tenure import Capacity
from models.proof.verification import verify
from models.refusals.reports import CaseOpen, VerdictOver
from models.refusals.work import CardOutOfDate, NotYourTask
from tests.models.reports_joined import joins

if TYPE_CHECKING:
    from collections.abc import Callable

    from models.repository.records import Records
    from tests.models.bureau import Bureau
    from tests.models.conftest import OpenBureauAt


@pytest.fixture
def bureau(open_bureau_at: OpenBureauAt) -> Bureau:
    """An office with one finished case, which Andi handled."""
    return open_bureau_at("finished", _finishes)


def _finishes(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=4)
    bureau["maria"].forwards(case_id, to="andi")
    bureau["andi"].carries_on(case_id)
    bureau.finishes(case_id)


@pytest.fixture
def case_id(bureau: Bureau) -> int:
    return bureau.only_case()


def said(bureau: Bureau, case_id: int, action: str) -> list[dict[str, object]]:
    """Return what the entries of an action say, but for the office that they name."""
    bodies = [one.payload.body or {} for one in bureau.entries(case_id) if one.action == action and one.payload]
    return [{key: value for key, value in body.items() if key != "office"} for body in bodies]


def breaches(bureau: Bureau) -> list[str]:
    return [one.reason for one in bureau.work(lambda records: verify(records.session)).breaches]


class TestTheReportersTwoTaps:
    def test_they_are_optional_and_each_is_one_entry(self, bureau: Bureau, case_id: int) -> None:
        budi = bureau["budi"]
        budi.says_whether_it_helped(case_id, helped=True)
        case = bureau.case(case_id)
        assert (case.quick, case.clear, case.helped_at) == (None, None, bureau.at)
        budi.rates(case_id, Rating.SLOW)
        budi.rates(case_id, Rating.CLEAR)
        budi.rates(case_id, Rating.CLEAR)
        case = bureau.case(case_id)
        assert (case.quick, case.clear) == (False, True)
        assert said(bureau, case_id, "rate") == [{"quick": False}, {"clear": True}]
        assert breaches(bureau) == []

    def test_they_can_be_changed_for_seven_days_after_the_verdict_and_not_longer(
        self, bureau: Bureau, case_id: int
    ) -> None:
        budi = bureau["budi"]
        budi.says_whether_it_helped(case_id, helped=True)
        budi.rates(case_id, Rating.QUICK)
        bureau.passes(timedelta(days=7))
        budi.rates(case_id, Rating.SLOW)
        assert bureau.case(case_id).quick is False
        bureau.passes(timedelta(microseconds=1))
        for late in (Rating.QUICK, Rating.CLEAR):
            with pytest.raises(VerdictOver):
                budi.rates(case_id, late)
        assert (bureau.case(case_id).quick, bureau.case(case_id).clear) == (False, None)
        assert breaches(bureau) == []

    def test_another_verdict_takes_them_back(self, bureau: Bureau, case_id: int) -> None:
        budi = bureau["budi"]
        budi.says_whether_it_helped(case_id, helped=True)
        budi.rates(case_id, Rating.QUICK)
        budi.says_whether_it_helped(case_id, helped=False)
        assert (bureau.case(case_id).quick, bureau.case(case_id).clear) == (None, None)
        with pytest.raises(CardOutOfDate):
            budi.rates(case_id, Rating.QUICK)
        assert breaches(bureau) == []

    def test_nobody_rates_without_a_verdict_and_nobody_else_at_all(self, bureau: Bureau, case_id: int) -> None:
        with pytest.raises(CardOutOfDate):
            bureau["budi"].rates(case_id, Rating.QUICK)
        bureau["budi"].says_whether_it_helped(case_id, helped=True)
        with pytest.raises(NotYourTask):
            bureau["andi"].rates(case_id, Rating.QUICK)
        with pytest.raises(CaseOpen):
            bureau["budi"].rates(bureau.begins("budi"), Rating.QUICK)


class TestTheSuperiorsFeedback:
    def test_a_superior_who_joined_the_report_does_not_appraise_the_work_on_it(self, bureau: Bureau) -> None:
        joined = bureau.begins("budi", "SIMPEG mati")
        joins(bureau, "maria", joined)
        bureau.finishes(joined)
        asked = [card for card in bureau.case(joined).live_cards if card.kind is CardKind.APPRAISAL]
        assert [bureau.named(card.person_id) for card in asked] == ["hendra"]
        with pytest.raises(NotYourTask):
            bureau["maria"].appraises(joined, Appraisal.WELL)
        bureau["hendra"].appraises(joined, Appraisal.WELL)
        assert breaches(bureau) == []

    def test_the_direct_superior_is_asked_when_the_case_ends(self, bureau: Bureau, case_id: int) -> None:
        asked = [card for card in bureau.case(case_id).live_cards if card.kind is CardKind.APPRAISAL]
        assert [bureau.named(card.person_id) for card in asked] == ["maria"]

    def test_one_word_is_one_entry_with_who_said_it_as_what(self, bureau: Bureau, case_id: int) -> None:
        for _ in range(2):
            bureau["maria"].appraises(case_id)
        case = bureau.case(case_id)
        assert (case.well, case.appraised_as, case.appraised_at) == (True, "definitive:kasubbag-humas", bureau.at)
        assert bureau.named(case.appraised_by_id) == "maria"
        assert said(bureau, case_id, "appraise") == [{"well": True}]
        assert breaches(bureau) == []

    def test_it_can_be_changed_for_seven_days_after_it_was_first_given(self, bureau: Bureau, case_id: int) -> None:
        bureau.passes(timedelta(days=90))
        bureau["maria"].appraises(case_id, Appraisal.WELL)
        first = bureau.at
        bureau.passes(TO_CHANGE)
        bureau["maria"].appraises(case_id, Appraisal.IMPROVE)
        assert (bureau.case(case_id).well, bureau.case(case_id).appraised_at) == (False, first)
        bureau.passes(timedelta(seconds=1))
        with pytest.raises(VerdictOver):
            bureau["maria"].appraises(case_id, Appraisal.WELL)
        assert breaches(bureau) == []

    @pytest.mark.parametrize("name", ["andi", "rina", "hendra", "siti", "bambang", "budi", "dewi"])
    def test_nobody_but_the_direct_superior_gives_it(self, bureau: Bureau, case_id: int, name: str) -> None:
        with pytest.raises(NotYourTask):
            bureau[name].appraises(case_id)
        assert bureau.case(case_id).well is None

    def test_who_acts_as_superior_gives_it_in_that_capacity(self, bureau: Bureau, case_id: int) -> None:
        bureau["maria"].leaves("kasubbag-humas")
        bureau["hendra"].takes("kasubbag-humas", Capacity.PLT)
        bureau["hendra"].appraises(case_id)
        assert bureau.case(case_id).appraised_as == "plt:kasubbag-humas"

    def test_while_the_post_above_is_vacant_the_next_one_up_gives_it(self, bureau: Bureau, case_id: int) -> None:
        bureau["maria"].leaves("kasubbag-humas")
        bureau["hendra"].appraises(case_id, Appraisal.IMPROVE)
        assert bureau.case(case_id).appraised_as == "definitive:kabag-p2l"

    def test_nobody_appraises_the_work_on_their_own_report(self, bureau: Bureau) -> None:
        own = bureau.begins("maria")
        bureau.finishes(own)
        with pytest.raises(NotYourTask):
            bureau["maria"].appraises(own)
        bureau["hendra"].appraises(own)

    def test_nobody_appraises_their_own_work(self, bureau: Bureau) -> None:
        for name in ("rina", "andi"):
            bureau[name].leaves("jft-prakom")
        alone = bureau.begins("budi")
        bureau.finishes(alone)
        assert bureau.named(bureau.case(alone).evaluations[-1].author_id) == "maria", "the next one up did the work"
        assert names(bureau, lambda records: [one.name for one in appraisers(records.case(alone))]) == ["Hendra Lumi"]

    def test_a_case_under_way_and_one_that_nobody_handled_are_not_appraised(self, bureau: Bureau) -> None:
        running = bureau.begins("budi")
        bureau.walks(running, until=6)
        with pytest.raises(CaseOpen):
            bureau["maria"].appraises(running)
        declined = bureau.begins("budi")
        bureau["bambang"].declines(declined)
        with pytest.raises(NotYourTask):
            bureau["maria"].appraises(declined)

    def test_the_card_that_asks_is_drawn_again_when_the_reporter_speaks(self, bureau: Bureau, case_id: int) -> None:
        (asked,) = [card.id for card in bureau.case(case_id).live_cards if card.kind is CardKind.APPRAISAL]
        bureau["budi"].says_whether_it_helped(case_id, helped=True)
        bureau["budi"].rates(case_id, Rating.QUICK)
        drawn = [one.kind.value for one in bureau.notices() if one.card_id == asked]
        assert drawn == ["card", "refresh", "refresh"]


def names(bureau: Bureau, find: Callable[[Records], list[str]]) -> list[str]:
    return bureau.work(find)
