"""The columns of a task that was just opened, as the entry tells them that opened it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from models.journal.chain import Entry
from models.proof.capacities import raised_columns
from models.proof.explanations import UNEXPLAINED
from models.proof.renames import Renames


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
        "not_by_id": opened.get("not_by"),
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
