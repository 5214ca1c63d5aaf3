"""A day that changes moves the deadlines of open tasks, and nobody is late because of a day off."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update

from models.administration.calendar import Adopted, adopt_calendar, bring_into_force, present
from models.administration.foreseeing import foresee
from models.case.proceeding import Proceeding
from models.case.rescheduling import Rescheduled
from models.case.task import Chase, Task
from models.mail.card import CardKind, Face
from models.mail.notice import Notice, NoticeKind
from models.office.calendar import CalendarVersion, seasons_of
from models.office.person import Person
from models.proof.verification import verify
from models.repository.records import Records
from models.rules import office_calendar
from models.rules.ladder import RungKind
from models.rules.office_calendar import CalendarEntry, EntryKind
from models.rules.work_calendar import (
    Holidays,
    OfficeHours,
    Period,
    SpecialDay,
    WorkCalendar,
    known_holidays,
)
from tests.models.bureau import Bureau
from tests.models.test_cost import lookups

WITA = ZoneInfo("Asia/Makassar")
FULL = (Period(time(7, 30), time(12)), Period(time(13), time(16)))


def wita(day: int, clock: str, month: int = 11) -> datetime:
    """Return an instant of 2026 on the clock of the packaged office, such as 24-11 `13.00`."""
    hour, minute = clock.split(".")
    return datetime(2026, month, day, int(hour), int(minute), tzinfo=WITA).astimezone(UTC)


def entry(kind: EntryKind, first: date, last: date | None = None, periods: tuple[Period, ...] = ()) -> CalendarEntry:
    reason = "Keputusan Gubernur 12/2026"
    return CalendarEntry(0, kind, first, last or first, reason, by=2, at=wita(23, "08.00"), periods=periods)


def enters(bureau: Bureau, *entries: CalendarEntry) -> Adopted:
    """Let Dewi, who is an admin, enter something."""
    return bureau.work(
        lambda records: bring_into_force(
            records, lambda calendar: calendar.entered(*entries), by=records.person_by_id(bureau["dewi"].id)
        )
    )


def takes_back(bureau: Bureau, *numbers: int) -> Adopted:
    return bureau.work(
        lambda records: bring_into_force(
            records, lambda calendar: calendar.without(*numbers), by=records.person_by_id(bureau["dewi"].id)
        )
    )


def with_hours(bureau: Bureau, hours: OfficeHours) -> None:
    """Give the office another office file, as an edit of it before the next start does."""
    bureau.rules = replace(bureau.rules, office=replace(bureau.rules.office, calendar=WorkCalendar(hours)))


def unreadable(bureau: Bureau, case_id: int, **columns: object) -> None:
    """Let the row of the open task of a case hold what cannot be read."""
    broken = update(Task).where(Task.case_id == case_id, Task.closed_at.is_(None)).values(**columns)
    bureau.work(lambda records: records.session.execute(broken))


def opened(bureau: Bureau, step: int, at: datetime) -> int:
    """Let a case reach a step, and its task there be opened at this instant."""
    bureau.at = min(wita(23, "07.40"), at)
    case_id = bureau.begins("budi") if step > 1 else 0
    if step > 1:
        bureau.walks(case_id, until=step - 1)
    bureau.at = at
    if step == 1:
        return bureau.begins("budi")
    (name, *_) = bureau.holders(case_id)
    assert name is not None
    bureau[name].carries_on(case_id)
    assert (bureau.task(case_id).step, bureau.task(case_id).opened_at) == (step, at)
    return case_id


def day_off(day: int) -> CalendarEntry:
    """Return the entry that makes a day of November off."""
    return entry(EntryKind.DAY_OFF, date(2026, 11, day))


def climbed(bureau: Bureau, case_id: int) -> list[str]:
    """Return the kinds of the rungs that the open task has climbed, as the journal tells them."""
    step = bureau.task(case_id).step
    bodies = [one.payload.body for one in bureau.entries(case_id) if one.action == "chase" and one.payload]
    return [str(body["kind"]) for body in bodies if body and body["step"] == step]


def escalated_at(bureau: Bureau) -> list[datetime]:
    """Return the instants from which escalations were due."""
    chases = select(Chase.due_at).where(Chase.kind == RungKind.ESCALATE)
    return bureau.work(lambda records: list(records.session.scalars(chases)))


def verifies(bureau: Bureau) -> None:
    assert bureau.work(lambda records: verify(records.session)).breaches == ()


@pytest.fixture
def ready(bureau: Bureau) -> Bureau:
    """The office after its first start."""
    bureau.work(adopt_calendar)
    return bureau


def test_a_day_off_announced_on_the_day_itself_moves_the_deadline_and_makes_nobody_late(ready: Bureau) -> None:
    case_id = opened(ready, 5, wita(24, "13.00"))
    assert ready.task(case_id).due_at == wita(26, "13.00")

    ready.at = wita(26, "07.00")
    adopted = enters(ready, day_off(26))

    assert adopted.moved == 1
    task = ready.task(case_id)
    assert (task.due_at, task.chase_at) == (wita(27, "13.00"), wita(27, "08.36"))
    assert task.moved == {"off": [["2026-11-26", "2026-11-26"]]}
    for at in (wita(26, "10.00"), wita(26, "15.00"), wita(27, "08.35"), wita(27, "08.36"), wita(27, "12.59")):
        ready.at = at
        ready.sweeps()
    assert climbed(ready, case_id) == [RungKind.WARN]
    ready.at = wita(1, "13.00", month=12)
    ready.sweeps()
    assert climbed(ready, case_id)[1:] == [RungKind.LATE, RungKind.ESCALATE]
    assert escalated_at(ready) == [wita(1, "13.00", month=12)]
    verifies(ready)


def test_a_saturday_that_becomes_a_full_working_day_brings_the_deadline_nearer(ready: Bureau) -> None:
    case_id = opened(ready, 6, wita(4, "13.05", month=12))
    assert ready.task(case_id).due_at == wita(7, "13.05", month=12)

    ready.at = wita(4, "14.00", month=12)
    enters(ready, entry(EntryKind.WORKING_DAY, date(2026, 12, 5), periods=FULL))

    task = ready.task(case_id)
    assert task.due_at == wita(5, "13.05", month=12)
    assert task.moved == {"working": [["2026-12-05", "2026-12-05"]]}
    verifies(ready)


def test_a_zone_that_is_corrected_at_the_next_start_moves_the_deadline(ready: Bureau) -> None:
    case_id = opened(ready, 1, wita(23, "15.45"))
    assert ready.task(case_id).due_at == wita(24, "07.45"), "fifteen minutes are left on the second day"

    with_hours(ready, replace(ready.rules.office.calendar.hours, zone=ZoneInfo("Asia/Jakarta")))
    adopted = ready.work(adopt_calendar)

    assert adopted is not None
    assert adopted.moved == 1
    task = ready.task(case_id)
    assert task.due_at == wita(23, "16.15")
    assert task.moved == {"zone": "Asia/Jakarta"}
    verifies(ready)


def test_a_rung_that_the_later_known_day_was_not_due_on_is_taken_back(ready: Bureau) -> None:
    case_id = opened(ready, 4, wita(25, "15.45"))
    ready.at = wita(26, "10.00")
    ready.sweeps()
    assert climbed(ready, case_id) == [RungKind.WARN, RungKind.LATE, RungKind.ESCALATE, RungKind.REPEAT]
    assert "alert-not-late" not in ready.codes("hendra")
    nudged = ready.live(ready.task(case_id).id, CardKind.NUDGE)
    assert "maria" in nudged

    enters(ready, day_off(26))

    task = ready.task(case_id)
    assert task.due_at == wita(27, "07.45")
    assert (task.rung, task.chase_at) == (0, wita(27, "07.39"))
    assert ready.work(lambda records: list(records.session.scalars(select(Chase)))) == []
    assert climbed(ready, case_id)[:4] == ["warn", "late", "escalate", "repeat"], "the record keeps what was said"
    assert ready.codes("hendra").count("alert-not-late") == 1, "who was told of the delay is told that there is none"
    told = [one for one in ready.notices(NoticeKind.ALERT) if one.body["code"] == "alert-not-late"]
    assert all(one.body["silent"] for one in told), "it may be a day off"
    refreshed = [one for one in ready.notices(NoticeKind.REFRESH) if one.owed_at == ready.at]
    assert {ready.named(one.person_id) for one in refreshed} >= {"maria", "budi", *nudged}
    ready.at = wita(27, "07.46")
    ready.sweeps()
    assert climbed(ready, case_id)[4:] == [], "a quarter of an hour of office time since Maria heard"
    ready.at = wita(27, "08.00")
    ready.sweeps()
    assert climbed(ready, case_id)[4:] == [RungKind.WARN, RungKind.LATE]
    verifies(ready)


def test_an_escalation_that_is_not_due_any_more_is_taken_back_where_the_deadline_stands(ready: Bureau) -> None:
    case_id = opened(ready, 6, wita(23, "10.00"))
    ready.at = wita(25, "10.00")
    ready.sweeps()
    assert climbed(ready, case_id)[-1] == RungKind.ESCALATE

    enters(ready, day_off(25))

    task = ready.task(case_id)
    assert (task.due_at, task.moved) == (wita(24, "10.00"), None)
    assert (task.rung, task.chase_at) == (RungKind.ESCALATE.ordinal, wita(26, "10.00"))
    verifies(ready)


def test_the_timer_follows_where_only_a_later_rung_moves(ready: Bureau) -> None:
    case_id = opened(ready, 6, wita(23, "10.00"))
    ready.at = wita(24, "11.00")
    ready.sweeps()
    assert ready.task(case_id).chase_at == wita(25, "10.00")

    assert enters(ready, day_off(25)).moved == 0

    assert ready.task(case_id).chase_at == wita(26, "10.00")


def test_what_is_removed_again_brings_the_deadline_back(ready: Bureau) -> None:
    case_id = opened(ready, 5, wita(24, "13.00"))
    enters(ready, day_off(26))
    assert ready.task(case_id).due_at == wita(27, "13.00")

    assert takes_back(ready, 1).moved == 1

    task = ready.task(case_id)
    assert task.due_at == wita(26, "13.00")
    assert task.moved == {"working": [["2026-11-26", "2026-11-26"]]}
    verifies(ready)


def test_the_verdict_on_a_closed_task_stays(ready: Bureau) -> None:
    case_id = opened(ready, 4, wita(25, "15.45"))
    ready.at = wita(26, "10.00")
    ready["maria"].forwards(case_id)
    enters(ready, day_off(26))

    closed = next(task for task in ready.case(case_id).tasks if task.step == 4)
    assert (closed.due_at, closed.late_by) == (wita(26, "07.45"), 135 * 60)
    assert closed.was_late(ready.rules.office.calendar, at=ready.at)
    verifies(ready)


def test_a_new_version_of_the_holidays_package_moves_deadlines_at_the_next_start(
    ready: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id = opened(ready, 5, wita(24, "13.00"))
    known = known_holidays

    def newer(year: int) -> Holidays:
        found = known(year)
        return replace(found, public=found.public | {date(2026, 11, 26)}) if year == 2026 else found

    monkeypatch.setattr(office_calendar, "known_holidays", newer)
    adopted = ready.work(adopt_calendar)

    assert adopted is not None
    assert adopted.moved == 1
    assert ready.task(case_id).due_at == wita(27, "13.00")


def test_the_same_office_file_brings_no_version(ready: Bureau) -> None:
    assert ready.work(adopt_calendar) is None


def test_an_admins_day_goes_before_the_office_files(ready: Bureau) -> None:
    hours = ready.rules.office.calendar.hours
    with_hours(ready, replace(hours, special_days=(SpecialDay(date(2026, 11, 26), "Rapat", FULL),)))
    enters(ready, day_off(26))
    ready.work(adopt_calendar)

    assert ready.work(lambda records: records.calendar.periods(date(2026, 11, 26))) == ()
    takes_back(ready, 1)
    assert ready.work(lambda records: records.calendar.periods(date(2026, 11, 26))) == FULL


def test_an_admins_ramadan_takes_the_place_of_the_files(ready: Bureau) -> None:
    week = dict(ready.rules.office.calendar.hours.named_weeks)["ramadan"]
    ramadan = replace(entry(EntryKind.SEASON, date(2026, 2, 20), date(2026, 3, 21)), week=week, reason="Ramadan")
    enters(ready, ramadan)

    def look(records: Records) -> tuple[WorkCalendar, list[str]]:
        return records.calendar, [one.name for one in seasons_of(records.calendar, 2026)]

    calendar, names = ready.work(look)
    assert names == ["Ramadan"], "that of the file begins a day earlier, and is out of force"
    assert calendar.periods(date(2026, 2, 19)) == calendar.hours.week[3]
    assert calendar.periods(date(2026, 2, 20)) == week[4]


def test_a_calendar_that_is_forged_is_found(ready: Bureau) -> None:
    enters(ready, day_off(26))

    def forge(records: Records) -> None:
        version = records.session.scalars(select(CalendarVersion).order_by(CalendarVersion.id.desc()).limit(1)).one()
        version.body = {**version.body, "entries": []}

    ready.work(forge)
    found = ready.work(lambda records: verify(records.session)).first
    assert found is not None
    assert found.reason == "version 2 of the calendar: its body is not what was brought into force"


@pytest.mark.parametrize("column", ["due_at", "moved", "late_by"])
def test_a_deadline_that_moved_is_held_against_the_journal(ready: Bureau, column: str) -> None:
    opened(ready, 5, wita(24, "13.00"))
    enters(ready, day_off(26))
    forged = {"due_at": wita(26, "13.00"), "moved": None, "late_by": 0}[column]
    ready.work(lambda records: records.session.execute(update(Task).where(Task.step == 5).values({column: forged})))

    found = ready.work(lambda records: verify(records.session)).first
    assert found is not None
    assert column in found.reason


def test_many_deadlines_move_at_the_cost_of_few(ready: Bureau) -> None:
    def statements(cases: int) -> int:
        ready.at = wita(24, "13.00")
        for _ in range(cases):
            ready.begins("budi")
        with lookups(ready) as found:
            enters(ready, entry(EntryKind.DAY_OFF, date(2026, 11, 24)))
            takes_back(ready, ready.work(lambda records: present(records).given))
        return len(found)

    few = statements(2)
    assert statements(20) <= few + 4


@pytest.mark.parametrize("columns", [{"standard": "entah berapa lama"}, {"pauses": ["bukan jeda"]}])
def test_a_task_that_cannot_be_moved_keeps_no_other_one_from_moving(
    bureau: Bureau, caplog: pytest.LogCaptureFixture, columns: dict[str, object]
) -> None:
    broken, sound = opened(bureau, 5, wita(24, "13.00")), bureau.begins("budi")
    before = bureau.task(broken).due_at
    unreadable(bureau, broken, **columns)
    day_off = entry(EntryKind.DAY_OFF, date(2026, 11, 24))
    preview = bureau.work(lambda records: foresee(records, present(records).entered(day_off)))
    assert [one.number for one in preview.moves] == [bureau.case(sound).number]
    assert enters(bureau, day_off).moved == 1
    assert bureau.task(sound).moved is not None
    assert bureau.task(broken).due_at == before
    assert [one["number"] for one in (alert.body["data"] for alert in stuck_alerts(bureau))] == [
        bureau.case(broken).number
    ]
    logged = [(one.getMessage(), vars(one).get("task")) for one in caplog.records]
    assert ("a task cannot follow the calendar", bureau.task(broken).id) in logged
    assert bureau.breach(sound) is None


def stuck_alerts(bureau: Bureau) -> list[Notice]:
    return [one for one in bureau.notices(NoticeKind.ALERT) if one.body["code"] == "alert-stuck"]


def test_a_case_that_cannot_be_written_to_keeps_no_other_one_from_moving(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    bureau.at = wita(24, "13.00")
    broken, sound = bureau.begins("budi"), bureau.begins("dewi")
    redraw = Proceeding.reschedule

    def fails(self: Proceeding, task: Task, **more: Any) -> Rescheduled:
        done = redraw(self, task, **more)
        if self.case.id == broken:
            raise LookupError("a case of which something is missing")
        return done

    monkeypatch.setattr(Proceeding, "reschedule", fails)
    before = bureau.task(broken).due_at
    assert enters(bureau, entry(EntryKind.DAY_OFF, date(2026, 11, 24))).moved == 1
    assert (bureau.task(broken).due_at, bureau.task(broken).moved) == (before, None)
    assert bureau.task(sound).moved is not None
    assert [alert.body["data"]["number"] for alert in stuck_alerts(bureau)] == [bureau.case(broken).number]
    assert bureau.breach(broken) is None


def test_a_day_off_draws_the_lists_of_the_last_working_day_again_and_no_older_ones(ready: Bureau) -> None:
    def shows_digest() -> int:
        def show(records: Records) -> int:
            person = records.session.get_one(Person, ready["siti"].id)
            card = records.show(CardKind.QUEUE, person.account_id or 0, person=person, face=Face.DIGEST)
            records.flush()
            return card.id

        return ready.work(show)

    ready.at = wita(23, "08.00")
    older = shows_digest()
    opened(ready, 1, wita(25, "15.50"))
    young = shows_digest()
    enters(ready, day_off(26))
    owed = select(Notice.card_id).where(Notice.kind == NoticeKind.REFRESH).order_by(Notice.id)
    drawn = ready.work(lambda records: list(records.session.scalars(owed)))
    assert young in drawn
    assert older not in drawn
