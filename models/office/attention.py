"""How much one person hears: when they may be reminded again, and what the next reminder must name.

A reminder sounds, so that each person has at most one in the least time of the office's spacing. What falls due in
between is kept with the person and comes with the next one. Acting on anything lets the spacing start again.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from models.office.person import Person
from models.rules.office_file import OfficeFile
from models.rules.reminding import next_reminder, starts_again

_PROMPTLY = timedelta(seconds=10)
"""Within which time after it was owed a reminder usually arrives."""


def quiet_until(person: Person, file: OfficeFile, *, at: datetime) -> datetime:
    """Return the earliest instant (UTC) from which `person` may be reminded; `at` itself where that is now.

    A reminder that lies after `at` was noted by a clock that was ahead, and counts for nothing.
    """
    last = person.reminded_at
    if last is None or last > at:
        return at
    following = next_reminder(last, person.unanswered, at=at, calendar=file.calendar, settings=file.reminders)
    return max(at, following)


def may_be_reminded(person: Person, file: OfficeFile, *, at: datetime) -> bool:
    """Whether `person` may be reminded now."""
    return quiet_until(person, file, at=at) <= at


def want_reminder(person: Person, when: datetime, *, of: Iterable[int] = ()) -> None:
    """Let `person` be reminded at `when`, or sooner where that was wanted before, of the tasks `of` among others."""
    person.remind_at = min(when, person.remind_at or when)
    named = [task_id for task_id in of if task_id not in (person.pending or ())]
    if named:
        # A new list: the database does not see what is added to the old one.
        person.pending = [*(person.pending or ()), *named]


def note_reminder(person: Person, file: OfficeFile, *, at: datetime) -> None:
    """Note that `person` is owed a reminder at `at` that names all that was pending."""
    last = person.reminded_at
    over = last is None or last > at or starts_again(last, at=at, calendar=file.calendar)
    person.unanswered = 1 if over else person.unanswered + 1
    person.reminded_at, person.remind_at, person.pending = at, None, None


def note_nothing_waits(person: Person) -> None:
    """Note that nothing is left to remind `person` of."""
    person.remind_at = person.pending = None


def note_arrival(person: Person, *, at: datetime) -> None:
    """Note that the last reminder of `person` arrived at `at`: where it had to wait, the time counts from then."""
    if person.reminded_at is not None and at - person.reminded_at > _PROMPTLY:
        person.reminded_at = at


def note_silent_card(person: Person, task_id: int, file: OfficeFile, *, at: datetime) -> None:
    """Note that the card of a task came to `person` without a sound at `at`, so that a reminder must name it.

    While the office is closed that is the list at the opening, else one that leaves time for what sounded before.
    """
    calendar = file.calendar
    if calendar.is_open(at):
        when = calendar.opening(calendar.add(at, file.reminders.spacing[0]))
    else:
        when = calendar.opening(at)
    want_reminder(person, max(when, quiet_until(person, file, at=at)), of=[task_id])


def note_act(person: Person, file: OfficeFile, *, at: datetime) -> None:
    """Note that `person` has acted at `at`: the spacing of their reminders starts again, from now.

    Nothing changes for a person who has answered every reminder, so that most acts cost no write.
    """
    if not person.unanswered:
        return
    person.unanswered, person.reminded_at = 0, at
    if person.remind_at is not None:
        soonest = file.calendar.opening(file.calendar.add(at, file.reminders.spacing[0]))
        person.remind_at = min(person.remind_at, soonest)
