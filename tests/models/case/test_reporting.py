"""What the reporter of an open report may do: withdraw it until handling has begun."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from models.mail.card import CardKind
from models.proof import verification
from models.refusals import CaseClosed, HandlingBegun, NotYourTask, StepForbids, TaskAlreadyDecided
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
