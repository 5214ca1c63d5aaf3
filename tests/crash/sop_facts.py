"""The SOP as a reader of the paper knows it: nine rows, who does each, what may follow, when somebody is reminded.

Written from the text of SOP W.25-OT.02.02-1472 and the rules of the ladder, not from the program.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from types import MappingProxyType

from tests.crash.office_hours import WITA, days_later, passed, reached, worked
from tests.crash.record import Row

HALF_AN_HOUR = 30 * 60
ENDED = 0
"""Where a case goes that goes nowhere any more."""


@dataclass(frozen=True, slots=True)
class SopRow:
    """One row of the SOP: the post that carries it out, what it does, and the standard in minutes or in days."""

    post: str
    kind: str
    minutes: int = 0
    days: int = 0


ROWS: Mapping[int, SopRow] = MappingProxyType(
    {
        1: SopRow("kakanwil", "assign", minutes=30),
        2: SopRow("kadiv", "assign", minutes=30),
        3: SopRow("kabag-p2l", "assign", minutes=30),
        4: SopRow("kasubbag-humas", "assign", minutes=30),
        5: SopRow("jft-prakom", "handle", days=2),
        6: SopRow("kasubbag-humas", "correct", days=1),
        7: SopRow("kabag-p2l", "correct", minutes=30),
        8: SopRow("kadiv", "approve", minutes=30),
        9: SopRow("kakanwil", "acknowledge", minutes=30),
    }
)

ONWARD: Mapping[str, str] = MappingProxyType(
    {
        "assign": "forward",
        "handle": "submit",
        "correct": "pass",
        "approve": "approve",
        "acknowledge": "acknowledge",
    }
)
OUTCOMES: Mapping[str, str] = MappingProxyType(
    {
        "forward": "forwarded",
        "send-back": "sent-back",
        "decline": "declined",
        "submit": "submitted",
        "pass": "passed",
        "approve": "approved",
        "return": "returned",
        "acknowledge": "acknowledged",
        "recall": "recalled",
        "withdraw": "withdrawn",
        "merge": "merged",
    }
)
"""How each decision ends its task. Moving to another SOP is left out: the office of these tests has only one."""

TWICE = (time(7, 30), time(13))
"""When somebody is reminded who has not answered three reminders."""

LADDER = ("warn", "late", "escalate", "repeat")


def following(step: int, action: str, to: int | None = None) -> int | None:
    """Return the row that a decision leads to, `ENDED` after the last; None where the SOP does not know it.

    `to` is the row that was opened: a disposition goes back to any earlier row that assigns.
    """
    row = ROWS[step]
    if action == ONWARD[row.kind]:
        return step + 1 if step < 9 else ENDED
    if action == "send-back" and row.kind == "assign" and step > 1:
        return to if to is not None and to < step and ROWS[to].kind == "assign" else None
    if action == "recall" and step > 1 and ROWS[step - 1].kind == "assign":
        return step - 1
    if action == "withdraw" and step <= 5:
        return ENDED
    if action in {"decline", "merge"} and step == 1:
        return ENDED
    if action == "return" and row.kind in {"correct", "approve"}:
        return 5
    return None


def due(step: int, opened: datetime) -> datetime:
    """Return the deadline of a row that was opened at `opened`."""
    row = ROWS[step]
    return days_later(opened, row.days) if row.days else passed(opened, row.minutes * 60)


def longest_quiet(reminded: datetime) -> datetime:
    """Return by when a person who was reminded at `reminded` may hear the next reminder, however often it was before.

    That is two hours later, or the next half past seven or one o'clock after half an hour, if that comes later.
    """
    soonest = reached(reminded, HALF_AN_HOUR).astimezone(WITA)
    clocks = [datetime.combine(soonest.date() + timedelta(days=day), one, WITA) for day in range(8) for one in TWICE]
    of_day = next(at for at in (reached(clock, 0) for clock in clocks) if at >= soonest)
    return max(of_day, reached(reminded, 4 * HALF_AN_HOUR))


def earliest(task: Row, ordinal: int) -> datetime:
    """Return the first instant at which a rung of the ladder may be climbed for `task`."""
    row, opened, deadline = ROWS[task["step"]], task["opened_at"], task["due_at"]
    if ordinal == 0 and task["clock_from"] is not None:
        # A recalled task goes on with the clock of the one that was forwarded: a fifth of the standard is left.
        return reached(opened, max(0, worked(opened, deadline) - 0.2 * row.minutes * 60))
    if ordinal == 0:
        return reached(opened, 0.8 * worked(opened, deadline))
    if ordinal == 1:
        return reached(deadline, 1)
    if row.days:
        at = deadline
        for _ in range(ordinal - 1):
            at = days_later(at, row.days)
        return reached(at, 0)
    standard = row.minutes * 60
    return reached(deadline, standard + max(standard, HALF_AN_HOUR) * (ordinal - 2))
