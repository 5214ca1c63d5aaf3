"""The office during one piece of work, held so that nobody changes it meanwhile, or so that nobody else reads it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from weakref import ReferenceType, ref

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, SessionTransaction, joinedload

from models.case.case import Case
from models.journal.chain import Chain
from models.office.office import Office
from models.office.person import Person
from models.office.tenure import Tenure
from models.repository.whole_case import ANEW
from models.rules.rules import Rules

OFFICE_CHAIN = "office"
"""The subject of the chain for what belongs to no case: invites, appointments, digests."""

_OFFICE_LOCK = 0x646973706F73
"""PostgreSQL's advisory lock by which the office is held: by many who read it, or by one who changes it."""

_TENURES = select(Tenure).where(Tenure.ends_at.is_(None)).options(joinedload(Tenure.person)).order_by(Tenure.id)
_ADMINS = select(Person).where(Person.is_admin).order_by(Person.id)


class HeldOffice:
    """The way from a transaction to the office and its journal, at one instant.

    For those who are only `looking`, what the transaction has read before will do.
    """

    def __init__(self, session: Session, *, rules: Rules, at: datetime, looking: bool = False) -> None:
        self.session = session
        self.rules = rules
        self.at = at
        self._looking = looking
        self._office: Office | None = None
        self._office_chain: Chain | None = None

    @property
    def office(self) -> Office:
        """The office with every tenure that has not ended, and its admins. Nobody changes it until this work is over.

        Otherwise a step might be opened for whoever has just left, and a handover miss it.
        """
        # No functools.cached_property: on Python 3.11 it lets one thread compute at a time, whichever object is asked,
        # and whoever waits for the database in there would keep the very thread out that is waited for.
        if self._office is None:
            self._office = self._read_office()
        return self._office

    @property
    def office_chain(self) -> Chain:
        """The journal's chain for what belongs to no case, locked against other writers."""
        if self._office_chain is None:
            self._office_chain = self._locked_office_chain()
        return self._office_chain

    def hold_office(self) -> Office:
        """Let nobody change the office until this piece of work is over, and return it.

        `Records.case` does so by itself; to be called before cases are locked in another way, or within a savepoint.
        """
        return self.office

    def lock_office(self) -> None:
        """Let nobody else read or change the office until this piece of work is over, and read it as it is now.

        To be called before anything that a change of the office depends on is read, the office itself above all.
        """
        self._take_office(func.pg_advisory_xact_lock)
        self.forget_office()
        self._office_chain = self._locked_office_chain()

    def forget_office(self) -> None:
        """Let the office be read anew: it has changed, or may have."""
        self._office = None
        held_in(self.session).tenures = None

    def _read_office(self) -> Office:
        tenures = held_in(self.session).tenures if self._looking else None
        if tenures is None:
            self._take_office(func.pg_advisory_xact_lock_shared)
            tenures = tuple(self.session.scalars(_TENURES, execution_options=ANEW))
            held_in(self.session).tenures = tenures
        return Office(rules=self.rules, tenures=tenures, find_admins=self._read_admins)

    def _read_admins(self) -> Sequence[Person]:
        return self.session.scalars(_ADMINS, execution_options=ANEW).all()

    def _take_office(self, lock: Callable[[int], ColumnElement[Any]]) -> None:
        if self._beside_others:
            self.session.execute(select(lock(_OFFICE_LOCK)))

    @property
    def _beside_others(self) -> bool:
        """Whether others may write at the same time; SQLite has one writer, and nothing to lock."""
        return self.session.get_bind().dialect.name == "postgresql"

    def _locked_office_chain(self) -> Chain:
        chain = self.session.scalar(
            select(Chain).where(Chain.subject == OFFICE_CHAIN).with_for_update(), execution_options=ANEW
        )
        if chain is None:
            chain = Chain.begin(OFFICE_CHAIN)
            self.session.add(chain)
            self.session.flush()
        return chain


_KEY = "held"


@dataclass(slots=True)
class Held:
    """What was locked and read in `transaction`: nobody else changes it until that is over."""

    transaction: ReferenceType[SessionTransaction] | None
    tenures: tuple[Tenure, ...] | None = None
    cases: list[Case] = field(default_factory=list)

    def keep(self, case: Case) -> None:
        """Hold a case, once however often it is read."""
        if case not in self.cases:
            self.cases.append(case)


def held_in(session: Session) -> Held:
    """Return what the present transaction holds; what a savepoint held is not counted on once that is over."""
    transaction = session.get_nested_transaction() or session.get_transaction()
    held = session.info.get(_KEY)
    if not isinstance(held, Held) or held.transaction is None or held.transaction() is not transaction:
        # A weak reference: the session must not keep itself alive.
        held = session.info[_KEY] = Held(ref(transaction) if transaction is not None else None)
    return held
