"""A piece of work on its way through a writer, with what its session has changed."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from sqlalchemy import event
from sqlalchemy.orm import Session, UOWTransaction

T = TypeVar("T")


@dataclass(slots=True, eq=False)
class Piece(Generic[T]):
    """A piece of work on its way through the writer, and whoever waits for it.

    Of one that is `plain` nothing is prepared before its commit.
    """

    work: Callable[[Session], T]
    loop: asyncio.AbstractEventLoop
    future: asyncio.Future[T]
    result: Any = None
    failure: BaseException | None = None
    kinds: set[type] = field(default_factory=set)
    new: list[object] = field(default_factory=list)
    prepared: Sequence[object] = ()
    plain: bool = False

    def begin(self) -> None:
        """Forget what an earlier attempt has left."""
        self.failure = None
        self.kinds.clear()
        self.new.clear()
        self.prepared = ()

    def settle(self) -> None:
        """Hand the outcome to whoever waits; on the event loop, after the commit."""
        if self.future.done():
            return
        if isinstance(self.failure, StopIteration):
            # A future refuses this one, and whoever waits would wait for ever.
            failure = RuntimeError("the work ended with StopIteration")
            failure.__cause__ = self.failure
            self.future.set_exception(failure)
        elif self.failure is not None:
            self.future.set_exception(self.failure)
        else:
            self.future.set_result(self.result)

    def listen(self, session: Session) -> None:
        """Note from now on what `session` changes."""

        def note(flushed: Session, _: UOWTransaction) -> None:
            self.kinds.update(type(one) for one in flushed.new)
            self.kinds.update(type(one) for one in flushed.dirty)
            self.new.extend(flushed.new)

        event.listen(session, "after_flush", note)

    def forget_undone(self, session: Session) -> None:
        """Forget what was inserted and undone again, with a savepoint."""
        self.new = [one for one in self.new if one in session]
