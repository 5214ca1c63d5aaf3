"""How much one person hears: when they may be reminded again, and what the next reminder must name.

A reminder sounds, so that each person has at most one in the least time of the office's spacing. What falls due in
between is kept with the person and comes with the next one. Acting on anything lets the spacing start again.
"""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from models.office.person import Person
from models.rules.office_file import OfficeFile
from models.rules.reminding import next_reminder, starts_again

CHASED = 0
"""In place of a version, for a task that must be named because it is chased, however often it has been changed."""

_UNTOUCHED = 1
"""The version of a task with which nobody has done anything; rows from before versions were kept hold bare ids."""

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


def asked_from(person: Person, file: OfficeFile, *, at: datetime) -> datetime:
    """Return the earliest instant (UTC) from which somebody may have `person` reminded; `at` itself where that is now.

    That is within office time, once the least time has passed since the last reminder. The time that grows while the
    person does not act is for what the program says by itself.
    """
    last, calendar = person.reminded_at, file.calendar
    if last is None or last > at:
        return calendar.opening(at)
    return calendar.opening(max(at, calendar.add(last, file.reminders.spacing[0])))


def may_be_reminded(person: Person, file: OfficeFile, *, at: datetime) -> bool:
    """Whether `person` may be reminded now."""
    return quiet_until(person, file, at=at) <= at


def pending_of(person: Person) -> dict[int, int]:
    """Return what the next reminder of `person` must name: tasks by their ids, each with a version, or `CHASED`.

    While the task still has that version, nobody has done anything with it since it was to be named.
    """
    return dict((one, _UNTOUCHED) if isinstance(one, int) else (one[0], one[1]) for one in person.pending or ())


def want_reminder(person: Person, when: datetime, *, of: Mapping[int, int] | None = None) -> None:
    """Let `person` be reminded at `when`, or sooner where that was wanted before, of the tasks `of` among others.

    `of` has them as `pending_of` returns them.
    """
    person.remind_at = min(when, person.remind_at or when)
    _keep(person, of or {})


def _keep(person: Person, fresh: Mapping[int, int]) -> None:
    known = pending_of(person)
    kept = known | {task_id: max(version, known.get(task_id, CHASED)) for task_id, version in fresh.items()}
    if kept != known:
        # A new list: the database does not see what is added to the old one.
        person.pending = [list(pair) for pair in kept.items()]


def hand_on(former: Person, successor: Person, *, at: datetime) -> None:
    """Let `successor`, who acts in the place of `former` from now on, be told of what `former` was still to be told.

    Of a task that passes along they have the card; what matters is that a task is chased, which may be another's.
    """
    chased = {task_id: CHASED for task_id, version in pending_of(former).items() if version == CHASED}
    if chased:
        want_reminder(successor, at, of=chased)


def note_reminder(person: Person, file: OfficeFile, *, at: datetime) -> None:
    """Note that `person` is owed a reminder at `at` that names all that was pending."""
    note_heard(person, file, at=at)
    person.remind_at = person.pending = None


def note_heard(person: Person, file: OfficeFile, *, at: datetime) -> None:
    """Note that `person` is owed at `at` what counts as a reminder; what is pending has not been named by it."""
    last = person.reminded_at
    over = last is None or last > at or starts_again(last, at=at, calendar=file.calendar)
    person.unanswered = 1 if over else person.unanswered + 1
    person.reminded_at = at


def note_nothing_waits(person: Person) -> None:
    """Note that nothing is left to remind `person` of."""
    person.remind_at = person.pending = None


def note_arrival(person: Person, *, at: datetime) -> None:
    """Note that the last reminder of `person` arrived at `at`: where it had to wait, the time counts from then."""
    if person.reminded_at is not None and at - person.reminded_at > _PROMPTLY:
        person.reminded_at = at


def note_silent_card(person: Person, task_id: int, file: OfficeFile, *, version: int, at: datetime) -> None:
    """Note that word of a task came to `person` without a sound at `at`, so that a reminder must name it.

    That is its card, or news of it while the office is closed. The reminder names it unless somebody has done anything
    with it by then: `version` is the one that it has now. While the office is closed that is the list at the opening,
    else one that leaves time for what sounded before.
    """
    calendar = file.calendar
    if calendar.is_open(at):
        when = calendar.opening(calendar.add(at, file.reminders.spacing[0]))
    else:
        when = calendar.opening(at)
    want_reminder(person, max(when, quiet_until(person, file, at=at)), of={task_id: version})


def forget(person: Person, task_ids: Collection[int]) -> None:
    """Name these tasks in the next reminder of `person` no more."""
    if task_ids:
        person.pending = [list(pair) for pair in pending_of(person).items() if pair[0] not in task_ids]


def note_changed_by_others(person: Person, task_id: int, *, version: int) -> None:
    """Note that not a holder changed a task, which has `version` now: if `person` must hear of it, they still must."""
    if pending_of(person).get(task_id, CHASED) != CHASED:
        _keep(person, {task_id: version})


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
