"""The people of the city: each does at once what their newest message asks for, so that cases walk by themselves."""

import asyncio
import re
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random

from bot.sandbox.chats import CallbackPress, Message
from bot.sandbox.people import Person
from bot.sandbox.world import Happening
from tests.benchmarks.city import City

_CARD = re.compile(r"(SW-\d+-\d+) · langkah (\d+) dari")
_NUMBER = re.compile(r"SW-\d+-\d+")
_WRITING = re.compile(r"✍️ (\w+) untuk (SW-\d+-\d+)")

_ONWARD = ("Teruskan ke", "Benar, teruskan", "Setujui", "Diketahui")
"""The buttons that carry a case on, by the beginning of their labels behind the sign."""

_TROUBLES = (
    "SIMPEG tidak dapat dibuka sejak tadi pagi",
    "Printer di ruang rapat tidak mencetak",
    "Surel dinas menolak kata sandi saya",
    "Aplikasi absensi menampilkan galat 500",
    "Jaringan di lantai dua terputus-putus",
)


@dataclass(frozen=True, slots=True)
class Trip:
    """One tap that carries a case on: when Telegram handed it out, and when its answer and the next card were there.

    All in seconds of the monotonic clock of the stand-in's process; `update_id` is the number of the tap.
    """

    update_id: int

    number: str
    step: int
    handed_out: float
    answered: float | None = None
    next_card: float | None = None


@dataclass(slots=True)
class Crowd:
    """Everyone in the city. `until_step` is where cases are left lying; 10 lets them be finished.

    `glance` is how many seconds people look at what they see before they do something about it.
    """

    city: City
    seed: int
    until_step: int = 10
    glance: float = 0.0
    finished: int = 0
    begun: int = 0
    _random: Random = field(init=False)
    _done: set[tuple[int, str]] = field(default_factory=set)
    _tapped: list[tuple[str, str, int]] = field(default_factory=list)
    _cards: dict[tuple[str, int], float] = field(default_factory=dict)
    _answers: dict[str, float] = field(default_factory=dict)
    _writers: dict[int, "_Writer"] = field(default_factory=dict)
    _idle: deque[Person] = field(default_factory=deque)
    _arrived: set[str] = field(default_factory=set)
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        """Let the employees take their turns in a random order."""
        self._random = Random(self.seed)
        waiting = list(self.city.employees)
        self._random.shuffle(waiting)
        self._idle.extend(waiting)

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Let everyone react while the block runs."""
        with self.city.sandbox.listening(self._notice):
            yield

    def report(self) -> None:
        """Let the next employee report a problem."""
        self.begun += 1
        reporter = self._idle.popleft()
        self._idle.append(reporter)
        reporter.says(f"{self._random.choice(_TROUBLES)} (laporan {self.begun}).")

    async def keep_open(self, cases: int, *, seconds: float) -> None:
        """Keep `cases` cases under way for so many seconds: whenever one is finished another is reported."""
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            while self.begun - self.finished < cases:
                self.report()
            await self._change(ends - time.monotonic())

    async def report_at(self, per_second: float, *, seconds: float) -> None:
        """Let reports come in at random, so many a second, whether or not the earlier ones are done."""
        ends = time.monotonic() + seconds
        following = time.monotonic()
        while (following := following + self._random.expovariate(per_second)) < ends:
            await asyncio.sleep(max(0.0, following - time.monotonic()))
            self.report()

    async def all_finished(self, *, within: float) -> None:
        """Wait until no case is under way any more. Raises `AssertionError` after `within` seconds."""
        ends = time.monotonic() + within
        while self.finished < self.begun:
            left = ends - time.monotonic()
            assert left > 0, f"{self.begun - self.finished} of {self.begun} cases are not finished"
            await self._change(left)

    def trips(self) -> list[Trip]:
        """Return the taps that were handed out, with what was seen of them."""
        found = []
        for query_id, number, step in self._tapped:
            handed_out = self.city.queue.handed_out.get(query_id)
            if handed_out is not None:
                card = self._cards.get((number, step + 1))
                update_id = self.city.queue.numbers[query_id]
                found.append(Trip(update_id, number, step, handed_out, self._answers.get(query_id), card))
        return found

    async def _change(self, seconds: float) -> None:
        self._changed.clear()
        try:
            async with asyncio.timeout(max(0.0, seconds)):
                await self._changed.wait()
        except TimeoutError:
            return

    def _notice(self, happening: Happening, message: Message, press: CallbackPress | None) -> None:
        if happening is Happening.ANSWER and press is not None:
            self._answers[press.query_id] = time.monotonic()
        if not message.from_bot or happening not in {Happening.MESSAGE, Happening.EDIT}:
            return
        card = _CARD.search(message.words)
        if card is not None and happening is Happening.MESSAGE:
            self._cards.setdefault((card[1], int(card[2])), time.monotonic())
        person = self.city.sandbox.people[message.chat.chat_id]
        # Never at once: the call that is being carried out must be answered first.
        asyncio.get_running_loop().call_later(self.glance, self._react, person, message, card)

    def _react(self, person: Person, message: Message, card: re.Match[str] | None) -> None:
        if message.deleted:
            return
        if card is not None and int(card[2]) >= self.until_step:
            self._finish(card[1])
        elif message.button("Siapa saja") is not None and card is not None:
            chosen = self._random.choice(self.city.officials["jft-prakom"])
            self.taps(person, message, chosen.name, card)
        elif card is not None and int(card[2]) != 5:
            for label in _ONWARD:
                if message.button(label) is not None:
                    self.taps(person, message, label, card)
                    return
        elif person.user_id in {one.user_id for one in self.city.officials["jft-prakom"]}:
            self._writers.setdefault(person.user_id, _Writer(self, person)).see(message)
        elif message.button("Kirim") is not None:
            self.taps(person, message, "Kirim", None)
        elif message.button("Sudah teratasi") is not None:
            self._finish(_NUMBER.findall(message.words)[0])

    def _finish(self, number: str) -> None:
        if number not in self._arrived:
            self._arrived.add(number)
            self.finished += 1
            self._changed.set()

    def taps(self, person: Person, message: Message, label: str, card: re.Match[str] | None) -> None:
        """Let a person tap a button, once for each message; `card` is what the message says of its case and step."""
        if (message.message_id, label) in self._done:
            return
        self._done.add((message.message_id, label))
        person.taps(label, message)
        if card is not None and not (label == "Teruskan ke" and int(card[2]) == 4):
            press = message.chat.presses[-1]
            self._tapped.append((press.query_id, card[1], int(card[2])))


class _Writer:
    """A JFT Prakom, who writes one Laporan Evaluasi after the other."""

    def __init__(self, crowd: Crowd, person: Person) -> None:
        self._crowd = crowd
        self._person = person
        self._at = ""
        self._waiting: deque[Message] = deque()
        self._written: set[tuple[str, str]] = set()

    def see(self, message: Message) -> None:
        """Do what `message` asks for, unless it is about another case than the one being written about."""
        found = _NUMBER.search(message.words)
        if found is None or not message.buttons:
            return
        number = found[0]
        if self._at not in {"", number}:
            if message.button("Mulai tangani") is not None:
                self._waiting.append(message)
            return
        writing = _WRITING.search(message.words)
        if writing is not None:
            if (number, writing[1]) not in self._written:
                self._written.add((number, writing[1]))
                self._person.says(f"{writing[1]} untuk {number} telah diperiksa dan dicatat.")
        elif message.button("Mulai tangani") is not None:
            self._at = number
            self._crowd.taps(self._person, message, "Mulai tangani", None)
        elif "LAPORAN EVALUASI" in message.words and message.button("Ajukan") is not None:
            self._write(message)
        elif message.button("📝 Laporan Evaluasi") is not None and number == self._at:
            self._crowd.taps(self._person, message, "📝 Laporan Evaluasi", None)

    def _write(self, message: Message) -> None:
        missing = message.button("Isi ")
        if missing is not None:
            self._crowd.taps(self._person, message, missing.text, None)
            return
        self._crowd.taps(self._person, message, "Ajukan", None)
        self._at = ""
        if self._waiting:
            self.see(self._waiting.popleft())
