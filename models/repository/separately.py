"""Doing one of many pieces of work so that its failure undoes it alone, and keeps none of the others back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy.orm import Session

from models.faults import is_collision, is_outage

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Undone:
    """A piece of work that failed, with nothing changed, and why."""

    fault: Exception


def separately(session: Session, work: Callable[[], T]) -> T | Undone:
    """Run `work` in a savepoint and return its result, or `Undone` where it failed.

    An outage of the database and a collision with other work are raised: they are no fault of this piece.
    """
    try:
        with session.begin_nested():
            result = work()
            session.flush()
    except Exception as error:
        if is_outage(error) or is_collision(error):
            raise
        return Undone(error)
    return result
