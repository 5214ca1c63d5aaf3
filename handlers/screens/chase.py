"""The reminders of a task: to its holder, and to others who are told that the task is late or waits."""

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from handlers.screens.screen import Button, Screen, Touch
from handlers.screens.span import Span, worded
from handlers.texts.catalogue import Say
from models.rules.standard import Standard


@dataclass(frozen=True, slots=True)
class NudgeView:
    """A task of which a reminder tells. `span` is the office time left or, where `late`, the office time exceeded.

    `mine` is whether the reader may decide the task. Other readers see the post that has the task, and since when.
    `urges` counts how often the reporter has urged.
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
    urges: int = 0


def nudge(view: NudgeView, say: Say) -> Screen:
    """Return the reminder of a task, with its lateness at the instant of the view."""
    span = worded(view.span, say)
    status = Button(say.plain("button-status"), Touch.STATUS, str(view.case_id))
    if not view.mine:
        since = say.time.moment(view.opened_at, now=view.now)
        code = "nudge-held-up" if view.late else "nudge-held"
        return Screen(text=say(code, number=view.number, post=view.post, since=since, span=span), rows=((status,),))
    rows = ((Button(say.plain("button-open-card"), Touch.OPEN_CARD, str(view.task_id)), status),)
    if view.late:
        standard = say.time.standard(view.standard)
        text = say("nudge-late", number=view.number, span=span, standard=standard)
    else:
        text = say("nudge-warn", number=view.number, span=span)
    urged = [say("nudge-urged", count=view.urges)] if view.urges else []
    return Screen(text=Markup("\n").join((text, *urged)), rows=rows)
