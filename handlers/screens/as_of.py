"""Of when a list is: the last line of each list, true however long it stands in a chat."""

from datetime import datetime

from markupsafe import Markup

from handlers.texts.catalogue import Say


def as_of(at: datetime, say: Say) -> Markup:
    """Return the line that says of which instant a list is."""
    return say("list-as-of", time=say.time.of_list(at))
