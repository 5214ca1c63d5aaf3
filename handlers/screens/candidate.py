"""A person who may be chosen on a card."""

from dataclasses import dataclass

from handlers.screens.screen import Button, Touch
from handlers.texts.catalogue import Say


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person who may get a task, with the number of tasks open at that person."""

    person_id: int
    name: str
    open_tasks: int


def offer(one: Candidate, touch: Touch, say: Say) -> Button:
    """Return the button that chooses a person."""
    label = say.plain("button-candidate", name=one.name, count=one.open_tasks)
    return Button(label, touch, str(one.person_id))
