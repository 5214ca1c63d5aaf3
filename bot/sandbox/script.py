"""A scripted case: who says, sends and taps what, played against a sandbox and told as it happens.

A script is a sequence of small typed actions. The player carries out one after the other, lets the bot settle, and
tells every line of every chat: what people do, what they see, which toast they get.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import assert_never

from bot.sandbox.chats import CallbackPress, Message
from bot.sandbox.people import PATIENCE, Person
from bot.sandbox.server import Sandbox
from bot.sandbox.world import Happening


@dataclass(frozen=True, slots=True)
class Say:
    """`who` writes `text`; with `reply_to`, as a reply to the newest message that shows those words."""

    who: str
    text: str
    reply_to: str | None = None


@dataclass(frozen=True, slots=True)
class SendPhoto:
    """`who` sends a photo, or an album of `count` photos."""

    who: str
    caption: str = ""
    count: int = 1


@dataclass(frozen=True, slots=True)
class SendDocument:
    """`who` sends a document."""

    who: str
    name: str
    mime: str = "application/pdf"
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Tap:
    """`who` waits for a button whose label contains `label`, taps the newest one and waits for the answer.

    With `on`, it is a button of a message that shows those words.
    """

    who: str
    label: str
    on: str = ""


@dataclass(frozen=True, slots=True)
class Follow:
    """`who` opens the deep link `link`."""

    who: str
    link: str


@dataclass(frozen=True, slots=True)
class WaitFor:
    """`who` waits until the bot shows `text`.

    With `presses` the text need not come: once the bot has answered all that was done, the clock control `control` is
    pressed so many times at the most until the text is there, and then the script goes on without it.
    """

    who: str
    text: str
    presses: int | None = None
    control: str = ""


@dataclass(frozen=True, slots=True)
class Advance:
    """Press the clock control with this label."""

    label: str


@dataclass(frozen=True, slots=True)
class Narrate:
    """Tell the reader something, for example a heading; `look` says what to look for in what follows."""

    text: str
    look: str = ""


@dataclass(frozen=True, slots=True)
class Do:
    """Whatever a script needs beside chatting, for example a look into the database."""

    action: Callable[[], Awaitable[None]]


Action = Say | SendPhoto | SendDocument | Tap | Follow | WaitFor | Advance | Narrate | Do
Script = Sequence[Action]


class LineKind(StrEnum):
    """What a told line is about."""

    NARRATION = "narration"
    CLOCK = "clock"
    SAYS = "says"
    TAPS = "taps"
    SEES = "sees"
    SEES_CHANGED = "sees changed"
    SEES_REMOVED = "sees removed"
    TOAST = "toast"


_SIGNS = {
    LineKind.NARRATION: "",
    LineKind.CLOCK: "🕑",
    LineKind.SAYS: "✍",
    LineKind.TAPS: "👆",
    LineKind.SEES: "←",
    LineKind.SEES_CHANGED: "↻",
    LineKind.SEES_REMOVED: "⌫",
    LineKind.TOAST: "💬",
}


_ICONS = {"photo": "📷", "video": "🎬", "voice": "🎤", "audio": "🎵", "video_note": "⏺"}
"""What stands for a file of a kind, in any language; another file is a paper clip."""


@dataclass(frozen=True, slots=True)
class Line:
    """One told line; `at` is the stand-in's clock, `buttons` the labels row by row."""

    kind: LineKind
    who: str
    text: str
    at: datetime
    buttons: tuple[tuple[str, ...], ...] = ()

    def __str__(self) -> str:
        """Show the line plainly: time, name, sign, text, buttons indented below."""
        if self.kind is LineKind.NARRATION:
            return f"\n── {self.text} ──"
        margin = " " * 9
        head = f"{self.at:%H.%M} {self.who} {_SIGNS[self.kind]} "
        body = ("\n" + margin).join(self.text.split("\n"))
        rows = "".join(f"\n{margin}{' '.join(f'[{label}]' for label in row)}" for row in self.buttons)
        return head + body + rows


class Player:
    """Plays scripts for `people`, known by the names the script uses.

    `tell` receives each line as it happens. `settle` is awaited after each action: it returns when the bot has
    finished what the action set off. `patience` is in real seconds. `before` is awaited before each action: a play that
    is watched waits there until what was shown is read.
    """

    def __init__(
        self,
        sandbox: Sandbox,
        people: Mapping[str, Person],
        *,
        tell: Callable[[Line], None],
        settle: Callable[[], Awaitable[None]],
        patience: float = PATIENCE,
        before: Callable[[Action], Awaitable[None]] | None = None,
    ) -> None:
        self._sandbox = sandbox
        self._before = before
        self._people = people
        self._names = {person.user_id: name for name, person in people.items()}
        self._tell = tell
        self._settle = settle
        self._patience = patience

    async def play(self, script: Script) -> None:
        """Carry out the whole script; AssertionError with the chat where someone does not see what they should."""
        with self._sandbox.listening(self._overhear):
            for action in script:
                if self._before is not None:
                    await self._before(action)
                await self._perform(action)
                await self._settle()

    async def _perform(self, action: Action) -> None:
        match action:
            case Say(who, text, reply_to):
                person = self._people[who]
                quoted = await person.awaits(reply_to, within=self._patience) if reply_to else None
                person.says(text, reply_to=quoted)
            case SendPhoto(who, caption, count):
                if count == 1:
                    self._people[who].sends_photo(caption)
                else:
                    self._people[who].sends_album(count, caption)
            case SendDocument(who, name, mime, caption):
                self._people[who].sends_document(name, mime, caption=caption)
            case Tap(who, label, on):
                await self._tap(self._people[who], label, on)
            case Follow(who, link):
                self._people[who].follows(link)
            case WaitFor(who, text, presses, control):
                if presses is None:
                    await self._people[who].awaits(text, within=self._patience)
                else:
                    await self._look(self._people[who], text, presses, control)
            case Advance(label):
                await self._advance(label)
            case Narrate(text):
                self._say(LineKind.NARRATION, "", text)
            case Do(work):
                await work()
            case _:
                assert_never(action)

    async def _tap(self, person: Person, label: str, on: str) -> None:
        def bearing() -> list[Message]:
            return [one for one in person.received if on in one.words and one.button(label)]

        await self._sandbox.until(
            lambda: bool(bearing()), within=self._patience, why=f"{person.name} never sees a button “{label}” {on}"
        )
        await person.taps(label, bearing()[-1]).answered(within=self._patience)

    async def _look(self, person: Person, text: str, presses: int, control: str) -> None:
        await self._settle()
        for _ in range(presses):
            if person.sees(text):
                return
            await self._advance(control)
            await self._settle()

    async def _advance(self, label: str) -> None:
        for control in self._sandbox.clock_controls:
            if control.label == label:
                await control.press()
                self._sandbox.world.changed()
                now = self._sandbox.world.clock()
                self._say(LineKind.CLOCK, label, f"{now:%H.%M} {now.tzname() or ''}".strip())
                return
        raise AssertionError(f"No clock control “{label}”")

    def _overhear(self, happening: Happening, message: Message, press: CallbackPress | None) -> None:
        who = self._names.get(message.chat.chat_id, message.chat.title)
        buttons = tuple(tuple(button.text for button in row) for row in message.buttons)
        match happening:
            case Happening.MESSAGE if message.from_bot:
                self._say(LineKind.SEES, who, _shown(message), buttons)
            case Happening.MESSAGE:
                self._say(LineKind.SAYS, self._names.get(message.sender.account_id, who), _shown(message))
            case Happening.EDIT if message.from_bot:
                self._say(LineKind.SEES_CHANGED, who, _shown(message), buttons)
            case Happening.DELETION if message.from_bot:
                self._say(LineKind.SEES_REMOVED, who, message.words)
            case Happening.PRESS if press:
                self._say(LineKind.TAPS, self._names.get(press.person.account_id, who), f"[{press.label}]")
            case Happening.ANSWER if press and press.answer and press.answer.text:
                self._say(LineKind.TOAST, self._names.get(press.person.account_id, who), press.answer.text)
            case _:
                pass

    def _say(self, kind: LineKind, who: str, text: str, buttons: tuple[tuple[str, ...], ...] = ()) -> None:
        self._tell(Line(kind, who, text, self._sandbox.world.clock(), buttons))


def _shown(message: Message) -> str:
    if message.media is None:
        return message.text
    icon = _ICONS.get(message.media.kind.value, "📎")
    return f"{icon} {message.media.name} {message.caption}".rstrip()
