"""A task whose step pauses: its clock stands still while somebody is asked, in the rows, the ladder and the journal."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from models.administration.calendar import bring_into_force
from models.case.case import CaseState
from models.case.question import Question
from models.case.task import Task
from models.chase.daily_round import daily_round
from models.chase.sweep import next_wake
from models.mail.notice import NoticeKind
from models.proof.verification import verify
from models.rules.office_calendar import CalendarEntry, EntryKind
from models.rules.sop_file import load_sop, parse_sop
from models.rules.work_calendar import SpecialDay, WorkCalendar
from models.upkeep.auditing import audit
from tests.models.bureau import SOFTWARE, Bureau
from tests.models.conftest import PACKAGED
from tests.models.proof.forgery import FIRST, Record
from tests.models.rules.test_sop import ACCESS
from tests.models.upkeep.test_auditing import NOTHING, all_is_sent


def wita(day: int, hour: int, minute: int = 0) -> datetime:
    """Return an instant of November 2026 on the office's clock; the 23rd is a Monday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


def pausing(bureau: Bureau, standard: str = "2 hari") -> None:
    """Let step 5 of the packaged SOP pause, under another standard where one is given."""
    text = load_sop(PACKAGED / f"sops/{SOFTWARE}.toml").text
    text = text.replace('standard = "2 hari"', f'standard = "{standard}"\npauses = true')
    bureau.knows(parse_sop(text, source="sop.toml"))


@pytest.fixture
def case_id(bureau: Bureau) -> int:
    """Return a case that Rina handles since Monday 09.00, at a step of two days that pauses."""
    pausing(bureau)
    return handled(bureau)


def handled(bureau: Bureau) -> int:
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=4)
    bureau.at = wita(23, 9)
    bureau["maria"].forwards(case_id, to="rina")
    return case_id


def left(bureau: Bureau, case_id: int) -> int:
    """Return the office seconds from now until the deadline of the open task."""
    return bureau.rules.office.calendar.between(bureau.at, bureau.task(case_id).due_at)


def verified(bureau: Bureau) -> bool:
    found = bureau.work(lambda records: verify(records.session))
    assert found.verifies, found
    return True


def test_the_clock_stops_with_the_first_question_and_goes_on_with_the_last_answer(bureau: Bureau, case_id: int) -> None:
    bureau.at = wita(23, 10)
    first = bureau["rina"].asks(case_id)
    task, before = bureau.task(case_id), left(bureau, case_id)
    assert (task.waiting_since, task.waiting_for, task.paused_at, task.chase_at) == (bureau.at, 1, bureau.at, None)
    bureau.at = wita(23, 11)
    second = bureau["rina"].asks(case_id, "Versi berapa?")
    bureau.at = wita(24, 9)
    bureau["budi"].answers(first)
    task = bureau.task(case_id)
    assert (task.waiting_since, task.waiting_for, task.chase_at) == (wita(23, 10), 1, None)
    bureau.at = wita(24, 15, 30)
    bureau["budi"].answers(second)
    task = bureau.task(case_id)
    assert left(bureau, case_id) == before
    assert (task.waiting_since, task.waiting_for, task.paused_at) == (None, 0, None)
    assert task.due_at == task.deadline(bureau.rules.office.calendar), "computed afresh, it is the same"
    assert verified(bureau)


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_asked_and_answered_what_was_left_is_left(bureau: Bureau, case_id: int, seed: int) -> None:
    chance, unanswered = random.Random(seed), list[int]()
    at_the_stop: int | None = None
    for _ in range(14):
        bureau.passes(timedelta(minutes=chance.choice([1, 7, 50, 400, 1500])))
        if unanswered and chance.random() < 0.55:
            before = at_the_stop
            bureau["budi"].answers(unanswered.pop(chance.randrange(len(unanswered))))
            if not unanswered:
                assert left(bureau, case_id) == before
        else:
            at_the_stop = at_the_stop if unanswered else left(bureau, case_id)
            unanswered.append(bureau["rina"].asks(case_id))
        task = bureau.task(case_id)
        assert (task.paused_at is None) == (not unanswered) == (task.chase_at is not None)
        assert task.waiting_for == len(unanswered)
    assert verified(bureau)


def test_the_ladder_counts_the_time_that_ran(bureau: Bureau) -> None:
    pausing(bureau, "100 menit")
    case_id = handled(bureau)
    bureau.at = wita(23, 9, 10)
    question = bureau["rina"].asks(case_id)
    bureau.at = wita(23, 15)
    assert bureau.sweeps().rungs == 0
    assert bureau.work(next_wake) is None
    bureau["budi"].answers(question)
    task = bureau.task(case_id)
    assert task.due_at == wita(24, 8), "10 minutes ran on Monday, 60 until the closing, 30 on Tuesday"
    assert task.chase_at == wita(24, 7, 40), "80 minutes have run then"
    bureau.at = wita(24, 7, 40)
    assert bureau.sweeps().rungs == 1
    assert verified(bureau)


def test_a_task_that_was_late_already_is_no_later_for_the_question(bureau: Bureau) -> None:
    pausing(bureau, "30 menit")
    case_id = handled(bureau)
    bureau.at = wita(23, 10)
    bureau.sweeps()
    question = bureau["rina"].asks(case_id)
    assert left(bureau, case_id) == -30 * 60
    bureau.at = wita(25, 9)
    assert bureau.sweeps().rungs == 0
    bureau["budi"].answers(question)
    assert left(bureau, case_id) == -30 * 60
    assert verified(bureau)


def test_a_pause_is_not_late_in_the_digest(bureau: Bureau, case_id: int) -> None:
    bureau["rina"].asks(case_id)
    bureau.at = wita(27, 8, 30)
    assert bureau.work(daily_round) is False
    assert bureau.notices(NoticeKind.DIGEST) == []


def test_a_day_that_becomes_free_meanwhile_leaves_what_was_left(bureau: Bureau, case_id: int) -> None:
    bureau.at = wita(23, 10)
    question = bureau["rina"].asks(case_id)
    office = bureau.rules.office
    hours = replace(office.calendar.hours, special_days=(SpecialDay(wita(24, 9).date(), "libur", ()),))
    bureau.rules = replace(bureau.rules, office=replace(office, calendar=WorkCalendar(hours)))
    before = left(bureau, case_id)
    bureau.at = wita(25, 10)
    bureau["budi"].answers(question)
    assert left(bureau, case_id) == before
    assert verified(bureau)


@pytest.mark.parametrize("meanwhile", [True, False], ids=["while-it-pauses", "once-it-goes-on"])
def test_a_day_that_becomes_free_moves_the_deadline_and_keeps_the_pause(
    bureau: Bureau, case_id: int, *, meanwhile: bool
) -> None:
    bureau.at = wita(23, 10)
    question = bureau["rina"].asks(case_id)
    if meanwhile:
        bureau.at = wita(24, 9)
        free(bureau, 26)
        assert bureau.task(case_id).chase_at is None, "the pause goes on"
    bureau.at = wita(25, 10)
    bureau["budi"].answers(question)
    if not meanwhile:
        free(bureau, 26)
    task = bureau.task(case_id)
    # Two days from Monday 09.00 and the two in which it paused are Friday 09.00; the 26th does not count.
    assert task.due_at == wita(30, 9)
    assert task.due_at == task.deadline(bureau.work(lambda records: records.lock_office().file.calendar))
    assert task.chase_at is not None
    assert verified(bureau)


def free(bureau: Bureau, day: int) -> None:
    """Let a day of November become a day off."""
    off = CalendarEntry(0, EntryKind.DAY_OFF, date(2026, 11, day), date(2026, 11, day), "SE 1/2026", by=2, at=bureau.at)
    bureau.work(lambda records: bring_into_force(records, lambda calendar: calendar.entered(off)))


def test_the_end_of_the_task_ends_the_pause(bureau: Bureau, case_id: int) -> None:
    question = bureau["rina"].asks(case_id)
    bureau.at = wita(26, 10)
    bureau["rina"].hands_in(case_id)
    task = bureau.case(case_id).tasks[4]
    assert (task.paused_at, task.waiting_since, task.waiting_for, task.chase_at) == (None, None, 0, None)
    assert bureau.rules.office.calendar.late(task.due_at, bureau.at) == 0
    actions = [entry.action for entry in bureau.entries(case_id)]
    assert actions[-3:] == ["pause", "resume", "submit"]
    bureau["budi"].answers(question)
    assert bureau.task(case_id).waiting_for == 0, "a late answer is not for the step that the case is at"
    bureau["maria"].gives_back(case_id)
    again = bureau.task(case_id)
    assert (again.paused_at, again.pauses) == (None, []), "a new round has its own clock"
    bureau.finishes(case_id)
    assert verified(bureau)


def test_declining_ends_the_pause_and_the_case(bureau: Bureau) -> None:
    text = ACCESS.read_text(encoding="utf-8").replace('kind = "handle"', 'kind = "handle"\npauses = true', 1)
    sop = parse_sop(text, source="sop.toml")
    bureau.knows(sop)
    bureau.hires("lia", "Lia Contoh").takes(sop.first.role)
    case_id = bureau.begins("budi", sop=sop.code)
    bureau["lia"].asks(case_id)
    bureau.at = wita(25, 10)
    bureau["lia"].declines(case_id)
    case = bureau.case(case_id)
    assert (case.state, case.tasks[0].paused_at, len(case.tasks[0].pauses)) == (CaseState.DECLINED, None, 1)
    assert verified(bureau)


def test_the_audit_leaves_a_pause_alone_and_ends_one_without_a_question(bureau: Bureau, case_id: int) -> None:
    bureau["rina"].asks(case_id)
    bureau.work(all_is_sent)
    bureau.at = wita(24, 9)
    assert bureau.work(audit) == NOTHING
    bureau.work(lambda records: records.session.execute(update(Question).values(remind_at=None)))
    assert bureau.work(audit).timed == 1
    reminders = bureau.work(lambda records: records.session.scalars(select(Question.remind_at)).all())
    assert reminders == [bureau.at], "the reporter is reminded again"

    bureau.work(lambda records: records.session.execute(update(Task).values(waiting_since=None, waiting_for=0)))
    assert bureau.work(audit).timed == 1
    task = bureau.task(case_id)
    assert (task.paused_at, task.chase_at is not None) == (None, True)
    (kind,) = {one.kind for one in bureau.notices() if one.task_id == task.id and one.owed_at == bureau.at}
    assert kind is NoticeKind.REFRESH, "the card says so"


@pytest.mark.databases("sqlite")
@pytest.mark.parametrize(
    "lie",
    [
        "paused_at = NULL",
        "paused_at = '2026-11-23 00:30:00.000000'",
        "pauses = '[]'",
        "waiting_since = NULL",
        "waiting_since = '2026-11-23 00:31:00.000000'",
        "waiting_for = 0",
        "waiting_for = 2",
        "due_at = '2026-11-30 01:00:00.000000'",
    ],
)
def test_a_forged_pause_is_found(bureau: Bureau, case_id: int, lie: str) -> None:
    bureau["budi"].answers(bureau["rina"].asks(case_id))
    bureau.at = wita(23, 15)
    bureau["rina"].asks(case_id)
    assert verified(bureau)
    record = Record.of(bureau.engine)
    with record.open() as copy:
        copy.do(f"UPDATE tasks SET {lie} WHERE closed_at IS NULL")
        subject, _, reason = copy.finds()
        assert subject == FIRST
        assert lie.partition(" ")[0] in reason


@pytest.mark.databases("sqlite")
@pytest.mark.parametrize("action", ["pause", "resume"])
def test_a_journal_that_tells_of_an_impossible_pause_is_found(bureau: Bureau, case_id: int, action: str) -> None:
    bureau["budi"].answers(bureau["rina"].asks(case_id))
    record = Record.of(bureau.engine)
    with record.open() as copy:
        sequence = copy.sequence(FIRST, action)

        def forge(number: int, head: dict[str, object], words: dict[str, object]) -> None:
            if number == sequence and action == "pause":
                head["action"] = "note-of-nothing"
            elif number == sequence:
                words["pause"] = {"from": "2026-11-23T00:31:00+00:00", "until": "2026-11-23T01:00:00+00:00"}

        copy.rewrites(FIRST, forge)
        assert copy.finds()[0] == FIRST
        assert "does not follow" in copy.finds()[2]
