"""What the journal tells of the verdict on a case that is over, and what cannot have been said."""

from collections.abc import Callable, Mapping
from typing import Any

from models.case.case import CaseState
from models.case.verdict import changeable_until
from models.journal.chain import Entry
from models.proof.account import Account
from models.rules.actions import Action

UNJUDGED: Mapping[str, None] = dict.fromkeys(
    ("helped", "helped_at", "quick", "clear", "well", "appraised_at", "appraised_by_id", "appraised_as")
)
"""What a case begins with: nobody has said anything of it."""


def _judged(case: Account, entry: Entry, body: Mapping[str, Any]) -> None:
    """Take over whether the result helped. What was said beside an earlier verdict is taken back."""
    if entry.actor_id != case.columns["reporter_id"]:
        raise ValueError("only the reporter says whether it helped")
    case.add(entry.sequence, helped=body["helped"], helped_at=entry.at, quick=None, clear=None)


def _rated(case: Account, entry: Entry, body: Mapping[str, Any]) -> None:
    """Take over what the reporter says of a result that helped. Raises `ValueError` for what could not be said."""
    until = changeable_until(case.columns["helped_at"])
    if entry.actor_id != case.columns["reporter_id"] or case.columns["helped"] is not True:
        raise ValueError("only the reporter rates a result, and one that helped")
    if until is None or entry.at > until:
        raise ValueError("a result is rated when that was over")
    said = {name: body[name] for name in ("quick", "clear") if name in body}
    if len(said) != 1:
        raise ValueError("a rating says one thing")
    case.add(entry.sequence, **said)


def _appraised(case: Account, entry: Entry, body: Mapping[str, Any]) -> None:
    """Take over what a superior says of the work. Raises `ValueError` for what could not be said."""
    first = case.columns["appraised_at"]
    until = changeable_until(first)
    if case.columns["state"] != CaseState.CLOSED.value:
        raise ValueError("the work on a case is appraised that is not finished")
    if until is not None and entry.at > until:
        raise ValueError("an appraisal is changed when that was over")
    by = {"appraised_by_id": entry.actor_id, "appraised_as": entry.capacity}
    case.add(entry.sequence, well=body["well"], appraised_at=first or entry.at, **by)


JUDGEMENTS: Mapping[Action, Callable[[Account, Entry, Mapping[str, Any]], None]] = {
    Action.FEEDBACK: _judged,
    Action.RATE: _rated,
    Action.APPRAISE: _appraised,
}
"""How the entry of each action is taken in that says something of a case that is over."""
