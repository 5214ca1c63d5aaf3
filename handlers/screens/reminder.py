"""The heading of a reminder of several tasks: how many wait for its reader, and how many others hold up."""

from collections.abc import Sequence

from markupsafe import Markup

from handlers.screens.queue import TaskLine
from handlers.texts.catalogue import Say


def heading(lines: Sequence[TaskLine], say: Say, *, morning: bool, questions: int) -> Markup:
    """Return the first lines of a reminder that lists `lines`; `morning` wishes a good one.

    `questions` is how many questions about their own reports wait for the reader's answer.
    """
    own = [line for line in lines if line.mine]
    late = sum(line.late for line in own)
    told = [say("reminder-morning")] if morning else []
    if own:
        told.append(say("reminder-late" if late else "reminder-waiting", count=len(own), late=late))
    if len(own) < len(lines):
        told.append(say("reminder-held-up", count=len(lines) - len(own)))
    if questions:
        told.append(say("reminder-questions", count=questions))
    return say("reminder-heading", told=Markup(" ").join(told))
