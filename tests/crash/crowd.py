"""An office at work: people who report, officials who tap, a JFT Prakom who writes, all at once and all the time.

Each looks only at the own chat, as people do, and acts on what can be tapped there: the program may be dead meanwhile.
Nobody waits for anything but a change on the screen; after a while without one they tap again.
"""

import asyncio
import random
from collections.abc import Iterable
from contextlib import suppress

from bot.sandbox.chats import CallbackPress, Message
from bot.sandbox.people import Person
from bot.sandbox.world import Happening
from tests.crash import record
from tests.crash.stage import Stage

PATIENCE = 4.0
"""Seconds after which somebody taps again."""

_GLANCE = 0.2
"""Seconds between looks at the database of another process."""

_ONWARD = ("Teruskan ke", "Mulai tangani", "Laporan Evaluasi", "Benar, teruskan", "Setujui", "Terima & selesai")
_REASONS = "Tulis alasan"
_CHOSEN = "☑"


class Onlooker:
    """Somebody with a phone: what can be tapped in their chat, the oldest first, and a bell when it changes."""

    def __init__(self, person: Person, chance: random.Random) -> None:
        self.person = person
        self._chance = chance
        self._open: dict[int, Message] = {}
        self._changed = asyncio.Event()

    def notices(self, message: Message) -> None:
        """Take in that a message of the bot came, changed or went."""
        if not message.deleted and any(button.data for row in message.buttons for button in row):
            self._open[message.message_id] = message
        else:
            self._open.pop(message.message_id, None)
        self._changed.set()

    async def lives(self) -> None:
        """Act on what there is to act on, for ever."""
        while True:
            self._changed.clear()
            if not await self.acts():
                with suppress(TimeoutError):
                    async with asyncio.timeout(PATIENCE):
                        await self._changed.wait()

    async def acts(self) -> bool:
        """Do one thing; returns whether there was one."""
        raise NotImplementedError

    async def _taps(self, message: Message, label: str) -> bool:
        """Tap and wait until the message looks different; returns whether it does."""
        face = _face(message)
        self.person.taps(label, message)
        if await self._sees_another(message, face):
            return True
        # Something else first; this one is looked at again later.
        self._open[message.message_id] = self._open.pop(message.message_id, message)
        return False

    async def _writes(self, message: Message, label: str, text: str) -> None:
        """Tap what asks for words, and write them once the message asks."""
        if await self._taps(message, label) and _asks_for_words(message):
            face = _face(message)
            self.person.says(text)
            # Words said twice would be taken for something else.
            for _ in range(10):
                if await self._sees_another(message, face):
                    return

    async def _sees_another(self, message: Message, face: object) -> bool:
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                while _face(message) == face:
                    self._changed.clear()
                    await self._changed.wait()
                return True
        return False

    def _first_with(self, *labels: str) -> tuple[Message, str] | None:
        for message in self._open.values():
            for label in labels:
                button = message.button(label)
                if button is not None and not button.text.startswith(_CHOSEN):
                    return message, label
        return None


class Reporter(Onlooker):
    """Reports so many problems, one after the other, answers questions, says that it helped."""

    def __init__(self, person: Person, chance: random.Random, texts: Iterable[str]) -> None:
        super().__init__(person, chance)
        self.sent: set[str] = set()
        self._left = list(texts)
        self._writing = ""

    async def acts(self) -> bool:
        if found := self._first_with("Jawab"):
            message, _ = found
            face = _face(message)
            self.person.says("Ya, benar.", reply_to=message)
            await self._sees_another(message, face)
        elif found := self._first_with("Kirim"):
            if self._writing in found[0].words:
                # It counts from the tap on, whatever dies before the answer.
                self.sent.add(self._writing)
            await self._taps(*found)
        elif found := self._first_with("Sudah teratasi"):
            await self._taps(*found)
        elif self._left and self._writing in self.sent | {""}:
            self._writing = self._left.pop(0)
            if self._chance.random() < 0.5:
                self.person.sends_photo(self._writing)
            else:
                self.person.says(self._writing)
        else:
            return False
        return True

    @property
    def over(self) -> bool:
        """Whether everything was reported."""
        return not self._left and self._writing in self.sent | {""}


class Official(Onlooker):
    """Carries on what lies on the desk; sends a part of it back."""

    def __init__(self, person: Person, chance: random.Random, *, returns: float = 0.05) -> None:
        super().__init__(person, chance)
        self._returns = returns

    async def acts(self) -> bool:
        if found := self._first_with(_REASONS):
            message, _ = found
            await self._taps(message, message.buttons[0][0].text)
            return True
        if found := self._first_with("Siapa saja"):
            message, anyone = found
            candidates = [row[0].text for row in message.buttons if "aktif" in row[0].text]
            await self._taps(message, self._chance.choice([*candidates, *candidates, anyone]))
            return True
        found = self._first_with(*_ONWARD)
        if found is None:
            return False
        message, _ = found
        back = next((label for label in ("Kembalikan", "Tolak") if message.button(label)), None)
        if back and self._chance.random() < self._returns:
            await self._taps(message, back)
        else:
            await self._carries_on(message)
        return True

    async def _carries_on(self, message: Message) -> None:
        await self._taps(message, next(label for label in _ONWARD if message.button(label)))


class Prakom(Official):
    """Handles: starts, sometimes asks, writes the Laporan Evaluasi part by part, hands it in."""

    async def acts(self) -> bool:
        if found := self._first_with("Isi "):
            message, label = found
            await self._writes(message, label, f"Sudah diperiksa, {self._chance.randint(1, 999)}.")
            return True
        if found := self._first_with("Ajukan"):
            await self._taps(*found)
            return True
        return await super().acts()

    async def _carries_on(self, message: Message) -> None:
        if message.button("Tanya pelapor") and self._chance.random() < 0.1:
            await self._writes(message, "Tanya pelapor", "Sejak kapan?")
        elif message.button("Mulai tangani"):
            await self._taps(message, "Mulai tangani")
        else:
            await self._taps(message, "Laporan Evaluasi")


class Crowd:
    """Everyone on a stage, at work until every report has come to its end."""

    def __init__(self, stage: Stage, *, cases: int, seed: int) -> None:
        self._stage = stage
        self._onlookers: dict[int, Onlooker] = {}
        self._reporters: list[Reporter] = []
        names = [name for name in stage.people if name.startswith("Pelapor")]
        for name, person in stage.people.items():
            chance = random.Random(f"{seed}/{name}")
            if name in names:
                texts = [f"Laporan {number} dari {name}" for number in range(names.index(name), cases, len(names))]
                reporter = Reporter(person, chance, texts)
                self._reporters.append(reporter)
                onlooker: Onlooker = reporter
            else:
                onlooker = Prakom(person, chance) if name.startswith("Prakom") else Official(person, chance)
            self._onlookers[person.account.account_id] = onlooker

    async def works(self) -> None:
        """Work until every report was sent; ends with the first failure of anybody."""
        with self._stage.sandbox.listening(self._hears):
            lives = {asyncio.create_task(one.lives(), name=one.person.name) for one in self._onlookers.values()}
            try:
                while not self.over:
                    ended, _ = await asyncio.wait(lives, timeout=_GLANCE, return_when=asyncio.FIRST_COMPLETED)
                    for life in ended:
                        life.result()
            finally:
                for life in lives:
                    life.cancel()
                await asyncio.gather(*lives, return_exceptions=True)

    @property
    def over(self) -> bool:
        """Whether everything that was reported has become a case, and every case has ended."""
        if not all(one.over for one in self._reporters):
            return False
        seen = record.waiting(self._stage.url)
        return seen["cases"] == 0 and seen["begun"] >= len(self.sent)

    @property
    def sent(self) -> dict[str, int]:
        """The texts that were confirmed, each with the account it came from."""
        return {text: one.person.account.account_id for one in self._reporters for text in one.sent}

    def _hears(self, _: Happening, message: Message, __: CallbackPress | None) -> None:
        onlooker = self._onlookers.get(message.chat.chat_id)
        if onlooker is not None and message.from_bot:
            onlooker.notices(message)


def _asks_for_words(message: Message) -> bool:
    return [[button.text for button in row] for row in message.buttons] == [["« Kembali"]]


def _face(message: Message) -> tuple[bool, str, list[list[str]]]:
    return message.deleted, message.words, [[button.text for button in row] for row in message.buttons]
