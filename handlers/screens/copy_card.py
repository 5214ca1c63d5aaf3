"""The card of a copy (tembusan): read only, without a sound, with one button that says that it was read."""

from datetime import datetime

from markupsafe import Markup

from handlers.screens import phone
from handlers.screens.screen import Button, Screen, Touch
from handlers.screens.story import came_with, who, words
from handlers.screens.task_view import TaskView
from handlers.screens.urgency import sifat, sign
from handlers.texts.catalogue import Say
from handlers.texts.shorten import shortened

_ROOMS = ((400, 1500), (300, 700), (200, 300), (100, 120))
"""Characters of the subject and of the note: as many as the card has room for on a phone."""


def copy_card(view: TaskView, say: Say, *, read_at: datetime | None) -> Screen:
    """Return the card of a copy of what decided the task of `view`.

    A reader who has left the post sees its number, and so does who finds a lost phone on which it was never read.
    """
    heading = say("copy-title", number=view.number, step=str(view.step), of=str(view.steps))
    lost = read_at is None and not view.live
    if lost or not view.readable or view.decision is None:
        return Screen(Markup("\n\n").join((heading, say("card-withdrawn"))), silent=True)
    return phone.roomiest(_ROOMS, lambda room: _drawn(view, say, heading, room, read_at=read_at), phone.fits)[1]


def _drawn(view: TaskView, say: Say, heading: Markup, room: tuple[int, int], *, read_at: datetime | None) -> Screen:
    subject, note = room
    unit = say("card-unit", unit=view.unit) if view.unit else Markup()
    facts = (
        say("card-reporter", name=view.reporter, unit=unit),
        say(
            "card-sifat",
            words=sifat(view.urgency, say, confidential=view.confidential),
            files=came_with(view.files, say),
        ),
    )
    blocks = [
        Markup("\n").join(
            (sign(view.urgency) + heading, say("card-subject", subject=shortened(view.subject, subject)))
        ),
        Markup("\n").join(facts),
        _decided(view, say, note),
        say("decided-taken-back") if view.decision is not None and view.decision.recalled else Markup(),
    ]
    if read_at is None:
        button = Button(say.plain("button-read"), Touch.READ)
        return Screen(phone.stacked((*blocks, say("copy-for-information"))), ((button,),), silent=True)
    mark = say("copy-read-by-you", at=say.time.brief(read_at, now=view.story.now))
    position = Button(say.plain("button-position"), Touch.POSITION)
    timeline = Button(say.plain("button-timeline"), Touch.TIMELINE)
    return Screen(phone.stacked((*blocks, mark)), ((position, timeline),), silent=True)


def _decided(view: TaskView, say: Say, limit: int) -> Markup:
    """Return who decided, when, where the case is now, and the words that came with it."""
    decision = view.decision
    if decision is None:
        return Markup()
    now_at = say("card-now-at", role=view.now_at) if view.now_at else Markup()
    at = say.time.moment(decision.at, now=view.story.now)
    ended = say(f"decided-{decision.outcome.value}", who=who(decision, say), at=at, now=now_at)
    return Markup("\n").join((ended, words(decision, say, limit=limit))) if decision.speaks else ended
