"""The messages that chase: due soon, late, held up, still late."""

from dataclasses import dataclass
from datetime import datetime

from handlers.screens.screen import Button, Screen, Touch
from handlers.screens.span import Span, worded
from handlers.texts.catalogue import Say
from models.rules.standard import Standard


@dataclass(frozen=True, slots=True)
class NudgeView:
    """One task that is chased. `span` is what is left of its time, or how late it is.

    `mine` tells whether the reader may decide it; others are told where it is held up, and since when.
    """

    task_id: int
    case_id: int
    number: str
    post: str
    opened_at: datetime
    now: datetime
    span: Span
    late: bool
    standard: Standard
    mine: bool


def nudge(view: NudgeView, say: Say) -> Screen:
    """Return the reminder of a task, as late as it is now."""
    span = worded(view.span, say)
    status = Button(say.plain("button-status"), Touch.STATUS, str(view.case_id))
    if not view.mine:
        since = say.time.moment(view.opened_at, now=view.now)
        code = "nudge-held-up" if view.late else "nudge-held"
        return Screen(text=say(code, number=view.number, post=view.post, since=since, span=span), rows=((status,),))
    rows = ((Button(say.plain("button-open-card"), Touch.OPEN_CARD, str(view.task_id)), status),)
    if view.late:
        standard = say.time.standard(view.standard)
        return Screen(text=say("nudge-late", number=view.number, span=span, standard=standard), rows=rows)
    return Screen(text=say("nudge-warn", number=view.number, span=span), rows=rows)
