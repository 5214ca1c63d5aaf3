"""Why a task is late, on its card: the button, the question for the reason, and the reason once it is given."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from handlers.screens.screen import Button, Touch
from handlers.screens.span import Span, worded
from handlers.texts.catalogue import Say
from handlers.texts.shorten import shortened
from models.office.tenure import Capacity
from models.rules.standard import Standard

LIMIT = 500
"""The `length` of a reason: a paper has it in one row beside the times."""

_SHOWN = 300


@dataclass(frozen=True, slots=True)
class LatenessView:
    """A task that is late in the record: by how much office time, over which standard.

    `reason` is "" where nobody has given one; `name` gave it, in this `capacity`, for the post with this short name.
    `may` is whether the reader may give one, or another one, now.
    """

    step: int
    late: Span
    standard: Standard
    reason: str
    name: str
    capacity: Capacity
    post: str
    may: bool


def asking(view: LatenessView, say: Say) -> Markup:
    """Return the question for the reason."""
    return say(
        "prompt-expects-late-reason",
        step=str(view.step),
        late=worded(view.late, say),
        standard=say.time.standard(view.standard),
        limit=LIMIT,
        before="yes" if view.reason else "no",
    )


def facts(view: LatenessView | None, say: Say) -> Iterator[Markup]:
    """Go through the lines of a card on the reason: none where none was given."""
    if view is None or not view.reason:
        return
    capacity = say.plain(f"capacity-{view.capacity.value}", post=view.post)
    who = say.plain("decided-by", name=view.name, capacity=capacity)
    yield say("card-late-reason", who=who, reason=shortened(view.reason, _SHOWN))


def label(view: LatenessView, say: Say) -> str:
    """Return the words of the button."""
    return say.plain("button-explain-again" if view.reason else "button-explain")


def rows(view: LatenessView | None, say: Say) -> tuple[tuple[Button, ...], ...]:
    """Return the row of a decided card by which the reader says why it was late; none where they may not."""
    if view is None or not view.may:
        return ()
    return ((Button(label(view, say), Touch.EXPLAIN),),)
