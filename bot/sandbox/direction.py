"""What the program around the stand-in offers on the page beside the chats: a play, troubles, whatever it knows.

The stand-in hands it on as it is. Its page knows the keys that `view` may have; each may be missing:
`play` (`state`, `heading`, `look`, `done`, `of`, `cue`), `places`, `troubles`, `told`, `record` and `flow`.
"""

from __future__ import annotations

from typing import Protocol

from bot.sandbox.chats import Json


class Direction(Protocol):
    """The page's way to the program around the stand-in."""

    def view(self) -> Json:
        """Return what the page shows; the program calls `World.changed` when that changes."""

    async def act(self, do: str, fields: Json) -> None:
        """Do what a control of the page asks for. KeyError for what is not offered, ValueError where it cannot be."""
