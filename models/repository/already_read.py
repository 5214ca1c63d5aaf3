"""What one transaction has read of the office and of cases: a look in the same transaction reads nothing again."""

from dataclasses import dataclass, field
from weakref import ReferenceType, ref

from sqlalchemy.orm import Session, SessionTransaction

from models.case.case import Case
from models.office.tenure import Tenure
from models.rules.work_calendar import WorkCalendar

_KEY = "already read"


@dataclass(slots=True)
class AlreadyRead:
    """What was read in `transaction`: the tenures that last, and the calendar in force; None before they are read.

    `away` are the numbers of those among their persons who are away.
    """

    transaction: ReferenceType[SessionTransaction] | None
    tenures: tuple[Tenure, ...] | None = None
    away: frozenset[int] = frozenset()
    calendar: WorkCalendar | None = None
    cases: list[Case] = field(default_factory=list)

    def keep(self, case: Case) -> None:
        """Remember a whole case, once however often it is read."""
        if case not in self.cases:
            self.cases.append(case)


def already_read(session: Session) -> AlreadyRead:
    """Return what the present transaction has read; what a savepoint read is forgotten when the savepoint ends."""
    transaction = session.get_nested_transaction() or session.get_transaction()
    found = session.info.get(_KEY)
    if not isinstance(found, AlreadyRead) or found.transaction is None or found.transaction() is not transaction:
        # A weak reference: the session must not keep itself alive.
        found = session.info[_KEY] = AlreadyRead(ref(transaction) if transaction is not None else None)
    return found
