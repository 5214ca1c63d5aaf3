"""The columns of a task that was just opened, as the entry tells them that opened it, and what follows for them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from models.journal.chain import Entry
from models.proof.account import Account
from models.proof.capacities import raised_columns, told_not_by
from models.proof.explanations import UNEXPLAINED
from models.proof.renames import Renames
from models.rules.actions import Outcome
from models.rules.pausing import Pause


def opened_columns(entry: Entry, opened: Mapping[str, Any], renames: Renames) -> dict[str, Any]:
    """Return the columns; raises `KeyError` or `ValueError` where the entry does not tell them.

    Entries from before a report could shorten its standard do not tell that.
    """
    return {
        "step": opened["step"],
        "round": opened["round"],
        "post": renames.present(opened["post"], told_at=entry.at),
        "due_at": datetime.fromisoformat(opened["due"]),
        "assignee_id": opened["assignee"],
        **raised_columns(opened.get("raised"), renames, told_at=entry.at),
        **({"standard": opened["standard"]} if "standard" in opened else {}),
        "not_by": told_not_by(opened),
        "mandate": opened.get("mandate", True),
        "opened_at": entry.at,
        "started_at": None,
        "closed_at": None,
        "outcome": None,
        "decided_by_id": None,
        "decided_as": None,
        "note": "",
        "instructions": [],
        "rung": 0,
        "late_by": None,
        "moved": None,
        "paused_at": None,
        "pauses": [],
        "clock_from": None,
        "extensions": [],
        "urges": 0,
        "urged_at": None,
        "overrun_at": None,
        **UNEXPLAINED,
    }


def round_begun(tasks: Sequence[Account], number: int) -> int:
    """Return the round of a task that begins after `tasks`: a return alone begins another one, and it is the next.

    Otherwise a round that somebody has written into the row would be told by the entry after it, and hold. Raises
    `ValueError` where `number`, which an entry tells, is another one.
    """
    expected = 1
    if tasks:
        expected = tasks[-1].columns["round"] + (tasks[-1].columns["outcome"] == Outcome.RETURNED.value)
    if number != expected:
        raise ValueError("a round begins that nothing led to")
    return expected


def clock_going_on(entry: Entry, forwarded: Mapping[str, Any]) -> dict[str, Any]:
    """Return the clock of a task that goes on where that of the one stopped that was forwarded and is recalled."""
    return {
        "pauses": [*forwarded["pauses"], Pause(forwarded["closed_at"], entry.at).kept],
        "clock_from": forwarded["clock_from"] or forwarded["opened_at"],
        "extensions": forwarded["extensions"],
        "rung": forwarded["rung"],
    }
