"""What one person hears: one reminder in a while, with all that waits for them, and each escalation once."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from models.administration.absences_due import absences_due
from models.case.task import Task
from models.chase.daily_round import daily_round
from models.chase.sweep import next_wake
from models.mail.card import Card
from models.mail.notice import REMINDING, Notice, NoticeKind
from models.office import attention
from models.office.person import Person
from models.proof import verification
from models.rules.ladder import Audience, LadderSettings
from models.rules.reminding import longest_wait
from tests.models.administration.leave import MON, TUE, files
from tests.models.bureau import APPOINTED

if TYPE_CHECKING:
    from models.repository.records import Records
    from tests.models.bureau import Bureau

HALF_AN_HOUR = 30 * 60


def wita(day: int, hour: int, minute: int = 0) -> datetime:
    """Return an instant of November 2026 on the office's clock; the 23rd is a Monday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


def reminders(bureau: Bureau, name: str) -> list[Notice]:
    """Return the reminders that a person was owed, in order."""
    return [one for one in bureau.notices() if one.kind in REMINDING and one.person_id == bureau[name].id]


def named(notice: Notice, kind: NoticeKind | None = None) -> list[int]:
    """Return the tasks that a reminder names, all or of one kind."""
    items = notice.body.get("items") or [{"task": notice.task_id, "kind": notice.kind.value}]
    return [item["task"] for item in items if kind is None or item["kind"] == kind.value]


def until(bureau: Bureau, at: datetime) -> Iterator[datetime]:
    """Let time pass until then, with a sweep whenever one is due; yields the instant of each."""
    while (wake := bureau.work(next_wake)) is not None and wake <= at:
        assert wake > bureau.at or bureau.at == wake, "time goes on"
        bureau.at = wake
        bureau.sweeps()
        yield wake
        assert bureau.work(next_wake) != wake, "a sweep leaves nothing that is due"
    bureau.at = at


def lets_pass(bureau: Bureau, at: datetime) -> None:
    for _ in until(bureau, at):
        pass


def acts(bureau: Bureau, name: str) -> None:
    """Let a person tap something, as `handlers/taps.py` notes it."""

    def note(records: Records) -> None:
        person = records.session.get_one(Person, bureau[name].id)
        attention.note_act(person, records.rules.office, at=records.at)

    bureau.work(note)


def test_a_reminder_names_all_that_waits_also_what_is_not_due(bureau: Bureau) -> None:
    tasks = []
    for number in range(3):
        tasks.append(bureau.task(bureau.begins("budi", f"Masalah {number}")).id)
        bureau.works(5)
    lets_pass(bureau, wita(23, 8, 54))
    (reminder,) = reminders(bureau, "bambang")
    assert named(reminder) == tasks
    assert reminder.body["morning"], "it is the first of the day"
    lets_pass(bureau, wita(23, 9, 30))
    *_, second = reminders(bureau, "bambang")
    assert not second.body["morning"]


def test_who_acts_lets_the_spacing_start_again(bureau: Bureau) -> None:
    bureau.begins("budi")
    lets_pass(bureau, wita(23, 10, 40))
    assert [one.owed_at for one in reminders(bureau, "bambang")] == [wita(23, 8, 54), wita(23, 9, 24), wita(23, 10, 24)]
    acts(bureau, "bambang")
    lets_pass(bureau, wita(23, 13, 0))
    assert [one.owed_at for one in reminders(bureau, "bambang")[3:]] == [wita(23, 11, 10), wita(23, 11, 40)], (
        "30 minutes after the act, and as at first after that"
    )


def test_who_acts_without_being_reminded_changes_nothing(bureau: Bureau) -> None:
    bureau.begins("budi")
    acts(bureau, "bambang")
    assert bureau.work(next_wake) == wita(23, 8, 54)


def test_what_was_decided_in_the_meantime_is_not_reminded_of(bureau: Bureau) -> None:
    first, second = (bureau.begins("budi", text) for text in ("satu", "dua"))
    lets_pass(bureau, wita(23, 9, 10))
    bureau["bambang"].forwards(first)
    bureau["bambang"].forwards(second)
    lets_pass(bureau, wita(23, 13, 30))
    assert len(reminders(bureau, "bambang")) == 1 + 1, "the first, and that Siti is late"
    assert reminders(bureau, "bambang")[-1].kind == NoticeKind.SUMMARY
    assert named(reminders(bureau, "bambang")[-1]) == named(reminders(bureau, "bambang")[-1], NoticeKind.ESCALATE)


def test_an_overseer_hears_of_each_escalation_once_and_of_many_at_once(bureau: Bureau) -> None:
    tasks = []
    for number in range(5):
        tasks.append(bureau.task(bureau.begins("budi", f"Masalah {number}")).id)
        bureau.works(3)
    lets_pass(bureau, wita(25, 9))
    heard = [named(one) for one in reminders(bureau, "maria")]
    assert heard == [tasks[:1], tasks[1:]]
    assert not bureau.notices(NoticeKind.WITHDRAW) or all(
        one.person_id != bureau["maria"].id for one in bureau.notices(NoticeKind.WITHDRAW)
    ), "what she was told once stays in her chat"


def test_an_escalation_in_an_older_reminder_goes_on_to_the_next(bureau: Bureau) -> None:
    """Maria has a task of her own and hears that Bambang is late: her next reminder takes the place of that one."""
    bureau.at = wita(23, 7, 45)
    stuck = bureau.task(bureau.begins("budi", "Pada Kakanwil")).id
    case_id = bureau.begins("budi", "Pada Kasubbag")
    own = bureau.walks(case_id, until=4).id
    lets_pass(bureau, wita(23, 11))
    *_, newest = reminders(bureau, "maria")
    assert set(named(newest)) == {stuck, own}
    assert named(newest, NoticeKind.ESCALATE) == [stuck]
    with bureau.transaction() as records:
        living = records.session.scalars(select(Card).where(Card.person_id == bureau["maria"].id, Card.live)).all()
        kinds = [card for card in living if card.kind.value in {"nudge", "queue"}]
        assert len(kinds) == 1, "one reminder stands in her chat"


@pytest.mark.parametrize(
    ("to", "heard"),
    [
        ((Audience.SUPERIOR,), {"bambang"}),
        ((Audience.WATCHERS,), {"maria", "rina", "andi"}),
        ((Audience.SUPERIOR, Audience.WATCHERS), {"bambang", "maria", "rina", "andi"}),
    ],
)
def test_the_office_says_who_hears_of_an_escalation(bureau: Bureau, to: tuple[Audience, ...], heard: set[str]) -> None:
    office = replace(bureau.rules.office, ladder=LadderSettings(escalate_to=to))
    bureau.rules = replace(bureau.rules, office=office)
    bureau["bambang"].forwards(bureau.begins("budi"))
    lets_pass(bureau, wita(23, 9, 30))
    assert {bureau.named(one.person_id) for one in bureau.notices(NoticeKind.ESCALATE)} == heard


def test_a_silent_card_is_named_at_the_opening_and_a_card_that_was_touched_is_not(bureau: Bureau) -> None:
    bureau.at = wita(23, 20)
    first, second = (bureau.task(bureau.begins("budi", text)) for text in ("satu", "dua"))

    def came_silently(records: Records) -> None:
        for task in (first, second):
            person = records.session.get_one(Person, bureau["bambang"].id)
            attention.note_silent_card(person, task.id, records.rules.office, version=1, at=records.at)

    bureau.work(came_silently)
    assert bureau.work(next_wake) == wita(24, 7, 30)
    bureau["bambang"].remarks(first.case_id)
    lets_pass(bureau, wita(24, 7, 30))
    (reminder,) = reminders(bureau, "bambang")
    assert reminder.kind == NoticeKind.SUMMARY
    assert set(named(reminder)) == {first.id, second.id}, "one is news, and both wait"


def test_nothing_is_owed_where_all_that_came_silently_was_seen(bureau: Bureau) -> None:
    bureau.at = wita(23, 20)
    task = bureau.task(bureau.begins("budi"))

    def came_silently(records: Records) -> None:
        person = records.session.get_one(Person, bureau["bambang"].id)
        attention.note_silent_card(person, task.id, records.rules.office, version=1, at=records.at)

    bureau.work(came_silently)
    bureau["bambang"].remarks(task.case_id)
    lets_pass(bureau, wita(24, 7, 40))
    assert reminders(bureau, "bambang") == []


def test_the_digest_leaves_out_what_was_said_that_morning(bureau: Bureau) -> None:
    bureau.at = wita(23, 15)
    bureau.begins("budi", "Lewat pada sore")
    bureau.works(50)
    second = bureau.task(bureau.begins("budi", "Lewat pada pagi")).id
    lets_pass(bureau, wita(24, 8, 0))
    bureau.work(daily_round)
    digests = {bureau.named(one.person_id): named(one) for one in bureau.notices(NoticeKind.DIGEST)}
    morning = {name: {task for one in reminders(bureau, name) for task in named(one)} for name in digests if name}
    assert digests
    for name, tasks in digests.items():
        assert name is not None
        assert not set(tasks) & morning[name]
        assert set(tasks) | morning[name] == {second} | morning[name]


def test_a_clock_that_was_ahead_keeps_nobody_from_being_reminded(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")

    def ahead(records: Records) -> None:
        person = records.session.get_one(Person, bureau["bambang"].id)
        person.reminded_at, person.unanswered = records.at + timedelta(days=365), 9

    bureau.work(ahead)
    lets_pass(bureau, wita(23, 8, 54))
    assert [one.task_id for one in reminders(bureau, "bambang")] == [bureau.task(case_id).id]


def test_a_post_that_changes_hands_does_not_lose_what_was_put_off(bureau: Bureau) -> None:
    bureau["bambang"].forwards(bureau.begins("budi"))
    lets_pass(bureau, wita(23, 10, 30))
    bureau["siti"].leaves("kadiv")
    bureau.hires("yusuf", "Yusuf Mandagi").takes("kadiv")
    lets_pass(bureau, wita(23, 14))
    assert reminders(bureau, "yusuf"), "by when the former holder would have been reminded"


@pytest.mark.parametrize("seed", range(4))
def test_in_any_week_nobody_is_flooded_and_nobody_is_forgotten(bureau: Bureau, seed: int) -> None:
    """Cases come and are decided at random; some people act, one never does, and the program is down for a day."""
    chance = random.Random(seed)
    calendar = bureau.rules.office.calendar
    bureau.at, end = wita(23, 7, 30), wita(27, 16)
    open_cases: list[int] = []
    told: dict[int, list[datetime]] = defaultdict(list)
    while bureau.at < end:
        match chance.choice(["report", "report", "decide", "decide", "act", "down", "wait"]):
            case "report":
                open_cases.append(bureau.begins("budi", f"Masalah {len(open_cases)}"))
            case "decide" if open_cases:
                case_id = chance.choice(open_cases)
                (name, *_) = bureau.holders(case_id) or [None]
                if name not in {None, "siti"} and bureau.case(case_id).open_task:
                    bureau[str(name)].carries_on(case_id)
            case "act":
                acts(bureau, chance.choice(["bambang", "maria", "rina"]))
            case "down" if seed % 2:
                bureau.at += timedelta(hours=chance.choice([1, 5, 24]))
            case _:
                pass
        lets_pass(bureau, bureau.at + timedelta(minutes=chance.randint(1, 90)))
    lets_pass(bureau, wita(30, 8))
    for notice in bureau.notices():
        if notice.kind in REMINDING and notice.person_id is not None:
            assert calendar.is_open(notice.owed_at), "nothing sounds while the office is closed"
            told[notice.person_id].append(notice.owed_at)
    for owed in told.values():
        gaps = [calendar.between(earlier, later) for earlier, later in pairwise(owed)]
        assert all(gap >= HALF_AN_HOUR for gap in gaps), owed
    _nobody_late_is_never_told(bureau)
    assert bureau.work(lambda records: verification.verify(records.session)).verifies


def _nobody_late_is_never_told(bureau: Bureau) -> None:
    """Who holds a late task was told of it, or was reminded a while ago and is told when they may hear the next."""
    office = bureau.rules.office
    for person, tasks in bureau.work(_open_tasks).items():
        owed = reminders(bureau, person)
        told = {task_id for one in owed for task_id in named(one)}
        silent = [task for task in tasks if task.id not in told and office.calendar.late(task.due_at, bureau.at) > 1]
        if silent:
            waits = longest_wait(owed[-1].owed_at, calendar=office.calendar, settings=office.reminders)
            assert waits > bureau.at, f"{person} is never told of {silent}"
        if owed:
            before = {task.id for task in tasks if task.opened_at < owed[-1].owed_at}
            assert before <= set(named(owed[-1])), "every task that waits is in the next reminder"


def _open_tasks(records: Records) -> dict[str, list[Task]]:
    """Return the open tasks of those who may decide them, by the names of the test."""
    office = records.lock_office()
    names = {full: name for name, (full, _) in APPOINTED.items()}
    found: dict[str, list[Task]] = defaultdict(list)
    for task in records.session.scalars(select(Task).where(Task.closed_at.is_(None))):
        for person in task.deciders(office):
            found[names[person.name]].append(task)
    return found


def test_a_superior_who_acts_hears_of_an_escalation_as_soon_as_they_may(bureau: Bureau) -> None:
    """It was put off to when they might hear it; since they acted they may sooner, and it is another's task."""
    bureau.walks(bureau.begins("budi"), until=2)
    calendar, task = bureau.rules.office.calendar, bureau.task(bureau.only_case())
    escalated = calendar.add(task.due_at, HALF_AN_HOUR)

    def have_heard_twice(records: Records) -> None:
        for name in ("bambang", "siti", "maria", "rina", "andi"):
            person = records.session.get_one(Person, bureau[name].id)
            person.reminded_at, person.unanswered = escalated - timedelta(minutes=10), 2

    bureau.at = escalated - timedelta(minutes=5)
    bureau.work(have_heard_twice)
    lets_pass(bureau, escalated + timedelta(minutes=5))
    assert reminders(bureau, "bambang") == []
    acts(bureau, "bambang")
    lets_pass(bureau, escalated + timedelta(minutes=45))
    (heard,) = reminders(bureau, "bambang")
    assert heard.owed_at == calendar.add(escalated, 5 * 60 + HALF_AN_HOUR)
    assert named(heard, NoticeKind.ESCALATE) == [task.id]


@pytest.mark.parametrize("gone_since", [timedelta(0), timedelta(minutes=26)])
def test_a_task_of_one_who_is_away_goes_up_at_its_deadline_though_they_heard_reminders(
    bureau: Bureau, gone_since: timedelta
) -> None:
    """The warning had to wait until they might hear it again; that must not keep the task from going up."""
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=2)
    task, begun = bureau.task(case_id), bureau.at

    def has_heard_three_times(records: Records) -> None:
        person = records.session.get_one(Person, bureau["siti"].id)
        person.reminded_at, person.unanswered = records.at, 3

    bureau.work(has_heard_three_times)
    lets_pass(bureau, begun + gone_since)
    files(bureau, "siti", MON, TUE)
    bureau.work(absences_due)
    lets_pass(bureau, task.due_at + timedelta(seconds=1))
    assert bureau.holders(case_id) == ["bambang"]
