"""Recomputing after any change of the calendar equals opening afresh under the new calendar."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from models.administration.calendar import adopt_calendar, bring_into_force, present
from models.case.task import Task
from models.proof.verification import verify
from models.repository.catching_up import standing_of
from models.rules.ladder import LadderSettings, rung, rungs_due
from models.rules.office_calendar import CalendarEntry, EntryKind, OfficeCalendar
from models.rules.standard import Standard
from models.rules.work_calendar import WorkCalendar
from tests.models.rules.test_ladder import calendars, exactly, ladders, openings, standards

if TYPE_CHECKING:
    from models.repository.records import Records
    from tests.models.bureau import Bureau


def next_after_a_sweep(
    first: int, at: datetime, *, task: Task, calendar: WorkCalendar, settings: LadderSettings
) -> tuple[int, datetime]:
    """Return the ordinal and the instant of the rung that follows once all that is due at `at` has been climbed."""
    due = task.deadline(calendar)

    def instant(ordinal: int) -> datetime:
        return rung(
            ordinal,
            opened=task.opened_at,
            due=due,
            standard=task.time_standard,
            calendar=calendar,
            settings=settings,
        ).at

    climbed = rungs_due(
        first,
        at,
        opened=task.opened_at,
        due=due,
        standard=task.time_standard,
        calendar=calendar,
        settings=settings,
    )
    following = climbed[-1].ordinal + 1 if climbed else first
    return following, instant(following)


@exactly
@given(
    before=calendars,
    after=calendars,
    opened=openings,
    standard=standards,
    ladder=ladders,
    length=st.integers(0, 14 * 24 * 3600),
)
def test_a_ladder_that_follows_another_calendar_goes_on_as_if_it_had_always_been_in_force(
    before: WorkCalendar,
    after: WorkCalendar,
    opened: datetime,
    standard: Standard,
    ladder: LadderSettings,
    length: int,
) -> None:
    at = opened + timedelta(seconds=length)
    task = Task(opened_at=opened, standard=str(standard), due_at=before.due(opened, standard), rung=0, pauses=[])
    task.rung, _ = next_after_a_sweep(0, at, task=task, calendar=before, settings=ladder)

    standing = standing_of(task, after, ladder, at=at)

    assert standing <= task.rung
    afresh = next_after_a_sweep(0, at, task=task, calendar=after, settings=ladder)
    assert next_after_a_sweep(standing, at, task=task, calendar=after, settings=ladder) == afresh


def any_change(chance: Random, calendar: OfficeCalendar, at: datetime) -> OfficeCalendar:
    """Return the calendar with one more entry of any kind, or with one fewer."""
    if calendar.entries and chance.random() < 0.3:
        return calendar.without(chance.choice(calendar.entries).number)
    first = date(2026, 11, 23) + timedelta(days=chance.randrange(14))
    kind = chance.choice(list(EntryKind))
    week = chance.choice([calendar.file.week, *(week for _, week in calendar.file.named_weeks)])
    entry = CalendarEntry(
        0,
        kind,
        first,
        first + timedelta(days=chance.randrange(4)),
        "SK",
        by=2,
        at=at,
        periods=week[0] if kind is EntryKind.WORKING_DAY else (),
        week=week if kind is EntryKind.SEASON else ((),) * 7,
    )
    return calendar.entered(entry)


def test_every_open_deadline_is_the_one_that_the_task_would_have_if_it_were_opened_now(bureau: Bureau) -> None:
    chance = Random(1101)
    bureau.work(adopt_calendar)
    for step in (1, 4, 5, 6):
        bureau.walks(bureau.begins("budi"), until=step)
        bureau.works(chance.randrange(90))

    def agree(records: Records) -> None:
        calendar, settings = WorkCalendar(present(records).hours), records.rules.office.ladder
        for task in records.session.scalars(select(Task).where(Task.closed_at.is_(None))):
            assert task.due_at == calendar.due(task.opened_at, task.time_standard)
            instant = rung(
                task.rung,
                opened=task.opened_at,
                due=task.due_at,
                standard=task.time_standard,
                calendar=calendar,
                settings=settings,
            )
            assert task.chase_at == instant.at
            assert records.calendar.hours == calendar.hours

    for _ in range(25):
        bureau.passes(timedelta(minutes=chance.randrange(600)))
        bureau.sweeps()
        bureau.work(lambda records: bring_into_force(records, lambda known: any_change(chance, known, records.at)))
        bureau.work(agree)
    assert bureau.work(lambda records: verify(records.session)).breaches == ()
