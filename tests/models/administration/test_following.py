"""What was planned by a calendar follows the one that takes its place: reminders of people, questions, absences."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update

from models.administration.calendar import adopt_calendar
from models.case.question import Question
from models.chase.asking import next_wake as next_question
from models.chase.sweep import next_wake
from models.mail.notice import NoticeKind
from models.office.attention import note_silent_card
from models.office.person import Person
from models.rules.office_calendar import EntryKind
from tests.models.administration.leave import FRI, MON, THU, WED, files, found, looks
from tests.models.administration.test_calendar import FULL, day_off, enters, entry, takes_back, wita, with_hours

if TYPE_CHECKING:
    from models.repository.records import Records
    from tests.models.bureau import Bureau

SATURDAY = date(2026, 11, 28)


@pytest.fixture
def ready(bureau: Bureau) -> Bureau:
    """The office after its first start."""
    bureau.work(adopt_calendar)
    return bureau


def works_on_saturday(bureau: Bureau) -> None:
    enters(bureau, entry(EntryKind.WORKING_DAY, SATURDAY, periods=FULL))


def silently(bureau: Bureau) -> None:
    """Let the card of a report come to Bambang without a sound, and be the only thing that waits."""
    task = bureau.task(bureau.begins("budi"))

    def note(records: Records) -> None:
        bambang = records.session.get_one(Person, bureau["bambang"].id)
        bambang.remind_at = bambang.pending = None
        note_silent_card(bambang, task.id, records.lock_office().file, version=task.version, at=records.at)

    bureau.work(note)


def wanted(bureau: Bureau, name: str) -> datetime | None:
    return bureau.work(lambda records: records.session.get_one(Person, bureau[name].id).remind_at)


def asked_at(bureau: Bureau, at: datetime) -> None:
    """Let Rina ask Budi something at this instant."""
    case_id = bureau.begins("budi")
    bureau.walks(case_id, until=5)
    bureau.at = at
    bureau["rina"].asks(case_id)


def planned(bureau: Bureau) -> datetime | None:
    return bureau.work(lambda records: records.session.scalars(select(Question.remind_at)).one())


def test_a_silent_card_of_friday_night_is_named_on_a_saturday_that_became_a_working_day(ready: Bureau) -> None:
    ready.at = wita(27, "21.00")
    silently(ready)
    assert wanted(ready, "bambang") == wita(30, "07.30")

    ready.at = wita(27, "22.00")
    works_on_saturday(ready)

    assert ready.work(next_wake) == wita(28, "07.30")
    ready.sweeps()
    assert ready.notices(NoticeKind.SUMMARY) == [], "not in the night"
    ready.at = wita(28, "07.30")
    ready.sweeps()
    assert [ready.named(one.person_id) for one in ready.notices(NoticeKind.SUMMARY)] == ["bambang"]


def test_somebody_who_was_reminded_a_moment_ago_is_left_in_peace(ready: Bureau) -> None:
    ready.at = wita(27, "16.10")
    silently(ready)

    def was_reminded(records: Records) -> None:
        bambang = records.session.get_one(Person, ready["bambang"].id)
        bambang.reminded_at, bambang.unanswered, bambang.remind_at = records.at, 1, wita(30, "07.40")

    ready.work(was_reminded)
    works_on_saturday(ready)
    ready.sweeps()
    assert ready.notices(NoticeKind.SUMMARY) == []
    assert wanted(ready, "bambang") == wita(28, "07.40")


def test_the_first_reminder_of_a_question_follows_the_calendar_both_ways(ready: Bureau) -> None:
    asked_at(ready, wita(27, "15.00"))
    before = planned(ready)
    assert before is not None
    assert before > wita(30, "07.30")

    works_on_saturday(ready)
    moved = planned(ready)
    assert moved is not None
    assert moved.astimezone(ready.rules.office.calendar.zone).date() == SATURDAY
    assert ready.work(next_question) == moved
    takes_back(ready, 1)
    assert planned(ready) == before


def test_a_later_reminder_of_a_question_comes_a_working_day_from_now_at_the_latest(ready: Bureau) -> None:
    asked_at(ready, wita(26, "09.00"))
    ready.at = wita(27, "15.00")
    after = update(Question).values(remind_at=wita(30, "15.00"))
    ready.work(lambda records: records.session.execute(after))

    works_on_saturday(ready)

    assert planned(ready) == wita(28, "15.00")
    enters(ready, day_off(30))
    assert planned(ready) == wita(28, "15.00")


def test_an_absence_begins_and_ends_at_the_midnights_of_a_corrected_zone(ready: Bureau) -> None:
    absence_id = files(ready, "siti", WED, THU)
    before = ready.work(lambda records: found(records, absence_id))
    assert before.warn_at is not None

    jakarta = ZoneInfo("Asia/Jakarta")
    with_hours(ready, replace(ready.rules.office.calendar.hours, zone=jakarta))
    ready.work(adopt_calendar)

    after = ready.work(lambda records: found(records, absence_id))
    assert after.starts_at == datetime.combine(WED, time(), jakarta)
    assert after.ends_at == datetime.combine(FRI, time(), jakarta)
    assert after.warn_at == before.warn_at + timedelta(hours=1)
    assert after.wake_at == after.warn_at


def test_an_absence_that_has_begun_keeps_its_beginning(ready: Bureau) -> None:
    absence_id = files(ready, "siti", MON, THU)
    looks(ready)
    before = ready.work(lambda records: found(records, absence_id))
    assert before.begun_at is not None

    jakarta = ZoneInfo("Asia/Jakarta")
    with_hours(ready, replace(ready.rules.office.calendar.hours, zone=jakarta))
    ready.work(adopt_calendar)

    after = ready.work(lambda records: found(records, absence_id))
    assert (after.starts_at, after.ends_at) == (before.starts_at, datetime.combine(FRI, time(), jakarta))
    assert after.wake_at == after.ends_at


def test_a_plh_is_missed_on_the_working_day_before_as_it_is_by_now(ready: Bureau) -> None:
    absence_id = files(ready, "siti", FRI, None)
    assert ready.work(lambda records: found(records, absence_id).warn_at) == wita(26, "07.30")

    enters(ready, day_off(26))

    after = ready.work(lambda records: found(records, absence_id))
    assert after.warn_at == after.wake_at == wita(25, "07.30").replace(tzinfo=UTC)
