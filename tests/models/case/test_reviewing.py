"""The steps that judge: passing on, approving, returning with a correction, acknowledging."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

from models.case.evaluation import Part
from models.mail.card import CardKind
from models.mail.notice import Notice, NoticeKind
from models.refusals.reports import CaseOpen
from models.refusals.work import EvaluationIncomplete, NotYourTask, ReasonMissing, StepForbids
from models.rules.actions import Action
from models.upkeep.retention import let_go

if TYPE_CHECKING:
    from tests.models.bureau import Bureau
    from tests.models.conftest import OpenBureauAt


@pytest.fixture
def bureau(open_bureau_at: OpenBureauAt) -> Bureau:
    """An office with a case whose first evaluation, by Andi, lies with the Kasubbag."""
    return open_bureau_at("to be judged", _evaluates)


def _evaluates(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=4)
    bureau["maria"].forwards(case_id, to="andi")
    bureau["andi"].carries_on(case_id)


@pytest.fixture
def case_id(bureau: Bureau) -> int:
    return bureau.only_case()


@pytest.mark.databases("sqlite")
@pytest.mark.parametrize("action", [Action.RETURN, Action.NOTE, Action.APPROVE])
def test_nothing_is_signed_off_but_by_the_action_of_its_step(bureau: Bureau, case_id: int, action: Action) -> None:
    with pytest.raises(StepForbids):
        bureau["maria"].does(case_id, lambda proceeding, task, by: proceeding.sign_off(task, action, by=by))
    assert bureau.task(case_id).step == 6


@pytest.mark.databases("sqlite")
def test_a_laporan_evaluasi_is_not_handed_in_by_a_signature(bureau: Bureau, case_id: int) -> None:
    bureau["maria"].gives_back(case_id)
    with pytest.raises(StepForbids):
        bureau["andi"].does(case_id, lambda proceeding, task, by: proceeding.sign_off(task, Action.SUBMIT, by=by))
    assert bureau.task(case_id).step == 5


def test_a_return_opens_a_new_round_with_a_clock_of_its_own(bureau: Bureau, case_id: int) -> None:
    bureau.works(100)
    back = bureau["maria"].gives_back(case_id, "Simpulan belum memuat penyebab.")
    assert (back.step, back.round, bureau.case(case_id).round) == (5, 2, 2)
    assert bureau.holders(case_id) == ["andi"], "returned work goes back to the same desk"
    task = bureau.task(case_id)
    assert task.opened_at == bureau.at
    assert task.due_at == bureau.at + timedelta(days=2), "two working days from now"
    assert (task.rung, task.started_at) == (0, None)
    returned = bureau.case(case_id).tasks[-2]
    assert (returned.outcome, returned.round, returned.note) == ("returned", 1, "Simpulan belum memuat penyebab.")


def test_the_second_revision_begins_with_the_words_of_the_first(bureau: Bureau, case_id: int) -> None:
    bureau["maria"].gives_back(case_id)
    bureau["andi"].writes(case_id, Part.CAUSE, "Sesi basis data menumpuk.")
    bureau["andi"].submits(case_id)
    first, second = bureau.case(case_id).evaluations
    assert (first.revision, second.revision) == (1, 2)
    assert second.changed_since(first) == (Part.CAUSE,)
    assert second.text(Part.RESULT) == first.text(Part.RESULT)
    assert first.text(Part.CAUSE) == "Isi cause.", "a submitted revision is never changed"
    assert first.changed_since(None) == ()
    submitted = bureau.case(case_id).submitted
    assert submitted is not None
    assert submitted.revision == 2


def test_returned_work_cannot_be_handed_in_untouched(bureau: Bureau, case_id: int) -> None:
    bureau["maria"].gives_back(case_id)
    with pytest.raises(EvaluationIncomplete):
        bureau["andi"].submits(case_id)


@pytest.mark.parametrize(("step", "name"), [(6, "maria"), (7, "hendra"), (8, "siti")])
def test_each_reviewer_may_return_and_all_review_again(bureau: Bureau, case_id: int, step: int, name: str) -> None:
    bureau.walks(case_id, until=step)
    bureau[name].gives_back(case_id)
    assert bureau.task(case_id).step == 5
    bureau.finishes(case_id)
    case = bureau.case(case_id)
    assert case.state == "closed"
    assert [task.step for task in case.tasks if task.round == 2] == [5, 6, 7, 8, 9]


def test_a_correction_must_be_written(bureau: Bureau, case_id: int) -> None:
    with pytest.raises(ReasonMissing):
        bureau["maria"].gives_back(case_id, "  ")
    assert (bureau.task(case_id).step, bureau.case(case_id).round) == (6, 1)


def test_returned_work_goes_to_any_holder_when_its_author_has_left(bureau: Bureau, case_id: int) -> None:
    bureau["andi"].leaves("jft-prakom")
    bureau["maria"].gives_back(case_id)
    assert bureau.holders(case_id) == ["rina"]
    assert bureau.task(case_id).assignee is None, "no card names somebody who cannot act"


def test_returned_work_does_not_wait_for_an_author_whose_account_is_gone(bureau: Bureau, case_id: int) -> None:
    bureau["andi"].loses_account()
    bureau["maria"].gives_back(case_id)
    assert bureau.task(case_id).assignee is None
    assert bureau.live(bureau.task(case_id).id) == ["rina"]


def test_a_case_ends_although_its_reporter_has_no_account(bureau: Bureau, case_id: int) -> None:
    bureau["budi"].loses_account()
    case = bureau.finishes(case_id)
    assert case.state == "closed"
    assert [card.kind for card in case.live_cards] == [CardKind.STATUS, CardKind.APPRAISAL]


def test_the_same_word_twice_is_one_word(bureau: Bureau, case_id: int) -> None:
    bureau.finishes(case_id)
    for _ in range(2):
        bureau["budi"].says_whether_it_helped(case_id, helped=False)
    assert [entry.action for entry in bureau.entries(case_id)].count("feedback") == 1
    assert bureau.codes("maria").count("alert-not-helped") == 1


def test_acknowledging_ends_the_case_and_the_reporter_gets_the_result(bureau: Bureau, case_id: int) -> None:
    case = bureau.finishes(case_id)
    assert (case.state, case.open_task) == ("closed", None)
    assert [card.kind for card in case.live_cards] == [CardKind.STATUS, CardKind.RESULT, CardKind.APPRAISAL]
    assert [bureau.named(card.person_id) for card in case.live_cards] == ["budi", "budi", "maria"]


def test_the_reporter_says_whether_it_helped_and_may_think_again(bureau: Bureau, case_id: int) -> None:
    with pytest.raises(CaseOpen):
        bureau["budi"].says_whether_it_helped(case_id, helped=True)
    bureau.finishes(case_id)
    bureau["budi"].says_whether_it_helped(case_id, helped=True)
    entries = len(bureau.entries(case_id))
    bureau["budi"].says_whether_it_helped(case_id, helped=True)
    assert len(bureau.entries(case_id)) == entries, "the same word twice is one word"

    bureau["budi"].says_whether_it_helped(case_id, helped=False)
    assert bureau.case(case_id).helped is False
    alerted = {one.person_id for one in bureau.notices(NoticeKind.ALERT)}
    assert alerted == {bureau[name].id for name in ("maria", "rina", "andi")}
    assert bureau.breach(case_id) is None


def test_the_watchers_are_told_once_that_it_did_not_help(bureau: Bureau, case_id: int) -> None:
    bureau.finishes(case_id)
    for helped in (False, True, False, True, False):
        bureau.passes(timedelta(days=40))
        bureau.work(lambda records: records.session.execute(update(Notice).values(state="sent", settled_at=records.at)))
        bureau.work(lambda records: let_go(records.session, records.at))
        bureau["budi"].says_whether_it_helped(case_id, helped=helped)

    assert bureau.case(case_id).helped is False
    assert [bureau.codes(name).count("alert-not-helped") for name in ("maria", "rina", "andi")] == [1, 1, 1]
    assert {one.case_id for one in bureau.notices(NoticeKind.ALERT)} == {case_id}

    other = bureau.begins("budi")
    bureau.finishes(other)
    bureau["budi"].says_whether_it_helped(other, helped=False)
    assert bureau.codes("maria").count("alert-not-helped") == 2, "another case is another matter"


def test_nobody_else_says_whether_it_helped(bureau: Bureau, case_id: int) -> None:
    bureau.finishes(case_id)
    with pytest.raises(NotYourTask):
        bureau["andi"].says_whether_it_helped(case_id, helped=True)
    assert bureau.case(case_id).helped is None


def test_a_friday_afternoon_is_due_on_monday_afternoon(bureau: Bureau, case_id: int) -> None:
    bureau.at = datetime(2026, 11, 27, 7, 50, tzinfo=UTC)
    bureau["maria"].gives_back(case_id)
    bureau["andi"].fills(case_id)
    bureau["andi"].writes(case_id, Part.CAUSE, "Sesi menumpuk.")
    bureau["andi"].submits(case_id)
    assert bureau.task(case_id).due_at == datetime(2026, 11, 30, 7, 50, tzinfo=UTC)
