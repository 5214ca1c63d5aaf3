"""A case that goes up and down is escalated by a clock over the whole case: once, to the superior, in their bundle."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from models.case.task import Task
from models.mail.notice import NoticeKind
from models.office.person import Person
from models.proof import verification
from models.rules.ladder import Audience
from tests.models.chase.test_sweep import wita

if TYPE_CHECKING:
    from models.repository.records import Records
    from tests.models.bureau import Bureau

OVER = wita(26, 12)
"""Thursday noon: the standards of all steps, three days and three and a half hours, are over since 12.00.01."""


def overruns(bureau: Bureau, case_id: int) -> list[dict[str, Any]]:
    """Return what the journal says of the clock over the case, with people by the names of the test."""
    entries = [entry for entry in bureau.entries(case_id) if entry.action == "overrun"]
    bodies = [dict(entry.payload.body) for entry in entries if entry.payload and entry.payload.body]
    for body in bodies:
        for key in ("to", "later"):
            if key in body:
                body[key] = [bureau.named(person_id) for person_id in body[key]]
    return bodies


def visits(bureau: Bureau, case_id: int) -> int:
    def look(records: Records) -> int:
        standing = records.case(case_id)
        return standing.visits(standing.case.tasks[-1])

    return bureau.work(look)


def comes_back(bureau: Bureau, *, at_step: int = 3) -> int:
    """Let a case be at a desk for the second time, on Friday morning: the whole standard is over since Thursday."""
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=at_step + 1)
    bureau.at = wita(27, 8)
    (holder,) = bureau.holders(case_id)
    assert holder is not None
    bureau[holder].sends_back(case_id)
    assert bureau.task(case_id).step == at_step
    return case_id


def test_the_superior_hears_of_it_once_although_the_desk_is_not_late(bureau: Bureau) -> None:
    case_id = comes_back(bureau)
    assert visits(bureau, case_id) == 2
    bureau.sweeps()
    (said,) = overruns(bureau, case_id)
    assert (said["to"], said["visits"], said["due"]) == (["siti"], 2, OVER.isoformat())
    told = [one for one in bureau.notices(NoticeKind.ESCALATE) if one.task_id == bureau.task(case_id).id]
    assert [bureau.named(one.person_id) for one in told] == ["siti"]
    assert bureau.task(case_id).rung == 0, "it is a rung of its own"

    bureau["hendra"].forwards(case_id)
    bureau["maria"].sends_back(case_id)
    bureau.sweeps()
    assert visits(bureau, case_id) == 3
    assert len(overruns(bureau, case_id)) == 1
    assert bureau.work(lambda records: verification.verify(records.session)).verifies


def test_it_is_said_when_the_clock_runs_out_and_not_before(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=4)
    bureau["maria"].sends_back(case_id)
    for at, count in ((OVER, 0), (OVER + timedelta(hours=1, seconds=1), 1)):
        bureau.at = at
        bureau.sweeps()
        assert len(overruns(bureau, case_id)) == count, at


def test_it_wakes_the_sweep_by_itself(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=4)
    bureau.at = OVER
    bureau["maria"].sends_back(case_id)
    bureau.works(0)
    assert bureau.task(case_id).chase_at == OVER + timedelta(hours=1, seconds=1), "the break is from 12.00 to 13.00"


def test_the_straight_path_is_not_escalated_by_it(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=4)
    bureau.at = wita(27, 8)
    bureau["maria"].forwards(case_id)
    bureau.sweeps()
    assert visits(bureau, case_id) == 1
    assert overruns(bureau, case_id) == []


def test_what_is_recalled_is_no_visit(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=3)
    bureau["hendra"].forwards(case_id)

    def recall(records: Records) -> None:
        proceeding = records.case(case_id)
        task = proceeding.case.tasks[2]
        hendra = records.session.get_one(Person, bureau["hendra"].id)
        records.recall(proceeding, task, by=records.tenure(hendra, task))

    bureau.work(recall)
    assert visits(bureau, case_id) == 1
    bureau["hendra"].forwards(case_id)
    assert visits(bureau, case_id) == 1


def test_a_superior_who_was_just_reminded_hears_it_in_the_next_list(bureau: Bureau) -> None:
    bureau.at = wita(23, 8, 31)
    other = bureau.begins("budi", "Lain")
    bureau["bambang"].forwards(other)
    case_id = comes_back(bureau)

    def was_reminded(records: Records) -> None:
        siti = records.session.get_one(Person, bureau["siti"].id)
        siti.reminded_at, siti.remind_at, siti.unanswered = records.at, None, 1

    bureau.work(was_reminded)
    bureau.sweeps()
    (said,) = overruns(bureau, case_id)
    assert (said.get("to", []), said["later"]) == ([], ["siti"])
    before = len(bureau.notices())
    bureau.works(61)
    bureau.sweeps()
    fresh = [one for one in bureau.notices()[before:] if one.person_id == bureau["siti"].id]
    named = {item["task"] for one in fresh for item in one.body.get("items", ())} | {one.task_id for one in fresh}
    assert bureau.task(case_id).id in named


def test_the_superior_hears_of_it_whatever_the_office_file_says_of_escalations(bureau: Bureau) -> None:
    ladder = replace(bureau.rules.office.ladder, escalate_to=(Audience.WATCHERS,))
    bureau.rules = replace(bureau.rules, office=replace(bureau.rules.office, ladder=ladder))
    case_id = comes_back(bureau)
    bureau.sweeps()
    assert overruns(bureau, case_id)[0]["to"] == ["siti"]
    assert "siti" in {bureau.named(one.person_id) for one in bureau.notices(NoticeKind.ESCALATE)}


@pytest.mark.parametrize("overrun_at", [None, wita(24, 9)])
def test_a_forged_instant_is_found(bureau: Bureau, overrun_at: object) -> None:
    case_id = comes_back(bureau)
    bureau.sweeps()
    task_id = bureau.task(case_id).id
    bureau.work(lambda records: setattr(records.session.get_one(Task, task_id), "overrun_at", overrun_at))
    assert not bureau.work(lambda records: verification.verify(records.session)).verifies
