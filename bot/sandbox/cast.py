"""Who and what takes part: the people and groups around one bot, the clock's buttons, and the faults to come."""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable, Generator, Sequence
from dataclasses import dataclass

from bot.sandbox.chats import Account, Json
from bot.sandbox.direction import Direction
from bot.sandbox.faults import Faults
from bot.sandbox.people import PATIENCE, Group, Person
from bot.sandbox.world import Call, Listener, World


@dataclass(frozen=True, slots=True)
class ClockControl:
    """A button on the page that moves the clock; what it does is the embedding program's business."""

    label: str
    press: Callable[[], Awaitable[None]]


class Cast:
    """Everyone who takes part in one world, before anybody serves it."""

    def __init__(self, world: World, *, faults: Faults, clock_controls: Sequence[ClockControl]) -> None:
        self.world = world
        self.faults = faults
        self.clock_controls = list(clock_controls)
        self.direction: Direction | None = None
        self.people: dict[int, Person] = {}
        self.groups: dict[int, Group] = {}

    @property
    def calls(self) -> list[Call]:
        """Every Bot API call so far, without the getUpdates that went well."""
        return self.world.calls

    @property
    def complaints(self) -> list[str]:
        """What the bot sent that Telegram would silently ignore, or that the stand-in does not know."""
        return self.world.complaints

    def person(
        self,
        user_id: int,
        first_name: str,
        username: str | None = None,
        language_code: str | None = "id",
        *,
        started: bool = False,
        about: str = "",
    ) -> Person:
        """Return the person with this account, made known if new.

        `started`: has opened the bot's chat before. `about`: a line under the name on the page, such as their post.
        """
        account = Account(user_id, first_name, username, language_code)
        chat = self.world.register(account)
        chat.started = chat.started or started
        if about:
            self.world.about[user_id] = about
        person = Person(self.world, account, chat)
        self.people[user_id] = person
        return person

    def group(self, chat_id: int, title: str, members: Sequence[Person] = ()) -> Group:
        """Make a group with the bot in it; `chat_id` is negative, as Telegram's are."""
        room = self.world.open_group(chat_id, title, [member.account for member in members])
        self.groups[chat_id] = Group(self.world, room)
        return self.groups[chat_id]

    def hands_out(self, kind: str, payload: Json) -> int:
        """Hand out an update of `kind` (a field of Update) that a test wrote by hand, and return its id."""
        return self.world.updates.put(kind, payload, at=self.world.monotonic())

    def continue_after(self, history: int) -> None:
        """Go on numbering messages and updates as if there had been `history` of each before anybody wrote.

        A bot that remembers an earlier stand-in would take the same numbers for repetitions.
        """
        self.world.continue_after(history)

    @contextlib.contextmanager
    def listening(self, listener: Listener) -> Generator[None]:
        """Call `listener` on everything that happens in any chat while the block runs, at once and on the loop."""
        self.world.listeners.append(listener)
        try:
            yield
        finally:
            self.world.listeners.remove(listener)

    def transcript(self) -> str:
        """All chats as readable text."""
        return self.world.transcript

    async def drained(self, *, within: float = PATIENCE) -> None:
        """Wait until every update produced so far is confirmed by a later getUpdates offset.

        Confirmed means that the bot has taken it in, which need not mean that it has acted on it.
        AssertionError with the chats after `within` real seconds.
        """
        last = self.world.updates.last_id
        await self.world.until(
            lambda: not any(waiting <= last for waiting in self.world.updates.ids()),
            within=within,
            why="The bot has not fetched all updates",
        )

    async def until(self, condition: Callable[[], bool], *, within: float = PATIENCE, why: str = "Never true") -> None:
        """Wait until `condition` holds, looked at after every change and every call."""
        await self.world.until(condition, within=within, why=why)
