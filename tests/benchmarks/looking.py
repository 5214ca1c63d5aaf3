"""How long it takes until what somebody looks up is shown: their tasks, their reports, the story of a case."""

import asyncio
import time
from dataclasses import dataclass, field

from bot.sandbox.chats import CallbackPress, Message
from bot.sandbox.people import Person
from bot.sandbox.world import Happening
from tests.benchmarks.city import City

TIMES = 20
"""How often each thing is looked up: what the processor takes is counted in hundredths of a second."""

_PATIENCE = 120.0


@dataclass(frozen=True, slots=True)
class Look:
    """What one person types, and words of the answer."""

    name: str
    person: Person
    typed: str


@dataclass(slots=True)
class Taken:
    """What looking something up took, each time: seconds until the answer, and seconds of the bot's processor."""

    waited: list[float] = field(default_factory=list)
    worked: list[float] = field(default_factory=list)


async def look_around(city: City) -> dict[str, Taken]:
    """Let an employee and officials look things up, each a few times."""
    looks = [
        Look("/status of an employee", city.employees[7], "/status"),
        Look("/status of an official", city.officials["kadiv"][0], "/status"),
        Look("/status of a watcher", city.officials["kasubbag-humas"][0], "/status"),
        Look("/tugas of an official", city.officials["kakanwil"][0], "/tugas"),
        Look("a case by its number", city.officials["kasubbag-humas"][0], "/status 1"),
    ]
    found = {look.name: Taken() for look in looks}
    for look in looks:
        before = sum(bot.processor_seconds for bot in city.bots)
        for _ in range(TIMES):
            found[look.name].waited.append(await _answered(city, look))
            await city.settled()
        found[look.name].worked.append((sum(bot.processor_seconds for bot in city.bots) - before) / TIMES)
    return found


async def _answered(city: City, look: Look) -> float:
    """Return the seconds from the question to the first message that comes back. Raises `TimeoutError`."""
    answered = asyncio.Event()

    def notice(happening: Happening, message: Message, _: CallbackPress | None) -> None:
        if happening is Happening.MESSAGE and message.from_bot and message.chat.chat_id == look.person.user_id:
            answered.set()

    began = time.monotonic()
    with city.sandbox.listening(notice):
        look.person.says(look.typed)
        async with asyncio.timeout(_PATIENCE):
            await answered.wait()
    return time.monotonic() - began
