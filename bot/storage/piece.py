"""A piece of work for a writer, its outcome, and the objects that its session changed."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from sqlalchemy import event
from sqlalchemy.orm import Session

T = TypeVar("T")


@dataclass(slots=True, eq=False)
class Piece(Generic[T]):
    """A piece of work for a writer, with the future that its caller waits for.

    `kinds`, `new` and `prepared` are those of `Changed`. A `plain` piece is committed without preparation.
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
        """Forget the outcome of an earlier attempt."""
        self.failure = None
        self.kinds.clear()
        self.new.clear()
        self.prepared = ()

    def settle(self) -> None:
        """Hand the outcome to the caller. Must be called on the event loop, after the commit."""
        if self.future.done():
            return
        if isinstance(self.failure, StopIteration):
            # A future refuses a StopIteration, and the caller would wait for ever.
            failure = RuntimeError("the work ended with StopIteration")
            failure.__cause__ = self.failure
            self.future.set_exception(failure)
        elif self.failure is not None:
            self.future.set_exception(self.failure)
        else:
            self.future.set_result(self.result)

    def listen(self, session: Session) -> None:
        """Note every change of `session` from now on."""

        def note(flushed: Session, *_: object) -> None:
            self.kinds.update(type(one) for one in flushed.new)
            self.kinds.update(type(one) for one in flushed.dirty)
            self.new.extend(flushed.new)

        event.listen(session, "before_flush", note)

    def forget_undone(self, session: Session) -> None:
        """Forget objects whose insertion was undone by a savepoint."""
        self.new = [one for one in self.new if one in session]
