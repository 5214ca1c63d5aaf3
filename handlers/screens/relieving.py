"""Ending a tenure: what will happen, said before it does; and what became of it, with the way back for some minutes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.screens.screen import Button, Screen, Style, Touch
from handlers.texts.catalogue import Say
from handlers.texts.shorten import shortened
from models.office.tenure import Capacity

_NAMED = 4
"""Reports that a page names."""

_TEXT = 120


@dataclass(frozen=True, slots=True)
class RelievingView:
    """A tenure that is to end: `numbers` are the reports whose open task its holder could decide.

    `left` names those who act for the post afterwards, `superiors` who is told where nobody does. `from_person` is
    whether the page was opened from that of the person, not from that of the post.
    """

    number: int
    code: str
    person_id: int
    name: str
    post: str
    capacity: Capacity
    numbers: Sequence[str]
    left: Sequence[str]
    superiors: Sequence[str]
    from_person: bool = False


@dataclass(frozen=True, slots=True)
class RelievedView:
    """A tenure that has ended. `until` is the instant until which it can be undone, None where it cannot any more."""

    number: int
    code: str
    person_id: int
    name: str
    post: str
    until: datetime | None
    again: bool
    now: datetime
    from_person: bool = False


def relieving(view: RelievingView, say: Say) -> Screen:
    """Return what the end of a tenure means, with the button that ends it."""
    said = ", ".join(view.numbers[:_NAMED]) + (", …" if len(view.numbers) > _NAMED else "")
    left, superiors = say.time.join(list(view.left)), say.time.join(list(view.superiors))
    text = say(
        "relieving",
        name=view.name,
        post=say.plain(f"capacity-{view.capacity.value}", post=shortened(view.post, _TEXT)),
        count=len(view.numbers),
        numbers=said,
        kind="left" if view.left else "superiors" if view.superiors else "nobody",
        to=shortened(left or superiors, _TEXT),
    )
    yes = Button(say.plain("button-relieve-now"), Touch.RELIEVE, str(view.number), Style.RED)
    return Screen(text, rows=((yes,), _back(view, say)))


def relieved(view: RelievedView, say: Say) -> Screen:
    """Return what became of the tenure; while it can be undone, with the button that does it."""
    back = _back(view, say)
    data = {"name": view.name, "post": shortened(view.post, _TEXT)}
    if view.again:
        return Screen(say("relieved-undone", **data), rows=(back,))
    if view.until is None or view.until <= view.now:
        return Screen(say("relieved", **data), rows=(back,))
    text = say("relieved-undoable", **data, until=say.time.moment(view.until, now=view.now))
    undo = Button(say.plain("button-undo"), Touch.UNDO_RELIEF, str(view.number), Style.GREEN)
    return Screen(text, rows=((undo,), back))


def _back(view: RelievingView | RelievedView, say: Say) -> tuple[Button, ...]:
    """Return the way back to the page from which this one was opened."""
    label = say.plain("button-back")
    if view.from_person:
        return (Button(label, Touch.OPEN_PERSON, str(view.person_id)),)
    return (Button(label, Touch.OPEN_POST, view.code),)
