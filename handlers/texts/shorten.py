"""Shortening long texts to fit a screen, and cutting them into pages that hold the whole."""

import re
from html import unescape

from markupsafe import Markup, escape

PAGE = 3500
"""The `length` of a page, escapes included. A message has 4,096; the rest is for the heading."""


def length(text: str) -> int:
    """Return the length of `text` in UTF-16 code units, two of them for a letter outside the basic plane.

    Telegram counts its limits so in places, and in characters elsewhere. What fits by this count fits by both.
    """
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def visible(html: Markup) -> int:
    """Return the length of what a reader sees of Telegram HTML; Telegram's limit counts this."""
    return length(unmarked(html))


def unmarked(html: Markup) -> str:
    """Return what a reader sees of Telegram HTML, as plain text."""
    return unescape(re.sub(r"<[^>]*>", "", html))


def shortened(text: str, limit: int) -> str:
    """Return `text`, cut at the end of a word and marked with an ellipsis where its `length` is above `limit`."""
    if length(text) <= limit:
        return text
    cut = _beginning(text, limit - 1)
    words = cut.rpartition(" ")[0]
    return (words if length(words) > limit // 2 else cut).rstrip() + "…"


def pages(text: str) -> list[str]:
    """Return `text` in pages that each fit a message, cut between words where possible."""
    found: list[str] = []
    rest = text
    while rest:
        size, room = 0, PAGE
        while size < len(rest) and (room := room - length(escape(rest[size]))) >= 0:
            size += 1
        if size < len(rest):
            space = max(rest.rfind(" ", 0, size), rest.rfind("\n", 0, size)) + 1
            size = space if space > size // 2 else size
        found.append(rest[:size])
        rest = rest[size:]
    return found


def _beginning(text: str, limit: int) -> str:
    """Return as many characters of the beginning of `text` as have this length at most."""
    units = text.encode("utf-16-le", "surrogatepass")[: 2 * limit]
    return units.decode("utf-16-le", "ignore")
