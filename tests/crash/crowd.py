"""An office at work: people who report, officials who tap, a JFT Prakom who writes, all at once and all the time.

Each looks only at the own chat, as people do, and acts on what can be tapped there: the program may be dead meanwhile.
Nobody waits for anything but a change on the screen; after a while without one they tap again. An official with many
cards taps several before the first has changed. Nobody reports more while too many of their own reports are under way:
what an office has on its desks at one time does not grow with the number of cases.
"""

import asyncio
import random
from abc import ABC, abstractmethod
from collections.abc import Iterable
from contextlib import suppress

from bot.sandbox.chats import CallbackPress, Message
from bot.sandbox.people import Person
from bot.sandbox.updates import Bell
from bot.sandbox.world import Happening
from tests.crash import record
from tests.crash.stage import Stage

PATIENCE = 4.0
"""Seconds after which somebody looks again."""

_TRUST = 20.0
"""Seconds after which somebody taps again what has not changed: the program may be dead, or just busy."""

_GLANCE = 0.5
"""Seconds between looks at the database of another process, once everything was reported."""

_HANDS = 6
"""Messages that an official deals with at one time."""

_UNDER_WAY = 2
"""Reports of one person that have not come to their end, when they write no further one."""

_ONWARD = ("Teruskan ke", "Mulai tangani", "📝 Laporan Evaluasi", "Benar, teruskan", "Setujui", "Diketahui, selesaikan")
_REASONS = "Tulis alasan"
_CHOSEN = "☑"
_PLACES = ("◉", "○")
"""How the buttons begin that say how far a case goes back; the reasons are below them."""

_ENDED = ("🏁 Laporan", "⛔ Laporan")
"""How the reporter's card begins once the case has ended."""


class Onlooker(ABC):
    """Somebody with a phone: what can be tapped in their chat, the oldest first, and a bell when it changes."""

    hands = 1
    """Messages that are dealt with at one time. Whoever writes words has to do one thing after the other."""

    def __init__(self, person: Person, chance: random.Random) -> None:
        self.person = person
        self._chance = chance
        self._open: dict[int, Message] = {}
        self._held: set[int] = set()
        self._has_phone = True
        self._changes = 0
        self._bell = Bell()

    def notices(self, message: Message) -> None:
        """Take in that a message of the bot came, changed or went."""
        if not message.deleted and any(button.data for row in message.buttons for button in row):
            self._open[message.message_id] = message
        else:
            self._open.pop(message.message_id, None)
        self._sees_a_change()

    def puts_down(self) -> None:
        """Look at nothing until there is another phone, and wait for nothing on the lost one."""
        self._has_phone = False
        self._open = {}
        self._sees_a_change()

    def takes(self, phone: Person) -> None:
        """Go on with another account; of what the old one's chat shows nothing can be tapped any more."""
        self.person, self._has_phone = phone, True
        self._open = {one.message_id: one for one in phone.received if any(b.data for row in one.buttons for b in row)}
        self._sees_a_change()

    async def lives(self) -> None:
        """Act on what there is to act on, for ever."""
        await asyncio.gather(*(self._lives_with_one_hand() for _ in range(self.hands)))

    async def _lives_with_one_hand(self) -> None:
        while True:
            before = self._changes
            # What changed while this hand was busy is looked at before it rests.
            if not await self.acts() and self._changes == before:
                with suppress(TimeoutError):
                    async with asyncio.timeout(PATIENCE):
                        await self._bell.heard()

    def _sees_a_change(self) -> None:
        self._changes += 1
        self._bell.ring()

    @abstractmethod
    async def acts(self) -> bool:
        """Do one thing; returns whether there was one."""

    async def _taps(self, message: Message, label: str) -> bool:
        """Tap and wait until the message looks different; returns whether it does."""
        face = _face(message)
        self.person.taps(label, message)
        self._held.add(message.message_id)
        try:
            if await self._sees_another(message, face, within=_TRUST):
                return True
        finally:
            self._held.discard(message.message_id)
        # Something else first; this one is looked at again later.
        if self._open.pop(message.message_id, None) is not None:
            self._open[message.message_id] = message
        return False

    async def _writes(self, message: Message, label: str, text: str) -> None:
        """Tap what asks for words, and write them once the message asks."""
        if await self._taps(message, label) and _asks_for_words(message):
            await self._says(message, text)

    async def _says(self, message: Message, text: str) -> None:
        """Write the words that a message asks for, and wait until it looks different."""
        face = _face(message)
        self.person.says(text)
        # Words said twice would be taken for something else.
        for _ in range(10):
            if await self._sees_another(message, face) or not self._may_look_at(message):
                return

    async def _sees_another(self, message: Message, face: object, *, within: float = PATIENCE) -> bool:
        """Wait until a message looks different; nobody waits for one on a phone that they have lost."""
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                while self._may_look_at(message):
                    if _face(message) != face:
                        return True
                    await self._bell.heard()
        return False

    def _may_look_at(self, message: Message) -> bool:
        return self._has_phone and message.chat.chat_id == self.person.user_id

    def _first_with(self, *labels: str) -> tuple[Message, str] | None:
        for message in self._open.values():
            if message.message_id in self._held:
                continue
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
        self._ended: set[int] = set()
        self._replied: set[int] = set()

    def notices(self, message: Message) -> None:
        """Take in what the bot shows, and which reports have come to their end."""
        if message.words.startswith(_ENDED):
            self._ended.add(message.message_id)
        super().notices(message)

    async def acts(self) -> bool:
        if found := self._first_with("Jawab"):
            await self._answers(found[0])
        elif found := self._first_with("Kirim"):
            if self._writing in found[0].words:
                # It counts from the tap on, whatever dies before the answer.
                self.sent.add(self._writing)
                await self._taps(*found)
            else:
                # An answer that the bot could not tell from a report.
                await self._taps(found[0], "Batal")
        elif found := self._first_with("Sudah teratasi"):
            await self._taps(*found)
        elif self._left and self._may_write:
            self._writing = self._left.pop(0)
            if self._chance.random() < 0.5:
                self.person.sends_photo(self._writing)
            else:
                self.person.says(self._writing)
        else:
            return False
        return True

    async def _answers(self, question: Message) -> None:
        """Answer by a reply; where that changes nothing, by the button: the bot may not know that it sent this one."""
        if question.message_id in self._replied or self._writing not in self.sent | {""}:
            await self._writes(question, "Jawab", "Ya, benar.")
            return
        self._replied.add(question.message_id)
        face = _face(question)
        self.person.says("Ya, benar.", reply_to=question)
        await self._sees_another(question, face)

    @property
    def _may_write(self) -> bool:
        sent = self._writing in self.sent or not self._writing
        return sent and len(self.sent) - len(self._ended) < _UNDER_WAY

    @property
    def over(self) -> bool:
        """Whether everything was reported."""
        return not self._left and self._writing in self.sent | {""}


class Official(Onlooker):
    """Carries on what lies on the desk; sends a part of it back."""

    hands = _HANDS

    def __init__(self, person: Person, chance: random.Random, *, returns: float = 0.05) -> None:
        super().__init__(person, chance)
        self._returns = returns

    async def acts(self) -> bool:
        if found := self._first_with(_REASONS):
            message, _ = found
            offered = (row[0].text for row in message.buttons if not row[0].text.startswith(_PLACES))
            await self._taps(message, next(offered))
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

    hands = 1

    async def acts(self) -> bool:
        asking = next((one for one in self._open.values() if _asks_for_words(one)), None)
        if asking is not None:
            await self._says(asking, f"Sudah diperiksa, {self._chance.randint(1, 999)}.")
            return True
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
            await self._taps(message, "📝 Laporan Evaluasi")


class Crowd:
    """Everyone on a stage, at work until every report has come to its end."""

    def __init__(self, stage: Stage, *, cases: int, seed: int) -> None:
        self._stage = stage
        self._onlookers: dict[int, Onlooker] = {}
        self._lost: dict[int, Onlooker] = {}
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

    def loses_sight_of(self, phone: Person) -> None:
        """Let nobody look at this account any more."""
        self._lost[phone.user_id] = onlooker = self._onlookers.pop(phone.user_id)
        onlooker.puts_down()

    def sees_again(self, phone: Person, new: Person) -> None:
        """Let whoever had the account `phone` go on with `new`."""
        self._onlookers[new.user_id] = onlooker = self._lost.pop(phone.user_id)
        onlooker.takes(new)

    def _hears(self, _: Happening, message: Message, __: CallbackPress | None) -> None:
        onlooker = self._onlookers.get(message.chat.chat_id)
        if onlooker is not None and message.from_bot:
            onlooker.notices(message)


def _asks_for_words(message: Message) -> bool:
    """Whether a card awaits words; one that awaits a question offers some, a row for each, above the way back."""
    rows = [[button.text for button in row] for row in message.buttons]
    return rows[-1:] == [["« Kembali"]] and "lalu kirim" in message.words


def _face(message: Message) -> tuple[bool, str, list[list[str]]]:
    return message.deleted, message.words, [[button.text for button in row] for row in message.buttons]
