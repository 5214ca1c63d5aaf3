"""Shortening long texts to fit a screen, and cutting them into pages that hold the whole."""

import re
from html import unescape

from markupsafe import Markup, escape

PAGE = 3500
"""Characters of a page, escapes included. A message has 4,096; the rest is for the heading."""


def visible(html: Markup) -> int:
    """Return the number of characters that a reader sees of Telegram HTML; Telegram's limit counts these."""
    return len(unescape(re.sub(r"<[^>]*>", "", html)))


def shortened(text: str, limit: int) -> str:
    """Return `text`, cut at the end of a word and marked with an ellipsis where it has more than `limit` characters."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > limit // 2 else cut).rstrip() + "…"


def pages(text: str) -> list[str]:
    """Return `text` in pages that each fit a message, cut between words where possible."""
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
