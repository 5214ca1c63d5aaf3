"""The clock of a task, counted by hand: when it is due, and when each rung of its ladder."""

from datetime import datetime

from tests.year.days import Days
from tests.year.docket import Errand

ESCALATED = 2
"""The rung of which others than the holder hear, too."""

_HALF_AN_HOUR = 30 * 60


def due_at(task: Errand, days: Days, at: datetime) -> datetime:
    """Return the deadline of a task by a calendar, with what moved it up to an instant."""
    return _run(task, days, at)[1]


def is_late(task: Errand, days: Days, at: datetime) -> bool:
    """Whether the standard of an open task is over; while its clock stands, it is over where it was when it stopped."""
    seen = task.since[-1] if task.paused(at) else at
    return days.worked(due_at(task, days, seen), seen) > 0


def rung_at(task: Errand, ordinal: int, days: Days, at: datetime) -> datetime:
    """Return when a rung of a task is due by a calendar, with what moved its clock up to an instant."""
    counted, due = _run(task, days, at)
    if ordinal == 0:
        return days.opening(days.add(counted, -(-days.worked(counted, due) * 80 // 100)))
    if ordinal == 1:
        return days.opening(days.add(due, 1))
    amount, unit = task.standard.split()
    if unit == "hari":
        for _ in range(ordinal - 1):
            due = days.due(due, task.standard)
        return days.opening(due)
    standard = int(amount) * {"menit": 60, "jam": 3600}[unit]
    return days.opening(days.add(due, standard + max(standard, _HALF_AN_HOUR) * (ordinal - ESCALATED)))


def _run(task: Errand, days: Days, at: datetime) -> tuple[datetime, datetime]:
    """Return from where the clock of a task counts and when it is due, with the pauses and the grants up to an instant.

    More time counts from the deadline that it moves; where that was over, the clock begins again with the grant.
    """
    since, due = task.clock_from, days.due(task.clock_from, task.standard)
    pauses = sorted(pause for pause in task.pauses if pause[1] <= at)
    for granted, span in [*((when, span) for when, span in task.grants if when <= at), (at, "")]:
        stood = sum(days.worked(*pause) for pause in pauses if pause[0] < granted or not span)
        pauses = [pause for pause in pauses if pause[0] >= granted]
        since, due = (days.add(one, stood) if stood else one for one in (since, due))
        if span:
            since, due = (granted, granted) if days.worked(due, granted) > 0 else (since, due)
            due = days.due(due, span)
    return since, due
