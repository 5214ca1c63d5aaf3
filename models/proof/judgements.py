"""What the journal tells of the verdict on a case that is over, and what cannot have been said."""

from collections.abc import Callable, Mapping
from typing import Any

from models.case.case import CaseState
from models.case.journey import FELLOW
from models.case.verdict import changeable_until
from models.journal.chain import Entry
from models.proof.account import Account
from models.proof.testimony import UNSAID, Testimony
from models.rules.actions import Action

UNJUDGED: Mapping[str, None] = dict.fromkeys((*UNSAID, "well", "appraised_at", "appraised_by_id", "appraised_as"))
"""What a case begins with: nobody has said anything of it."""


def judged(case: Account, testimony: Testimony, entry: Entry, body: Mapping[str, Any]) -> None:
    """Take over what is said of a case that is over. Raises `ValueError` for what could not be said.

    Each reporter has a word of their own: that of the first one is the case's.
    """
    if entry.action == Action.APPRAISE:
        _appraised(case, entry, body)
        return
    own = testimony.part_of(entry.actor_id) if entry.capacity == FELLOW else None
    if own is None and entry.actor_id != case.columns["reporter_id"]:
        raise ValueError("only a reporter says whether it helped, and how it was")
    _SAID[Action(entry.action)](own or case, entry, body)


def _judged(kept: Account, entry: Entry, body: Mapping[str, Any]) -> None:
    """Take over whether the result helped. What was said beside an earlier verdict is taken back."""
    kept.add(entry.sequence, helped=body["helped"], helped_at=entry.at, quick=None, clear=None)


def _rated(kept: Account, entry: Entry, body: Mapping[str, Any]) -> None:
    """Take over what a reporter says of a result that helped. Raises `ValueError` for what could not be said."""
    until = changeable_until(kept.columns["helped_at"])
    if kept.columns["helped"] is not True:
        raise ValueError("a result is rated that did not help")
    if until is None or entry.at > until:
        raise ValueError("a result is rated when that was over")
    said = {name: body[name] for name in ("quick", "clear") if name in body}
    if len(said) != 1:
        raise ValueError("a rating says one thing")
    kept.add(entry.sequence, **said)


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


_SAID: Mapping[Action, Callable[[Account, Entry, Mapping[str, Any]], None]] = {
    Action.FEEDBACK: _judged,
    Action.RATE: _rated,
}
"""How the entry of each action is taken in by which a reporter says something of a case that is over."""

JUDGEMENTS = frozenset({*_SAID, Action.APPRAISE})
"""The actions that say something of a case that is over."""
