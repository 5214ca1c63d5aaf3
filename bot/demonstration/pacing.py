"""The pace of a play that is watched: how long each thing is given to be read, and a hand that stops it."""

import asyncio
from dataclasses import dataclass

from bot.sandbox.script import Action, Advance, Narrate, Say, SendDocument, SendPhoto, Tap, WaitFor

_CHARACTERS_A_SECOND = 18
"""How fast a newcomer reads, who looks at a chat beside the text."""

_GLANCE = 2.0
"""Seconds to find the button, or the chat, that comes next."""

_SLICE = 0.1


def reading_time(action: Action) -> float:
    """Return for how many seconds to wait before `action`, so that what it is about is seen first."""
    match action:
        case Narrate(text, look):
            return _GLANCE + len(text + look) / _CHARACTERS_A_SECOND
        case Say(_, text):
            return _GLANCE + len(text) / _CHARACTERS_A_SECOND
        case Tap() | SendPhoto() | SendDocument() | Advance() | WaitFor():
            return _GLANCE
        case _:
            return 0.0


@dataclass(frozen=True, slots=True)
class Cue:
    """Who does something next, and what: the page shows it before it is done.

    `kind` is "tap" for a label, "write" for words, "see" for what somebody is about to look at.
    """

    who: str
    kind: str
    words: str

    @classmethod
    def of(cls, action: Action) -> "Cue | None":
        """Return the cue for an action of a person; None for any other."""
        match action:
            case Say(who, text):
                return cls(who, "write", text)
            case Tap(who, label):
                return cls(who, "tap", label)
            case SendPhoto(who, caption):
                return cls(who, "write", caption)
            case SendDocument(who, name):
                return cls(who, "write", name)
            case WaitFor(who, words):
                return cls(who, "see", words)
            case _:
                return None


class Pace:
    """Waits as long as reading takes, times `factor`. `pause` stops it; `hurry` waits for nothing until `calm`."""

    def __init__(self, factor: float = 1.0) -> None:
        self._factor = factor
        self._going = asyncio.Event()
        self._going.set()
        self._hurried = False

    @property
    def paused(self) -> bool:
        """Whether the play stands still."""
        return not self._going.is_set()

    def pause(self) -> None:
        """Let the play stand still before its next action."""
        self._going.clear()

    def resume(self) -> None:
        """Let the play go on."""
        self._going.set()

    def hurry(self) -> None:
        """Wait for nothing until the next heading."""
        self._hurried = True
        self.resume()

    def calm(self) -> None:
        """Wait again as long as reading takes."""
        self._hurried = False

    async def hold(self, seconds: float) -> None:
        """Wait for so many seconds of reading, and for as long as the play is paused."""
        left = seconds * self._factor
        await self._going.wait()
        while left > 0 and not self._hurried:
            await asyncio.sleep(min(_SLICE, left))
            left -= _SLICE
            await self._going.wait()
