"""In which capacity a task was decided, held against where the journal says that the task was then."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from models.journal.chain import Entry
from models.office.seating import Because
from models.office.tenure import ActingAs, Capacity
from models.proof.renames import Renames


def raised_columns(told: Mapping[str, Any] | None, renames: Renames, *, told_at: datetime) -> dict[str, Any]:
    """Return the columns of a task by what an entry says of it: in whose place it is decided, and why.

    Raises `ValueError` for a reason that is none, and `KeyError` where one of the two is missing.
    """
    if told is None:
        return {"raised_from": None, "raised_because": None}
    home = renames.present(told["from"], told_at=told_at)
    return {"raised_from": home, "raised_because": Because(told["because"])}


def check_raised(task: Mapping[str, Any], told: Mapping[str, Any], renames: Renames, *, told_at: datetime) -> None:
    """Raise `ValueError` unless the journal told before in whose place the `task` is decided, and why."""
    expected = raised_columns(told, renames, told_at=told_at)
    if any(task[name] != value for name, value in expected.items()):
        raise ValueError("somebody acts in the place of a post that the task is not raised from")


def check_capacity(entry: Entry, task: Mapping[str, Any], renames: Renames) -> None:
    """Raise `ValueError` unless the capacity of a decision is one for the post at which the `task` is.

    An admin decides only what is left to the admins, and nobody else does.
    """
    acting = ActingAs.parse(entry.capacity)
    if acting is None:
        raise ValueError("a task is decided by somebody who acts for no post")
    if renames.present(acting.post, told_at=entry.at) != task["post"]:
        raise ValueError("a task is decided by somebody who acts for another post")
    if (acting.capacity is Capacity.ADMIN) != (task["raised_from"] == task["post"]):
        raise ValueError("an admin decides what is not left to the admins, or somebody else what is")
    body = entry.payload.body if entry.payload else None
    if (task["raised_from"] is not None) != ("raised" in (body or {})):
        raise ValueError("a decision does not tell in whose place it was taken")


def told_not_by(opened: Mapping[str, Any]) -> list[int]:
    """Return who may not decide a task that was opened, as its entry tells it.

    Entries from before all reporters of a case were kept from it tell one of them, as a number.
    """
    told = opened.get("not_by", [])
    return [told] if isinstance(told, int) else list(told)
