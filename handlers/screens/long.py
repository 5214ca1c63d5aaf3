"""Long words in a message: Fluent refuses a variable of more than 2,500 characters, escapes included."""

from html import escape
from typing import Any

from handlers.texts.catalogue import Html, Say

VARIABLE = 2400
"""Characters, once escaped for HTML, that a variable of a message may safely have."""

_PLACE = "\ue000"
"""Stands for the long words while the message is made; a private character, so nobody types it."""


def say_long(say: Say, code: str, name: str, words: str, /, **data: Any) -> Html:
    """Return the message `code` with `words`, of any length, as its variable `name`; escaped unless they are `Html`."""
    body = words if isinstance(words, Html) else escape(words, quote=False)
    return Html(say(code, **{name: Html(_PLACE)}, **data).replace(_PLACE, body))


def pages(text: str) -> list[str]:
    """Return `text` in pieces that each fit a variable, cut between words where that is possible."""
    found: list[str] = []
    rest = text
    while rest:
        size, room = 0, VARIABLE
        while size < len(rest) and (room := room - len(escape(rest[size], quote=False))) >= 0:
            size += 1
        if size < len(rest):
            space = max(rest.rfind(" ", 0, size), rest.rfind("\n", 0, size)) + 1
            size = space if space > size // 2 else size
        found.append(rest[:size])
        rest = rest[size:]
    return found
