"""The door by which a disposition goes on that was chosen together with others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from models.case.selection import LASTS, MOST, Selection
from models.refusals.work import NotYourTask, OwnReport, StepForbids, TaskAlreadyDecided, TooManySelected
from models.rules.sop_file import parse_sop
from tests.models.reports_joined import joins, leaves

if TYPE_CHECKING:
    from models.case.proceeding import Proceeding
    from models.case.task import Task
    from models.office.tenure import Tenure
    from tests.models.bureau import Bureau

SOFTWARE = "penanganan-masalah-software"


def goes_on(proceeding: Proceeding, task: Task, by: Tenure) -> Task | None:
    return proceeding.forward_with_others(task, by=by, note="Mohon segera.")


def test_it_is_forwarded_and_journalled_like_any_other(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    opened = bureau["bambang"].does(case_id, goes_on)
    assert opened is not None
    assert (opened.step, bureau.holders(case_id)) == (2, ["siti"])
    assert [entry.action for entry in bureau.entries(case_id)] == ["report", "forward"]
    assert bureau.breach(case_id) is None


def test_what_is_decided_or_not_ones_own_is_refused_and_nothing_moves(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    first = bureau.task(case_id)
    bureau["bambang"].forwards(case_id)
    before = len(bureau.entries(case_id))
    with pytest.raises(TaskAlreadyDecided):
        bureau["bambang"].does(case_id, goes_on, task_id=first.id)
    with pytest.raises(NotYourTask):
        bureau["bambang"].does(case_id, goes_on)
    assert len(bureau.entries(case_id)) == before


def test_a_report_of_ones_own_goes_from_its_card_alone(bureau: Bureau) -> None:
    case_id = bureau.begins("bambang")
    with pytest.raises(OwnReport):
        bureau["bambang"].does(case_id, goes_on)
    bureau["bambang"].forwards(case_id)
    assert bureau.task(case_id).step == 2


def test_nor_does_one_go_with_others_that_they_joined(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    joins(bureau, "bambang", case_id)
    with pytest.raises(OwnReport):
        bureau["bambang"].does(case_id, goes_on)
    leaves(bureau, "bambang", case_id)
    assert bureau["bambang"].does(case_id, goes_on) is not None


def test_an_sop_file_forbids_it_and_a_plain_forward_stays(bureau: Bureau) -> None:
    text = bureau.rules.sops[SOFTWARE].text.replace(
        "instructions = [", 'forbids = ["forward-many"]\ninstructions = [', 1
    )
    bureau.knows(parse_sop(text, source="forbidding"))
    case_id = bureau.begins("budi")
    with pytest.raises(StepForbids, match="forward-many"):
        bureau["bambang"].does(case_id, goes_on)
    bureau["bambang"].forwards(case_id)
    assert bureau.task(case_id).step == 2


def test_a_choice_holds_fifty_and_lasts_an_hour_from_its_last_tick(bureau: Bureau) -> None:
    selection = Selection(person_id=1)
    selection.begin(7, at=bureau.at)
    selection.tick_all(dict.fromkeys(range(1, MOST + 2), 3), at=bureau.at)
    assert selection.task_ids == list(range(1, MOST + 1))
    with pytest.raises(TooManySelected):
        selection.tick(MOST + 1, 3, at=bureau.at)
    later = bureau.at + LASTS / 2
    assert not selection.tick(5, 3, at=later)
    assert (selection.version_of(5), selection.version_of(6)) == (None, 3)
    assert selection.lasts(at=bureau.at + LASTS)
    assert not selection.lasts(at=later + LASTS)
