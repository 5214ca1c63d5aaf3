"""Locking people, the last of all that a piece of work locks: what they are still to hear is changed by many at once.

A tap, the arrival of a card and a sweep each change it (`models/office/attention.py`), often of the same person.
"""

from collections.abc import Iterable

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from models.office.person import Change, Person
from models.repository.owing import Owing
from models.repository.whole_case import FRESHLY

_KEY = "at last"


class PeopleLock(Owing):
    """The way from a transaction to what people are still to hear."""

    def lock_people(self, person_ids: Iterable[int]) -> None:
        """Let nobody else change these people until this work is over, and read them as they are now.

        Cards are locked before people, so what this work has changed in cards is written first. From now on it may
        change no card that it has not locked.
        """
        if self._beside_others:
            self.session.flush()
            _lock(self.session, person_ids)

    def at_last(self, person: Person, change: Change) -> None:
        """Let `change` be made to `person` when all else of this work is done; at once where nobody works beside it.

        People are then locked in one order. Not to be used within a savepoint, which may be undone without it.
        """
        if not self._beside_others:
            change(person)
            return
        if _KEY not in self.session.info:
            self.session.info[_KEY] = []
            event.listen(self.session, "before_commit", _settle)
            event.listen(self.session, "after_rollback", _forget)
        self.session.info[_KEY].append((person, change))


def _settle(session: Session) -> None:
    """Make the changes that were put off to the end of the transaction, in the order in which they were asked for."""
    waiting: list[tuple[Person, Change]] = session.info[_KEY]
    if session.in_nested_transaction() or not waiting:
        return
    session.info[_KEY] = []
    session.flush()
    _lock(session, (person.id for person, _ in waiting))
    for person, change in waiting:
        change(person)


def _forget(session: Session) -> None:
    session.info[_KEY] = []


def _lock(session: Session, person_ids: Iterable[int]) -> None:
    wanted = select(Person).where(Person.id.in_(sorted(set(person_ids)))).order_by(Person.id)
    session.scalars(wanted.with_for_update(key_share=True), execution_options=FRESHLY).all()
