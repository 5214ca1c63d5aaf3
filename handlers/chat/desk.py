"""The desk: it gives every update its transaction, its time and its mark that it is done."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, TypeVar

from sqlalchemy.orm import Session
from telegram import Message

from handlers.texts.catalogue import Say, Texts
from handlers.texts.spoken import spoken_plainly
from models.refusals.refusal import Refusal
from models.repository.records import Records
from models.rules.rules import Rules

T = TypeVar("T")

logger = logging.getLogger(__name__)


class Transact(Protocol):
    """Runs a piece of work in one transaction on a worker thread, and returns its result after the commit."""

    async def __call__(self, work: Callable[[Session], T]) -> T:
        """Run `work`. An exception undoes the work and is raised here."""
        ...


class Overtaken(Exception):
    """The update was handled before, by another process or in a commit whose answer was lost."""


@dataclass(slots=True)
class Errand:
    """An update that is being handled.

    `finish` marks it done in the transaction of its effect, and raises `Overtaken` where it is marked already. `rest`
    are the other messages of the whole that the update began: the pieces of a long text, the files of an album.
    `cut_from` is the message from which a client has cut this one, where that was handled before this one came.
    """

    update_id: int
    finish: Callable[[Session], None]
    rest: Sequence[Message] = ()
    cut_from: int | None = None
    finished: bool = False
    failure: BaseException | None = None


@dataclass(frozen=True, slots=True)
class Toast:
    """The answer to a tap, a short sentence of the catalogue. The reader must close an `alert` by hand.

    `following` names what waits for the reader next: a number, and the subject where it may be read.
    """

    code: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    alert: bool = False
    following: str = ""

    def worded(self, say: Say, *, now: datetime) -> str:
        """Return the sentence, "" where there is none."""
        said = spoken_plainly(say, self.code, self.data, now=now) if self.code else ""
        return say.plain("toast-following", said=said, following=self.following) if self.following else said


Work = Callable[[Records], T]
"""A piece of work on the records."""

Fallback = Callable[[Records, Refusal], T]
"""A piece of work that answers a refusal, after the refused work was undone."""


class Desk:
    """The rules, the texts, the clock and the way to a transaction, which all handlers of a process share."""

    def __init__(
        self, *, rules: Rules, transact: Transact, clock: Callable[[], datetime], texts: Texts, username: str
    ) -> None:
        self.rules = rules
        self.texts = texts
        self.username = username
        self.errands: dict[int, Errand] = {}
        self._transact = transact
        self._clock = clock

    def now(self) -> datetime:
        """Return the present instant."""
        return self._clock()

    async def asks(self, work: Work[T]) -> T:
        """Look something up that decides how an update is fetched; nothing is marked or changed."""
        return await self._transact(lambda session: work(Records(session, rules=self.rules, at=self._clock())))

    async def serve(self, update_id: int, work: Work[T], otherwise: Fallback[T]) -> T:
        """Run `work` and mark the update as done, in one transaction. Return the result of `work`.

        A refusal undoes both. Then `otherwise` answers it, in a second transaction with the mark. The record may change
        between the two, as it may before the sender reads the answer.
        """
        try:
            return await self._marked(update_id, work)
        except Refusal as refusal:
            logger.info("an update was refused: %s", refusal.code, extra={"update": update_id})
            refused = refusal
        return await self._marked(update_id, lambda records: otherwise(records, refused))

    async def _marked(self, update_id: int, work: Work[T]) -> T:
        """Run `work` in one transaction with the mark that the update is done."""
        errand = self.errands.get(update_id)

        def piece(session: Session) -> T:
            if errand is not None:
                errand.finish(session)
            # The time is read when the turn of the work has come. Work that waited would bring an earlier time into the
            # journal than the entries written meanwhile.
            return work(Records(session, rules=self.rules, at=self._clock()))

        result = await self._transact(piece)
        if errand is not None:
            errand.finished = True
        return result
