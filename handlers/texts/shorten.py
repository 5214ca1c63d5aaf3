"""Cutting long words of people to what a screen can show; the whole stays reachable elsewhere."""

import re
from html import unescape

from markupsafe import Markup, escape

PAGE = 3500
"""Characters, escapes included, of a page of a long text: a message has 4,096, and the page its heading."""


def visible(html: Markup) -> int:
    """Return how many characters a reader sees of Telegram HTML, which is what Telegram's limit counts."""
    return len(unescape(re.sub(r"<[^>]*>", "", html)))


def shortened(text: str, limit: int) -> str:
    """Return `text` if it has at most `limit` characters, else its beginning up to a word's end, with an ellipsis."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > limit // 2 else cut).rstrip() + "…"


def pages(text: str) -> list[str]:
    """Return `text` in pieces that each fit a message, cut between words where that is possible."""
    found: list[str] = []
    rest = text
    while rest:
        size, room = 0, PAGE
        while size < len(rest) and (room := room - len(escape(rest[size]))) >= 0:
            size += 1
        if size < len(rest):
            space = max(rest.rfind(" ", 0, size), rest.rfind("\n", 0, size)) + 1
            size = space if space > size // 2 else size
        found.append(rest[:size])
        rest = rest[size:]
    return found
