"""Cards as they are drawn for people of a large record, and what that costs."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy.orm import Session

from bot.storage.database import Database
from handlers.delivery.drawing import SCREENS
from handlers.texts.catalogue import Texts
from models.mail.card import Card, CardKind, Face
from models.repository.reader import Reader
from tests.benchmarks.decade import NOW, Decade
from tests.parts import database_at

HEAD, ADMIN, SUPERIOR, PRAKOM, REPORTER = 3, 2, 4, 7, 1
"""The numbers of people of the bureau: its head, an admin, the head of a division, who handles, and who reports."""


@dataclass(frozen=True, slots=True)
class Cost:
    """How long something took, in milliseconds: by the clock, and of this process's processor."""

    clock: float
    processor: float


class Screens:
    """Draws cards that nobody has sent, on readers, as the courier does."""

    def __init__(self, database: Database, filled: Decade) -> None:
        self.database, self.filled = database, filled
        self._say = Texts.load(filled.rules.office.calendar.zone).say("id")

    def draw(self, session: Session, kind: CardKind, person_id: int, **about: object) -> object:
        """Draw one card, at the instant of the record."""
        reader = Reader(session, rules=self.filled.rules, at=NOW)
        card = Card(kind=kind, chat_id=person_id, person_id=person_id, live=True, face=Face.MAIN, page=0)
        for name, value in about.items():
            setattr(card, name, value)
        return SCREENS[kind](reader, card, self._say)

    def cost(self, work: Callable[[Session], object]) -> Cost:
        """Return what some work costs on a snapshot of its own."""
        with Session(self.database.store.reading) as session:
            began, busy = time.perf_counter(), time.process_time()
            work(session)
            return Cost(1000 * (time.perf_counter() - began), 1000 * (time.process_time() - busy))

    def median(self, work: Callable[[Session], object], *, times: int) -> Cost:
        """Return what it costs in the middle of several times."""
        found = [self.cost(work) for _ in range(times)]
        clock, processor = (sorted(getattr(one, name) for one in found) for name in ("clock", "processor"))
        return Cost(clock[times // 2], processor[times // 2])


@contextmanager
def screens(filled: Decade) -> Iterator[Screens]:
    """Open a filled record as the bot does."""
    with database_at(filled.url) as database:
        yield Screens(database, filled)


def counted(cost: Cost, database: Database) -> tuple[float, str]:
    """Return what of a cost counts, and what it means: on a server the clock, in a file the processor."""
    if database.shared:
        return cost.clock, f"by the clock; {cost.processor:.1f} ms of this process"
    return cost.processor, f"of the processor; {cost.clock:.1f} ms by the clock"
