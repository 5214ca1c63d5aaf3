"""The message that reminds a reporter of the questions that wait for their answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from handlers.screens.screen import Button, Screen, Style, Touch
from handlers.texts.catalogue import Say
from handlers.texts.shorten import shortened

_SHOWN = 5
"""Questions that one message names, the oldest first."""

_ROOM = 2400
"""Characters of all questions in one message."""


@dataclass(frozen=True, slots=True)
class AskedLine:
    """A question that waits for its answer: of which case, who asked it in which role, and since when."""

    question_id: int
    number: str
    role: str
    name: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ReminderView:
    """What a reporter is reminded of. `writing` is the question to which the next message of the chat is the answer."""

    asked: Sequence[AskedLine]
    writing: AskedLine | None
    now: datetime


def reminder(view: ReminderView, say: Say) -> Screen:
    """Return the reminder: each question with a button to answer it, or the one that is being answered."""
    if not view.asked:
        return Screen(say("reminder-over"))
    if view.writing is not None:
        back = Button(say.plain("button-back"), Touch.BACK)
        asked = _line(view.writing, view, say, _ROOM)
        return Screen(Markup("\n").join((asked, say("prompt-expects-answer"))), ((back,),))
    shown = view.asked[:_SHOWN]
    blocks = (
        say("reminder-title", count=len(view.asked)),
        *(_line(one, view, say, _ROOM // len(shown)) for one in shown),
        say("reminder-how" if len(view.asked) == 1 else "reminder-how-many"),
    )
    return Screen(Markup("\n").join(blocks), tuple((_button(one, shown, say),) for one in shown))


def _line(one: AskedLine, view: ReminderView, say: Say, limit: int) -> Markup:
    since = say.time.moment(one.at, now=view.now)
    data = {"number": one.number, "role": one.role, "name": one.name, "since": since}
    return say("reminder-line", question=shortened(one.text, limit), **data)


def _button(one: AskedLine, shown: Sequence[AskedLine], say: Say) -> Button:
    """Return the button to answer a question; where its case has several, the label has the beginning of it."""
    several = sum(other.number == one.number for other in shown) > 1
    words = say.plain("reminder-which", question=shortened(" ".join(one.text.split()), 20)) if several else ""
    label = say.plain("button-answer-to", number=one.number) + words
    return Button(label, Touch.ANSWER, str(one.question_id), Style.GREEN)
