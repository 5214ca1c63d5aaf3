"""In whose place a task is decided, and why: on its card, on the timeline, and with the name of the one who decided."""

from dataclasses import dataclass

from markupsafe import Markup

from handlers.texts.catalogue import Say
from models.office.seating import Because


@dataclass(frozen=True, slots=True)
class Raised:
    """A task is decided in the place of the post with this short name, because nobody can decide it there.

    `admins` is whether the admins do.
    """

    post: str
    because: Because
    admins: bool = False


def with_reason(capacity: str, raised: Raised | None, say: Say) -> str:
    """Return a capacity with why its holder decided in the place of a post: `Kadiv, karena jabatan Kabag lowong`."""
    if raised is None:
        return capacity
    return say.plain("capacity-raised", capacity=capacity, because=reason(raised, say))


def reason(raised: Raised, say: Say) -> str:
    """Return why a task is decided in the place of a post."""
    return say.plain(f"raised-{raised.because.value}", post=raised.post)


def line(raised: Raised, say: Say) -> Markup:
    """Return the line of a card that says why it came to this desk."""
    said = say(f"card-raised-{raised.because.value}", post=raised.post)
    return said + say("card-raised-admins") if raised.admins else said
