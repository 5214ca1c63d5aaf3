"""What the reporter of an open report may do: withdraw it until handling has begun, urge its holder."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

from models.case.task import Task
from models.mail.card import CardKind
from models.mail.notice import NoticeKind
from models.proof import verification
from models.refusals.reports import CaseClosed, HandlingBegun, UrgedLately
from models.refusals.work import NotYourTask, StepForbids, TaskAlreadyDecided
from models.rules.sop_file import parse_sop

if TYPE_CHECKING:
    from tests.models.bureau import Bureau

SOFTWARE = "penanganan-masalah-software"


def forbid(bureau: Bureau, word: str) -> None:
    """Run the SOP from now on with a word that it forbids."""
    text = bureau.rules.sops[SOFTWARE].text
    bureau.knows(
        parse_sop(text.replace("instructions = [", f'forbids = ["{word}"]\ninstructions = [', 1), source="sop")
    )


@pytest.mark.parametrize("step", [1, 2, 3, 4, 5])
def test_a_report_is_withdrawn_until_handling_begins(bureau: Bureau, step: int) -> None:
    case_id = bureau.begins("budi")
    task = bureau.walks(case_id, until=step)

    bureau["budi"].withdraws(case_id)

    case = bureau.case(case_id)
    last = case.tasks[-1]
    assert (case.state, case.closed_at, case.open_task) == ("withdrawn", bureau.at, None)
    assert (last.outcome, last.decided_by_id, last.decided_as) == ("withdrawn", bureau["budi"].id, "reporter")
    assert last.chase_at is None
    assert bureau.live(task.id) == []
    assert [card.kind for card in case.live_cards] == [CardKind.STATUS], "nothing can be decided or recalled"
    entry = bureau.entries(case_id)[-1]
    assert (entry.action, entry.actor_id, entry.capacity) == ("withdraw", bureau["budi"].id, "reporter")
    assert bureau.work(lambda records: verification.verify(records.session)).verifies


def test_not_once_it_has_begun(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=5)
    bureau["rina"].starts(case_id)
    with pytest.raises(HandlingBegun) as refused:
        bureau["budi"].withdraws(case_id)
    assert refused.value.by == "Rina Mokoginta"
    bureau.walks(case_id, until=6)
    with pytest.raises(HandlingBegun):
        bureau["budi"].withdraws(case_id)


@pytest.mark.parametrize("name", ["bambang", "siti", "rina", "dewi"])
def test_nobody_but_the_reporter_withdraws(bureau: Bureau, name: str) -> None:
    case_id = bureau.begins("budi")
    with pytest.raises(NotYourTask):
        bureau[name].withdraws(case_id)


def test_what_was_withdrawn_is_over(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau["bambang"].forwards(case_id)
    bureau["budi"].withdraws(case_id)
    with pytest.raises(CaseClosed):
        bureau["budi"].withdraws(case_id)
    with pytest.raises(TaskAlreadyDecided) as refused:
        bureau["siti"].forwards(case_id)
    assert (refused.value.by, refused.value.outcome) == ("Budi Santoso", "withdrawn")
    with pytest.raises(CaseClosed):
        bureau["bambang"].recalls(case_id, task_id=bureau.case(case_id).tasks[0].id)
    bureau.works(600)
    assert bureau.sweeps().rungs == 0


def test_an_sop_may_forbid_it(bureau: Bureau) -> None:
    forbid(bureau, "withdraw")
    case_id = bureau.begins("budi")
    with pytest.raises(StepForbids):
        bureau["budi"].withdraws(case_id)


def test_a_reporter_urges_once_in_an_office_hour(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    sounding = len(bureau.notices())
    again = bureau["budi"].urges(case_id)
    assert bureau.rules.office.calendar.between(bureau.at, again) == 60 * 60
    owed = bureau.notices()[sounding:]
    assert {one.kind for one in owed} == {NoticeKind.REFRESH}, "no message of its own, only the mark on what is there"

    bureau.works(59)
    with pytest.raises(UrgedLately) as refused:
        bureau["budi"].urges(case_id)
    assert refused.value.at == again
    bureau["bambang"].forwards(case_id)
    with pytest.raises(UrgedLately):
        bureau["budi"].urges(case_id)
    bureau.works(1)
    bureau["budi"].urges(case_id)

    assert [task.urges for task in bureau.case(case_id).tasks] == [1, 1]
    assert [entry.action for entry in bureau.entries(case_id)] == ["report", "urge", "forward", "urge"]
    assert bureau.work(lambda records: verification.verify(records.session)).verifies


def test_the_night_is_no_office_hour(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau.works(6 * 60 + 20)
    bureau["budi"].urges(case_id)
    bureau.passes(timedelta(hours=14))
    with pytest.raises(UrgedLately):
        bureau["budi"].urges(case_id)


def test_urging_leaves_buttons_and_recall_as_they_are(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau["bambang"].forwards(case_id)
    version = bureau.task(case_id).version
    bureau["budi"].urges(case_id)
    assert bureau.task(case_id).version == version
    assert bureau["bambang"].recalls(case_id).step == 1


def test_nobody_but_the_reporter_urges_and_nobody_once_it_is_over(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    for name in ("bambang", "rina", "dewi"):
        with pytest.raises(NotYourTask):
            bureau[name].urges(case_id)
    bureau.finishes(case_id)
    with pytest.raises(CaseClosed):
        bureau["budi"].urges(case_id)


def test_an_sop_may_forbid_to_urge(bureau: Bureau) -> None:
    forbid(bureau, "urge")
    case_id = bureau.begins("budi")
    with pytest.raises(StepForbids):
        bureau["budi"].urges(case_id)


def test_the_count_of_urges_is_held_against_the_journal(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau["budi"].urges(case_id)
    bureau.work(lambda records: records.session.execute(update(Task).values(urges=7)))
    found = bureau.work(lambda records: verification.verify(records.session))
    assert [str(one.reason) for one in found.breaches] == [
        "the task of step 1, round 1: its urges is not what the journal tells"
    ]


def test_a_reporter_adds_words_and_files_and_the_holder_is_told_without_a_sound(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau["bambang"].forwards(case_id)
    version = bureau.task(case_id).version
    photo = {"kind": "photo", "file_id": "F", "file_unique_id": "U", "name": "", "size": 5, "caption": ""}

    bureau["budi"].adds(case_id, "Hanya di lantai dua.", (photo,))

    (told,) = [one for one in bureau.notices(NoticeKind.SAY) if one.body["code"] == "news-added"]
    assert told.person_id == bureau["siti"].id
    assert told.body["silent"] is True
    assert told.body["data"] == {"number": "SW-2026-0001", "answer": "Hanya di lantai dua.", "files": 1}
    assert bureau.task(case_id).version == version + 1, "a decision must know of it"
    entry = bureau.entries(case_id)[-1]
    assert (entry.action, entry.actor_id, entry.capacity) == ("add", bureau["budi"].id, "reporter")
    assert bureau["bambang"].recalls(case_id, task_id=bureau.case(case_id).tasks[0].id).step == 1, (
        "no official has acted"
    )
    assert bureau.work(lambda records: verification.verify(records.session)).verifies


def test_nobody_else_adds_and_nobody_once_it_is_over(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    for name in ("bambang", "dewi"):
        with pytest.raises(NotYourTask):
            bureau[name].adds(case_id)
    bureau["budi"].withdraws(case_id)
    with pytest.raises(CaseClosed):
        bureau["budi"].adds(case_id)


def test_an_sop_may_forbid_to_add(bureau: Bureau) -> None:
    forbid(bureau, "add")
    case_id = bureau.begins("budi")
    with pytest.raises(StepForbids):
        bureau["budi"].adds(case_id)
