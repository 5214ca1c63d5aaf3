"""The office's calendar as `/libur` shows it, and what a change would do."""

from collections.abc import Sequence
from datetime import date, timedelta

from handlers.screens.calendar import CalendarView, ChangeView, DayOff, EntryLine, Moving, SeasonLine
from handlers.screens.span import deadline
from models.administration import calendar as calendars
from models.administration import calendar_entries as entries
from models.administration import following_tasks
from models.administration.calendar_draft import CalendarDraft
from models.administration.foreseeing import foresee
from models.repository.reader import Reader
from models.repository.records import Records
from models.rules.office_calendar import CalendarEntry, EntryKind, OfficeCalendar
from models.rules.work_calendar import Period, WorkCalendar, holiday_names

_LOOKED_AHEAD = 366
"""Days in which coming days off are looked for."""

_ASKED_AHEAD = 60
"""Days in which a year without known cuti bersama is shown; the admins are asked for it then, too."""

_DAY = timedelta(days=1)


def calendar_view(reader: Reader, *, admin: bool) -> CalendarView:
    """Return the calendar from today on; with what an `admin` may undo and is asked for."""
    calendar, today, known = reader.calendar, office_today(reader), calendars.present(reader)
    current = [one for one in known.entries if one.last >= today]
    seasons = [one for one in calendar.hours.seasons if one.last >= today]
    entered = {(one.first, one.last) for one in current if one.kind is EntryKind.SEASON}
    undoable = entries.undoable(reader) if admin else None
    return CalendarView(
        today=today,
        today_hours=calendar.periods(today),
        today_reason=_why_off(calendar, today),
        coming=_coming(calendar, today),
        entries=entry_lines(reader, sorted(current, key=lambda one: (one.first, one.number))),
        seasons=[
            SeasonLine(one.name, one.first, one.last, one.week, one.estimated)
            for one in sorted(seasons, key=lambda one: one.first)
            if (one.first, one.last) not in entered
        ],
        undoable=undoable.id if undoable is not None else None,
        admin=admin,
        unknown_years=calendar.unknown_years(reader.at, reader.at + _DAY * _ASKED_AHEAD) if admin else (),
        following=following_tasks.left(reader) if admin else 0,
    )


def entry_lines(reader: Reader, found: Sequence[CalendarEntry]) -> list[EntryLine]:
    """Return entries of admins, each with the name of the admin."""
    people = {one.by: reader.person_by_id(one.by) for one in found}
    return [EntryLine(one, person.name if (person := people[one.by]) else "") for one in found]


def _coming(calendar: WorkCalendar, today: date) -> list[DayOff]:
    """Return the coming days off, without ordinary weekends."""
    days = (today + _DAY * number for number in range(1, _LOOKED_AHEAD))
    off = (day for day in days if not calendar.is_working_day(day) and _is_told(calendar, day))
    return [DayOff(day, _why_off(calendar, day)) for day in off]


def _is_told(calendar: WorkCalendar, day: date) -> bool:
    return bool(calendar.hours.week[day.weekday()]) or any(one.day == day for one in calendar.hours.special_days)


def _why_off(calendar: WorkCalendar, day: date) -> str:
    """Return why a day is off, "" for an ordinary weekend."""
    special = next((one.reason for one in calendar.hours.special_days if one.day == day), "")
    return special or holiday_names(day.year).get(day, "")


def change_view(reader: Reader, draft: CalendarDraft) -> ChangeView:
    """Return the change that an admin prepares, with the open deadlines that it would move."""
    calendar = reader.calendar
    adding, removed = draft.entries, draft.removed
    lacking = any(entries.lacks_hours(one) for one in adding)
    moving, whole = ([], True) if lacking else _moving(reader, entries.drafted(reader, draft))
    return ChangeView(
        adding=adding,
        removing=removed,
        unticked=frozenset(draft.unticked),
        passed_over={why: int(count) for why, count in draft.passed_over.items()},
        moving=moving,
        whole=whole,
        past=any(one.first < office_today(reader) for one in draft.ticked if one.kind is not EntryKind.YEAR),
        now=reader.at,
        full=full_day(calendar, adding[0].first) if adding else (),
        weeks=calendar.hours.named_weeks,
    )


def _moving(reader: Reader, drafted: OfficeCalendar) -> tuple[list[Moving], bool]:
    """Return the open deadlines that `drafted` moves, each as people are told of it, and whether these are all."""
    before, after = reader.calendar, WorkCalendar(drafted.hours)
    foreseen = foresee(reader, drafted)
    moving = [
        Moving(one.number, deadline(before, one.before, one.standard), deadline(after, one.due, one.standard))
        for one in foreseen.moves
    ]
    return moving, foreseen.whole


def office_today(finder: Reader | Records) -> date:
    """Return the present day on the office's calendar."""
    return finder.at.astimezone(finder.calendar.zone).date()


def full_day(calendar: WorkCalendar, day: date) -> tuple[Period, ...]:
    """Return the hours of a whole working day: its weekday's, or on a weekend those of the first weekday with hours."""
    seasons = (one.week for one in calendar.hours.seasons if one.first <= day <= one.last)
    week = next(seasons, calendar.hours.week)
    return week[day.weekday()] or next(periods for periods in week if periods)
