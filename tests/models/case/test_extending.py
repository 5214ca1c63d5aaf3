"""More time for a task: its holder asks, the one above decides, and the standard stays in the record."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from models.administration.calendar import adopt_calendar, bring_into_force, present
from models.case.extension import ExtensionRequest
from models.case.task import Chase
from models.chase.sweep import next_wake
from models.mail.card import CardKind
from models.office.tenure import Capacity
from models.proof.verification import verify
from models.refusals.work import (
    ClockStands,
    ExtensionAsked,
    ExtensionDecided,
    ExtensionOver,
    NobodyAbove,
    NotYourTask,
    ReasonMissing,
    StepForbids,
    TaskAlreadyDecided,
)
from models.rules.extending import SPANS, Extension, clock
from models.rules.ladder import rung
from models.rules.office_calendar import CalendarEntry, EntryKind
from models.rules.pausing import Pause
from models.rules.sop_file import parse_sop
from models.rules.work_calendar import WorkCalendar
from models.upkeep.auditing import audit
from tests.models.administration.test_calendar_equals_afresh import any_change
from tests.models.bureau import SOFTWARE
from tests.models.case.test_pausing import pausing
from tests.models.upkeep.test_auditing import NOTHING, all_is_sent

if TYPE_CHECKING:
    from models.repository.records import Records
    from tests.models.bureau import Bureau


def wita(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, second, tzinfo=UTC) - timedelta(hours=8)


@pytest.fixture
def case_id(bureau: Bureau) -> int:
    """Return a case that Rina handles since Monday 09.00: she has until Wednesday 09.00."""
    return handled(bureau)


def handled(bureau: Bureau) -> int:
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=4)
    bureau.at = wita(23, 9)
    bureau["maria"].forwards(case_id, to="rina")
    return case_id


def asked(bureau: Bureau, request_id: int) -> ExtensionRequest:
    return bureau.work(lambda records: records.session.get_one(ExtensionRequest, request_id))


def granters(bureau: Bureau, case_id: int) -> list[str | None]:
    return bureau.live(bureau.task(case_id).id, CardKind.EXTENSION)


def verified(bureau: Bureau) -> bool:
    found = bureau.work(lambda records: verify(records.session))
    assert found.verifies, found
    return True


def test_the_superior_is_asked_and_grants_with_one_tap(bureau: Bureau, case_id: int) -> None:
    bureau.at = wita(24, 15)
    request = bureau["rina"].asks_for_more_time(case_id)
    assert granters(bureau, case_id) == ["maria"]
    assert bureau.task(case_id).due_at == wita(25, 9), "nothing moves before it is granted"

    bureau["maria"].grants(request)

    task = bureau.task(case_id)
    assert (task.due_at, task.extensions) == (wita(26, 9), [{"at": bureau.at.isoformat(), "span": "1 hari"}])
    assert bureau.holders(case_id) == ["rina"]
    assert granters(bureau, case_id) == []
    assert "news-extended" in bureau.codes("rina")
    row = asked(bureau, request)
    assert (row.granted, row.decided_by_id, row.decided_as) == (True, bureau["maria"].id, "definitive:kasubbag-humas")
    entry = bureau.entries(case_id)[-1]
    assert (entry.action, entry.actor_id) == ("grant-extension", bureau["maria"].id)
    assert verified(bureau)


def test_the_rungs_are_laid_anew_and_what_is_not_due_is_taken_back(bureau: Bureau, case_id: int) -> None:
    bureau.at = wita(24, 15)
    assert bureau.sweeps().rungs == 1, "the warning at four fifths, Tuesday 14.30"
    bureau["maria"].grants(bureau["rina"].asks_for_more_time(case_id))

    task = bureau.task(case_id)
    # Three working days of seven and a half hours from Monday 09.00, four fifths of them: 18 hours.
    assert (task.rung, task.chase_at) == (0, wita(25, 13)), "they end at noon, and nobody is warned in the break"
    assert bureau.work(lambda records: records.session.scalars(select(Chase.ordinal)).all()) == []
    assert "unclimb" in [entry.action for entry in bureau.entries(case_id)]
    bureau.at = wita(26, 8)
    assert bureau.sweeps().rungs == 1
    bureau.at = wita(26, 9, 0, 1)
    bureau.sweeps()
    assert bureau.task(case_id).rung == 2, "late by the extended deadline, and not before"
    assert verified(bureau)


def test_late_by_the_standard_stays_late_by_the_standard(bureau: Bureau, case_id: int) -> None:
    bureau["maria"].grants(bureau["rina"].asks_for_more_time(case_id))
    bureau.at = wita(25, 11)
    bureau["rina"].hands_in(case_id)
    decided = bureau.case(case_id).tasks[-2]
    assert decided.due_at == wita(26, 9)
    assert decided.late_by == 2 * 3600
    assert verified(bureau)


def test_an_overdue_task_is_extended_from_the_instant_of_the_grant(bureau: Bureau, case_id: int) -> None:
    bureau.at = wita(27, 10)
    bureau.sweeps()
    request = bureau["rina"].asks_for_more_time(case_id)
    bureau.at = wita(27, 11)
    bureau["maria"].grants(request)

    task = bureau.task(case_id)
    assert (task.due_at, task.rung) == (wita(30, 11), 0)
    calendar = bureau.rules.office.calendar
    whole = calendar.between(wita(27, 11), wita(30, 11))
    assert task.chase_at == calendar.add(wita(27, 11), -(-whole * 80 // 100)), "the ladder begins again"
    assert verified(bureau)


def test_the_superior_refuses_with_a_reason_or_without(bureau: Bureau, case_id: int) -> None:
    first = bureau["rina"].asks_for_more_time(case_id)
    bureau["maria"].denies(first)
    second = bureau["rina"].asks_for_more_time(case_id, "2 hari")
    bureau["maria"].denies(second, "Pelapor menunggu.")

    assert bureau.task(case_id).due_at == wita(25, 9)
    assert [asked(bureau, one).note for one in (first, second)] == ["", "Pelapor menunggu."]
    assert bureau.codes("rina").count("news-not-extended") == 2
    assert verified(bureau)


def test_a_second_request_is_told_that_the_first_waits(bureau: Bureau, case_id: int) -> None:
    bureau["rina"].asks_for_more_time(case_id)
    with pytest.raises(ExtensionAsked):
        bureau["rina"].asks_for_more_time(case_id, "2 hari")


def test_two_decide_at_once_and_one_of_them_does(bureau: Bureau, case_id: int) -> None:
    bureau.hires("yusuf", "Yusuf Mandagi").takes("kasubbag-humas", Capacity.PLT)
    request = bureau["rina"].asks_for_more_time(case_id)
    assert granters(bureau, case_id) == ["maria", "yusuf"]
    bureau["yusuf"].grants(request)
    for twice in (bureau["maria"].grants, bureau["maria"].denies, bureau["yusuf"].grants):
        with pytest.raises(ExtensionDecided):
            twice(request)
    assert bureau.task(case_id).due_at == wita(26, 9)


def test_it_goes_up_past_oneself_and_past_whoever_has_no_account(bureau: Bureau, case_id: int) -> None:
    bureau["rina"].takes("kasubbag-humas")
    bureau["maria"].loses_account()
    request = bureau["rina"].asks_for_more_time(case_id)
    assert granters(bureau, case_id) == ["hendra"]
    with pytest.raises(NotYourTask):
        bureau["rina"].grants(request)


@pytest.mark.parametrize("name", ["hendra", "siti", "bambang", "andi", "rina", "budi", "dewi"])
def test_nobody_else_grants_it(bureau: Bureau, case_id: int, name: str) -> None:
    request = bureau["rina"].asks_for_more_time(case_id)
    for decide in (bureau[name].grants, bureau[name].denies):
        with pytest.raises(NotYourTask):
            decide(request)


def test_nobody_is_above_the_head_of_the_office(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    with pytest.raises(NobodyAbove):
        bureau["bambang"].asks_for_more_time(case_id)


def test_it_lapses_when_the_task_is_decided(bureau: Bureau, case_id: int) -> None:
    request, task_id = bureau["rina"].asks_for_more_time(case_id), bureau.task(case_id).id
    bureau["rina"].hands_in(case_id)
    assert bureau.live(task_id, CardKind.EXTENSION) == []
    for decide in (bureau["maria"].grants, bureau["maria"].denies):
        with pytest.raises(ExtensionOver):
            decide(request)
    with pytest.raises(TaskAlreadyDecided):
        bureau["rina"].asks_for_more_time(case_id, task_id=task_id)
    bureau["maria"].gives_back(case_id)
    bureau["rina"].asks_for_more_time(case_id)
    assert verified(bureau)


def test_it_needs_a_reason_and_the_holder(bureau: Bureau, case_id: int) -> None:
    with pytest.raises(ReasonMissing):
        bureau["rina"].asks_for_more_time(case_id, note=" ")
    for name in ("andi", "maria"):
        with pytest.raises(NotYourTask):
            bureau[name].asks_for_more_time(case_id)


def test_the_sop_file_may_forbid_it(bureau: Bureau) -> None:
    text = bureau.rules.sops[SOFTWARE].text
    forbidding = text.replace("instructions = [", 'forbids = ["extend"]\ninstructions = [', 1)
    bureau.knows(parse_sop(forbidding, source="sop"))
    case_id = handled(bureau)
    with pytest.raises(StepForbids):
        bureau["rina"].asks_for_more_time(case_id)


def test_a_clock_that_stands_is_not_asked_to_be_put_off_but_may_be(bureau: Bureau) -> None:
    pausing(bureau)
    case_id = handled(bureau)
    request = bureau["rina"].asks_for_more_time(case_id)
    bureau.at = wita(23, 11)
    question = bureau["rina"].asks(case_id)
    bureau["maria"].grants(request)
    task = bureau.task(case_id)
    assert (task.due_at, task.chase_at) == (wita(26, 9), None)
    with pytest.raises(ClockStands):
        bureau["rina"].asks_for_more_time(case_id)
    bureau.at = wita(24, 11)
    bureau["budi"].answers(question)
    assert bureau.task(case_id).due_at == wita(27, 9), "a working day of pause moves the extended deadline"
    assert verified(bureau)


def test_a_day_off_moves_the_extended_deadline(bureau: Bureau, case_id: int) -> None:
    bureau.work(adopt_calendar)
    bureau["maria"].grants(bureau["rina"].asks_for_more_time(case_id))
    off = CalendarEntry(
        0,
        EntryKind.DAY_OFF,
        date(2026, 11, 25),
        date(2026, 11, 25),
        "SK",
        by=2,
        at=bureau.at,
        periods=(),
        week=((),) * 7,
    )
    bureau.work(lambda records: bring_into_force(records, lambda known: known.entered(off)))
    assert bureau.task(case_id).due_at == wita(27, 9)

    def agrees(records: Records) -> bool:
        task = records.case(case_id).case.tasks[-1]
        return task.due_at == task.deadline(records.calendar) and task.chase_at == next_wake(records)

    assert bureau.work(agrees)
    assert verified(bureau)


@pytest.mark.databases("sqlite")
def test_any_days_off_give_the_deadline_of_an_opening_afresh_with_the_extensions(bureau: Bureau) -> None:
    """Hours, days and pauses, granted in time and late, while the calendar changes again and again."""
    chance = Random(1202)
    pausing(bureau)
    bureau.work(adopt_calendar)
    case_id = handled(bureau)

    def agree(records: Records) -> None:
        calendar = WorkCalendar(present(records).hours)
        task = records.case(case_id).case.tasks[-1]
        extensions = [Extension.read(one) for one in task.extensions]
        pauses = [Pause.read(one) for one in task.pauses]
        afresh = clock(task.opened_at, task.time_standard, pauses, extensions, calendar)
        assert task.due_at == afresh.due
        following = rung(
            task.rung,
            opened=afresh.since,
            due=afresh.due,
            standard=task.time_standard,
            calendar=calendar,
            settings=records.rules.office.ladder,
        )
        assert task.chase_at == (None if task.paused_at is not None else following.at)

    question = None
    for turn in range(24):
        bureau.passes(timedelta(minutes=chance.randrange(900)))
        bureau.sweeps()
        if question is not None:
            bureau["budi"].answers(question)
            question = None
        elif turn % 3 == 0:
            bureau["maria"].grants(bureau["rina"].asks_for_more_time(case_id, str(chance.choice(SPANS))))
        elif turn % 3 == 1:
            question = bureau["rina"].asks(case_id)
        bureau.work(lambda records: bring_into_force(records, lambda known: any_change(chance, known, records.at)))
        bureau.work(agree)
    assert verified(bureau)


def test_the_request_follows_who_sits_above(bureau: Bureau, case_id: int) -> None:
    request = bureau["rina"].asks_for_more_time(case_id)
    bureau.hires("yusuf", "Yusuf Mandagi").takes("kasubbag-humas")
    bureau["maria"].leaves("kasubbag-humas")
    bureau.deals("kasubbag-humas")
    assert granters(bureau, case_id) == ["yusuf"]
    with pytest.raises(NotYourTask):
        bureau["maria"].grants(request)
    bureau["yusuf"].is_unbound()
    assert granters(bureau, case_id) == ["hendra"], "the one above who can be written to"
    bureau["yusuf"].comes_back()
    assert granters(bureau, case_id) == ["yusuf"]
    bureau["yusuf"].grants(request)
    assert verified(bureau)


def test_a_recalled_disposition_keeps_what_was_granted(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=2)
    bureau["bambang"].grants(bureau["siti"].asks_for_more_time(case_id, "1 jam"))
    due = bureau.task(case_id).due_at
    bureau["siti"].forwards(case_id)
    bureau["siti"].recalls(case_id)
    assert bureau.task(case_id).due_at == due
    assert verified(bureau)


def test_the_audit_finds_nothing_to_mend(bureau: Bureau, case_id: int) -> None:
    bureau.at = wita(27, 10)
    bureau["maria"].grants(bureau["rina"].asks_for_more_time(case_id))
    bureau.work(all_is_sent)
    assert bureau.work(audit) == NOTHING
