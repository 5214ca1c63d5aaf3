"""The reminders of a task: to its holder, and to others who are told that the task is late or waits."""

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from handlers.screens.screen import Button, Screen, Touch
from handlers.screens.urgency import numbered
from handlers.texts.catalogue import Say
from models.rules.standard import Standard
from models.rules.urgency import Urgency


@dataclass(frozen=True, slots=True)
class NudgeView:
    """A task of which a reminder tells. `late` is whether office time has passed since its deadline.

    `mine` is whether the reader may decide the task. Other readers see the post that has the task, and since when. A
    reminder stands in the chat for long, so it names instants, and no time that is left. `paused_since` is since when
    the clock of the task stands still because the reporter is asked, None while it runs. `urges` counts how often the
    reporter has urged. `overrun` is how often the case has been at the desk, where it has also taken longer than the
    whole SOP may, else 0. `explainable` is whether the reader may say now why the task is late, and nobody has.
    """

    task_id: int
    case_id: int
    number: str
    post: str
    opened_at: datetime
    due: datetime
    late: bool
    standard: Standard
    mine: bool
    urgency: Urgency
    paused_since: datetime | None = None
    urges: int = 0
    overrun: int = 0
    explainable: bool = False


def nudge(view: NudgeView, say: Say) -> Screen:
    """Return the reminder of a task."""
    due, number = say.time.live(view.due), numbered(view.number, view.urgency, say)
    status = Button(say.plain("button-status"), Touch.STATUS, str(view.case_id))
    if view.paused_since is not None:
        return _pause(view, view.paused_since, status, say)
    if not view.mine:
        since = say.time.stamp(view.opened_at)
        code = "nudge-held-up" if view.late else "nudge-held"
        text = say(code, number=number, post=view.post, since=since, due=due)
        rounds = [say("nudge-overrun", count=view.overrun)] if view.overrun else []
        return Screen(text=Markup("\n").join((text, *rounds)), rows=((status,),))
    rows = ((Button(say.plain("button-open-card"), Touch.OPEN_CARD, str(view.task_id)), status),)
    if view.late:
        standard = say.time.standard(view.standard)
        text = say("nudge-late", number=number, due=due, standard=standard)
    else:
        text = say("nudge-warn", number=number, due=due)
    urged = [say("nudge-urged", count=view.urges)] if view.urges else []
    why = ((Button(say.plain("button-explain"), Touch.EXPLAIN),),) if view.late and view.explainable else ()
    return Screen(text=Markup("\n").join((text, *urged)), rows=(*rows, *why))


def _pause(view: NudgeView, since: datetime, status: Button, say: Say) -> Screen:
    """Return the word that a pause lasts. It makes no sound: nothing is late."""
    card = Button(say.plain("button-open-card"), Touch.OPEN_CARD, str(view.task_id))
    data = {
        "number": numbered(view.number, view.urgency, say),
        "post": view.post,
        "since": say.time.stamp(since),
    }
    code = "nudge-paused" if view.mine else "nudge-paused-elsewhere"
    return Screen(text=say(code, **data), rows=((card, status) if view.mine else (status,),), silent=True)
