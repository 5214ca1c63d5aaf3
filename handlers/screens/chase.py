"""The reminders of a task: to its holder, and to others who are told that the task is late or waits."""

from dataclasses import dataclass
from datetime import datetime

from handlers.screens.screen import Button, Screen, Touch
from handlers.screens.span import Span, worded
from handlers.screens.urgency import numbered
from handlers.texts.catalogue import Say
from models.rules.standard import Standard
from models.rules.urgency import Urgency


@dataclass(frozen=True, slots=True)
class NudgeView:
    """A task of which a reminder tells. `span` is the office time left or, where `late`, the office time exceeded.

    `mine` is whether the reader may decide the task. Other readers see the post that has the task, and since when.
    `paused_since` is since when its clock stands still because the reporter is asked, None while it runs.
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
    urgency: Urgency
    paused_since: datetime | None = None


def nudge(view: NudgeView, say: Say) -> Screen:
    """Return the reminder of a task, with its lateness at the instant of the view."""
    span, number = worded(view.span, say), numbered(view.number, view.urgency, say)
    status = Button(say.plain("button-status"), Touch.STATUS, str(view.case_id))
    if view.paused_since is not None:
        return _pause(view, view.paused_since, status, say)
    if not view.mine:
        since = say.time.moment(view.opened_at, now=view.now)
        code = "nudge-held-up" if view.late else "nudge-held"
        return Screen(text=say(code, number=number, post=view.post, since=since, span=span), rows=((status,),))
    rows = ((Button(say.plain("button-open-card"), Touch.OPEN_CARD, str(view.task_id)), status),)
    if view.late:
        standard = say.time.standard(view.standard)
        return Screen(text=say("nudge-late", number=number, span=span, standard=standard), rows=rows)
    return Screen(text=say("nudge-warn", number=number, span=span), rows=rows)


def _pause(view: NudgeView, since: datetime, status: Button, say: Say) -> Screen:
    """Return the word that a pause lasts. It makes no sound: nothing is late."""
    card = Button(say.plain("button-open-card"), Touch.OPEN_CARD, str(view.task_id))
    data = {
        "number": numbered(view.number, view.urgency, say),
        "post": view.post,
        "since": say.time.moment(since, now=view.now),
    }
    code = "nudge-paused" if view.mine else "nudge-paused-elsewhere"
    return Screen(text=say(code, **data), rows=((card, status) if view.mine else (status,),), silent=True)
