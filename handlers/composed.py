"""Texts whose code is made of a word and a member of an enumeration. The program does not start without one of them."""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

from handlers.screens.controls import CONTROLS, SELDOM, SIGNING_OFF
from handlers.screens.queue import Listing
from handlers.texts.catalogue import MissingText, Texts
from models.case.attachment import AttachmentKind
from models.case.case import CaseState
from models.case.evaluation import Part
from models.case.verdict import Rating
from models.mail.correspondence import Alert, News
from models.office.proposal import ProposalKind
from models.office.seating import Because
from models.office.tenure import Capacity
from models.rules.actions import Action, Outcome
from models.rules.ladder import RungKind
from models.rules.step_kinds import StepKind
from models.rules.urgency import Urgency

_REASONED = [action for action in Action if action.rules.reasoned]

COMPOSED: Mapping[str, Iterable[StrEnum]] = {
    "action": Action,
    "alert": Alert,
    "button": {control.touch for rows in CONTROLS.values() for row in (*rows, SELDOM) for control in row},
    "button-case": CaseState,
    "capacity": Capacity,
    "card-raised": Because,
    "card-title": StepKind,
    "count": AttachmentKind,
    "decided": Outcome,
    # A draft has no entry in the journal; what the reporter says in the end has sentences of its own, and what a
    # superior says of the work is not told there.
    "happened": [*(set(Action) - {Action.WRITE, Action.FEEDBACK, Action.RATE, Action.APPRAISE}), *RungKind, *Rating],
    "rated": Rating,
    "button-rating": Rating,
    "list": Listing,
    "list-case": CaseState,
    "news": News,
    "outcome": Outcome,
    "part": Part,
    "proposal": ProposalKind,
    "prompt-reasons": _REASONED,
    "raised": Because,
    "register-because": Because,
    "register-capacity": Capacity,
    "register-rung": RungKind,
    "register-state": CaseState,
    "status-desk": StepKind,
    # An admin who decides in the place of a post holds none.
    "tenure": set(Capacity) - {Capacity.ADMIN},
    "turned-reasons": _REASONED,
    "urgency": Urgency,
}


def codes() -> Iterator[str]:
    """Go through all codes that are composed."""
    for word, members in COMPOSED.items():
        yield from (f"{word}-{member.value}" for member in members)
    # What signs off the last step closes the case, and its button says so.
    yield from (f"button-{control.touch.value}-last" for control in SIGNING_OFF.values())


def require(texts: Texts) -> None:
    """Raise `MissingText` naming every composed code that a language has no text for."""
    missing = sorted(texts.missing(codes()))
    if missing:
        raise MissingText(", ".join(missing))
