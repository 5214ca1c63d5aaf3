"""What an admin may enter in the calendar, and what comes of it: drafted, checked, confirmed, undone."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from sqlalchemy import select

from models.administration.calendar import Adopted, bring_into_force, present
from models.administration.calendar_draft import CalendarDraft
from models.office.calendar import CalendarVersion
from models.office.person import Person
from models.refusals.administration import NotAdmin
from models.refusals.calendar import CalendarDayInvalid, CalendarUnchanged, SeasonsOverlap, UndoTooLate
from models.refusals.reports import DraftMissing
from models.repository.finder import Finder
from models.repository.records import Records
from models.rules.office_calendar import CalendarEntry, EntryKind, OfficeCalendar, entry_written
from models.rules.work_calendar import WorkCalendar

BACK = 31
"""How many days back a day off may lie: a decree may come late, and no open task is much older."""

AHEAD = 731
"""How many days ahead something may be entered."""

LONGEST = {EntryKind.DAY_OFF: 31, EntryKind.WORKING_DAY: 31, EntryKind.SEASON: 45, EntryKind.YEAR: 366}
"""How many days one entry may have."""

UNDONE_WITHIN = 10
"""Minutes within which one tap undoes a change."""

_DAY = timedelta(days=1)


class DayFault(StrEnum):
    """Why days cannot be entered."""

    DATE = "date"
    NONEXISTENT = "nonexistent"
    ORDER = "order"
    LONG = "long"
    PAST = "past"
    FAR = "far"
    HOURS = "hours"
    REASON = "reason"
    BEGUN = "begun"


def check(finder: Finder, calendar: OfficeCalendar, entry: CalendarEntry) -> None:
    """Check that `entry` may be entered in `calendar`, which is in force.

    Raises `CalendarDayInvalid`, `SeasonsOverlap`, and `CalendarUnchanged` where no day changes. A season that was an
    estimate changes by being entered as it is: it is decided from then on.
    """
    at, now = finder.at, WorkCalendar(calendar.hours)
    if entry.kind is EntryKind.YEAR:
        if entry.first.year in now.hours.confirmed_years:
            raise CalendarUnchanged
        return
    _check_days(entry, today=at.astimezone(now.zone).date())
    if entry.kind is EntryKind.SEASON:
        others = (one for one in calendar.entries if one.kind is EntryKind.SEASON)
        if (other := next((one for one in others if one.overlaps(entry.first, entry.last)), None)) is not None:
            raise SeasonsOverlap(other.reason)
    if lacks_hours(entry):
        return
    after = WorkCalendar(calendar.entered(entry).hours)
    _check_past(now, after, entry.first, at=at)
    if _confirms_estimate(entry, now):
        return
    if all(now.periods(day) == after.periods(day) for day in entry.days):
        raise CalendarUnchanged


def _confirms_estimate(entry: CalendarEntry, calendar: WorkCalendar) -> bool:
    """Whether an entry is about a season whose days were an estimate until now: the same days are news, too."""
    estimated = (one for one in calendar.hours.seasons if one.estimated)
    return entry.kind is EntryKind.SEASON and any(entry.overlaps(one.first, one.last) for one in estimated)


def lacks_hours(entry: CalendarEntry) -> bool:
    """Whether an entry still needs the hours that hold on its days."""
    match entry.kind:
        case EntryKind.DAY_OFF | EntryKind.YEAR:
            return False
        case EntryKind.WORKING_DAY:
            return not entry.periods
        case EntryKind.SEASON:
            return not any(entry.week)


def _check_days(entry: CalendarEntry, *, today: date) -> None:
    if entry.last < entry.first:
        raise CalendarDayInvalid(DayFault.ORDER.value)
    if len(entry.days) > LONGEST[entry.kind]:
        raise CalendarDayInvalid(DayFault.LONG.value, LONGEST[entry.kind])
    if entry.first < today - _DAY * BACK:
        raise CalendarDayInvalid(DayFault.PAST.value, BACK)
    if entry.last > today + _DAY * AHEAD:
        raise CalendarDayInvalid(DayFault.FAR.value, AHEAD)
    if not entry.reason.strip():
        raise CalendarDayInvalid(DayFault.REASON.value)


def _check_past(before: WorkCalendar, after: WorkCalendar, first: date, *, at: datetime) -> None:
    """Check that no office time is added from the day `first` up to the instant `at`. Raises `CalendarDayInvalid`.

    Nobody can work by hours that they do not know yet, and nobody is to be late by them.
    """
    start = datetime.combine(first, time.min, after.zone)
    if start < at and after.between(start, at) > before.between(start, at):
        raise CalendarDayInvalid(DayFault.BEGUN.value)


def draft_of(finder: Finder, person: Person) -> CalendarDraft | None:
    """Return what `person` prepares."""
    return finder.session.get(CalendarDraft, person.id)


def prepare(
    records: Records,
    person: Person,
    *,
    adding: Iterable[CalendarEntry] = (),
    removing: Iterable[CalendarEntry] = (),
    left_out: Collection[int] = (),
    passed_over: dict[str, int] | None = None,
) -> CalendarDraft:
    """Keep what `person` prepares, in place of what they have prepared before."""
    draft = draft_of(records, person)
    if draft is None:
        draft = CalendarDraft(person_id=person.id)
        records.session.add(draft)
    draft.card_id, draft.begun_at = None, records.at
    draft.adding = [entry_written(one) for one in adding]
    draft.removing = [entry_written(one) for one in removing]
    draft.left_out = [{"place": place} for place in sorted(left_out)]
    draft.passed_over = dict(passed_over or {})
    return draft


def drop(records: Records, person: Person) -> None:
    """Let go of what `person` prepares, if anything."""
    draft = draft_of(records, person)
    if draft is not None:
        records.session.delete(draft)


def drafted(finder: Finder, draft: CalendarDraft) -> OfficeCalendar:
    """Return the calendar as it will be with what was drafted."""
    calendar = present(finder).without(*(one.number for one in draft.removed))
    return calendar.entered(*draft.ticked)


def check_removal(finder: Finder, calendar: OfficeCalendar, entry: CalendarEntry) -> None:
    """Check that an entry may be removed from `calendar`, which is in force.

    Raises `CalendarUnchanged` where it is gone, and `CalendarDayInvalid` where office time would be added that is past,
    as for a day off that has begun.
    """
    if not any(one.number == entry.number for one in calendar.entries):
        raise CalendarUnchanged
    without = WorkCalendar(calendar.without(entry.number).hours)
    _check_past(WorkCalendar(calendar.hours), without, entry.first, at=finder.at)


def confirm(records: Records, person: Person, *, card_id: int) -> Adopted:
    """Bring what `person` has prepared on this card into force.

    Raises `NotAdmin` for a person who is no admin by now, `DraftMissing` where the card does not show what they
    prepare, and what `check` raises.
    """
    office = records.lock_office_to_change()
    if not office.administers(person):
        raise NotAdmin
    draft = draft_of(records, person)
    if draft is None or draft.card_id != card_id or not (draft.ticked or draft.removed):
        raise DraftMissing
    calendar, ticked, removed = present(records), draft.ticked, draft.removed
    changing = [one for one in ticked if _changes(records, calendar, one)]
    if any(lacks_hours(one) for one in changing):
        raise CalendarDayInvalid(DayFault.HOURS.value)
    if ticked and not changing:
        raise CalendarUnchanged
    for entry in removed:
        check_removal(records, calendar, entry)
    numbers = [one.number for one in removed]
    records.session.delete(draft)
    entered = [replace(one, by=person.id, at=records.at) for one in changing]
    return bring_into_force(records, lambda known: known.without(*numbers).entered(*entered), by=person)


def _changes(records: Records, calendar: OfficeCalendar, entry: CalendarEntry) -> bool:
    """Whether an entry changes a day. Raises what `check` raises for an entry that may not be entered."""
    try:
        check(records, calendar, entry)
    except CalendarUnchanged:
        return False
    return True


def undoable(finder: Finder) -> CalendarVersion | None:
    """Return the version that one tap takes back: an admin's, while it is the newest and young, and undoes nothing."""
    newest = finder.session.scalars(select(CalendarVersion).order_by(CalendarVersion.id.desc()).limit(3)).all()
    if len(newest) < 2 or newest[0].by_id is None:  # noqa: PLR2004 - a change needs a version before it
        return None
    if finder.at - newest[0].made_at > timedelta(minutes=UNDONE_WITHIN):
        return None
    undoes = len(newest) > 2 and newest[0].calendar.entries == newest[2].calendar.entries  # noqa: PLR2004 - as above
    return None if undoes else newest[0]


def undo(records: Records, person: Person, version_id: int) -> Adopted:
    """Take back the change that brought a version into force, within `UNDONE_WITHIN` minutes.

    Raises `NotAdmin`, `UndoTooLate`, and `CalendarUnchanged` where it is undone already.
    """
    office = records.lock_office_to_change()
    if not office.administers(person):
        raise NotAdmin
    version, before = _with_the_one_before(records, version_id)
    if version is None or before is None or version.by_id is None:
        raise CalendarUnchanged
    if records.at - version.made_at > timedelta(minutes=UNDONE_WITHIN):
        raise UndoTooLate(UNDONE_WITHIN)
    known = present(records)
    undone = known.undone(before.calendar, version.calendar)
    if undone.entries == known.entries:
        raise CalendarUnchanged
    return bring_into_force(records, lambda _: undone, by=person)


def _with_the_one_before(records: Records, version_id: int) -> tuple[CalendarVersion | None, CalendarVersion | None]:
    """Return a version and the one that was in force before it."""
    found: Sequence[CalendarVersion] = records.session.scalars(
        select(CalendarVersion).where(CalendarVersion.id <= version_id).order_by(CalendarVersion.id.desc()).limit(2)
    ).all()
    if not found or found[0].id != version_id:
        return None, None
    return found[0], found[1] if len(found) > 1 else None
