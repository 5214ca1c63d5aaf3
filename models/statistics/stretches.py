"""What a closed task came to, stretch by stretch, in seconds of office time. Pure.

Time is that of the calendar in force when the task was closed, as its verdict is: what a calendar says later changes
no figure.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from models.queries.register.stays import Times
from models.rules.work_calendar import WorkCalendar
from models.statistics.holding import Held

Span = tuple[datetime, datetime]
"""From an instant to an instant."""


@dataclass(frozen=True, slots=True)
class Clocked:
    """What passed in one stretch: `used` on the clock of the task, `waited` while that stood still for the reporter.

    `asked` is the part of `used` in which the reporter owed an answer although the clock ran. `late` is the part of
    `used` by which the task was late; it `turned_late` where that began.
    """

    held: Held
    used: int
    waited: int
    asked: int
    late: int
    turned_late: bool


def clocked(
    stretches: Sequence[Held], took: Times, *, pauses: Sequence[Span], asked: Sequence[Span], calendar: WorkCalendar
) -> list[Clocked]:
    """Return what passed in each of the stretches of a task, which follow each other in time.

    A task is late by the last part of the time on its clock. So the lateness is counted backwards from the closing.
    What of it lay before a recall, on the clock of the task that was recalled, is booked on nobody.
    """
    found: list[Clocked] = []
    left = took.late_by
    for held in reversed(stretches):
        whole = (held.since, held.until)
        waited = sum(_worked(one, calendar) for one in _within(pauses, whole))
        used = max(0, _worked(whole, calendar) - waited)
        late = min(left, used)
        left -= late
        running = list(_without(_within(_joined(asked), whole), pauses))
        owed = sum(_worked(one, calendar) for one in running)
        found.append(Clocked(held, used, waited, owed, late, turned_late=late > 0 and left == 0))
    return found[::-1]


def _worked(span: Span, calendar: WorkCalendar) -> int:
    return max(0, calendar.between(*span))


def _within(spans: Iterable[Span], whole: Span) -> list[Span]:
    """Return the parts of spans that lie in a whole."""
    cut = ((max(start, whole[0]), min(end, whole[1])) for start, end in spans)
    return [(start, end) for start, end in cut if start < end]


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Return spans without overlaps."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _without(spans: Iterable[Span], others: Iterable[Span]) -> Iterable[Span]:
    """Return the parts of spans that lie in none of the others."""
    kept = list(spans)
    for start, end in others:
        kept = [part for one in kept for part in ((one[0], min(one[1], start)), (max(one[0], end), one[1]))]
        kept = [(first, last) for first, last in kept if first < last]
    return kept
