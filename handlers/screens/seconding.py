"""The card of a proposal: what an admin wants and may not do alone, for the second person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from markupsafe import Markup

from handlers.screens.screen import Button, Screen, Style, Touch
from handlers.texts.catalogue import Say
from handlers.texts.shorten import shortened
from models.office.proposal import ProposalKind, ProposalState

_TEXT = 120


@dataclass(frozen=True, slots=True)
class ProposalView:
    """A proposal of `by` for `name`. `post` and `away` are names, "" where the kind has none.

    `own` is whether it is for the one who proposes it, `decides` whether the reader may agree; `until` is the instant
    until which that is possible.
    """

    kind: ProposalKind
    own: bool
    by: str
    name: str
    post: str
    away: str
    first: date | None
    last: date | None
    decree: str
    state: ProposalState
    decided_by: str
    decides: bool
    until: datetime
    now: datetime


def proposal_card(view: ProposalView, say: Say) -> Screen:
    """Return the card, with the two buttons for those who may decide."""
    days = say.time.dated(view.first) if view.first is not None else ""
    if view.last is not None and view.last != view.first:
        days += f" – {say.time.dated(view.last)}"
    data: Mapping[str, Any] = {
        "by": view.by,
        "name": view.name,
        "post": shortened(view.post, _TEXT),
        "away": view.away,
        "days": days,
        "decree": view.decree,
        "own": "yes" if view.own else "no",
    }
    text = say(f"proposal-{view.kind.value}", **data)
    match view.state:
        case ProposalState.AGREED:
            return Screen(text + Markup("\n") + say("proposal-is-agreed", name=view.decided_by))
        case ProposalState.REFUSED:
            return Screen(text + Markup("\n") + say("proposal-is-refused", name=view.decided_by))
        case ProposalState.OVER:
            return Screen(text + Markup("\n") + say("proposal-is-over"))
        case ProposalState.OPEN if view.decides:
            until = say.time.moment(view.until, now=view.now)
            agree = Button(say.plain("button-agree"), Touch.AGREE, style=Style.GREEN)
            refuse = Button(say.plain("button-disagree"), Touch.DISAGREE, style=Style.RED)
            return Screen(text + Markup("\n") + say("proposal-why", until=until), rows=((agree, refuse),))
        case _:
            # Who may not agree any more, as an admin who was dismissed, reads no names either.
            return Screen(say("proposal-is-over"))
