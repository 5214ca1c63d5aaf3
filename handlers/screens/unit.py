"""The card that asks a registered person, once, in which unit they work."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from handlers.screens.screen import Button, Screen, Touch
from handlers.texts.catalogue import Say
from handlers.texts.shorten import shortened

_LABEL = 40


class AskingUnit(StrEnum):
    """The faces of the card; each is a `Face` of the card."""

    MAIN = "main"
    WRITING = "expects-unit"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class UnitView:
    """What the card shows: the units that others have given, and the reader's own once there is one."""

    face: AskingUnit
    offered: Sequence[str]
    unit: str


def unit_card(view: UnitView, say: Say) -> Screen:
    """Return the card that asks, with the units to tap; or what came of it."""
    if view.face is AskingUnit.DONE:
        return Screen(say("unit-kept", unit=view.unit) if view.unit else say("unit-skipped"))
    skip = Button(say.plain("button-skip-unit"), Touch.SKIP_UNIT)
    if view.face is AskingUnit.WRITING:
        return Screen(say("write-own-unit"), rows=((skip,),))
    rows = [(Button(shortened(one, _LABEL), Touch.TAKE_UNIT, one),) for one in view.offered]
    write = Button(say.plain("button-type-unit"), Touch.TYPE_UNIT)
    return Screen(say("unit-asked"), rows=(*rows, (write, skip)))
