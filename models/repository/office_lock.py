"""Locking the office for one piece of work: so that nobody changes it meanwhile, or so that this work may change it.

Locks are taken in one order, so that no two pieces of work wait for each other: first the office, then a case, then
what belongs to the case.
"""

from datetime import datetime
from functools import cache

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.journal.chain import Chain
from models.office.office import Office
from models.office.person import Person
from models.repository.already_read import already_read
from models.repository.calendars import Sitting, sitting, tenures_and_calendar
from models.repository.finder import Finder
from models.repository.indexing import index_changes
from models.repository.reader import ADMINS, Reader
from models.repository.reading import Found
from models.repository.telling import take_stock, tell_changes
from models.repository.whole_case import FRESHLY
from models.repository.writing import write_plainly
from models.rules.rules import Rules
from models.rules.work_calendar import WorkCalendar

OFFICE_CHAIN = "office"
"""The subject of the chain for what belongs to no case: invites, appointments, digests."""

_OFFICE_LOCK = 0x646973706F73
"""PostgreSQL's advisory lock on the office: shared by those who rely on it, exclusive to those who change it."""

OFFICE_LOCK_SHARED = func.pg_advisory_xact_lock_shared(_OFFICE_LOCK)
"""Takes that lock for those who rely on the office, to be selected."""

_PLACES_LOCK = 0x746D70
"""PostgreSQL's advisory lock on the places for words of strangers; nothing is locked after it that others wait for."""


class OfficeLock(Finder):
    """The way from a transaction to the office and the office's journal.

    `reader` looks in the same transaction without a lock.
    """

    def __init__(self, session: Session, *, rules: Rules, at: datetime) -> None:
        super().__init__(session, rules=rules, at=at)
        self.reader = Reader(session, rules=rules, at=at)
        self._office: Office | None = None
        self._office_chain: Chain | None = None
        tell_changes(session, locked_office_chain, at=at)
        index_changes(session, rules.office.calendar.zone)
        # After those who look at what is about to be written.
        write_plainly(session)

    @property
    def calendar(self) -> WorkCalendar:
        """The calendar in force: that of the office, once this work has locked it."""
        return self._office.file.calendar if self._office is not None else super().calendar

    def lock_office(self) -> Office:
        """Let nobody change the office until this work is over, and return it with every tenure that lasts.

        Otherwise a step might be opened for a person who has just left, and a handover miss it.
        """
        if self._office is None:
            self._take_office(shared=True)
            self._office = self._read_office()
        return self._office

    def lock_office_to_change(self) -> Office:
        """Let nobody else read or change the office until this work is over, and return it as it is now.

        To be called before the work reads anything that a change of the office depends on.
        """
        self._take_office(shared=False)
        self.forget_office()
        self._office_chain = locked_office_chain(self.session)
        return self.lock_office()

    def lock_places(self) -> None:
        """Let nobody else give a place to an account that belongs to no person until this work is over."""
        if self._beside_others:
            self.session.execute(select(func.pg_advisory_xact_lock(_PLACES_LOCK)))

    def forget_office(self) -> None:
        """Read the office again when it is asked for next: this work has changed it, or may have."""
        self._office = None
        known = already_read(self.session)
        known.tenures = known.calendar = None

    def log_office(self, action: str, by: Person | None = None, *, capacity: str = "person", **said: object) -> int:
        """Append an entry to the office's chain, locked against other writers. `by` is None for the program itself.

        Returns the number of the entry in its chain. What is None in `said` is left out of the payload.
        """
        if self._office_chain is None:
            self._office_chain = locked_office_chain(self.session)
        payload = {key: value for key, value in said.items() if value is not None}
        added = self._office_chain.append(
            action, actor_id=by.id if by else None, capacity=capacity, payload=payload, at=self.at
        )
        return added.sequence

    def take_stock(self) -> bool:
        """Let the office's journal tell every row that says who may act, as it is found, where it does not yet.

        Returns whether it was done now. To be called at each start.
        """
        self.lock_office_to_change()
        return take_stock(self.session, locked_office_chain(self.session), at=self.at)

    def _read_office(self) -> Office:
        return self._office_of(tenures_and_calendar(self.session, self.rules.office.calendar, chain=OFFICE_CHAIN))

    def _keep_office(self, found: Found) -> None:
        """Keep the office, which was locked before, from what was found of it beside something else."""
        self._office = self._office_of(sitting(self.session, found, self.rules.office.calendar))

    def _office_of(self, found: Sitting) -> Office:
        known = already_read(self.session)
        known.tenures, known.away, known.calendar = found.tenures, found.away, found.calendar
        return Office(
            rules=self.rules.with_calendar(found.calendar),
            tenures=found.tenures,
            # Asked for many tasks in one piece of work; what makes or dismisses an admin forgets the office.
            find_admins=cache(lambda: ADMINS.all(self.session, {})),
            away=found.away,
            entries=found.entries,
        )

    def _take_office(self, *, shared: bool) -> None:
        if self._beside_others:
            lock = OFFICE_LOCK_SHARED if shared else func.pg_advisory_xact_lock(_OFFICE_LOCK)
            self.session.execute(select(lock))

    @property
    def _beside_others(self) -> bool:
        """Whether others may write at the same time; SQLite has one writer, and nothing to lock."""
        return self.session.get_bind().dialect.name == "postgresql"


def locked_office_chain(session: Session) -> Chain:
    """Return the chain for what belongs to no case, locked against other writers; it is begun if there is none."""
    found = select(Chain).where(Chain.subject == OFFICE_CHAIN).with_for_update()
    chain = session.scalar(found, execution_options=FRESHLY)
    if chain is None:
        chain = Chain.begin(OFFICE_CHAIN)
        session.add(chain)
        session.flush()
    return chain
