"""Chasing: each rung once, never early, never outside office time, one reminder in a while, one digest a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, update

from models.case.proceeding import Climb, Proceeding
from models.case.task import Chase, Task
from models.chase.daily_round import DailyRound, daily_round
from models.chase.sweep import chase_due, next_wake
from models.journal.chain import Chain, Entry, first_breach
from models.mail.card import Card, CardKind
from models.mail.correspondence import owed
from models.mail.notice import Notice, NoticeKind, NoticeState, Priority
from models.office.person import Person
from models.repository.office_lock import locked_office_chain
from models.repository.told import STATE, STOCK
from models.rules.ladder import RungKind
from models.rules.work_calendar import Season, WorkCalendar

if TYPE_CHECKING:
    from models.repository.records import Records
    from tests.models.bureau import Bureau

CHASES = (NoticeKind.WARN, NoticeKind.LATE, NoticeKind.ESCALATE, NoticeKind.REPEAT, NoticeKind.SUMMARY)


def wita(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """Return an instant of November 2026 on the office's clock; the 23rd is a Monday."""
    return datetime(2026, 11, day, hour, minute, second, tzinfo=UTC) - timedelta(hours=8)


def chases(bureau: Bureau) -> list[Notice]:
    return [one for one in bureau.notices() if one.kind in CHASES]


def told(bureau: Bureau, notices: Sequence[Notice]) -> list[tuple[str, str | None]]:
    return [(one.kind.value, bureau.named(one.person_id)) for one in notices]


def climbed(bureau: Bureau, task_id: int) -> list[Chase]:
    statement = select(Chase).where(Chase.task_id == task_id).order_by(Chase.ordinal)
    return bureau.work(lambda records: list(records.session.scalars(statement)))


def said(bureau: Bureau, case_id: int) -> list[dict[str, object]]:
    """Return what the journal of a case says of its chases, with people by the names of the test."""
    entries = [entry for entry in bureau.entries(case_id) if entry.action == "chase"]
    bodies = [dict(entry.payload.body) for entry in entries if entry.payload and entry.payload.body]
    for body in bodies:
        for key in ("to", "later"):
            if key in body:
                body[key] = [bureau.named(person_id) for person_id in body[key]]
    kept = ("kind", "to", "later", "within", "count")
    return [{key: body[key] for key in kept if key in body} for body in bodies]


def test_the_ladder_of_thirty_minutes_rung_by_rung(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau["bambang"].forwards(case_id)
    task = bureau.task(case_id)
    overseeing = ["bambang", "maria", "rina", "andi"]
    expected = [
        (wita(23, 8, 54), [("warn", "siti")]),
        # Late since 09.00.01: Siti was reminded at 08.54, and hears the next reminder 30 minutes later.
        (wita(23, 9, 24), [("late", "siti")]),
        (wita(23, 9, 30), [("escalate", name) for name in overseeing]),
        # An hour after the second reminder, two hours after the third, then twice a day.
        (wita(23, 10, 24), [("repeat", "siti")]),
        (wita(23, 13, 24), [("repeat", "siti")]),
        (wita(24, 7, 30), [("repeat", "siti")]),
        (wita(24, 13), [("repeat", "siti")]),
        (wita(25, 7, 30), [("repeat", "siti")]),
    ]
    for ordinal, (at, whom) in enumerate(expected):
        while (wake := bureau.work(next_wake)) is not None and wake < at:
            seen = len(chases(bureau))
            bureau.at = wake
            assert bureau.sweeps().rungs == 0, f"a rung is climbed at {wake}, before somebody may be told of it"
            assert len(chases(bureau)) == seen
        assert wake == at
        seen = len(chases(bureau))
        bureau.at = at - timedelta(seconds=1)
        assert bureau.sweeps().rungs == 0, "a second early is early"
        bureau.at = at
        assert bureau.sweeps().rungs == 1
        assert told(bureau, chases(bureau)[seen:]) == whom
        assert bureau.sweeps().rungs == 0, "each rung once"
        assert climbed(bureau, task.id)[ordinal].fired_at == at
    assert said(bureau, case_id) == [
        {"kind": "warn", "to": ["siti"]},
        {"kind": "late", "to": ["siti"]},
        {"kind": "escalate", "to": overseeing, "later": ["siti"]},
        {"kind": "repeat", "to": ["siti"]},
        {"kind": "repeat", "to": ["siti"], "count": 4},
        {"kind": "repeat", "to": ["siti"], "count": 6},
        {"kind": "repeat", "to": ["siti"], "count": 9},
        {"kind": "repeat", "to": ["siti"], "count": 6},
    ]
    entries = [entry for entry in bureau.entries(case_id) if entry.action == "chase"]
    assert {(entry.actor_id, entry.capacity) for entry in entries} == {(None, "system")}
    assert bureau.breach(case_id) is None


def test_the_newest_reminder_takes_the_place_of_the_older(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    task = bureau.task(case_id)
    for at in (wita(23, 8, 54), wita(23, 9, 24), wita(23, 10, 24)):
        bureau.at = at
        assert bureau.sweeps().rungs > 0
        assert bureau.live(task.id, CardKind.NUDGE).count("bambang") == 1
    assert len(bureau.notices(NoticeKind.WITHDRAW)) == 2

    bureau["bambang"].forwards(case_id)
    assert bureau.live(task.id, CardKind.NUDGE) == [], "the escalations leave the watchers' chats too"
    bureau.at = wita(23, 10, 53)
    assert bureau.sweeps().rungs == 1, "only the next step is chased"


def test_nothing_is_chased_while_the_office_is_closed(bureau: Bureau) -> None:
    bureau.at = wita(27, 16, 20)
    bureau.begins("budi")
    bureau.at = wita(27, 16, 29)
    assert bureau.sweeps().rungs == 0
    assert bureau.work(next_wake) == wita(30, 7, 44), "14 of 24 minutes are left for Monday"
    for at in (wita(27, 16, 30), wita(27, 23), wita(28, 9), wita(29, 12), wita(30, 7, 29, 59)):
        bureau.at = at
        assert bureau.sweeps().rungs == 0
    bureau.at = wita(30, 7, 44)
    assert bureau.sweeps().rungs == 1


def test_a_rung_that_falls_due_at_the_closing_waits_for_the_opening(bureau: Bureau) -> None:
    bureau.at = wita(23, 15, 36)
    bureau.begins("budi")
    bureau.at = wita(23, 16, 0)
    assert bureau.sweeps().rungs == 0
    assert bureau.work(next_wake) == wita(24, 7, 30)
    bureau.at = wita(24, 7, 30)
    assert bureau.sweeps().rungs == 1


def test_after_a_night_of_downtime_the_wake_up_waits_for_the_opening(bureau: Bureau) -> None:
    bureau.begins("budi")
    bureau.at = wita(23, 22)
    assert bureau.sweeps().rungs == 0
    assert bureau.work(next_wake) == wita(24, 7, 30), "what was missed is not chased at night"


def test_after_downtime_each_person_gets_one_message(bureau: Bureau) -> None:
    cases = [bureau.begins("budi", f"Masalah {number}") for number in range(3)]
    bureau["bambang"].forwards(cases[0])
    bureau.at = wita(26, 10)
    assert bureau.sweeps().rungs == 3 * 4, "of the repeats that nobody sent only the newest"
    owed = told(bureau, chases(bureau))
    assert Counter(owed) == {
        ("summary", "bambang"): 1,
        ("summary", "maria"): 1,
        ("summary", "rina"): 1,
        ("summary", "andi"): 1,
        # Nobody stands above the Kakanwil: that he is late is told to the admins.
        ("summary", "dewi"): 1,
        ("repeat", "siti"): 1,
    }
    summary = next(one for one in bureau.notices(NoticeKind.SUMMARY) if one.person_id == bureau["bambang"].id)
    kinds = [item["kind"] for item in summary.body["items"]]
    assert sorted(kinds) == ["escalate", "repeat", "repeat"], "his own two, and that Siti is late"
    for case_id in cases:
        ordinals = [one.ordinal for one in climbed(bureau, bureau.task(case_id).id)]
        assert ordinals[:3] == [0, 1, 2]
        assert len(ordinals) == 4, "the repeat that was climbed tells by its number how many were left out"
        assert bureau.breach(case_id) is None
    *_, newest = climbed(bureau, bureau.task(cases[0]).id)
    assert said(bureau, cases[0]) == [
        {"kind": "warn", "within": newest.ordinal},
        {"kind": "late", "within": newest.ordinal},
        {"kind": "escalate", "to": ["bambang", "maria", "rina", "andi"]},
        {"kind": "repeat", "to": ["siti"], "count": 46},
    ], "the journal says what was sent, and of how many"


def test_one_task_long_overdue_is_one_message_to_each(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau.at = wita(23, 11)
    bureau.sweeps()
    assert told(bureau, chases(bureau)) == [
        ("escalate", "dewi"),
        ("repeat", "bambang"),
        *(("escalate", name) for name in ("maria", "rina", "andi")),
    ]
    assert [one.ordinal for one in climbed(bureau, bureau.task(case_id).id)] == [0, 1, 2, 5]


def test_after_the_reminder_the_ladder_goes_on_where_it_stands(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau.at = wita(23, 11)
    assert bureau.sweeps().rungs == 4
    assert bureau.sweeps().rungs == 0
    assert bureau.work(next_wake) == wita(23, 11, 30)
    bureau.at = wita(23, 11, 30)
    assert bureau.sweeps().rungs == 1
    assert [one.ordinal for one in climbed(bureau, bureau.task(case_id).id)] == [0, 1, 2, 5, 6]


def test_a_clock_a_year_ahead_climbs_a_few_rungs(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau.at += timedelta(days=364)
    assert bureau.sweeps().rungs == 4
    assert len([entry for entry in bureau.entries(case_id) if entry.action == "chase"]) == 4


def test_a_timer_that_wakes_too_early_looks_and_does_nothing(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau.at = wita(23, 8, 53)
    owed = len(bureau.notices())
    with bureau.transaction() as records:
        proceeding, task = records.task(bureau.task(case_id).id)
        assert proceeding.rungs_due(task) == []
    bureau.sweeps()
    assert len(bureau.notices()) == owed


def test_a_holder_who_is_also_a_watcher_is_told_once(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    task = bureau.walks(case_id, until=5)
    bureau.at = bureau.rules.office.calendar.due(task.due_at, task.time_standard)
    bureau.sweeps()
    owed = [one for one in chases(bureau) if one.task_id == task.id]
    assert sorted(told(bureau, owed), key=str) == [("escalate", "maria"), ("repeat", "andi"), ("repeat", "rina")]


def test_a_large_backlog_is_chased_in_batches(bureau: Bureau) -> None:
    for number in range(5):
        bureau.begins("budi", f"Masalah {number}")
    bureau.at = wita(23, 8, 54)
    sweeps = [bureau.work(partial(chase_due, batch=2)) for _ in range(4)]
    assert [(one.rungs, one.more) for one in sweeps] == [(2, True), (2, True), (1, False), (0, False)]


def rushes(bureau: Bureau, *, batch: int, between: Callable[[], object] = lambda: None) -> None:
    """Sweep until nothing is left, as after downtime, and do something between two sweeps."""
    while bureau.work(partial(chase_due, batch=batch)).more:
        between()


def all_is_sent(bureau: Bureau) -> None:
    """Let whatever is owed have arrived."""

    def send(records: Records) -> None:
        records.session.execute(update(Notice).values(state=NoticeState.SENT, attempts=1))
        records.session.execute(update(Card).values(message_id=Card.id + 100))

    bureau.work(send)


@pytest.mark.parametrize("sent", [False, True])
def test_after_downtime_each_person_gets_one_message_however_many_sweeps_it_takes(
    bureau: Bureau, *, sent: bool
) -> None:
    cases = [bureau.begins("budi", f"Masalah {number}") for number in range(5)]
    bureau["bambang"].forwards(cases[0])
    bureau.at = wita(26, 10)
    rushes(bureau, batch=2, between=(lambda: all_is_sent(bureau)) if sent else lambda: None)

    owed = told(bureau, chases(bureau))
    assert Counter(owed) == dict.fromkeys(
        [*(("summary", name) for name in ("bambang", "maria", "rina", "andi", "dewi")), ("repeat", "siti")], 1
    )
    for summary in bureau.notices(NoticeKind.SUMMARY):
        # The admin hears of what the Kakanwil holds up: nobody stands above him.
        heard = cases[1:] if summary.person_id == bureau["dewi"].id else cases
        assert {item["task"] for item in summary.body["items"]} == {bureau.task(one).id for one in heard}


def test_a_process_that_ends_between_two_sweeps_of_a_rush_loses_no_reminder(bureau: Bureau) -> None:
    cases = [bureau.begins("budi", f"Masalah {number}") for number in range(3)]
    bureau.at = wita(23, 8, 54)
    assert bureau.work(partial(chase_due, batch=2)).more
    assert chases(bureau) == [], "who was to hear of the first two is kept"
    bureau.at += timedelta(seconds=30)
    assert bureau.sweeps().rungs == 1
    (reminder,) = chases(bureau)
    assert [item["task"] for item in reminder.body["items"]] == [bureau.task(one).id for one in cases]


def test_the_next_rush_has_a_reminder_of_its_own_in_place_of_the_one_before(bureau: Bureau) -> None:
    for number in range(3):
        bureau.begins("budi", f"Masalah {number}")
    for at in (wita(23, 8, 54), wita(23, 9, 24)):
        bureau.at = at
        rushes(bureau, batch=2)
    assert told(bureau, chases(bureau)) == [("summary", "bambang")] * 2
    (withdrawn,) = bureau.notices(NoticeKind.WITHDRAW)
    assert withdrawn.card_id == chases(bureau)[0].card_id


def test_who_decides_for_a_vacant_post_is_late_in_turn(bureau: Bureau) -> None:
    bureau["siti"].leaves("kadiv")
    bureau["hendra"].leaves("kabag-p2l")
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=2)
    bureau.at = bureau.rules.office.calendar.add(bureau.task(case_id).due_at, 30 * 60)
    bureau.sweeps()
    assert {("repeat", "bambang"), ("escalate", "dewi")} <= set(told(bureau, chases(bureau)))


def test_the_superior_of_a_vacant_superior_is_told(bureau: Bureau) -> None:
    bureau["siti"].leaves("kadiv")
    case_id = bureau.begins("budi")
    bureau.hires("yusuf", "Yusuf Mandagi").takes("kadiv")
    bureau.walks(case_id, until=3)
    bureau["yusuf"].leaves("kadiv")
    bureau.at = bureau.rules.office.calendar.add(bureau.task(case_id).due_at, 30 * 60)
    bureau.sweeps()
    assert ("repeat", "hendra") in told(bureau, chases(bureau))
    assert ("escalate", "bambang") in told(bureau, chases(bureau))


def test_a_step_of_two_days_repeats_at_most_once_a_working_day(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    task = bureau.walks(case_id, until=5)
    calendar = bureau.rules.office.calendar
    for _ in range(21):
        bureau.at = calendar.opening(max(bureau.at, task.due_at) + timedelta(days=1))
        bureau.sweeps()
    repeats = [one for one in climbed(bureau, task.id) if one.kind == "repeat"]
    assert len(repeats) > 3
    days = [calendar.opening(one.due_at).astimezone(calendar.zone).date() for one in repeats]
    assert len(set(days)) == len(days)


def test_nothing_is_chased_once_a_case_has_ended(bureau: Bureau) -> None:
    case_id = bureau.begins("budi")
    bureau["bambang"].declines(case_id)
    assert bureau.work(next_wake) is None
    bureau.at = wita(25, 10)
    assert bureau.sweeps().rungs == 0
    assert not bureau.work(daily_round)


@pytest.mark.parametrize("step", [1, 5, 9])
def test_the_reporter_is_not_chased_but_sees_it(bureau: Bureau, step: int) -> None:
    case_id = bureau.begins("budi")
    task = bureau.walks(case_id, until=step)
    seen = len(bureau.notices())
    bureau.at = bureau.rules.office.calendar.add(task.due_at, 1)
    bureau.sweeps()
    to_reporter = [one.kind for one in bureau.notices()[seen:] if one.person_id == bureau["budi"].id]
    assert to_reporter == [NoticeKind.REFRESH], "the status card is drawn anew, silently"


def test_the_digest_comes_once_a_working_day_at_its_time(bureau: Bureau) -> None:
    bureau.begins("budi")
    bureau.at = wita(23, 9, 30)
    assert bureau.work(daily_round), "Monday's was still to be made, and something is late"
    assert not bureau.work(daily_round)
    bureau.at = wita(24, 7, 59)
    assert not bureau.work(daily_round)
    bureau.at = wita(24, 8, 0)
    assert bureau.work(daily_round)
    assert not bureau.work(daily_round)
    assert (
        told(bureau, bureau.notices(NoticeKind.DIGEST)) == [("digest", name) for name in ("maria", "rina", "andi")] * 2
    )


def test_a_quiet_morning_brings_no_digest_and_counts_as_made(bureau: Bureau) -> None:
    bureau.at = wita(24, 8, 0)
    assert not bureau.work(daily_round)
    with bureau.transaction() as records:
        assert records.session.get(DailyRound, date(2026, 11, 24)) is not None


@pytest.mark.parametrize("at", [wita(23, 22), wita(24, 12, 30), wita(28, 9), wita(29, 8)])
def test_no_digest_while_the_office_is_closed(bureau: Bureau, at: datetime) -> None:
    bureau.begins("budi")
    bureau.at = at
    assert not bureau.work(daily_round)
    assert bureau.notices(NoticeKind.DIGEST) == []


def test_the_digest_lists_what_is_late_in_office_time_only(bureau: Bureau) -> None:
    bureau.rules = replace(bureau.rules, office=replace(bureau.rules.office, digest_time=time(7, 30)))
    bureau.at = wita(23, 15, 30)
    bureau.begins("budi", "Tenggatnya tepat pukul 16.00.")
    bureau.at = wita(24, 7, 30)
    assert not bureau.work(daily_round), "no office time has passed since the deadline"


def test_the_digest_is_written_in_the_offices_own_chain(bureau: Bureau) -> None:
    bureau.begins("budi")
    bureau.at = wita(23, 14)
    bureau.work(daily_round)
    with bureau.transaction() as records:
        chain = locked_office_chain(records.session)
        acts = select(Entry).where(Entry.chain_id == chain.id, Entry.action.not_in((STATE, STOCK)))
        (entry,) = records.session.scalars(acts)
        assert (entry.action, entry.capacity, entry.actor_id) == ("digest", "system", None)
        assert records.session.scalar(select(Chain.subject).where(Chain.id == chain.id)) == "office"


def test_a_year_without_known_joint_leave_is_told_to_the_admin_once(bureau: Bureau) -> None:
    for day in range(1, 6):
        bureau.at = datetime(2031, 1, 6 + day, 1, 0, tzinfo=UTC)
        bureau.work(daily_round)
    alerts = [one for one in bureau.notices(NoticeKind.ALERT) if one.body["code"] == "alert-holidays-unknown"]
    assert [bureau.named(one.person_id) for one in alerts] == ["dewi"]
    days = {"first_day": "2031-01-01", "last_day": "2031-12-31"}
    assert alerts[0].body["data"] == {"name": "2031", "days": 0, **days}


@pytest.mark.parametrize(
    ("day", "asked"),
    [
        (datetime(2027, 11, 1, 1, tzinfo=UTC), []),
        (datetime(2027, 11, 2, 1, tzinfo=UTC), [("2028", 60)]),
        (datetime(2027, 11, 29, 1, tzinfo=UTC), [("2028", 33), ("Ramadan 1449 H", 60)]),
        (datetime(2027, 12, 20, 1, tzinfo=UTC), [("2028", 12), ("Ramadan 1449 H", 39)]),
        (datetime(2027, 1, 25, 1, tzinfo=UTC), [("Ramadan 1448 H", 14)]),
    ],
)
def test_what_is_not_known_is_asked_for_before_it_matters(
    bureau: Bureau, day: datetime, asked: list[tuple[str, int]]
) -> None:
    bureau.at = day
    bureau.work(daily_round)
    told = [one.body["data"] for one in bureau.notices(NoticeKind.ALERT)]
    assert [(data["name"], data["days"]) for data in told] == asked


def test_each_question_comes_once_at_60_days_and_once_at_14_to_each_admin(bureau: Bureau) -> None:
    bureau.at = datetime(2027, 10, 25, 1, tzinfo=UTC)
    for _ in range(80):
        bureau.at += timedelta(days=1)
        bureau.work(daily_round)
    told = [(one.body["data"]["name"], one.body["data"]["days"]) for one in bureau.notices(NoticeKind.ALERT)]
    assert told == [("2028", 60), ("Ramadan 1449 H", 60), ("2028", 12)]


def test_an_admin_who_comes_later_is_asked_too(bureau: Bureau) -> None:
    bureau.at = datetime(2027, 11, 3, 1, tzinfo=UTC)
    bureau.work(daily_round)
    with bureau.transaction() as records:
        records.session.get_one(Person, bureau["siti"].id).is_admin = True
    bureau.at += timedelta(days=1)
    bureau.work(daily_round)
    alerts = bureau.notices(NoticeKind.ALERT)
    assert sorted(str(bureau.named(one.person_id)) for one in alerts) == ["dewi", "siti"]


def test_nothing_is_asked_where_the_office_file_has_it(bureau: Bureau) -> None:
    office = bureau.rules.office
    hours = office.calendar.hours
    ramadan = Season("Ramadan 1449 H", date(2028, 1, 28), date(2028, 2, 26), hours.seasons[0].week)
    seasons = (*hours.seasons, ramadan)
    known = WorkCalendar(replace(hours, seasons=seasons, confirmed_years=frozenset({2028})))
    bureau.rules = replace(bureau.rules, office=replace(office, calendar=known))
    for day in (3, 29):
        bureau.at = datetime(2027, 11, day, 1, tzinfo=UTC)
        bureau.work(daily_round)
    assert bureau.notices(NoticeKind.ALERT) == []


def test_nothing_is_asked_outside_office_hours(bureau: Bureau) -> None:
    for at in (datetime(2027, 11, 2, 12, tzinfo=UTC), datetime(2027, 11, 6, 1, tzinfo=UTC)):
        bureau.at = at
        bureau.work(daily_round)
    assert bureau.notices(NoticeKind.ALERT) == []


def test_the_digest_chain_holds(bureau: Bureau) -> None:
    bureau.begins("budi")
    for day in (23, 24, 25):
        bureau.at = wita(day, 14)
        bureau.work(daily_round)
    with bureau.transaction() as records:
        chain = locked_office_chain(records.session)
        entries = records.session.scalars(chain.entries.select().order_by(Entry.sequence)).all()
        assert len([entry for entry in entries if entry.action not in {STATE, STOCK}]) == 3
        for entry in entries:
            records.session.refresh(entry, ["payload"])
        assert first_breach(chain, entries) is None


def test_a_task_that_cannot_be_chased_keeps_no_other_from_it(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    broken, sound = (bureau.task(bureau.begins("budi", text)) for text in ("rusak", "utuh"))
    chase = Proceeding.chase

    def faulty(proceeding: Proceeding, task: Task, climbs: Sequence[Climb]) -> None:
        chase(proceeding, task, climbs)
        if task.id == broken.id:
            raise LookupError("on purpose")

    with monkeypatch.context() as patch:
        patch.setattr(Proceeding, "chase", faulty)
        bureau.at = wita(23, 8, 54)
        assert bureau.work(partial(chase_due, batch=1)).more
        assert bureau.sweeps().rungs == 1
        assert [one.kind for one in climbed(bureau, sound.id)] == [RungKind.WARN]
        assert climbed(bureau, broken.id) == [], "what it did before it failed is undone"
        said = [(one.getMessage(), vars(one).get("task")) for one in caplog.records]
        assert ("a task cannot be chased", broken.id) in said
        alerts = bureau.notices(NoticeKind.ALERT)
        assert {one.body["data"]["number"] for one in alerts} == {bureau.case(broken.case_id).number}
        bureau.at = wita(23, 9, 9)
        assert bureau.sweeps().rungs == 0, "the sound one is late by now, and Bambang was just reminded"
        assert len(bureau.notices(NoticeKind.ALERT)) == len(alerts), "told once"

    bureau.at = wita(23, 9, 24)
    bureau.sweeps()
    for task in (broken, sound):
        assert [one.kind for one in climbed(bureau, task.id)] == [RungKind.WARN, RungKind.LATE]
    assert bureau.breach(broken.case_id) is None


@pytest.mark.parametrize("number", [0, 1, 2])
def test_one_broken_task_among_others_costs_nobody_their_reminder(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    tasks = [bureau.task(bureau.begins("budi", text)) for text in ("satu", "dua", "tiga")]
    chase = Proceeding.chase

    def faulty(proceeding: Proceeding, task: Task, climbs: Sequence[Climb]) -> None:
        chase(proceeding, task, climbs)
        if task.id == tasks[number].id:
            raise LookupError("on purpose")

    monkeypatch.setattr(Proceeding, "chase", faulty)
    bureau.at = wita(23, 8, 54)
    assert bureau.sweeps().rungs == 2
    (summary,) = chases(bureau)
    assert [item["task"] for item in summary.body["items"]] == [task.id for task in tasks], "it waits all the same"
    assert [len(climbed(bureau, task.id)) for task in tasks] == [int(task != tasks[number]) for task in tasks]


def test_somebody_who_cannot_be_reminded_costs_nobody_else_their_reminder(
    bureau: Bureau, caplog: pytest.LogCaptureFixture
) -> None:
    bureau.begins("budi", "satu")
    bureau["bambang"].forwards(bureau.begins("budi", "dua"))
    broken: dict[str, list[dict[str, int]]] = {"items": [{}]}
    reminder = owed(
        NoticeKind.SUMMARY, 1, at=bureau.at, priority=Priority.CARD, person_id=bureau["bambang"].id, body=broken
    )
    bureau.work(lambda records: records.owe(reminder))
    bureau.at = wita(23, 8, 54)
    assert bureau.sweeps().rungs == 2, "what was climbed stays"
    assert told(bureau, chases(bureau)[1:]) == [("warn", "siti")]
    assert ("a person cannot be reminded", bureau["bambang"].id) in [
        (one.getMessage(), vars(one).get("person")) for one in caplog.records
    ]
    wanted = select(Person.remind_at).where(Person.id == bureau["bambang"].id)
    assert bureau.work(lambda records: records.session.scalar(wanted)) == wita(23, 9, 9)


def test_a_standard_that_cannot_be_read_keeps_no_other_task_from_being_chased(bureau: Bureau) -> None:
    broken, sound = (bureau.task(bureau.begins("budi", text)) for text in ("rusak", "utuh"))
    unreadable = update(Task).where(Task.id == broken.id).values(standard="entah berapa lama")
    bureau.work(lambda records: records.session.execute(unreadable))
    bureau.at = wita(23, 8, 54)
    assert bureau.sweeps().rungs == 1
    assert [one.kind for one in climbed(bureau, sound.id)] == [RungKind.WARN]
    assert len(chases(bureau)) == 1
