"""What a change of the calendar would move is told exactly, and where very many tasks are open, in bounded time."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event, insert, inspect, select

from models.administration import foreseeing
from models.administration.calendar import adopt_calendar, present
from models.administration.foreseeing import Foreseen, foresee
from models.case.task import Task
from models.rules.extending import Extension
from models.rules.office_calendar import CalendarEntry, EntryKind, OfficeCalendar
from models.rules.pausing import Pause
from models.rules.standard import Standard
from models.rules.work_calendar import WorkCalendar
from tests.models.administration.test_calendar import day_off, enters, entry, wita
from tests.models.administration.test_calendar_equals_afresh import any_change

if TYPE_CHECKING:
    from models.repository.records import Records
    from tests.models.bureau import Bureau

STANDARDS = ("5 menit", "2 jam", "1 hari", "3 hari")


@pytest.fixture
def ready(bureau: Bureau) -> Bureau:
    bureau.work(adopt_calendar)
    bureau.begins("budi")
    return bureau


def opens(bureau: Bureau, tasks: list[dict[str, Any]]) -> None:
    """Let more tasks be open, each like the first one but for what is given; their deadlines are the calendar's."""

    def fill(records: Records) -> None:
        first = records.session.scalars(select(Task).order_by(Task.id)).first()
        assert first is not None
        alike = {one.key: getattr(first, one.key) for one in inspect(Task).column_attrs if one.key != "id"}
        rows = [{**alike, **one} for one in tasks]
        for row in rows:
            row["due_at"] = Task(**row).deadline(records.calendar)
        records.session.execute(insert(Task), rows)

    bureau.work(fill)


def at_random(chance: Random) -> dict[str, Any]:
    """Return a task as it may be in the last week of November: long or short, asked about, and put off."""
    opened = wita(20, "08.00") + timedelta(minutes=chance.randrange(10 * 24 * 60))
    task: dict[str, Any] = {"opened_at": opened, "standard": chance.choice(STANDARDS), "pauses": [], "extensions": []}
    if chance.random() < 0.3:
        start = opened + timedelta(hours=chance.randrange(150))
        task["pauses"] = [Pause(start, start + timedelta(hours=chance.randrange(90))).kept]
    if chance.random() < 0.2:
        at = opened + timedelta(hours=chance.randrange(200))
        task["extensions"] = [Extension(at, Standard.parse("1 hari")).kept]
    return task


def naively(records: Records, after: OfficeCalendar) -> set[tuple[int, datetime]]:
    """Return the deadlines that move, computed for every open task."""
    calendar = WorkCalendar(after.hours)
    found = records.session.scalars(select(Task).where(Task.closed_at.is_(None)).order_by(Task.id))
    return {(one.id, one.deadline(calendar)) for one in found if one.deadline(calendar) != one.due_at}


def test_every_deadline_that_moves_is_told_and_no_other_one(ready: Bureau) -> None:
    chance = Random(1201)
    opens(ready, [at_random(chance) for _ in range(120)])

    def agree(records: Records) -> int:
        calendar, moved = present(records), 0
        for _ in range(60):
            after = any_change(chance, calendar, records.at)
            seen = foresee(records, after)
            assert seen.whole
            assert {(one.task_id, one.due) for one in seen.moves} == naively(records, after)
            assert [one.due for one in seen.moves] == sorted(one.due for one in seen.moves)
            moved += len(seen.moves)
            calendar = calendar if chance.random() < 0.5 else present(records)
        return moved

    assert ready.work(agree) > 500


def test_a_season_that_takes_the_place_of_another_one_moves_the_days_of_both(ready: Bureau) -> None:
    """The days that only the former season had get the ordinary hours."""
    (ramadan, *_) = dict(ready.rules.office.calendar.hours.named_weeks).values()

    def season(first: int, last: int) -> CalendarEntry:
        return CalendarEntry(
            0, EntryKind.SEASON, date(2026, 11, first), date(2026, 11, last), "SE", 2, ready.at, week=ramadan
        )

    enters(ready, season(24, 27))
    opens(ready, [{"opened_at": wita(24, "08.00"), "standard": "10 jam"} for _ in range(3)])

    def seen(records: Records) -> tuple[Foreseen, set[tuple[int, datetime]]]:
        known = present(records)
        after = known.without(known.entries[0].number).entered(season(26, 30))
        return foresee(records, after), naively(records, after)

    found, expected = ready.work(seen)
    assert {(one.task_id, one.due) for one in found.moves} == expected
    assert len(expected) == 3


def test_what_has_not_followed_the_calendar_yet_is_told_wherever_its_deadline_lies(ready: Bureau) -> None:
    opens(ready, [{"opened_at": wita(23, "08.00"), "standard": "1 hari"}])

    def behind(records: Records) -> None:
        task = records.session.scalars(select(Task).order_by(Task.id.desc())).first()
        assert task is not None
        task.due_at, task.behind = task.due_at - timedelta(hours=1), 0

    ready.work(behind)
    seen = ready.work(lambda records: foresee(records, present(records).entered(day_off(30))))
    assert [one.before for one in seen.moves] == [seen.moves[0].due - timedelta(hours=1)]


def test_where_very_many_are_open_a_bounded_number_is_looked_at(ready: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(foreseeing, "LOOKED_AT", 5)
    opens(ready, [{"opened_at": wita(25, "08.00"), "standard": "1 hari"} for _ in range(40)])
    loaded: list[Task] = []

    def note(task: Task, _: object) -> None:
        loaded.append(task)

    event.listen(Task, "load", note)
    try:
        seen = ready.work(lambda records: foresee(records, present(records).entered(day_off(25))))
    finally:
        event.remove(Task, "load", note)
    assert (len(seen.moves), seen.whole) == (5, False)
    assert len(loaded) == 6, "one more, to tell whether these are all"


def test_those_that_cannot_move_are_passed_over_by_the_database(ready: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    """Forty late tasks hide nothing: the day that changes lies after their deadlines."""
    monkeypatch.setattr(foreseeing, "LOOKED_AT", 5)
    opens(ready, [{"opened_at": wita(20, "08.00"), "standard": "2 jam"} for _ in range(40)])
    opens(ready, [{"opened_at": wita(24, "08.00"), "standard": "1 hari"} for _ in range(3)])
    change = entry(EntryKind.DAY_OFF, date(2026, 11, 25))
    seen = ready.work(lambda records: foresee(records, present(records).entered(change)))
    assert (len(seen.moves), seen.whole) == (3, True)


def test_the_database_goes_through_a_bounded_number_of_tasks(ready: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(foreseeing, "PASSED", 10)
    opens(ready, [{"opened_at": wita(20, "08.00"), "standard": "2 jam"} for _ in range(40)])
    seen = ready.work(lambda records: foresee(records, present(records).entered(day_off(25))))
    assert (seen.moves, seen.whole) == ([], False)
