"""Restricting what is shown of a person's words, on their request (UU 27/2022).

While a restriction is in force, what the person wrote is shown in open cases, which need it, and nowhere else: the
history of a case that is over leaves their words out for everybody but themselves, and so does the register. Nothing
is erased.
"""

from models.case.journey import SYSTEM
from models.office.person import Person
from models.repository.records import Records

RESTRICTED, LIFTED = "restrict", "unrestrict"
"""The actions of the entries of the office's journal."""


def restrict(records: Records, person: Person, *, because: str, by: Person | None = None) -> bool:
    """Let a restriction be in force for `person`. Returns whether there was none."""
    records.lock_office_to_change()
    if person.restricted_in is not None:
        return False
    capacity = "admin" if by is not None else SYSTEM
    person.restricted_in = records.log_office(RESTRICTED, by, capacity=capacity, person=person.id, because=because)
    return True


def lift(records: Records, person: Person, *, by: Person | None = None) -> bool:
    """Let no restriction be in force for `person` any more. Returns whether there was one."""
    records.lock_office_to_change()
    if person.restricted_in is None:
        return False
    records.log_office(LIFTED, by, capacity="admin" if by is not None else SYSTEM, person=person.id)
    person.restricted_in = None
    return True
