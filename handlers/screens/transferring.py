"""Handing a task to a colleague: whom, and why. Two faces of the card of a task, and of a status card."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from handlers.screens.candidate import Candidate, offer
from handlers.screens.screen import Button, Style, Touch
from handlers.texts.catalogue import Say
from models.mail.card import Face

REASONS = 3
"""Reasons that stand on buttons."""

FACES = frozenset({Face.COLLEAGUES, Face.REASONS_TRANSFER, Face.EXPECTS_TRANSFER_REASON})
"""The faces of a card on which a task is handed on."""


@dataclass(frozen=True, slots=True)
class TransferView:
    """To whom the reader may hand a task. `role` is that of its step, `chosen` the name of who shall get it, or ""."""

    role: str
    colleagues: Sequence[Candidate]
    chosen: str


def asking(view: TransferView, face: Face, say: Say) -> Markup:
    """Return the line above the buttons."""
    return say(f"prompt-{face.value}", role=view.role, name=view.chosen)


def rows(view: TransferView, face: Face, say: Say) -> tuple[tuple[Button, ...], ...]:
    """Return the buttons of one of the `FACES`."""
    back = (Button(say.plain("button-back"), Touch.BACK),)
    if face is Face.COLLEAGUES:
        return (*((offer(one, Touch.HAND_TO, say),) for one in view.colleagues), back)
    if face is Face.REASONS_TRANSFER:
        reasons = [say.plain(f"{face.value}-{index}") for index in range(1, REASONS + 1)]
        own = Button(say.plain("button-write-reason"), Touch.WRITE_REASON)
        return (*((Button(one, Touch.REASON, one, Style.RED),) for one in reasons), (*back, own))
    return (back,)
