"""Who is talking, with which transaction, at what time: the desk that every update comes to."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, TypeVar

from sqlalchemy.orm import Session

from handlers.texts.catalogue import Texts
from models.refusals import Refusal
from models.repository.records import Records
from models.rules.rules import Rules

T = TypeVar("T")

logger = logging.getLogger(__name__)


class Transact(Protocol):
    """Runs a piece of work in one transaction on a worker thread and returns its result once that is committed."""

    async def __call__(self, work: Callable[[Session], T]) -> T:
        """Run `work`; what it raises undoes it and is raised here."""
        ...


class Overtaken(Exception):
    """The update with this number was handled before: by another process, or in a commit whose answer was lost."""


@dataclass(slots=True)
class Errand:
    """One update being handled.

    `finish` marks it done, in the same transaction as its effect; it raises `Overtaken` when there was one before.
    """

    update_id: int
    finish: Callable[[Session], None]
    finished: bool = False
    failure: BaseException | None = None


@dataclass(frozen=True, slots=True)
class Toast:
    """The answer to a tap: a short sentence of the catalogue; an `alert` must be closed by hand."""

    code: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    alert: bool = False


Work = Callable[[Records], T]
"""A piece of work on the records."""

Fallback = Callable[[Records, Refusal], T]
"""What is done when the work was refused and undone."""


class Desk:
    """What the handlers of one process share: the rules, the texts, the clock, the way to a transaction."""

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
        """Return the instant it is."""
        return self._clock()

    async def serve(self, update_id: int, work: Work[T], otherwise: Fallback[T]) -> T:
        """Do everything an update asks for in one transaction: `work`, and the mark that the update is done.

        A refusal undoes both; then `otherwise` says so, and is committed together with the mark. What was refused may
        have changed in between, as it may before anybody reads the answer.
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
            # Not before it is its turn: a rung may have been climbed meanwhile, and the journal's times would run back.
            return work(Records(session, rules=self.rules, at=self._clock()))

        result = await self._transact(piece)
        if errand is not None:
            errand.finished = True
        return result
