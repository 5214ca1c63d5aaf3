"""Why a task was late, as the journal tells it, and what cannot have been said."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from models.case.explaining import TO_EXPLAIN
from models.journal.chain import Entry
from models.office.tenure import ActingAs, Capacity
from models.proof.account import Account
from models.proof.foreseen import Foreseen
from models.proof.renames import Renames
from models.rules.actions import Verb
from models.rules.sop import Sop

UNEXPLAINED: Mapping[str, Any] = {
    "late_reason": "",
    "late_reason_at": None,
    "late_reason_by_id": None,
    "late_reason_as": None,
}
"""What a task begins with: nobody has said why it is late."""


def explained(
    tasks: Sequence[Account], entry: Entry, body: Mapping[str, Any], renames: Renames, *, sop: Sop | None
) -> Account:
    """Take over why a task is late, and return the task. Raises `ValueError` for what could not be said."""
    closed_at = datetime.fromisoformat(body["closed"]) if "closed" in body else None
    wanted = (body["step"], body["round"], closed_at)
    told = (one for one in reversed(tasks) if _named(one.columns) == wanted)
    task = next(told, None)
    if task is None or (closed_at is None and task is not tasks[-1]):
        raise ValueError("a reason is given for a task that was not there")
    if closed_at is not None and (entry.at > closed_at + TO_EXPLAIN or task.columns["late_by"] == 0):
        raise ValueError("a reason is given for a task that was in time, or too late")
    if sop is not None and not sop.permits(Verb.EXPLAIN):
        raise ValueError("the SOP does not allow that a reason is given")
    _check_capacity(entry, task.columns, renames)
    said = {"late_reason_at": entry.at, "late_reason_by_id": entry.actor_id, "late_reason_as": entry.capacity}
    task.add(entry.sequence, late_reason=body["text"], **said)
    return task


def _named(task: Mapping[str, Any]) -> tuple[int, int, datetime | None]:
    return task["step"], task["round"], task["closed_at"]


def _check_capacity(entry: Entry, task: Mapping[str, Any], renames: Renames) -> None:
    """Raise `ValueError` unless the person spoke for the post at which the task is, or was decided."""
    acting = ActingAs.parse(entry.capacity)
    if acting is None or renames.present(acting.post, told_at=entry.at) != task["post"]:
        raise ValueError("a reason is given by somebody who does not act for the post")
    if acting.capacity is Capacity.ADMIN and task["raised_from"] != task["post"]:
        raise ValueError("an admin gives a reason for what was not left to the admins")


def check_late_so_far(foreseen: Foreseen, task: Account, entry: Entry, body: Mapping[str, Any]) -> None:
    """Raise `ValueError` where an open task that has a reason was in time by each calendar that it may have had."""
    calendars = foreseen.in_force(entry, body)
    if calendars and not any(foreseen.late_by(task.columns, one, at=entry.at) > 0 for one in calendars):
        raise ValueError("a reason is given for a task that is in time")
