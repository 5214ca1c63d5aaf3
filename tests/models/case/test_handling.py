"""The step that handles: starting, asking the reporter, writing the Laporan Evaluasi, handing it in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from models.case.attachment import Attachment
from models.case.evaluation import Part
from models.case.question import Question
from models.mail.card import Card, CardKind
from models.mail.notice import Notice, NoticeKind, Priority
from models.refusals.work import AlreadyStarted, EvaluationIncomplete, NotYourTask, QuestionAlreadyAnswered

if TYPE_CHECKING:
    from tests.models.bureau import Bureau
    from tests.models.conftest import OpenBureauAt

PHOTO = {"kind": "photo", "file_id": "F", "file_unique_id": "U", "name": "", "size": 5, "caption": "galat"}


@pytest.fixture
def bureau(open_bureau_at: OpenBureauAt) -> Bureau:
    """An office with a case that waits for either Prakom."""
    return open_bureau_at("to be handled", lambda bureau: bureau.walks(bureau.begins("budi"), until=5))


@pytest.fixture
def case_id(bureau: Bureau) -> int:
    return bureau.only_case()


def test_whoever_starts_has_the_case_from_then_on(bureau: Bureau, case_id: int) -> None:
    task = bureau.task(case_id)
    assert bureau.holders(case_id) == ["rina", "andi"]
    bureau["andi"].starts(case_id)

    assert bureau.holders(case_id) == ["andi"]
    assert bureau.live(task.id) == ["andi"], "the colleague's card has lost its buttons"
    assert bureau.task(case_id).started_at == bureau.at
    assert bureau.task(case_id).version > task.version
    assert "news-started" in bureau.codes("budi")
    with pytest.raises(AlreadyStarted) as refused:
        bureau["rina"].starts(case_id)
    assert refused.value.by == "Andi Pratama"
    with pytest.raises(NotYourTask):
        bureau["rina"].writes(case_id, Part.CAUSE, "Sesi menumpuk.")


def test_somebody_of_another_post_does_not_learn_who_started(bureau: Bureau, case_id: int) -> None:
    bureau["andi"].starts(case_id)
    with pytest.raises(NotYourTask):
        bureau["siti"].starts(case_id)


def test_starting_leaves_the_superiors_reminder_to_be_taken_back_at_the_end(bureau: Bureau, case_id: int) -> None:
    task = bureau.task(case_id)
    bureau.at = bureau.rules.office.calendar.due(task.due_at, task.time_standard)
    bureau.sweeps()
    assert set(bureau.live(task.id, CardKind.NUDGE)) == {"rina", "andi", "maria"}

    bureau["andi"].starts(case_id)
    assert set(bureau.live(task.id, CardKind.NUDGE)) == {"andi", "maria"}, "only the colleague is rid of it"
    bureau["andi"].carries_on(case_id)
    assert bureau.live(task.id, CardKind.NUDGE) == []

    withdrawn = [one.person_id for one in bureau.notices(NoticeKind.WITHDRAW) if one.task_id == task.id]
    assert sorted(withdrawn, key=str) == sorted((bureau[name].id for name in ("rina", "andi", "maria")), key=str)


def test_a_question_goes_to_the_reporter_and_the_answer_comes_back(bureau: Bureau, case_id: int) -> None:
    due = bureau.task(case_id).due_at
    question = bureau["rina"].asks(case_id, "Pesan galat apa yang muncul?")
    (card,) = [one for one in bureau.case(case_id).live_cards if one.kind is CardKind.QUESTION]
    assert (card.person_id, card.question_id) == (bureau["budi"].id, question)

    bureau.works(30)
    before = bureau.task(case_id).version
    bureau["budi"].answers(question, "ORA-00018.", (PHOTO,))
    assert not [one for one in bureau.case(case_id).live_cards if one.kind is CardKind.QUESTION]
    assert bureau.task(case_id).version > before, "buttons drawn before the answer are out of date"
    assert bureau.task(case_id).due_at == due, "the SOP knows no pause"

    told = [one for one in bureau.notices(NoticeKind.SAY) if one.body["code"] == "news-answered"]
    assert [one.person_id for one in told] == [bureau["rina"].id, bureau["andi"].id]
    assert told[0].body["data"]["answer"] == "ORA-00018."
    assert (told[0].priority, told[0].case_id) == (Priority.CARD, case_id)
    with bureau.transaction() as records:
        kept = records.session.get_one(Question, question)
        (file,) = records.session.scalars(select(Attachment))
    assert (kept.answer, kept.answered_at) == ("ORA-00018.", bureau.at)
    assert file.record["caption"] == "galat"
    with pytest.raises(QuestionAlreadyAnswered):
        bureau["budi"].answers(question, "Lagi.")


def test_an_answer_that_comes_late_reaches_the_desk_the_case_lies_on(bureau: Bureau, case_id: int) -> None:
    question = bureau["rina"].asks(case_id)
    bureau["rina"].carries_on(case_id)
    bureau["budi"].answers(question)
    told = [one.person_id for one in bureau.notices() if one.body.get("code") == "news-answered"]
    assert told == [bureau["maria"].id]


def test_only_the_reporter_answers(bureau: Bureau, case_id: int) -> None:
    question = bureau["rina"].asks(case_id)
    with pytest.raises(NotYourTask):
        bureau["andi"].answers(question, "Saya rasa ORA-00018.")
    bureau["budi"].answers(question)


def test_a_question_still_open_at_the_end_loses_its_card(bureau: Bureau, case_id: int) -> None:
    bureau["rina"].asks(case_id)
    bureau["rina"].carries_on(case_id)
    bureau.finishes(case_id)
    with bureau.transaction() as records:
        asked = records.session.scalars(select(Card).where(Card.kind == CardKind.QUESTION)).one()
        redrawn = records.session.scalars(select(Notice).where(Notice.card_id == asked.id).order_by(Notice.id)).all()
    assert not asked.live
    assert [one.kind for one in redrawn] == [NoticeKind.CARD, NoticeKind.REFRESH]


def test_the_evaluation_is_written_in_parts_and_in_any_order(bureau: Bureau, case_id: int) -> None:
    bureau["rina"].writes(case_id, Part.RESULT, "SIMPEG dapat dibuka.")
    bureau["rina"].writes(case_id, Part.CAUSE, "Sesi menumpuk.")
    bureau["rina"].writes(case_id, Part.CAUSE, "Sesi basis data menumpuk.")
    draft = bureau.case(case_id).evaluation_draft
    assert draft is not None
    assert (draft.revision, draft.text(Part.CAUSE)) == (1, "Sesi basis data menumpuk.")
    assert draft.missing == (Part.FINDINGS, Part.ACTION, Part.RECOMMENDATION)
    with pytest.raises(EvaluationIncomplete) as refused:
        bureau["rina"].submits(case_id)
    assert refused.value.missing == ("findings", "action", "recommendation")
    assert bureau.case(case_id).submitted is None


def test_nothing_written_is_all_parts_missing(bureau: Bureau, case_id: int) -> None:
    with pytest.raises(EvaluationIncomplete) as refused:
        bureau["rina"].submits(case_id)
    assert refused.value.missing == tuple(part.value for part in Part)


def test_a_part_of_blanks_is_missing(bureau: Bureau, case_id: int) -> None:
    bureau["rina"].fills(case_id)
    bureau["rina"].writes(case_id, Part.ACTION, " \n\t")
    with pytest.raises(EvaluationIncomplete) as refused:
        bureau["rina"].submits(case_id)
    assert refused.value.missing == ("action",)


def test_what_is_submitted_stands_in_the_journal_word_for_word(bureau: Bureau, case_id: int) -> None:
    bureau["rina"].attaches(case_id, PHOTO)
    bureau["rina"].fills(case_id)
    bureau.works(60)
    bureau["rina"].submits(case_id)
    submitted = bureau.case(case_id).submitted
    assert submitted is not None
    assert (submitted.submitted_at, submitted.submitted_as) == (bureau.at, "definitive:jft-prakom")
    entry = bureau.entries(case_id)[-1]
    assert entry.payload is not None
    assert entry.payload.body is not None
    assert entry.payload.body["evaluation"] == {part.value: f"Isi {part.value}." for part in Part}
    assert entry.payload.body["revision"] == 1
    with bureau.transaction() as records:
        (file,) = records.session.scalars(select(Attachment))
    assert (file.revision, file.added_by_id) == (1, bureau["rina"].id)


def test_the_colleague_may_finish_what_nobody_has_started_alone(bureau: Bureau, case_id: int) -> None:
    bureau["rina"].writes(case_id, Part.CAUSE, "Sesi menumpuk.")
    bureau["andi"].fills(case_id)
    bureau["andi"].submits(case_id)
    submitted = bureau.case(case_id).submitted
    assert submitted is not None
    assert submitted.author_id == bureau["andi"].id, "whoever hands it in answers for it"
    assert submitted.text(Part.CAUSE) == "Sesi menumpuk."


def test_a_question_to_a_reporter_without_an_account_is_told_to_those_who_can_mend_it(
    bureau: Bureau, case_id: int
) -> None:
    bureau["budi"].loses_account()
    bureau["rina"].asks(case_id)
    assert "alert-unreachable" in bureau.codes("dewi")
