"""Restricting what is shown of a person's words, on their request (UU 27/2022).

While a restriction is in force, what the person wrote is shown in open cases, which need it, and nowhere else: the
history of a case that is over leaves their words out for everybody but themselves, and so does the register. Nothing
is erased. The person hears of it, unless they did it themselves.
"""

from models.case.journey import SYSTEM
from models.mail import correspondence
from models.mail.notice import NoticeKind, Priority
from models.office.person import Person
from models.office.proposal import Seconded
from models.repository.records import Records

RESTRICTED, LIFTED = "restrict", "unrestrict"
"""The actions of the entries of the office's journal."""

ON_REQUEST = "permintaan pemilik data"
"""The reason of a restriction that an admin enters in chat: the person has asked for it."""


def restrict(
    records: Records, person: Person, *, because: str, by: Person | None = None, seconded: Seconded | None = None
) -> bool:
    """Let a restriction be in force for `person`. Returns whether there was none.

    `seconded` tells who agreed, for an admin who acts for themselves.
    """
    records.lock_office_to_change()
    if person.restricted_in is not None:
        return False
    capacity = "admin" if by is not None else SYSTEM
    said = seconded.said if seconded is not None else {}
    person.restricted_in = records.log_office(
        RESTRICTED, by, capacity=capacity, person=person.id, because=because, **said
    )
    _tell(records, person, "restriction-begun", by=by)
    return True


def lift(records: Records, person: Person, *, by: Person | None = None, seconded: Seconded | None = None) -> bool:
    """Let no restriction be in force for `person` any more. Returns whether there was one; `seconded` as above."""
    records.lock_office_to_change()
    if person.restricted_in is None:
        return False
    said = seconded.said if seconded is not None else {}
    records.log_office(LIFTED, by, capacity="admin" if by is not None else SYSTEM, person=person.id, **said)
    person.restricted_in = None
    _tell(records, person, "restriction-over", by=by)
    return True


def _tell(records: Records, person: Person, code: str, *, by: Person | None) -> None:
    if person.account_id is None or (by is not None and by.id == person.id):
        return
    body = {"code": code, "data": {}}
    records.owe(correspondence.notice(NoticeKind.SAY, person, at=records.at, priority=Priority.INFORMATION, body=body))
