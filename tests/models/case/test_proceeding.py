"""A case from the report to its end: the straight path, who may act, what each kind allows, which SOP it keeps."""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from models.case.evaluation import Part
from models.case.question import Remark
from models.case.sop_version import SopVersion
from models.mail.card import Card
from models.mail.notice import Notice, NoticeKind
from models.office.tenure import Capacity, Tenure
from models.refusals.work import NotYourTask, StepForbids, TaskAlreadyDecided
from models.rules.sop_file import load_sop, parse_sop

if TYPE_CHECKING:
    from models.repository.records import Records
    from tests.models.bureau import Bureau

SOFTWARE = "penanganan-masalah-software"
SECOND_SOP = Path(__file__).parents[1] / "data/permintaan-akses.toml"


def test_a_report_travels_all_nine_steps(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    for name in ("bambang", "siti", "hendra", "maria", "rina", "maria", "hendra", "siti", "bambang"):
        assert name in bureau.holders(case_id)
        bureau.works(5)
        bureau[name].carries_on(case_id)

    case = bureau.case(case_id)
    assert case.number == "SW-2026-0001"
    assert (case.state, case.closed_at) == ("closed", bureau.at)
    assert [(task.step, task.outcome) for task in case.tasks] == [
        (1, "forwarded"),
        (2, "forwarded"),
        (3, "forwarded"),
        (4, "forwarded"),
        (5, "submitted"),
        (6, "passed"),
        (7, "passed"),
        (8, "approved"),
        (9, "acknowledged"),
    ]
    assert [entry.action for entry in bureau.entries(case_id)] == [
        "report",
        *["forward"] * 4,
        "submit",
        *["pass"] * 2,
        "approve",
        "acknowledge",
    ]
    assert bureau.breach(case_id) is None


def test_numbers_count_up_within_the_offices_year(bureau: Bureau) -> None:
    bureau.begins("budi")
    second = bureau.begins("rina")
    assert bureau.case(second).number == "SW-2026-0002"
    bureau.at = bureau.at.replace(month=12, day=31, hour=15, minute=59)
    assert bureau.case(bureau.begins("budi")).number == "SW-2026-0003"
    bureau.passes(timedelta(minutes=1))
    assert bureau.case(bureau.begins("budi")).number == "SW-2027-0001", "midnight in Manado, 16.00 UTC"


def test_nobody_acts_in_a_capacity_that_is_over(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau["siti"].takes("kakanwil", Capacity.PLH)
    deputy = bureau.work(lambda records: records.lock_office().tenures_of("kakanwil")[1])
    bureau.passes(timedelta(seconds=1))
    bureau["siti"].leaves("kakanwil")
    bureau["siti"].takes("kakanwil")

    def forward(records: Records) -> None:
        proceeding = records.case(case_id)
        task = proceeding.case.open_task
        assert task is not None
        over = records.session.get_one(Tenure, deputy.id, options=[joinedload(Tenure.person)])
        proceeding.forward(task, by=over)

    with pytest.raises(NotYourTask):
        bureau.work(forward)


ALLOWED = {
    1: {"forward", "decline", "move", "note"},
    2: {"forward", "send-back", "note"},
    4: {"forward", "send-back", "note"},
    5: {"start", "ask", "write", "attach", "submit", "note"},
    6: {"pass", "return", "note"},
    8: {"approve", "return", "note"},
    9: {"acknowledge", "note"},
}
"""What the SOP lets each step do, read from the design's table of kinds."""

BESIDE = {"transfer", "extend", "consult", "explain"}
"""What the SOP lets every step do beside."""

ACTIONS = sorted(set().union(*ALLOWED.values()))
"""Every action that a holder may try."""


@pytest.mark.databases("sqlite")
@pytest.mark.parametrize("step", ALLOWED)
def test_each_kind_of_step_forbids_what_the_sop_does_not_name(bureau: Bureau, step: int) -> None:
    case_id = bureau.begins("budi")
    task = bureau.walks(case_id, until=step)
    entries = len(bureau.entries(case_id))
    (holder, *_) = bureau.holders(case_id)
    assert holder is not None
    for action in set(ACTIONS) - ALLOWED[step]:
        with pytest.raises(StepForbids) as refused:
            bureau[holder].tries(case_id, action)
        assert refused.value.step == step
    assert bureau.task(case_id).version == task.version
    assert len(bureau.entries(case_id)) == entries


@pytest.mark.databases("sqlite")
@pytest.mark.parametrize(("step", "action"), [(step, action) for step in ALLOWED for action in sorted(ALLOWED[step])])
def test_each_kind_of_step_allows_what_the_sop_names(bureau: Bureau, step: int, action: str) -> None:
    case_id = bureau.begins("budi")
    task = bureau.walks(case_id, until=step)
    (holder, *_) = bureau.holders(case_id)
    assert holder is not None
    bureau[holder].tries(case_id, action)
    assert next(one for one in bureau.case(case_id).tasks if one.id == task.id).version > task.version
    assert bureau.breach(case_id) is None


@pytest.mark.databases("sqlite")
@pytest.mark.parametrize("step", ALLOWED)
def test_what_a_card_offers_is_what_its_doors_grant(bureau: Bureau, step: int) -> None:
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=step)
    with bureau.transaction() as records:
        proceeding = records.case(case_id)
        task = proceeding.case.open_task
        assert task is not None
        beside = BESIDE | ({"copy"} if step <= 4 else set()) | ({"merge"} if step == 1 else set())
        assert proceeding.allows(task) == ALLOWED[step] | beside
        assert proceeding.allows(proceeding.case.tasks[0]) == (set() if step > 1 else ALLOWED[1] | beside)


@pytest.mark.databases("sqlite")
def test_nobody_acts_on_a_task_of_another_post(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    for step in (1, 5, 6, 9):
        task = bureau.walks(case_id, until=step)
        for action, name in product(ACTIONS, ("budi", "hendra")):
            with pytest.raises(NotYourTask):
                bureau[name].tries(case_id, action)
        assert bureau.task(case_id).version == task.version


def test_of_two_officials_tapping_at_once_the_second_sees_who_was_first(bureau: Bureau) -> None:
    bureau.hires("yusuf", "Yusuf Mandagi").takes("kadiv", Capacity.PLH)
    case_id = bureau.begins("budi")
    bureau["bambang"].forwards(case_id)
    task = bureau.task(case_id)
    assert bureau.live(task.id) == ["siti", "yusuf"]

    first_at = bureau.at
    bureau["yusuf"].forwards(case_id)
    bureau.passes(timedelta(seconds=1))
    with pytest.raises(TaskAlreadyDecided) as refused:
        bureau["siti"].does(case_id, lambda proceeding, old, by: proceeding.forward(old, by=by), task_id=task.id)
    assert (refused.value.by, refused.value.at, refused.value.outcome) == ("Yusuf Mandagi", first_at, "forwarded")
    assert bureau.live(task.id) == ["yusuf"], "who forwarded it may recall it; every other copy has lost its buttons"
    assert bureau.task(case_id).step == 3
    decided = bureau.case(case_id).tasks[1]
    assert decided.decided_as == "plh:kadiv"
    assert bureau.entries(case_id)[-1].capacity == "plh:kadiv"


def test_somebody_who_never_had_the_task_is_not_told_who_decided_it(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    first = bureau.task(case_id)
    bureau["bambang"].forwards(case_id)
    with pytest.raises(NotYourTask):
        bureau["siti"].does(case_id, lambda proceeding, old, by: proceeding.forward(old, by=by), task_id=first.id)


def test_a_tenure_that_ended_gives_no_force_to_an_open_card(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau["bambang"].leaves("kakanwil")
    with pytest.raises(NotYourTask):
        bureau["bambang"].forwards(case_id)
    bureau.hires("yusuf", "Yusuf Mandagi").takes("kakanwil", Capacity.PLT)
    bureau["yusuf"].forwards(case_id)
    assert bureau.case(case_id).tasks[0].decided_as == "plt:kakanwil"


def test_a_tenure_read_before_it_ended_is_refused_by_the_door_itself(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    with bureau.transaction() as records:
        proceeding = records.case(case_id)
        task = proceeding.case.open_task
        assert task is not None
        (tenure,) = records.lock_office().tenures_of("kakanwil")
        tenure.ends_at = bureau.at
        with pytest.raises(NotYourTask):
            proceeding.forward(task, by=tenure)


def test_the_chosen_prakom_leaves_and_any_colleague_may_go_on(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=4)
    bureau["maria"].forwards(case_id, to="andi")
    with pytest.raises(NotYourTask):
        bureau["rina"].starts(case_id)
    bureau["andi"].leaves("jft-prakom")
    assert bureau.holders(case_id) == ["rina"]
    bureau["rina"].starts(case_id)
    bureau["rina"].carries_on(case_id)
    assert bureau.task(case_id).step == 6


def test_a_case_begun_by_a_prakom_who_left_can_be_finished_by_a_colleague(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=5)
    bureau["andi"].starts(case_id)
    bureau["andi"].writes(case_id, Part.CAUSE, "Sesi menumpuk.")
    bureau["andi"].leaves("jft-prakom")
    bureau["rina"].carries_on(case_id)
    assert bureau.task(case_id).step == 6


def test_a_vacant_post_is_told_to_those_who_can_mend_it(bureau: Bureau) -> None:
    bureau["hendra"].leaves("kabag-p2l")
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=3)
    assert bureau.holders(case_id) == bureau.live(bureau.task(case_id).id) == ["siti"]
    (alert,) = bureau.notices(NoticeKind.ALERT)
    assert bureau.named(alert.person_id) == "dewi"
    assert alert.body["data"] == {"number": "SW-2026-0001", "post": "Kabag P2L", "step": 3, "to": "Kadiv"}
    assert bureau.task(case_id).chase_at is not None, "who decides for a vacant post is chased all the same"


def test_a_holder_without_an_account_counts_as_nobody_to_reach(bureau: Bureau) -> None:
    bureau["siti"].loses_account()
    case_id = bureau.begins("budi")
    bureau["bambang"].forwards(case_id)
    assert bureau.holders(case_id) == ["siti"], "she may still act, once her account is bound again"
    assert bureau.live(bureau.task(case_id).id) == []
    assert "alert-vacant" in bureau.codes("dewi")
    assert "alert-vacant" in bureau.codes("bambang")


def test_a_note_stands_on_the_case_without_deciding_it(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau["bambang"].remarks(case_id, "Layanan AHU terganggu.")
    with bureau.transaction() as records:
        remark = records.session.scalars(select(Remark)).one()
    assert (remark.text, remark.capacity, remark.case_id) == ("Layanan AHU terganggu.", "definitive:kakanwil", case_id)
    assert bureau.task(case_id).is_open


def test_a_fresh_card_takes_the_force_from_the_older_one(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    task = bureau.task(case_id)
    with bureau.transaction() as records:
        proceeding, shown = records.task(task.id)
        proceeding.reissue(shown, proceeding.holders(shown))
    assert bureau.live(task.id) == ["bambang"]
    with bureau.transaction() as records:
        force = records.session.scalars(select(Card.live).where(Card.task_id == task.id).order_by(Card.id)).all()
    assert force == [False, True]


def test_a_refusal_leaves_a_trace(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    with bureau.transaction() as records:
        person = records.known(1001)
        records.case(case_id).refuse("not-your-task", action="forward", by=person)
    entry = bureau.entries(case_id)[-1]
    assert entry.payload is not None
    assert (entry.action, entry.payload.body) == ("refuse", {"asked": "forward", "refusal": "not-your-task"})
    assert bureau.breach(case_id) is None


def test_every_notice_and_card_of_a_case_names_it(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=5)
    bureau["rina"].starts(case_id)
    bureau["budi"].answers(bureau["rina"].asks(case_id))
    bureau.at = bureau.rules.office.calendar.add(bureau.task(case_id).due_at, 3600)
    bureau.sweeps()
    bureau["rina"].carries_on(case_id)
    bureau["maria"].gives_back(case_id)
    bureau.finishes(case_id)
    with bureau.transaction() as records:
        notices = records.session.scalars(select(Notice)).all()
        cards = records.session.scalars(select(Card)).all()
    assert {one.case_id for one in notices} == {case_id}
    assert {one.case_id for one in cards} == {case_id}
    tasks = {card.id: card.task_id for card in cards}
    assert all(one.task_id == tasks[one.card_id] for one in notices if one.card_id is not None)


def test_a_case_keeps_the_version_of_the_sop_it_was_started_under(bureau: Bureau) -> None:
    old_id = bureau.begins("budi")
    old = bureau.rules.sops[SOFTWARE]
    faster = parse_sop(old.text.replace('standard = "30 menit"', 'standard = "15 menit"'), source="edited")
    bureau.knows(faster)
    new_id = bureau.begins("budi")

    bureau["bambang"].forwards(old_id)
    bureau["bambang"].forwards(new_id)
    assert str(bureau.task(old_id).time_standard) == "30 menit"
    assert str(bureau.task(new_id).time_standard) == "15 menit"
    assert bureau.case(old_id).sop == old
    assert [bureau.case(one).sop_version.version for one in (old_id, new_id)] == [1, 2]

    bureau.knows(old)
    assert bureau.case(bureau.begins("budi")).sop_version.version == 1, "a file put back is the version it was"
    with bureau.transaction() as records:
        assert len(records.session.scalars(select(SopVersion)).all()) == 2


def test_a_second_sop_runs_unchanged(bureau: Bureau) -> None:
    sop = load_sop(SECOND_SOP)
    bureau.knows(sop)
    for number, role in enumerate(dict.fromkeys(step.role for step in sop.steps)):
        bureau.hires(role, f"Pejabat {number}").takes(role)
    case_id = bureau.begins("budi", "Mohon akses", sop=sop.code)
    case = bureau.finishes(case_id)
    assert case.number == "AKSES-2026-0001"
    assert case.state == "closed"
    assert [task.step for task in case.tasks] == [step.number for step in sop.steps]
    assert [bureau.named(task.decided_by_id) for task in case.tasks] == [step.role for step in sop.steps]
    assert [one.revision for one in case.evaluations] == [1, 2], "each handle step adds a revision"
    assert bureau.breach(case_id) is None


def test_in_the_second_sop_returns_go_to_the_nearest_work_and_assigning_goes_back(bureau: Bureau) -> None:
    sop = load_sop(SECOND_SOP)
    bureau.knows(sop)
    for number, role in enumerate(dict.fromkeys(step.role for step in sop.steps)):
        bureau.hires(role, f"Pejabat {number}").takes(role)
    case_id = bureau.begins("budi", "Mohon akses", sop=sop.code)
    targets = []
    for step in sop.steps:
        task = bureau.walks(case_id, until=step.number)
        if step.kind.rules.reviews:
            bureau[step.role].gives_back(case_id)
            targets.append((task.step, bureau.task(case_id).step))
            bureau.walks(case_id, until=step.number)
    assert targets == [(step.number, sop.return_target(step).number) for step in sop.steps if step.kind.rules.reviews]
    assert bureau.case(case_id).round == 1 + len(targets)


def test_a_step_that_handles_first_may_decline(bureau: Bureau) -> None:
    sop = load_sop(SECOND_SOP)
    bureau.knows(sop)
    role = sop.first.role
    bureau.hires(role, "Petugas Loket Satu").takes(role)
    case_id = bureau.begins("budi", "Mohon akses", sop=sop.code)
    bureau[role].declines(case_id)
    assert bureau.case(case_id).state == "declined"
