"""Bringing another calendar into force: from the office file at the start, or by what an admin enters in chat.

The open tasks get the deadlines that they have by it: as many as one portion has in the same transaction, more of them
right after it (`models/administration/following_tasks.py`). Nothing is decided by the deadline of another calendar.
Tasks that are closed keep their verdict (`Task.late_by`).
"""

from collections.abc import Callable
from dataclasses import dataclass

from models.administration import following_tasks
from models.administration.following import follow
from models.case.journey import SYSTEM
from models.office.calendar import CalendarVersion
from models.office.person import Person
from models.repository.calendars import newest_version
from models.repository.catching_up import ON_FILE
from models.repository.finder import Finder
from models.repository.records import Records
from models.rules.office_calendar import OfficeCalendar, digest_of, entry_written


@dataclass(frozen=True, slots=True)
class Adopted:
    """A calendar that was brought into force: the number of its version, and how many open deadlines moved with it.

    `left` is how many open tasks follow later, in portions.
    """

    version: int
    moved: int
    left: int


def present(finder: Finder) -> OfficeCalendar:
    """Return the calendar in force with its entries; where none is kept yet, that of the office file."""
    version = newest_version(finder.session)
    return version.calendar if version is not None else OfficeCalendar.on_file(finder.rules.office.calendar.hours)


def adopt_calendar(records: Records) -> Adopted | None:
    """Bring the office file, and the holidays that this program knows, into force under the admins' entries.

    Returns None where they are in force already. To be called at each start, before anything is decided. A record from
    before calendars were kept gets its first version so.
    """
    filed = records.rules.office.calendar.hours
    version = newest_version(records.session)
    if version is not None and version.digest == digest_of(version.calendar.filed(filed).written()):
        return None
    return bring_into_force(records, lambda calendar: calendar.filed(filed))


def bring_into_force(
    records: Records, change: Callable[[OfficeCalendar], OfficeCalendar], *, by: Person | None = None
) -> Adopted:
    """Change the calendar, and let the open tasks follow it. `by` is None for the program itself.

    To be called before the work reads anything that depends on the calendar: nobody else may rely on the office until
    this work is over.
    """
    records.lock_office_to_change()
    version = newest_version(records.session)
    before = version.calendar if version is not None else OfficeCalendar.on_file(records.rules.office.calendar.hours)
    after = change(before)
    made = CalendarVersion.of(after, by_id=by.id if by else None, at=records.at)
    if version is not None and version.digest == made.digest:
        # Another process has brought it while this one waited.
        return Adopted(version.id, 0, 0)
    records.session.add(made)
    records.flush()
    records.forget_office()
    following_tasks.mark(records, version.id if version is not None else ON_FILE)
    followed = following_tasks.follow_some(records)
    if followed.touched:
        following_tasks.redraw_lists(records)
    follow(records)
    records.log_office(
        "calendar",
        by,
        capacity="person" if by else SYSTEM,
        version=made.id,
        digest=made.digest,
        added=[entry_written(one) for one in after.entries if one not in before.entries],
        removed=[entry_written(one) for one in before.entries if one not in after.entries],
        moved=followed.moved,
        left=followed.left or None,
    )
    return Adopted(made.id, followed.moved, followed.left)
