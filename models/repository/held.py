"""What one transaction has locked and read: whoever looks at it in the same transaction need not read it again."""

from dataclasses import dataclass, field
from weakref import ReferenceType, ref

from sqlalchemy.orm import Session, SessionTransaction

from models.case.case import Case
from models.office.office import Tenure

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
